"""User names that say so: those of a Windows domain, entries of a directory, the user in a share or a shell."""

import polars as pl

from igmap.inventory.detectors.detector import Detector

NO_USER = (
    r"(?i),ou=[^,=]*(?:group|groep|role|computers)|cn=[^,=]*_|^[^:]*\\(?:system|windows|users?|administrators?"
    r"|everyone|network|local)|\\(?:all users|default\S*|public)\\"
)


def is_user(candidates: pl.Series) -> pl.Series:
    """Whether the name is no group or folder of the system."""
    return ~candidates.str.contains(NO_USER)


DETECTOR = Detector(
    id="username",
    category="username",
    rare=True,
    pattern=r"^[A-Z][A-Z0-9-]{1,14}\\[A-Za-z][\w.$-]{1,29}$|(?i:\b(?:uid|cn|samaccountname)=[^,=\s]{2,60}"
    r"(?: [^,=\s]{2,30}){0,3},(?:ou|cn|dc)=)"
    r"|\\\\[\w.-]+\\(?i:home|users|profiles?|homes|userdata)\$?\\[A-Za-z][\w.-]{1,29}"
    r"|(?i:[A-Z]:\\(?:users|documents and settings)\\[\w. -]{2,30}\\)|/(?:home|Users)/[a-z][\w.-]{1,30}/"
    r"|(?i:\b(?:gebruikersnaam|inlognaam|loginnaam|username|user ?name) ?(?:is|:|=) ?[\"']?[A-Za-z][\w.@-]{2,40})",
    valid=is_user,
    weight=4.5,
    needs="A",
)
