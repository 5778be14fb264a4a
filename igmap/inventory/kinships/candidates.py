"""Which columns are compared: those of a known kind, and others whose values look like ids."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import polars as pl

from igmap.engine import Engine, Tuples, Valued
from igmap.inventory.kinships.kinds import UNKNOWN, kinds
from igmap.sources import Column

Asked = tuple[int, Column, str | None]
SAMPLE, OVERSAMPLE = 500, 4
MANY_ROWS, REPEATED = 50_000, 0.9
MOST_UNKNOWN = 200  # columns without category that are compared
LEAST_UNKNOWN = 10  # distinct values of them
CODED = 0.9
CODE = r"^[A-Za-z0-9][A-Za-z0-9._@+:|{}-]{1,79}$"
NO_CODE = r"^-?\d+[.,]\d{1,6}$|^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|^\d{1,2}:\d{2}"
DIALLED = r"^[+(]?\d[\d ().-]{7,}$"
FULL_NAME = r"\p{L}[\s,]+\p{L}"
SEVERAL = 0.5


class Entry(NamedTuple):
    """A column in a form in which it is compared.

    Args:
        position: of the column.
        category: "" when it is not known.
        valued: where the engine has it, and the form.
    """

    position: int
    category: str
    valued: Valued


def distinct_of(told: Tuples) -> int:
    """Distinct values of one column, the blank one not counted."""
    return told.distinct - (told.blank > 0)


def entries(engine: Engine, columns: Sequence[Asked], counted: Mapping[int, Tuples]) -> tuple[list[Entry], int]:
    """The columns to compare, in their forms: those of a known kind, and others that look like ids."""
    known = [one for one in columns if one[2] in kinds() and (one[2] != "name" or _is_full(engine, one, counted))]
    found = [
        Entry(position, category, _valued(column, kinds()[category].form, counted[position]))
        for position, column, category in known
        if category
    ]
    unknown = [one for one in columns if one[2] is None and distinct_of(counted[one[0]]) >= LEAST_UNKNOWN]
    unknown.sort(key=lambda one: (-distinct_of(counted[one[0]]), one[0]))
    phones = any(entry.category == "phone" for entry in found)
    for position, column, _ in unknown[:MOST_UNKNOWN]:
        values = _sample(engine, column, counted[position])
        if _looks_coded(values):
            found.append(Entry(position, "", _valued(column, UNKNOWN.form, counted[position])))
        if phones and _share(values, DIALLED) >= CODED:
            found.append(Entry(position, "", _valued(column, "phone", counted[position])))
    return found, max(0, len(unknown) - MOST_UNKNOWN)


def _valued(column: Column, form: str, told: Tuples) -> Valued:
    repeated = told.rows > MANY_ROWS and distinct_of(told) < REPEATED * told.rows
    return Valued(column.table, column.column, form, repeated)


def _sample(engine: Engine, column: Column, told: Tuples) -> pl.Series:
    every = max(1, distinct_of(told) // (OVERSAMPLE * SAMPLE))
    return pl.Series(engine.few(column.table, column.column, SAMPLE, every=every).to_pylist(), dtype=pl.String)


def _share(values: pl.Series, pattern: str) -> float:
    return float(values.str.contains(pattern).mean() or 0.0)  # type: ignore[arg-type] # a mean of truths is a number


def _looks_coded(values: pl.Series) -> bool:
    return _share(values.str.strip_chars(), CODE) >= CODED and _share(values.str.strip_chars(), NO_CODE) < 1 - CODED


def _is_full(engine: Engine, asked: Asked, counted: Mapping[int, Tuples]) -> bool:
    """Whether names are of several words: many people share a given name."""
    position, column, _ = asked
    return (
        bool(distinct_of(counted[position]))
        and _share(_sample(engine, column, counted[position]), FULL_NAME) >= SEVERAL
    )
