"""Room 2: what personal data is where, with the evidence; and what a person decided about it."""

from igmap.inventory.deciding.decide import Choice, Decided, decide
from igmap.inventory.decisions import Decisions, load_decisions
from igmap.inventory.discover import discover
from igmap.inventory.drifting import Drift, drift
from igmap.inventory.inventory import DatasetInventory, Detection, Field, Inventory
from igmap.inventory.labels import Located, locate

__all__ = [
    "Choice",
    "DatasetInventory",
    "Decided",
    "Decisions",
    "Detection",
    "Drift",
    "Field",
    "Inventory",
    "Located",
    "decide",
    "discover",
    "drift",
    "load_decisions",
    "locate",
]
