"""The figures of usefulness, each from columns before and after; none of them names a value."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import polars as pl

from igmap.release.coded import firsts, together
from igmap.release.usefulness.reading import Column, Numbers, table_of

QUERIES = 200
MOST_TOGETHER = 3
LEAST_SHARE = 0.001  # of the rows: a query that fewer answer is held against so many
CLASSES = (2, 20)
NEVER = 1e-300


def distance(column: Column) -> float:
    """How far the distribution after is from that before, 0-1.

    With a scale: the area between the cumulated shares, as a share of the scale (earth mover's distance); blanks lie
    one range below. Else half the sum of absolute differences (total variation).
    """
    before, after = column.shares()
    if column.places is None:
        return 0.5 * float(np.abs(before - after).sum())
    at = np.nan_to_num(column.places, nan=2 * np.nanmin(column.places) - np.nanmax(column.places))
    order = np.argsort(at, kind="stable")
    whole = float(np.nanmax(column.places) - np.nanmin(column.places))
    gaps = np.abs(np.cumsum((before - after)[order]))[:-1] * np.diff(at[order])
    return min(float(gaps.sum()) / whole, 1.0) if whole else 0.5 * float(np.abs(before - after).sum())


def association(table: Numbers, *, ordered: bool) -> float:
    """How two columns go together by their rows per pair of bins: Spearman's rank correlation, else Cramer's V.

    Sources: Spearman 1904 with mean ranks for ties; Cramer 1946, 21.9.
    """
    whole = table.sum()
    if not whole:
        return 0.0
    one, other = table.sum(axis=1), table.sum(axis=0)
    if ordered:
        left, right = (np.cumsum(part) - part / 2 - whole / 2 for part in (one, other))
        scale = float(np.sqrt((one * left**2).sum() * (other * right**2).sum()))
        return float(left @ table @ right) / scale if scale else 0.0
    table = table[np.ix_(one > 0, other > 0)]
    expected = np.outer(one[one > 0], other[other > 0]) / whole
    degrees = min(table.shape) - 1
    return float(np.sqrt((((table - expected) ** 2) / expected).sum() / whole / degrees)) if degrees else 0.0


def associations(columns: Sequence[Column], before: Numbers, after: Numbers) -> dict[tuple[str, str], Numbers]:
    """[before, after] of each pair of columns, from some rows."""
    found = {}
    for one, other in combinations(columns, 2):
        ordered = one.places is not None and other.places is not None
        tables = table_of(one, other, before, after)
        found[one.field, other.field] = np.array([association(table, ordered=ordered) for table in tables])
    return found


def query_errors(columns: Sequence[Column], seed: int) -> Numbers:
    """Relative errors of random counts over one to three columns, as a user of the release would answer them.

    A query asks for a range of bins where a column has an order, else for one of them. Of an answer that hardly any
    rows have, the error is held against a thousandth of all rows.

    Source: Vitter & Wang 1999, doi:10.1145/304182.304199 (sanity bound).
    """
    draw, errors = np.random.default_rng(seed), []
    spreads = [one.spread() for one in columns]
    binned = together([one.bins[one.before] for one in columns], [one.width for one in columns])
    first, before = firsts(binned), np.bincount(binned)
    kept = [one.bins[one.before[first]] for one in columns]
    cells = pl.DataFrame({str(at): one.after for at, one in enumerate(columns)})
    alike = cells.group_by(cells.columns, maintain_order=True).agg(pl.len().cast(pl.Float64).alias("rows"))
    after, counts, rows = [alike[name].to_numpy() for name in cells.columns], alike["rows"].to_numpy(), len(binned)
    for _ in range(QUERIES):
        chosen = draw.choice(len(columns), min(1 + int(draw.integers(MOST_TOGETHER)), len(columns)), replace=False)
        true, told = np.ones(len(before), dtype=bool), counts.copy()
        for place in chosen.tolist():
            asked = _asked(columns[place], draw)
            true &= asked[kept[place]]
            told *= (spreads[place] @ asked)[after[place]]
        found = int(before[true].sum())
        errors.append(abs(float(told.sum()) - found) / max(found, LEAST_SHARE * rows, 1.0))
    return np.array(errors)


def _asked(column: Column, draw: np.random.Generator) -> Numbers:
    """[bin], whether a query asks for it."""
    width = column.width
    start = int(draw.integers(width))
    length = 1 + int(draw.integers(max(width // 2, 1))) if column.places is not None else 1
    bins = np.arange(width)
    return np.asarray((bins >= start) & (bins < start + length))


def accuracies(columns: Sequence[Column], target: Column, learned: tuple[Numbers, Numbers], tried: Numbers) -> Numbers:
    """[before, after, guessing]: how often a naive Bayes classifier is right about source rows it did not see.

    Args:
        columns: from which it predicts.
        target: what it predicts, by bins.
        learned: numbers of the source rows and of the released rows of those it learns from.
        tried: numbers of the source rows it is tried on.
    """
    truth = target.bins[target.before[tried]]
    scores = [np.zeros((len(tried), target.width)) for _ in learned]
    for one in columns:
        for place, table in enumerate(table_of(target, one, *learned)):
            known = np.log((table + 1) / (table.sum(axis=1, keepdims=True) + one.width))
            scores[place] += known.T[one.bins[one.before[tried]]]
    priors = [table.sum(axis=1) for table in table_of(target, target, *learned)]
    right = [
        float((np.argmax(score + np.log(np.maximum(prior, NEVER)), axis=1) == truth).mean())
        for score, prior in zip(scores, priors, strict=True)
    ]
    return np.array([*right, float((truth == int(np.argmax(priors[0]))).mean())])
