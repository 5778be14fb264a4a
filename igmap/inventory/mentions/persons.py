"""Who is named in texts: by the tagger, and by what the texts say of themselves."""

from collections.abc import Callable

import polars as pl

from igmap.inventory.mentions.cues import cued
from igmap.inventory.people import persons_in
from igmap.inventory.people.known.found import met_in_texts
from igmap.inventory.people.known.headers import holders_of
from igmap.inventory.people.known.resolving import MET, NAMED

LEAST = 0.05  # how likely a word must be part of a name where a miss weighs more: see `docs/decisions.md`
CODE = "[0-9] ?$"  # behind which one or two letters are no person
ADDRESSED = r"[\p{L}\p{N}._%+'-]{1,64}@[\p{L}\p{N}-]{1,63}\."


def persons(
    texts: pl.Series, *, careful: bool, told: Callable[[int, int], None] = lambda _done, _of: None
) -> pl.DataFrame:
    """Where persons are named, overlaps and all: `row`, `start`, `end`, `score`.

    Args:
        texts: as they are read.
        careful: whether a miss weighs more than a word too many.
        told: as `persons_in` tells.
    """
    found = _without_codes(persons_in(texts, least=LEAST if careful else None, told=told), texts)
    return pl.concat([found, cued("stated_names", texts).cast(pl.Schema(found.schema))]) if careful else found


def met_in(texts: pl.Series, found: pl.DataFrame) -> pl.DataFrame:
    """Who is certainly named in texts, by a sure name or by an address that is made of one: as `MET`."""
    written = texts.str.extract_all(ADDRESSED).to_frame("address").with_row_index("row").explode("address")
    boxes = (
        written.drop_nulls("address")
        .unique(maintain_order=True)
        .with_columns(pl.col("address") + "nl", name=pl.lit(""))
    )
    held = holders_of(boxes).select("row", name="holder", role=pl.lit(NAMED))
    return pl.concat([met_in_texts(texts, found), held.cast(MET)])


def _without_codes(persons: pl.DataFrame, texts: pl.Series) -> pl.DataFrame:
    """Persons without the letters of a code such as `0234 AB`."""
    short = persons.filter(pl.col("end") - pl.col("start") <= 2)  # noqa: PLR2004 - letters
    before = texts.gather(short["row"]).alias("text").to_frame().with_columns(end=short["start"])
    said = before.select(pl.col("text").str.head(pl.col("end")).str.tail(2).str.contains(CODE)).to_series()
    return persons.join(short.filter(said), on=["row", "start"], how="anti", maintain_order="left")
