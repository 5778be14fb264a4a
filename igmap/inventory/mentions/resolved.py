"""One mention for every place in a text: which of those that overlap stays, and what is left of the others."""

import re
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

import polars as pl

NOTE = "function"
FOUND = {
    "row": pl.UInt32, "start": pl.UInt32, "end": pl.UInt32, "kind": pl.String, "who": pl.String, "score": pl.Float64,
}  # fmt: skip
WORDS = re.compile(r"[^\W_](?:.*[^\W_])?", re.DOTALL)
FEWEST = 3  # characters of what is left of a mention
Found = tuple[int, int, int, str, str | None, float]


def resolved(found: pl.DataFrame, texts: pl.Series, fewest: int = FEWEST) -> pl.DataFrame:
    """Mentions that do not overlap, in their order.

    Of mentions that overlap the longest stays, then the surest, then the first; what of another sticks out of it stays
    as a mention of its own, so that nothing that was found is lost. A note of what singles somebody out gives way to
    all others. A name is that of the person who is known to be named in it, if that is one.

    Args:
        found: `row`, `start`, `end`, `kind`, `who`, `score`.
        texts: the texts that they are in.
        fewest: characters of what is left of a mention, for it to stay one.
    """
    if len(found) < 2:  # noqa: PLR2004 - two can overlap
        return found.select(FOUND.keys())
    ordered = found.select(FOUND.keys()).unique().sort("row", "start", "end", "kind", "score", "who", nulls_last=True)
    reached = pl.col("end").cum_max().shift(1, fill_value=0).over("row")
    islands = ordered.with_columns(island=(pl.col("start") >= reached).cum_sum().over("row"))
    is_alone = pl.len().over("row", "island") == 1
    crowded = islands.filter(~is_alone).select("island", *FOUND)
    parted = [
        mention
        for (_, row), island in groupby(crowded.rows(), key=itemgetter(0, 1))
        for mention in _parted([one[1:] for one in island], texts[row], fewest)
    ]
    alone = islands.filter(is_alone).select(FOUND.keys())
    return pl.concat([alone, pl.DataFrame(parted, schema=FOUND, orient="row")]).sort("row", "start")


def _parted(island: list[Found], text: str, fewest: int) -> Iterator[Found]:
    """The mentions of one text that overlap, cut so that they do not."""
    taken: list[tuple[int, int]] = []
    for row, start, end, kind, who, score in sorted(island, key=_rank):
        left = sorted(_left(start, end, taken), key=lambda part: part[0] - part[1])
        taken += left
        told = _told(text, left[:1] if kind == NOTE else left, whole=(start, end), fewest=fewest)
        for span in told:
            yield row, *span, kind, _person(island, *span) if kind == "name" else who, score


def _told(text: str, parts: list[tuple[int, int]], *, whole: tuple[int, int], fewest: int) -> Iterator[tuple[int, int]]:
    """Of what is left of a mention the words, without the signs around them."""
    for first, last in parts:
        if (first, last) == whole:
            yield whole
        elif (words := WORDS.search(text, first, last)) and len(words[0]) >= fewest:
            yield words.span()


def _person(island: list[Found], start: int, end: int) -> str | None:
    """The person who is known to be named in a span, if that is one."""
    known = {who for _, first, last, _, who, _ in island if who is not None and start <= first and last <= end}
    return known.pop() if len(known) == 1 else None


def _rank(mention: Found) -> tuple[bool, int, float, int, str]:
    _, start, end, kind, _, score = mention
    return kind == NOTE, start - end, -score, start, kind


def _left(start: int, end: int, taken: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The parts of a span that no other has taken."""
    for first, last in sorted(taken):
        if first < end and last > start:
            if start < first:
                yield start, first
            start = max(start, last)
    if start < end:
        yield start, end
