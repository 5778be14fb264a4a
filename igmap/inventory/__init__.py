"""Room 2: what personal data is where, with the evidence; and what a person decided about it.

Everything is imported when first used, so that whoever asks for little waits for little.
"""

from typing import TYPE_CHECKING

from igmap.lazily import fetcher

if TYPE_CHECKING:
    from igmap.inventory.deciding.decide import Choice, Decided, decide
    from igmap.inventory.decisions import Decisions, load_decisions
    from igmap.inventory.discovering import discover
    from igmap.inventory.drifting import Drift, drift
    from igmap.inventory.inventory import DatasetInventory, Detection, Field, Inventory
    from igmap.inventory.labels import Located, locate

_PLACES = {
    "Choice": "igmap.inventory.deciding.decide",
    "DatasetInventory": "igmap.inventory.inventory",
    "Decided": "igmap.inventory.deciding.decide",
    "Decisions": "igmap.inventory.decisions",
    "Detection": "igmap.inventory.inventory",
    "Drift": "igmap.inventory.drifting",
    "Field": "igmap.inventory.inventory",
    "Inventory": "igmap.inventory.inventory",
    "Located": "igmap.inventory.labels",
    "decide": "igmap.inventory.deciding.decide",
    "discover": "igmap.inventory.discovering",
    "drift": "igmap.inventory.drifting",
    "load_decisions": "igmap.inventory.decisions",
    "locate": "igmap.inventory.labels",
}
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
__getattr__ = fetcher(__name__, _PLACES)
