"""Room 1: exports become tables, and every record is accounted for.

Everything is imported when first used, so that whoever asks for little waits for little.
"""

from typing import TYPE_CHECKING

from igmap.lazily import fetcher

if TYPE_CHECKING:
    from igmap.sources.exports import Column, Dataset, Exports, Problem
    from igmap.sources.open import open_exports
    from igmap.sources.typed.views import TypedView, as_typed, typed_view

_PLACES = {
    "Column": "exports",
    "Dataset": "exports",
    "Exports": "exports",
    "Problem": "exports",
    "TypedView": "typed.views",
    "as_typed": "typed.views",
    "open_exports": "open",
    "typed_view": "typed.views",
}
__all__ = ["Column", "Dataset", "Exports", "Problem", "TypedView", "as_typed", "open_exports", "typed_view"]
__getattr__ = fetcher(__name__, _PLACES)
