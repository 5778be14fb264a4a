"""A workspace opened and discovered: what every later step starts from."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from igmap.errors import SourceError
from igmap.flows import FlowMap, Record, article_30, map_flows
from igmap.inventory import DatasetInventory, Decisions, Inventory, discover, load_decisions
from igmap.inventory.labels import shown
from igmap.policy import Policy, answered, load_policy
from igmap.sources import Exports, open_exports
from igmap.workspace import Workspace, write_json

Step = Callable[[str], None]


def silent(_: str) -> None:
    """A step that nobody is told of."""


@dataclass(frozen=True, slots=True)
class Found:
    """An opened workspace with what was found in it, while its exports are open.

    Args:
        workspace: where it lies.
        exports: its tables.
        inventory: what was found.
        policy: the register as published; None when the workspace has none.
        decisions: of a person.
        today: the day everything is reckoned to.
    """

    workspace: Workspace
    exports: Exports
    inventory: Inventory
    policy: Policy | None
    decisions: Decisions
    today: date

    @property
    def exit_status(self) -> int:
        """5 when some input could not be read, else 0."""
        return SourceError.exit_status if any(not dataset.readable for dataset in self.exports.datasets) else 0

    @property
    def register(self) -> Policy | None:
        """The register with the answers a person gave to its open values."""
        return answered(self.policy, self.decisions) if self.policy else None

    @property
    def flows(self) -> FlowMap:
        """Datasets, categories, purposes, recipients."""
        return map_flows(self.inventory, self.register, self.decisions)

    @property
    def record(self) -> Record:
        """The record of GDPR Article 30."""
        return article_30(self.inventory, self.register, self.decisions)


@contextmanager
def find(workspace: Workspace, *, today: date, step: Step = silent) -> Iterator[Found]:
    """Open a workspace and discover what is in it; the staged copies go when the block ends.

    Raises:
        PolicyError: the register is not sound.
        DecisionError: the decisions are not sound, or do not fit the register.
    """
    policy = load_policy(workspace.policy) if workspace.policy.exists() else None
    decisions = load_decisions(workspace.decisions)
    step("open")
    with open_exports(workspace) as exports:
        step("discover")
        inventory = discover(exports, decisions, today=today)
        _keep_names(workspace, exports)
        yield Found(workspace, exports, inventory, policy, decisions, today)


def _keep_names(workspace: Workspace, exports: Exports) -> None:
    """Which name stands behind each mask, for the analyst alone: `private/names.json`, only when a name was masked."""
    masked = {
        "#".join(part for part in (at.source, at.table, field) if part): [at.dataset.source, at.dataset.table, column]
        for at in shown(exports)
        for field, column in [("", ""), *((field, column.name) for field, column in at.columns.items())]
        if (field != column if field else (at.source, at.table) != (at.dataset.source, at.dataset.table))
    }
    if masked:
        write_json(workspace.private / "names.json", masked)


def has_quasi_identifiers(dataset: DatasetInventory) -> bool:
    """Whether it holds anything to generalise."""
    return any(field.identifiability == "quasi" for field in dataset.fields)
