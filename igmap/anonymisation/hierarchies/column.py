"""The column that a builder works on: its distinct values and the settings the plan gives, read with named errors."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any, TypeVar

import polars as pl

from igmap.errors import HierarchyError, nearest

Read = TypeVar("Read")
Builder = Callable[["Column"], list[pl.Series]]
"""A column in, its levels out: each named by what it is, finest first, the values themselves left out.

A null in them is a value that cannot be placed."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Column:
    """What a builder gets to see.

    Args:
        field: the column, as the inventory shows it.
        values: its distinct values, no blanks.
        settings: one builder with what it needs, such as `{postcode: nl}`.
        counts: persons (or rows) behind each value; None when nobody counted.
    """

    field: str
    values: pl.Series
    settings: Mapping[str, Any]
    counts: pl.Series | None = None

    def wrong(self, told: str) -> HierarchyError:
        """The error to raise, with the column in front."""
        return HierarchyError(f"column {self.field!r}: {told}")

    def placed(self, read: pl.Series, remedy: str) -> pl.Series:
        """What was read, if it is complete or the plan lets unknown values become `*`.

        Args:
            read: one per value, null where it cannot be placed.
            remedy: what the values are not, and what to do about it.

        Raises:
            HierarchyError: with the number of values that cannot be placed.
        """
        if (unread := read.null_count()) and self.settings.get("unknown") != "*":
            raise self.wrong(f'{unread} of its {len(read)} values {remedy}; or let them become * with unknown: "*"')
        return read

    def each(self, key: str, kind: Callable[[Any], Read]) -> list[Read]:
        """A setting as a list; a single value is a list of one.

        Raises:
            HierarchyError: it is empty, or something in it is of another kind.
        """
        given = self.settings.get(key)
        try:
            read = [kind(one) for one in (given if isinstance(given, list | tuple) else [given])]
        except (TypeError, ValueError, OverflowError):
            read = []
        if not read:
            raise self.wrong(f"{key!r} is empty, or has an entry that cannot be read; see the builder's example")
        return read

    def word(self, key: str, known: Mapping[str, Any] | list[str], default: str = "") -> str:
        """A setting that is one of some known words.

        Raises:
            HierarchyError: it is another, with the one that is nearest.
        """
        word = str(self.settings.get(key, default))
        if word not in known:
            told = nearest(word, known) or f"; choose out of {', '.join(known)}"
            raise self.wrong(f"unknown {key} {word!r}{told}")
        return word


def number(given: Any) -> float:
    """A finite number; a truth value is none.

    Raises:
        ValueError: it is not.
    """
    if isinstance(given, bool) or not isfinite(float(given)):
        raise ValueError
    return float(given)


def whole(given: Any) -> int:
    """A whole number from 1; a truth value is none.

    Raises:
        ValueError: it is not.
    """
    if number(given) != int(given) or int(given) < 1:
        raise ValueError
    return int(given)


def name(given: Any) -> str:
    """A name; `no`, which some YAML readers take for a truth value, must stand between quotes.

    Raises:
        ValueError: it is not, or blank.
    """
    if isinstance(given, bool | dict | list | None) or not str(given).strip():
        raise ValueError
    return str(given).strip()
