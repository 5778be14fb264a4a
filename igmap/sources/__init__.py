"""Room 1: exports become tables, and every record is accounted for."""

from igmap.sources.exports import Column, Dataset, Exports, Problem
from igmap.sources.open import open_exports

__all__ = ["Column", "Dataset", "Exports", "Problem", "open_exports"]
