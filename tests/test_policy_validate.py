"""igmap policy validate: a register held against itself and against the text it was made from."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from typer.testing import CliRunner

from igmap.cli import app, main
from igmap.errors import SourceError
from igmap.policy.drafting.document import lines_of
from igmap.policy.drafting.passages import plain
from igmap.policy.quotes import missing_quotes, quotes
from igmap.policy.reading import checked, read_register
from tests.policy_cases import register, write_register
from tests.sources.test_document import simple, stream

POLICY = """# Reglement

Wij bewaren gegevens **zolang het nodig is** voor ons onderwijs, en niet langer. Wij vragen uw naam
om onze diensten te leve-
ren [aan u](https://school.example).

- “Uw” gegevens verkopen wij niet.
"""
QUOTES = ("om onze diensten te leveren", "zolang het nodig is")


def quoting(quote: str) -> Any:
    return checked(register(purposes__0__source__quote=quote))


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["policy", "validate", *arguments])


def written(folder: Path, **changes: Any) -> tuple[str, str]:
    """A register and the policy it is of."""
    (folder / "policy.md").write_text(POLICY, "utf-8")
    return str(write_register(folder, **COMPLETE, **changes)), str(folder / "policy.md")


COMPLETE = {
    "transfers": {"outside_eea": False, "safeguards": "none needed"},
    "measures": [{"id": "lock", "text": {"nl": "slot", "en": "lock"}}],
    "requests": {"channel": {"open": "not said"}},
}


@pytest.mark.parametrize(
    "quote",
    [
        "om onze diensten te leveren aan u",
        "Wij vragen uw naam\n   om onze diensten te leveren",
        "om onze dien\u00adsten te leveren",
        '"Uw" gegevens verkopen wij niet',
        "‘Uw’ gegevens verkopen wij niet.",
        "zolang het nodig is … niet langer",
        "zolang het nodig is [...] uw naam (…) verkopen wij niet",
        "gegevens zolang het nodig is",
    ],
)
def test_layout_is_forgiven(quote: str) -> None:
    assert missing_quotes(quoting(f"{quote}"), POLICY.replace("[aan u](https://school.example)", "aan u")) == []


@pytest.mark.parametrize(
    ("quote", "part"),
    [
        ("zolang dat nodig is", "zolang dat nodig is"),
        ("niet langer … zolang het nodig is", "zolang het nodig is"),
        ("om onze diensten te verkopen", "om onze diensten te verkopen"),
        ("wij bewaren gegevens", "wij bewaren gegevens"),
    ],
)
def test_letters_and_the_order_of_parts_are_not(quote: str, part: str) -> None:
    (missing,) = missing_quotes(quoting(quote), POLICY)
    assert (missing.path, missing.part) == ("purposes.teaching.source.quote", part)
    assert missing.nearest


def test_only_quotes_of_the_policy_are_looked_for() -> None:
    law = {"source": {"law": "AWR 52", "quote": "zeven jaren"}}
    example = {"origin": "example", "source": {"quote": "een voorbeeld"}}
    content = register()
    content["retention"]["rules"][0] |= law
    content["recipients"][0] |= example
    assert dict(quotes(checked(content))) == {"purposes.teaching.source.quote": QUOTES[0]}


def test_a_sound_register_is_said_to_be(tmp_path: Path) -> None:
    place, document = written(tmp_path)
    told = run(place, "--document", document, "--today", "2026-11-01")
    assert told.exit_code == 0, told.output
    assert "Het register spreekt zichzelf nergens tegen." in told.output
    assert "Alle aanhalingen staan in policy.md: 2." in told.output


def test_a_quote_that_does_not_occur_is_listed_with_key_line_and_nearest_passage(tmp_path: Path) -> None:
    place, document = written(tmp_path, purposes__0__source__quote="Wij bewaren gegevens zolang wij willen")
    told = run(place, "--document", document, "--lang", "en", "--today", "2026-11-01")
    assert told.exit_code == 4
    (row,) = (line for line in told.output.splitlines() if "purposes.teaching.source.quote" in line)
    line = read_register(Path(place)).line_of("purposes.teaching.source.quote")
    assert str(line) in row
    assert "Wij bewaren gegevens" in row.partition("zolang wij willen")[2]


@pytest.mark.parametrize(("stated", "status"), [("same", 0), ("0" * 64, 4), ({"open": "later"}, 0)])
def test_the_checksum_of_the_document_is_held_against_the_register(tmp_path: Path, stated: Any, status: int) -> None:
    sha256 = hashlib.sha256(POLICY.encode()).hexdigest()
    document = {"file": "policy.md", "sha256": sha256 if stated == "same" else stated}
    place, path = written(tmp_path, policy__source_document=document)
    told = run(place, "--document", path, "--today", "2026-11-01")
    assert told.exit_code == status
    assert (sha256 in told.output) == (stated != "same")


def test_contradictions_are_listed_with_their_line_and_leave_it_open(tmp_path: Path) -> None:
    rule = {"id": "b", "purpose": "teaching", "start": "complted", "period": "P9Y", "at_end": "delete"}
    place, _ = written(tmp_path, retention__rules=[register()["retention"]["rules"][0], rule])
    told = run(place, "--lang", "en", "--today", "2026-11-01")
    assert told.exit_code == 3
    assert "is 'completed'" in told.output


def test_a_ground_outside_the_closed_list_is_told_with_the_nearest(tmp_path: Path) -> None:
    place, _ = written(tmp_path, recipients__0__grounds=["instuction"])
    told = run(place, "--today", "2026-11-01")
    assert told.exit_code == 4
    assert "'instruction' bedoeld?" in told.output


def test_every_error_is_told_and_the_status_is_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    place, _ = written(tmp_path, purposes__0__iri="dpv:X", controller__country="nl")
    monkeypatch.setattr("sys.argv", ["igmap", "policy", "validate", place])
    with pytest.raises(SystemExit) as ended:
        main()
    told = capsys.readouterr().err
    assert ended.value.code == 1
    assert "onbekende DPV-term" in told
    assert "landcode" in told


def test_answers_of_the_workspace_are_in_it_and_those_beside_another_file_are_not(tmp_path: Path) -> None:
    answer = "values: [{path: purposes.teaching.legal_basis, value: contract, by: a, 'on': 2026-01-01, why: b}]\n"
    (tmp_path / "decisions.yaml").write_text(answer, "utf-8")
    place, _ = written(tmp_path, purposes__0__legal_basis={"open": "?"})
    assert "unknown legal basis 'contract'" in str(run(str(tmp_path)).exception)
    Path(place).rename(tmp_path / "policy-1.yaml")
    assert run(str(tmp_path / "policy-1.yaml"), "--today", "2026-11-01").exit_code == 0


def test_keys_that_no_check_uses_are_told(tmp_path: Path) -> None:
    place, _ = written(tmp_path, data_categories=[{"id": "name", "patterns": ["naam"]}])
    assert "'patterns' wordt gelezen, maar geen controle gebruikt het" in run(place).output


def test_documents_of_every_kind_say_the_same(tmp_path: Path) -> None:
    word = Document()
    word.add_paragraph("Wij leveren onze diensten.")
    word.save(str(tmp_path / "a.docx"))
    (tmp_path / "a.html").write_text("<html><p>Wij <b>leveren</b> onze diensten.</p><script>x</script></html>", "utf-8")
    (tmp_path / "a.txt").write_bytes("Wij leveren onze diensten.\n\nÉén".encode("cp1252"))
    (tmp_path / "a.md").write_text("Wij [leveren](https://x.example) onze diensten\\.", "utf-8")
    (tmp_path / "a.pdf").write_bytes(simple(contents=stream(b"BT /F 9 Tf (Wij leveren onze diensten.) Tj ET")))
    for path in sorted(tmp_path.iterdir()):
        assert "Wij leveren onze diensten." in [plain(line) for line in lines_of(path)], path.name


def test_a_document_in_another_language_than_the_register_says_leaves_it_open(tmp_path: Path) -> None:
    place, document = written(tmp_path)
    foreign = " ".join(["We use your data for this and for other purposes that you have with them."] * 3)
    Path(document).write_text(f"{POLICY[:100]} {foreign} om onze diensten te leveren", "utf-8")
    told = run(place, "--document", document, "--today", "2026-11-01")
    assert told.exit_code == 3, told.output
    assert "policy.md is in de taal 'en', en het register zegt 'nl'." in told.output


def test_a_document_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    place, document = written(tmp_path)
    Path(document).write_text("  \n", "utf-8")
    for name, told in (("policy.md", "holds no text"), ("absent.md", "cannot be read")):
        error = run(place, "--document", str(tmp_path / name)).exception
        assert isinstance(error, SourceError)
        assert f"{name}: {told}" in str(error)
