"""Which words are words too, and not only names: from the lists, and from how they are spelled."""

from functools import cache

import polars as pl

from igmap.inventory.people.names import listed, not_names, place_hits, words_of
from igmap.inventory.people.spelling import likeness

SHORT = 3  # letters of a word that may be anything
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
    known = [
        one.to_frame("name").join(listed(), on="name", how="left", maintain_order="left")["sure"]
        for one in (distinct, plain)
    ]
    is_word = (~known[0]).fill_null(value=False) | (~known[1]).fill_null(value=False)
    months = list(words_of("months"))
    told = pl.DataFrame(
        {
            "said": distinct,
            "place": plain.is_in(_not_names().implode()),
            "word": is_word | place_hits(distinct) | plain.is_in(months) | (plain.str.len_chars() <= SHORT),
            "name": known[0].fill_null(value=False) | known[1].fill_null(value=False),
            "likeness": likeness(plain),
        }
    )
    return words.to_frame("said").join(told, on="said", how="left", maintain_order="left").drop("said")


@cache
def _not_names() -> pl.Series:
    return pl.Series(sorted(not_names()))


def standing(last: pl.Series, joined: pl.Series) -> tuple[pl.Series, pl.Series]:
    """How far a form is a word too: by its last word, and where all of it is written as one.

    Args:
        last: the last word of each form.
        joined: all its letters.

    Returns:
        0 for a name, 1 for a word, 2 for a place; whether the joined form is a word.
    """
    signs, whole = signs_of(last), signs_of(joined)
    word = pl.col("word") | (~pl.col("name") & (pl.col("likeness") <= ALIKE))
    kind = signs.select(pl.when("place").then(PLACE).when(word).then(WORD).otherwise(NAME))
    unlike = pl.col("place") | pl.col("word") | (~pl.col("name") & (pl.col("likeness") <= UNLIKE))
    return kind.to_series(), whole.select(unlike).to_series()
