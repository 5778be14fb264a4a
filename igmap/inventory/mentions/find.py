"""Everything in texts that may point at a person, with what it is, where it stands and how sure that is."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from igmap.inventory.detectors import DETECTORS, Detector
from igmap.inventory.mentions.addresses import before_places, begun, joined, without_places
from igmap.inventory.mentions.beside import whole_names
from igmap.inventory.mentions.cues import SPANS, cued
from igmap.inventory.mentions.dates import dated
from igmap.inventory.mentions.detected import detected
from igmap.inventory.mentions.persons import met_in, persons
from igmap.inventory.mentions.pieces import Pieces
from igmap.inventory.mentions.places import placed
from igmap.inventory.mentions.resolved import FEWEST, FOUND, resolved
from igmap.inventory.mentions.streets import streets
from igmap.inventory.mentions.unworded import unworded
from igmap.inventory.people.known.resolving import Company

CUES = {
    "age": "ages", "organisation": "organisations", "function": "functions", "username": "usernames",
    "address": "addresses", "place": "placed",
}  # fmt: skip
STATED = {
    "address": "stated_addresses", "document_number": "stated_numbers", "username": "stated_usernames",
    "account_id": "stated_accounts", "phone": "stated_phones", "email": "stated_mails",
    "licence_plate": "stated_plates", "birth_date": "stated_births", "bank_account": "stated_banks",
    "tax_number": "stated_taxes", "postcode": "stated_postcodes", "device_id": "stated_devices", "url": "stated_urls",
    "location": "stated_locations",
}  # fmt: skip
# Kinds that are looked for with a kind: its parts, or what it is no part of.
NEEDS = {"address": {"postcode", "place"}, "place": {"name", "organisation"}, "name": {"postcode"}}
KINDS: tuple[str, ...] = tuple(sorted({detector.category for detector in DETECTORS} | {"name", "date", *CUES}))
KNOWN_SCORE, BORN = 1.0, {"birth_date": "date"}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Looked:
    """Texts that were looked through, with all that was found in them, overlaps and all.

    Args:
        pieces: the texts.
        found: in the pieces.
        names: in the texts as they are read.
    """

    pieces: Pieces
    found: pl.DataFrame
    names: pl.DataFrame

    def spread(self, which: pl.Series) -> "Looked":
        """The same for a column in which these texts come again and again.

        Args:
            which: the text of each row.
        """
        pieces, parts = self.pieces.spread(which)
        again = parts.with_row_index("again").cast(pl.UInt32)
        found = self.found.join(again, left_on="row", right_on="piece").with_columns(row="again")
        rows = pl.DataFrame({"row": which.cast(pl.UInt32)}).with_row_index("again").cast(pl.UInt32)
        names = self.names.join(rows, on="row").with_columns(row="again").sort("row", maintain_order=True)
        return Looked(pieces, found.select(self.found.columns), names.select(self.names.columns))

    def met(self) -> pl.DataFrame:
        """Who is certainly named, and in which text."""
        return met_in(self.pieces.wholes, self.names)

    def mentions(
        self, kinds: Collection[str], company: Company | None = None, threads: pl.Series | None = None
    ) -> pl.DataFrame:
        """One mention for every place.

        Args:
            kinds: which are told, of those that were wanted; a date of birth is a date where only dates are told.
            company: who is looked for by name, too.
            threads: of each text, for the company.
        """
        wanted, persons = with_needs(kinds), [self.names]
        if "name" not in wanted:
            persons.clear()
        if company is not None and threads is not None:
            known = company.places(self.pieces.wholes, threads)
            persons.append(known.with_columns(score=pl.lit(KNOWN_SCORE)))
        named = [self.pieces.in_pieces(one).with_columns(kind=pl.lit("name")) for one in persons]
        told = self.found if "birth_date" in wanted else self.found.with_columns(pl.col("kind").replace(BORN))
        texts = self.pieces.texts
        told = begun(told.filter(pl.col("kind").is_in(list(wanted))), texts)
        found = pl.concat(map(_framed, [told, *named]))
        mentions = resolved(joined(found, texts), texts, FEWEST if company is None else 1)
        mentions = mentions if company is None else whole_names(mentions, texts)
        return self.pieces.original(mentions.filter(pl.col("kind").is_in(list(kinds))))


def look(
    values: pl.Series,
    kinds: Collection[str] = KINDS,
    detectors: Sequence[Detector] = DETECTORS,
    *,
    careful: bool = False,
    told: Callable[[int, int], None] = lambda _done, _of: None,
) -> Looked:
    """Texts looked through for everything that may point at a person.

    Args:
        values: texts, of any length.
        kinds: which are wanted.
        detectors: igmap's own, or those of `detectors_of`, with the workspace's.
        careful: whether a miss weighs more than a word too many, as in redaction.
        told: is called with how many texts are read, and of how many, as it goes on.
    """
    pieces = Pieces.of(values.cast(pl.String))
    wanted = with_needs(kinds)
    found = pl.concat(map(_framed, _in_pieces(pieces.texts, wanted, detectors, careful=careful)))
    named = (
        persons(pieces.wholes, careful=careful, told=told) if "name" in wanted else found.select(SPANS.keys()).clear()
    )
    return Looked(pieces, found, named)


def mentions_in(
    values: pl.Series, kinds: Collection[str] = KINDS, detectors: Sequence[Detector] = DETECTORS
) -> pl.DataFrame:
    """Where in each text something stands that may point at a person, and what it is.

    Looked for is what the detectors of the inventory find in text, and names, dates, ages, addresses, places,
    organisations and descriptions that fit one person only. Texts are read as a person reads them: without hidden
    characters, with look-alikes as what they look like, HTML without its tags. Null values and blanks have none.

    Args:
        values: texts, of any length.
        kinds: which are wanted: categories of detectors, `name`, `date`, `place`, `organisation`, `function`.
        detectors: igmap's own, or those of `detectors_of`, with the workspace's.

    Returns:
        One row per mention, in order and not overlapping: `row` of the value, `start` and `end` in its characters as
        given, `kind` and `score` (0-1).

    Example:
        >>> text = "Beste Fatima, 3 mei om 10 uur op Dorpsstraat 1, 1234 AB Utrecht."
        >>> found = mentions_in(pl.Series([text]))
        >>> [(kind, text[a:b]) for a, b, kind in found.select("start", "end", "kind").iter_rows()]
        [('name', 'Fatima'), ('date', '3 mei'), ('address', 'Dorpsstraat 1, 1234 AB Utrecht')]
    """
    return look(values, kinds, detectors).mentions(kinds).drop("who")


def mentions_of(detector: Detector, values: pl.Series) -> pl.DataFrame:
    """The mentions that one detector finds, the same way."""
    pieces = Pieces.of(values.cast(pl.String))
    found = _framed(detected(pieces.texts, [detector], [detector.category]))
    return pieces.original(resolved(found, pieces.texts)).drop("who")


def _in_pieces(
    texts: pl.Series, kinds: Collection[str], detectors: Sequence[Detector], *, careful: bool
) -> Iterator[pl.DataFrame]:
    """What each way of finding finds, overlaps and all."""
    patterns = [one for one in detectors if one.id != "age"]  # it takes contracts for persons
    yield without_places(detected(texts, patterns, kinds), texts)
    cues = [*CUES.items(), *(STATED.items() if careful else ())]
    yield from (cued(file, texts).with_columns(kind=pl.lit(kind)) for kind, file in cues if kind in kinds)
    if careful and "address" in kinds:
        yield streets(texts).with_columns(kind=pl.lit("address"))
    if careful and "username" in kinds:
        yield unworded(cued("stated_logins", texts), texts).with_columns(kind=pl.lit("username"))
    if "place" in kinds:
        yield (places := placed(texts)).with_columns(kind=pl.lit("place"))
        if careful and "address" in kinds:
            yield before_places(places, texts)
    if {"date", "birth_date"} & set(kinds):
        yield dated(texts)


def with_needs(kinds: Collection[str]) -> set[str]:
    """The kinds with those that are looked for with them."""
    return set(kinds).union(*(NEEDS[kind] for kind in kinds if kind in NEEDS))


def _framed(found: pl.DataFrame) -> pl.DataFrame:
    who = [] if "who" in found.columns else [pl.lit(None, pl.String).alias("who")]
    return found.with_columns(*who).select(FOUND.keys()).cast(FOUND)  # type: ignore[arg-type]
