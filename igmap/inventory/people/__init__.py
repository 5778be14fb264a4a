"""Person names: in columns by lists, in text by lists and the words around them."""

from igmap.inventory.people.names import name_hits, place_hits
from igmap.inventory.people.text import find_persons

__all__ = ["find_persons", "name_hits", "place_hits"]
