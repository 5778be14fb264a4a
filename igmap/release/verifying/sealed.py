"""What a release folder says of itself: its files with their hashes, the roles of columns, and what was asked of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from igmap.errors import SourceError
from igmap.release.staged import sha256

PACKAGE, VERDICT, CERTIFICATE = "datapackage.json", "verdict.json", "certificate.html"


@dataclass(frozen=True, slots=True)
class Sealed:
    """A folder's own account of itself.

    Args:
        roles: of the columns, per file.
        delimiters: of its CSV files.
        asked: the thresholds that verdict.json says it meets.
        missing: what a release of igmap has and this folder lacks.
        looked: whether verdict.json says that people looked at its free text.
    """

    roles: dict[str, dict[str, str]] = field(default_factory=dict)
    delimiters: dict[str, str] = field(default_factory=dict)
    asked: dict[str, float] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    looked: bool = False


def sealed(folder: Path) -> Sealed:
    """Read what a folder says of itself, and hold the files against it; nothing where it says nothing.

    Raises:
        SourceError: a file is missing, was changed after it was published, or is none of the release.
    """
    package = _read(folder / PACKAGE)
    resources = [one for one in _listed(package.get("resources")) if isinstance(one.get("path"), str)]
    if not any(isinstance(one.get("hash"), str) for one in resources):
        return Sealed(_roles(resources))
    for one in resources:
        _check(folder, one)
    unlisted = {path.name for path in folder.iterdir() if path.suffix in {".csv", ".tsv", ".parquet"}}
    unlisted -= {one["path"] for one in resources}
    if unlisted:
        raise SourceError(f"{folder.name}: holds {len(unlisted)} data files that {PACKAGE} does not list")
    verdict = _read(folder / VERDICT)
    return Sealed(
        _roles(resources),
        {one["path"]: str(_object(one.get("dialect")).get("delimiter", ",")) for one in resources},
        _numbers(verdict.get("thresholds")),
        tuple(name for name in (VERDICT, CERTIFICATE) if not (folder / name).exists()),
        bool(_object(verdict.get("free_text")).get("looked")),
    )


def _check(folder: Path, resource: Mapping[str, Any]) -> None:
    path = folder / resource["path"]
    if path.parent != folder or not path.is_file():
        raise SourceError(f"{folder.name}: lacks a data file that {PACKAGE} lists; ask for the whole release")
    if resource.get("hash") is not None and resource["hash"] != f"sha256:{sha256(path)}":
        raise SourceError(
            f"{path.name}: was changed after it was published, its hash is not the one in {PACKAGE}; ask for the "
            "release again, or lay the file in a folder of its own to count it as it is"
        )


def _roles(resources: list[dict[str, Any]]) -> dict[str, dict[str, str]]:
    fields = {one["path"]: _listed(_object(one.get("schema")).get("fields")) for one in resources}
    return {
        path: {str(known["name"]): str(known["igmap:role"]) for known in listed if {"name", "igmap:role"} <= set(known)}
        for path, listed in fields.items()
    }


def _read(path: Path) -> dict[str, Any]:
    """A JSON object.

    Raises:
        SourceError: the file is there and is none.
    """
    if not path.exists():
        return {}
    try:
        content = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise SourceError(f"{path.name}: cannot be read ({type(error).__name__}); ask for the release again") from None
    return _object(content)


def _object(content: object) -> dict[str, Any]:
    return content if isinstance(content, dict) else {}


def _listed(content: object) -> list[dict[str, Any]]:
    return [one for one in content if isinstance(one, dict)] if isinstance(content, list) else []


def _numbers(content: object) -> dict[str, float]:
    found = content.items() if isinstance(content, dict) else ()
    return {str(name): float(value) for name, value in found if isinstance(value, int | float)}
