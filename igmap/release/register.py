"""The register of releases: private/releases.json, with what was published, for whom, and how it stands since."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import ValidationError
from yaml import YAMLError

from igmap.errors import ReleaseError, WorkspaceError
from igmap.release.dossier import planned
from igmap.release.prove import Proof
from igmap.release.staged import sha256
from igmap.release.verdict import Verdict
from igmap.release.wording import say
from igmap.report import Cell, Table, fragment
from igmap.stages import read_stage, write_stage
from igmap.workspace import Workspace

FILE = "releases.json"
Standing = Literal["holds", "look", "broken"]
HEADS = ("release", "published", "purpose", "recipient", "perspective", "status", "key", "look_again", "rechecked")
STATUS = {"holds": 0, "look": 3, "broken": 4}


@dataclass(frozen=True, slots=True)
class Recheck:
    """How a release stood later.

    Args:
        on: the day.
        outcome: holds, look (somebody has to look at it), or broken (it no longer holds).
        why: what was found, as codes; `attack …` names an attack that succeeds.
    """

    on: date
    outcome: Standing
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One release.

    Args:
        name: of the release.
        published_on: the day.
        look_again_on: when to judge it again.
        source: the export it was made from, relative to exports/.
        purpose: what it is for; empty when nobody said.
        recipient: who got it; empty when nobody said.
        perspective: from whose means it was judged.
        thresholds: what was asked.
        figures: what was found.
        input_sha256: of the export; of several, of the list of their hashes.
        plan_sha256: of the plan in its dossier.
        files: the hash of every published file, by name; none of a release that was published before there was a
            register.
        key: whether the key of its pseudonyms was destroyed, or kept in its dossier.
        status: provisional while the source is still identifiable, else final.
        published: false from just before it is put in its place until just after.
        rechecked: how it stood later, oldest first.
    """

    name: str
    published_on: date
    look_again_on: date
    source: str
    purpose: str
    recipient: str
    perspective: Literal["own", "recipient", "public"]
    thresholds: Mapping[str, int | float]
    figures: Mapping[str, int | float]
    input_sha256: str
    plan_sha256: str
    files: Mapping[str, str]
    key: Literal["destroyed", "kept"] = "destroyed"
    status: Literal["provisional", "final"] = "provisional"
    published: bool = True
    rechecked: tuple[Recheck, ...] = ()


@dataclass(frozen=True, slots=True)
class Releases:
    """All releases of a workspace, oldest first."""

    releases: tuple[Entry, ...] = ()
    schema: Literal["igmap.releases/1"] = field(default="igmap.releases/1")

    @property
    def exit_status(self) -> int:
        """4 when the last recheck found one that no longer holds, 3 when somebody has to look at one, else 0."""
        return max((STATUS[one.rechecked[-1].outcome] for one in self.releases if one.rechecked), default=0)

    def with_entry(self, entry: Entry) -> "Releases":
        """The same with one more, in place of one of that name."""
        return replace(self, releases=(*(one for one in self.releases if one.name != entry.name), entry))

    def table(self, lang: str) -> Table:
        """As a table for people."""
        heads = tuple(say(f"releases.{head}", lang) for head in HEADS)
        return Table(heads, tuple(_row(one, lang) for one in self.releases))

    def _repr_html_(self) -> str:
        return fragment([self.table("nl")], lang="nl")


def _row(entry: Entry, lang: str) -> tuple[Cell, ...]:
    return (
        entry.name,
        say("releases.day", lang, day=entry.published_on),
        entry.purpose or say("releases.unsaid", lang),
        entry.recipient or say("releases.unsaid", lang),
        say(f"releases.perspective.{entry.perspective}", lang),
        say(f"releases.{entry.status}", lang),
        say(f"releases.{entry.key}", lang),
        say("releases.day", lang, day=entry.look_again_on),
        tuple(told(entry.rechecked[-1], lang)) if entry.rechecked else say("releases.never", lang),
    )


def told(recheck: Recheck, lang: str) -> Iterator[str]:
    """How a release stood, and why, in words."""
    yield say(f"recheck.{recheck.outcome}", lang, day=recheck.on)
    for why in recheck.why:
        kind, _, name = why.partition(" ")
        yield say(f"recheck.{kind}", lang, attack=name)


def read_register(workspace: Workspace) -> Releases:
    """The register; one whose publishing was interrupted before it was in its place is not in it.

    A release that was published before there was a register is told as its verdict and dossier tell it.

    Raises:
        ReleaseError: it cannot be read.
    """
    path = workspace.root / "private" / FILE
    try:
        known = read_stage(path, Releases) if path.exists() else Releases()
    except (OSError, ValidationError) as error:
        raise ReleaseError(f"private/{FILE}: cannot be read ({type(error).__name__}); put it back") from None
    placed = workspace.root / "out" / "releases"
    listed = tuple(one for one in known.releases if one.published or (placed / one.name).is_dir())
    names = {one.name for one in listed}
    others = sorted(path.parent for path in placed.glob("*/verdict.json") if path.parent.name not in names)
    before = (found for folder in others if (found := _from_verdict(workspace, folder)))
    return Releases((*sorted(before, key=lambda one: (one.published_on, one.name)), *listed))


def _from_verdict(workspace: Workspace, folder: Path) -> Entry | None:
    """What verdict and dossier tell of a release; None where there is no verdict that can be read."""
    try:
        verdict = read_stage(folder / "verdict.json", Verdict)
    except (OSError, ValidationError):
        return None
    proof, source, purpose = _from_dossier(workspace.root / "private" / "dossiers" / folder.name)
    return Entry(
        name=folder.name,
        published_on=verdict.published_on,
        look_again_on=verdict.look_again_on,
        source=source,
        purpose=purpose,
        recipient=verdict.recipient,
        perspective=verdict.perspective,
        thresholds=verdict.thresholds,
        figures=proof.figures if proof else {},
        input_sha256=proof.input_sha256 if proof else "",
        plan_sha256=proof.plan_sha256 if proof else "",
        files={},
        key=key_in_words(verdict),
        status=verdict.status,
    )


def _from_dossier(dossier: Path) -> tuple[Proof | None, str, str]:
    """Proof, source and purpose of a release, as far as its dossier can be read."""
    try:
        proof, plan = read_stage(dossier / "proof.json", Proof), planned(dossier)
        return proof, str(plan.get("source", "")), str(plan.get("purpose", ""))
    except (OSError, ValueError, AttributeError, YAMLError):
        return None, "", ""


def write_register(workspace: Workspace, releases: Releases) -> None:
    """Write the register by one rename."""
    write_stage(workspace.private / FILE, releases)


def key_in_words(verdict: Verdict) -> Literal["destroyed", "kept"]:
    """What the register says of the key; one that never was is as good as destroyed."""
    return "kept" if verdict.key == "kept" else "destroyed"


def behind(workspace: Workspace, verdict: Verdict) -> bool:
    """Whether the register says another thing of a release than its verdict."""
    told = (verdict.status, key_in_words(verdict))
    return any(one.name == verdict.name and (one.status, one.key) != told for one in read_register(workspace).releases)


def note_verdict(workspace: Workspace, verdict: Verdict, written: Path) -> None:
    """Note the status of a release, and the hashes of files that are about to be written again.

    Args:
        workspace: whose register it is.
        verdict: as it will be.
        written: the folder in which these files are ready.

    Raises:
        ReleaseError: the register cannot be read.
    """
    hashes = {path.name: sha256(path) for path in written.iterdir()}

    def noted(one: Entry) -> Entry:
        if one.name != verdict.name:
            return one
        files = {**one.files, **hashes} if one.files else one.files
        return replace(one, status=verdict.status, key=key_in_words(verdict), files=files)

    write_register(workspace, Releases(tuple(map(noted, read_register(workspace).releases))))


@contextmanager
def registering(workspace: Workspace, entry: Entry) -> Iterator[None]:
    """Put a release in its place in here: the register tells of it from just before, and no longer if that fails."""
    before = read_register(workspace)
    write_register(workspace, before.with_entry(replace(entry, published=False)))
    try:
        yield
    except BaseException:
        write_register(workspace, before)
        raise
    with suppress(WorkspaceError):  # it is in its place, so that the register counts it all the same
        write_register(workspace, before.with_entry(entry))
