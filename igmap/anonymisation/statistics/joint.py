"""All tables of a dataset held against each other: what they tell together, and which groups that gives away."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import pyarrow as pa

from igmap.anonymisation.statistics.attack import Figures, Known, Places, Target, Truths, given_away, told
from igmap.anonymisation.statistics.counting import Opened, Place, labels_of, limits_of, names_of
from igmap.anonymisation.statistics.labels import INSIDE
from igmap.anonymisation.statistics.specification import WantedTable
from igmap.engine import Mapping as Recoded

REST = ""  # the rows to which a table is not limited
Counted = Callable[[Sequence[str]], pa.Table]


@dataclass(frozen=True, slots=True)
class Told:
    """What a release told of a table; private.

    Args:
        release: its name.
        table: how it was specified.
        shown: persons of the cells that were told, by what the ledger calls them.
    """

    release: str
    table: WantedTable
    shown: Mapping[str, int]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One table, or one margin of it, over the smallest groups.

    Args:
        told: the number of the table.
        part: [smallest group], its cell.
        keys: [cell], what the ledger calls it.
        persons: [cell].
    """

    told: int
    part: Places
    keys: Sequence[str]
    persons: Figures

    def shown(self, known: Sequence[Told]) -> Truths:
        """Which of its cells were told."""
        return np.array([key in known[self.told].shown for key in self.keys], dtype=bool)


@dataclass(frozen=True, slots=True, eq=False)
class Joint:
    """The smallest groups into which several tables divide a dataset.

    Args:
        figures: persons of each, or rows where a person may be in several.
        parts: every table and margin that is told; those of the newest table come last.
        adds_up: whether every person is in one of the smallest groups only.
    """

    figures: Figures
    parts: tuple[Part, ...]
    adds_up: bool


@dataclass(frozen=True, slots=True)
class _Span:
    """Where the columns of a table lie in the joint one."""

    table: WantedTable
    labels: tuple[str, ...]
    limits: tuple[str, ...]


def joint(opened: Opened, place: Place, tables: Sequence[WantedTable]) -> Joint:
    """Count the smallest groups, and how each table adds them up.

    Args:
        opened: holds the dataset.
        place: where.
        tables: that were released, and last the one that is to be.
    """
    engine = opened.exports.engine
    spans, recodings = [], list[Recoded]()
    for table in tables:
        groups = zip(table.by, labels_of(opened, place, table), strict=True)
        pairs = [Recoded(place.columns[field], labels.mapping) for field, labels in groups]
        limits = limits_of(opened, place, table)
        names = [f"out{len(recodings) + i}" for i in range(len(pairs) + len(limits))]
        spans.append(_Span(table, tuple(names[: len(pairs)]), tuple(names[len(pairs) :])))
        recodings += [*pairs, *limits]
    person = f"out{len(recodings)}" if place.person else None
    target = engine.rewrite(
        place.name, [*recodings, *([Recoded(place.person)] if place.person else [])], keep=None, seed=0
    )

    def counted(columns: Sequence[str]) -> pa.Table:
        if columns:
            return engine.distinct(target, columns, person=person)
        return engine.sums(target, [], [], person=person)

    return _laid_out(counted, spans, len(recodings))


def _laid_out(counted: Counted, spans: Sequence[_Span], width: int) -> Joint:
    atoms = counted([f"out{i}" for i in range(width)])
    persons = atoms["persons"].to_numpy().astype(np.float64)
    adds_up = bool(persons.sum() == counted([])["persons"][0].as_py())
    parts = tuple(
        _part(number, span, chosen, (atoms, None if adds_up else counted))
        for number, span in enumerate(spans)
        for chosen in product((True, False), repeat=len(span.labels))
        if span.table.margins or all(chosen)
    )
    return Joint(persons if adds_up else atoms["rows"].to_numpy().astype(np.float64), parts, adds_up)


def _part(number: int, span: _Span, chosen: Sequence[bool], source: tuple[pa.Table, Counted | None]) -> Part:
    atoms, counted = source
    part, keys = _cells(atoms, span, chosen)
    persons = _added(part, atoms["persons"].to_numpy(), len(keys))
    if counted is not None:
        columns = [name for name, taken in zip(span.labels, chosen, strict=True) if taken]
        again = counted([*columns, *span.limits])
        places, again_keys = _cells(again, span, chosen)
        own = _added(places, again["persons"].to_numpy(), len(again_keys))
        persons = own[[again_keys.index(key) for key in keys]]
    return Part(number, part, keys, persons)


def _cells(atoms: pa.Table, span: _Span, chosen: Sequence[bool]) -> tuple[Places, list[str]]:
    """The cell of each tuple, and what the cells are called."""
    inside = np.ones(atoms.num_rows, dtype=bool)
    for limit in span.limits:
        inside &= np.array(atoms[limit].to_pylist(), dtype=object) == INSIDE
    taken = {field: atoms[name] for field, name, one in zip(span.table.by, span.labels, chosen, strict=True) if one}
    codes = [inside.astype(np.int64)]
    for column in taken.values():
        encoded = column.combine_chunks().dictionary_encode(null_encoding="encode")
        codes.append(np.where(inside, encoded.indices.to_numpy(), -1).astype(np.int64))
    _, first, part = np.unique(np.stack(codes), axis=1, return_index=True, return_inverse=True)
    names = names_of(span.table)
    keys = [
        names.cell({field: column[int(at)].as_py() for field, column in taken.items()}) if inside[at] else REST
        for at in first
    ]
    return part.reshape(-1), keys


def _added(part: Places, figures: Figures, cells: int) -> Figures:
    return np.bincount(part, figures, cells).astype(np.float64)


def withheld_before(joined: Joint, known: Sequence[Told]) -> set[str]:
    """Cells of the newest table that lie in a cell that an earlier one withheld."""
    newest, found = len(known) - 1, set[str]()
    for part, other in _pairs(joined, newest):
        hidden = ~other.shown(known) & np.array([key != REST for key in other.keys], dtype=bool)
        around = _around(part, other)
        found |= {key for key, at in zip(part.keys, around, strict=True) if at >= 0 and hidden[at]}
    return found - {REST}


def _pairs(joined: Joint, newest: int) -> Iterator[tuple[Part, Part]]:
    """Each part of the newest table with each of an earlier one."""
    for part in joined.parts:
        for other in joined.parts:
            if part.told == newest != other.told:
                yield part, other


def _around(part: Part, other: Part) -> Places:
    """For each cell the cell of another table it lies in as a whole; -1 for none."""
    pairs = np.unique(np.stack([part.part, other.part]), axis=1)
    times = np.bincount(pairs[0], minlength=len(part.keys))
    around = np.full(len(part.keys), -1)
    around[pairs[0]] = pairs[1]
    return np.where(times == 1, around, -1)


def revealed(joined: Joint, known: Sequence[Told], threshold: int) -> int:
    """How many groups of fewer persons than the threshold all tables together give away.

    These are withheld cells, the rows to which a table is not limited, and what cells of the newest table have in
    common with cells of earlier ones.

    Args:
        joined: over all tables.
        known: what each of them tells.
        threshold: persons.
    """
    knowns, targets = [], list[Target]()
    for number, part in enumerate(joined.parts):
        figures = _added(part.part, joined.figures, len(part.keys))
        shown = part.shown(known)
        rest = np.array([key == REST for key in part.keys], dtype=bool)
        knowns.append(told(part.part, figures, shown, np.where(rest, 0.0, 1.0)))
        targets += _targets(number, figures, part.persons, (part.persons < threshold) & ~shown, threshold)
    nested = 0
    for part, other in _pairs(joined, len(known) - 1):
        if joined.adds_up:
            common, places = np.unique(part.part * len(other.keys) + other.part, return_inverse=True)
            figures = _added(places, joined.figures, len(common))
            targets += _targets(len(knowns), figures, figures, figures < threshold, threshold)
            knowns.append(Known(places, np.zeros(len(common)), np.full(len(common), np.inf)))
        else:
            nested += _close(part, other, known, threshold) + _close(other, part, known, threshold)
    lost = given_away(joined.figures, knowns, targets)
    return nested + len({(knowns[target.known].part == target.cell).tobytes() for target in lost})


def _targets(number: int, figures: Figures, persons: Figures, small: Truths, threshold: int) -> Iterator[Target]:
    for cell in np.flatnonzero(small):
        rise = float(max(threshold - persons[cell], 1))
        yield Target(number, int(cell), float(figures[cell]) + rise, rise)


def _close(part: Part, other: Part, known: Sequence[Told], threshold: int) -> int:
    """Told cells that lie in a told cell of another table with a few persons more."""
    around = _around(part, other)
    both = (around >= 0) & part.shown(known) & other.shown(known)[around]
    more = other.persons[around] - part.persons
    return int((both & (more > 0) & (more < threshold)).sum())


def few_more(new: Told, earlier: Told, threshold: int) -> int:
    """Cells that both tell, in which the persons differ by fewer than the threshold: the data changed in between."""
    both = new.shown.keys() & earlier.shown.keys()
    return sum(0 < abs(new.shown[key] - earlier.shown[key]) < threshold for key in both)
