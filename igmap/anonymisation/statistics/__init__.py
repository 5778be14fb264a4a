"""Statistics instead of microdata: tables of counts, sums and means that give nobody away."""

from igmap.anonymisation.statistics.ledger import FILE, Spent, written
from igmap.anonymisation.statistics.publishing import Filled, say
from igmap.anonymisation.statistics.release import release_statistics
from igmap.anonymisation.statistics.specification import (
    Budget,
    Dominance,
    Measure,
    Protection,
    Statistics,
    WantedTable,
    load_statistics,
)

__all__ = [
    "FILE",
    "Budget",
    "Dominance",
    "Filled",
    "Measure",
    "Protection",
    "Spent",
    "Statistics",
    "WantedTable",
    "load_statistics",
    "release_statistics",
    "say",
    "written",
]
