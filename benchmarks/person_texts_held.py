"""Texts that no tagger was trained on: real sentences without a name, and invented business mail."""

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.business_text import Document, held_out_documents
from benchmarks.person_corpora import Marked, Span, content, documents
from benchmarks.person_scores import Finder
from benchmarks.person_texts import business, common_voice
from igmap.redaction import redaction
from igmap.redaction.reading import Passage
from igmap.redaction.redactor import Redactor
from igmap.redaction.surrogates import Surrogates

NAMED = Path(__file__).with_name("common_voice_named.txt")
COUNT, SEED = 1_500, 2026
DIRECT = frozenset([
    "name", "email", "phone", "address", "postcode", "bsn", "iban", "bank_account", "document_number", "licence_plate",
    "student_number", "account", "ip_address", "birth_date",
])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Alarms:
    """Persons found in sentences without one.

    Attributes:
        named: sentences set aside, since a person is really named in them: marked by hand, whatever a tagger says.
        sentences: those that remain.
        false: those of them in which somebody was found all the same.
    """

    named: int
    sentences: int
    false: int


def named_by_hand() -> list[Marked]:
    """The held-out sentences that name somebody."""
    return [sentence for part in documents(content(NAMED)) for sentence in part]


def nameless() -> list[str]:
    """Real sentences that name nobody (Common Voice, held out of training).

    Raises:
        SystemExit: a sentence marked by hand is not held out any more.
    """
    held, named = common_voice()[1], {one.text for one in named_by_hand()}
    if lost := named - set(held):
        raise SystemExit(f"{len(lost)} sentences of {NAMED.name} are not held out: mark the new ones by hand")
    return [text for text in held if text not in named]


def alarms(find: Finder) -> Alarms:
    """How often somebody is found in a real sentence that names nobody."""
    texts = nameless()
    return Alarms(len(named_by_hand()), len(texts), sum(bool(list(spans)) for spans in find(texts)))


def letters() -> list[Document]:
    """The business texts that are measured on."""
    return list(held_out_documents(COUNT, SEED))


def marked(letters: Sequence[Document]) -> list[Marked]:
    """Business texts with their persons, those mentioned by their user name (`@jan`) among them, as in training."""
    return [Marked(one.text, tuple(business(one).persons)) for one in letters]


@dataclass(frozen=True, slots=True)
class Gone:
    """What redaction takes out of texts.

    Attributes:
        kinds: for each kind of direct identifier how many there are, and how many go with every letter.
        words: words of which nothing is marked, and how many of them go.
    """

    kinds: dict[str, tuple[int, int]]
    words: tuple[int, int]


def redacted(letters: Sequence[Document]) -> Gone:
    """What `igmap redact` takes out of texts when each is a thread of its own.

    A mention of any kind takes out: what is taken for a phone number and is a bank account is gone all the same.
    """
    return gone(letters, taken_out(letters))


def taken_out(letters: Sequence[Document]) -> list[list[Span]]:
    """Where `igmap redact` replaces something in each text."""
    passages = [Passage(row, one.text) for row, one in enumerate(letters)]
    found = Redactor(redaction("placeholder"), Surrogates(b"held out")).swaps(passages)
    return [[(swap.start, swap.end) for swap in found[passage]] for passage in passages]


def gone(letters: Sequence[Document], taken: Sequence[Sequence[Span]], kinds: Container[str] = DIRECT) -> Gone:
    """What is gone of texts.

    Args:
        letters: the texts with their marks.
        taken: what is taken out of each.
        kinds: of the marks that have to go.
    """
    marked, out, words = Counter[str](), Counter[str](), Counter[bool]()
    for one, spans in zip(letters, taken, strict=True):
        for start, end, kind in one.marks:
            if kind in kinds:
                marked[kind] += 1
                out[kind] += is_covered(one.text, (start, end), spans)
        words.update(goes for _, goes in others(one, spans))
    return Gone({kind: (count, out[kind]) for kind, count in sorted(marked.items())}, (words.total(), words[True]))


def others(one: Document, spans: Sequence[Span]) -> Iterator[tuple[str, bool]]:
    """Each word of which nothing is marked, and whether something of it goes."""
    for word in re.finditer(r"\w+", one.text):
        if not any(start < word.end() and word.start() < end for start, end, _ in one.marks):
            yield word[0], any(start < word.end() and word.start() < end for start, end in spans)


def is_covered(text: str, mark: Span, spans: Sequence[Span]) -> bool:
    """Whether every letter and digit of a mark lies in a span."""
    return all(any(start <= at < end for start, end in spans) for at in range(*mark) if text[at].isalnum())
