"""What a proposal rests on: everything that is known of the datasets, the register and what was decided before."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from igmap.inventory.deciding.places import Places, places_of
from igmap.inventory.decisions import DatasetBinding, Decisions
from igmap.inventory.inventory import DatasetInventory, Field, Inventory
from igmap.inventory.kinships import DatasetRelations, Relations
from igmap.inventory.labels import Located, shown
from igmap.policy.register import Policy
from igmap.sources.exports import Exports
from igmap.vocabulary.profiles import profile_of


@dataclass(frozen=True)  # without slots, so that what costs something is looked up once
class Known:
    """Everything that may be known.

    Args:
        inventory: what was found.
        policy: the register, with a person's answers in it.
        decisions: of a person; bindings among them.
        exports: the tables, while they are open; without them no date is looked at.
        relations: how tables hang together; without them nobody says who the persons are.
        today: the day to which dates are held.
    """

    inventory: Inventory
    policy: Policy
    decisions: Decisions
    exports: Exports | None = None
    relations: Relations | None = None
    today: date = date.max

    @cached_property
    def places(self) -> Places:
        """The names that may be said: as shown, or as the open exports have them."""
        return places_of(self.exports or self.inventory)

    def decided(self, decisions: Decisions) -> "Known":
        """The same, under other decisions."""
        return replace(self, decisions=decisions)

    @cached_property
    def sights(self) -> tuple["Sight", ...]:
        """Every dataset, each with what tells what it is for."""
        return tuple(self._sights())

    @cached_property
    def bound(self) -> Mapping[tuple[str, str], DatasetBinding]:
        """The datasets of which a person said what they are for, and be it for nothing."""
        found = ((sight.key, self.decisions.binding(*sight.key)) for sight in self.sights)
        return {key: one for key, one in found if one is not None and one.purposes is not None}

    def sight(self, key: tuple[str, str]) -> "Sight":
        """The dataset of that source and table."""
        return next(sight for sight in self.sights if sight.key == key)

    def _sights(self) -> Iterator["Sight"]:
        located: Mapping[tuple[str, str], Located] = (
            {(at.source, at.table): at for at in shown(self.exports)} if self.exports else {}
        )
        for dataset in self.inventory.datasets:
            key = (dataset.source, dataset.table)
            yield Sight(dataset, located.get(key), self.relations.dataset(*key) if self.relations else None)


@dataclass(frozen=True, slots=True)
class Sight:
    """A dataset as a proposal sees it.

    Args:
        dataset: with its fields.
        place: where its table is, while the exports are open.
        relations: who is in it, if that was looked at.
    """

    dataset: DatasetInventory
    place: Located | None = None
    relations: DatasetRelations | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Its source and table."""
        return self.dataset.source, self.dataset.table

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its fields."""
        return tuple(field.name for field in self.dataset.fields)

    @property
    def personal(self) -> tuple[Field, ...]:
        """Its fields with personal data."""
        return tuple(one for one in self.dataset.fields if one.verdict == "found" and one.category != "none")

    @property
    def is_asked(self) -> bool:
        """Whether a person has to say what it is for: it holds personal data, or may."""
        return bool(self.personal) or any(field.verdict == "undecided" for field in self.dataset.fields)

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories a purpose has to need; secrets are no purpose's."""
        return tuple(dict.fromkeys(field.category for field in self.personal if not field.secret))

    @property
    def profile(self) -> str:
        """The kind of known export it is, or ""."""
        found = profile_of(self.names)
        return found.name if found else ""

    @property
    def kind(self) -> str:
        """How its file was read, or ""."""
        return self.place.dataset.kind if self.place else ""
