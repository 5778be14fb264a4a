"""How good proposals of bindings are: the sample workspace without its bindings, held against those made by hand.

    python benchmarks/binding.py [WORKSPACE]

Printed are shares over the series of exports that a person bound: purposes (the first proposed is the first by hand;
it is among the first two), role, data subjects, person key, start columns, and how long it takes.
"""

import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from igmap.found import find
from igmap.inventory import Decisions
from igmap.inventory.decisions import DatasetBinding
from igmap.inventory.kinships import relate
from igmap.policy.binding import Known, Proposal, propose
from igmap.workspace import open_workspace

SAMPLE = Path(__file__).parent.parent / "data" / "samples" / "ig-learning"
DAY = date(2026, 11, 1)


def pairs(known: Known, said: Decisions) -> Iterator[tuple[Proposal, DatasetBinding]]:
    """Each proposal with what a person said of the same dataset."""
    for proposal in propose(known):
        binding = said.binding(proposal.source, proposal.table)
        if binding and binding.purposes is not None:
            yield proposal, binding


def agreement(found: list[tuple[Proposal, DatasetBinding]]) -> dict[str, tuple[int, int]]:
    """How many agree, of how many that say something, by what is compared."""

    def share(agrees: Callable[[Proposal, DatasetBinding], bool], says: Callable[..., bool]) -> tuple[int, int]:
        asked = [(p, b) for p, b in found if says(p, b)]
        return sum(agrees(p, b) for p, b in asked), len(asked)

    return {
        "purposes, first (none by hand: unsure)": share(
            lambda p, b: (p.purposes.value or ())[:1] == (b.purposes or ())[:1], lambda *_: True
        ),
        "purposes, first of the ranking": share(
            lambda p, b: [r.purpose for r in p.ranked[:1]] == list(b.purposes or ())[:1], lambda *_: True
        ),
        "purposes, among the first two of the ranking": share(
            lambda p, b: not b.purposes or b.purposes[0] in [r.purpose for r in p.ranked[:2]], lambda *_: True
        ),
        "purposes proposed that are not by hand": share(
            lambda p, b: not set(p.purposes.value or ()) <= set(b.purposes or ()), lambda *_: True
        ),
        "role": share(lambda p, b: p.role.value == b.role, lambda *_: True),
        "data subjects, all": share(
            lambda p, b: set(p.data_subjects.value) == set(b.data_subjects), lambda _, b: bool(b.data_subjects)
        ),
        "data subjects, one at least": share(
            lambda p, b: bool(set(p.data_subjects.value) & set(b.data_subjects)), lambda _, b: bool(b.data_subjects)
        ),
        "person key": share(lambda p, b: p.person_key.value == b.person_key, lambda _, b: bool(b.person_key)),
        "start columns by hand that are proposed": share(
            lambda p, b: b.start_columns.items() <= p.start_columns.value.items(), lambda _, b: bool(b.start_columns)
        ),
        "start columns proposed beyond": share(
            lambda p, b: not p.start_columns.value.keys() <= b.start_columns.keys(), lambda *_: True
        ),
    }


def main(workspace: Path) -> None:
    """Print the agreement when no binding is known."""
    with find(open_workspace(workspace), today=DAY) as found:
        if found.register is None:
            raise SystemExit("no register")
        relations = relate(found.exports, found.inventory)
        known = Known(found.inventory, found.register, Decisions(), found.exports, relations, found.today)
        began = time.perf_counter()
        compared = list(pairs(known, found.decisions))
        took = time.perf_counter() - began
        for name, (agree, of) in agreement(compared).items():
            sys.stdout.write(f"{name:48} {agree:3} of {of:3}\n")
        sys.stdout.write(f"{'seconds':48} {took:.1f}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE)
