"""Tuples put together in classes: what the privacy models count."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np

from igmap.anonymisation.tuples import Numbers, Told, Tuples, dense

Shares: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]
Flags: TypeAlias = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True, eq=False)
class Histogram:
    """The values of a sensitive column in each class; values that do not occur there are not listed.

    Args:
        told: the column, with the shares of the whole table.
        group: [entry], the class, ascending.
        value: [entry], the number of the value, ascending within a class.
        persons: [entry], different persons of the class who have the value.
        totals: [class], the sum of its entries.
    """

    told: Told
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
        return self.told.shares[self.value]

    def total(self, figures: Shares) -> Shares:
        """[class], the sum of a figure per entry."""
        return np.bincount(self.group, figures, len(self.totals)).astype(np.float64, copy=False)


class Groups:
    """Classes of tuples.

    Args:
        tuples: all of them are in some class.
        numbers: [tuple], the class of each, from 0.
        count: a bound on the class numbers; a class without tuples holds nobody.
    """

    def __init__(self, tuples: Tuples, numbers: Numbers, count: int) -> None:
        """Nothing is counted before it is asked."""
        self.tuples, self.numbers, self.count = tuples, numbers, count

    @cached_property
    def persons(self) -> Numbers:
        """[class], different persons."""
        return self.tuples.people.per(self.numbers, self.count)

    @cached_property
    def rows(self) -> Numbers:
        """[class], records."""
        return np.bincount(self.numbers, weights=self.tuples.rows, minlength=self.count).astype(np.int64)

    def histogram(self, field: str) -> Histogram:
        """The values of a sensitive column in each class."""
        told = self.tuples.column(field)
        size = max(len(told.values), 1)
        keys, bound = self.numbers[told.tuple] * size + told.value, self.count * size
        numbers, count = dense(keys, bound)
        persons = told.people.per(numbers, count)
        key = np.zeros(count, np.int64)
        key[numbers] = keys
        present = np.flatnonzero(persons)
        present = present[np.argsort(key[present])]
        group = key[present] // size
        totals = np.bincount(group, weights=persons[present], minlength=self.count).astype(np.int64)
        return Histogram(told, group, key[present] % size, persons[present], totals)
