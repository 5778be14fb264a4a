"""Who is meant where: one number for a person by every name within a thread, and by the full name beyond it."""

from dataclasses import dataclass

import polars as pl

from igmap.inventory.people.known.forms import ALONE
from igmap.inventory.people.known.judging import longest
from igmap.inventory.people.known.known import PLACES, Known
from igmap.inventory.people.known.people import FULL, in_words, nobody, one_each, whom

SENDER, RECIPIENT, NAMED = "sender", "recipient", "named"
MET = pl.Schema({"row": pl.UInt32(), "name": pl.String(), "role": pl.String()})


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Wider:
    """Persons who are known beyond the thread: those of tables, and those met elsewhere in the dataset.

    Args:
        table: of the workspace's person tables; a person of them has the number of his place in it.
        dataset: of names met with certainty in other texts.
    """

    table: Known
    dataset: Known

    @property
    def persons(self) -> int:
        """How many numbers are theirs."""
        return self.table.persons + self.dataset.persons


def resolved(
    values: pl.Series, met: pl.DataFrame, thread: pl.Series | None = None, wider: Wider | None = None
) -> pl.DataFrame:
    """Where texts name a known person, and who it is.

    From near to far, the first level that knows the name decides:

    1. the thread. Who was met in it is looked for in all of it. A name that fits one person of the thread is that
       person's. Where it fits several: in a signature (behind a closing formula or on a line of its own) it is the
       sender's, behind a greeting the recipient's, else that of the only one of them whom the message is to or names
       more fully; who writes does not mean himself. Where that leaves several it is a group's, whose number is the same
       in all of the thread.
    2. the tables, then the dataset. A full name, or initials with a family name, is the person's. One name alone is
       found, but of whom it is nobody knows: it has a number of its own in its thread.

    A full name has the same number in every thread; what is less has one of its thread.

    Args:
        values: texts; nulls name nobody.
        met: names met with certainty (`row` of the text, `name`, `role`: sender, recipient or named).
        thread: of each text; without it each text is one by itself.
        wider: who is known beyond the thread.

    Returns:
        `row`, `start`, `end` and `who`, as `Known.places` gives them.
    """
    wider = wider or Wider(nobody(), nobody())
    thread = (thread if thread is not None else pl.int_range(len(values), eager=True)).cast(pl.String).fill_null("")
    named = in_words(met.with_columns(thread=thread.gather(met["row"])))
    people = one_each(named)
    known = Known.of(people["name"], people["thread"])
    near = _narrowed(known.looked_for(values, thread), known, _present(named, known))
    spans = [_of_thread(near, known, _numbers(people, wider), wider.persons)]
    base = wider.persons + known.persons + known.forms.sharing["who"].n_unique() + len(people)
    spans += _from_afar(values, thread, wider, base) if wider.persons else []
    ranked = [span.with_columns(level=pl.lit(level)) for level, span in enumerate(spans)]
    return longest(pl.concat(ranked).sort("level", maintain_order=True)).select(PLACES.names())


def _present(named: pl.DataFrame, known: Known) -> pl.DataFrame:
    """Which persons of the thread a message is from, to, or names: `row`, `person`, `role`."""
    person = whom(named, known)
    return named.select("row", "role", person=person).filter(pl.col("person").is_between(0, known.persons - 1))


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


def _numbers(people: pl.DataFrame, wider: Wider) -> pl.Series:
    """The number of each person of a thread: that of the tables or the dataset; else one for all of that full name."""
    full = people["level"] == FULL
    by_table, by_set = whom(people, wider.table), whom(people, wider.dataset)
    sure = [
        pl.when(full & by_table.is_between(0, wider.table.persons - 1)).then(by_table),
        pl.when(full & by_set.is_between(0, wider.dataset.persons - 1)).then(by_set + wider.table.persons),
    ]
    own = pl.struct(plain=pl.col("plain").str.to_lowercase(), thread=pl.when(full).then(pl.lit("")).otherwise("thread"))
    return people.select(who=pl.coalesce(*sure, own.rank("dense").cast(pl.Int64) - 1 + wider.persons))["who"]


def _of_thread(near: pl.DataFrame, known: Known, numbers: pl.Series, first: int) -> pl.DataFrame:
    """The spans with the persons' numbers; groups are numbered behind all persons."""
    who = pl.col("who")
    person = pl.DataFrame({"who": pl.int_range(known.persons, eager=True), "number": numbers.cast(pl.Int64)})
    joined = near.join(person, on="who", how="left", maintain_order="left")
    return joined.with_columns(who=pl.coalesce("number", who + first)).select(PLACES.names()).cast(PLACES)


def _from_afar(values: pl.Series, thread: pl.Series, wider: Wider, base: int) -> list[pl.DataFrame]:
    """What the tables and the dataset find: fuller names are persons', one name alone is its thread's."""
    found = []
    for known, first in ((wider.table, 0), (wider.dataset, wider.table.persons)):
        spans = known.looked_for(values)
        written = values.gather(spans["row"]).to_frame("text").with_columns(spans["start"], spans["end"])
        name = written.select(pl.col("text").str.slice("start", pl.col("end") - pl.col("start")).str.to_lowercase())
        own = spans.with_columns(name=name["text"], thread=thread.gather(spans["row"]))
        found.append(own.with_columns(first=pl.lit(first), persons=pl.lit(known.persons)))
    both = pl.concat(found, how="vertical_relaxed")
    alone = (pl.col("kind") >= ALONE) | (pl.col("who") >= pl.col("persons"))
    local = pl.struct("thread", "name").rank("dense").cast(pl.Int64) - 1 + base
    who = pl.when(pl.col("who").is_null()).then(None).when(alone).then(local).otherwise(pl.col("who") + pl.col("first"))
    numbered = both.with_columns(who=who)
    return [
        numbered.filter(pl.col("first") == first).select(PLACES.names()).cast(PLACES)
        for first in (0, wider.table.persons)
    ]
