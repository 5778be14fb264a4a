"""Attacks on a release, as WP216 says: singling out, linkability, inference; each with a control, and tried on a leak.

An attack is a function from a target to named outcomes; those listed here are tried on every released table.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from typing import TypeAlias

from igmap.progress import Step, silent
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


def tried(
    tables: Sequence[Counted],
    told: Sequence[Told],
    *,
    beyond: Sequence[Beyond] = (),
    fraction: float = 1.0,
    step: Step = silent,
) -> Iterator[tuple[str, Attack]]:
    """Try everything on every table; the outcomes by name.

    Args:
        tables: of the release, with their sources.
        told: what each of them tells.
        beyond: further attacks, that need more than one released table.
        fraction: share of the population that the persons of the source are, 0-1.
        step: told of each attack as it begins.
    """
    each = len(TRIES) + len(beyond)
    for place, (table, classes) in enumerate(zip(tables, told, strict=True) if each else ()):
        together = classes.table[CLASS] if table.staged.joined else None
        joined = events([one.staged for one in tables]) if table.staged.joined else None
        seen = target(table, limit=excess_limit(tables), together=together)
        seen = replace(seen, events=joined, fraction=fraction)
        alone = seen.by_number() if TRIES else seen
        further = (partial(attempt, table, seen) for attempt in beyond)
        attempts = chain((partial(attempt, alone) for attempt in TRIES), further)
        for done, attempt in enumerate(attempts, place * each + 1):
            step("attack", done=done, of=len(tables) * each)
            yield from ((f"{seen.prefix}{name}", outcome) for name, outcome in attempt())


def excess_limit(tables: Sequence[Counted]) -> float:
    """What the success of an attack may exceed its control by, as the plan says, 0-1."""
    return float((tables[0].staged.plan.get("thresholds") or {}).get("excess", EXCESS))


__all__ = ["Attack", "Attacks", "Told", "criteria", "excess_limit", "tried"]
