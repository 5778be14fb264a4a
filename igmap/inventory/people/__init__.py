"""Person names: in columns by lists, in text by a tagger, which is imported when first used."""

from typing import TYPE_CHECKING

from igmap.lazily import fetcher

if TYPE_CHECKING:
    from igmap.inventory.people.names import place_hits
    from igmap.inventory.people.text import find_persons, persons_in
    from igmap.inventory.people.values import name_hits

_PLACES = {"find_persons": "text", "name_hits": "values", "persons_in": "text", "place_hits": "names"}
__all__ = ["find_persons", "name_hits", "persons_in", "place_hits"]
__getattr__ = fetcher(__name__, _PLACES)
