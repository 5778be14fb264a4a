"""Room 2: what personal data is where, with the evidence; and what a person decided about it."""

from igmap.inventory.decisions import Decisions, load_decisions
from igmap.inventory.discover import discover
from igmap.inventory.inventory import DatasetInventory, Detection, Field, Inventory
from igmap.inventory.labels import Located, locate

__all__ = [
    "DatasetInventory",
    "Decisions",
    "Detection",
    "Field",
    "Inventory",
    "Located",
    "discover",
    "load_decisions",
    "locate",
]
