"""Values of a field that are categories: few, each of many records, and by no sign a person's name."""

import polars as pl

from igmap.inventory.mentions import mentions_in
from igmap.inventory.people.tagger.kinds import alike, codes, lists

MOST, FEWEST = 20, 5  # different values of a field of categories; records of each
SHARE = 0.1  # of the records, that the different values are at most
WORD = r"\p{L}[\p{L}\p{M}'’]*"
NAMES = "[gGfF]"
LIKE = 7  # from which on a word is spelled like a name
CODE = r"^\p{Lu}{1,5}$"


def categories(values: pl.Series) -> frozenset[str]:
    """The values of a field that are left as they are, whoever may be read in one of them alone.

    A value in which somebody or something is found at even odds is none, nor is one with a word of the lists of names
    or of their spelling; blanks are none either.

    Args:
        values: of the field, in records enough to tell.
    """
    counted = values.drop_nulls().value_counts(sort=True).rename({values.name: "value"})
    if not 1 < len(counted) <= min(MOST, SHARE * len(values)) or counted["count"].min() < FEWEST:  # type: ignore[operator]
        return frozenset()
    told = counted.select("value")["value"].sort()
    named = mentions_in(told)["row"].unique()
    plain = told.filter(~pl.int_range(len(told), eager=True).is_in(named.implode()))
    return frozenset(value for value in plain if _is_no_name(value))


def _is_no_name(value: str) -> bool:
    words = pl.Series([value]).str.extract_all(WORD).explode().drop_nulls()
    written = pl.Series(codes(words.to_list(), lists()), dtype=pl.String)
    likeness = pl.Series(alike(words.to_list(), lists()), dtype=pl.Int64)
    is_word = written.str.contains("w") | (likeness < LIKE) | words.str.contains(CODE)
    return bool(value.strip()) and not written.str.contains(NAMES).any() and is_word.all()
