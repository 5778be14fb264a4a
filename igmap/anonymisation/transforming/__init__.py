"""What a column is turned into before quasi-identifiers are counted: rounded, swapped, shifted, redacted and more.

Three mechanisms carry all steps: a table of labels over distinct values, a keyed draw per value or record, and a keyed
draw per person. The engine rewrites; no row is seen here. Everything is imported when first used.
"""

from typing import TYPE_CHECKING

from igmap.lazily import fetcher

if TYPE_CHECKING:
    from igmap.anonymisation.transforming.aggregating import aggregate
    from igmap.anonymisation.transforming.bench import ReleaseKey, SourceTable
    from igmap.anonymisation.transforming.preparing import Done, Prepared, prepare
    from igmap.anonymisation.transforming.steps import STEPS, check_steps, words

_PLACES = {
    "STEPS": "steps",
    "Done": "preparing",
    "Prepared": "preparing",
    "ReleaseKey": "bench",
    "SourceTable": "bench",
    "aggregate": "aggregating",
    "check_steps": "steps",
    "prepare": "preparing",
    "words": "steps",
}
__all__ = ["STEPS", "Done", "Prepared", "ReleaseKey", "SourceTable", "aggregate", "check_steps", "prepare", "words"]
__getattr__ = fetcher(__name__, _PLACES)
