"""What a check is given, and the draft of a finding that it gives back."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import InitVar, dataclass
from dataclasses import field as with_default
from datetime import date
from typing import Any

from igmap.errors import PolicyError
from igmap.inventory.decisions import DatasetBinding, Decisions
from igmap.inventory.inventory import DatasetInventory, Field, Inventory
from igmap.inventory.labels import Located
from igmap.policy.findings import Outcome
from igmap.policy.held import Held, held_together
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
        law: articles behind this finding; the rule's when none are given.
    """

    outcome: Outcome
    words: str
    dataset: DatasetInventory | None = None
    field: str = ""
    purpose: str = ""
    item: str = ""
    figures: Mapping[str, Any] = with_default(default_factory=dict)
    source: Source = UNSAID
    law: tuple[str, ...] = ()


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
        known: what follows from those, worked out once for many rules; by default for this one.
    """

    rule: Rule
    inventory: Inventory
    policy: Policy | None
    decisions: Decisions
    exports: Exports | None
    today: date
    known: InitVar[Held | None] = None
    held: Held = with_default(init=False, repr=False)

    def __post_init__(self, known: Held | None) -> None:
        """Work out what follows, unless that is known."""
        held = known or held_together(self.inventory, self.policy, self.decisions, self.exports)
        object.__setattr__(self, "held", held)

    @property
    def register(self) -> Policy:
        """The register, for checks that cannot do without."""
        if self.policy is None:
            raise PolicyError("this check needs a register: put policy.yaml into the workspace")
        return self.policy

    def personal(self) -> Iterator[tuple[DatasetInventory, tuple[Field, ...]]]:
        """Every dataset with its personal fields, datasets without any left out."""
        return iter(self.held.personal)

    def bound(self) -> Iterator[tuple[DatasetInventory, tuple[Field, ...], DatasetBinding]]:
        """Every dataset with personal data whose purposes a person declared, and be it as none."""
        return iter(self.held.bound)

    def purposeless(self) -> Iterator[DatasetInventory]:
        """Every dataset with personal data that serve no purpose: not declared, or declared as none."""
        return iter(self.held.purposeless)

    def binding(self, dataset: DatasetInventory) -> DatasetBinding | None:
        """What a person declared about a dataset with personal data."""
        return self.held.bindings.get((dataset.source, dataset.table))

    def purposes(self, dataset: DatasetInventory, binding: DatasetBinding, name: str = "") -> tuple[Purpose, ...]:
        """The purposes declared for a field, or else for its dataset."""
        return self.held.named(self.decided(dataset, name) or binding.purposes or ())

    def decided(self, dataset: DatasetInventory, name: str) -> tuple[str, ...]:
        """The ids of the purposes a person declared for one field, if any."""
        return self.held.decided.get((dataset.source, dataset.table, name), ())

    def located(self) -> Mapping[tuple[str, str], Located]:
        """The open tables by the source and table the inventory shows."""
        return self.held.located


Check = Callable[[Case], Iterator[Draft]]
