"""Tables, plans and an oracle for the tests of anonymising and releasing."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import product
from pathlib import Path

import pandas as pd
import polars as pl

from igmap.anonymisation import Hierarchy, Plan, PlannedColumn, build_hierarchy
from igmap.release.free_text import Mark, add_marks, scanned_release
from igmap.release.staged import InStaging
from igmap.sources import Exports, open_exports
from igmap.workspace import Workspace

DATA = Path(__file__).parent / "data"
Row = tuple[str | None, ...]
Settings = Mapping[str, object]

AGE: Settings = {"intervals": [5, 10, 20]}
POSTCODE: Settings = {"postcode": "nl"}
SIGNED = {"by": "A. Tester", "on": "2026-11-26", "why": "a trial with few persons"}


def look_at(exports: Exports, release: InStaging, workspace: Workspace, *, left: int | None = 0) -> list[Mark]:
    """Somebody looks at every free text of a release and sees so much in each."""
    texts = scanned_release(exports, release).sample.texts["hash"].to_list()
    add_marks(workspace, marks := [Mark(text, left, "A. Tester", date(2026, 11, 26)) for text in texts])
    return marks


def quasi(field: str, hierarchy: Settings, **settings: float) -> PlannedColumn:
    return PlannedColumn(field, "quasi", "generalise", hierarchy=hierarchy, **settings)  # type: ignore[arg-type] # least_level, weight


def plan(*columns: PlannedColumn, k: int = 2, limit: float = 1.0, person: str | None = None, source: str = "t") -> Plan:
    told = {"k": k, "suppression_limit": limit, "person_key": person, "search": "global"}
    return Plan("trial", source, columns, seed=7, signed=SIGNED, **told)  # type: ignore[arg-type] # each has its own type


def opened(columns: Sequence[str], rows: Sequence[Row], source: str = "t") -> Exports:
    return open_exports({source: pd.DataFrame(rows, columns=list(columns), dtype="object")})


def oracle(rows: Sequence[Row], persons: Sequence[str | None], hierarchies: Sequence[Hierarchy], k: int) -> float:
    """The least loss over all nodes, by counting each of them in the plainest way."""
    return min(
        loss_of(node, rows, persons, hierarchies, k)
        for node in product(*(range(hierarchy.levels) for hierarchy in hierarchies))
    )


def loss_of(
    node: Sequence[int], rows: Sequence[Row], persons: Sequence[str | None], hierarchies: Sequence[Hierarchy], k: int
) -> float:
    """NCP of one node by definition: suppressed rows cost 1, others the mean of their cells."""
    maps = [
        {labels[0]: labels[level] for labels in h.labels.tolist()} for h, level in zip(hierarchies, node, strict=True)
    ]
    classes: dict[Row, set[str | None]] = defaultdict(set)
    for row, person in zip(rows, persons, strict=True):
        classes[_recoded(row, maps)].add(person)
    total = 0.0
    for row in rows:
        kept = len(classes[_recoded(row, maps)]) >= k
        total += sum(_cost(m, value) for m, value in zip(maps, row, strict=True)) / len(row) if kept else 1.0
    return total / len(rows)


def _recoded(row: Row, maps: Sequence[dict[str | None, str | None]]) -> Row:
    return tuple(labels[value] for labels, value in zip(maps, row, strict=True))


def _cost(labels: dict[str | None, str | None], value: str | None) -> float:
    covered = [leaf for leaf, label in labels.items() if label == labels[value]]
    filled = [leaf for leaf in labels if leaf is not None]
    if len(covered) == len(labels) > 1:
        return 1.0
    if filled and all(leaf.isdigit() for leaf in filled):
        numbers, scale = [int(leaf) for leaf in covered if leaf is not None], [int(leaf) for leaf in filled]
        return (max(numbers) - min(numbers)) / ((max(scale) - min(scale)) or 1) if numbers else 0.0
    return (len(covered) - 1) / max(len(labels) - 1, 1)


def built(field: str, values: Sequence[str | None], hierarchy: Settings) -> Hierarchy:
    return build_hierarchy(field, pl.Series(list(dict.fromkeys(values)), dtype=pl.String), hierarchy)


def adult() -> pd.DataFrame:
    return pd.read_csv(DATA / "adult" / "adult.csv.gz", sep=";", dtype=str, keep_default_na=False)


def adult_plan(k: int = 5, limit: float = 1.0) -> Plan:
    columns = (quasi(name, {"file": str(DATA / "adult" / f"adult_hierarchy_{name}.csv")}) for name in adult().columns)
    return plan(*columns, k=k, limit=limit, source="adult")


def oulad() -> pd.DataFrame:
    return pd.read_csv(DATA / "oulad" / "studentInfo.csv.gz", dtype=str, keep_default_na=False)
