"""What a column is turned into before quasi-identifiers are counted: rounded, swapped, shifted, redacted and more.

Three mechanisms carry all steps: a table of labels over distinct values, a keyed draw per value or record, and a keyed
draw per person. The engine rewrites; no row is seen here.
"""

from igmap.anonymisation.transforming.aggregating import aggregate
from igmap.anonymisation.transforming.bench import ReleaseKey, SourceTable
from igmap.anonymisation.transforming.preparing import Done, Prepared, prepare
from igmap.anonymisation.transforming.steps import STEPS, check_steps, words

__all__ = ["STEPS", "Done", "Prepared", "ReleaseKey", "SourceTable", "aggregate", "check_steps", "prepare", "words"]
