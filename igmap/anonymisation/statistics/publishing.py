"""Tables as files: made in private, put where they may be shown by one rename; with a codebook, and a dossier."""

import csv
import hashlib
import io
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

from igmap.anonymisation.statistics.specification import Measure, Statistics, WantedTable
from igmap.errors import ReleaseExistsError, WorkspaceError
from igmap.stages import to_plain
from igmap.vocabulary import load_yaml
from igmap.workspace import Workspace, made, write_file, write_json

PROFILES = "https://datapackage.org/profiles/2.0"
TYPES = {"persons": "integer", "rows": "integer"}
Cell = str | int | float | None


@dataclass(frozen=True, slots=True, eq=False)
class Filled:
    """A table that is ready.

    Args:
        table: how it was specified.
        columns: names, in order.
        lines: what is told, blanks as None.
        withheld: how many groups are not told.
        dossier: what only the analyst may know of it.
        accuracy: of figures with noise, by measure.
    """

    table: WantedTable
    columns: tuple[str, ...]
    lines: Sequence[Sequence[Cell]]
    withheld: int
    dossier: Mapping[str, Any]
    accuracy: Mapping[str, float]


def say(key: str, lang: str, **values: object) -> str:
    """A sentence in Dutch or English."""
    said: str = load_yaml("igmap.anonymisation.statistics", "texts.yaml")[key][lang]
    return said.format(**values)


def target_of(workspace: Workspace, wanted: Statistics) -> Path:
    """Where a release goes.

    Raises:
        ReleaseExistsError: one of that name is there.
    """
    target = workspace.out / "statistics" / wanted.name
    if target.exists():
        raise ReleaseExistsError(f"statistics {wanted.name!r} were released before; choose another name")
    return target


def publish_tables(
    workspace: Workspace, wanted: Statistics, tables: Sequence[Filled], lang: Literal["nl", "en"]
) -> Path:
    """Write the tables and their codebook to `out/statistics/<name>/`, and the dossier to `private/statistics/<name>/`.

    Raises:
        ReleaseExistsError: a release of that name is there.
        WorkspaceError: disk or rights do not allow it.
    """
    target = target_of(workspace, wanted)
    made(target.parent)
    ready = Path(tempfile.mkdtemp(dir=workspace.staging, prefix="statistics-"))
    try:
        for one in tables:
            write_file(ready / f"{one.table.name}.csv", _csv(one))
        write_json(ready / "datapackage.json", _package(ready, wanted, tables, lang))
        _keep_dossier(made(workspace.private / "statistics" / wanted.name, mode=0o700), wanted, tables)
        ready.chmod(0o755)
        ready.replace(target)
    except OSError as error:
        raise WorkspaceError(f"{wanted.name}: cannot be published ({error.strerror}); nothing was") from None
    finally:
        shutil.rmtree(ready, ignore_errors=True)
    return target


def _csv(filled: Filled) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([filled.columns, *filled.lines])
    return text.getvalue()


def _keep_dossier(folder: Path, wanted: Statistics, tables: Sequence[Filled]) -> None:
    plain = yaml.safe_dump(to_plain(wanted), sort_keys=False, allow_unicode=True, width=120)
    write_file(folder / "statistics.yaml", plain)
    write_json(folder / "dossier.json", {one.table.name: one.dossier for one in tables})


def _package(ready: Path, wanted: Statistics, tables: Sequence[Filled], lang: str) -> dict[str, Any]:
    """datapackage.json: silent about the source, and about the rules by which sums are withheld.

    Source: https://datapackage.org/standard/data-package/ (version 2.0).
    """
    return {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": wanted.name,
        "description": say("package", lang),
        "resources": [_resource(ready / f"{one.table.name}.csv", one, lang) for one in tables],
    }


def _resource(file: Path, filled: Filled, lang: str) -> dict[str, Any]:
    content = file.read_bytes()
    return {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": filled.table.name,
        "type": "table",
        "path": file.name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "description": " ".join(_protection(filled.table, lang)),
        "igmap:protection": _stated(filled),
        "schema": {
            "$schema": f"{PROFILES}/tableschema.json",
            "fields": list(_fields(filled, lang)),
            "missingValues": [""],
        },
    }


def _protection(table: WantedTable, lang: str) -> Iterator[str]:
    protection = table.protection
    if table.is_noisy:
        stated = {"epsilon": protection.epsilon, "delta": protection.delta, "per_person": protection.per_person}
        yield say("noise", lang, **stated)
        return
    yield say("threshold", lang, threshold=protection.threshold)
    if protection.rounding:
        yield say("rounding", lang, rounding=protection.rounding)


def _stated(filled: Filled) -> dict[str, Any]:
    """What a reader has to know to use the figures."""
    protection = filled.table.protection
    if not filled.table.is_noisy:
        return {"threshold": protection.threshold, "rounding": protection.rounding}
    stated = {"epsilon": protection.epsilon, "delta": protection.delta, "per_person": protection.per_person}
    return {**stated, "accuracy_95": dict(filled.accuracy)}


def _fields(filled: Filled, lang: str) -> Iterator[dict[str, str]]:
    measures = {measure.name: measure for measure in filled.table.measures}
    for name in filled.columns:
        if name in measures:
            described = "; ".join(_described(measures[name], filled, lang))
            yield {"name": name, "type": TYPES.get(name, "number"), "description": described}
        else:
            kind = "boolean" if name == "withheld" else "string"
            key = name if name in {"totals", "withheld"} else "group"
            yield {"name": name, "type": kind, "description": say(key, lang)}


def _described(measure: Measure, filled: Filled, lang: str) -> Iterator[str]:
    yield say(measure.count or ("sum" if measure.sum else "mean"), lang, field=measure.field)
    if measure.bounds:
        yield say("bounds", lang, low=f"{measure.bounds[0]:g}", high=f"{measure.bounds[1]:g}")
    if measure.name in filled.accuracy:
        yield say("accuracy", lang, accuracy=f"{filled.accuracy[measure.name]:.4g}")
