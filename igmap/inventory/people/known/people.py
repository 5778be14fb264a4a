"""Names that were met, and which of them are one person's: the fullest first, the others after whom they fit."""

from functools import cache

import polars as pl

from igmap.inventory.people.known.known import Known
from igmap.inventory.people.known.letters import PLAIN
from igmap.inventory.people.known.parsing import parts_of

FULL, WITH_INITIALS, ALONE = range(3)


def in_words(named: pl.DataFrame) -> pl.DataFrame:
    """Names with their words in one order, folded (`plain`), and how full each is (`level`); null for nobody's.

    Args:
        named: `name`, and whatever else.
    """
    parts = parts_of(named["name"]).filter(pl.col("way") == pl.col("way").min().over("who"))
    order = pl.col("role").replace_strict({"given": 0, "initial": 1, "family": 2}, return_dtype=pl.Int8)
    told = (
        parts.sort("who", order, maintain_order=True)
        .group_by("who", maintain_order=True)
        .agg(plain=pl.col("word").str.join(" "), roles=pl.col("role").unique())
    )
    has = {role: pl.col("roles").list.contains(role) for role in ("given", "family", "initial")}
    level = (
        pl.when(has["given"] & has["family"]).then(FULL)
        .when(has["initial"] & has["family"]).then(WITH_INITIALS)
        .otherwise(ALONE)
    )  # fmt: skip
    folded = pl.col("plain").str.replace_many(PLAIN).str.normalize("NFKD").str.replace_all(r"\p{M}", "")
    plain = told.select("who", folded.str.to_titlecase(), level=level)
    return named.with_row_index("who").join(plain, on="who", how="left", maintain_order="left").drop("who")


def one_each(met: pl.DataFrame) -> pl.DataFrame:
    """The persons behind names, by thread.

    In a thread a full name (given and family) is one person, so father and son are two. Initials with a family name,
    then a family or a given name alone, are the one person of the thread whom they fit; where they fit several they are
    nobody in particular, and where they fit nobody a person of their own.

    Args:
        met: names in words, with their `thread`.

    Returns:
        One row per person: `name` (the longest of those met), `thread`, `plain`, `level` (0 full, 1 initials, 2 one).
    """
    length = pl.col("name").str.len_chars()
    longest = met.select("name", "thread", "plain", "level").sort(length, descending=True, maintain_order=True)
    names = longest.drop_nulls("plain").unique(["thread", "plain"], keep="first", maintain_order=True)
    people = names.filter(pl.col("level") == FULL)
    for level in (WITH_INITIALS, ALONE):
        less = names.filter(pl.col("level") == level)
        known = Known.of(people["name"], people["thread"]) if len(less) and len(people) else nobody()
        people = pl.concat([people, less.filter(whom(less, known).is_null())])
    return people


def whom(met: pl.DataFrame, known: Known) -> pl.Series:
    """The known person or group that each name is as a whole; null for none.

    Args:
        met: names in words, with their `thread`, which counts where the known persons have one.
        known: whose they may be.
    """
    if not known.persons or not len(met):
        return pl.Series([None] * len(met), dtype=pl.Int64)
    plain = met["plain"].fill_null("")
    places = known.places(plain, met["thread"] if known.within else None)
    size = plain.str.len_chars().gather(places["row"])
    whole = places.filter(pl.col("who").is_not_null() & (pl.col("start") == 0) & (pl.col("end") == size))
    everyone = pl.DataFrame({"row": pl.int_range(len(met), dtype=pl.UInt32, eager=True)})
    return everyone.join(whole.select("row", "who"), on="row", how="left", maintain_order="left")["who"]


@cache
def nobody() -> Known:
    """Nobody is known."""
    return Known.of([])


def all_of(names: pl.Series) -> Known:
    """Known persons by all their names together, whatever the thread."""
    met = in_words(pl.DataFrame({"name": names, "thread": pl.Series([""] * len(names), dtype=pl.String)}))
    return Known.of(one_each(met)["name"])


def full_names(names: pl.Series) -> pl.Series:
    """The different ones that are full."""
    told = in_words(names.to_frame("name")).filter(pl.col("level") == FULL)
    return told.unique("plain", keep="first", maintain_order=True)["name"]
