"""Texts as they are read, long ones in pieces, and the way back from a place in a piece to the text as given."""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from igmap.inventory.readable import Offsets, original_span, seen_at

LONGEST = 5_000  # characters of a piece: what a pattern is tried on at once stays small
ENDS = ("\n\n", "\n", ". ", " ")  # where a long text is cut, the best first
MARKUP = r"</?[a-zA-Z][a-zA-Z0-9]{0,15} ?/?>|&#?[a-zA-Z0-9]{2,10};"
INLINE = re.compile(r"</?(?:a|abbr|b|big|em|font|i|mark|s|small|span|strong|sub|sup|u) ?/?>", re.IGNORECASE)
ODD = r"[^\t\n\r -~]|[<&]|[A-Za-z0-9+/]{60}"  # a text without these is as its reader sees it
ENCODED = r"(?m)^[A-Za-z0-9+/]{60,}={0,2}\r?$"  # a line of a file in base64: names in it are chance


@dataclass(frozen=True, slots=True)
class Pieces:
    """Texts in pieces.

    Args:
        texts: the pieces as they are read.
        at: of each piece the `row` of the text it is of, and the character of the readable text at which it begins.
        wholes: the texts as given, readable, for what must be read as a whole.
        offsets: of the texts that are not as they are read, the place of every character in the original.
        sizes: of those texts, their characters.
    """

    texts: pl.Series
    at: pl.DataFrame
    wholes: pl.Series
    offsets: Mapping[int, Offsets]
    sizes: Mapping[int, int]

    @classmethod
    def of(cls, values: pl.Series) -> "Pieces":
        """Read texts; blanks and nulls have no pieces.

        Markup without attributes is no part of what a reader sees, nor is a name for a character: a line of its own
        for a tag that ends one, nothing for another, the character for its name.
        """
        seen = values.to_frame("text").with_row_index("row").filter(pl.col("text").str.len_bytes() > 0)
        offsets, sizes = {}, {}
        is_odd = seen["text"].str.contains(ODD)
        written = []
        for row, text in seen.filter(is_odd).iter_rows():
            plain, found = seen_at(text, (re.compile(MARKUP), _unmarked))
            written.append(re.sub(ENCODED, _blank, plain))
            if found is not None:
                offsets[row], sizes[row] = found, len(text)
        texts = seen["text"].scatter(is_odd.arg_true(), written) if written else seen["text"]
        pieces = _cut(seen.with_columns(text=texts))
        wholes = (
            pl.repeat("", len(values), eager=True).scatter(seen["row"], texts) if len(seen) else values.fill_null("")
        )
        return cls(pieces["text"], pieces.select("row", "shift"), wholes, offsets, sizes)

    def spread(self, which: pl.Series) -> "tuple[Pieces, pl.DataFrame]":
        """The same for a column in which these texts come again and again.

        Args:
            which: the text of each row.

        Returns:
            The pieces, and the `piece` of the texts that each of them is.
        """
        rows = pl.DataFrame({"new": pl.int_range(len(which), dtype=pl.UInt32, eager=True), "row": which})
        numbered = self.at.cast({"row": which.dtype}).with_row_index("piece")
        told = rows.join(numbered, on="row").sort("new", "piece")
        at = told.select(row="new", shift="shift").cast(
            {"row": self.at.schema["row"], "shift": self.at.schema["shift"]}
        )
        odd = rows.filter(pl.col("row").is_in(list(self.offsets))).rows()
        offsets, sizes = {new: self.offsets[row] for new, row in odd}, {new: self.sizes[row] for new, row in odd}
        texts, wholes = self.texts.gather(told["piece"]), self.wholes.gather(which)
        return Pieces(texts, at, wholes, offsets, sizes), told.select("piece")

    def in_pieces(self, found: pl.DataFrame) -> pl.DataFrame:
        """Spans in whole texts as spans in pieces; one that runs over the end of a piece belongs to that piece."""
        numbered = self.at.with_row_index("piece").cast({"shift": pl.UInt32})
        placed = found.with_columns(pl.col("row").cast(pl.UInt32), shift=pl.col("start").cast(pl.UInt32))
        spans = placed.sort("row", "shift").join_asof(
            numbered.with_columns(begins="shift"), on="shift", by="row", check_sortedness=False
        )
        return spans.with_columns(
            row="piece", start=pl.col("start") - pl.col("begins"), end=pl.col("end") - pl.col("begins")
        ).select(found.columns)

    def original(self, found: pl.DataFrame) -> pl.DataFrame:
        """Spans in pieces (`row`, `start`, `end`, more) as spans in the texts as given, in their order."""
        at = self.at[found["row"]]
        moved = {side: pl.col(side).cast(pl.UInt32) + at["shift"] for side in ("start", "end")}
        spans = found.with_columns(row=at["row"], **moved).sort("row", "start")
        if not self.offsets:
            return spans
        placed = [
            original_span(self.offsets[row], start, end, self.sizes[row]) if row in self.offsets else (start, end)
            for row, start, end in spans.select("row", "start", "end").iter_rows()
        ]
        starts, ends = np.array(placed, np.uint32).reshape(-1, 2).T
        return spans.with_columns(start=pl.Series(starts), end=pl.Series(ends))


def _blank(line: re.Match[str]) -> str:
    return " " * len(line[0])


def _unmarked(mark: str) -> str:
    if mark[0] == "&":
        return html.unescape(mark)
    return "" if INLINE.fullmatch(mark) else "\n"


def _cut(seen: pl.DataFrame) -> pl.DataFrame:
    """The pieces of texts in their order: `text`, `row`, `shift`."""
    is_long = seen["text"].str.len_bytes() > LONGEST
    short = seen.filter(~is_long).select("text", "row", shift=pl.lit(0, pl.UInt32))
    parts = [
        (text[start:end], row, start)
        for row, text in seen.filter(is_long).select("row", "text").iter_rows()
        for start, end in _ends(text)
    ]
    return pl.concat([short, pl.DataFrame(parts, schema=short.schema, orient="row")]).sort("row", "shift")


def _ends(text: str) -> Iterator[tuple[int, int]]:
    """Where the pieces of a long text start and end: at a blank line if there is one, else at a lesser end."""
    start = 0
    while start < len(text):
        end = min(start + LONGEST, len(text))
        if end < len(text):
            found = (text.rfind(mark, start + LONGEST // 2, end) for mark in ENDS)
            end = next((at + 1 for at in found if at >= 0), end)
        yield start, end
        start = end
