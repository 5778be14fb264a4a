"""Linkability: two extracts about the same persons, with half of the columns each, are linked by a release."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

import numpy as np
import polars as pl

from igmap.release.attacks.attack import Attack, Tried
from igmap.release.attacks.match_sets import MatchSets, match_sets, whose
from igmap.release.attacks.target import WHO, Target, powered

Half: TypeAlias = tuple[str, ...]
SPLITS = 4
METHOD = (
    "linkability by match sets: share of persons of whom two extracts, with half of the columns each, point at one "
    "released person, the same one and the right one, in any of a few splits of the columns; the attacker holds both "
    "extracts and does not know which records belong together; control: the same with persons who are not in the "
    "release, or with the halves of different persons where everybody is in it"
)


def linked_halves(seen: Target) -> Iterator[tuple[str, Attack]]:
    """Link the halves of persons by the release; nothing where a table has one column.

    Source: WP29 opinion 05/2014 (WP216), section 2.2.1; Giomi et al. 2023, doi:10.56553/popets-2023-0055 (the attack).
    """
    columns = (*seen.quasi, *seen.told)
    if len(columns) > 1:
        whole = replace(seen, quasi=columns, sensitive=(), measures=())
        halves = tuple(splits(seen.quasi, seen.told, seed=seen.seed))
        who = numbered(seen)
        yield "linked_halves", powered(lambda one, rows: _linked(one, rows, who, halves), whole, METHOD)


def splits(first: Sequence[str], second: Sequence[str], *, seed: int) -> Iterator[tuple[Half, Half]]:
    """Some different ways to cut columns in two halves, each with half of the first kind and of the second."""
    random, known = np.random.default_rng(seed), set()
    for _ in range(SPLITS):
        order = [kind[at] for kind in (first, second) for at in random.permutation(len(kind))]
        halves = tuple(sorted(order[::2])), tuple(sorted(order[1::2]))
        if frozenset(halves) not in known:
            yield halves
        known.add(frozenset(halves))


def numbered(seen: Target) -> pl.Series:
    """The number of the person of each row; those of whom nobody says who they are have one together."""
    return seen.released[WHO].rank("dense").fill_null(0).cast(pl.UInt32)


def _linked(seen: Target, rows: pl.Series, who: pl.Series, halves: Sequence[tuple[Half, Half]]) -> Tried:
    inside, beyond = seen.truth.select(seen.quasi)[rows], strangers(seen, len(rows))
    sets = match_sets(whose(seen.released.select(seen.quasi), who), pl.concat([inside, beyond]), seen.hierarchies)
    right, wrong = np.zeros(len(rows), dtype=bool), np.zeros(beyond.height or len(rows), dtype=bool)
    for half, other in halves:
        left, rest = (pointed(sets, fields) for fields in (half, other))
        own, stranger = slice(0, len(rows)), slice(len(rows), None)
        right |= (left[own] == rest[own]) & (left[own] == who[rows].to_numpy())
        if beyond.height:
            wrong |= (left[stranger] == rest[stranger]) & (left[stranger] >= 0)
        else:
            wrong |= (left == np.roll(rest, 1)) & (left >= 0)
    control = len(rows) if not beyond.height and len(rows) > 1 else beyond.height
    return Tried(int(right.sum()), len(rows), int(wrong.sum()) if control else 0, control)


def pointed(sets: MatchSets, fields: Sequence[str]) -> "np.ndarray[tuple[int, ...], np.dtype[np.int64]]":
    """The person that a half points at, of each person asked about; -1 where it points at nobody or at several."""
    return sets.soles(fields).cast(pl.Int64).fill_null(-1).to_numpy()


def strangers(seen: Target, most: int) -> pl.DataFrame:
    """A source row of each of so many persons who are not in the release."""
    away = seen.outside.filter(~pl.col(WHO).is_in(seen.released[WHO].drop_nulls().implode()))
    first = away.filter(pl.col(WHO).is_not_null()).unique(WHO, keep="first", maintain_order=True)
    return first.sample(min(most, first.height), seed=seen.seed).select(seen.quasi)
