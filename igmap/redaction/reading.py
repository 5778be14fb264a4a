"""Passages read together: what is mentioned in them, and who is meant."""

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self, TypeAlias

import polars as pl

from igmap.inventory.mentions import look
from igmap.inventory.mentions.find import Looked
from igmap.inventory.people.known.headers import holders_of
from igmap.inventory.people.known.resolving import MET, NAMED, Company
from igmap.inventory.readable import readable

PERSON = "name"
HANDLES = ("email", "username")
LINES = re.compile(r"\s*[\r\n][\s>|]*")
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
        """Look through passages, each different text once."""
        asked = list(dict.fromkeys(passages))
        numbers = {thread: number for number, thread in enumerate(dict.fromkeys(one.thread for one in asked))}
        threads = pl.Series("thread", [str(numbers[one.thread]) for one in asked], dtype=pl.String)
        texts: dict[str, int] = {}
        which = [texts.setdefault("" if one.kind else one.text, len(texts)) for one in asked]
        looked = look(pl.Series("value", list(texts), dtype=pl.String), tuple(kinds), careful=True, told=told)
        again = looked if len(texts) == len(asked) else looked.spread(pl.Series(which, dtype=pl.UInt32))
        return cls(asked, threads, again, tuple(kinds))

    def held(self, heads: Sequence[Head]) -> pl.DataFrame:
        """The mailboxes of heads, with the `thread` and the `holder` of each; null for nobody's."""
        rows = {passage: row for row, passage in enumerate(self.asked)} if heads else {}
        held = pl.DataFrame([(rows[one.passage], *one[1:]) for one in heads], schema=HEAD, orient="row")
        boxes = holders_of(held.select("name", "address").unique(maintain_order=True))
        placed = held.with_columns(thread=self.threads.gather(held["row"]))
        known = placed.join(boxes, on=["name", "address"], how="left", maintain_order="left")
        cell = pl.Series("cell", [self.asked[row].kind == PERSON for row in held["row"]], dtype=pl.Boolean)
        return known.with_columns(holder=pl.coalesce("holder", pl.when(cell).then("name")))

    def met(self, held: pl.DataFrame) -> pl.DataFrame:
        """Who was met with certainty: in texts, in heads, and in cells that hold a name."""
        cells = [(row, one.text, NAMED) for row, one in enumerate(self.asked) if one.kind == PERSON]
        heads = held.drop_nulls("holder").select("row", name="holder", role="role")
        met = pl.concat([self.looked.met(), heads.cast(MET), pl.DataFrame(cells, schema=MET, orient="row")])
        return met.with_columns(thread=self.threads.gather(met["row"]))

    def mentions(self, company: Company, held: pl.DataFrame) -> Mapping[Passage, Sequence[Mention]]:
        """The mentions of each passage that has any, in order, with who is meant.

        Args:
            company: who is known.
            held: mailboxes, as `held` gives them; who alone stands beside a cell is who the cell names.
        """
        found = self.looked.mentions(tuple(self.kinds), company, self.threads)
        cells = [(row, 0, len(one.text), one.kind) for row, one in enumerate(self.asked) if one.kind in self.kinds]
        whole = pl.DataFrame(cells, schema=["row", "start", "end", "kind"], orient="row")
        both = pl.concat([found.drop("score"), whole.cast({"row": pl.UInt32})], how="diagonal_relaxed")
        told: dict[Passage, list[Mention]] = {}
        beside = held.drop_nulls("holder").filter(pl.col("name") != "").group_by("row").agg(pl.col("name").unique())
        alone = beside.filter(pl.col("name").list.len() == 1).select("row", full=pl.col("name").list.first())
        both = both.join(alone, on="row", how="left", maintain_order="left")
        rows = both.with_columns(who=self._meant(both, company)).select("row", "start", "end", "kind", "who")
        for row, *mention in rows.sort("row", "start").iter_rows():
            told.setdefault(self.asked[row], []).append(Mention(*mention))
        return told

    def _meant(self, found: pl.DataFrame, company: Company) -> pl.Series:
        """Who is meant by each name, address and user name; of whom nothing else tells, by the name as it is said."""
        is_open = (found["kind"] == PERSON) & found["who"].is_null()
        spans = found.filter(is_open).select("row", "start", "end", "full").rows()
        said = pl.Series([self._said(*span) for span in spans], dtype=pl.String)
        threads = self.threads.gather(found.filter(is_open)["row"])
        meant = found["who"].scatter(is_open.arg_true(), _each(company.meant, said, threads))
        handles = found.filter(pl.col("kind").is_in(HANDLES))
        spans = handles.select("row", "start", "end").rows()
        said = pl.Series([_handle(self.asked[row].text[start:end]) for row, start, end in spans], dtype=pl.String)
        owned = _each(company.owners, said, self.threads.gather(handles["row"]))
        return meant.scatter(found["kind"].is_in(HANDLES).arg_true(), owned)

    def _said(self, row: int, start: int, end: int, full: str | None) -> str:
        """The name as it is said; of a cell with a part of a name the whole of it."""
        passage = self.asked[row]
        return full if full and passage.kind == PERSON else _seen(passage.text[start:end])


def _handle(said: str) -> str:
    """A user name without the `@` before it, an address without what stands behind it."""
    return said.removeprefix("@").partition("@")[0]


def _each(find: Callable[[pl.DataFrame], pl.Series], said: pl.Series, threads: pl.Series) -> pl.Series:
    """What is found of each name in its thread; each different one is looked for once."""
    names = pl.DataFrame({"name": said, "thread": threads})
    different = names.unique(maintain_order=True)
    told = different.with_columns(who=find(different))
    return names.join(told, on=["name", "thread"], how="left", maintain_order="left")["who"]


def _seen(name: str) -> str:
    """A name as its reader sees it: without hidden signs, on one line."""
    return LINES.sub(" ", readable(name)[0])
