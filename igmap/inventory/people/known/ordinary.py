"""Which words are words too, and not only names: from the lists, and from how they are spelled."""

from functools import cache

import polars as pl

from igmap.inventory.people.names import listed, not_names, places, words_of
from igmap.inventory.people.spelling import likeness

SHORT, LONGEST = 3, 10  # letters of a word that may be anything; of names written as one that may be a word
ALIKE, UNLIKE = -0.5, -4.0  # log-odds above which a word is spelled like a name; below which joined ones are no name
NAME, WORD, PLACE = range(3)


def signs_of(words: pl.Series) -> pl.DataFrame:
    """What the lists and the spelling say of words in small letters.

    Returns:
        One row per word: `place` (a country, a big city, a colour, a weekday), `word` (listed as a word, a small
        place or a month, or very short), `name` (listed as a name and no word), `likeness` (log-odds of its spelling).
    """
    distinct = words.unique()
    plain = distinct.str.normalize("NFKD").str.replace_all(r"\p{M}", "")
    looked_up = [_looked_up(one, other) for one, other in zip(distinct, plain, strict=True)]
    told = pl.DataFrame(looked_up, schema={"word": pl.Boolean, "name": pl.Boolean, "place": pl.Boolean}, orient="row")
    told = told.with_columns(distinct.alias("said"), likeness(plain).alias("likeness"))
    return words.to_frame("said").join(told, on="said", how="left", maintain_order="left").drop("said")


def _looked_up(written: str, plain: str) -> tuple[bool, bool, bool]:
    """Whether a word is listed as a word, as a name and no word, as a place; with its accents or without."""
    sure = {_sure().get(written), _sure().get(plain)}
    word = False in sure or written in _words() or plain in _words() or len(plain) <= SHORT
    return word, True in sure, plain in not_names()


@cache
def _sure() -> dict[str, bool]:
    return dict(zip(listed()["name"], listed()["sure"], strict=True))


@cache
def _words() -> frozenset[str]:
    return frozenset(places()) | words_of("months")


def standing(last: pl.Series, joined: pl.Series) -> tuple[pl.Series, pl.Series]:
    """How far a form is a word too: by its last word, and where all of it is written as one.

    Args:
        last: the last word of each form.
        joined: all its letters.

    Returns:
        0 for a name, 1 for a word, 2 for a place; whether the joined form is a word.
    """
    short = joined.str.len_chars() <= LONGEST
    signs, whole = signs_of(last), signs_of(joined.filter(short))
    word = pl.col("word") | (~pl.col("name") & (pl.col("likeness") <= ALIKE))
    kind = signs.select(pl.when("place").then(PLACE).when(word).then(WORD).otherwise(NAME))
    unlike = pl.col("place") | pl.col("word") | (~pl.col("name") & (pl.col("likeness") <= UNLIKE))
    words = pl.repeat(value=False, n=len(joined), eager=True).scatter(
        short.arg_true(), whole.select(unlike).to_series()
    )
    return kind.to_series(), words
