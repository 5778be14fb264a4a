"""What a redaction made: counts for everybody to see, and the texts before and after for who asks for them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import polars as pl

from igmap.inventory.people.known import Known
from igmap.redaction.reading import Passage
from igmap.redaction.redactor import word_of
from igmap.redaction.settings import Redaction
from igmap.redaction.swaps import Swap, aligned, applied
from igmap.report import Badge, Badges, Block, Items, Mark, Marked, Table, filled, fragment
from igmap.vocabulary import load_yaml

Pair = tuple[Passage, tuple[Swap, ...]]
Places = Sequence[tuple[int, int]]
LEFT = "rest.left"  # what a place is called in which something is left
SHOWN = 40  # texts side by side, unless more are asked for


@dataclass(frozen=True, slots=True, repr=False)
class Redacted:
    """A file that was redacted. It shows counts; the texts only when they are asked for.

    Args:
        kind: of the file: mail, text or table.
        files: that were written.
        settings: the ways.
        size: messages, records or texts in it.
        pairs: every text with what was replaced in it; they are personal data.
        left_out: what was not written, by what it was.
        pseudonymised: whether somebody can turn it back: a key was kept, or a seed that draws the same again.
        rest: texts in which something is certainly left, those in which something likely is, and of how many; None
            where nobody looked.
        fields: of a table that were redacted, and what all of their cells are; "" for text.
        threads: of tables, what tells them apart: a field, `*` where all records are one, "" where each is one.
        places: where in the redacted texts that is, by the place of the text among the different ones.
        known: persons that were looked for by name: those of mail headers, those of a workspace.
    """

    kind: str
    files: tuple[Path, ...]
    settings: Redaction
    size: int
    pairs: Sequence[Pair] = field(repr=False)
    left_out: Mapping[str, int] = field(default_factory=dict)
    pseudonymised: bool = False
    rest: tuple[int, int, int] | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    threads: tuple[str, ...] = ()
    places: Mapping[int, Places] = field(default_factory=dict, repr=False)
    known: tuple[Known, ...] = field(default=(), repr=False)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many mentions were replaced, by kind; those of a text that comes twice in a thread once."""
        return dict(sorted(Counter(swap.kind for _, swaps in dict(self.pairs).items() for swap in swaps).items()))

    @property
    def originals(self) -> pl.Series:
        """The different texts as they were."""
        return pl.Series("original", [passage.text for passage in dict(self.pairs)], dtype=pl.String)

    @property
    def redacted(self) -> pl.Series:
        """The same as they are now, in the same order."""
        texts = [applied(passage.text, swaps) for passage, swaps in dict(self.pairs).items()]
        return pl.Series("redacted", texts, dtype=pl.String)

    def checked(self, rest: tuple[int, int, int], places: Mapping[int, Places]) -> "Redacted":
        """The same with what was found to be left, and where."""
        return replace(self, rest=rest, places=places)

    def plain(self) -> dict[str, Any]:
        """What may be told of it, as JSON holds it."""
        return {
            "kind": self.kind,
            "way": {"": self.settings.way, **self.settings.ways},
            "only": list(self.settings.only),
            "language": self.settings.language,
            "size": self.size,
            "replaced": dict(self.counts),
            "left_out": dict(self.left_out),
            "fields": {name: kind or "text" for name, kind in self.fields.items()},
            "threads": [told or "record" for told in self.threads],
            "pseudonymised": self.pseudonymised,
            "anonymous": False,
            "texts_with_a_rest": self.rest and dict(zip(("certain", "likely", "of"), self.rest, strict=True)),
        }

    def tables(self, lang: str) -> list[Table]:
        """The counts, to be shown."""
        replaced = tuple((word_of(kind, lang).lower(), n) for kind, n in self.counts.items())
        heads = (say("kind", lang), say("count", lang))
        found = [Table(heads, replaced, say(f"replaced.{self.kind}", lang, size=self.size))]
        if self.fields:
            told = self.fields.items()
            kinds = tuple((name, word_of(kind, lang).lower() if kind else say("text", lang)) for name, kind in told)
            found.append(Table((say("field", lang), say("read_as", lang)), kinds, say("fields", lang)))
            found.append(Table((say("threads", lang),), tuple((self._thread(one, lang),) for one in self.threads)))
        lost = tuple((say(f"left_out.{what}", lang), n) for what, n in self.left_out.items())
        return found + ([Table(heads, lost, say("left_out", lang))] if lost else [])

    def _thread(self, told: str, lang: str) -> str:
        """Where a person has one number."""
        key = {"": "threads.record", "*": "threads.all"}.get(told, "threads.field")
        return say(key, lang, field=told)

    def verdict(self, lang: str) -> Badge:
        """What the result is: pseudonymised, or redacted with all that this leaves."""
        return Badge("warning", say("pseudonymised" if self.pseudonymised else "redacted", lang))

    def blocks(self, lang: str) -> list[Block]:
        """The counts with what they do not say."""
        return [Badges((self.verdict(lang),)), *self.tables(lang), Items((say("limits", lang),))]

    def _repr_html_(self) -> str:
        return fragment(self.blocks(self.settings.language), lang=self.settings.language)

    def __repr__(self) -> str:
        """Counts only."""
        return f"Redacted({self.kind}, {self.size}, {sum(self.counts.values())} mentions)"

    def side_by_side(self, most: int = SHOWN, *, longest: bool = True) -> "SideBySide":
        """The texts before and after, as a notebook or a page shows them: personal data, for the analyst's eyes.

        Args:
            most: texts that are shown.
            longest: the thread with most replaced mentions first; else as they stand in the file. Before all others
                come those in which something is left.
        """
        pairs = [(*pair, self.places.get(place, ())) for place, pair in enumerate(dict(self.pairs).items())]
        if longest:
            weights = Counter(passage.thread for passage, swaps, _ in pairs for _ in swaps)
            first = dict.fromkeys(passage.thread for passage, *_ in pairs)
            order = {thread: place for place, thread in enumerate(sorted(first, key=lambda one: -weights[one]))}
            pairs.sort(key=lambda pair: order[pair[0].thread])
        pairs.sort(key=lambda pair: not pair[2])
        return SideBySide(tuple(pairs[:most]), self.settings.language)


@dataclass(frozen=True, slots=True, repr=False)
class SideBySide:
    """Texts before and after, marked by kind.

    Args:
        pairs: texts with what was replaced in them, and where something is left.
        lang: nl or en.
    """

    pairs: Sequence[tuple[Passage, Sequence[Swap], Places]]
    lang: str

    def block(self) -> Marked:
        """As the report shows it."""
        rows = tuple(
            (_marked(passage.text, [(one.start, one.end, one.kind) for one in swaps], self.lang),
             _marked(applied(passage.text, swaps), _both([one[2:] for one in aligned(swaps)], left), self.lang))
            for passage, swaps, left in self.pairs
        )  # fmt: skip
        return Marked((say("before", self.lang), say("after", self.lang)), rows, say("side_by_side", self.lang))

    def _repr_html_(self) -> str:
        return fragment([self.block()], lang=self.lang)


def _both(put: Sequence[tuple[int, int, str]], left: Places) -> list[tuple[int, int, str]]:
    """What was put in, and what is left beside it."""
    apart = [(start, end, LEFT) for start, end in left if all(end <= at or to <= start for at, to, _ in put)]
    return sorted([*put, *apart])


def _marked(text: str, places: Sequence[tuple[int, int, str]], lang: str) -> tuple[str | Mark, ...]:
    parts: list[str | Mark] = []
    at = 0
    for start, end, kind in places:
        word = say(LEFT, lang) if kind == LEFT else word_of(kind, lang).lower()
        parts += [text[at:start], Mark(text[start:end], word)]
        at = end
    return tuple(part for part in [*parts, text[at:]] if part)


def say(key: str, lang: str, **figures: Any) -> str:
    """A text of this room."""
    return filled(load_yaml("igmap.redaction", "texts.yaml")[key][lang], lang, figures)
