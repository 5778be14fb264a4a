"""A population table: everybody of whom a release may speak, counted over the same tuples as the table itself.

Its tuples are tuples too, with no rows and no persons of the table behind them. So a search puts them into classes
with the others and every count of the population follows from the classes: in global recoding exactly, as a class
holds whatever has its labels. In local recoding labels overlap, and a person of the population may fall under the
labels of other classes too. Counted where their tuple stands, there are at most as many as there really are: k-map
and the upper bound of delta-presence hold on the safe side. `covered` counts them all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import polars as pl
import pyarrow as pa

from igmap.anonymisation.hierarchies import Hierarchy
from igmap.anonymisation.tuples import Numbers, People, Tuples, joined, read_tuples
from igmap.errors import PlanError, nearest
from igmap.inventory import locate
from igmap.sources import Exports


@dataclass(frozen=True, slots=True)
class Population:
    """Where it stands.

    Args:
        source: its file, as the inventory shows it.
        table: its sheet or database table, else "".
        person: the column that tells its persons apart; "" when each record is a person. All blanks are one person.
        columns: how a quasi-identifier is called there, where its name differs.
    """

    source: str
    table: str = ""
    person: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)


def populated(
    exports: Exports, population: Population, fields: Sequence[str], read: tuple[Tuples, list[pl.Series]]
) -> tuple[Tuples, list[pl.Series]]:
    """The tuples of a table with those of a population, and the distinct values of both.

    The tuples and values of the table keep their numbers; what only the population has comes after them.

    Args:
        exports: hold the population.
        population: where it stands.
        fields: the quasi-identifiers, as the inventory shows them.
        read: the tuples and distinct values of the table itself.

    Raises:
        PlanError: a column is not there, or it holds no records.
        SourceError: there is no such export.
    """
    located = locate(exports, population.source, population.table)
    own = {name: column.column for name, column in located.columns.items() if column.table == located.dataset.name}
    named = [population.columns.get(name, name) for name in fields]
    for name in [*named, *([population.person] if population.person else [])]:
        if name not in own:
            raise PlanError(
                f"population {population.source}: no column {name!r}{nearest(name, own)}; 'columns' may say how a "
                "quasi-identifier is called there"
            )
    if not located.dataset.parsed:
        raise PlanError(f"population {population.source}: holds no records; there is nobody to count")
    person = own[population.person] if population.person else None
    return united(*read, *read_tuples(exports.engine, located.dataset.name, [own[name] for name in named], person))


def united(
    tuples: Tuples, values: list[pl.Series], others: Tuples, theirs: list[pl.Series]
) -> tuple[Tuples, list[pl.Series]]:
    """The tuples of a table with those of a population, given the distinct values of each column of both."""
    import pyarrow.compute as pc

    columns = [_coded(*column) for column in zip(values, others.leaves.T, theirs, strict=True)]
    leaves, both = np.column_stack([leaves for leaves, _ in columns]), [joint for _, joint in columns]
    keys, _ = joined(list(np.concatenate([tuples.leaves, leaves]).T), [max(len(joint), 1) for joint in both])
    known, sought = pa.array(keys[: len(tuples.leaves)]), pa.array(keys[len(tuples.leaves) :])
    places = pc.fill_null(pc.index_in(sought, value_set=known), -1).to_numpy().astype(np.int64)
    new = np.flatnonzero(places < 0)
    places[new] = len(tuples.leaves) + np.arange(len(new))
    count = len(tuples.leaves) + len(new)
    people = People(_extended(tuples.people.alone, count), tuples.people.shared, tuples.people.persons)
    return replace(
        tuples,
        leaves=np.asfortranarray(np.concatenate([tuples.leaves, leaves[new]])),
        rows=_extended(tuples.rows, count),
        people=people,
        population=_moved(others.people, places, count),
    ), both


def _coded(values: pl.Series, leaves: Numbers, theirs: pl.Series) -> tuple[Numbers, pl.Series]:
    """The leaves of a column of the population by the numbers of the table's values, and the values of both."""
    import pyarrow.compute as pc

    known = pc.fill_null(pc.index_in(theirs.to_arrow(), value_set=values.to_arrow()), -1).to_numpy().astype(np.int64)
    new = np.flatnonzero(known < 0)
    known[new] = len(values) + np.arange(len(new))
    return known[leaves], pl.concat([values, theirs[new]])


def _extended(counts: Numbers, count: int) -> Numbers:
    return np.concatenate([counts, np.zeros(count - len(counts), np.int64)])


def _moved(people: People, places: Numbers, count: int) -> People:
    """Those behind items that get other numbers, each its own."""
    alone = np.zeros(count, np.int64)
    alone[places] = people.alone
    shared = np.stack([places[people.shared[0]], people.shared[1]])
    return People(alone, shared, people.persons)


def covered(tuples: Tuples, hierarchies: Sequence[Hierarchy], members: Numbers, at: Numbers) -> Numbers:
    """[class], persons of the population whom the labels of each class cover, whichever class their tuple is in.

    Args:
        tuples: with a population.
        hierarchies: one per column.
        members: [class], a tuple of each.
        at: [class, column], the level of its label.
    """
    counted = np.zeros(len(members), np.int64)
    if tuples.population is None:
        return counted
    codes = [hierarchy.codes() for hierarchy in hierarchies]
    for levels in np.unique(at, axis=0):
        classes = np.flatnonzero((at == levels).all(axis=1))
        labels = [code[:, level][leaves] for code, level, leaves in zip(codes, levels, tuples.leaves.T, strict=True)]
        keys, _ = joined(labels, [int(label.max(initial=0)) + 1 for label in labels])
        _, numbers = np.unique(keys, return_inverse=True)
        counted[classes] = tuples.population.per(numbers, int(numbers.max(initial=0)) + 1)[numbers[members[classes]]]
    return counted
