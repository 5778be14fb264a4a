"""Places in text: one of the list behind a word that leads to a place, a postcode or a house number."""

import re
from collections.abc import Iterator
from functools import cache

import polars as pl

from igmap.inventory.mentions.cues import SPANS, cues_of
from igmap.inventory.people.names import places
from igmap.vocabulary import load_yaml

NAME = re.compile(r"['’]?[^\W\d_][\w'’]*(?:[ -]+['’]?[\w'’]+){0,4}")
LONG = 7  # letters of a place that is no word too
ARTICLE = re.compile("(?:den?|het|the) ")
MOST_WORDS = re.compile(r"[ -]+(?=\S)")


def placed(values: pl.Series) -> pl.DataFrame:
    """Where a place is named: `row`, `start`, `end`, `score`."""
    rows = [
        (row, end, end + size, score)
        for cue in cues_of("places")
        for row, _, end, score in cue.places(values)
        if (size := _place_at(values[row], end))
    ]
    return pl.DataFrame(rows, schema=SPANS, orient="row")


def _place_at(text: str, start: int) -> int:
    """The characters of the place that is named there; none if there is no such place."""
    found = NAME.match(text, start)
    return next((len(name) for name in _shorter(found[0]) if is_place(name)), 0) if found else 0


def _shorter(name: str) -> Iterator[str]:
    """The name, and what is left when its last words are taken off."""
    ends = [len(name), *(part.start() for part in reversed(list(MOST_WORDS.finditer(name))))]
    yield from (name[:end] for end in ends)


def is_place(name: str) -> bool:
    """A place of the list with a capital, or without one that is too long to be a word."""
    lower = name.lower().replace("’", "'")
    has_capital = any(letter.isupper() for letter in re.sub("^['’]?s-", "", name))
    is_long = len(lower) >= LONG and not ARTICLE.match(lower)
    return lower in _abroad() or (lower in _all_places() and (has_capital or is_long))


@cache
def _all_places() -> frozenset[str]:
    return frozenset(places()) | _abroad()


@cache
def _abroad() -> frozenset[str]:
    return frozenset(map(str, load_yaml("igmap.vocabulary", "lists.yaml")["city"]))
