"""Person names: in columns by lists, in text by a tagger, which is imported when first used."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from igmap.inventory.people.names import place_hits
    from igmap.inventory.people.text import find_persons, persons_in
    from igmap.inventory.people.values import name_hits

_PLACES = {"find_persons": "text", "name_hits": "values", "persons_in": "text", "place_hits": "names"}
__all__ = ["find_persons", "name_hits", "persons_in", "place_hits"]


def __getattr__(name: str) -> Any:
    """Fetch a name from its module on first use."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
    globals()[name] = found
    return found
