"""What changed between two inventories: new and gone fields, other verdicts, shares and rows that moved."""

from igmap.inventory.drifting.compare import drift
from igmap.inventory.drifting.drift import Drift, FieldChange, Place, Renamed, RowsMoved, ShareMoved
from igmap.inventory.drifting.files import read_inventory, write_drift

__all__ = [
    "Drift",
    "FieldChange",
    "Place",
    "Renamed",
    "RowsMoved",
    "ShareMoved",
    "drift",
    "read_inventory",
    "write_drift",
]
