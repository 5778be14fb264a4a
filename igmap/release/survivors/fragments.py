"""Fragments of texts that one person only has: whoever knows the text knows the person."""

from collections.abc import Iterator
from typing import Any

import polars as pl

from igmap.release.source import Source
from igmap.release.staged import Staged
from igmap.release.survivors.forms import WORD, folded

WORDS = 5  # in a row
CODE = 5  # signs of a word with a digit in it
MESSAGES = {"message_content"}
MOST = 0.5  # share of the filled cells, from which texts of several words are written freely


def unique_fragments(staged: Staged, source: Source) -> int:
    """Released cells with five words in a row, or a code, that stand in texts of one person only in the source.

    Looked at are columns of free text.
    """
    return sum(
        _unique(staged.table[column["field"]], column["field"], source)
        for column in staged.kept
        if column["field"] in staged.table.columns and is_text(staged, column)
    )


def is_text(staged: Staged, column: dict[str, Any]) -> bool:
    """Whether a released column is free text: redacted, messages by its category, or mostly different and of words."""
    if column["role"] == "quasi" or column["type"] != "string":
        return False
    if column.get("category") in MESSAGES or any("redact" in step for step in column.get("transform") or ()):
        return True
    cells = staged.table[str(column["field"])]
    return written_freely(cells.rename("text").value_counts(name="rows"))


def written_freely(cells: pl.DataFrame) -> bool:
    """Whether most filled cells of a column of texts are different and have several words.

    Args:
        cells: each different `text`, with its `rows`.
    """
    filled = cells.drop_nulls("text")
    most = MOST * int(filled["rows"].sum())
    several = filled.filter(pl.col("text").str.count_matches(r"\pL{2,}") >= WORDS) if filled.height > most else filled
    return filled.height > most and int(several["rows"].sum()) > most


def _unique(cells: pl.Series, field: str, source: Source) -> int:
    counted = cells.drop_nulls().value_counts(name="rows")
    released = _fragments(counted[cells.name])
    known = source.every(field, *source.person_field)
    texts = known.select("record", text=source.columns[field], person=source.who).drop_nulls("text")
    ours = pl.concat([*_theirs(texts, released["fragment"].unique())]).unique()
    once = ours.group_by("fragment").len().filter(pl.col("len") == 1)["fragment"]
    return int(counted[released.filter(pl.col("fragment").is_in(once.implode()))["place"].unique()]["rows"].sum())


def _theirs(texts: pl.DataFrame, asked: pl.Series) -> Iterator[pl.DataFrame]:
    """The `person` and `fragment` of each text of the source, of those fragments that are asked for."""
    yield pl.DataFrame(schema={"person": pl.String, "fragment": pl.String})
    for part in texts.unique(["text", "person"], maintain_order=True).iter_slices(100_000):
        found = _fragments(part["text"]).filter(pl.col("fragment").is_in(asked.implode()))
        yield found.select(person=part["person"][found["place"]], fragment="fragment").unique()


def _fragments(texts: pl.Series) -> pl.DataFrame:
    """Five words in a row, and words with a digit: `place` of the text and `fragment`."""
    plain = folded(texts)
    words = _split(plain, r"\pL+")
    row = [pl.col("word").shift(-step) for step in range(WORDS)]
    together = pl.col("place").shift(1 - WORDS) == pl.col("place")
    shingles = words.select("place", pl.when(together).then(pl.concat_str(row, separator=" ")).alias("fragment"))
    codes = _split(plain, WORD).filter((pl.col("word").str.len_chars() >= CODE) & pl.col("word").str.contains(r"\d"))
    return pl.concat([shingles.drop_nulls(), codes.select("place", fragment="word")])


def _split(texts: pl.Series, pattern: str) -> pl.DataFrame:
    words = pl.DataFrame({"word": texts.str.extract_all(pattern)}).with_row_index("place")
    return words.explode("word").drop_nulls()
