"""Passages read together: what is mentioned in them, and who is meant."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self, TypeAlias

import polars as pl

from igmap.inventory.mentions import look
from igmap.inventory.mentions.find import Looked
from igmap.inventory.people.known.headers import holders_of
from igmap.inventory.people.known.resolving import MET, NAMED, Company

PERSON = "name"
HEAD = pl.Schema({"row": pl.UInt32(), "name": pl.String(), "address": pl.String(), "role": pl.String()})
Told: TypeAlias = Callable[[int, int], None]


class Passage(NamedTuple):
    """A text in its thread: within one, a person has one placeholder.

    Args:
        thread: whatever tells threads apart.
        text: any text.
        kind: what all of it is, a name or a number, where it is no text to be read.
    """

    thread: Hashable
    text: str
    kind: str = ""


class Head(NamedTuple):
    """A mailbox in the head of a message.

    Args:
        passage: a text of the message.
        name: before the address.
        address: of the mailbox.
        role: sender, recipient or named.
    """

    passage: Passage
    name: str
    address: str
    role: str


class Mention(NamedTuple):
    """Something that is mentioned in a text; of a name, who is meant."""

    start: int
    end: int
    kind: str
    who: str


@dataclass(frozen=True, slots=True, repr=False)
class Reading:
    """Passages that were looked through.

    Args:
        asked: the different ones.
        threads: the number of the thread of each.
        looked: what was found in them.
        kinds: what is looked for.
    """

    asked: Sequence[Passage]
    threads: pl.Series
    looked: Looked
    kinds: Iterable[str]

    @classmethod
    def of(cls, passages: Iterable[Passage], kinds: Iterable[str], told: Told = lambda _done, _of: None) -> Self:
        """Look through passages, each different one once."""
        asked = list(dict.fromkeys(passages))
        numbers = {thread: number for number, thread in enumerate(dict.fromkeys(one.thread for one in asked))}
        threads = pl.Series("thread", [str(numbers[one.thread]) for one in asked], dtype=pl.String)
        values = pl.Series("value", ["" if one.kind else one.text for one in asked], dtype=pl.String)
        return cls(asked, threads, look(values, tuple(kinds), careful=True, told=told), tuple(kinds))

    def held(self, heads: Sequence[Head]) -> pl.DataFrame:
        """The mailboxes of heads, with the `thread` and the `holder` of each; null for nobody's."""
        rows = {passage: row for row, passage in enumerate(self.asked)} if heads else {}
        held = pl.DataFrame([(rows[one.passage], *one[1:]) for one in heads], schema=HEAD, orient="row")
        boxes = holders_of(held.select("name", "address").unique(maintain_order=True))
        placed = held.with_columns(thread=self.threads.gather(held["row"]))
        return placed.join(boxes, on=["name", "address"], how="left", maintain_order="left")

    def met(self, held: pl.DataFrame) -> pl.DataFrame:
        """Who was met with certainty: in texts, in heads, and in cells that hold a name."""
        cells = [(row, one.text, NAMED) for row, one in enumerate(self.asked) if one.kind == PERSON]
        heads = held.drop_nulls("holder").select("row", name="holder", role="role")
        met = pl.concat([self.looked.met(), heads.cast(MET), pl.DataFrame(cells, schema=MET, orient="row")])
        return met.with_columns(thread=self.threads.gather(met["row"]))

    def mentions(self, company: Company) -> Mapping[Passage, Sequence[Mention]]:
        """The mentions of each passage that has any, in order, with who is meant."""
        found = self.looked.mentions(tuple(self.kinds), company, self.threads)
        cells = [(row, 0, len(one.text), one.kind) for row, one in enumerate(self.asked) if one.kind in self.kinds]
        whole = pl.DataFrame(cells, schema=["row", "start", "end", "kind"], orient="row")
        both = pl.concat([found.drop("score"), whole.cast({"row": pl.UInt32})], how="diagonal_relaxed")
        told: dict[Passage, list[Mention]] = {}
        rows = both.with_columns(who=self._meant(both, company)).select("row", "start", "end", "kind", "who")
        for row, *mention in rows.sort("row", "start").iter_rows():
            told.setdefault(self.asked[row], []).append(Mention(*mention))
        return told

    def _meant(self, found: pl.DataFrame, company: Company) -> pl.Series:
        """Who is meant by each name; of whom nothing else tells, by the name as it is said."""
        is_open = (found["kind"] == PERSON) & found["who"].is_null()
        spans = found.filter(is_open).select("row", "start", "end").rows()
        said = pl.Series([self.asked[row].text[start:end] for row, start, end in spans], dtype=pl.String)
        threads = self.threads.gather(found.filter(is_open)["row"])
        names = pl.DataFrame({"name": said, "thread": threads})
        different = names.unique(maintain_order=True)
        told = different.with_columns(who=company.meant(different))
        meant = names.join(told, on=["name", "thread"], how="left", maintain_order="left")
        return found["who"].scatter(is_open.arg_true(), meant["who"])
