"""Cells that were transformed before anything was counted, held against their source, step by step.

The first steps of a column are carried out again as long as they leave nothing to chance (top, bottom, round, bin),
and the step after these is held against its rule. Of what follows, only this is checked: a last exact step leaves the
cells as they are when it is carried out again, and a pseudonym or made-up value is never one of the source. What a
step between did, and whether it was taken at all, cannot be told from source and outcome.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Any

import polars as pl

from igmap.release.source import Source
from igmap.release.staged import Staged
from igmap.release.steps import EXACT, RULES, Cells, blank, carried, exactly, plain, printed, settings_of

NEVER_REAL = {"pseudonym", "fake"}


def cells_not_as_transformed(staged: Staged, source: Source) -> int:
    """Cells of transformed columns that are not what their steps make of the source."""
    return sum(_column(column, source) for column in staged.kept if column.get("transform"))


def _column(column: dict[str, Any], source: Source) -> int:
    frame = source.between(column["field"])
    if frame is None:
        return source.rows
    who = pl.when(pl.col("person").is_null()).then(pl.format("r{}", "record")).otherwise(pl.format("p{}", "person"))
    frame = frame.with_columns(who=who)
    cells = Cells(frame["who"], frame["person"], frame["before"], frame["after"])
    empty = blank(cells.before)
    emptied = empty & ~(blank(cells.after))
    return int(emptied.sum()) + _stepped(cells.where(~empty), column["transform"])


def _stepped(cells: Cells, steps: Sequence[dict[str, Any]]) -> int:
    known = list(takewhile(lambda step: settings_of(step)[0] in EXACT, steps[:-1]))
    cells, rest, (name, settings) = _prepared(cells, known), steps[len(known) :], settings_of(steps[-1])
    wrong = _lost(cells, steps)
    if len(rest) == 1 and name not in EXACT:
        return wrong + (RULES[name](cells, settings) if name in RULES else len(cells.after))
    if name in EXACT - {"bin"} or len(rest) == 1:
        return wrong + exactly(cells if len(rest) == 1 else replace(cells, before=cells.after), steps[-1])
    if name in NEVER_REAL:
        wrong += int(plain(cells.after).is_in(plain(cells.before).implode()).sum())
    return wrong


def _prepared(cells: Cells, known: Sequence[dict[str, Any]]) -> Cells:
    """With the exact first steps carried out; texts of numbers are then the same when the numbers are."""
    for step in known:
        cells = carried(cells, step)
    if not known or settings_of(known[-1])[0] == "bin":
        return cells
    number = printed(cells.after.cast(pl.Float64, strict=False))
    return replace(cells, after=number.zip_with(number.is_not_null(), cells.after))


def _lost(cells: Cells, steps: Sequence[dict[str, Any]]) -> int:
    """Cells that became blank though no step may make blanks."""
    may = any(settings_of(step)[1].get("otherwise") == "blank" for step in steps)
    return 0 if may else int((blank(cells.after) & ~blank(cells.before)).sum())


def pseudonyms_apart(tables: Sequence[tuple[Staged, Source]]) -> int:
    """Values that have different pseudonyms in the columns and tables of a release."""
    found = [frame for staged, source in tables for frame in _pseudonyms(staged, source)]
    if not found:
        return 0
    counts = pl.concat(found).unique().group_by("kind", "before").len()["len"]
    return int((counts > 1).sum())


def _pseudonyms(staged: Staged, source: Source) -> Iterator[pl.DataFrame]:
    for column in staged.kept:
        steps: Sequence[dict[str, Any]] = column.get("transform") or ()
        name, settings = settings_of(steps[0]) if len(steps) == 1 else ("", {})
        frame = source.between(column["field"]) if name == "pseudonym" else None
        if frame is not None:
            kind = pl.lit(f"{settings.get('of', '')} {settings.get('length', '')}")
            named = frame.filter(~blank(frame["before"]))
            yield named.select("after", kind=kind, before=plain(named["before"]))
