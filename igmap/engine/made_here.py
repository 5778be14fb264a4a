"""The tables that a server is never asked to make: the local engine makes them, from a copy."""

from collections.abc import Mapping as Mappings
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from igmap.engine.changes import Change
from igmap.engine.derives import Summed, Whose
from igmap.engine.draws import Draw
from igmap.engine.protocol import Engine
from igmap.engine.recoding import Back, Mapping, Recode, Rows


class MadeHere:
    """Hands every question that makes a table to the local engine, with the table in it."""

    def _here(self, name: str) -> Engine:
        raise NotImplementedError

    def rewrite(
        self, name: str, mappings: Sequence[Mapping], *, keep: pa.Table | None, seed: int, recode: Recode | None = None
    ) -> str:
        """A new local table."""
        return self._here(name).rewrite(name, mappings, keep=keep, seed=seed, recode=recode)

    def unfold(self, target: str, tables: Sequence[Rows], *, seed: int) -> str:
        """A new local table with one row per person, from tables that are all copied."""
        for rows in tables:
            self._here(rows.table)
        return self._here(tables[0].table).unfold(target, tables, seed=seed)

    def fold(self, name: str, back: Back, *, seed: int) -> str:
        """A new local table of rows."""
        return self._here(name).fold(name, back, seed=seed)

    def derive(
        self, name: str, target: str, changes: Sequence[Change], whose: Whose, *, kept: bool
    ) -> Mappings[str, int]:
        """A new local table, or a view."""
        return self._here(name).derive(name, target, changes, whose, kept=kept)

    def numbers(self, name: str, columns: Sequence[str], *, persons: bool) -> pa.Table:
        """The distinct combinations of numbers of a local view."""
        return self._here(name).numbers(name, columns, persons=persons)

    def swap(self, name: str, target: str, column: str, draw: Draw, *, share: float) -> int:
        """A new local table of partners."""
        return self._here(name).swap(name, target, column, draw, share=share)

    def aggregate(self, name: str, target: str, person: str | None, columns: Sequence[Summed]) -> int:
        """A new local table with one row per person."""
        return self._here(name).aggregate(name, target, person, columns)

    def sums(
        self, name: str, columns: Sequence[str], values: Sequence[str], *, person: str | None, most: int = 2
    ) -> pa.Table:
        """What groups of a table hold."""
        return self._here(name).sums(name, columns, values, person=person, most=most)

    def behind(self, name: str, columns: Sequence[str], person: str) -> tuple[pa.Table, pa.Table]:
        """Who stands behind the tuples of a table."""
        return self._here(name).behind(name, columns, person)

    def bounded(self, name: str, target: str, *, person: str | None, most: int, key: str) -> None:
        """A new local table of at most so many records of each person."""
        self._here(name).bounded(name, target, person=person, most=most, key=key)

    def classify(self, name: str, columns: Sequence[str], tuples: pa.Table, *, seed: int) -> str:
        """A new local table with the class of each record."""
        return self._here(name).classify(name, columns, tuples, seed=seed)

    def write(
        self, name: str, columns: Sequence[str], path: Path, *, schema: pa.Schema, labels: pa.Table | None = None
    ) -> None:
        """Write columns of a table to a file."""
        self._here(name).write(name, columns, path, schema=schema, labels=labels)
