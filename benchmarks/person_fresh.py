"""Invented mail and notes, written when all other texts had been looked at: 27 November 2026, each in two halves.

Notes are texts that no mail is: tickets, transcripts, minutes, forms, orders. What is missed in an `open` half may be
read by those who mend (`benchmarks/persons.py --misses`); of a `sealed` half nothing is shown but counts. Documents of
one template are much alike, so that intervals are drawn over templates.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from benchmarks.business_text import FRESH, Document, fresh_documents
from benchmarks.person_corpora import Marked, Span
from benchmarks.person_scores import Finder, Score, interval, scored
from benchmarks.person_texts_held import DIRECT, gone, is_covered, marked, others, taken_out

OPEN = tuple(half for half in FRESH if half.endswith("open"))
GOING = DIRECT | {
    "username", "tax_number", "customer_number", "policy_number", "registration_number", "device_number", "coordinates",
    "meeting_link",
}  # fmt: skip
AROUND = 30  # characters shown on either side of a miss


@dataclass(frozen=True, slots=True)
class Read:
    """What was found in the documents of one half.

    Attributes:
        letters: the documents.
        texts: the same with their persons.
        persons: who was found in each.
        taken: what `igmap redact` takes out of each.
    """

    letters: tuple[Document, ...]
    texts: tuple[Marked, ...]
    persons: tuple[tuple[Span, ...], ...]
    taken: tuple[tuple[Span, ...], ...]


def read(half: str, find: Finder) -> Read:
    """Everything that is found in a half.

    Args:
        half: a key of `FRESH`.
        find: texts in, persons out.
    """
    letters = tuple(fresh_documents(half))
    persons = find([one.text for one in letters])
    return Read(letters, tuple(marked(letters)), tuple(map(tuple, persons)), tuple(map(tuple, taken_out(letters))))


def fresh(find: Finder, first: Mapping[str, Any]) -> dict[str, Any]:
    """The figures of every half.

    Args:
        find: texts in, persons out.
        first: the figures of a half when it was first measured, which are kept; none if it was not.
    """
    figures = {half: measured(read(half, find)) for half in FRESH}
    return {half: now | {"first": first.get(half, now)} for half, now in figures.items()}


def measured(some: Read) -> dict[str, Any]:
    """Persons, identifiers by kind and other words of one half."""
    score = scored(some.texts, lambda _: some.persons)
    by_template = _by_template(some)
    counts = [Score(tuple(score.counts[at] for at in rows)).total for rows in by_template]
    out = gone(some.letters, some.taken, GOING)
    parts = [gone([some.letters[at] for at in rows], [some.taken[at] for at in rows], GOING) for rows in by_template]
    return {
        "templates": len(by_template),
        "documents": len(some.letters),
        "persons": score.total[0],
        "recall": score.recall,
        "recall_interval": interval([(right, marked) for marked, _, right, _ in counts]),
        "precision": score.precision,
        "precision_interval": interval([(right, found) for _, found, right, _ in counts]),
        "overlap_recall": score.overlap_recall,
        "identifiers": out.kinds,
        "identifiers_interval": interval([_whole(part.kinds) for part in parts]),
        "other_words": out.words,
    }


def _by_template(some: Read) -> list[list[int]]:
    rows = defaultdict(list)
    for row, one in enumerate(some.letters):
        rows[one.sort].append(row)
    return [*rows.values()]


def _whole(kinds: Mapping[str, tuple[int, int]]) -> tuple[int, int]:
    """How many identifiers go, and of how many."""
    return sum(out for _, out in kinds.values()), sum(count for count, _ in kinds.values())


def misses(find: Finder) -> Iterator[str]:
    """What goes wrong in the open halves, a line each: which template, what, and what stands around it."""
    for half in OPEN:
        yield from _missed(read(half, find))


def _missed(some: Read) -> Iterator[str]:
    for one, text, persons, taken in zip(some.letters, some.texts, some.persons, some.taken, strict=True):
        wrong = chain(_persons(text, persons), _identifiers(one, taken), _others(one, taken))
        yield from (f"{one.sort} ({one.style}): {line}" for line in wrong)


def _persons(text: Marked, found: Sequence[Span]) -> Iterator[str]:
    yield from (f"person not found: {_shown(text.text, span)}" for span in text.persons if span not in found)
    yield from (f"no person: {_shown(text.text, span)}" for span in found if span not in text.persons)


def _identifiers(one: Document, taken: Sequence[Span]) -> Iterator[str]:
    for start, end, kind in one.marks:
        if kind in GOING and not is_covered(one.text, (start, end), taken):
            yield f"{kind} stays: {_shown(one.text, (start, end))}"


def _others(one: Document, taken: Sequence[Span]) -> Iterator[str]:
    if words := [word for word, goes in others(one, taken) if goes]:
        yield f"other words that go: {' '.join(words)}"


def _shown(text: str, span: Span) -> str:
    start, end = span
    around = f"{text[max(start - AROUND, 0) : start]}[{text[start:end]}]{text[end : end + AROUND]}"
    return around.replace("\n", " / ")
