"""The distinct quasi-identifier tuples of a table, with their rows and persons: all that a search needs to see."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import polars as pl
import pyarrow as pa

from igmap.engine import Engine
from igmap.engine.columns import series

Numbers: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]
SAFE = 2**62
DENSE = 4  # numbers with gaps up to this factor are counted as they are


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class People:
    """Who stands behind some items (tuples, or tuples with a value), each person counted once.

    Args:
        alone: [item], persons who occur in no other item.
        shared: [2, n], (item, person) for persons who occur more often; all blank persons are one person.
        persons: a bound on the person numbers.
    """

    alone: Numbers
    shared: Numbers
    persons: int

    def per(self, groups: Numbers, count: int) -> Numbers:
        """Different persons in each group, given the group of each item."""
        totals = np.bincount(groups, weights=self.alone, minlength=count).astype(np.int64)
        if self.shared.size:
            pairs = np.unique(groups[self.shared[0]] * self.persons + self.shared[1])
            totals += np.bincount(pairs // self.persons, minlength=count)
        return totals

    def merged(self, groups: Numbers, count: int) -> "People":
        """Those behind groups of items, given the group of each item."""
        alone = np.bincount(groups, weights=self.alone, minlength=count).astype(np.int64)
        if not self.shared.size:
            return People(alone, self.shared, self.persons)
        pairs = np.unique(groups[self.shared[0]] * self.persons + self.shared[1])
        group, person = pairs // self.persons, pairs % self.persons
        once = (np.bincount(person) == 1)[person]
        alone += np.bincount(group[once], minlength=count)
        return People(alone, np.stack([group[~once], person[~once]]), self.persons)

    def only(self, kept: Numbers) -> "People":
        """Those behind some of the items, which are numbered anew."""
        if not self.shared.size:
            return People(self.alone[kept], self.shared, self.persons)
        places = np.full(len(self.alone), -1, np.int64)
        places[kept] = np.arange(len(kept))
        still = places[self.shared[0]] >= 0
        return People(self.alone[kept], np.stack([places[self.shared[0][still]], self.shared[1][still]]), self.persons)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Told:
    """A sensitive column: which values the persons behind each tuple have.

    Args:
        field: the column, as the inventory shows it.
        values: its distinct values, a blank as null.
        tuple: [item], the tuple of each (tuple, value) that occurs; ascending.
        value: [item], the number of its value.
        people: who stands behind each item.
        shares: [value], share of the (person, value) pairs of the whole table, 0-1.
    """

    field: str
    values: pl.Series
    tuple: Numbers
    value: Numbers
    people: People
    shares: np.ndarray[Any, np.dtype[np.float64]]

    def merged(self, groups: Numbers) -> "Told":
        """Of groups of tuples, given the group of each tuple."""
        size = max(len(self.values), 1)
        keys, items = np.unique(groups[self.tuple] * size + self.value, return_inverse=True)
        people = self.people.merged(items, len(keys))
        return Told(self.field, self.values, keys // size, keys % size, people, self.shares)

    def only(self, kept: Numbers, count: int) -> "Told":
        """Of some of the `count` tuples, which are numbered anew; the shares remain those of the whole table."""
        places = np.full(count, -1, np.int64)
        places[kept] = np.arange(len(kept))
        items = np.flatnonzero(places[self.tuple] >= 0)
        items = items[np.argsort(places[self.tuple[items]], kind="stable")]
        return Told(
            self.field,
            self.values,
            places[self.tuple[items]],
            self.value[items],
            self.people.only(items),
            self.shares,
        )


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Tuples:
    """Distinct tuples and who stands behind them.

    Args:
        leaves: [tuple, column], the number of each value among the column's distinct values.
        rows: [tuple], records that hold it.
        people: who stands behind each tuple.
        persons: how many there are in all.
        told: the sensitive columns that models ask about.
        population: who of the population stands behind each tuple; tuples that only occur there have no rows.
    """

    leaves: Numbers
    rows: Numbers
    people: People
    persons: int
    told: tuple[Told, ...] = ()
    population: People | None = None

    def merged(self, groups: Numbers, count: int) -> "Tuples":
        """Groups of tuples as tuples, given the group of each from 0 without gaps; the leaves are those of a member."""
        member = np.zeros(count, np.int64)
        member[groups] = np.arange(len(groups))
        rows = np.bincount(groups, weights=self.rows, minlength=count).astype(np.int64)
        told = tuple(one.merged(groups) for one in self.told)
        leaves = self.leaves.T[:, member].T
        population = self.population and self.population.merged(groups, count)
        return Tuples(leaves, rows, self.people.merged(groups, count), self.persons, told, population)

    def only(self, kept: Numbers) -> "Tuples":
        """Some of the tuples, numbered anew; `persons` remains that of the whole table."""
        told = tuple(one.only(kept, len(self.rows)) for one in self.told)
        population = self.population and self.population.only(kept)
        leaves = self.leaves.T[:, kept].T
        return Tuples(leaves, self.rows[kept], self.people.only(kept), self.persons, told, population)

    def column(self, field: str) -> Told:
        """A sensitive column by name."""
        return next(one for one in self.told if one.field == field)


def read_tuples(
    engine: Engine, table: str, columns: Sequence[str], person: str | None, *, sensitive: dict[str, str] | None = None
) -> tuple[Tuples, list[pl.Series]]:
    """The tuples of `columns`, and the distinct values of each column, a blank as null.

    Args:
        engine: holds the table.
        table: its name there.
        columns: the quasi-identifiers, engine names.
        person: the column that tells persons apart; None when each record is a person.
        sensitive: engine name of each column that models ask about, by field.
    """
    lines, pairs = _behind(engine, table, columns, person)
    numbered = [_numbered(lines[column]) for column in columns]
    leaves, values = np.column_stack([numbers for numbers, _ in numbered]), [series for _, series in numbered]
    people = _people(lines, pairs, columns)
    persons = int(people.alone.sum()) + len(np.unique(people.shared[1]))
    told = tuple(
        _told(field, _behind(engine, table, [*columns, column], person), [*columns, column], lines)
        for field, column in (sensitive or {}).items()
    )
    rows = whole_numbers(lines["rows"])
    return Tuples(np.asfortranarray(leaves), rows, people, persons, told), values


Counted: TypeAlias = tuple[pa.Table, pa.Table | None]


def _behind(engine: Engine, table: str, columns: Sequence[str], person: str | None) -> Counted:
    """Distinct tuples with rows and persons who are in no other, and the tuples of those who may be in several."""
    if person is not None:
        return engine.behind(table, columns, person)
    counted = engine.distinct(table, columns)
    return counted.append_column("alone", counted["rows"]), None


def _people(lines: pa.Table, pairs: pa.Table | None, columns: Sequence[str]) -> People:
    """Who stands behind each line."""
    alone = whole_numbers(lines["alone"])
    if pairs is None or not len(pairs):
        return People(alone, np.empty((2, 0), np.int64), 1)
    places, who = _places(lines, pairs, columns), _numbered(pairs["who"])[0]
    once = (np.bincount(who) == 1)[who]
    return People(
        alone + np.bincount(places[once], minlength=len(alone)),
        np.stack([places[~once], who[~once]]),
        int(who.max()) + 1,
    )


def _places(lines: pa.Table, sought: pa.Table, columns: Sequence[str]) -> Numbers:
    """The line of each of some tuples."""
    known = pl.DataFrame(pl.from_arrow(lines.select(columns))).with_row_index("\0place")
    asked = pl.DataFrame(pl.from_arrow(sought.select(columns)))
    found = asked.join(known, on=list(columns), how="left", nulls_equal=True, maintain_order="left")
    return found["\0place"].to_numpy().astype(np.int64)


def _told(field: str, counted: Counted, columns: Sequence[str], tuples: pa.Table) -> Told:
    """The items of a sensitive column, the last of the columns."""
    lines, pairs = counted
    places, (value, own) = _places(tuples, lines, columns[:-1]), _numbered(lines[columns[-1]])
    people, order = _people(lines, pairs, columns), np.lexsort([value, places])
    overall = people.per(value, len(own))
    shares = overall / max(overall.sum(), 1)
    return Told(field, own, places[order], value[order], people.only(order), shares)


def same_person(names: pa.ChunkedArray) -> pl.Series:
    """The names of persons, equal where they are the same: trimmed, in small letters; blanks are null."""
    plain = pl.Series(pl.from_arrow(names), dtype=pl.String).str.strip_chars().str.to_lowercase()
    return plain.set(plain == "", None)


def _numbered(column: pa.ChunkedArray) -> tuple[Numbers, pl.Series]:
    """The number of each text among the different ones, and these; a blank comes last."""
    texts = series(column)
    values = texts.drop_nulls().unique(maintain_order=True)
    numbers = texts.cast(pl.Enum(values)).to_physical().cast(pl.Int64)
    if texts.null_count():
        numbers, values = numbers.fill_null(len(values)), values.extend_constant(None, 1)
    return numbers.to_numpy(), values


def whole_numbers(column: pa.ChunkedArray | pa.Array) -> Numbers:
    """An Arrow column without blanks; by way of polars, as pyarrow would import pandas first."""
    return series(column).to_numpy().astype(np.int64)


def joined(columns: Sequence[Numbers], sizes: Sequence[int]) -> tuple[Numbers, int]:
    """One number per row, equal where the rows of codes are equal, and the bound the numbers stay below.

    Args:
        columns: codes from 0, one array per column.
        sizes: the bound of each column's codes.
    """
    keys, bound = columns[0], sizes[0]
    for column, size in zip(columns[1:], sizes[1:], strict=True):
        if bound * size > SAFE:
            different, keys = np.unique(keys, return_inverse=True)
            bound = len(different)
        keys, bound = keys * size + column, bound * size
    return keys, bound


def dense(keys: Numbers, bound: int) -> tuple[Numbers, int]:
    """The numbers as they are where few are missing, else numbered anew from 0, and a bound on them."""
    if bound <= DENSE * len(keys):
        return keys, bound
    bits = len(keys).bit_length()
    if bound << bits > SAFE:
        different, numbers = np.unique(keys, return_inverse=True)
        return numbers, len(different)
    ordered = np.sort(keys << bits | np.arange(len(keys)))  # with its place behind each key: sorting places is slower
    numbers = np.empty(len(keys), np.int64)
    numbers[ordered & (1 << bits) - 1] = np.cumsum(np.diff(ordered >> bits, prepend=-1) > 0) - 1
    return numbers, int(numbers.max(initial=-1)) + 1


def gapless(numbers: Numbers, bound: int) -> tuple[Numbers, int]:
    """The numbers counted anew from 0 without gaps, in their order, and how many there are."""
    there = np.zeros(bound, np.bool_)
    there[numbers] = True
    present = np.flatnonzero(there)
    if len(present) == bound:
        return numbers, bound
    places = np.empty(bound, np.int64)  # only read where it was written
    places[present] = np.arange(len(present))
    return places[numbers], len(present)
