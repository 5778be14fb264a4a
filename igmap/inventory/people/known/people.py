"""Names that were met, and which of them are one person's: the fullest first, the others after whom they fit."""

import polars as pl

from igmap.inventory.people.known.known import Known
from igmap.inventory.people.known.parsing import parts_of

FULL, WITH_INITIALS, ALONE = range(3)


def one_each(named: pl.DataFrame) -> pl.DataFrame:
    """The persons behind names, by thread.

    In a thread a full name (given and family) is one person, so father and son are two. Initials with a family name,
    then a family or a given name alone, are the one person of the thread whom they fit; where they fit several they are
    nobody in particular, and where they fit nobody a person of their own.

    Args:
        named: `name` and `thread`.

    Returns:
        One row per person: `name` (the longest of those met), `thread`, `level` (0 full, 1 initials, 2 one name),
        `plain` (its words).
    """
    people = _plain(named).filter(pl.col("level") == FULL)
    people = people.unique(["thread", "plain"], keep="first", maintain_order=True)
    for level in (WITH_INITIALS, ALONE):
        met = _plain(named).filter(pl.col("level") == level).unique(["thread", "plain"], maintain_order=True)
        people = pl.concat([people, _unmet(met, people)])
    return people


def level_of(names: pl.Series) -> pl.Series:
    """How full each name is: 0 full, 1 initials and family name, 2 one name; null for none."""
    told = _plain(pl.DataFrame({"name": names, "thread": ""})).select("who", "level")
    everyone = pl.DataFrame({"who": pl.int_range(len(names), dtype=pl.UInt32, eager=True)})
    return everyone.join(told, on="who", how="left", maintain_order="left")["level"]


def _plain(named: pl.DataFrame) -> pl.DataFrame:
    """Each name with its words in one order, and how full it is; the longest first."""
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
    plain = told.select("who", pl.col("plain").str.to_titlecase(), level=level)
    length = pl.col("name").str.len_chars()
    numbered = named.select("name", "thread").with_row_index("who")
    return numbered.join(plain, on="who", maintain_order="left").sort(length, descending=True, maintain_order=True)


def _unmet(met: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """The names that fit no person of their thread."""
    fits = _fit(met["plain"], Known.of(people["name"], people["thread"]), met["thread"])
    return met.filter(fits.is_null())


def whom(named: pl.DataFrame, known: Known, *, wide: bool = False) -> pl.Series:
    """The person or group that each name is as a whole; null for none.

    Args:
        named: `name` and `thread`.
        known: whose they may be.
        wide: whether threads are of no account.
    """
    plain = _plain(named).sort("who")
    fits = _fit(plain["plain"], known, None if wide else plain["thread"])
    found = pl.DataFrame({"who": plain["who"], "fits": fits})
    everyone = pl.DataFrame({"who": pl.int_range(len(named), dtype=pl.UInt32, eager=True)})
    return everyone.join(found, on="who", how="left", maintain_order="left")["fits"]


def _fit(plain: pl.Series, known: Known, thread: pl.Series | None) -> pl.Series:
    """The person or group that each name is as a whole; null for none."""
    places = known.places(plain, thread).filter(pl.col("who").is_not_null() & (pl.col("start") == 0))
    size = plain.str.len_chars().gather(places["row"])
    whole = places.filter(pl.col("end") == size).select("row", "who")
    everyone = pl.DataFrame({"row": pl.int_range(len(plain), dtype=pl.UInt32, eager=True)})
    return everyone.join(whole, on="row", how="left", maintain_order="left")["who"]
