"""What becomes of the columns of a table that is written anew."""

from dataclasses import dataclass

import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Mapping:
    """What becomes of one column: its values are replaced by joining `table` (columns `value`, `label`).

    Args:
        column: the engine's column, c1, c2 …
        table: the mapping, one row per distinct value, blanks included as null; None keeps the values.
    """

    column: str
    table: pa.Table | None = None


@dataclass(frozen=True, slots=True)
class Recode:
    """What becomes of several columns together: each tuple of values has a class, each class its labels.

    Args:
        outs: which of the rewritten columns (out0 …) get label0, label1 …
        tuples: the values of a tuple under the engine's column names, blanks as null, and its `class`; records of
            tuples that are not in it are left out.
        labels: `class`, label0, label1 …
    """

    outs: tuple[str, ...]
    tuples: pa.Table
    labels: pa.Table
