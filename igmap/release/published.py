"""A released table as anybody sees it, with the plan and the hierarchies behind it; read from a dossier, or staged."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from igmap.errors import ReleaseError
from igmap.release.staged import Labels, Staged, joint_sha256, read_hierarchy, read_table, sha256
from igmap.release.steps import settings_of
from igmap.vocabulary.files import load_text
from igmap.workspace import Workspace


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Published:
    """One table of a release.

    Args:
        file: its name without the suffix; that of the release for its first table.
        plan: what the plan says of the table.
        table: its rows, every cell as text.
        hierarchies: of each quasi-identifier.
        who: the number of the person of each row; that of the row where the map is gone.
    """

    file: str
    plan: Mapping[str, Any]
    table: pl.DataFrame
    hierarchies: Mapping[str, Labels]
    who: pl.Series

    @property
    def columns(self) -> dict[str, Mapping[str, Any]]:
        """What the plan says of each released column."""
        return {one["field"]: one for one in self.plan["columns"] if one["field"] in self.table.columns}

    @property
    def quasi(self) -> list[str]:
        """The columns that others may know."""
        return [field for field, one in self.columns.items() if one["role"] == "quasi"]

    @property
    def links(self) -> list[str]:
        """The columns that hold pseudonyms."""
        return [field for field, one in self.columns.items() if one["role"] == "link" or _pseudonym(one)]

    @property
    def exact(self) -> list[str]:
        """The columns that a class may give away."""
        return [field for field in self.columns if field not in {*self.quasi, *self.links}]

    def steps(self, field: str) -> Sequence[Any]:
        """What was done to a column before anything was counted."""
        return self.columns[field].get("transform") or ()

    def plain(self, field: str, cells: pl.Series) -> pl.Series:
        """Cells of a column, numbers written in one way."""
        if self.columns[field]["type"] == "string":
            return cells
        number = cells.cast(pl.Float64, strict=False).cast(pl.String)
        return number.zip_with(number.is_not_null(), cells)


def _pseudonym(column: Mapping[str, Any]) -> bool:
    return any(settings_of(step)[0] == "pseudonym" for step in column.get("transform") or ())


def staged_table(staged: Staged) -> Published:
    """A table that lies in staging, with its map."""
    who = staged.persons["person"].head(staged.table.height).rank("dense").fill_null(0)
    return Published(staged.data.stem, staged.plan, staged.table, staged.hierarchies, who)


def names(workspace: Workspace) -> list[str]:
    """The releases that have a dossier and were published, by name; an attempt that stopped halfway is none."""
    dossiers = workspace.root / "private" / "dossiers"
    released = workspace.root / "out" / "releases"
    return sorted(path.name for path in dossiers.glob("*") if path.is_dir() and (released / path.name).is_dir())


def read_release(workspace: Workspace, name: str) -> tuple[Published, ...]:
    """The tables of a release that was published, if it is still as it was.

    Raises:
        ReleaseError: a file is gone, was changed or cut short, or its dossier is not complete.
    """
    folder, dossier = workspace.root / "out" / "releases" / name, workspace.root / "private" / "dossiers" / name
    if not folder.is_dir():
        raise ReleaseError(f"release {name!r}: its folder is gone; put it back, or sign for what cannot be told")
    plan, hashes = _dossier(dossier, name)
    parts = [plan, *({**plan, **one} for one in plan.get("linked") or ())]
    stems = [name, *(f"{name}-{one['name']}" for one in plan.get("linked") or ())]
    files = [folder / f"{stem}.{plan['file_format']}" for stem in stems]
    if any(not file.is_file() for file in files) or joint_sha256([sha256(file) for file in files]) != hashes["data"]:
        raise ReleaseError(f"release {name!r}: its file is gone, was changed or cut short since; put it back")
    return tuple(
        _read(file, part, dossier / "hierarchies" / ("" if number == 1 else str(number)))
        for number, (file, part) in enumerate(zip(files, parts, strict=True), start=1)
    )


def _dossier(dossier: Path, name: str) -> tuple[dict[str, Any], dict[str, str]]:
    """The plan of a release and the hash of its data."""
    try:
        plan: dict[str, Any] = load_text((dossier / "plan.yaml").read_text("utf-8"))
        known = json.loads((dossier / "inputs.json").read_text("utf-8"))
        hashes = {"data": known["data_sha256"], "plan": known["plan_sha256"]}
    except (OSError, ValueError, KeyError, TypeError, yaml.YAMLError):
        raise ReleaseError(f"release {name!r}: its dossier lacks a plan or hashes that can be read") from None
    if sha256(dossier / "plan.yaml") != hashes["plan"]:
        raise ReleaseError(f"release {name!r}: the plan in its dossier was changed since; put it back")
    return plan, hashes


def _read(file: Path, plan: Mapping[str, Any], where: Path) -> Published:
    quasi = [one["field"] for one in plan["columns"] if one["treatment"] != "drop" and one["role"] == "quasi"]
    try:
        table = read_table(file)[0]
        hierarchies = {field: read_hierarchy(where / f"{at}.csv") for at, field in enumerate(quasi, start=1)}
    except (OSError, ValueError) as error:
        raise ReleaseError(f"{file.name}: it or a hierarchy cannot be read ({type(error).__name__})") from None
    return Published(file.stem, plan, table, hierarchies, pl.Series(range(table.height), dtype=pl.UInt32))
