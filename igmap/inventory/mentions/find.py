"""Everything in texts that may point at a person, with what it is, where it stands and how sure that is."""

from collections.abc import Collection, Iterator, Sequence
from itertools import chain

import polars as pl

from igmap.inventory.detectors import DETECTORS, Detector
from igmap.inventory.mentions.addresses import before_places, joined, without_places
from igmap.inventory.mentions.cues import cued
from igmap.inventory.mentions.dates import dated
from igmap.inventory.mentions.detected import detected
from igmap.inventory.mentions.persons import persons
from igmap.inventory.mentions.pieces import Pieces
from igmap.inventory.mentions.places import placed
from igmap.inventory.mentions.resolved import FEWEST, FOUND, resolved
from igmap.inventory.people.known import Known

CUES = {
    "age": "ages", "organisation": "organisations", "function": "functions", "username": "usernames",
    "address": "addresses", "place": "placed",
}  # fmt: skip
STATED = {"address": "stated_addresses", "document_number": "stated_numbers", "username": "stated_usernames"}
# Kinds that are looked for with a kind: its parts, or what it is no part of.
NEEDS = {"address": {"postcode", "place"}, "place": {"name", "organisation"}, "name": {"postcode"}}
KINDS: tuple[str, ...] = tuple(sorted({detector.category for detector in DETECTORS} | {"name", "date", *CUES}))


def mentions_in(
    values: pl.Series,
    kinds: Collection[str] = KINDS,
    detectors: Sequence[Detector] = DETECTORS,
    known: Known | None = None,
    threads: pl.Series | None = None,
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
        threads: of each text, where a miss weighs more than a word too many, as in redaction: what may be a name is
            one, and who is certainly named is looked for in all of the thread.

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
    wanted = set(kinds).union(*(NEEDS[kind] for kind in kinds if kind in NEEDS))
    asked = [_in_pieces(pieces.texts, wanted, detectors, threads), _persons(pieces, wanted, known, threads)]
    found = pl.concat(map(_framed, chain(*asked)))
    fewest = FEWEST if threads is None else 1
    mentions = resolved(joined(found, pieces.texts), pieces.texts, fewest)
    return pieces.original(mentions.filter(pl.col("kind").is_in(list(kinds))))


def mentions_of(detector: Detector, values: pl.Series) -> pl.DataFrame:
    """The mentions that one detector finds, the same way."""
    pieces = Pieces.of(values.cast(pl.String))
    found = _framed(detected(pieces.texts, [detector], [detector.category]))
    return pieces.original(resolved(found, pieces.texts))


def _in_pieces(
    texts: pl.Series, kinds: Collection[str], detectors: Sequence[Detector], threads: pl.Series | None
) -> Iterator[pl.DataFrame]:
    """What each way of finding finds, overlaps and all."""
    patterns = [one for one in detectors if one.id != "age"]  # it takes contracts for persons
    yield without_places(detected(texts, patterns, kinds), texts)
    cues = [*CUES.items(), *(STATED.items() if threads is not None else ())]
    yield from (cued(file, texts).with_columns(kind=pl.lit(kind)) for kind, file in cues if kind in kinds)
    if "place" in kinds:
        yield (places := placed(texts)).with_columns(kind=pl.lit("place"))
        if threads is not None and "address" in kinds:
            yield before_places(places, texts)
    if {"date", "birth_date"} & set(kinds):
        dates = dated(texts)
        yield dates.filter(pl.col("kind") == "birth_date") if "date" not in kinds else _plain(dates, kinds)


def _persons(
    pieces: Pieces, kinds: Collection[str], known: Known | None, threads: pl.Series | None
) -> Iterator[pl.DataFrame]:
    """Who is named; all ways of finding persons read a text as a whole."""
    if "name" in kinds:
        asked = None if threads is None else threads.cast(pl.String).gather(pieces.rows)
        for found in persons(pieces.wholes, known, asked):
            yield pieces.in_pieces(found).with_columns(kind=pl.lit("name"))


def _plain(dates: pl.DataFrame, kinds: Collection[str]) -> pl.DataFrame:
    """Dates, those of a birth among them where these are not asked for."""
    return dates if "birth_date" in kinds else dates.with_columns(kind=pl.lit("date"))


def _framed(found: pl.DataFrame) -> pl.DataFrame:
    who = [] if "who" in found.columns else [pl.lit(None, pl.Int64).alias("who")]
    return found.with_columns(*who).select(FOUND.keys()).cast(FOUND)  # type: ignore[arg-type]
