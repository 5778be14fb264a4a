"""The tagger of persons in running text: words, what is known of them, what was learnt, where persons are named."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from igmap.inventory.people.tagger.document import everywhere, turned
from igmap.inventory.people.tagger.edges import edged
from igmap.inventory.people.tagger.features import Vocabulary
from igmap.inventory.people.tagger.kinds import Lists, alike, codes, lists
from igmap.inventory.people.tagger.model import Model, learnt, probabilities
from igmap.inventory.people.tagger.spans import Found, spans
from igmap.inventory.people.tagger.things import is_thing
from igmap.inventory.people.tagger.widening import widened
from igmap.inventory.people.tagger.words import words_of

ELSEWHERE = dict.fromkeys(map(ord, "xbqrv"))  # codes that say nothing of where a name ends
MOST_LIKE = 99  # how much a word is spelled like a name where a miss weighs more than a word
AT_ONCE = 60_000  # characters that are read together, and of a block that a longer text is cut into

__all__ = ["Found", "Tagger", "tagger"]


class Block(NamedTuple):
    """A part of a text: which text, from which character on, what it says."""

    row: int
    offset: int
    text: str


class Tagger:
    """Finds persons in texts, by a model and lists."""

    def __init__(self, known: Lists, weights: Model) -> None:
        """Start with no word seen.

        Args:
            known: lists to look words up in.
            weights: what was learnt.
        """
        self.vocabulary, self.weights = Vocabulary(known), weights

    def persons(self, texts: Sequence[str], *, whole: bool = True, least: float | None = None) -> list[list[Found]]:
        """Where persons are named, text by text, in order, not overlapping.

        Args:
            texts: any texts.
            whole: whether a name that is sure in one place of a text is looked for in all of it.
            least: how likely a word must be part of a name; by default what names persons best.
        """
        found: list[list[Found]] = [[] for _ in texts]
        doubted: list[list[Found]] = [[] for _ in texts]
        for batch in _batches(texts):
            read = words_of([block.text for block in batch])
            likely = probabilities(read, self.vocabulary, self.weights)
            for number, person, is_doubted in spans(read, likely, least):
                row, offset, _ = batch[number]
                to = doubted if is_doubted else found
                to[row].append(Found(person.start + offset, person.end + offset, person.score))
        found = [
            turned(text, self._edged(text, some, careful=least is not None))
            for text, some in zip(texts, found, strict=True)
        ]
        if not whole:
            return found
        return [everywhere(*one) if one[1] or one[2] else [] for one in zip(texts, found, doubted, strict=True)]

    def _edged(self, text: str, found: list[Found], *, careful: bool) -> list[Found]:
        """The persons from edge to edge of their names; where no miss weighs more than a word, without things."""
        known = self.vocabulary.known

        @cache
        def listed(word: str) -> str:
            return codes([word], known)[0]

        @cache
        def coded(word: str) -> str:
            code = listed(word).translate(ELSEWHERE)
            return code.rstrip("w") if careful else code  # no capital word is cut off a name where a miss weighs more

        @cache
        def likeness(word: str) -> int:
            return MOST_LIKE if careful else alike([word], known)[0]

        kept = widened(text, edged(text, found, coded, likeness), listed, likeness) if found else found
        return kept if careful else [one for one in kept if not is_thing(text, one, coded)]


@cache
def tagger() -> Tagger:
    """The tagger of the package."""
    return Tagger(lists(), learnt())


def _batches(texts: Sequence[str]) -> Iterator[list[Block]]:
    batch: list[Block] = []
    size = 0
    for row, text in enumerate(texts):
        for block in _blocks(row, text):
            batch.append(block)
            size += len(block.text)
            if size >= AT_ONCE:
                yield batch
                batch, size = [], 0
    if batch:
        yield batch


def _blocks(row: int, text: str) -> Iterator[Block]:
    """A text in parts that end with a line, or else with a word."""
    start = 0
    while len(text) - start > AT_ONCE:
        end = start + AT_ONCE
        cut = 1 + text.rfind("\n", start + 1, end) or 1 + text.rfind(" ", start + 1, end) or end
        yield Block(row, start, text[start:cut])
        start = cut
    yield Block(row, start, text[start:] if start else text)
