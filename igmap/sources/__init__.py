"""Room 1: exports become tables, and every record is accounted for.

Everything is imported when first used, so that whoever asks for little waits for little.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

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


def __getattr__(name: str) -> Any:
    """Fetch a name from its module on first use."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
    globals()[name] = found
    return found
