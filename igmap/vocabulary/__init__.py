"""What every room speaks: categories of data, words of headers, DPV terms; data files with their sources."""

from igmap.vocabulary.categories import CATEGORIES, Category, category_called, category_names
from igmap.vocabulary.files import load_table, load_yaml
from igmap.vocabulary.headers import Cue, header_cue
from igmap.vocabulary.profiles import Profile, profile_of

__all__ = [
    "CATEGORIES",
    "Category",
    "Cue",
    "Profile",
    "category_called",
    "category_names",
    "header_cue",
    "load_table",
    "load_yaml",
    "profile_of",
]
