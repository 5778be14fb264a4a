"""Cells that are sets: `a | b`, a blank as `(blank)`, values with a bar or quote in quotes; or an interval `18-65`.

Members are labels at the finest level that the plan allows, as a rule the values themselves. An interval of numbers or
dates runs from one value to another and is written `a..b` where `a-b` could be read in two ways.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import polars as pl

from igmap.release.ncp import positions
from igmap.release.staged import Labels

PART = re.compile(r'(?:"(?P<quoted>(?:[^"]|"")*)"|(?P<plain>.*?))(?: \| |$)', re.DOTALL)
BLANK = "(blank)"
MEMBERS = pl.Schema({"written": pl.String, "atom": pl.String, "low": pl.Float64, "high": pl.Float64})
Member = tuple[str | None, float | None, float | None]  # a label, or where an interval begins and ends


def set_costs(pairs: pl.DataFrame, labels: Labels, least: int) -> pl.Series:
    """What each cell costs as a set, 0-1; null where it is none, or does not cover the value of its record.

    On a scale it is (highest - lowest)/range, and 1 for a blank beside others; else (values covered - 1)/(values - 1).

    Args:
        pairs: the different pairs of `written` cell and `source` value.
        labels: the hierarchy of the column.
        least: its finest level.
    """
    values, members = _read(pairs["written"].unique(), labels, least)
    atoms = values.group_by(atom="own").agg(leaves=pl.len(), begin=pl.col("at").min(), end=pl.col("at").max())
    own = pairs.join(values, on="source", how="left", nulls_equal=True, maintain_order="left")
    return _covering(own, members, atoms)


def set_covers(cells: pl.Series, labels: Labels, least: int) -> pl.DataFrame:
    """The `source` values that each of some different `written` sets covers; none where one of its parts says nothing.

    Args:
        cells: written.
        labels: the hierarchy of the column.
        least: its finest level, whose labels are the members.
    """
    values, members = _read(cells, labels, least)
    sets = members.filter(pl.col("low").is_null()).select("written", own="atom")
    listed = sets.join(values, on="own", nulls_equal=True).select("written", "source")
    ranges = members.filter(pl.col("low").is_not_null())
    scale = values.filter(pl.col("at") >= 0).sort("at")
    first = np.searchsorted(scale["at"].to_numpy(), ranges["low"].to_numpy(), "left")
    last = np.searchsorted(scale["at"].to_numpy(), ranges["high"].to_numpy(), "right")
    inside = spans(first, last)
    within = ranges.select(pl.col("written").repeat_by(pl.Series(np.maximum(last - first, 0)))).explode("written")
    between = within.drop_nulls().with_columns(source=scale["source"].gather(pl.Series(inside)))
    return pl.concat([listed, between]).unique()


def spans(first: Any, last: Any) -> Any:
    """All whole numbers from each `first` to just before each `last`, one run after the other."""
    lengths = np.maximum(last - first, 0)
    ends = np.cumsum(lengths)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(first - (ends - lengths), lengths)


def _read(cells: pl.Series, labels: Labels, least: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The `source` values with their `own` label and where they lie (`at`), and the members of the written cells."""
    leaves = pl.Series(labels[:, 0].tolist(), dtype=pl.String)
    places = _places(leaves)
    texts = pl.Series(labels[:, least].tolist(), dtype=pl.String)
    values = pl.DataFrame({"source": leaves, "own": texts, "at": places, "known": True})
    scale = {} if least else {leaf: at for leaf, at in zip(leaves, places, strict=True) if at is not None and at >= 0}
    return values, _members(cells, set(texts), scale)


def _covering(pairs: pl.DataFrame, members: pl.DataFrame, atoms: pl.DataFrame) -> pl.Series:
    """The cost of each pair's set that covers its value, which has the label `own` and lies `at` its place."""
    named = members.join(atoms, on="atom", how="left", nulls_equal=True)
    low, high = pl.coalesce("low", "begin").min(), pl.coalesce("high", "end").max()
    values = int(atoms["leaves"].sum()) - 1
    costs = named.group_by("written").agg(
        spread=(high - low).clip(upper_bound=1.0), share=(pl.col("leaves").sum() - 1) / max(values, 1)
    )
    numbered = pairs.with_row_index("\0row")
    ranges = members.filter(pl.col("low").is_not_null()).select("written", "low", "high")
    inside = numbered.join(ranges, on="written").filter(pl.col("at").is_between("low", "high"))["\0row"]
    sets = members.filter(pl.col("low").is_null()).select("written", own="atom")
    listed = numbered.join(sets, on=["written", "own"], how="semi", nulls_equal=True)["\0row"]
    covered = pl.col("\0row").is_in(pl.concat([inside, listed]).implode()) & pl.col("known")
    priced = numbered.join(costs, on="written", how="left", nulls_equal=True, maintain_order="left")
    return priced.select(pl.when(covered).then(pl.coalesce("spread", "share"))).to_series()


def _places(leaves: pl.Series) -> pl.Series:
    """Where each leaf lies, 0-1, a blank one range below; nowhere without a scale."""
    found = positions(leaves)
    if found is None:
        return pl.Series([None] * len(leaves), dtype=pl.Float64)
    scale = found.drop_nulls().to_numpy()
    reached = (found - float(scale.min())) / (float(scale.max() - scale.min()) or 1.0)
    return reached.fill_null(-1.0)


def _members(written: pl.Series, known: set[str | None], scale: Mapping[str, float]) -> pl.DataFrame:
    """What each `written` cell names: an `atom`, or `low` to `high`; nothing where one of its parts says nothing."""
    rows = []
    for cell in written.to_list():
        found = [_member(part, known, scale, bare=bare) for part, bare in _parts(cell)]
        rows += [] if None in found else [(cell, *one) for one in found if one]
    return pl.DataFrame(rows, schema=MEMBERS, orient="row")


def _member(part: str | None, known: set[str | None], scale: Mapping[str, float], *, bare: bool) -> Member | None:
    if part in known:
        return part, None, None
    low, _, high = (part or "").partition(".." if ".." in (part or "") else "-")
    return (None, scale[low], scale[high]) if bare and low in scale and high in scale else None


def _parts(cell: str | None) -> Iterator[tuple[str | None, bool]]:
    """The members of a cell, and whether each stands without quotes."""
    if cell is None:
        yield None, True
    at = 0
    while cell and at < len(cell) and (found := PART.match(cell, at)):
        quoted, at = found["quoted"], found.end()
        plain = found["plain"] if quoted is None else quoted.replace('""', '"')
        yield (None if quoted is None and plain == BLANK else plain), quoted is None
