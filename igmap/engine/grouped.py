"""What a room may ask of an engine about groups of rows and the persons in them."""

from collections.abc import Sequence
from typing import Protocol

import pyarrow as pa


class Grouped(Protocol):
    """Counts and sums by groups; part of Engine."""

    def sums(
        self, name: str, columns: Sequence[str], values: Sequence[str], *, person: str | None, most: int = 2
    ) -> pa.Table:
        """Distinct tuples (g0, g1 …; none for the whole) with `rows` and `persons`, and what persons contribute.

        Of each column of numbers, counted from 0: `filled0` records and `persons0` that have one, `sum0`, `least0`, and
        the persons' absolute sums: `all0`, and of the largest one, two and `most` persons `first0`, `two0`, `most0`.
        Blank persons are one.
        """

    def bounded(self, name: str, target: str, *, person: str | None, most: int, key: str) -> None:
        """A new table of at most so many records of each person, chosen by a hash with a key; none of nobody."""

    def behind(self, name: str, columns: Sequence[str], person: str) -> tuple[pa.Table, pa.Table]:
        """Distinct tuples with `rows` and `alone`, the persons with one record in all; and the other persons' tuples.

        The second has a line for each tuple of each person (`who`) with more than one record. So what leaves the engine
        follows from the tuples and from who returns, not from the number of persons. Blank persons are one.
        """
