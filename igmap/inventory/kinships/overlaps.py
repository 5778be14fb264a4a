"""Which columns hold the same values: one pass over the distinct values of all columns that may be kin.

It can be asked before anything is judged: a column without category is compared when its values look like ids.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, NamedTuple

from igmap.engine import Engine, Numbers, Shared, Tuples
from igmap.errors import SourceError
from igmap.inventory.kinships.candidates import Asked, Entry, entries
from igmap.inventory.kinships.chance import chance
from igmap.inventory.kinships.kinds import may_relate, names_agree

Ground = Literal["values", "header", "chance"]

LEAST_SHARED, LEAST_SHARE, CONTAINED, UNKNOWN_CONTAINED = 3, 0.01, 0.9, 0.5


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two columns with values in common.

    Args:
        first: position of a column.
        second: of the other.
        kind: the category that is compared; "" when neither has one.
        shared: distinct values in both.
        first_distinct: distinct values of the first, in the form in which they are compared.
        second_distinct: of the second.
        by_chance: how many would be shared by chance.
        ground: what says they are kin: their values, or just their names; chance when nothing does.
    """

    first: int
    second: int
    kind: str
    shared: int
    first_distinct: int
    second_distinct: int
    by_chance: float
    ground: Ground

    @property
    def first_share(self) -> float:
        """How much of the first is in the second, 0-1."""
        return self.shared / self.first_distinct

    @property
    def second_share(self) -> float:
        """How much of the second is in the first, 0-1."""
        return self.shared / self.second_distinct


class Kin(NamedTuple):
    """A column without category whose values are those of a known one.

    Args:
        position: of the column.
        known: position of the known one.
        category: of the known one.
        share: how much of the column is in the known one, 0-1.
        by_chance: how much would be so by chance, 0-1.
        ground: values or header.
    """

    position: int
    known: int
    category: str
    share: float
    by_chance: float
    ground: Ground


@dataclass(frozen=True, slots=True)
class Overlaps:
    """All overlaps, with what was left out.

    Args:
        pairs: those with values in common, those by chance too.
        distinct: position -> distinct values in their form, of the columns that were compared.
        left_out: columns without category that were not compared because there were too many.
        shared: by which the distinct values of several columns together are counted.
        places: position -> its place in `shared`.
    """

    pairs: tuple[Overlap, ...]
    distinct: Mapping[int, int]
    left_out: int
    shared: Shared | None
    places: Mapping[int, int]


class _Side(NamedTuple):
    entry: Entry
    size: int
    numbers: Numbers
    unique: bool
    names: Sequence[str]


def overlaps(
    engine: Engine,
    columns: Sequence[Asked],
    *,
    tuples: Mapping[int, Tuples] | None = None,
    titles: Mapping[int, Sequence[str]] | None = None,
) -> Overlaps:
    """Compare the values of columns that may be kin.

    Args:
        engine: holds them.
        columns: position, column, and its category if it is known.
        tuples: by position, how far each tells rows apart, where that was counted already.
        titles: by position, the names of table and file, which say what a field called `id` numbers.

    Returns:
        Pairs with values in common; no value of any of them.
    """
    counted = tuples or dict(_counted(engine, columns))
    compared, left_out = entries(engine, [one for one in columns if one[0] in counted], counted)
    if len(compared) < 2:  # noqa: PLR2004 - a pair is two
        return Overlaps((), {}, left_out, None, {})
    shared = engine.shared([entry.valued for entry in compared])
    names = {position: [column.name, *(titles or {}).get(position, ())] for position, column, _ in columns}
    sizes = shared.pairs().diagonal().tolist()
    sides = [
        _Side(entry, sizes[place], shared.numbers[place], _is_unique(counted[entry.position]), names[entry.position])
        for place, entry in enumerate(compared)
    ]
    places = {entry.position: place for place, entry in reversed(list(enumerate(compared)))}
    distinct = {position: sizes[place] for position, place in places.items()}
    return Overlaps(tuple(_pairs(sides, shared)), distinct, left_out, shared, places)


def _pairs(sides: Sequence[_Side], shared: Shared) -> Iterator[Overlap]:
    matrix = shared.pairs()
    for a, b in combinations(range(len(sides)), 2):
        if matrix[a, b] and sides[a].entry.position != sides[b].entry.position:
            found = _overlap(sides[a], sides[b], int(matrix[a, b]))
            if found:
                yield found


def kin_of_known(found: Overlaps, columns: Sequence[Asked]) -> tuple[Kin, ...]:
    """Which columns without category hold what a known one holds: the best known one of each.

    Args:
        found: by `overlaps`.
        columns: as they were asked.
    """
    category = {position: category or "" for position, _, category in columns}
    best: dict[int, Kin] = {}
    for pair in found.pairs:
        if pair.ground == "chance" or bool(category[pair.first]) == bool(category[pair.second]):
            continue
        turned = bool(category[pair.first])
        unknown, known = (pair.second, pair.first) if turned else (pair.first, pair.second)
        share, size = (pair.second_share, pair.second_distinct) if turned else (pair.first_share, pair.first_distinct)
        kin = Kin(unknown, known, category[known], share, min(1.0, pair.by_chance / size), pair.ground)
        if unknown not in best or best[unknown].share < share:
            best[unknown] = kin
    return tuple(best[position] for position in sorted(best))


def _counted(engine: Engine, columns: Sequence[Asked]) -> Iterator[tuple[int, Tuples]]:
    """How far each column tells rows apart; those of a server that is gone are left out."""
    for position, column, _ in columns:
        try:
            yield position, engine.tuples(column.table, [[column.column]])[0]
        except SourceError:
            continue


def _is_unique(told: Tuples) -> bool:
    return told.rows == told.distinct > 1 and not told.blank


def _overlap(one: _Side, other: _Side, shared: int) -> Overlap | None:
    """The overlap of two columns, if they may be kin and enough is shared."""
    categories = one.entry.category, other.entry.category
    if not may_relate(*categories) or one.entry.valued.form != other.entry.valued.form:
        return None
    share = shared / min(one.size, other.size)
    if shared < LEAST_SHARED or max(shared / one.size, shared / other.size) < LEAST_SHARE:
        return None
    kind = categories[0] or categories[1]
    expected = chance(kind, (one.size, one.numbers), (other.size, other.numbers))
    beyond = not expected.explains(shared) and _is_telling(one, other, shared)
    named = share >= CONTAINED and names_agree((one.names, one.unique), (other.names, other.unique))
    ground: Ground = "values" if beyond else "header" if named else "chance"
    if ground == "chance" and not all(categories):
        return None
    return Overlap(
        one.entry.position, other.entry.position, kind, shared, one.size, other.size, round(expected.shared, 3), ground
    )


def _is_telling(one: _Side, other: _Side, shared: int) -> bool:
    """A column that nothing is known of must lie in the other for the most; two of them, in a key."""
    sides = (one, other)
    unknown = [side for side in sides if not side.entry.category]
    if len(unknown) == 2:  # noqa: PLR2004 - both
        return any(
            side.unique and shared >= CONTAINED * rest.size for side, rest in (sides, sides[::-1])
        ) and names_agree((one.names, one.unique), (other.names, other.unique))
    return all(shared >= UNKNOWN_CONTAINED * side.size for side in unknown)
