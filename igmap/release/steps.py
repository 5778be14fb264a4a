"""What each step of a transformation must have done to the cells of a column, written down a second time.

A rule gets the cells before and after the step and counts those that are not as they should be. Texts of numbers and
dates may be read in two ways; a step is right if it is right in one of them.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
import polars as pl

from igmap.release.reading import dates, numbers
from igmap.release.redacted import not_as_redacted

CLOSE = 1e-9
MOST_DECIMALS = 9
FILLERS = (1000, 2999)  # years outside are no dates
BY_CHANCE = 1e-9
FEW = 20  # cells that chance may leave as they are


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Cells:
    """A column before and after a step; blank cells are none of them.

    Args:
        who: the person of each cell, or its record where that is blank.
        person: the same, but all blanks are one person.
        before: its text.
        after: its text.
    """

    who: pl.Series
    person: pl.Series
    before: pl.Series
    after: pl.Series

    def where(self, mask: pl.Series) -> "Cells":
        """Some of the cells."""
        return Cells(*(one.filter(mask) for one in (self.who, self.person, self.before, self.after)))


Rule = Callable[[Cells, Mapping[str, Any]], int]


def settings_of(step: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """The name of a step and its settings; `{round: 5}` is short for `{round: {to: 5}}`."""
    ((name, said),) = step.items()
    return name, said if isinstance(said, Mapping) else {SHORT.get(name, ""): said}


SHORT = {
    "top": "at",
    "bottom": "at",
    "round": "to",
    "bin": "at",
    "microaggregate": "k",
    "noise": "scale",
    "date_shift": "days",
    "pram": "share",
    "rank_swap": "share",
    "fake": "what",
}


def recomputed(step: Mapping[str, Any], texts: pl.Series, *, nudge: float = 0) -> Iterator[pl.Series]:
    """What a step that leaves nothing to chance makes of texts, for each way to read them; null where unreadable.

    Args:
        step: top, bottom, round or bin.
        texts: of numbers.
        nudge: is added before rounding; a half is none in binary fractions, so that it may go either way.
    """
    name, settings = settings_of(step)
    for x in numbers(texts, str(settings.get("notation", ""))):
        if name == "bin":
            yield _binned(x, [float(edge) for edge in settings["at"]])
        elif name == "round":
            width = float(settings["to"])
            parts = (x / width).abs().to_numpy() + nudge
            yield printed(pl.Series(np.floor(parts) + (parts - np.floor(parts) >= 0.5)) * width * x.sign())  # noqa: PLR2004 - halves away from zero
        else:
            bound = float(settings["at"])
            yield printed(x.clip(upper_bound=bound) if name == "top" else x.clip(lower_bound=bound))


EXACT = {"top", "bottom", "round", "bin"}


def printed(values: pl.Series) -> pl.Series:
    """Numbers as texts that are equal when they are, to nine decimals."""
    return (values.fill_nan(None).round(MOST_DECIMALS) + 0.0).cast(pl.String)


def _binned(x: pl.Series, edges: list[float]) -> pl.Series:
    whole = all(edge.is_integer() for edge in edges) and bool(((x % 1) == 0).all())
    bounds = [f"{edge:.15g}" if edge >= 0 else f"({edge:.15g})" for edge in edges]
    last = [f"{edge - 1:.15g}" if edge >= 1 else f"({edge - 1:.15g})" for edge in edges]
    between = [
        f"{bounds[at]}-{last[at + 1]}" if whole else f"{bounds[at]}-<{bounds[at + 1]}"
        for at, _ in enumerate(pairwise(edges))
    ]
    labels = pl.Series([f"<{edges[0]:.15g}", *between, f">={edges[-1]:.15g}"])
    places = pl.Series(np.searchsorted(edges, x.fill_null(0.0).to_numpy(), side="right"))
    return labels.gather(places).set(x.is_null(), None)


def _read(cells: Cells, settings: Mapping[str, Any]) -> Iterator[tuple[pl.Series, pl.Series, int, pl.Series]]:
    """Numbers before and after, how many of those after are none, and which cells were numbers."""
    after = cells.after.cast(pl.Float64, strict=False)
    for before in numbers(cells.before, str(settings.get("notation", ""))):
        known = before.is_not_null()
        yield before.filter(known), after.filter(known), int(after.filter(known).null_count()), known


def _microaggregate(cells: Cells, settings: Mapping[str, Any]) -> int:
    """Every value is shared by k persons and lies between those it replaces, and the mean stays."""
    return min(
        unread + _unreadable(cells, known) + _averaged(before, after, cells.person.filter(known), int(settings["k"]))
        for before, after, unread, known in _read(cells, settings)
    )


def _averaged(before: pl.Series, after: pl.Series, persons: pl.Series, k: int) -> int:
    close = 10.0 ** -min(_decimals(before) + 2, MOST_DECIMALS)
    frame = pl.DataFrame({"x": before, "y": after, "person": persons})
    low, high, y = pl.col("x").min() - close, pl.col("x").max() + close, pl.col("y").first()
    groups = frame.group_by("y", maintain_order=True).agg(
        rows=pl.len(), fits=(pl.col("person").n_unique() >= k) & y.is_between(low, high)
    )
    moved = abs(float(frame["x"].sum()) - float(frame["y"].sum())) > (close + CLOSE) * max(frame.height, 1)
    return int(groups.filter(~pl.col("fits").fill_null(value=False))["rows"].sum()) + moved


def _decimals(values: pl.Series) -> int:
    found = values.to_numpy()
    exact = (n for n in range(MOST_DECIMALS) if np.allclose(found * 10**n, np.round(found * 10**n), rtol=0, atol=1e-6))
    return next(exact, MOST_DECIMALS)


def _unreadable(cells: Cells, known: pl.Series) -> int:
    """Cells that could not be read and yet are not blank now."""
    return int((~known & ~blank(cells.after)).sum())


def _noise(cells: Cells, settings: Mapping[str, Any]) -> int:
    """Numbers, not all as they were, and the same for the same value of a person unless drawn per record."""
    return min(
        unread + _unreadable(cells, known) + _unmoved(before, after) + _torn(cells.where(known), settings)
        for before, after, unread, known in _read(cells, settings)
    )


def _unmoved(before: pl.Series, after: pl.Series) -> int:
    return len(before) if len(before) >= FEW and bool(((before - after).abs() < CLOSE).all()) else 0


def _torn(cells: Cells, settings: Mapping[str, Any]) -> int:
    """Values of a person that became different ones."""
    if settings.get("per") == "record":
        return 0
    return _several(pl.DataFrame({"who": cells.who, "before": cells.before, "after": cells.after}), ["who", "before"])


def _several(frame: pl.DataFrame, keys: list[str]) -> int:
    """Keys with several values of `after`."""
    counts = frame.unique([*keys, "after"]).group_by(keys).len()["len"]
    return int((counts > 1).sum())


def _pram(cells: Cells, settings: Mapping[str, Any]) -> int:
    """Only values that occur, drawn once for each value of a person."""
    return int((~cells.after.is_in(cells.before.implode())).sum()) + _torn(cells, settings)


def _rank_swap(cells: Cells, settings: Mapping[str, Any]) -> int:
    """The same values as before, each within the bound of ranks; what is swapped is a value of a person."""
    read, notation = (dates if settings.get("of") == "dates" else numbers), str(settings.get("notation", ""))
    after = next(iter(read(cells.after, ""))).cast(pl.Float64)
    return min(_swapped(cells, before.cast(pl.Float64), after, settings) for before in read(cells.before, notation))


def _swapped(cells: Cells, before: pl.Series, after: pl.Series, settings: Mapping[str, Any]) -> int:
    known = before.is_not_null()
    units = pl.DataFrame({"who": cells.who, "x": before, "after": after}).filter(known)
    torn = 0 if settings.get("per") == "record" else _several(units, ["who", "x"])
    units = units if settings.get("per") == "record" else units.unique(["who", "x"])
    ranked, other = np.sort(units["x"].to_numpy()), units["after"].to_numpy()
    if not np.array_equal(ranked, np.sort(other)):
        return cells.after.len()
    low, high = np.minimum(units["x"].to_numpy(), other), np.maximum(units["x"].to_numpy(), other)
    apart = np.searchsorted(ranked, high) - (np.searchsorted(ranked, low, side="right") - 1)
    return torn + int((apart > int(settings["share"] * len(ranked))).sum()) + _unreadable(cells, known)


def _date_shift(cells: Cells, settings: Mapping[str, Any]) -> int:
    """All dates of a person moved by the same number of days within the bound, and by some; fillers stay."""
    after = next(iter(dates(cells.after)))
    return min(
        _shifted(cells, before, after, settings) for before in dates(cells.before, str(settings.get("notation", "")))
    )


def _shifted(cells: Cells, before: pl.Series, after: pl.Series, settings: Mapping[str, Any]) -> int:
    weeks = settings.get("weeks")
    most = 7 * int(weeks) if weeks else int(settings["days"])
    frame = pl.DataFrame({"who": cells.who, "before": before, "end": after}).filter(before.is_not_null())
    moved = frame.with_columns(
        after=(pl.col("end") - pl.col("before")).dt.total_days(),
        real=pl.col("before").dt.year().is_between(*FILLERS),
    )
    real = moved.filter("real")
    beyond = pl.col("after").is_null() | (pl.col("after") == 0) | (pl.col("after").abs() > most)
    beyond |= (pl.col("after") % 7 != 0) if weeks else pl.lit(value=False)
    kept = moved.filter(~pl.col("real") & ~pl.col("after").eq_missing(0)).height
    told = real.height if _told_by_weekdays(real, settings) else 0
    return real.filter(beyond).height + kept + told + _several(real, ["who"]) + _unreadable(cells, before.is_not_null())


def _told_by_weekdays(moved: pl.DataFrame, settings: Mapping[str, Any]) -> bool:
    """Whether the days of the week were moved alike for everybody (in weeks: all dates), which no draw does by chance.

    Weekends then tell by how much, or stand where they stood.
    """
    most, week = int(settings.get("weeks") or settings["days"]), settings.get("weeks") is None
    drawn = [shift for shift in range(-most, most + 1) if shift]
    chances = Counter(shift % 7 if week else shift for shift in drawn)
    days = moved.drop_nulls("after").group_by("who").agg(pl.col("after").first())["after"]
    one = (days % 7 if week else days).n_unique() == 1
    return one and sum((count / len(drawn)) ** len(days) for count in chances.values()) < BY_CHANCE


def plain(texts: pl.Series) -> pl.Series:
    """Texts without capitals and outer spaces."""
    return texts.str.strip_chars().str.to_lowercase()


def blank(texts: pl.Series) -> pl.Series:
    """Which cells hold nothing but spaces."""
    return texts.is_null() | (texts.str.strip_chars() == "").fill_null(value=True)


def _pseudonym(cells: Cells, _: Mapping[str, Any]) -> int:
    """One to one, and never what the column really holds."""
    before = plain(cells.before)
    frame = pl.DataFrame({"before": before, "after": cells.after}).unique()
    doubled = frame.height - frame["after"].n_unique()
    return _several(frame, ["before"]) + doubled + int(cells.after.is_in(before.implode()).sum())


def _fake(cells: Cells, _: Mapping[str, Any]) -> int:
    """The same for the same value, and never what the column really holds."""
    before = plain(cells.before)
    frame = pl.DataFrame({"before": before, "after": cells.after})
    return _several(frame, ["before"]) + int(plain(cells.after).is_in(before.implode()).sum())


def _redact(cells: Cells, settings: Mapping[str, Any]) -> int:
    """Nothing that a detector finds is left; whom the source names is looked for among surviving identifiers."""
    return not_as_redacted(cells.before, cells.after, settings)


RULES: dict[str, Rule] = {
    "microaggregate": _microaggregate,
    "noise": _noise,
    "pram": _pram,
    "rank_swap": _rank_swap,
    "date_shift": _date_shift,
    "pseudonym": _pseudonym,
    "fake": _fake,
    "redact": _redact,
}


def exactly(cells: Cells, step: Mapping[str, Any]) -> int:
    """Cells that are not what an exact step makes of them."""
    after = cells.after if "bin" in step else printed(cells.after.cast(pl.Float64, strict=False))
    either = zip(*(recomputed(step, cells.before, nudge=nudge) for nudge in (-CLOSE, CLOSE)), strict=True)
    return min(int((~(after.eq_missing(low) | after.eq_missing(high))).sum()) for low, high in either)


def carried(cells: Cells, step: Mapping[str, Any]) -> Cells:
    """The cells with an exact step carried out, read as most of them can be."""
    ways = list(recomputed(step, cells.before))
    return replace(cells, before=min(ways, key=pl.Series.null_count))
