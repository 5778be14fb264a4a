"""Everything in texts that may point at a person, with what it is, where it stands and how sure that is."""

from collections.abc import Callable, Collection, Sequence
from typing import Protocol

import polars as pl

from igmap.inventory.detectors import DETECTORS, Detector
from igmap.inventory.mentions.addresses import joined, without_places
from igmap.inventory.mentions.cues import SPANS, cued
from igmap.inventory.mentions.dates import dated
from igmap.inventory.mentions.detected import detected
from igmap.inventory.mentions.pieces import Pieces
from igmap.inventory.mentions.places import placed
from igmap.inventory.mentions.resolved import FOUND, resolved
from igmap.inventory.people import find_persons

PERSON_SCORE = 0.7  # lists and rules without a model: about as often right
CUES = {"age": "ages", "organisation": "organisations", "function": "functions", "username": "usernames"}
KINDS: tuple[str, ...] = tuple(sorted({detector.category for detector in DETECTORS} | {"name", "date", "place", *CUES}))


class Known(Protocol):
    """Persons whose names are known and looked for: `igmap.inventory.people.known.Known`."""

    def places(self, values: pl.Series) -> pl.DataFrame:
        """Where each is named: `row`, `start`, `end`, `who`."""
        ...


def mentions_in(
    values: pl.Series,
    kinds: Collection[str] = KINDS,
    detectors: Sequence[Detector] = DETECTORS,
    known: Known | None = None,
) -> pl.DataFrame:
    """Where in each text something stands that may point at a person, and what it is.

    Looked for is what the detectors of the inventory find in text, and names, dates, ages, addresses, places,
    organisations and descriptions that fit one person only. Texts are read as a person reads them: without hidden
    characters, with look-alikes as what they look like, HTML without its tags. Null values and blanks have none.

    Args:
        values: texts, of any length.
        kinds: which are wanted: categories of detectors, `name`, `date`, `place`, `organisation`, `function`.
        detectors: igmap's own, or those of `detectors_of`, with the workspace's.
        known: persons whose names are looked for too.

    Returns:
        One row per mention, in order and not overlapping: `row` of the value, `start` and `end` in its characters as
        given, `kind`, `who` (the number of a known person, or null) and `score` (0-1).

    Example:
        >>> text = "Beste Fatima, 3 mei om 10 uur op Dorpsstraat 1, 1234 AB Utrecht."
        >>> found = mentions_in(pl.Series([text]))
        >>> [(kind, text[a:b]) for a, b, kind in found.select("start", "end", "kind").iter_rows()]
        [('name', 'Fatima'), ('date', '3 mei'), ('address', 'Dorpsstraat 1, 1234 AB Utrecht')]
    """
    pieces = Pieces.of(values.cast(pl.String))
    wanted = set(kinds) | ({"name", "organisation"} if "place" in kinds else set())
    found = without_places(pl.concat(_found(pieces.texts, wanted, detectors, known)), pieces.texts)
    mentions = resolved(joined(found, pieces.texts), pieces.texts)
    return pieces.original(mentions.filter(pl.col("kind").is_in(list(kinds)))).sort("row", "start")


def mentions_of(detector: Detector, values: pl.Series) -> pl.DataFrame:
    """The mentions that one detector finds, the same way."""
    pieces = Pieces.of(values.cast(pl.String))
    found = _framed(detected(pieces.texts, [detector], [detector.category]))
    return pieces.original(resolved(found, pieces.texts)).sort("row", "start")


def _found(
    texts: pl.Series, kinds: Collection[str], detectors: Sequence[Detector], known: Known | None
) -> list[pl.DataFrame]:
    """What each way of finding finds, overlaps and all."""
    patterns = [one for one in detectors if one.id != "age"]  # it takes contracts for persons
    found = [detected(texts, patterns, kinds)]
    found += [cued(file, texts).with_columns(kind=pl.lit(kind)) for kind, file in CUES.items() if kind in kinds]
    others: dict[str, Callable[[pl.Series], pl.DataFrame]] = {"name": _named, "place": placed}
    found += [find(texts).with_columns(kind=pl.lit(kind)) for kind, find in others.items() if kind in kinds]
    if {"date", "birth_date"} & set(kinds):
        dates = dated(texts)
        found.append(dates.filter(pl.col("kind") == "birth_date") if "date" not in kinds else _plain(dates, kinds))
    if known is not None and "name" in kinds:
        found.append(known.places(texts).with_columns(kind=pl.lit("name"), score=pl.lit(1.0)))
    return [_framed(one) for one in found]


def _plain(dates: pl.DataFrame, kinds: Collection[str]) -> pl.DataFrame:
    """Dates, those of a birth among them where these are not asked for."""
    return dates if "birth_date" in kinds else dates.with_columns(kind=pl.lit("date"))


def _named(texts: pl.Series) -> pl.DataFrame:
    rows = [(row, *span, PERSON_SCORE) for row, text in enumerate(texts) for span in find_persons(text)]
    return pl.DataFrame(rows, schema=SPANS, orient="row")


def _framed(found: pl.DataFrame) -> pl.DataFrame:
    who = [] if "who" in found.columns else [pl.lit(None, pl.Int64).alias("who")]
    return found.with_columns(*who).select(FOUND.keys()).cast(FOUND)  # type: ignore[arg-type]
