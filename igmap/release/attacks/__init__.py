"""Attacks on a release, as WP216 says: singling out, linkability, inference; each with a control, and tried on a leak.

An attack is a function from a target to named outcomes; those listed here are tried on every released table.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import polars as pl

from igmap.release.attacks.attack import EXCESS, Attack
from igmap.release.attacks.background import background
from igmap.release.attacks.classes import Told, criteria
from igmap.release.attacks.fingerprint import events, fingerprint
from igmap.release.attacks.giving_away import giving_away
from igmap.release.attacks.inference import inference
from igmap.release.attacks.isolating import isolating
from igmap.release.attacks.linked_halves import linked_halves
from igmap.release.attacks.membership import membership
from igmap.release.attacks.pointing import pointing
from igmap.release.attacks.target import Target, Try, target
from igmap.release.attacks.uniqueness import uniqueness
from igmap.release.lost import Counted
from igmap.release.told import CLASS

MEMBERS: tuple[Try, ...] = (inference, membership, uniqueness, fingerprint)
TRIES: tuple[Try, ...] = (pointing, isolating, giving_away, background, linked_halves, *MEMBERS)
Beyond: TypeAlias = Callable[[Counted, Target], Iterator[tuple[str, Attack]]]


@dataclass(frozen=True, slots=True)
class Attacks:
    """What attacks found.

    Args:
        singling_out: of one person.
        linkability: of all persons.
        inference: of the column that is given away most beyond guessing.
        inference_per_column: of each column that a class may give away.
        tried: all others by name, `attack(columns)`; further tables stand before the name.
    """

    singling_out: Attack
    linkability: Attack
    inference: Attack
    inference_per_column: dict[str, Attack]
    tried: dict[str, Attack] = field(default_factory=dict)

    @property
    def excess(self) -> float:
        """The upper end of what the most successful of them exceeds its control by."""
        return max((one.excess_high for one in self.tried.values() if one.outcome != "told"), default=0.0)

    @property
    def unmet(self) -> tuple[str, ...]:
        """Names of those that succeed beyond their limit."""
        return tuple(name for name, one in self.tried.items() if one.outcome == "unmet")

    @property
    def undecided(self) -> tuple[str, ...]:
        """Names of those for which too few persons, or too little power, gave no answer."""
        return tuple(name for name, one in self.tried.items() if one.outcome == "cannot_tell")


def attack(
    tables: Sequence[Counted],
    told: Sequence[Told],
    *,
    before: pl.Series,
    beyond: Sequence[Beyond] = (),
    fraction: float = 1.0,
) -> Attacks:
    """Try everything.

    Args:
        tables: of the release, with their sources.
        told: what each of them tells.
        before: persons behind each quasi-identifier tuple of the source.
        beyond: further attacks, that need more than one released table.
        fraction: share of the population that the persons of the source are, 0-1.
    """
    return Attacks(**criteria(told, before=before), tried=dict(_tried(tables, told, beyond, fraction)))


def _tried(
    tables: Sequence[Counted], told: Sequence[Told], beyond: Sequence[Beyond], fraction: float
) -> Iterator[tuple[str, Attack]]:
    needed = bool(TRIES or beyond)
    for table, classes in zip(tables if needed else (), told if needed else (), strict=True):
        together = classes.table[CLASS] if table.staged.joined else None
        joined = events([one.staged for one in tables]) if table.staged.joined else None
        seen = target(table, limit=excess_limit(tables), together=together)
        seen = replace(seen, events=joined, fraction=fraction)
        alone = seen.by_number() if TRIES else seen
        outcomes = [*(attempt(alone) for attempt in TRIES), *(attempt(table, seen) for attempt in beyond)]
        yield from ((f"{seen.prefix}{name}", outcome) for one in outcomes for name, outcome in one)


def excess_limit(tables: Sequence[Counted]) -> float:
    """What the success of an attack may exceed its control by, as the plan says, 0-1."""
    return float((tables[0].staged.plan.get("thresholds") or {}).get("excess", EXCESS))


__all__ = ["Attack", "Attacks", "Told", "attack", "excess_limit"]
