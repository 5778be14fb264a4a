"""What an attacker knows of persons, one by one: values of the source, as far as transformations let them be known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from igmap.release.attacks.target import ATTACKED, Target
from igmap.release.lost import Counted
from igmap.release.published import Published
from igmap.release.source import Source


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Known:
    """Persons of the source, a record of each.

    Args:
        source: where their values are.
        records: theirs.
        steps: what was done, before anything was counted, to the values that are known of a column.
        values: columns that were read already.
        everybody: whether these are all there are.
        limit: what the success of an attack may exceed its control by, 0-1.
    """

    source: Source
    records: pl.Series
    steps: Mapping[str, Sequence[Any]]
    values: pl.DataFrame
    everybody: bool
    limit: float

    def knows(self, published: Published, field: str) -> bool:
        """Whether the values of a released column are known as they were before it was generalised."""
        return field in self.source.columns and list(published.steps(field)) == list(self.steps.get(field, ()))

    def cells(self, field: str) -> pl.Series:
        """The values of a column, one of each person."""
        known = field in self.values.columns
        return self.values[field].cast(pl.String) if known else self.source.cells(field, self.records)


def known_of(table: Counted, seen: Target) -> Known:
    """What is known of the persons in a staged table."""
    rows = seen.attacked()["row"]
    persons = table.staged.persons["person"].drop_nulls().n_unique()
    steps = {one["field"]: one.get("transform") or () for one in table.staged.kept}
    records = table.staged.persons["record"].head(table.staged.table.height)[rows]
    return Known(table.source, records, steps, seen.truth[rows], len(rows) == persons, seen.limit)


def known_in(source: Source, *, seed: int, limit: float) -> Known:
    """What is known of the persons in a source as it stands there, at most so many of them drawn by the seed."""
    people = source.persons().filter(pl.col("person").is_not_null()).sort("record")
    first = people.unique("person", keep="first", maintain_order=True)
    drawn = first.sample(min(ATTACKED, first.height), seed=seed)
    return Known(source, drawn["record"], {}, pl.DataFrame(), drawn.height == first.height, limit)
