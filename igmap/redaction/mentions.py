"""Mentions in texts by the detectors of the inventory, person names and dates; to be replaced by inventory.mentions."""

import re
from collections.abc import Collection
from typing import Any

import polars as pl

from igmap.inventory.detectors import DETECTORS
from igmap.inventory.people import find_persons
from igmap.redaction.settings import placeholders
from igmap.sources.typed.dates import MONTHS

DATES = (
    r"(?i)\b(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})"
    rf"|\d{{1,2}} (?:{'|'.join(MONTHS)})[a-z]*\.?(?: \d{{4}})?)\b"
)
SPANS = {"row": pl.UInt32, "start": pl.UInt32, "end": pl.UInt32, "kind": pl.String}


def mentions_in(
    values: pl.Series, kinds: Collection[str] = (), detectors: Any = DETECTORS, known: Any = None
) -> pl.DataFrame:
    """Where something stands and what it is: `row`, `start`, `end`, `kind`, `who`, `score`; overlaps merged."""
    del known
    kinds = kinds or tuple(placeholders())
    found = [
        one.places(values).with_columns(kind=pl.lit(one.category)).cast(SPANS)
        for one in detectors
        if one.category in kinds
    ]
    if "name" in kinds:
        named = [(row, *span, "name") for row, value in enumerate(values) for span in find_persons(value)]
        found.append(pl.DataFrame(named, schema=SPANS, orient="row"))
    if "date" in kinds:
        found.append(_dates(values))
    merged = _merged(pl.concat(found))
    return merged.with_columns(who=pl.lit(None, dtype=pl.Int64), score=pl.lit(1.0))


def _dates(values: pl.Series) -> pl.DataFrame:
    pattern, likely = re.compile(DATES), values.str.contains(DATES)
    rows = [
        (row, *match.span(), "date") for row in likely.arg_true().to_list() for match in pattern.finditer(values[row])
    ]
    return pl.DataFrame(rows, schema=SPANS, orient="row")


def _merged(spans: pl.DataFrame) -> pl.DataFrame:
    """Spans that overlap as one, called what the longest of them is."""
    ordered = spans.sort("row", "start", "end", "kind").with_columns(size=pl.col("end") - pl.col("start"))
    reached = pl.col("end").cum_max().shift(1, fill_value=0).over("row")
    islands = ordered.with_columns(island=(pl.col("start") >= reached).cum_sum().over("row"))
    return islands.group_by("row", "island", maintain_order=True).agg(
        pl.col("start").min(),
        pl.col("end").max(),
        kind=pl.col("kind").sort_by("size", descending=True, maintain_order=True).first(),
    )
