"""How tables hang together: what is a key, which columns hold the same, who the persons are, and whose data it is."""

from igmap.inventory.kinships.overlaps import Overlap, kin_of_known, overlaps
from igmap.inventory.kinships.relate import relate
from igmap.inventory.kinships.relations import (
    DatasetRelations,
    Key,
    Kinship,
    Measure,
    PersonColumn,
    Persons,
    Place,
    Relations,
    Subject,
)

__all__ = [
    "DatasetRelations",
    "Key",
    "Kinship",
    "Measure",
    "Overlap",
    "PersonColumn",
    "Persons",
    "Place",
    "Relations",
    "Subject",
    "kin_of_known",
    "overlaps",
    "relate",
]
