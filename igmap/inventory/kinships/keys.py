"""Candidate keys: fields, and pairs of fields, in which no two records are the same and none is blank."""

from collections.abc import Sequence
from itertools import combinations

from igmap.engine import Engine
from igmap.inventory.kinships.members import Group, Member
from igmap.inventory.kinships.relations import Key

FIRST = 10_000  # records that most pairs that are no key betray themselves in
MOST_PAIRS, MOST_EXACT_ROWS = 40, 4_000_000


def keys(engine: Engine, group: Group) -> tuple[tuple[Key, ...], int]:
    """All single keys, and pairs that are keys of which neither field is one.

    A pair can only be a key when its fields have enough different values between them; of more pairs than 40 those
    with the most are tried. A pair is first tried on the first 10,000 records, then on all; in very large tables only
    the most promising ones.

    Args:
        engine: holds the tables.
        group: the dataset.

    Returns:
        The keys, and how many pairs that might be one were not tried.
    """
    singles = tuple(Key((m.name,), m.distinct, m.told.rows) for m in group.own if m.unique)
    rest = [m for m in group.own if not (m.unique or m.told.blank or m.field.free_text or m.distinct < 2)]  # noqa: PLR2004 - one value tells nothing apart
    rows = max((m.told.rows for m in group.own), default=0)
    able = [pair for pair in combinations(rest, 2) if pair[0].distinct * pair[1].distinct >= rows > 1]
    able.sort(key=lambda pair: (-pair[0].distinct * pair[1].distinct, pair[0].position, pair[1].position))
    tried, not_tried = able[:MOST_PAIRS], len(able[MOST_PAIRS:])
    if rows > FIRST:
        left = _unique(engine, tried, first=FIRST)
        tried = left[: max(1, MOST_EXACT_ROWS // rows)]
        not_tried += len(left) - len(tried)
    pairs = (Key((one.name, other.name), rows, rows) for one, other in _unique(engine, tried))
    return (*singles, *pairs), not_tried


def _unique(engine: Engine, pairs: Sequence[tuple[Member, Member]], *, first: int = 0) -> list[tuple[Member, Member]]:
    """The pairs in which no two records are the same."""
    if not pairs:
        return []
    columns = [[one.column.column, other.column.column] for one, other in pairs]
    told = engine.tuples(pairs[0][0].column.table, columns, first=first)
    return [pair for pair, one in zip(pairs, told, strict=True) if one.rows == one.distinct]
