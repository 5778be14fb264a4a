"""Every word of a text as one sign, so that how persons are named is a pattern over signs.

The words are looked up in the lists, weighed by their spelling, and counted: no list of ordinary words is shipped, but
a word that several people write in small letters is one.
"""

from collections.abc import Iterator

import polars as pl

from igmap.inventory.detectors.detector import matches
from igmap.inventory.people.names import listed, not_names, particles, places, words_of
from igmap.inventory.people.spelling import likeness
from igmap.release.free_text.reading import SPAN

ALIKE, SPELLED = -0.5, 3.0  # log-odds of being a name: rather one than not, and hardly anything else
SHOUTED = 0.6  # share of words in capitals from which capitals say nothing
FEW = 3  # letters below which an unknown word says nothing
ACRONYM = 5  # letters
WIDTH = 2  # signs of a word
HITS = SPAN | {"why": pl.String, "sure": pl.String}
NAMED = "[GNFA]"  # any name of the lists with a capital
ANY = "[GNFAUCM]"  # with a capital, and no ordinary word
AFTER = "[ .]"  # a title may have its point
# Why, how sure, and the signs; each word has a second sign for what follows it: joined, a comma, an end, anything else.
RULES = (
    ("listed_name", "certain", f"G (?:p )*{ANY}.|[GN] (?:p )+{ANY}.|[GN] [FGUA].|N N.|[FAUG],[GN].|M,[GN] p."),
    ("listed_name", "certain", r"g (?:p )*[fg].|[fg],g."),
    ("listed_name", "likely", r"g (?:p )*[anu].|[gn] (?:p )+[fanum].|n f."),
    ("introduced", "certain", f"t{AFTER}(?:i )*(?:p )*[GFU].|h [GFN]."),
    ("introduced", "certain", f"(?:i )+(?:p )*{NAMED}."),
    ("introduced", "likely", f"t{AFTER}(?:i )*(?:p )*[NACSfgau].|h[ ,](?:[gnAUM]|p [A-Z])."),
    ("introduced", "likely", r"(?:i )+(?:p )*[UCS]."),
    ("introduced", "possible", r"h [CS]."),
    ("capital", "likely", r"[US] (?:p )*[UFGAN].|[US] (?:p )+[UCFGANM]."),
    ("given_name", "likely", r"[Gg]."),
    ("family_name", "likely", r"F."),
    ("capital", "likely", r"U."),
    ("family_name", "possible", r"[fA]."),
    ("rare_word", "possible", r"[uS]."),
)


def kinds_of(words: pl.DataFrame, counts: pl.DataFrame) -> pl.DataFrame:
    """The words with `kind` and `sep`, one sign each.

    Args:
        words: as `Read.words` gives them, with `kept`: whether the word is one of the original.
        counts: of each `plain` word the `persons` who have it, and whether it is `ordinary`.
    """
    told = words.join(_lookups(words["plain"].unique()).join(counts, on="plain", how="left"), on="plain", how="left")
    told = told.sort("row", "start").with_columns(
        sep=pl.when(pl.col("gap").is_null()).then(pl.lit("."))
        .when(pl.col("gap").str.contains(r"^ {0,2}(?:\n ?)?$")).then(pl.lit(" "))
        .when(pl.col("gap").str.contains(r"^ ?, ?$")).then(pl.lit(","))
        .when(pl.col("gap").str.contains(r"[.!?:;•\n]")).then(pl.lit(".")).otherwise(pl.lit("/")),
        first=pl.col("word").str.contains(r"^\p{Lu}"),
        caps=pl.col("word").str.contains(r"^\p{Lu}{2,}$"),
    )  # fmt: skip
    before = pl.col("sep").shift(1).over("row")
    parted = pl.col("gap").shift(1).over("row").str.contains("\n").fill_null(value=True)
    loud = (pl.col("caps").mean().over("row") > SHOUTED) & (pl.len().over("row") >= FEW)
    told = told.with_columns(
        capital=pl.col("first") & ~loud,
        inside=(before != ".").fill_null(value=False) & ~parted,
        acronym=pl.col("caps") & ~loud & (pl.col("word").str.len_chars() <= ACRONYM),
        rare=pl.col("persons").fill_null(0) <= 1,
        ordinary=pl.col("ordinary").fill_null(value=False),
    )
    return told.with_columns(kind=_kind())


def _kind() -> pl.Expr:
    """One sign per word: a capital where it is written with one."""
    size, col, capital = pl.col("word").str.len_chars(), pl.col, pl.col("capital")
    unknown = ~col("acronym") & ~col("ordinary") & ~col("barred") & (size >= FEW)
    alike = unknown & col("rare") & (col("likeness") > ALIKE)
    signs: list[tuple[pl.Expr, str, str]] = [
        (~col("kept"), "-", "-"),
        (col("word").str.contains(r"^(?:\p{Lu}\.)+$"), "i", "i"),
        (col("title"), "t", "t"),
        (col("greeting"), "h", "h"),
        (col("particle"), "p", "p"),
        (col("barred") & (col("given") | col("family")), "M", "m"),
        (col("given") & col("sure"), "G", "g"),
        (col("given"), "N", "n"),
        (col("family") & col("sure"), "F", "f"),
        (col("family"), "A", "a"),
        (alike & capital & col("inside"), "U", "u"),
        (alike & capital, "S", "u"),
        (unknown & capital & col("inside"), "C", "x"),
        (alike & (col("likeness") > SPELLED), "u", "u"),
    ]
    kind = pl.lit("x")
    for holds, large, small in reversed(signs):
        cased = pl.when(capital).then(pl.lit(large)).otherwise(pl.lit(small))
        kind = pl.when(holds.fill_null(value=False)).then(cased).otherwise(kind)
    return kind


def _lookups(plain: pl.Series) -> pl.DataFrame:
    """What each word is by the lists, and how much it is spelled like a name."""
    frame = plain.to_frame("plain").with_columns(head=pl.col("plain").str.extract(r"^([^-]+)-"))
    names = listed().rename({"name": "plain"})
    known = frame.join(names, on="plain", how="left", maintain_order="left")
    heads = frame.select(plain="head").join(names, on="plain", how="left", maintain_order="left")
    roles = {role: known[role].fill_null(heads[role]).fill_null(value=False) for role in ("given", "family", "sure")}
    barred = not_names() | words_of("products") | words_of("technical")
    lists = {"title": words_of("titles"), "greeting": words_of("greetings"), "particle": particles(), "barred": barred}
    marks = {name: plain.is_in(list(words)) for name, words in lists.items()}
    marks["barred"] |= plain.is_in(places().implode()) | (plain.is_in(list(words_of("months"))) & ~roles["given"])
    letters = plain.str.replace_all(r"[^\pL'.-]", "")
    return pl.DataFrame({"plain": plain, **roles, **marks, "likeness": likeness(letters)})


def named(words: pl.DataFrame) -> pl.DataFrame:
    """Where signs look like a person: `row`, `start`, `end`, `why` and how `sure`; they may overlap.

    Args:
        words: with their signs.
    """
    signs = words.group_by("row", maintain_order=True).agg(
        value=(pl.col("kind") + pl.col("sep")).str.join(""), starts="start", ends="end"
    )
    hits = pl.concat([pl.DataFrame(schema=HITS), *_hits(signs.select("value").with_row_index("row"))])
    told = hits.join(signs.rename({"row": "of"}).with_row_index("row"), on="row")
    first, last = pl.col("start") // WIDTH, pl.col("end") // WIDTH - 1
    return told.select(
        "why", "sure", row="of", start=pl.col("starts").list.get(first), end=pl.col("ends").list.get(last)
    )


def _hits(signs: pl.DataFrame) -> Iterator[pl.DataFrame]:
    for why, sure, pattern in RULES:
        asked = signs.filter(pl.col("value").str.contains(pattern))
        if asked.height:
            hits = matches(asked, pattern)
            before = hits["candidate"].str.extract(r"^((?:[th].)*)").str.len_chars()  # title or greeting is no name
            told = hits.select("row", pl.col("start") + before, "end").cast(SPAN)
            yield told.with_columns(why=pl.lit(why), sure=pl.lit(sure))
