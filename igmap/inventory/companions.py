"""Numbers without a name that come and go with somebody: each person has one of them, and it is nobody else's."""

from collections.abc import Iterator, Sequence

import polars as pl

from igmap.engine import Engine
from igmap.inventory.context.unnamed import WEIGHT
from igmap.inventory.inventory import Field
from igmap.inventory.own_names import sampled, side_by_side
from igmap.inventory.tally import Evidence
from igmap.inventory.votes import EVERYWHERE, MOST, Vote, share_of
from igmap.sources import Column
from igmap.vocabulary.tokens import is_nameless

NAMED = frozenset({"name", "email", "username"})
RECORDS = 2_000
LEAST_PERSONS, LEAST_RECORDS = 4, 12
COMES_BACK = 0.85  # of the records at most have a person of their own: then the records would be numbered
TYPED = 1.05  # times as many pairs as there are numbers or persons, as names are spelled in two ways
MOMENTS = ("dates", "years", "amount", "linked", "flag")


def companion_votes(
    engine: Engine, columns: Sequence[Column], fields: Sequence[Field], evidence: Sequence[Evidence]
) -> dict[int, Vote]:
    """For columns without a name that look like numbers of something, by position, whether it is somebody.

    Args:
        engine: holds the tables.
        columns: of all tables.
        fields: as they were judged by themselves and by their neighbours.
        evidence: of each.
    """
    asked = {
        position
        for position, (column, field) in enumerate(zip(columns, fields, strict=True))
        if is_nameless(column.name) and _is_open(field, evidence[position])
    }
    return {
        position: Vote(
            "account_id", "companion", 1.0, {"code": "companion", "field": fields[person].name}, unfitted=WEIGHT
        )
        for numbers, persons in side_by_side(columns, fields, NAMED, asked)
        for position, person in _companions(sampled(engine, columns, [*numbers, *persons], RECORDS), numbers, persons)
    }


def _is_open(field: Field, counts: Evidence) -> bool:
    """Whether it holds codes with a digit, and nothing has settled what they are."""
    coded = share_of(counts, "digit") > EVERYWHERE and not field.free_text
    moments = any(share_of(counts, sign) > MOST for sign in MOMENTS)
    return coded and not moments and field.verdict != "found" and counts["distinct"] >= LEAST_PERSONS


def _companions(frame: pl.DataFrame, asked: Sequence[int], persons: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The columns asked about with the persons that each goes with."""
    frame = frame.with_columns(pl.col(pl.String).str.strip_chars().replace("", None))
    for place in asked:
        person = next((one for one in persons if _go_together(frame, str(place), str(one))), None)
        if person is not None:
            yield place, person


def _go_together(frame: pl.DataFrame, number: str, person: str) -> bool:
    """Whether in records that tell both each number is one person's and each person has one, and both come back."""
    both = frame.select(number, person, "records").drop_nulls()
    numbers, persons, records = both[number].n_unique(), both[person].n_unique(), int(both["records"].sum())
    fewest, most = min(numbers, persons), max(numbers, persons)
    back = records >= LEAST_RECORDS and LEAST_PERSONS <= most <= COMES_BACK * records
    return back and fewest > EVERYWHERE * most and both.select(number, person).n_unique() <= TYPED * most
