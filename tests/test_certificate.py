"""The certificate in words that a works council understands, and the ways in which it may be wrong."""

import shutil
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml

from igmap.anonymisation import PlannedColumn, anonymise
from igmap.anonymisation.checking import check_plan
from igmap.errors import PlanError, TargetError
from igmap.inventory import Inventory
from igmap.release import Attack, Proof, prove, publish
from igmap.release.certificate import Certified, certificate
from igmap.release.dossier import versions
from igmap.release.finalise import finalise
from igmap.release.verdict import Verdict, provisional
from igmap.report import Figure
from igmap.sources import open_exports
from igmap.stages import read_stage
from igmap.workspace import Workspace, open_workspace
from tests.browser import chromium
from tests.certificate_faults import FAULTS, SEED, Fault
from tests.release_cases import AGE, plan, quasi

TODAY = date(2026, 11, 22)
SIGNED = {"by": "Petra Zoutman", "on": "2026-11-20", "why": "Petra vindt het goed"}
TRIED = {
    "membership": Attack(0.52, 0.49, 0.55, 0.5, "tells members apart", 0.5, 900, 0.97, -0.02, 0.04, "holds"),
    "visits.linking(age)": Attack(0.1, 0.02, 0.4, 0.0, "links by two columns", 0.01, 9, 0.8, -0.1, 0.4, "cannot_tell"),
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a published release, which tests copy before they change it."""
    root = tmp_path_factory.mktemp("certificate")
    (root / "exports").mkdir()
    lines = "\n".join(f"learner{n}@school.example,{20 + n % 3},{n % 4}" for n in range(30))
    (root / "exports" / "crm.csv").write_text(f"mail,age,grade\n{lines}\n", "utf-8")
    _published(root)
    return root


def _published(root: Path) -> None:
    workspace = open_workspace(root)
    columns = (
        PlannedColumn("mail", "key", "drop", category="email"),
        replace(quasi("age", AGE), category="age"),
        PlannedColumn("grade", "measure", "keep", type="integer", category="learning_result"),
    )
    wanted = replace(plan(*columns, k=3, source="crm.csv", person="mail"), name="learners", seed=SEED)
    told = {"purpose": "onderwijs verbeteren", "recipient": "Inspectie", "perspective": "recipient"}
    with open_exports(workspace) as exports:
        release = anonymise(exports, replace(wanted, **told), workspace.staging)  # type: ignore[arg-type] # texts
        publish(release, prove(exports, release), workspace, today=TODAY)


def _about(root: Path, **tried: Attack) -> tuple[dict[str, Any], Proof, Verdict]:
    dossier = root / "private" / "dossiers" / "learners"
    told = yaml.safe_load((dossier / "plan.yaml").read_text("utf-8")) | {"signed": SIGNED}
    proof = read_stage(dossier / "proof.json", Proof)
    proof = replace(proof, attacks=replace(proof.attacks, tried=tried or TRIED))
    return told, proof, provisional(told, proof, on=TODAY, look_again=date(2027, 11, 22), kept=False)


def page(root: Path, lang: str) -> str:
    return certificate(Certified(*_about(root), versions()), lang)


@pytest.mark.ci
@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "nl",
            [
                "Doel: onderwijs verbeteren", "Ontvanger: Inspectie", "Bezien vanuit de ontvanger: Inspectie",
                "klassen van 5, 10, 20 jaar", "tussen 49\N{NO-BREAK SPACE}% en 55\N{NO-BREAK SPACE}%",
                "niet te zeggen: te weinig personen", "Een persoon van de organisatie heeft daar op 2026-11-20",
                "Wie u goed kent", "tot de bron is verwijderd", "22-11-2027", "de ondernemingsraad", "Handtekening",
                "duckdb", "Wat er nog mis kan gaan",
            ],
        ),
        (
            "en",
            [
                "Purpose: onderwijs verbeteren", "Seen from the recipient: Inspectie", "bands of 5, 10, 20 years",
                "between 49% and 55%", "where something was given away on purpose: 97%", "cannot be told",
                "A person of the organisation signed", "Who knows you well", "until the source is deleted",
                "the works council", "Signature", "What may still go wrong",
            ],
        ),
    ],
)  # fmt: skip
def test_the_certificate_tells_all_a_works_council_asks(root: Path, lang: str, told: list[str]) -> None:
    text = page(root, lang)
    assert [words for words in told if words not in text] == []


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_no_employee_is_named_and_nothing_is_called_anonymous(root: Path, lang: str) -> None:
    text = page(root, lang).lower()
    assert [word for word in ("petra", "zoutman", "is anonymous", "is anoniem", str(SEED)) if word in text] == []


def test_every_figure_is_told_with_the_eyes_it_is_seen_through(root: Path) -> None:
    assert page(root, "nl").count("<caption>Bezien vanuit de ontvanger: Inspectie</caption>") == 3


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("nl", ["Wat er na het anonimiseren nog uit te halen is", "Verdeling per kolom", "Voor en na"]),
        ("en", ["What can still be had from the release", "Distribution per column", "Voor en na"]),
    ],
)
def test_what_the_release_is_still_good_for_is_told_with_the_pictures_that_are_passed_in(
    root: Path, lang: str, told: list[str]
) -> None:
    about = Certified(*_about(root), versions())
    picture = Figure('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"></svg>', "Voor en na")
    drawn = certificate(replace(about, pictures=(picture,)), lang)
    assert [words for words in told if words not in drawn] == []
    plain = certificate(about, lang)
    assert [words for words in told if words not in plain] == ["Voor en na"]


def test_the_verdict_says_that_somebody_signed_but_not_who(root: Path) -> None:
    _, _, verdict = _about(root)
    assert (verdict.perspective, verdict.recipient, verdict.signed) == ("recipient", "Inspectie", True)
    assert verdict.undecided == ("visits.linking(age)",)
    assert "Petra" not in repr(verdict)


def test_a_recipient_that_nobody_named_is_a_contradiction() -> None:
    with pytest.raises(PlanError, match="needs a recipient"):
        check_plan(replace(plan(quasi("age", AGE)), perspective="recipient"))


@pytest.mark.ci
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_every_planted_fault_is_caught(
    root: Path, tmp_path: Path, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    if fault.where == "leaving":
        _caught_before_publishing(root, tmp_path, fault, monkeypatch)
        return
    shutil.copytree(root, tmp_path / "copy")
    workspace = open_workspace(tmp_path / "copy")
    fault.plant(workspace.root)
    if fault.where == "workspace without source":
        (workspace.exports / "crm.csv").unlink()
    assert fault.caught_by in _finalised(workspace)
    verdict = read_stage(workspace.root / "out" / "releases" / "learners" / "verdict.json", Verdict)
    assert verdict.status == "provisional"


def _finalised(workspace: Workspace) -> str:
    with open_exports(workspace) as exports:
        try:
            found = finalise(exports, Inventory(datasets=()), workspace, "learners", today=TODAY)
        except TargetError as error:
            return str(error)
    return " ".join(found.lines("en"))


def _caught_before_publishing(root: Path, tmp_path: Path, fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    from igmap.release import leaving

    check = leaving.check_leaving

    def planted(folder: Path, staged: Any) -> None:
        fault.plant(folder)
        check(folder, staged)

    monkeypatch.setattr(import_module("igmap.release.publish"), "check_leaving", planted)
    shutil.copytree(root / "exports", tmp_path / "copy" / "exports")
    with pytest.raises(TargetError, match=fault.caught_by):
        _published(tmp_path / "copy")
    assert not list((tmp_path / "copy").glob("out/releases/*"))
    assert not list((tmp_path / "copy").glob("private/dossiers/*"))


@pytest.mark.ci
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_it_prints_on_a4_with_every_section_and_the_lines_to_sign_on_one_page(
    root: Path, tmp_path: Path, lang: str
) -> None:
    from pypdf import PdfReader

    (file := tmp_path / "certificate.html").write_text(page(root, lang), "utf-8")
    with chromium(tmp_path / "profile") as browser:
        browser.goto(file.as_uri())
        browser.pdf(path=tmp_path / "certificate.pdf", prefer_css_page_size=True)
    printed = PdfReader(tmp_path / "certificate.pdf").pages
    assert 3 <= len(printed) <= 6
    assert all((round(one.mediabox.width), round(one.mediabox.height)) == (595, 842) for one in printed)
    texts = [" ".join(one.extract_text().split()) for one in printed]
    signed = "Handtekening" if lang == "nl" else "Signature"
    last = next(text for text in texts if signed in text)
    assert ("de ondernemingsraad" if lang == "nl" else "the works council") in last
    assert f"1 / {len(printed)}" in texts[0]
