"""Publishing: everything is made in private, and one rename puts it where it may be shown. Or nothing happens."""

import hashlib
import json
import shutil
import tempfile
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

import yaml

from igmap.errors import ReleaseExistsError, TargetError, WorkspaceError
from igmap.release.certificate import certificate
from igmap.release.conditions import UNCOUNTED
from igmap.release.package import data_package
from igmap.release.prove import Proof
from igmap.release.published import names
from igmap.release.register import Entry, registering
from igmap.release.staged import InStaging, Staged, read_staged, sha256
from igmap.stages import write_stage
from igmap.workspace import Workspace, made, write_file, write_json

LOOK_AGAIN_DAYS = 365
PRIVATE = ("persons*.parquet", "prepared*.parquet", "sampled*.parquet")
KEPT = ("hierarchies", "models", "population")


@dataclass(frozen=True, slots=True)
class Verdict:
    """verdict.json: what other programs need to know of a release.

    Args:
        name: of the release.
        thresholds: what was asked.
        met: whether all thresholds hold; a release that does not meet them is never published.
        status: provisional while the source is still identifiable, else final.
        published_on: the day.
        look_again_on: when to judge it again.
    """

    name: str
    thresholds: dict[str, int | float]
    met: bool
    status: Literal["provisional", "final"]
    published_on: date
    look_again_on: date
    schema: Literal["igmap.verdict/1"] = "igmap.verdict/1"


def publish(
    release: InStaging, proof: Proof, workspace: Workspace, *, today: date, lang: Literal["nl", "en"] = "nl"
) -> Path:
    """Publish a proved release as `out/releases/<name>/` and keep its dossier in `private/dossiers/<name>/`.

    The maps from row to person, and what transformations made of each record, are destroyed first; then one rename
    publishes, and the register of releases tells of it. A release of that name made from the same plan and input is
    returned as it is.

    Args:
        release: in staging.
        proof: of that release.
        workspace: where it is published.
        today: the day of publication; the release has to be judged again a year later.
        lang: of certificate and codebook.

    Returns:
        The folder that may be shared.

    Raises:
        TargetError: a threshold is not met, the file changed after it was proved, or it was not tested against an
            earlier release; nothing was published.
        ReleaseError: the register of releases cannot be read; nothing was published.
        ReleaseExistsError: another release has that name.
        WorkspaceError: disk or rights do not allow it.
    """
    check_met(proof)
    target = workspace.out / "releases" / proof.name
    dossier = workspace.private / "dossiers" / proof.name
    if target.exists():
        return _existing(target, dossier, release, proof)
    staged = read_staged(release.folder)
    if (sha256(release.folder / "plan.yaml"), staged.data_sha256) != (proof.plan_sha256, proof.data_sha256):
        raise TargetError(f"{proof.name}: file or plan changed after the proof; nothing was published; prove it again")
    _check_tested(proof, workspace)
    made(target.parent)
    ready = Path(tempfile.mkdtemp(dir=workspace.staging, prefix="publish-"))
    try:
        _fill(ready, staged, proof, today=today, lang=lang)
        _keep_dossier(dossier, release.folder, proof)
        with registering(workspace, _entry(ready, staged, proof, today=today)):
            for path in [path for pattern in PRIVATE for path in release.folder.glob(pattern)]:
                path.unlink()
            ready.replace(target)
    except OSError as error:
        raise WorkspaceError(f"{proof.name}: cannot be published ({error.strerror}); nothing was") from None
    finally:
        shutil.rmtree(ready, ignore_errors=True)
    shutil.rmtree(release.folder, ignore_errors=True)
    return target


def check_met(proof: Proof) -> None:
    """Refuse what does not meet its thresholds.

    Raises:
        TargetError: with each threshold, what was set and what was found.
    """
    if proof.met:
        return
    told = ", ".join(_missed(proof, name) for name in proof.unmet)
    if not proof.unmet:
        open_ones = ", ".join(proof.attacks.undecided)
        raise TargetError(
            f"{proof.name}: not published, because too few persons are in it to tell about: {open_ones}. Release more "
            "persons or fewer columns, or sign for it in the plan: `signed: {by: …, on: …, why: …}`"
        )
    raise TargetError(f"{proof.name}: not published, because it does not meet: {told}; change the plan")


def _check_tested(proof: Proof, workspace: Workspace) -> None:
    """Refuse what was not attacked together with every release before it."""
    if untested := [name for name in names(workspace) if name not in {proof.name, *proof.earlier}]:
        raise TargetError(
            f"{proof.name}: not published, because it was not tested against: {', '.join(untested)}; prove it again "
            "with this workspace"
        )


def _entry(ready: Path, staged: Staged, proof: Proof, *, today: date) -> Entry:
    """What the register keeps of a release that is ready."""
    plan = staged.plan
    return Entry(
        name=proof.name,
        published_on=today,
        look_again_on=today + timedelta(days=LOOK_AGAIN_DAYS),
        source=plan["source"],
        purpose=plan.get("purpose", ""),
        recipient=plan.get("recipient", ""),
        perspective=plan.get("perspective", "public"),
        thresholds=proof.thresholds,
        figures=proof.figures,
        input_sha256=proof.input_sha256,
        plan_sha256=proof.plan_sha256,
        files={path.name: sha256(path) for path in sorted(ready.iterdir())},
        key="kept" if (staged.data.parent / "key.txt").exists() else "destroyed",
    )


def _missed(proof: Proof, name: str) -> str:
    if name in proof.attacks.tried:
        tried = proof.attacks.tried[name]
        limit = proof.thresholds["excess"]
        return f"{name} {tried.risk:.6g} (control {tried.control:.6g}; upper end at most {limit:.6g} above it)"
    if name not in proof.thresholds:
        return f"{name} {proof.checks[name]} (must be 0)"
    found = "could not be counted" if proof.figures[name] == UNCOUNTED else f"{proof.figures[name]:.6g}"
    return f"{name} {found} (set: {proof.thresholds[name]:.6g})"


def _fingerprint(folder: Path, proof: Proof) -> str:
    """What makes two releases the same: plan, input and result; only plan and input where values are drawn."""
    plan = yaml.safe_load((folder / "plan.yaml").read_text("utf-8"))
    columns = [column for table in (plan, *(plan.get("linked") or ())) for column in table["columns"]]
    drawn = plan.get("sample", 1) < 1 or any(column.get("transform") for column in columns)
    result = "" if drawn else proof.data_sha256
    return hashlib.sha256(f"{proof.plan_sha256} {proof.input_sha256} {result}".encode()).hexdigest()


def _existing(target: Path, dossier: Path, release: InStaging, proof: Proof) -> Path:
    """The published release, if it is this one."""
    try:
        known = json.loads((dossier / "inputs.json").read_text("utf-8"))["fingerprint"]
        same = known == _fingerprint(dossier, proof)
    except (OSError, ValueError, KeyError, yaml.YAMLError):
        same = False
    if not same:
        raise ReleaseExistsError(
            f"a release {proof.name!r} exists already, from another plan or input; choose another name"
        )
    shutil.rmtree(release.folder, ignore_errors=True)
    return target


def _fill(ready: Path, staged: Staged, proof: Proof, *, today: date, lang: str) -> None:
    look_again = today + timedelta(days=LOOK_AGAIN_DAYS)
    verdict = Verdict(proof.name, proof.thresholds, proof.met, "provisional", today, look_again)
    for one in staged.tables:
        shutil.copyfile(one.data, ready / one.data.name)
    write_json(ready / "datapackage.json", data_package(staged, lang=lang))
    write_file(ready / "certificate.html", certificate(staged, proof, today=today, look_again=look_again, lang=lang))
    write_stage(ready / "verdict.json", verdict)
    ready.chmod(0o755)


def _keep_dossier(dossier: Path, staging: Path, proof: Proof) -> None:
    made(dossier.parent, mode=0o700)
    shutil.rmtree(dossier, ignore_errors=True)  # of an attempt that did not get as far as publishing
    made(dossier, mode=0o700)
    for name in KEPT:
        if (staging / name).exists():
            shutil.copytree(staging / name, dossier / name)
    for file in [path for path in (staging / "plan.yaml", staging / "key.txt") if path.exists()]:
        shutil.copyfile(file, dossier / file.name)
    write_stage(dossier / "proof.json", proof)
    hashes = {"input_sha256": proof.input_sha256, "plan_sha256": proof.plan_sha256, "data_sha256": proof.data_sha256}
    write_json(dossier / "inputs.json", {**hashes, "fingerprint": _fingerprint(staging, proof)})
