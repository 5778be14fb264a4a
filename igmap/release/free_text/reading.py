"""Texts as their reader sees them, word by word, with the place of every word in the text as given."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from igmap.inventory.detectors.detector import matches
from igmap.inventory.people.names import folded
from igmap.inventory.readable import original_span, readable

WORD = r"(?:\p{Lu}\.)+|\p{L}[\p{L}\p{M}]*(?:[-'’]\p{L}[\p{L}\p{M}]*)*"
ODD = r"[^\n\r\t -~]"  # without such a sign a text is as it is seen
BREAKS = r"[\n\r\t]"
SPAN: Any = {"row": pl.UInt32, "start": pl.UInt32, "end": pl.UInt32}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Read:
    """Texts that were read.

    Args:
        given: as they are; a blank is empty.
        seen: as a reader sees them.
        offsets: of the texts that are seen otherwise than they are written, where each sign stands in them, by row.
    """

    given: pl.Series
    seen: pl.Series
    offsets: Mapping[int, list[int]]

    @classmethod
    def of(cls, texts: pl.Series) -> "Read":
        """Read texts; only those with a sign beyond plain letters are looked at one by one."""
        given = texts.cast(pl.String).fill_null("").rename("value")
        rows = given.str.contains(ODD).arg_true()
        seen = [readable(text) for text in given.gather(rows)]
        offsets = {row: at for row, (_, at) in zip(rows.to_list(), seen, strict=True) if at is not None}
        plain = given.scatter(rows, [text for text, _ in seen]) if len(rows) else given
        return cls(given, plain, offsets)

    def in_given(self, spans: pl.DataFrame) -> pl.DataFrame:
        """Spans of what is seen as spans of the texts as given."""
        odd = pl.col("row").is_in(pl.Series(list(self.offsets), dtype=pl.UInt32).implode())
        moved = [
            (row, *original_span(self.offsets[row], start, end, len(self.given[row])), *more)
            for row, start, end, *more in spans.filter(odd).iter_rows()
        ]
        return pl.concat([spans.filter(~odd), pl.DataFrame(moved, schema=spans.schema, orient="row")])

    def found(self, pattern: str) -> pl.DataFrame:
        """Every match of a pattern in what is seen: `row`, `start`, `end` and the `candidate`."""
        asked = self.seen.to_frame("value").with_row_index("row").filter(pl.col("value").str.contains(pattern))
        if asked.is_empty():
            return pl.DataFrame(schema=SPAN | {"candidate": pl.String})
        return matches(asked, pattern).cast(SPAN)

    def words(self) -> pl.DataFrame:
        """Every word: `row`, `start`, `end`, the `word`, how it is looked up (`plain`), and the `gap` behind it."""
        words = self.found(WORD).rename({"candidate": "word"}).sort("row", "start")
        texts = self.seen.to_frame("text").with_row_index("row")
        following = pl.col("start").shift(-1).over("row")
        gaps = words.join(texts, on="row", how="left", maintain_order="left").with_columns(
            gap=pl.col("text").str.slice(pl.col("end"), following - pl.col("end"))
        )
        return gaps.drop("text").with_columns(plain=looked_up(words["word"]))


def looked_up(words: pl.Series) -> pl.Series:
    """Words as the lists have them: small letters, no accents, no point and no genitive behind them."""
    distinct = words.unique()
    bare = distinct.str.replace(r"['’]s$", "").str.strip_chars_end(".")
    plain = pl.Series([folded(word) for word in bare], dtype=pl.String)
    return words.replace_strict(distinct, plain, return_dtype=pl.String) if len(distinct) else words


def squeezed(texts: pl.Series) -> pl.Series:
    """Letters and digits only, in small letters: what a redaction leaves of a text is in it whatever the spacing."""
    return texts.str.to_lowercase().str.replace_all(r"[^\pL\pN]+", "")
