"""A workspace opened and discovered: what every later step starts from."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from igmap.flows import FlowMap, Record, article_30, map_flows
from igmap.inventory import DatasetInventory, Decisions, Inventory, discover, load_decisions
from igmap.inventory.detectors import DETECTORS, Detector
from igmap.inventory.labels import shown
from igmap.inventory.locations import FILE, members, write_locations
from igmap.inventory.own_detectors import detectors_of
from igmap.inventory.sampling import Sample
from igmap.policy import Policy, load_policy
from igmap.policy.named import refuse_unknown_fields, registered
from igmap.progress import Step, silent
from igmap.sources import Exports, open_exports
from igmap.workspace import Workspace, write_json


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
        detectors: igmap's own, with those of the workspace and of installed packages.
        seen: the tables that were looked at, if those are a sample.
        step: told of each step of what is done with it.
    """

    workspace: Workspace
    exports: Exports
    inventory: Inventory
    policy: Policy | None
    decisions: Decisions
    today: date
    detectors: tuple[Detector, ...] = DETECTORS
    seen: Exports | None = None
    step: Step = silent

    @property
    def exit_status(self) -> int:
        """5 when some input could not be read, else 0."""
        return self.exports.exit_status

    @property
    def register(self) -> Policy | None:
        """The register with the answers a person gave to its open values.

        Raises:
            DecisionError: an answer does not fit, or a decision names what is neither in the register nor found.
        """
        refuse_unknown_fields(self.decisions, self.inventory)
        return registered(self.policy, self.decisions) if self.policy else None

    @property
    def flows(self) -> FlowMap:
        """Datasets, categories, purposes, recipients."""
        return map_flows(self.inventory, self.register, self.decisions)

    @property
    def record(self) -> Record:
        """The record of GDPR Article 30."""
        return article_30(self.inventory, self.register, self.decisions)

    def keep_locations(self) -> Path:
        """Write where hidden identifiers stand, for the analyst alone: `private/locations.parquet`."""
        return write_locations(
            self.workspace.private / FILE,
            self.seen or self.exports,
            self.inventory,
            staging=self.workspace.staging,
            detectors=self.detectors,
        )


@contextmanager
def find(workspace: Workspace, *, today: date, step: Step = silent, sample: Sample | None = None) -> Iterator[Found]:
    """Open a workspace and discover what is in it; the staged copies go when the block ends.

    Args:
        workspace: with its exports.
        today: the day everything is reckoned to.
        step: told the name of each step as it begins.
        sample: how many records of each table are looked at; None for all.

    Raises:
        DetectorError: a detector of the workspace's own is not sound, or fails its cases.
        PolicyError: the register is not sound.
        DecisionError: the decisions are not sound, or do not fit the register.
    """
    policy = load_policy(workspace.policy) if workspace.policy.exists() else None
    decisions = load_decisions(workspace.decisions)
    detectors = detectors_of(workspace.detectors)
    step("open")
    with open_exports(workspace) as exports:
        step("discover")
        seen = sample.draw(exports) if sample else exports
        inventory = discover(seen, decisions, today=today, detectors=detectors)
        inventory = sample.told(inventory) if sample else inventory
        _keep_names(workspace, exports)
        yield Found(workspace, exports, inventory, policy, decisions, today, detectors, seen, step)


def _keep_names(workspace: Workspace, exports: Exports) -> None:
    """Which name stands behind each mask, for the analyst alone: `private/names.json`, only when a name was masked."""
    masked = {
        "#".join(part for part in (at.source, at.table, field) if part): [at.dataset.source, at.dataset.table, column]
        for at in shown(exports)
        for field, column in [("", ""), *((field, column.name) for field, column in at.columns.items())]
        if (field != column if field else (at.source, at.table) != (at.dataset.source, at.dataset.table))
    }
    masked |= {
        mask: [str(PurePosixPath(at.dataset.source).parent / name), "", ""]
        for at in shown(exports)
        for mask, (name, _) in zip(members(at), at.dataset.files, strict=True)
        if PurePosixPath(mask).name != name
    }
    if masked:
        write_json(workspace.private / "names.json", masked)


def has_quasi_identifiers(dataset: DatasetInventory) -> bool:
    """Whether it holds anything to generalise."""
    return any(field.identifiability == "quasi" for field in dataset.fields)
