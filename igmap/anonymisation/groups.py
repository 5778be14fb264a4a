"""Tuples put together in classes: what the privacy models count."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np

from igmap.anonymisation.tuples import Numbers, Tuples, dense
from igmap.errors import PlanError

Shares: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]
Flags: TypeAlias = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True, eq=False)
class Histogram:
    """The values of a sensitive column in each class; values that do not occur there are not listed.

    Persons are counted once per class and value: one with several rows of the same value counts once, one with
    several values counts under each of them. A blank is a value.

    Args:
        shares: [value], of the (person, value) pairs of the whole table, 0-1.
        group: [entry], the class, ascending.
        value: [entry], the number of the value, ascending within a class.
        persons: [entry], different persons of the class who have the value.
        totals: [class], the sum of its entries.
    """

    shares: Shares
    group: Numbers
    value: Numbers
    persons: Numbers
    totals: Numbers

    @property
    def share(self) -> Shares:
        """[entry], the share of the value within its class, 0-1."""
        share: Shares = self.persons / self.totals[self.group]
        return share

    @property
    def overall(self) -> Shares:
        """[entry], the share of the value in the whole table, 0-1."""
        return self.shares[self.value]

    @property
    def values(self) -> Numbers:
        """[class], different values."""
        return np.bincount(self.group, minlength=len(self.totals))

    def total(self, figures: Shares) -> Shares:
        """[class], the sum of a figure per entry."""
        return np.bincount(self.group, figures, len(self.totals)).astype(np.float64, copy=False)

    def most(self, figures: Any) -> Any:
        """[class], the largest of a figure per entry; 0 where nothing is above 0."""
        largest = np.zeros(len(self.totals), figures.dtype)
        np.maximum.at(largest, self.group, figures)
        return largest

    def placed(self, places: Numbers) -> "Histogram":
        """The same with the place of each value in its stead; values of one place are added up.

        Args:
            places: [value], from 0.
        """
        shares = np.bincount(places, self.shares).astype(np.float64, copy=False)
        keys = self.group * len(shares) + places[self.value]
        return _histogram(
            shares,
            keys,
            len(self.totals),
            lambda numbers, count: np.bincount(numbers, self.persons, count).astype(np.int64),
        )


def _histogram(shares: Shares, keys: Numbers, classes: int, persons: Callable[[Numbers, int], Numbers]) -> Histogram:
    """The histogram of items, each with a key of its class and value, given how the persons behind them are counted."""
    size = max(len(shares), 1)
    numbers, count = dense(keys, classes * size)
    counted = persons(numbers, count)
    key = np.zeros(count, np.int64)
    key[numbers] = keys
    present = np.flatnonzero(counted)
    present = present[np.argsort(key[present], kind="stable")]
    group, held = key[present] // size, counted[present]
    totals = np.bincount(group, weights=held, minlength=classes).astype(np.int64)
    return Histogram(shares, group, key[present] % size, held, totals)


class Groups:
    """Classes of tuples.

    Args:
        tuples: all of them are in some class.
        numbers: [tuple], the class of each, from 0.
        count: a bound on the class numbers; a class without tuples holds nobody.
        population: [class], persons of the population under the labels of each class; None where these are the
            persons behind its tuples, as in global recoding.
    """

    def __init__(self, tuples: Tuples, numbers: Numbers, count: int, *, population: Numbers | None = None) -> None:
        """Nothing is counted before it is asked."""
        self.tuples, self.numbers, self.count = tuples, numbers, count
        self._population = population
        self._histograms: dict[str, Histogram] = {}

    @cached_property
    def persons(self) -> Numbers:
        """[class], different persons."""
        return self.tuples.people.per(self.numbers, self.count)

    @cached_property
    def population(self) -> Numbers:
        """[class], different persons of the population.

        Raises:
            PlanError: there is no population table.
        """
        if self._population is not None:
            return self._population
        if self.tuples.population is None:
            raise PlanError("k_map and delta_presence count in a population table; the plan must name one")
        return self.tuples.population.per(self.numbers, self.count)

    @cached_property
    def rows(self) -> Numbers:
        """[class], records."""
        return np.bincount(self.numbers, weights=self.tuples.rows, minlength=self.count).astype(np.int64)

    def histogram(self, field: str) -> Histogram:
        """The values of a sensitive column in each class, counted once."""
        if field not in self._histograms:
            told = self.tuples.column(field)
            keys = self.numbers[told.tuple] * max(len(told.values), 1) + told.value
            self._histograms[field] = _histogram(told.shares, keys, self.count, told.people.per)
        return self._histograms[field]
