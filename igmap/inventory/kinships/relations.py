"""How tables hang together, as a value: counts and shares, names as they may be shown, and never a value of a cell."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from igmap.inventory.labels import titled

Reason = Mapping[str, str | int | float]
Ground = Literal["values", "header", "chance"]


class Place(NamedTuple):
    """A field of a dataset, under the names that may be shown."""

    source: str
    table: str
    field: str


@dataclass(frozen=True, slots=True)
class Key:
    """A candidate key: no two records are the same in it, and none is blank.

    Args:
        fields: one, or two that are none by themselves.
        distinct: different values, which are as many as records.
        rows: records that were read; quarantined ones are not among them.
    """

    fields: tuple[str, ...]
    distinct: int
    rows: int


@dataclass(frozen=True, slots=True)
class Measure:
    """How well fields tell the records apart, as ARX measures it; a blank is a value.

    Args:
        fields: one, two or three.
        distinction: different combinations per record, 0-1.
        separation: pairs of records that differ, 0-1.
        alone: records that share their combination with none, 0-1.
        proposed: whether they tell nearly all persons apart and should be treated as quasi-identifiers, which not all
            of them are yet.
    """

    fields: tuple[str, ...]
    distinction: float
    separation: float
    alone: float
    proposed: bool = False


@dataclass(frozen=True, slots=True)
class PersonColumn:
    """The field that tells persons apart.

    Args:
        field: its name.
        category: what it is.
        persons: distinct values in the form in which they are compared.
        filled: records that have one, 0-1.
        reasons: codes with figures.
    """

    field: str
    category: str
    persons: int
    filled: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose data it is: learner, trainer, customer_contact and more.

    Args:
        kind: of data subject, as `subjects.yaml` names them.
        confidence: 0-1.
        reasons: codes with figures.
    """

    kind: str
    confidence: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class DatasetRelations:
    """What is known of one dataset.

    Args:
        source: as in the inventory.
        table: as in the inventory.
        rows: records that were read.
        quarantined: records that were not, and are looked at in nothing here.
        keys: candidate keys.
        person: the field that tells persons apart; None when none does.
        subjects: whose data it is, the likeliest first; empty when nothing says so.
        measures: how well fields tell records apart.
        not_measured: pairs and triples of fields that were left out, because they are many.
        not_tried: pairs of fields that were not tried as a key, because they are many.
    """

    source: str
    table: str
    rows: int
    quarantined: int
    keys: tuple[Key, ...] = ()
    person: PersonColumn | None = None
    subjects: tuple[Subject, ...] = ()
    measures: tuple[Measure, ...] = ()
    not_measured: int = 0
    not_tried: int = 0


@dataclass(frozen=True, slots=True)
class Kinship:
    """Two fields that hold the same values.

    Args:
        first: a field.
        second: another.
        kind: the category that is compared; "" for numbers and codes of which nothing more is known.
        shared: distinct values in both.
        first_distinct: distinct values of the first, in the form in which they are compared.
        second_distinct: of the second.
        first_share: how much of the first is in the second, 0-1.
        second_share: how much of the second is in the first, 0-1.
        by_chance: how many values they would share by chance.
        ground: `values` when they share far more; `header` when only their names say so; `chance` when nothing does.
    """

    first: Place
    second: Place
    kind: str
    shared: int
    first_distinct: int
    second_distinct: int
    first_share: float
    second_share: float
    by_chance: float
    ground: Ground


@dataclass(frozen=True, slots=True)
class Persons:
    """Fields in which the same persons come back, through kinships that are not by chance.

    Args:
        fields: all of them.
        distinct: different values in all of them together.
    """

    fields: tuple[Place, ...]
    distinct: int


@dataclass(frozen=True, slots=True)
class Relations:
    """How all tables of a workspace hang together.

    Args:
        datasets: in the order of the inventory.
        kinships: fields that hold the same.
        persons: groups of fields that hold the same persons.
        left_out: fields that look like ids and were not compared because there were too many.
    """

    datasets: tuple[DatasetRelations, ...]
    kinships: tuple[Kinship, ...] = ()
    persons: tuple[Persons, ...] = ()
    left_out: int = 0
    schema: Literal["igmap.relations/1"] = "igmap.relations/1"

    def dataset(self, source: str, table: str = "") -> DatasetRelations | None:
        """What is known of the dataset of that source and table, if there is one."""
        return next((d for d in self.datasets if (d.source, d.table) == (source, table)), None)

    def person_columns(self) -> Iterator[tuple[str, str, PersonColumn]]:
        """Every dataset that has a person column, with it."""
        for dataset in self.datasets:
            if dataset.person:
                yield dataset.source, dataset.table, dataset.person

    def _repr_html_(self) -> str:
        """Who is in which dataset and how the datasets hang together, as a notebook shows it; no value of a cell."""
        from igmap.inventory.kinships.told import tables
        from igmap.report import fragment

        return fragment(list(tables(self, "nl")), lang="nl")


def told(place: Place) -> str:
    """A field with its dataset, for people."""
    return f"{titled(place.source, place.table)} › {place.field}"
