"""What becomes of the columns of a table that is written anew."""

from dataclasses import dataclass
from typing import NamedTuple

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


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a table that become columns of their person.

    Args:
        table: the engine's table.
        person: the column that tells persons apart, equal after trimming and in small letters; rows where it is blank
            are left out.
        columns: whose values are laid side by side.
        most: rows per person; which of more stay is drawn.
        also: columns of the first row only, as they are.
    """

    table: str
    person: str
    columns: tuple[str, ...]
    most: int
    also: tuple[str, ...] = ()


class Row(NamedTuple):
    """One row of each person on its way back.

    Args:
        record: the column that says which record it was; null where a person has no such row.
        kept: the column that is null where the row is left out.
        outs: the columns with its labels.
    """

    record: str
    kept: str
    outs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Back:
    """A table that is made again from one row per person.

    Args:
        target: its name.
        source: the table whose rows they were.
        rows: the rows of each person.
        outs: what becomes out0, out1 …: `back.label0` … for a label, `source.c1` … for a column of the source.
    """

    target: str
    source: str
    rows: tuple[Row, ...]
    outs: tuple[str, ...]
