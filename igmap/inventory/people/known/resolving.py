"""Who is meant where: one person by every name within a thread, and by the full name beyond it."""

from dataclasses import dataclass
from typing import Self

import polars as pl

from igmap.inventory.people.known.forms import ALONE
from igmap.inventory.people.known.judging import longest
from igmap.inventory.people.known.known import PLACES, Known
from igmap.inventory.people.known.ordinary import NAME, WORD
from igmap.inventory.people.known.people import FULL, all_of, in_words, nobody, one_each, whom

SENDER, RECIPIENT, NAMED = "sender", "recipient", "named"
MET = pl.Schema({"row": pl.UInt32(), "name": pl.String(), "role": pl.String()})
MEANT = pl.Schema({**PLACES, "who": pl.String()})


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Company:
    """Who is in each thread, and who is known beyond it.

    Args:
        met: names met with certainty, in words, with their `row`, `role` and `thread`.
        people: one per person of a thread, with `meant`, the name that the person has in all threads.
        near: these persons, looked for in their threads.
        table: persons of the workspace's tables.
        dataset: persons met by a full name in any thread.
    """

    met: pl.DataFrame
    people: pl.DataFrame
    near: Known
    table: Known
    dataset: Known

    @classmethod
    def of(cls, met: pl.DataFrame, table: Known | None = None, elsewhere: pl.Series | None = None) -> Self:
        """From names met with certainty.

        Args:
            met: `row` of the text, `name`, `role` (sender, recipient or named) and `thread`.
            table: persons of tables.
            elsewhere: names met in texts of the dataset that are not at hand.
        """
        named, table = in_words(met), table or nobody()
        people = one_each(named)
        full = named.filter(pl.col("level") == FULL)["name"]
        dataset = all_of(full if elsewhere is None else elsewhere.append(full))
        near = Known.of(people["name"], people["thread"])
        return cls(named, people.with_columns(meant=_everywhere(people, table, dataset)), near, table, dataset)

    def __repr__(self) -> str:
        """Counts only: names are nobody's business."""
        return f"Company({len(self.people)} persons)"

    def places(self, values: pl.Series, thread: pl.Series) -> pl.DataFrame:
        """Where texts name a known person, and who it is.

        From near to far, the first level that knows the name decides:

        1. the thread. Who was met in it is looked for in all of it. A name that fits one person of the thread is that
           person's. Where it fits several: in a signature (behind a closing formula or on a line of its own) it is the
           sender's, behind a greeting the recipient's, else that of the only one of them whom the message is to or
           names more fully; who writes does not mean himself. Where that leaves several it is nobody's in particular.
        2. the tables, then the dataset. A full name, or initials with a family name, is the person's. One name alone is
           found, but of whom it is nobody knows.

        Args:
            values: texts; nulls name nobody.
            thread: of each.

        Returns:
            `row`, `start`, `end` and `who`: the person's fullest name, or the name as it is said where nobody knows
            whose it is; the same name in two threads is the same person only if it is a full one.
        """
        present = self._present()
        near = _narrowed(self.near.looked_for(values, thread), self.near, present)
        spans = [near.with_columns(meant=_picked(self.people["meant"], near["who"]))]
        for known in (self.table, self.dataset):
            if known.persons:
                far = _sure(known.looked_for(values))
                alone = (far["kind"] >= ALONE) | (far["who"] >= known.persons)
                who = far["who"].set(alone.fill_null(value=False), None)
                spans.append(far.with_columns(meant=_picked(_plain(known.names), who)))
        ranked = [span.select("row", "start", "end", "meant", level=pl.lit(level)) for level, span in enumerate(spans)]
        found = longest(pl.concat(ranked).sort("level", maintain_order=True))
        return found.select("row", "start", "end", who=pl.coalesce("meant", _said(found, values))).cast(MEANT)

    def meant(self, names: pl.DataFrame) -> pl.Series:
        """Who each name is as a whole: the fullest name of that person; itself, in order, where it may be several's.

        Args:
            names: `name` and its `thread`.
        """
        told = in_words(names)
        person = whom(told, self.near)
        return _picked(self.people["meant"], person).zip_with(
            person.is_not_null() & (person < self.near.persons), told["plain"].fill_null(names["name"])
        )

    def owners(self, handles: pl.DataFrame) -> pl.Series:
        """Who of the thread has a user name or an address that is made of the name; null where that is not one person.

        Args:
            handles: `name`, of an address what stands before its `@`, and the `thread`.
        """
        spaced = pl.col("name").str.replace_all(r"[\W_0-9]+", " ").str.strip_chars()
        return _picked(self.people["meant"], whom(in_words(handles.with_columns(name=spaced)), self.near))

    def _present(self) -> pl.DataFrame:
        """Which persons of the thread a message is from, to, or names: `row`, `person`, `role`."""
        person = whom(self.met, self.near)
        there = self.met.select("row", "role", person=person)
        return there.filter(pl.col("person").is_between(0, self.near.persons - 1))


def _sure(found: pl.DataFrame) -> pl.DataFrame:
    """Without names alone that are words or places too, unless a title or greeting shows them.

    From afar a capital shows a word only where no sentence begins with it.
    """
    inside = (pl.col("ordinary") == WORD) & pl.col("capital") & ~pl.col("opens")
    return found.filter((pl.col("kind") < ALONE) | pl.col("introduced") | (pl.col("ordinary") == NAME) | inside)


def _picked(names: pl.Series, who: pl.Series) -> pl.Series:
    """The name of each person; null for a group and for nobody."""
    return names.gather(who.set(who >= len(names), None)) if len(names) else who.cast(pl.String).clear(len(who))


def _plain(names: pl.Series) -> pl.Series:
    return in_words(names.to_frame("name"))["plain"]


def _said(found: pl.DataFrame, values: pl.Series) -> pl.Series:
    """The names as they are said, their words in one order."""
    written = values.gather(found["row"]).to_frame("text").with_columns(found["start"], found["end"])
    said = written.select(pl.col("text").str.slice("start", pl.col("end") - pl.col("start")))["text"]
    return _plain(said).fill_null(said)


def _narrowed(found: pl.DataFrame, known: Known, present: pl.DataFrame) -> pl.DataFrame:
    """Names that several of the thread share, given to the one of them whom the message shows to be meant."""
    found = found.with_row_index("span")
    fuller = found.filter(pl.col("kind") < ALONE).select("row", role=pl.lit(NAMED), person="who")
    there = pl.concat([present, fuller.select(present.columns)], how="vertical_relaxed")
    senders = there.filter(pl.col("role") == SENDER).select("row", "person", sends=True).unique()
    receives = (pl.col("role") == RECIPIENT).any()
    roles = there.group_by("row", "person").agg(receives=receives, named=(pl.col("role") != SENDER).any())
    open_ones = found.filter(pl.col("who") >= known.persons).join(known.forms.sharing, on="who")
    told = open_ones.join(roles, on=["row", "person"], how="left").join(senders, on=["row", "person"], how="left")
    sends = pl.col("sends").fill_null(value=False)
    fits = (
        pl.when("signs").then(sends).when("greets").then("receives").otherwise(pl.col("named") & ~sends)
    ).fill_null(value=False)  # fmt: skip
    one = told.filter(fits).group_by("span").agg(pl.col("person").unique()).filter(pl.col("person").list.len() == 1)
    meant = found.join(one.explode("person"), on="span", how="left", maintain_order="left")
    return meant.with_columns(who=pl.coalesce("person", "who"))


def _everywhere(people: pl.DataFrame, table: Known, dataset: Known) -> pl.Series:
    """The name of each person of a thread in all threads: of a full name that of the tables or the dataset."""
    full = people["level"] == FULL
    known = [_picked(_plain(one.names), whom(people, one)) for one in (table, dataset)]
    return people.select(meant=pl.coalesce(*(pl.when(full).then(one) for one in known), "plain"))["meant"]
