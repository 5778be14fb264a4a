"""The dossier of a release: everything that may not leave, with a list that says what each file is."""

import hashlib
import shutil
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from typing import Any

import polars as pl

from igmap import __version__
from igmap.release.prove import Proof
from igmap.release.staged import Staged
from igmap.release.wording import say, texts
from igmap.stages import write_stage
from igmap.vocabulary.files import load_text
from igmap.workspace import made, write_file, write_json

KEPT = ("hierarchies", "models", "population")
LIBRARIES = ("duckdb", "numpy", "polars", "pyarrow")
RELEASED = "released.parquet"
LANGUAGES = ("nl", "en")


def keep_dossier(dossier: Path, staged: Staged, proof: Proof, lang: str) -> None:
    """Write the dossier of a release that is about to be published, in place of that of an attempt that failed.

    Args:
        dossier: its folder.
        staged: the release in staging.
        proof: of it.
        lang: of the certificate.
    """
    staging = staged.data.parent
    made(dossier.parent, mode=0o700)
    shutil.rmtree(dossier, ignore_errors=True)
    made(dossier, mode=0o700)
    for name in KEPT:
        if (staging / name).exists():
            shutil.copytree(staging / name, dossier / name)
    for file in [path for path in (staging / "plan.yaml", staging / "key.txt") if path.exists()]:
        shutil.copyfile(file, dossier / file.name)
    write_stage(dossier / "proof.json", proof)
    hashes = {"input_sha256": proof.input_sha256, "plan_sha256": proof.plan_sha256, "data_sha256": proof.data_sha256}
    write_json(dossier / "inputs.json", {**hashes, "fingerprint": fingerprint(staging, proof)})
    write_json(dossier / "versions.json", {**versions(), "language": lang})
    _keep_released(dossier / RELEASED, staged)
    write_file(dossier / "README.md", readme(dossier, proof.name))


def fingerprint(folder: Path, proof: Proof) -> str:
    """What makes two releases the same: plan, input and result; only plan and input where values are drawn."""
    plan = load_text((folder / "plan.yaml").read_text("utf-8"))
    columns = [column for table in (plan, *(plan.get("linked") or ())) for column in table["columns"]]
    drawn = plan.get("sample", 1) < 1 or any(column.get("transform") for column in columns)
    result = "" if drawn else proof.data_sha256
    return hashlib.sha256(f"{proof.plan_sha256} {proof.input_sha256} {result}".encode()).hexdigest()


def versions() -> dict[str, str]:
    """Of igmap, Python and the libraries that count."""
    return {"igmap": __version__, "Python": python_version()} | {name: version(name) for name in LIBRARIES}


def _keep_released(path: Path, staged: Staged) -> None:
    """Who is in the release, so that their deletion can be verified: sorted, so that nothing leads to a row."""
    parts = [
        one.persons.select(
            "record", "person", source=pl.lit(one.plan["source"]), table=pl.lit(one.plan.get("table") or "")
        )
        for one in staged.tables
    ]
    listed = pl.concat(parts).unique().sort("source", "table", "record", "person", nulls_last=True)
    if not staged.plan["person_key"]:
        listed = listed.with_columns(person=pl.lit(None, pl.String))
    path.touch(mode=0o600)
    listed.write_parquet(path)


def readme(dossier: Path, name: str) -> str:
    """What each file of a dossier is, in Dutch and English."""
    held = sorted(path.name for path in dossier.iterdir() if f"dossier.{path.name}" in texts())
    told: list[str] = []
    for lang in LANGUAGES:
        files = "".join(f"- `{file}`: {say(f'dossier.{file}', lang)}\n" for file in held)
        told.append(f"{say('dossier', lang, name=name)}\n{files}")
    return "\n".join(told)


def planned(dossier: Path) -> Mapping[str, Any]:
    """The plan of a dossier as plain values."""
    plan: Mapping[str, Any] = load_text((dossier / "plan.yaml").read_text("utf-8"))
    return plan
