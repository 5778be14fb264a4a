"""Persons in running text, Dutch first, English too: by a tagger that sees words, lists, spelling and neighbours."""

import multiprocessing
from collections.abc import Callable, Iterator
from functools import partial

import polars as pl

from igmap.inventory.people.tagger import Found, Tagger, tagger
from igmap.inventory.readable import original_span, readable

SHARE = 2_000  # texts that are read before progress is told


def find_persons(text: str) -> list[tuple[int, int]]:
    """Where persons are named.

    Args:
        text: any text, as it is.

    Returns:
        Character offsets (start, end) into the text, in order, not overlapping.

    Example:
        >>> text = "Beste Fatima, Jan-Willem de Vries belt morgen."
        >>> [text[a:b] for a, b in find_persons(text)]
        ['Fatima', 'Jan-Willem de Vries']
    """
    return [(person.start, person.end) for person in _found([text], tagger())[0]]


def persons_in(
    values: pl.Series,
    *,
    processes: int = 1,
    told: Callable[[int, int], None] = lambda _done, _of: None,
    by: Tagger | None = None,
    least: float | None = None,
) -> pl.DataFrame:
    """Where persons are named in a column; each distinct text is read once.

    Args:
        values: texts; blanks name nobody.
        processes: over how many processes the reading of a big column is spread.
        told: is called with how many distinct texts are read, and of how many, as it goes on.
        by: another tagger than the package's; it reads in this process.
        least: how likely a word must be part of a name, 0-1; by default what names persons best.

    Returns:
        One row per person: `row` of the value, `start` and `end` in its characters, `score` 0–1.
    """
    texts = values.drop_nulls().unique(maintain_order=True)
    shares = [texts.slice(start, SHARE).to_list() for start in range(0, len(texts), SHARE)]
    read: list[list[Found]] = []
    for found in _spread(shares, processes, by, least):
        read += found
        told(len(read), len(texts))
    persons = pl.DataFrame(
        [(text, *person) for text, some in enumerate(read) for person in some],
        schema={"text": pl.UInt32, "start": pl.Int64, "end": pl.Int64, "score": pl.Float64},
        orient="row",
    )
    rows = values.alias("value").to_frame().with_row_index("row").drop_nulls()
    numbered = rows.join(texts.alias("value").to_frame().with_row_index("text"), on="value")
    return numbered.join(persons, on="text").select("row", "start", "end", "score").sort("row", "start")


def _spread(
    shares: list[list[str]], processes: int, by: Tagger | None, least: float | None
) -> Iterator[list[list[Found]]]:
    if processes == 1 or len(shares) == 1 or by:
        yield from (_found(share, by or tagger(), least) for share in shares)
        return
    with multiprocessing.get_context("spawn").Pool(min(processes, len(shares))) as pool:
        yield from pool.imap(partial(_found_apart, least=least), shares)


def _found_apart(texts: list[str], least: float | None) -> list[list[Found]]:
    return _found(texts, tagger(), least)


def _found(texts: list[str], by: Tagger, least: float | None = None) -> list[list[Found]]:
    """The persons in each text as a reader sees it, told in characters of the text as given."""
    seen = [readable(text) for text in texts]
    found = by.persons([plain for plain, _ in seen], least=least)
    return [
        some if offsets is None else [_original(one, offsets, len(text)) for one in some]
        for some, (_, offsets), text in zip(found, seen, texts, strict=True)
    ]


def _original(one: Found, offsets: list[int], size: int) -> Found:
    return Found(*original_span(offsets, one.start, one.end, size), one.score)
