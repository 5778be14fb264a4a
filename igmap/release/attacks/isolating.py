"""Singling out by predicates: conditions on released cells that isolate one person in the release, tried on the source.

A predicate is a conjunction of at most three conditions `column = released cell`. The attacker finds those that exactly
one person of the release fits, the rarest combination of cells first and one for each person, and is right when exactly
one person of the source fits. The control makes as many predicates of the same weight (the product of the shares of
their cells) of cells drawn at random.

Over quasi-identifiers everything is counted and held against the limit that nobody is isolated. Over measures and
sensitive columns, whose values others do not know by definition, the figure is told.

Source: Cohen and Nissim 2020, doi:10.1073/pnas.1914598117 (predicate singling out); Giomi et al. 2023,
doi:10.56553/popets-2023-0055 (search for predicates, and the control).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np
import polars as pl

from igmap.release.attacks.attack import DIGITS, Attack, Tried, counted, judged, limited
from igmap.release.attacks.covering import Codes
from igmap.release.attacks.crowd import BLOCK, OPEN, Coded, by_cell, persons, released, source
from igmap.release.attacks.subsets import subsets
from igmap.release.attacks.target import ATTACKED, WHO, Target

DRAWN = 10  # random predicates for each that is found, of which those of like weight are taken
LOW, HIGH = "\0low", "\0high"  # no exported column can be called so
Places: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]
Flags: TypeAlias = np.ndarray[Any, np.dtype[np.bool_]]
SHARE = "share of persons in the release who are rightly isolated"
CLAIMS = "share of the {claims} claims that are right"
METHOD = (
    "{measured}; the attacker has the release only, and isolates persons by at most three conditions on {what}; "
    "{choices} of columns; right when exactly one person of the source fits; control: random ones of the same weight"
)


def isolating(target: Target) -> Iterator[tuple[str, Attack]]:
    """Persons singled out by what others may know, which nobody may be, and by all that is released."""
    if not target.released.height:
        return
    release, everybody = released(target), source(target)
    if target.quasi:
        game = _game(release, target.quasi)
        method = METHOD.format(what="quasi-identifiers", measured=SHARE, choices=game.choices)
        right, chance = (int(one.sum()) for one in _tried(target, everybody, game))
        persons_inside = max(target.released[WHO].n_unique(), 1)
        found = counted(round(right / persons_inside, DIGITS), round(chance / persons_inside, DIGITS), method)
        yield "isolated", limited(found, 0.0)
    if target.told:
        game = _game(release, (*target.quasi, *target.told), among=target.told)
        measured = CLAIMS.format(claims=game.claims.height)
        method = METHOD.format(what="all columns", measured=measured, choices=game.choices)
        right, chance = (int(one.sum()) for one in _tried(target, everybody, game))
        tried = game.claims.height
        if not tried:
            yield "isolated_by_values", counted(0.0, 0.0, method)
            return
        attack = judged(Tried(right, tried, chance, tried, _by_chance(target)), method, power=None)
        yield "isolated_by_values", replace(attack, outcome="told", limit=None)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class _Game:
    """What the attacker claims.

    Args:
        fields: the columns.
        rows: released, coded.
        cells: the different ones of each column.
        claims: predicates, the code of a cell per column, `OPEN` where there is no condition, and their `weight`.
        choices: of columns that were searched, in words.
    """

    fields: tuple[str, ...]
    rows: pl.DataFrame
    cells: Mapping[str, pl.Series]
    claims: pl.DataFrame
    choices: str

    def weight(self, field: str) -> pl.Series:
        """The logarithm of the share of each cell of a column."""
        counts = np.bincount(self.rows[field].to_numpy(), minlength=len(self.cells[field]))
        return pl.Series(np.log(counts / self.rows.height))


def _game(release: Coded, fields: Sequence[str], *, among: Sequence[str] = ()) -> _Game:
    """Find the predicates; with columns of which at least one has to be `among`."""
    rows, cells = release
    order = sorted(fields, key=lambda field: -len(cells[field]))
    ends = pl.col(WHO).min().alias(LOW), pl.col(WHO).max().alias(HIGH)
    tuples = rows.group_by(order).agg(ends)
    tried = subsets(order, rows=tuples.height)
    game = _Game(tuple(order), rows, cells, pl.DataFrame(), tried.words)
    weights = {field: game.weight(field) for field in order}
    nobody = cells[WHO].index_of(None) if cells[WHO].null_count() else OPEN
    found = [
        _alone(tuples, choice, weights).filter(pl.col(WHO) != nobody)
        for choice in tried.chosen
        if not among or not set(among).isdisjoint(choice)
    ]
    claims = pl.concat(found).sort("weight", *order).unique(WHO, keep="first", maintain_order=True)
    return replace(game, claims=claims.head(ATTACKED).drop(WHO))


def _alone(tuples: pl.DataFrame, choice: Sequence[str], weights: Mapping[str, pl.Series]) -> pl.DataFrame:
    """The rarest cells of a choice of columns that only one person has."""
    ends = pl.col(LOW).min(), pl.col(HIGH).max()
    single = tuples.group_by(choice).agg(ends).filter(pl.col(LOW) == pl.col(HIGH))
    weight = np.sum([weights[field].gather(single[field]).to_numpy() for field in choice], axis=0)
    blank = (pl.lit(OPEN, pl.Int32).alias(field) for field in weights if field not in choice)
    named = single.with_columns(*blank, weight=pl.Series(weight))
    return named.select(*weights, pl.col(LOW).alias(WHO), "weight").sort("weight", *choice).head(ATTACKED)


def _tried(target: Target, whole: Coded, game: _Game) -> Iterator[Flags]:
    """Which claims are right in the source, and which of the random ones."""
    fields = list(game.fields)
    everybody, values = whole
    people = persons(everybody.select(*fields, WHO), values)
    covers = {field: by_cell(target.hierarchies.get(field), game.cells[field], values[field]) for field in fields}
    for claims in (game.claims, _random(target, game)):
        sorted_claims = claims.select(fields)
        blocks = [sorted_claims.slice(at, BLOCK) for at in range(0, claims.height, BLOCK)]
        counts = [people.fitting(block, covers) for block in blocks]
        yield np.concatenate([np.zeros(0, dtype=np.int64), *counts]) == 1


def _random(target: Target, game: _Game) -> pl.DataFrame:
    """As many predicates on the same columns, of cells drawn one by one, each of about the weight of a claim."""
    generator, claims = np.random.default_rng(target.seed), game.claims
    if not claims.height:
        return claims
    like = claims[generator.integers(0, claims.height, DRAWN * claims.height)]
    cells = {}
    for field in game.fields:
        drawn = game.rows[field].to_numpy()[generator.integers(0, game.rows.height, like.height)]
        cells[field] = pl.Series(np.where(like[field].to_numpy() == OPEN, OPEN, drawn), dtype=pl.Int32)
    weights = np.sum([_weighed(game, field, cell.to_numpy()) for field, cell in cells.items()], axis=0)
    order = np.argsort(weights, kind="stable")
    places = np.searchsorted(weights[order], claims["weight"].to_numpy()).clip(0, like.height - 1)
    return pl.DataFrame(cells).select(pl.all().gather(pl.Series(order[places])))


def _weighed(game: _Game, field: str, cells: Codes) -> Places:
    found: Places = np.where(cells == OPEN, 0.0, game.weight(field).to_numpy()[cells])
    return found


def _by_chance(target: Target) -> float:
    """How often a predicate that one in so many persons fits isolates one: n w (1 - w) ** (n - 1) with w = 1 / n."""
    everybody = max(pl.concat([target.released[WHO], target.outside[WHO]]).n_unique(), 2)
    return round((1 - 1 / everybody) ** (everybody - 1), DIGITS)
