"""Interval labels that end where the source happens to end: they tell the extreme value of somebody."""

import re
from collections import Counter

import polars as pl

from igmap.release.source import Source
from igmap.release.staged import Labels, Staged

INTERVAL = re.compile(r"\(?(-?\d+(?:\.\d+)?)\)?(?:-|\.\.| - )\(?(-?\d+(?:\.\d+)?)\)?")
REGULAR = 2  # other intervals of one width, of which the outer one differs


def labels_from_extremes(staged: Staged, source: Source) -> int:
    """Released cells in an outer interval that is no regular one and ends at a value of fewer than k persons."""
    return sum(
        _telling(labels, staged.table[field], _few(source, field, int(staged.plan["k"])))
        for field, labels in staged.hierarchies.items()
        if field in staged.table.columns and labels.shape[1] > 1
    )


def _few(source: Source, field: str, k: int) -> set[float]:
    """The least and the largest number of a column, where fewer than k persons have it."""
    counts = source.pairs(field).select("persons", number=pl.col("value").cast(pl.Float64, strict=False)).drop_nulls()
    ends = counts.filter((pl.col("number") == pl.col("number").min()) | (pl.col("number") == pl.col("number").max()))
    return set(ends.filter(pl.col("persons") < k)["number"])


def _telling(labels: Labels, written: pl.Series, few: set[float]) -> int:
    if not few:
        return 0
    texts = {text for level in range(1, labels.shape[1]) for text in _outer(set(labels[:, level].tolist()), few)}
    return int(written.is_in([*texts]).sum())


def _outer(level: set[str | None], few: set[float]) -> list[str]:
    """The first and last interval of a level, if its width is not that of the others."""
    parsed = {text: INTERVAL.fullmatch(text) for text in level if text}
    spans = {text: (float(found[1]), float(found[2])) for text, found in parsed.items() if found}
    ordered = sorted(spans, key=lambda text: spans[text])
    inner = Counter(round(spans[text][1] - spans[text][0], 9) for text in ordered[1:-1])
    if len(inner) != 1 or inner.total() < REGULAR:
        return []
    ends = [(ordered[0], spans[ordered[0]][0]), (ordered[-1], spans[ordered[-1]][1])]
    return [text for text, end in ends if end in few and round(spans[text][1] - spans[text][0], 9) not in inner]
