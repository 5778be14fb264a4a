"""Person names: in columns by lists, in text by lists and the words around them."""

from igmap.inventory.people.names import place_hits
from igmap.inventory.people.text import find_persons
from igmap.inventory.people.values import name_hits

__all__ = ["find_persons", "name_hits", "place_hits"]
