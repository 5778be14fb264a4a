"""Which records of a table belong together, and whom each of them is about."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from igmap.inventory.people.known.resolving import NAMED
from igmap.inventory.people.known.tabled import name_of
from igmap.redaction.reading import PERSON, Head, Passage
from igmap.vocabulary import load_yaml
from igmap.vocabulary.tokens import name_tokens

ALL = "*"  # in place of a field: all records are one thread
RECORD = ""  # each record is a thread of its own
FILLED = 0.5  # share of the records that tell their thread
LETTER = r"\p{L}"
TELLING = frozenset({"", PERSON, "email", "username"})  # kinds that are somebody's; "" for texts


@dataclass(frozen=True, slots=True)
class Named:
    """Fields that name one person together.

    Args:
        parts: the place of the field of each part of the name.
        address: the place of the field with the person's address; None for none.
    """

    parts: Mapping[str, int]
    address: int | None = None


def thread_field(names: Sequence[str], records: pl.DataFrame) -> str:
    """The field that tells threads apart by its name, and by values that come back; "" for none.

    Args:
        names: of the fields.
        records: some of them, the fields in the same order.

    Example:
        >>> thread_field(["topic_id", "bericht"], pl.DataFrame({"a": ["1", "1", "2"], "b": ["x", "y", "z"]}))
        'topic_id'
    """
    told = load_yaml("igmap.redaction", "threads.yaml")
    ranked = {word: rank for rank, word in enumerate(map(str, told["threads"]))}
    counting = f"(?:{'|'.join(told['counting'])})$"
    found: list[tuple[int, str]] = []
    for name, column in zip(names, records.iter_columns(), strict=True):
        words = [bare for word in name_tokens(name) if (bare := re.sub(counting, "", word))]
        filled = column.cast(pl.String).drop_nulls().replace("", None).drop_nulls()
        comes_back = len(filled) > FILLED * len(column) and filled.n_unique() < len(filled)
        if words and words[-1] in ranked and comes_back:
            found.append((ranked[words[-1]], name))
    return min(found)[1] if found else RECORD


def threads_of(frame: pl.DataFrame, names: Sequence[str], thread: str, chosen: Collection[int]) -> pl.Series:
    """What tells the thread of each record: the field, nothing, or all that is read of the record.

    Args:
        frame: some records, their columns called after their places.
        names: of the fields.
        thread: the field; `ALL` or `RECORD`.
        chosen: the places of the fields that are redacted.
    """
    if thread == ALL:
        return pl.repeat("", len(frame), dtype=pl.String, eager=True)
    if thread:
        return frame[f"c{1 + names.index(thread)}"].cast(pl.String)
    cells = frame.select(f"c{place + 1}" for place in chosen)
    return cells.hash_rows(seed=1).cast(pl.String) if chosen else pl.repeat("", len(frame), eager=True)


def within(column: str, kind: str) -> pl.Expr:
    """The thread of each cell of a column: the text itself of what says nothing of persons, so that it is read once."""
    says = pl.col(column).str.contains(LETTER) if kind in TELLING else pl.lit(value=False)
    return pl.when(says).then("thread").otherwise(column)


def heads_of(frame: pl.DataFrame, people: Sequence[Named], whole: Collection[int]) -> Iterator[Head]:
    """Who is named in fields of its own: the whole name with the address, beside each cell that has a part of it.

    Args:
        frame: records with their `thread`.
        people: the fields that name persons.
        whole: the places of the fields of which all cells are redacted as names.
    """
    for one in people:
        if not set(one.parts.values()) <= set(whole):
            continue
        places = {**one.parts, **({"address": one.address} if one.address is not None else {})}
        told = frame.select(
            "thread", *(pl.col(f"c{place + 1}").fill_null("").alias(part) for part, place in places.items())
        )
        address = pl.col("address") if one.address is not None else pl.lit("")
        named = told.select("thread", name=name_of(one.parts).str.strip_chars(), address=address.str.strip_chars())
        cells = told.select("thread", *one.parts).with_columns(named["name", "address"]).unique(maintain_order=True)
        for thread, *parts, name, mail in cells.iter_rows():
            yield from (Head(Passage(thread, said, PERSON), name, mail, NAMED) for said in parts if said.strip())
