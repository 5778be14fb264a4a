"""What names of fields say by themselves, held against what known exports say of them.

`PYTHONPATH=. python benchmarks/known_headers.py [--misses]` reads every field that a kind of export names
(`igmap/vocabulary/exports`) as the lists of headers read it, without the profile and without values, and prints how
often they agree. Names are compared as the exports list them, so that a field of which only its place in a pattern is
known counts as it stands there. A hint is a name that says too little alone (`kind`, `flurb id`): discovery hears
it only where values bear it out. With --misses each phrase that leads elsewhere follows, the most frequent first:
there a word is missing or too wide. The profiles stay the judge of their own fields; what is learnt here is for exports
that no profile knows.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from igmap.inventory.header_votes import BARE
from igmap.vocabulary import Cue, header_cue
from igmap.vocabulary.files import load_lines

SHOWN = 12
UNSPECIFIC = str.maketrans({"*": "", "?": ""})


class Read(NamedTuple):
    """One field of a kind of export.

    Args:
        field: as the kind lists it.
        known: its category there.
        said: by its name alone; `none` where no phrase is in it.
        phrase: that says so, with its place in the name.
        hint: whether values must bear it out.
    """

    field: str
    known: str
    said: str
    phrase: str
    hint: bool


def fields() -> Iterator[Read]:
    """Every field of every kind of export, once per kind."""
    for line in load_lines("igmap.vocabulary", "exports/*.txt"):
        category, _, written = line.strip().partition(": ")
        if not line.startswith(" ") or category == "when":
            continue
        for name in written.split(" | "):
            field = name.replace("[[]", "[").translate(UNSPECIFIC)
            cue = header_cue(field) if field else None
            said = cue.category if cue else "none"
            yield Read(field, category, said, f"{cue.phrase}, {cue.place}" if cue else "-", bool(cue and _is_hint(cue)))


def _is_hint(cue: Cue) -> bool:
    return cue.weak or cue.vague or (cue.place != "whole" and cue.phrase in BARE)


def main() -> None:
    """Print the figures."""
    read = list(fields())
    personal, ordinary = [r for r in read if r.known != "none"], [r for r in read if r.known == "none"]
    right = sum(r.said == r.known for r in personal)
    print(f"{len(read)} fields of known exports, read by their names alone")
    print(f"  personal: {right} of {len(personal)} right, {sum(r.said == 'none' for r in personal)} missed")
    called = [r for r in ordinary if r.said != "none"]
    hints = sum(r.hint for r in called)
    print(f"  ordinary: {len(called)} of {len(ordinary)} called personal, {hints} of them by a hint only")
    if "--misses" in sys.argv:
        _misses(read)


def _misses(read: list[Read]) -> None:
    found: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for one in read:
        if one.said != one.known:
            found[one.known, one.said, one.phrase][one.field] += 1
    for (known, said, phrase), names in sorted(found.items(), key=lambda item: (-item[1].total(), item[0])):
        print(f"{names.total():5} {known} read as {said} ({phrase}): {' | '.join(list(names)[:SHOWN])}")


if __name__ == "__main__":
    main()
