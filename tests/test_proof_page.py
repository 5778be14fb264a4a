"""docs/proof.md: how a release is judged, and every planted fault with what catches it."""

import re
from pathlib import Path

import pytest

from igmap.anonymisation import anonymise
from igmap.release import prove
from tests.attack_faults import pupils, pupils_plan
from tests.faults import courses, courses_plan
from tests.scripts import ROOT, script

MADE = script("make_proof")


def test_the_page_is_what_texts_attacks_and_faults_say_today() -> None:
    page = (ROOT / "docs" / "proof.md").read_text("utf-8")
    assert page == MADE.document(), "run python docs/make_proof.py"
    assert len(re.findall(r"^\| \d+ \|", page, re.MULTILINE)) >= 40
    assert len(re.findall(r"^- ", page, re.MULTILINE)) >= 20


def test_a_page_with_too_few_faults_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MADE.faults, "FAULTS", [])
    with pytest.raises(SystemExit, match="40 planted faults"):
        MADE.document()


@pytest.mark.ci
def test_every_attack_of_a_proof_has_the_limit_the_page_says(tmp_path: Path) -> None:
    for source, planned in ((pupils, pupils_plan), (courses, courses_plan)):
        with source() as exports:
            proof = prove(exports, anonymise(exports, planned(), tmp_path, secret=b"s"))
        for name, attack in proof.attacks.tried.items():
            told = MADE.JUDGED.get(name.partition("(")[0].rpartition(".")[2], MADE.TOLD) or f"{MADE.EXCESS:g}"
            assert ("told" in told) if attack.limit is None else told.startswith(f"{attack.limit:g}"), name
        assert {name for name in proof.checks if f"check.{name}" not in MADE.texts()} == set()
