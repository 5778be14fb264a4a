"""What a check is given, and the draft of a finding that it gives back."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as with_default
from datetime import date
from typing import Any

from igmap.errors import PolicyError
from igmap.inventory.decisions import DatasetBinding, Decisions
from igmap.inventory.inventory import DatasetInventory, Field, Inventory
from igmap.inventory.labels import Located, shown
from igmap.policy.findings import Outcome
from igmap.policy.register import Policy, Purpose, Rule
from igmap.policy.values import Source
from igmap.sources.exports import Exports

UNSAID = Source()


@dataclass(frozen=True, slots=True)
class Draft:
    """A finding before it has words.

    Args:
        outcome: as in a finding.
        words: which entry of messages/ tells it.
        dataset: where.
        field: where in it.
        purpose: id of a purpose.
        item: the register's item, as a dotted path; tells findings of the same place apart.
        figures: what the words are filled with: counts, names, words in two languages.
        source: the register's sentence; the rule's when none is given.
    """

    outcome: Outcome
    words: str
    dataset: DatasetInventory | None = None
    field: str = ""
    purpose: str = ""
    item: str = ""
    figures: Mapping[str, Any] = with_default(default_factory=dict)
    source: Source = UNSAID


@dataclass(frozen=True, slots=True)
class Case:
    """Everything a check may look at.

    Args:
        rule: the rule being evaluated.
        inventory: what was found.
        policy: the register with a person's answers in it; None when there is none.
        decisions: what a person confirmed.
        exports: the tables, when they are open.
        today: the day that ages are counted to.
    """

    rule: Rule
    inventory: Inventory
    policy: Policy | None
    decisions: Decisions
    exports: Exports | None
    today: date

    @property
    def register(self) -> Policy:
        """The register, for checks that cannot do without."""
        if self.policy is None:
            raise PolicyError("this check needs a register: put policy.yaml into the workspace")
        return self.policy

    def personal(self) -> Iterator[tuple[DatasetInventory, tuple[Field, ...]]]:
        """Every dataset with its personal fields, datasets without any left out."""
        for dataset in self.inventory.datasets:
            fields = tuple(f for f in dataset.fields if f.verdict == "found" and f.category != "none")
            if fields:
                yield dataset, fields

    def bound(self) -> Iterator[tuple[DatasetInventory, tuple[Field, ...], DatasetBinding]]:
        """Every dataset with personal data whose purposes a person declared, and be it as none."""
        for dataset, fields in self.personal():
            binding = self.decisions.binding(dataset.source, dataset.table)
            if binding is not None and binding.purposes is not None:
                yield dataset, fields, binding

    def purposeless(self) -> Iterator[DatasetInventory]:
        """Every dataset with personal data that serve no purpose: not declared, or declared as none."""
        bound = {
            (d.source, d.table): all(self.decided(d, f.name) or b.purposes for f in fields)
            for d, fields, b in self.bound()
        }
        yield from (d for d, _ in self.personal() if not bound.get((d.source, d.table)))

    def purposes(self, dataset: DatasetInventory, binding: DatasetBinding, name: str = "") -> tuple[Purpose, ...]:
        """The purposes declared for a field, or else for its dataset."""
        names = self.decided(dataset, name) or binding.purposes or ()
        return tuple(p for p in self.register.purposes if p.id in names)

    def decided(self, dataset: DatasetInventory, name: str) -> tuple[str, ...]:
        """The ids of the purposes a person declared for one field, if any."""
        decision = self.decisions.field(dataset.source, dataset.table, name)
        return decision.purposes if decision else ()

    def located(self) -> dict[tuple[str, str], Located]:
        """The open tables by the source and table the inventory shows."""
        return {(place.source, place.table): place for place in shown(self.exports)} if self.exports else {}


Check = Callable[[Case], Iterator[Draft]]
