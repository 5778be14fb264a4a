"""Where in a text something stands that the inventory counts: what detectors find, persons, words of special data."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

import polars as pl

from igmap.inventory.detectors import DETECTORS, Detector
from igmap.inventory.people import persons_in
from igmap.vocabulary.speaking import special_patterns

Spans = Callable[[str], list[tuple[int, int]]]


def places_of(kind: str, values: pl.Series, detectors: Sequence[Detector] = DETECTORS) -> pl.DataFrame:
    """Where in each value it stands: `row`, `start` and `end` in characters.

    Args:
        kind: as `detections` of the inventory call it: a detector, `name`, or a special category.
        values: texts.
        detectors: those the inventory was made with.
    """
    for detector in detectors:
        if detector.id == kind:
            return detector.places(values)
    schema = dict.fromkeys(("row", "start", "end"), pl.UInt32)
    if kind == "name":
        return persons_in(values).select(*schema).cast(pl.UInt32)
    rows = [(row, start, end) for row, value in enumerate(values) for start, end in spoken_of(kind)(value)]
    return pl.DataFrame(rows, schema=schema, orient="row")


def spoken_of(category: str) -> Spans:
    """Finds the words that speak of a special category."""
    return lambda text: list(_spoken(category, text))


def _spoken(category: str, text: str) -> Iterator[tuple[int, int]]:
    yield from (match.span() for match in _pattern(category).finditer(text))


@cache
def _pattern(category: str) -> re.Pattern[str]:
    return re.compile(special_patterns()[category], re.IGNORECASE)
