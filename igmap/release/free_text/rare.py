"""Combinations of words that one person only writes or is written about: two or three words that are each rare.

One rare word by itself says little, and five words in a row are looked for among the survivors. These need not stand
beside each other: the only one who teaches this, there.
"""

import polars as pl

CROWD = 20  # persons from which on it says something that one only has it
SHARE = 0.05  # of the persons, up to which a word is rare
MOST = 8  # rarest words of a text that are put together
SHORT = 4  # letters from which a word has content


def rare_words(words: pl.DataFrame, people: int) -> pl.DataFrame:
    """The rarest words of each text that at least two persons have and at most one in twenty.

    Args:
        words: with `row`, `start`, `end`, `plain`, `kept` and the number of `persons` who have the word.
        people: how many there are.
    """
    content = (pl.col("plain").str.len_chars() >= SHORT) & pl.col("kept")
    rare = words.filter(content & pl.col("persons").is_between(2, SHARE * people) & pl.lit(people >= CROWD))
    once = rare.unique(["row", "plain"], keep="first", maintain_order=True).sort("row", "persons", "plain")
    ranked = once.with_columns(rank=pl.int_range(pl.len()).over("row")).filter(pl.col("rank") < MOST)
    return ranked.select("row", "start", "end", "rank", key=pl.col("plain").hash(seed=1))


def combinations(words: pl.DataFrame, whose: pl.DataFrame) -> pl.DataFrame:
    """Two or three rare words of a text that stand together in texts of one person only.

    As several persons have each of the words it is the combination that is rare; words that one person only has are
    told by themselves.

    Args:
        words: the rare words of all texts.
        whose: the `person` of each `row`; a row may be of several.

    Returns:
        `row`, `start` of the first word and `end` of the last, `why` and how `sure`.
    """
    pairs = _joined(words, words)
    lonely = _of_one(pairs, whose)
    shared = pairs.join(lonely, on=["row", "key"], how="anti")
    triples = _of_one(_joined(shared, words), whose)
    both = pl.concat([lonely, triples]).group_by("row").agg(pl.col("start").min(), pl.col("end").max())
    return both.with_columns(why=pl.lit("combination"), sure=pl.lit("possible"))


def _joined(some: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Each of some words, or pairs of them, with every word of the same text that is less rare: always in one order."""
    both = some.join(words, on="row", suffix="_more").filter(pl.col("rank") < pl.col("rank_more"))
    return both.select(
        "row",
        start=pl.min_horizontal("start", "start_more"),
        end=pl.max_horizontal("end", "end_more"),
        rank="rank_more",
        key=pl.struct("key", "key_more").hash(seed=1),
    )


def _of_one(combined: pl.DataFrame, whose: pl.DataFrame) -> pl.DataFrame:
    """Those that stand in texts of one person only."""
    people = combined.select("row", "key").join(whose, on="row").group_by("key").agg(pl.col("person").n_unique())
    return combined.join(people.filter(pl.col("person") == 1).select("key"), on="key", how="semi")
