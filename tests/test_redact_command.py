"""`igmap redact`: a result with its account, and none where something is left."""

import json
import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner

from igmap.cli import app

NOTE = "Beste Fatima Idrissi, bel 06-12345678 of mail f.idrissi@school.example. Groet, Jan de Vries"
pytestmark = pytest.mark.ci  # each looks through its texts twice, by two methods


def call(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["redact", *map(str, arguments)])
    told = f"{result.output}{result.exception or ''}"
    return getattr(result.exception, "exit_status", result.exit_code), told


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "note.txt"
    path.write_text(NOTE, "utf-8")
    return path


def test_a_text_is_written_redacted_and_the_summary_has_counts_only(note: Path, tmp_path: Path) -> None:
    out, report = tmp_path / "out.txt", tmp_path / "report.html"
    status, told = call(note, "--out", out, "--lang", "en", "--report", report)
    assert (status, out.read_text("utf-8")) == (
        0,
        "Beste [PERSON-1], bel [PHONE] of mail [E-MAIL]. Groet, [PERSON-2]",
    )
    assert not {word for word in ("Fatima", "Idrissi", "12345678", "Vries") if word in told}
    assert "in 0 of 1 text " in told
    account = json.loads((tmp_path / "out.txt.redaction.json").read_text("utf-8"))
    assert account["replaced"] == {"email": 1, "name": 2, "phone": 1}
    assert account["texts_with_a_rest"] == {"certain": 0, "likely": 0, "of": 1}
    page = report.read_text("utf-8")
    assert "Fatima Idrissi</mark>" in page
    assert "personal data" in page
    assert "<script" not in page
    assert stat.S_IMODE(report.stat().st_mode) == 0o600


def test_a_rest_is_refused_with_status_4_and_nothing_is_written(note: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    status, told = call(note, "--out", out, "--only", "email,phone")
    assert status == 4
    assert "er is niets geschreven" in told
    assert "Fatima" not in told
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]
    report = tmp_path / "report.html"
    assert call(note, "--out", out, "--only", "email,phone", "--report", report)[0] == 4
    assert not out.exists()
    assert "Fatima Idrissi</mark>" in report.read_text("utf-8").split("[E-MAIL]")[0]
    assert "staat er nog" in report.read_text("utf-8")
    assert call(note, "--out", out, "--only", "email,phone", "--target", "1")[0] == 0
    assert "Fatima" in out.read_text("utf-8")


def test_what_is_likely_left_is_told_but_not_refused(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("Beste Jan de Vries, het kenteken is GX-45-TB.", "utf-8")
    status, told = call(tmp_path / "note.txt", "--out", tmp_path / "out.txt", "--only", "name")
    assert status == 0
    assert "in 1 tekst waarschijnlijk ook" in told
    account = json.loads((tmp_path / "out.txt.redaction.json").read_text("utf-8"))
    assert account["texts_with_a_rest"] == {"certain": 0, "likely": 1, "of": 1}


def test_ways_by_kind_a_key_and_a_seed_are_said_and_told(note: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    status, told = call(note, "--out", out, "--way", "surrogate", "--seed", "3", "--key", "k.json", "--lang", "en")
    assert status == 0
    assert "pseudonymised, not anonymous" in told
    key = json.loads((tmp_path / "private" / "k.json").read_text("utf-8"))
    assert ["f.idrissi@school.example"] in key["originals"].values()
    status, told = call(note, "--out", out, "--way", "surogate")
    assert (status, "did you mean 'surrogate'" in told) == (1, True)


def test_persons_of_a_workspace_are_looked_for_by_name(tmp_path: Path) -> None:
    exports = tmp_path / "w" / "exports"
    exports.mkdir(parents=True)
    names = ("Xaveria Quibus", "Orlo Vandermast", "Fatima Idrissi", "Jan de Vries", "Piet Prins", "Zoë Vos", "Ada Bos")
    people = "".join(f"{n};{name};a{n}@school.example\n" for n, name in enumerate(names))
    (exports / "people.csv").write_text("nr;naam;e-mail\n" + people, "utf-8")
    (tmp_path / "note.txt").write_text("ticket quibus gesloten", "utf-8")
    asked = (tmp_path / "note.txt", "--out", tmp_path / "out.txt", "--target", "1")
    assert call(*asked)[0] == 0
    assert "quibus" in (tmp_path / "out.txt").read_text("utf-8")
    assert call(*asked, "--workspace", tmp_path / "w")[0] == 0
    assert (tmp_path / "out.txt").read_text("utf-8") == "ticket [PERSOON-1] gesloten"
