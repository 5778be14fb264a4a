"""From provisional to final: the source is looked for as it is now, and the verdict says what was seen."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

import polars as pl
import yaml

from igmap.errors import TargetError, WorkspaceError
from igmap.inventory import Inventory
from igmap.policy.keeping.due import Manifest
from igmap.release.certificate import Certified, certificate
from igmap.release.dossier import RELEASED, planned
from igmap.release.prove import Proof
from igmap.release.register import behind, note_verdict
from igmap.release.remaining import FINAL, Published, Remaining, remaining
from igmap.release.staged import joint_sha256, sha256
from igmap.release.survivors.published import dated
from igmap.release.verdict import Verdict, key_of
from igmap.release.wording import say
from igmap.sources import Exports
from igmap.stages import read_stage, write_stage
from igmap.workspace import Workspace, write_file

DUE = "due.parquet"
OPEN = 3


@dataclass(frozen=True, slots=True)
class Finality:
    """What became of a verdict.

    Args:
        name: of the release.
        status: final when nothing remains, else provisional.
        on: the day.
        remains: what was seen.
    """

    name: str
    status: Literal["provisional", "final"]
    on: date
    remains: Remaining

    @property
    def exit_status(self) -> int:
        """3 while something remains."""
        return 0 if self.status == "final" else OPEN

    def lines(self, lang: str) -> Iterator[str]:
        """What was found, a sentence each."""
        yield say(f"finality.{self.status}", lang, name=self.name, tables=len(self.remains.looked_at))
        yield from (say("finality.unchanged", lang, table=one) for one in self.remains.unchanged)
        for table, persons in self.remains.persons.items():
            yield say("finality.persons", lang, table=table, persons=persons)
        yield from (say("finality.untold", lang, table=one) for one in self.remains.untold)
        for table, records in self.remains.joined.items():
            yield say("finality.joined", lang, table=table, records=records)
        if self.remains.key:
            yield say("finality.key", lang, name=self.name)

    def _repr_html_(self) -> str:
        from igmap.report import Items, fragment

        return fragment([Items(tuple(self.lines("nl")))], lang="nl")


def finalise(exports: Exports, inventory: Inventory, workspace: Workspace, name: str, *, today: date) -> Finality:
    """Make a verdict final if nothing is left of the source, or provisional again if something came back.

    It is final when the persons of the release are in no table and no list of records, no table is or may be its
    source, nothing that is left joins to it, and no key of pseudonyms exists. Register, certificate and verdict are
    each written by one rename, the verdict last; then the list of who is in the release goes.

    Args:
        exports: as they are now.
        inventory: of these.
        workspace: where it was published.
        name: of the release.
        today: the day.

    Raises:
        WorkspaceError: there is no such release, or no dossier of it.
        TargetError: the published file is not the one that was proved.
        ReleaseError: the register of releases cannot be read; nothing was written.
    """
    release, proof, verdict = _read(workspace, name)
    seen = remaining(exports, inventory, release, workspace.private)
    kept = replace(verdict, key=key_of(dict(release.plan), kept=seen.key))
    final = kept.final_on or today
    told = replace(kept, status="final", final_on=final) if seen.nothing else _provisional(kept)
    if told != verdict or behind(workspace, told):
        _rewrite(workspace, release, proof, told)
        dated(release.folder, today)
    found = Finality(name, told.status, today, seen)
    if seen.nothing:
        write_stage(release.dossier / FINAL, found)
        for file in (RELEASED, DUE):
            (release.dossier / file).unlink(missing_ok=True)
    return found


def _rewrite(workspace: Workspace, release: Published, proof: Proof, verdict: Verdict) -> None:
    """Make certificate and verdict ready, note their hashes in the register, and put them in their place."""
    try:
        versions = json.loads((release.dossier / "versions.json").read_text("utf-8"))
        lang = versions.pop("language")
    except (OSError, ValueError, KeyError, AttributeError):
        raise WorkspaceError(f"{verdict.name}: versions.json of its dossier cannot be read; put it back") from None
    ready = Path(tempfile.mkdtemp(dir=workspace.staging, prefix="finalise-"))
    try:
        page = certificate(Certified(release.plan, proof, verdict, versions), lang)
        files = [write_file(ready / "certificate.html", page), write_stage(ready / "verdict.json", verdict)]
        note_verdict(workspace, verdict, ready)
        for file in files:
            file.replace(release.folder / file.name)
    except OSError as error:
        raise WorkspaceError(f"{verdict.name}: its verdict cannot be written ({error.strerror})") from None
    finally:
        shutil.rmtree(ready, ignore_errors=True)


def _provisional(verdict: Verdict) -> Verdict:
    return replace(verdict, status="provisional", final_on=None)


def _read(workspace: Workspace, name: str) -> tuple[Published, Proof, Verdict]:
    """A release with its dossier, if its files are still those that were proved."""
    folder, dossier = workspace.root / "out" / "releases" / name, workspace.root / "private" / "dossiers" / name
    try:
        verdict, proof = read_stage(folder / "verdict.json", Verdict), read_stage(dossier / "proof.json", Proof)
        plan = planned(dossier)
        hashes = joint_sha256([sha256(folder / file) for file in _files(plan)])
        released = _released(dossier)
    except (OSError, ValueError, KeyError, yaml.YAMLError, pl.exceptions.PolarsError):
        raise WorkspaceError(
            f"{name}: no release of that name with a whole dossier; known are {', '.join(releases(workspace)) or '–'}"
        ) from None
    if (hashes, sha256(dossier / "plan.yaml")) != (proof.data_sha256, proof.plan_sha256):
        raise TargetError(f"{name}: the file or its plan is not the one that was proved; make and prove it again")
    return Published(folder, dossier, plan, proof.input_sha256, released), proof, verdict


def _files(plan: object) -> list[str]:
    if not isinstance(plan, dict):
        raise OSError("no plan")
    names = [plan["name"], *(f"{plan['name']}-{one['name']}" for one in plan.get("linked") or ())]
    return [f"{one}.{plan['file_format']}" for one in names]


def _released(dossier: Path) -> pl.DataFrame | None:
    return pl.read_parquet(dossier / RELEASED) if (dossier / RELEASED).exists() else None


def releases(workspace: Workspace) -> list[str]:
    """Names of the published releases that have a dossier."""
    folder = workspace.root / "private" / "dossiers"
    published = (path.parent.name for path in sorted((workspace.root / "out" / "releases").glob("*/verdict.json")))
    return [name for name in published if (folder / name / "proof.json").exists()]


def list_released(workspace: Workspace, manifest: Manifest) -> dict[str, int]:
    """Of each release, list the records past their term whose persons are in it, so that a person deletes them.

    Args:
        workspace: with the lists of `igmap retention due`.
        manifest: of these lists.

    Returns:
        How many records, by release; the list is `private/dossiers/<name>/due.parquet`.
    """
    found = {}
    for name in releases(workspace):
        release = _read(workspace, name)[0]
        parts = list(_past(workspace, manifest, release))
        if parts and (records := pl.concat(parts).unique().sort("dataset", "record")).height:
            path = release.dossier / DUE
            path.touch(mode=0o600)
            records.write_parquet(path)
            found[name] = records.height
    return found


def _past(workspace: Workspace, manifest: Manifest, release: Published) -> Iterator[pl.DataFrame]:
    """Records past their term of who is in a release: by person, or in the very file it was made from by number."""
    keys = {table["source"]: table["person_key"] for table in release.tables}
    for one in manifest.lists if release.released is not None else ():
        rows = pl.read_parquet(workspace.private / "retention" / one.file).select("record", "person", "start")
        key = keys.get(one.dataset.partition("#")[0])
        if key and key == one.person_key:
            who = rows["person"].str.strip_chars().str.to_lowercase()
            rows = rows.filter(who.is_in(release.persons().implode()))
        elif not key and one.sha256 == release.input_sha256 and release.released is not None:
            rows = rows.filter(pl.col("record").is_in(release.released["record"].implode()))
        else:
            continue
        yield rows.select(pl.lit(one.dataset).alias("dataset"), "record", "person", "start")
