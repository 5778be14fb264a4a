"""How many persons of a table fit what is asked, 64 questions at a time: a bit per question and row.

A question names a cell for some columns; a person fits when one of the person's rows does. Nothing row-shaped leaves
numpy, and the cost of a block is one look-up per row and column.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import polars as pl

from igmap.release.attacks.covering import Codes, covered
from igmap.release.attacks.target import WHO, Target
from igmap.release.coded import together
from igmap.release.sets import spans
from igmap.release.staged import Labels

Bits: TypeAlias = np.ndarray[Any, np.dtype[np.uint64]]
Coded: TypeAlias = tuple[pl.DataFrame, dict[str, pl.Series]]
BLOCK = 64
CHUNK = 65_536
OPEN = -1  # the place of a column that a question does not ask about


def released(target: Target) -> Coded:
    """The released table, coded once."""
    if "released" not in target.kept:
        target.kept["released"] = coded(target.released)
    found: Coded = target.kept["released"]
    return found


def source(target: Target) -> Coded:
    """All of the source, those in the release first, coded once."""
    if "source" not in target.kept:
        inside = target.truth.with_columns(target.released[WHO])
        target.kept["source"] = coded(pl.concat([inside, target.outside.select(inside.columns)]))
    found: Coded = target.kept["source"]
    return found


def coded(table: pl.DataFrame) -> Coded:
    """A table with the place of each cell among the different ones of its column, and these; a blank is a value."""
    told = {name: table[name].to_physical().alias("").to_arrow() for name in table.columns}
    places = {name: pl.Series(one.dictionary_encode("encode").indices, dtype=pl.Int32) for name, one in told.items()}
    return pl.DataFrame(places), {name: _different(table[name]) for name in table.columns}


def _different(cells: pl.Series) -> pl.Series:
    found = cells.unique(maintain_order=True)
    return found.cast(pl.String) if found.dtype == pl.Categorical else found


def classes(target: Target) -> Codes:
    """The number of the class of each released row."""
    if "classes" not in target.kept:
        rows, cells = released(target)
        columns = [rows[field].to_numpy() for field in target.quasi]
        found = together(columns, [len(cells[field]) for field in target.quasi]) if columns else np.zeros(rows.height)
        target.kept["classes"] = found.astype(np.int64)
    kept: Codes = target.kept["classes"]
    return kept


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Persons:
    """Persons by what their rows say.

    Args:
        rows: the different rows of each person, coded, without who it is; equal ones of persons with a single row are
            one.
        weights: the persons of each row; None where persons have several.
        starts: where the rows of each person begin; None where each has one.
        different: of each column the cells, in the order of their codes.
    """

    rows: pl.DataFrame
    weights: Codes | None
    starts: Codes | None
    different: Mapping[str, pl.Series]

    def per_class(self, fields: Sequence[str]) -> pl.DataFrame:
        """The different codes of some columns, and how many `persons` have each."""
        if self.weights is not None:
            weighed = self.rows.select(*fields, persons=pl.Series(self.weights))
            return weighed.group_by(fields).agg(pl.col("persons").sum())
        return self.with_who.group_by(fields).agg(persons=pl.col(WHO).n_unique())

    def only(self, fields: Sequence[str]) -> "Persons":
        """The same by some columns: fewer different rows, unless persons have several."""
        if self.weights is None:
            return self
        told = self.per_class(fields)
        return Persons(told.select(fields), told["persons"].to_numpy(), None, self.different)

    @property
    def with_who(self) -> pl.DataFrame:
        """The rows, and a number for the person of each; not for persons who were counted together."""
        marks = np.zeros(self.rows.height, dtype=np.int64)
        marks[[] if self.starts is None else self.starts] = 1
        return self.rows.with_columns(pl.Series(WHO, marks.cumsum()))

    def fitting(self, asked: pl.DataFrame, covering: "Mapping[str, Cover]") -> Codes:
        """How many persons fit each of at most 64 questions.

        Args:
            asked: the code of what is asked of each column, in the code of the question; `OPEN` where nothing is.
            covering: which cells of this table answer what is asked of a column.
        """
        fit: Bits = np.full(self.rows.height, (1 << asked.height) - 1, dtype=np.uint64)
        for field in asked.columns:
            wanted = asked[field].to_numpy()
            if (wanted != OPEN).any():
                fit &= covering[field].bits(wanted, len(self.different[field]))[self.rows[field].to_numpy()]
        each = fit if self.starts is None else np.bitwise_or.reduceat(fit, self.starts)
        some = np.flatnonzero(each)
        counts = np.zeros(asked.height, dtype=np.int64)
        for at in range(0, len(some), CHUNK):
            part = some[at : at + CHUNK]
            bits = np.unpackbits(each[part].astype("<u8").view(np.uint8), bitorder="little").reshape(len(part), BLOCK)
            weights = np.ones(len(part)) if self.weights is None else self.weights[part].astype(np.float64)
            counts += (weights @ bits[:, : asked.height].astype(np.float64)).astype(np.int64)  # whole below 2**53
        return counts


def persons(rows: pl.DataFrame, different: Mapping[str, pl.Series]) -> Persons:
    r"""The persons of a coded table with a column `\0who`; those of whom nobody knows who they are count as one."""
    rows = rows if rows[WHO].n_unique() == rows.height else rows.unique().sort(WHO)
    fields = [name for name in rows.columns if name != WHO]
    if rows[WHO].n_unique() == rows.height:
        together = rows.group_by(fields).len()
        return Persons(together.select(fields), together["len"].to_numpy().astype(np.int64), None, different)
    first = rows.select(pl.arg_where(pl.col(WHO) != pl.col(WHO).shift(1).fill_null(OPEN))).to_series()
    return Persons(rows.select(fields), None, first.to_numpy().astype(np.int64), different)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Cover:
    """Which cells of a column answer each question about it: those from one of `starts` to the next."""

    starts: Codes
    cells: Codes

    def bits(self, wanted: Codes, height: int) -> Bits:
        """Of each cell, the questions that it answers, a bit each; one that asks nothing is answered by all."""
        asks = np.flatnonzero(wanted != OPEN)
        marks = np.uint64(1) << asks.astype(np.uint64)
        everything = (1 << len(wanted)) - 1
        found: Bits = np.full(height, everything - int(marks.sum(dtype=np.uint64)), dtype=np.uint64)
        first, last = self.starts[wanted[asks]], self.starts[wanted[asks] + 1]
        np.bitwise_or.at(found, self.cells[spans(first, last)], np.repeat(marks, last - first))
        return found


def by_value(labels: Labels | None, cells: pl.Series, values: pl.Series) -> Cover:
    """For questions that are values of the source, about a table of released cells."""
    value, cell = covered(labels, cells, values)
    return _cover(value, cell, len(values))


def by_cell(labels: Labels | None, cells: pl.Series, values: pl.Series) -> Cover:
    """For questions that are released cells, about a table of values of the source."""
    value, cell = covered(labels, cells, values)
    return _cover(cell, value, len(cells))


def _cover(questions: Codes, answers: Codes, height: int) -> Cover:
    order = np.lexsort((answers, questions))
    return Cover(np.searchsorted(questions[order], np.arange(height + 1)), answers[order])
