"""What a release tells of each person: one row by itself, or all rows together where they can be joined."""

from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl

from igmap.release.coded import numbered
from igmap.release.staged import Staged

CLASS = "\0class"  # no exported column can be called so
WITHIN, BETWEEN = "\x1f", "\x1e"


def with_classes(staged: Staged) -> list[tuple[pl.DataFrame, list[str]]]:
    """Each table, and the columns whose combination is all that the release tells of the person of a row."""
    if not staged.joined:
        cells = [staged.cells[field] for field in staged.hierarchies if field in staged.cells]
        classes = pl.Series(CLASS, numbered(cells) if cells else np.zeros(staged.table.height, dtype=np.int32))
        return [(staged.table.with_columns(classes), [CLASS])]
    people = told_of_persons(_cells(staged))
    return [(_with_class(one, people), [CLASS]) for one in staged.tables]


def _with_class(staged: Staged, people: pl.DataFrame) -> pl.DataFrame:
    persons = staged.persons.select("person").head(staged.table.height)
    own = persons.join(people, on="person", how="left", nulls_equal=True, maintain_order="left")
    return staged.table.with_columns(own["told"].alias(CLASS))


def persons_per_combination(staged: Staged) -> pl.Series:
    """How many persons share each combination of everything that a joined release tells of a person."""
    return told_of_persons(_cells(staged)).group_by("told").len()["len"]


def told_of_persons(tables: Iterator[tuple[pl.DataFrame, Sequence[str]]]) -> pl.DataFrame:
    """All that is told of each `person`, as one text `told` in which the order of rows says nothing.

    Args:
        tables: each with a column `person`, and the columns that tell something.
    """
    rows = [table.select("person", told=_row(number, fields)) for number, (table, fields) in enumerate(tables)]
    return pl.concat(rows).group_by("person").agg(told=pl.col("told").sort().str.join(BETWEEN))


def _row(number: int, fields: Sequence[str]) -> pl.Expr:
    cells = [pl.col(field).cast(pl.String).fill_null("\0") for field in fields]
    return pl.concat_str([pl.lit(str(number)), *cells], separator=WITHIN)


def _cells(staged: Staged) -> Iterator[tuple[pl.DataFrame, Sequence[str]]]:
    for one in staged.tables:
        fields = [field for field in one.hierarchies if field in one.table.columns]
        yield one.table.select(fields).with_columns(person=one.persons["person"]), fields
