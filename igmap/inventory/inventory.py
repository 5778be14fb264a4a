"""The inventory: what personal data is where, with the evidence. It holds counts and shares, never a value."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from igmap.sources.exports import Problem

Verdict = Literal["found", "none", "undecided"]
Identifiability = Literal["direct", "key", "quasi", "none"]
HEADS = ("run.dataset", "run.field", "run.category", "reason.verdict", "run.confidence", "run.reasons")
Special = Literal["none", "art9", "art10", "bsn"]


@dataclass(frozen=True, slots=True)
class Detection:
    """How often a detector fired in a column, whatever the column as a whole is.

    Args:
        detector: its id.
        count: records in which it fired.
        share: of the non-blank records, 0-1.
    """

    detector: str
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class Field:
    """One field and the verdict on it.

    Args:
        name: as the export prints it, or masked when the name itself is personal.
        verdict: found, none, or undecided (a person should look).
        category: of igmap's vocabulary.
        identifiability: direct, key, quasi or none.
        special: Art. 9, Art. 10 or BSN.
        secret: passwords, tokens.
        free_text: sentences, in which anything may hide.
        confidence: of the verdict, 0-1.
        runner_up: the category that came second.
        reasons: codes with figures.
        detections: every detector that fired.
    """

    name: str
    verdict: Verdict
    category: str
    identifiability: Identifiability
    special: Special
    secret: bool
    free_text: bool
    confidence: float
    runner_up: str
    reasons: tuple[Mapping[str, str | int | float], ...] = ()
    detections: tuple[Detection, ...] = ()


@dataclass(frozen=True, slots=True)
class DatasetInventory:
    """One table of one export: its account, and a verdict per field."""

    source: str
    table: str
    rows: int
    parsed: int
    quarantined: int
    sha256: str
    problems: tuple[Problem, ...]
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field | None:
        """The field of that name, if there is one."""
        return next((field for field in self.fields if field.name == name), None)


@dataclass(frozen=True, slots=True)
class Inventory:
    """Everything that was found in one workspace."""

    datasets: tuple[DatasetInventory, ...]
    schema: Literal["igmap.inventory/1"] = "igmap.inventory/1"

    def dataset(self, source: str, table: str = "") -> DatasetInventory | None:
        """The dataset of that source and table, if there is one."""
        return next((d for d in self.datasets if (d.source, d.table) == (source, table)), None)

    def _repr_html_(self) -> str:
        """Every field with its verdict and why, as a notebook shows it; no value of a cell."""
        from igmap.report import Table, fragment, text

        heads = tuple(text(key, "nl") for key in HEADS)
        rows = (_told(dataset, field) for dataset in self.datasets for field in dataset.fields)
        return fragment([Table(heads, tuple(rows))], lang="nl")


def _told(dataset: DatasetInventory, field: Field) -> tuple[str | tuple[str, ...], ...]:
    from igmap.inventory.labels import titled
    from igmap.inventory.reasons import all_told
    from igmap.report import percentage, text
    from igmap.vocabulary import CATEGORIES

    place = titled(dataset.source, dataset.table)
    verdict = text(f"reason.verdict_{field.verdict}", "nl")
    return (
        place,
        field.name,
        CATEGORIES[field.category].nl,
        verdict,
        percentage(field.confidence, "nl"),
        all_told(field.reasons, "nl"),
    )
