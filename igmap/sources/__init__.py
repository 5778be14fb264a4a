"""Room 1: exports become tables, and every record is accounted for."""

from igmap.sources.exports import Column, Dataset, Exports, Problem
from igmap.sources.open import open_exports
from igmap.sources.typed.views import TypedView, as_typed, typed_view

__all__ = ["Column", "Dataset", "Exports", "Problem", "TypedView", "as_typed", "open_exports", "typed_view"]
