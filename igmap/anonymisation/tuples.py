"""The distinct quasi-identifier tuples of a table, with their rows and persons: all that a search needs to see."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import polars as pl
import pyarrow as pa

from igmap.engine import Engine

Numbers: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]
SAFE = 2**62


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Tuples:
    """Distinct tuples and who stands behind them.

    Args:
        leaves: [tuple, column], the number of each value among the column's distinct values.
        rows: [tuple], records that hold it.
        alone: [tuple], persons who occur in no other tuple.
        shared: [2, n], (tuple, person) for persons who occur more often; all blank persons are one person.
        persons: how many there are.
    """

    leaves: Numbers
    rows: Numbers
    alone: Numbers
    shared: Numbers
    persons: int

    def persons_per(self, classes: Numbers, count: int) -> Numbers:
        """Different persons in each class, given the class of each tuple."""
        totals = np.bincount(classes, weights=self.alone, minlength=count).astype(np.int64)
        if self.shared.size:
            pairs = np.unique(classes[self.shared[0]] * self.persons + self.shared[1])
            totals += np.bincount(pairs // self.persons, minlength=count)
        return totals


def read_tuples(
    engine: Engine, table: str, columns: Sequence[str], person: str | None
) -> tuple[Tuples, list[pl.Series]]:
    """The tuples of `columns`, and the distinct values of each column, a blank as null.

    Args:
        engine: holds the table.
        table: its name there.
        columns: the quasi-identifiers, engine names.
        person: the column that tells persons apart; None when each record is a person.
    """
    counted = engine.distinct(table, [*columns, *([person] if person else [])])
    numbered = [_numbered(counted[column]) for column in columns]
    leaves = np.asfortranarray(np.column_stack([numbers for numbers, _ in numbered]))
    rows = counted["rows"].to_numpy().astype(np.int64)
    values = [series for _, series in numbered]
    if person is None:
        return Tuples(leaves, rows, rows, np.empty((2, 0), np.int64), int(rows.sum())), values
    people = pa.chunked_array([same_person(counted[person]).to_list()], pa.string())
    return _with_persons(leaves, rows, _numbered(people)[0]), values


def same_person(names: pa.ChunkedArray) -> pl.Series:
    """The names of persons, equal where they are the same: trimmed, in small letters; blanks are null."""
    plain = pl.Series(pl.from_arrow(names), dtype=pl.String).str.strip_chars().str.to_lowercase()
    return plain.set(plain == "", None)


def _numbered(column: pa.ChunkedArray) -> tuple[Numbers, pl.Series]:
    encoded = pa.chunked_array(column).combine_chunks().dictionary_encode(null_encoding="encode")
    return encoded.indices.to_numpy().astype(np.int64), pl.Series(encoded.dictionary.to_pylist(), dtype=pl.String)


def _with_persons(leaves: Numbers, rows: Numbers, person: Numbers) -> Tuples:
    """Gather the tuples from the (tuple, person) pairs, which may come twice."""
    keys, _ = joined(list(leaves.T), (leaves.max(axis=0) + 1).tolist())
    _, first, tuples = np.unique(keys, return_index=True, return_inverse=True)
    occurrences = np.bincount(person)[person]
    alone = np.bincount(tuples[occurrences == 1], minlength=len(first))
    shared = np.stack([tuples[occurrences > 1], person[occurrences > 1]])
    totals = np.bincount(tuples, weights=rows, minlength=len(first)).astype(np.int64)
    return Tuples(np.asfortranarray(leaves[first]), totals, alone, shared, int(person.max()) + 1)


def joined(columns: Sequence[Numbers], sizes: Sequence[int]) -> tuple[Numbers, int]:
    """One number per row, equal where the rows of codes are equal, and the bound the numbers stay below.

    Args:
        columns: codes from 0, one array per column.
        sizes: the bound of each column's codes.
    """
    keys, bound = np.zeros(len(columns[0]), np.int64), 1
    for column, size in zip(columns, sizes, strict=True):
        if bound * size > SAFE:
            different, keys = np.unique(keys, return_inverse=True)
            bound = len(different)
        keys, bound = keys * size + column, bound * size
    return keys, bound
