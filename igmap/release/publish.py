"""Publishing: everything is made in private, and one rename puts it where it may be shown. Or nothing happens."""

import json
import shutil
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

import yaml

from igmap.errors import ReleaseExistsError, TargetError, WorkspaceError
from igmap.release.certificate import Certified, certificate
from igmap.release.conditions import UNCOUNTED
from igmap.release.dossier import fingerprint, keep_dossier, versions
from igmap.release.figures import unmet
from igmap.release.free_text.telling import advice
from igmap.release.leaving import check_leaving
from igmap.release.package import data_package
from igmap.release.prove import Proof
from igmap.release.published import names
from igmap.release.register import Entry, registering
from igmap.release.staged import InStaging, Staged, read_staged, sha256
from igmap.release.survivors.published import check_folder, dated
from igmap.release.survivors.sought import SOUGHT
from igmap.release.verdict import provisional
from igmap.stages import write_stage
from igmap.workspace import Workspace, made, write_file, write_json

LOOK_AGAIN_DAYS = 365
PRIVATE = ("persons*.parquet", "prepared*.parquet", "sampled*.parquet", SOUGHT)
BESIDE = ("certificate.html", "datapackage.json", "verdict.json")


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
        TargetError: a threshold is not met, the file changed after it was proved, it was not tested against an earlier
            release, or what would leave with it tells too much or holds something of the source; nothing was published.
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
    _check_proved(staged, proof, workspace)
    made(target.parent)
    ready = Path(tempfile.mkdtemp(dir=workspace.staging, prefix="publish-"))
    try:
        _fill(ready, staged, proof, today=today, lang=lang)
        check_folder(ready, staged, BESIDE, today)
        check_leaving(ready, staged)
        keep_dossier(dossier, staged, proof, lang)
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


def check_met(proof: Proof, lang: Literal["nl", "en"] | None = None) -> None:
    """Refuse what does not meet its thresholds.

    Args:
        proof: of a release.
        lang: in which each unmet one is told in words too, a line each; by default by name only.

    Raises:
        TargetError: with each threshold, what was set and what was found.
    """
    if proof.met:
        return
    words = "".join(f"\n- {line}" for line in unmet(proof, lang)) if lang else ""
    told = "; ".join(_missed(proof, name) for name in proof.unmet)
    if not proof.unmet:
        open_ones = ", ".join(proof.attacks.undecided)
        raise TargetError(
            f"{proof.name}: not published, because too few persons are in it to tell about: {open_ones}. Release more "
            "persons or fewer columns, or sign for it in the plan: `signed: {by: …, on: …, why: …}`" + words
        )
    raise TargetError(f"{proof.name}: not published, because it does not meet: {told}; change the plan{words}")


def _check_proved(staged: Staged, proof: Proof, workspace: Workspace) -> None:
    """Refuse what changed since it was proved, or was not attacked together with every release before it."""
    plan = staged.data.parent / "plan.yaml"
    if (sha256(plan), staged.data_sha256) != (proof.plan_sha256, proof.data_sha256):
        raise TargetError(f"{proof.name}: file or plan changed after the proof; nothing was published; prove it again")
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
        above = f"; upper end at most {tried.limit:.6g} above it" if tried.tries else f"; at most {tried.limit:.6g}"
        return f"{name} {tried.risk:.6g} (control {tried.control:.6g}{above})"
    does = advice(proof.free_text, name, "en").rstrip(".")
    todo = f": {does[:1].lower()}{does[1:]}" if does else ""
    if name not in proof.thresholds:
        return f"{name} {proof.checks[name]} (must be 0){todo}"
    found = "could not be counted" if proof.figures[name] == UNCOUNTED else f"{proof.figures[name]:.6g}"
    return f"{name} {found} (set: {proof.thresholds[name]:.6g}){todo}"


def _existing(target: Path, dossier: Path, release: InStaging, proof: Proof) -> Path:
    """The published release, if it is this one."""
    try:
        known = json.loads((dossier / "inputs.json").read_text("utf-8"))["fingerprint"]
        same = known == fingerprint(dossier, proof)
    except (OSError, ValueError, KeyError, yaml.YAMLError):
        same = False
    if not same:
        raise ReleaseExistsError(
            f"a release {proof.name!r} exists already, from another plan or input; choose another name"
        )
    shutil.rmtree(release.folder, ignore_errors=True)
    return target


def _fill(ready: Path, staged: Staged, proof: Proof, *, today: date, lang: str) -> None:
    plan, look_again = dict(staged.plan), today + timedelta(days=LOOK_AGAIN_DAYS)
    kept = (staged.data.parent / "key.txt").exists()
    verdict = provisional(plan, proof, on=today, look_again=look_again, kept=kept)
    for one in staged.tables:
        shutil.copyfile(one.data, ready / one.data.name)
    write_json(ready / "datapackage.json", data_package(staged, lang=lang))
    write_file(ready / "certificate.html", certificate(Certified(plan, proof, verdict, versions()), lang))
    write_stage(ready / "verdict.json", verdict)
    ready.chmod(0o755)
    dated(ready, today)
