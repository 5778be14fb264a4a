"""Who is named in texts: by the tagger, and by what the texts say of themselves."""

import re
from collections.abc import Callable

import polars as pl

from igmap.inventory.mentions.cues import cued
from igmap.inventory.mentions.widened import widened
from igmap.inventory.people import persons_in
from igmap.inventory.people.known.found import met_in_texts
from igmap.inventory.people.known.headers import holders_of
from igmap.inventory.people.known.resolving import MET, NAMED
from igmap.inventory.people.names import particles
from igmap.inventory.people.tagger.kinds import codes, lists

LEAST = 0.06  # how likely a word must be part of a name where a miss weighs more: see `docs/decisions.md`
WORD = r"\p{L}[\p{L}\p{M}'’-]*"
DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
STATED = ("stated_names", "stated_initials", "stated_given")
GIVEN = "[gG]"
CODE = "[0-9] ?$"  # behind which one or two letters are no person
LABEL = r"^[.:]? ?[(+]?[0-9]"  # before which one letter says what a number is
NUMBERED = r"^(.*?\p{L}[\p{L}.]*)[^\p{L}\d]+\d{2,}"  # a name with the digits behind it
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
    tagged = persons_in(texts, least=LEAST if careful else None, told=told)
    found = _without_codes(_before_numbers(tagged, texts), texts)
    if not careful:
        return found
    stated, initials, given = (cued(file, texts).cast(pl.Schema(found.schema)) for file in STATED)
    worded = _without_words(_trimmed(pl.concat([found, stated]), texts), texts)
    return pl.concat([widened(worded, texts), initials, _listed(given, texts)])


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


def _before_numbers(persons: pl.DataFrame, texts: pl.Series) -> pl.DataFrame:
    """Persons up to the number that runs on behind their name, as in a signature: `T 06-12345678`."""
    said = texts.gather(persons["row"]).to_frame("text").with_columns(persons["start", "end"])
    name = said.select(name=pl.col("text").str.slice("start", pl.col("end") - pl.col("start")))["name"]
    size = name.str.extract(NUMBERED).str.len_chars().cast(pl.Int64)
    return persons.with_columns(end=pl.coalesce(pl.col("start") + size.alias("size"), "end"))


def _trimmed(persons: pl.DataFrame, texts: pl.Series) -> pl.DataFrame:
    """Persons without the small words around what has a capital: titles, and words of the sentence."""
    said = texts.gather(persons["row"]).to_frame("text").with_columns(persons["start", "end"])
    name = said.select(name=pl.col("text").str.slice("start", pl.col("end") - pl.col("start")))["name"]
    mixed = name.str.contains(r"(?:^|\s)\p{Lu}") & name.str.contains(r"^\p{Ll}|\s\p{Ll}\S*$")
    spans = [
        (row, start + first, start + last, score)
        for (row, start, _, score), text in zip(persons.filter(mixed).iter_rows(), name.filter(mixed), strict=True)
        for first, last in [_inner(text)]
    ]
    return pl.concat([persons.filter(~mixed), pl.DataFrame(spans, schema=persons.schema, orient="row")])


def _inner(name: str) -> tuple[int, int]:
    """Where a name begins and ends without the small words around it that are no particles."""
    words = [word for word in re.finditer(r"\S+", name) if not word[0][:1].islower() or word[0].lower() in particles()]
    return (words[0].start(), words[-1].end()) if words else (0, len(name))


def _without_words(persons: pl.DataFrame, texts: pl.Series) -> pl.DataFrame:
    """Persons without those that are titles, greetings, months and days only, which no list has as names."""
    spans = persons.with_row_index("span")
    said = texts.gather(spans["row"]).to_frame("text").with_columns(spans["span", "start", "end"])
    name = pl.col("text").str.slice("start", pl.col("end") - pl.col("start"))
    words = said.select("span", word=name.str.extract_all(WORD)).explode("word").drop_nulls()
    different = words["word"].unique()
    coded = pl.Series(codes(different.str.to_lowercase().to_list(), lists()), dtype=pl.String)
    closed = coded.str.contains("[thomc]") & ~coded.str.contains("[gGfF]")
    no_names = different.filter(closed | different.is_in(DAYS))
    named = words.filter(~pl.col("word").is_in(no_names.implode()))["span"].unique()
    return spans.filter(pl.col("span").is_in(named.implode())).drop("span")


def _listed(persons: pl.DataFrame, texts: pl.Series) -> pl.DataFrame:
    """Persons without those that no list has as a given name, be it with the `s` of what is theirs (`Amjads`)."""
    said = texts.gather(persons["row"]).to_frame("text").with_columns(persons["start", "end"])
    name = said.select(pl.col("text").str.slice("start", pl.col("end") - pl.col("start"))).to_series()
    words = name.unique().str.to_lowercase()
    coded = pl.Series(codes(words.to_list(), lists()), dtype=pl.String)
    owners = pl.Series(codes(words.str.strip_suffix("s").to_list(), lists()), dtype=pl.String)
    owned = owners.str.contains(GIVEN) & (coded == "")
    return persons.filter(name.str.to_lowercase().is_in(words.filter(coded.str.contains(GIVEN) | owned).implode()))


def _without_codes(persons: pl.DataFrame, texts: pl.Series) -> pl.DataFrame:
    """Persons without the letters of codes (`0234 AB`), before numbers (`T 0234-56`), and a letter alone (`v`)."""
    short = persons.filter(pl.col("end") - pl.col("start") <= 2)  # noqa: PLR2004 - letters
    said = texts.gather(short["row"]).to_frame("text").with_columns(short["start", "end"])
    before = pl.col("text").str.head(pl.col("start")).str.tail(2)
    after = pl.col("text").str.slice(pl.col("end"), 4)
    is_alone = pl.col("text").str.strip_chars().str.len_chars() == 1
    is_code = said.select(before.str.contains(CODE) | after.str.contains(LABEL) | is_alone).to_series()
    return persons.join(short.filter(is_code), on=["row", "start"], how="anti", maintain_order="left")
