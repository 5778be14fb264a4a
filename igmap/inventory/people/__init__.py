"""Person names: in columns by lists, in text by a tagger."""

from igmap.inventory.people.names import place_hits
from igmap.inventory.people.text import find_persons, persons_in
from igmap.inventory.people.values import name_hits

__all__ = ["find_persons", "name_hits", "persons_in", "place_hits"]
