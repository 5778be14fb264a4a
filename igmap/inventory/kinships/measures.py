"""Distinction and separation, by which ARX finds quasi-identifiers that no header or list gives away.

Source: Motwani and Xu, Efficient Algorithms for Masking and Finding Quasi-Identifiers (VLDB workshop 2007): distinct
ratio and separation ratio.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, combinations
from math import comb

from igmap.engine import Engine, Tuples
from igmap.inventory.kinships.members import Group, Member
from igmap.inventory.kinships.relations import Measure, PersonColumn

MOST_FIELDS, MOST_COMBINATIONS, MOST_ROWS, LEAST_COMBINATIONS = 12, 40, 10_000_000, 6
MIDDLING = 0.5  # of the rows: a field with more values is rather a key, or text
NEARLY_ALL, ENOUGH = 0.99, 0.1
PER_PERSON = 0.5  # persons per record, below which records are no persons
LEAST_RECORDS = 20  # few records are told apart by anything


def measures(engine: Engine, group: Group, person: PersonColumn | None) -> tuple[tuple[Measure, ...], int]:
    """How well single fields, pairs and triples tell the records apart.

    Looked at are quasi-identifiers, and fields of which nothing is known that are no text and have few to middling
    many values. Proposed is what is not all known as quasi-identifier, tells 99 of 100 pairs of records apart and has a
    combination for at least one record in ten: one field, or a pair of which neither does so by itself. Where the same
    person has several records, records are not persons, and nothing is proposed.

    Args:
        engine: holds the tables.
        group: the dataset.
        person: its person column.

    Returns:
        The measures, and how many pairs and triples were left out because there are many.
    """
    fields = [member for member in group.own if _may_be_quasi(member)]
    singles = [_measure((member,), member.told) for member in fields]
    telling = {measure.fields[0] for measure in singles if _is_telling(measure, group)}
    best = sorted(fields, key=lambda m: (m.field.identifiability != "quasi", m.told.same, m.position))[:MOST_FIELDS]
    every = chain(combinations(best, 2), combinations(best, 3))
    rows = max((member.told.rows for member in fields), default=0)
    most = max(LEAST_COMBINATIONS, min(MOST_COMBINATIONS, MOST_ROWS // max(1, rows)))
    chosen = [one for one, _ in zip(every, range(most), strict=False)] if rows else []
    found = [*singles, *_several(engine, chosen)]
    left_out = comb(len(fields), 2) + comb(len(fields), 3) - len(chosen)
    if person and person.persons < PER_PERSON * person.filled * rows:
        return tuple(found), left_out
    known = {member.name for member in fields if member.field.identifiability == "quasi"}
    proposed = (_is_telling(one, group) and not (set(one.fields) <= known or _has(one, telling)) for one in found)
    return tuple(replace(one, proposed=is_so) for one, is_so in zip(found, proposed, strict=True)), left_out


def _may_be_quasi(member: Member) -> bool:
    field = member.field
    if field.identifiability in {"direct", "key"} or field.free_text or field.secret or member.distinct < 2:  # noqa: PLR2004 - one value tells nothing apart
        return False
    return field.identifiability == "quasi" or member.distinct <= MIDDLING * member.told.rows


def _several(engine: Engine, chosen: Sequence[tuple[Member, ...]]) -> Iterator[Measure]:
    if not chosen:
        return
    columns = [[member.column.column for member in members] for members in chosen]
    for members, told in zip(chosen, engine.tuples(chosen[0][0].column.table, columns), strict=True):
        yield _measure(members, told)


def _measure(members: Sequence[Member], told: Tuples) -> Measure:
    rows = max(1, told.rows)
    pairs = told.rows * (told.rows - 1) // 2
    separation = 1 - told.same / pairs if pairs else 0.0
    names = tuple(member.name for member in members)
    return Measure(names, round(told.distinct / rows, 6), round(separation, 6), round(told.alone / rows, 6))


def _is_telling(measure: Measure, group: Group) -> bool:
    """Whether it tells nearly all records apart; three fields together nearly always do."""
    enough = measure.separation >= NEARLY_ALL and measure.distinction >= ENOUGH
    return enough and len(measure.fields) <= 2 and group.located.dataset.parsed >= LEAST_RECORDS  # noqa: PLR2004 - a pair


def _has(measure: Measure, telling: set[str]) -> bool:
    """Whether it is a pair that holds a field which tells nearly all apart by itself."""
    return len(measure.fields) > 1 and not telling.isdisjoint(measure.fields)
