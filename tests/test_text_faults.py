"""Free text is released only with a target that is met; whoever is left in a message is caught."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from igmap.anonymisation import anonymise
from igmap.errors import PlanError, TargetError
from igmap.release import Proof, prove, publish
from igmap.release.free_text import Mark, add_marks, read_marks, scanned_release
from igmap.release.publish import check_met
from igmap.workspace import Workspace
from tests.release_cases import look_at
from tests.text_faults import FAULTS, TextFault, messages, messages_plan

TODAY = date(2026, 11, 26)


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace in which somebody looked at every message without a fault."""
    workspace = Workspace(tmp_path_factory.mktemp("marks"))
    with messages() as exports:
        look_at(exports, anonymise(exports, messages_plan(), workspace.staging, secret=b"s"), workspace)
    return workspace


def proved(workspace: Workspace, fault: TextFault | None = None, target: dict[str, float] | None = None) -> Proof:
    plan = messages_plan() if target is None else messages_plan(target)
    with messages(fault) as exports:
        return prove(exports, anonymise(exports, plan, workspace.staging, secret=b"s"), workspace=workspace)


def _marked(fault: TextFault) -> object:
    return pytest.param(fault, id=fault.name, marks=[] if fault.quick else [pytest.mark.ci])


@pytest.mark.ci
@pytest.mark.parametrize("fault", list(map(_marked, FAULTS)))
def test_whoever_is_left_is_caught_by_what_is_named(looked_at: Workspace, fault: TextFault) -> None:
    proof = proved(looked_at, fault)
    assert fault.caught_by in proof.unmet
    assert proof.free_text
    assert fault.found in proof.free_text.findings
    with pytest.raises(TargetError, match=f"not published.*{fault.caught_by}"):
        check_met(proof)


@pytest.mark.ci
def test_messages_that_somebody_looked_at_are_published_and_certificate_and_verdict_tell_so(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    with messages() as exports:
        release = anonymise(exports, messages_plan(), workspace.staging, secret=b"s")
        marks = look_at(exports, release, workspace)
        proof = prove(exports, release, workspace=workspace)
        folder = publish(release, proof, workspace, today=TODAY)
    assert proof.unmet == ()
    verdict = json.loads((folder / "verdict.json").read_text("utf-8"))
    assert verdict["free_text"] == {"texts": len(marks), "looked": len(marks), "found": 0, "bound": 0.0}
    assert verdict["thresholds"]["free_text_missed"] == 0.005
    page = (folder / "certificate.html").read_text("utf-8")
    assert "Vrije tekst" in page
    assert not [one.text for one in marks if one.text in page]


@pytest.mark.ci
def test_free_text_without_a_target_is_refused_with_what_to_do(looked_at: Workspace) -> None:
    proof = proved(looked_at, target={})
    assert "free_text_without_target" in proof.unmet
    with pytest.raises(TargetError, match=r"drop the column.*thresholds: \{free_text"):
        check_met(proof)


@pytest.mark.ci
def test_without_marks_the_target_is_not_met_and_it_is_told_how_many_texts_to_look_at(tmp_path: Path) -> None:
    proof = proved(Workspace(tmp_path), target={"missed": 0.05, "fragments": 1.0})
    assert proof.free_text
    needed, texts = proof.free_text.needed, proof.free_text.texts
    assert needed
    assert 0 < needed < texts
    with pytest.raises(TargetError, match=rf"free_text_missed 1 \(set: 0.05\): look at {needed} more texts"):
        check_met(proof)


@pytest.mark.ci
def test_marking_as_many_as_it_says_meets_the_target_and_one_fewer_does_not(tmp_path: Path) -> None:
    workspace, target = Workspace(tmp_path), {"missed": 0.1, "fragments": 1.0}
    with messages() as exports:
        release = anonymise(exports, messages_plan(target), workspace.staging, secret=b"s")
        sample = scanned_release(exports, release).sample
        needed = prove(exports, release, workspace=workspace).free_text.needed  # type: ignore[union-attr] # it has text
        assert needed
        shown = sample.to_look_at(read_marks(workspace), needed)["hash"].to_list()
        add_marks(workspace, [Mark(text, 0, "A", TODAY) for text in shown[:-1]])
        assert prove(exports, release, workspace=workspace).unmet == ("free_text_missed",)
        add_marks(workspace, [Mark(shown[-1], 0, "A", TODAY)])
        assert prove(exports, release, workspace=workspace).unmet == ()


@pytest.mark.ci
def test_what_somebody_saw_left_is_refused_however_lax_the_target(looked_at: Workspace, tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    marks = read_marks(looked_at).marks
    add_marks(workspace, [*marks, Mark(marks[0].text, 2, "B", TODAY)])
    proof = proved(workspace, target={"missed": 1.0, "fragments": 1.0})
    assert proof.unmet == ("free_text_left",)
    assert proof.free_text
    assert (proof.free_text.found, proof.free_text.total.total) == (1, 2)


@pytest.mark.ci
def test_a_finding_that_is_certain_holds_until_somebody_looked(looked_at: Workspace, tmp_path: Path) -> None:
    workspace, fault = Workspace(tmp_path), FAULTS[0]
    with messages(fault) as exports:
        release = anonymise(exports, messages_plan(), workspace.staging, secret=b"s")
        add_marks(workspace, read_marks(looked_at).marks)
        assert "free_text_left" in prove(exports, release, workspace=workspace).unmet
        look_at(exports, release, workspace)
        assert prove(exports, release, workspace=workspace).unmet == ()


@pytest.mark.ci
def test_who_cannot_tell_has_missed_somebody(looked_at: Workspace, tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    marks = read_marks(looked_at).marks
    add_marks(workspace, [*marks, Mark(marks[0].text, None, "B", TODAY)])
    assert proved(workspace).unmet == ("free_text_missed",)


@pytest.mark.parametrize("limits", [{"free_text": 0.01}, {"free_text": {"mised": 0.01}}, {"free_text": {"missed": 2}}])
def test_a_target_that_is_none_is_told(tmp_path: Path, limits: dict[str, float]) -> None:
    plan = replace(messages_plan(), thresholds=limits)
    with messages() as exports, pytest.raises(PlanError, match=r"missed|between 0 and 1"):
        anonymise(exports, plan, tmp_path)
