"""Who is named in texts: by the tagger, by what the texts say of themselves, and by names that are known."""

from collections.abc import Iterator

import polars as pl

from igmap.inventory.mentions.cues import cued
from igmap.inventory.people import persons_in
from igmap.inventory.people.known import Known
from igmap.inventory.people.known.found import met_in_texts
from igmap.inventory.people.known.headers import met_in_headers

KNOWN_SCORE = 1.0
LEAST = 0.05  # how likely a word must be part of a name where a miss weighs more: see `docs/decisions.md`
CODE = "[0-9] ?$"  # behind which one or two letters are no person
ADDRESSED = r"[\p{L}\p{N}._%+'-]{1,64}@[\p{L}\p{N}-]{1,63}\."


def persons(texts: pl.Series, known: Known | None, threads: pl.Series | None) -> Iterator[pl.DataFrame]:
    """Where persons are named, by each way of finding them: `row`, `start`, `end`, `score`, and `who` if that is known.

    Args:
        texts: as they are read.
        known: persons to look for by their names.
        threads: of each text, where recall weighs above precision.
    """
    found = _without_codes(persons_in(texts, least=None if threads is None else LEAST), texts)
    if threads is not None:
        found = pl.concat([found, cued("stated_names", texts).cast(pl.Schema(found.schema))])
        yield _met(texts, found, threads).places(texts, threads).drop("who").with_columns(score=pl.lit(KNOWN_SCORE))
    yield found
    if known is not None:
        yield known.places(texts).with_columns(score=pl.lit(KNOWN_SCORE))


def _met(texts: pl.Series, found: pl.DataFrame, threads: pl.Series) -> Known:
    """Who is certainly named in each thread: by a sure name, a header, a signature, or an address made of a name."""
    written = texts.str.extract_all(ADDRESSED).list.unique(maintain_order=True).list.join("nl;")
    met = pl.concat([met_in_texts(texts, found), met_in_headers(written.alias("From").to_frame())])
    named = met.select("name", thread=threads.gather(met["row"])).unique(maintain_order=True)
    return Known.of(named["name"], named["thread"])


def _without_codes(persons: pl.DataFrame, texts: pl.Series) -> pl.DataFrame:
    """Persons without the letters of a code such as `0234 AB`."""
    short = persons.filter(pl.col("end") - pl.col("start") <= 2)  # noqa: PLR2004 - letters
    before = texts.gather(short["row"]).alias("text").to_frame().with_columns(end=short["start"])
    said = before.select(pl.col("text").str.head(pl.col("end")).str.tail(2).str.contains(CODE)).to_series()
    return persons.join(short.filter(said), on=["row", "start"], how="anti", maintain_order="left")
