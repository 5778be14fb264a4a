"""Room 2: what personal data is where, with the evidence; and what a person decided about it.

Everything is imported when first used, so that whoever asks for little waits for little.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

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


def __getattr__(name: str) -> Any:
    """Fetch a name from its module on first use."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(_PLACES[name]), name)
    globals()[name] = found
    return found
