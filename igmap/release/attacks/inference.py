"""Inference of told columns: what classes say beyond guessing, and what a release teaches of its members alone.

Source: Li et al. 2007 (posterior against prior); Yeom et al. 2018, doi:10.1109/CSF.2018.00027 (members against others).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from igmap.release.attacks.attack import Attack, Tried, counted, judged
from igmap.release.attacks.coding import Coded, coded, counts
from igmap.release.attacks.covering import Codes, Matrix, covering
from igmap.release.attacks.crowd import classes
from igmap.release.attacks.learner import Numbers, Own, learner
from igmap.release.attacks.target import ATTACKED, PLANTED, WHO, Target

MANY = 500  # different values; of more, only the commonest and those of the persons attacked are guessed
ENOUGH = 5_000  # persons on both sides: what two shares of them differ by is known within 0.02
POSTERIOR = (
    "share of rows whose value is the likeliest of their class (numbers: within 5 % of the range); the attacker knows "
    "that a person is in the release, and all of the person's quasi-identifiers; control: the likeliest value of the "
    "whole release; exact count; what holds for everybody like the person is counted too"
)
LEARNED = (
    "naive Bayes over the released cells guesses the value where one is half again as likely as the next, else the "
    "commonest (numbers: within 5 % of the range); the attacker knows all "
    "quasi-identifiers of a person; at most half of the persons attacked have the commonest value; control: {control}"
)
OTHERS = "persons whom the sample left out by chance, and whom a released class may be about"
THEMSELVES = "the same persons, the release without their rows"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class _Asked:
    """Who is attacked about a column: released rows, and rows of others as a control; none where there are too few."""

    column: str
    told: Coded
    rows: Codes
    others: Codes


def inference(target: Target) -> Iterator[tuple[str, Attack]]:
    """What is told of each sensitive column and measure; of one with a single value nothing is left to guess."""
    order = _people(target), _others(target)
    told = {name: coded(target.released[name], target.outside[name]) for name in target.told}
    asked = [_asked(name, one, order) for name, one in told.items() if len(one.right) > 1]
    for one in asked:
        yield f"posterior({one.column})", counted(*_posterior(one.told, classes(target)), POSTERIOR)
    for one, tried, power in zip(asked, _tried(target, asked), _powers(target, asked), strict=True):
        method = LEARNED.format(control=OTHERS if len(one.others) else THEMSELVES)
        found = judged(tried, method, power=power, limit=target.limit)
        coarse = len(one.rows) < PLANTED and not len(one.others)  # one of few who leaves takes a likely value along
        outcome = "cannot_tell" if coarse and found.outcome == "unmet" else found.outcome
        yield f"inference({one.column})", replace(found, outcome=outcome)


def _people(target: Target) -> Codes:
    """A released row of each person, in an order that the seed draws."""
    rows = target.attacked(target.released.height)["row"]
    return rows.sample(fraction=1.0, shuffle=True, seed=target.seed).to_numpy().astype(np.int64)


def _posterior(told: Coded, numbers: Codes) -> tuple[float, float]:
    """The share of rows that the best guess of their class, and of the whole, is right about."""
    value, guess = np.nonzero(told.right)
    rights = pl.DataFrame({"value": value, "guess": guess})
    rows = pl.DataFrame({"class": numbers, "value": told.codes}).group_by("class", "value").len()
    each = rows.join(rights, on="value").group_by("class", "guess").agg(pl.col("len").sum())
    best = each.group_by("class").agg(pl.col("len").max())["len"].sum()
    return int(best) / max(len(numbers), 1), int(told.rows.max()) / max(len(numbers), 1)


def _asked(column: str, told: Coded, order: tuple[Codes, Codes]) -> _Asked:
    """Who is attacked: drawn, but of those with the commonest value no more than of all others."""
    common = np.append(told.right[:, told.rows.argmax()], False)
    inside, outside = common[told.codes[order[0]]], common[told.outside[order[1]]]
    few = len(told.right) <= MANY
    rows, others = (_drawn(one, usual, ENOUGH, inside) for one, usual in zip(order, (inside, outside), strict=True))
    if min(len(rows), len(others)) < ENOUGH or not few:
        rows, others = _drawn(order[0], inside, ATTACKED if few else ATTACKED // 4, inside), order[1][:0]
    told = told if few else told.only(np.unique([*range(MANY), *told.codes[rows]]))
    return _Asked(column, told, rows, others)


def _drawn(rows: Codes, common: Matrix, most: int, inside: Matrix) -> Codes:
    """The first of some rows, so many of them common as is right for the persons in the release."""
    usual = min(most // 2, int((~inside).sum()), round(most * float(inside.mean())))
    return np.concatenate([rows[~common][: most - usual], rows[common][:usual]])


def _others(target: Target) -> Codes:
    """A row outside of each person whom the sample left out by chance, and whom a released class may be about."""
    rows = target.strangers().filter("chance")["row"]
    drawn = rows.sample(min(len(rows), 2 * ENOUGH), shuffle=True, seed=target.seed)
    if len(drawn) < ENOUGH or not target.quasi:
        return drawn.head(0).to_numpy().astype(np.int64)
    quasi = list(target.quasi)
    different = target.released.select(quasi).unique(maintain_order=True)
    found = covering(different, target.outside[drawn].select(quasi), target.hierarchies).possible()
    return drawn.to_numpy().astype(np.int64)[found]


def _tried(target: Target, asked: Sequence[_Asked]) -> Iterator[Tried]:
    """Each column learned, the persons attacked, and as a control the others, or them without their rows."""
    quasi = list(target.quasi)
    known = [table for one in asked for table in (target.truth[one.rows], target.outside[one.others])]
    everyone = pl.concat([table.select(quasi) for table in known]) if known else target.truth.select(quasi)
    cells, start = covering(target.released.select(quasi), everyone, target.hierarchies), 0
    for one in asked:
        persons, others = (np.arange(start, start + len(one.rows)), start + len(one.rows) + np.arange(len(one.others)))
        start += len(persons) + len(others)
        knows = learner(cells, one.told)
        hits = knows.success(persons, one.told.codes[one.rows])
        if len(others):
            missed = knows.success(others, one.told.outside[one.others])
            yield _compared(one, hits, missed, both=None)
        else:
            alone = knows.success(persons, one.told.codes[one.rows], _own(target, one.rows))
            yield _compared(one, hits, alone, both=float(hits @ alone))


def _compared(one: _Asked, hits: Numbers, control: Numbers, *, both: float | None) -> Tried:
    values = one.told.codes[one.rows]
    baseline = int((counts(values, len(one.told.right)) @ one.told.right).max()) / max(len(values), 1)
    return Tried(float(hits.sum()), len(hits), float(control.sum()), len(control), baseline, both)


def _own(target: Target, rows: Codes) -> Own:
    """All released rows of the persons whose rows these are."""
    persons = target.released[rows].select(WHO).with_row_index("person")
    own = target.released.select(WHO).with_row_index("row").join(persons, on=WHO).sort("person", "row")
    return Own(own["person"].to_numpy().astype(np.int64), own["row"].to_numpy().astype(np.int64))


def _powers(target: Target, asked: Sequence[_Asked]) -> Iterator[float]:
    """The same where some persons carry a mark in their quasi-identifiers, and have told values drawn evenly."""
    rows = target.attacked(PLANTED)["row"].sort().to_numpy().astype(np.int64)
    none = np.zeros(0, dtype=np.int64)
    leaked = [_Asked(one.column, _evenly(one.told, rows), rows, none) for one in asked]
    for tried in _tried(target.planted(), leaked) if asked else ():
        yield round((tried.hits - tried.control_hits) / max(tried.tries, 1), 12)


def _evenly(told: Coded, rows: Codes) -> Coded:
    codes, values = told.codes.copy(), np.flatnonzero(counts(told.codes, len(told.right)))
    codes[rows] = values[np.arange(len(rows)) % len(values)]
    return Coded(codes, told.outside, told.right)
