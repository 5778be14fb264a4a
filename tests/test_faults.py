"""Every fault that is planted in a release is caught by the check that is there for it, and nothing is published."""

import importlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from sys import modules

import pytest

from igmap.anonymisation import anonymise
from igmap.errors import SourceError, TargetError
from igmap.release import Proof, prove, publish
from igmap.sources import Exports
from igmap.workspace import Workspace
from tests.attack_faults import FAULTS as ATTACKS
from tests.attack_faults import pupils, pupils_plan
from tests.faults import FAULTS as BROKEN
from tests.faults import Fault, courses, courses_plan, learners, learners_plan
from tests.release_cases import look_at
from tests.sound import SOUND, SoundRelease

publishing = importlib.import_module("igmap.release.publish")  # the room has a function of that name
TODAY = date(2026, 11, 22)
FAULTS = [*BROKEN, *ATTACKS]
CASES = {
    "learners": (learners, learners_plan),
    "courses": (courses, courses_plan),
    "pupils": (pupils, pupils_plan),
}


@dataclass(frozen=True)
class Sound:
    """A sound release: its source, the staging folder that is copied and broken, and whoever looked at its texts."""

    exports: Exports
    folder: Path
    workspace: Workspace


@dataclass(frozen=True)
class Staged:
    """Any staging folder."""

    folder: Path


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Sound]]:
    made: dict[str, Sound] = {}

    def case(name: str) -> Sound:
        if name not in made:
            source, planned = CASES[name]
            exports = source()
            release = anonymise(exports, planned(), tmp_path_factory.mktemp(name), secret=b"s")
            made[name] = Sound(exports, release.folder, Workspace(tmp_path_factory.mktemp(f"{name}-marks")))
            look_at(exports, release, made[name].workspace)
        return made[name]

    yield case
    for one in made.values():
        one.exports.close()


@pytest.fixture(autouse=True)
def _unattacked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Faults that are no attack's to tell are planted without attacks, which take a third of a proof."""
    params = getattr(getattr(request.node, "callspec", None), "params", {})
    if params.get("fault") in BROKEN:
        monkeypatch.setattr(modules["igmap.release.prove"], "tried", lambda *_, **__: iter(()))


def _marked(fault: Fault) -> object:
    return pytest.param(fault, id=fault.name, marks=[] if fault.quick else [pytest.mark.ci])


@pytest.mark.ci
@pytest.mark.parametrize("case", CASES)
def test_what_the_faults_are_planted_in_is_sound(sound: Callable[[str], Sound], tmp_path: Path, case: str) -> None:
    release, proof = _proved(sound(case), tmp_path / "staged")
    assert proof.unmet == ()
    folder = publish(release, proof, Workspace(tmp_path), today=TODAY)
    assert len(list(folder.iterdir())) == 3 + len(proof.tables) + 1


def test_every_fault_has_a_name_of_its_own_and_is_told_in_two_languages() -> None:
    assert len({one.name for one in FAULTS}) == len(FAULTS) >= 60
    assert all(one.nl and one.en and one.caught_by for one in FAULTS)


def _proved(one: Sound, folder: Path, fault: Fault | None = None) -> tuple[Staged, Proof]:
    shutil.copytree(one.folder, folder)
    if fault and fault.where == "staging":
        fault.plant(folder)
    return Staged(folder), prove(one.exports, Staged(folder), workspace=one.workspace)


@pytest.mark.ci
@pytest.mark.parametrize("fault", [_marked(one) for one in FAULTS if one.where == "staging"])
def test_a_planted_fault_is_caught(sound: Callable[[str], Sound], tmp_path: Path, fault: Fault) -> None:
    if " " in fault.caught_by:
        with pytest.raises(SourceError, match=fault.caught_by):
            _proved(sound(fault.case), tmp_path / "staged", fault)
        return
    release, proof = _proved(sound(fault.case), tmp_path / "staged", fault)
    assert fault.caught_by in proof.unmet
    workspace = Workspace(tmp_path)
    with pytest.raises(TargetError, match="not published") as told:
        publish(release, proof, workspace, today=TODAY)
    assert fault.caught_by in str(told.value)
    assert not (tmp_path / "out").exists()


@pytest.mark.ci
@pytest.mark.parametrize("fault", [_marked(one) for one in FAULTS if one.where == "published"])
def test_a_fault_in_what_would_be_published_is_caught(
    sound: Callable[[str], Sound], tmp_path: Path, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    release, proof = _proved(sound(fault.case), tmp_path / "staged")
    fill = publishing._fill

    def broken(ready: Path, *told: object, **more: object) -> None:
        fill(ready, *told, **more)
        fault.plant(ready)

    monkeypatch.setattr(publishing, "_fill", broken)
    workspace = Workspace(tmp_path)
    with pytest.raises(TargetError, match=rf"not published.*{fault.caught_by}"):
        publish(release, proof, workspace, today=TODAY)
    assert not (tmp_path / "out" / "releases" / proof.name).exists()
    assert list(workspace.staging.iterdir()) == []


@pytest.mark.parametrize(
    "case", [pytest.param(one, id=one.name, marks=[] if one.quick else [pytest.mark.ci]) for one in SOUND]
)
def test_a_sound_release_is_published(tmp_path: Path, case: SoundRelease) -> None:
    workspace = Workspace(tmp_path)
    with case.source() as exports:
        release = anonymise(exports, case.plan(), workspace.staging, secret=b"s")
        look_at(exports, release, workspace)
        proof = prove(exports, release, workspace=workspace)
    assert proof.unmet == ()
    assert (publish(release, proof, workspace, today=TODAY) / "verdict.json").exists()
