"""What names of fields say by themselves, held against what known exports say of them.

`PYTHONPATH=. python benchmarks/known_headers.py [--misses]` reads every field that a kind of export names
(`igmap/vocabulary/exports`) as the lists of headers read it, without the profile and without values, and prints how
often they agree. Names are compared as the exports list them, so that a field of which only its place in a pattern is
known counts as it stands there. With --misses each phrase that leads elsewhere follows, the most frequent first: there
a word is missing or too wide. The profiles stay the judge of their own fields; what is learnt here is for exports
that no profile knows.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from igmap.vocabulary import header_cue
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
    """

    field: str
    known: str
    said: str
    phrase: str


def fields() -> Iterator[Read]:
    """Every field of every kind of export, once per kind."""
    for line in load_lines("igmap.vocabulary", "exports/*.txt"):
        category, _, written = line.strip().partition(": ")
        if not line.startswith(" ") or category == "when":
            continue
        for name in written.split(" | "):
            field = name.replace("[[]", "[").translate(UNSPECIFIC)
            cue = header_cue(field) if field else None
            yield Read(field, category, cue.category if cue else "none", f"{cue.phrase}, {cue.place}" if cue else "-")


def main() -> None:
    """Print the figures."""
    read = list(fields())
    personal, ordinary = [r for r in read if r.known != "none"], [r for r in read if r.known == "none"]
    right = sum(r.said == r.known for r in personal)
    print(f"{len(read)} fields of known exports, read by their names alone")
    print(f"  personal: {right} of {len(personal)} right, {sum(r.said == 'none' for r in personal)} missed")
    print(f"  ordinary: {sum(r.said != 'none' for r in ordinary)} of {len(ordinary)} called personal")
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
