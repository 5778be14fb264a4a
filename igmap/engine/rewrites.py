"""What may be asked of an engine that writes tables anew under other labels."""

from collections.abc import Sequence
from typing import Protocol

import pyarrow as pa

from igmap.engine.recoding import Back, Mapping, Recode, Rows


class Rewrites(Protocol):
    """What an engine answers that rewrites tables."""

    def rewrite(
        self, name: str, mappings: Sequence[Mapping], *, keep: pa.Table | None, seed: int, recode: Recode | None = None
    ) -> str:
        """A new table with the mapped columns and `record`, only tuples in `keep`, in an order drawn from `seed`."""

    def classify(self, name: str, columns: Sequence[str], tuples: pa.Table, *, seed: int) -> str:
        """A new table of `record`, `class` and columns, of records whose tuple has a class, in an order of `seed`."""

    def unfold(self, target: str, tables: Sequence[Rows], *, seed: int) -> str:
        """A new table with one row per person, in which the rows of several tables stand side by side."""

    def fold(self, name: str, back: Back, *, seed: int) -> str:
        """A new table of rows from a table with one row per person."""
