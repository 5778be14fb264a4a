"""igmap policy read: a policy text becomes the draft of a register; what it does not say stays open."""

import re
from pathlib import Path

import docx
import matplotlib.pyplot as plt
import pytest
from matplotlib.backends.backend_pdf import PdfPages
from typer.testing import CliRunner

from benchmarks.policy_reading import measured
from igmap.cli import app
from igmap.errors import PolicyError, SourceError
from igmap.policy import Open, Policy, load_policy, open_values
from igmap.policy.drafting import Draft, items, items_table, left_table, read_policy_text
from igmap.policy.drafting.document import lines_of
from igmap.policy.drafting.passages import passages, plain, sentences
from igmap.policy.drafting.phrases import pattern
from igmap.policy.drafting.takers import Taken, day, periods, start_event
from igmap.report import fragment

POLICIES = sorted((Path(__file__).parent / "data" / "policies").glob("*.md"))
SHORT = """# Privacyverklaring

## 1. Doelen

Veenstra B.V. te Meppel gebruikt uw naam en e-mailadres om uw bestelling te verwerken.
Grondslag: uitvoering van de overeenkomst.

## 2. Bewaartermijn

Bestelgegevens bewaren wij twee jaar na het laatste contact.
"""


def drafted(folder: Path, text: str, name: str = "policy.md", encoding: str = "utf-8") -> Draft:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return read_policy_text(path)


def policy(folder: Path, text: str) -> Policy:
    return drafted(folder, text).policy


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_a_policy_is_read_as_a_careful_reader_does(path: Path) -> None:
    one = measured(path)
    least, most = (0.8, 0.1) if one.held_out else (0.95, 0.03)
    assert one.found_share >= least, one.missed
    assert one.false_share <= most, one.false


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_every_quote_stands_in_the_text(path: Path) -> None:
    text = " ".join(plain(line).replace("|", " ").strip(" -*•") for line in path.read_text("utf-8").splitlines())
    words = " ".join(text.split())
    for key, source in items(read_policy_text(path).content).items():
        for part in re.split(r"\s*…\s*", str(source.get("quote", ""))):
            assert part.strip() in words, key


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_every_sentence_is_an_item_s_or_is_listed(path: Path) -> None:
    draft = read_policy_text(path)
    assert len(draft.unrecognised) < 0.2 * len(draft.passages)
    assert {one.text for one in draft.unrecognised} <= {one.text for one in draft.passages}


def test_an_item_has_its_quote_and_is_a_proposal(tmp_path: Path) -> None:
    read = policy(tmp_path, SHORT)
    (purpose,) = read.purposes
    assert (purpose.id, purpose.legal_basis, purpose.origin) == ("orders", "eu-gdpr:A6-1-b", "proposed")
    assert purpose.data_categories == ("name", "email")
    assert purpose.source.section == "1"
    assert purpose.source.quote.startswith("Veenstra B.V. te Meppel gebruikt")
    (rule,) = read.retention.rules
    assert (rule.period, rule.start, rule.purpose) == ("P2Y", "last_contact", "orders")
    assert (read.controller.name, read.controller.place) == ("Veenstra B.V.", "Meppel")


def test_what_the_text_does_not_say_stays_open(tmp_path: Path) -> None:
    read = policy(tmp_path, "Wij gebruiken uw gegevens om onze diensten te verbeteren.\n")
    (purpose,) = read.purposes
    assert isinstance(purpose.legal_basis, Open)
    assert isinstance(purpose.data_categories, Open)
    assert isinstance(read.controller.name, Open)
    assert isinstance(read.controller.country, Open)
    assert (read.requests, read.cookies, read.retention.rules) == (None, None, ())
    assert read.transfers
    assert isinstance(read.transfers.outside_eea, Open)
    assert {"policy.version", "controller.name", "controller.contact"} <= {one.path for one in open_values(read)}


def test_bases_that_belong_to_no_purpose_are_a_hint_and_no_more(tmp_path: Path) -> None:
    purposes = "## Doelen\n\n- bestellingen verwerken\n- vragen beantwoorden\n\n"
    text = purposes + "## Grondslagen\n\n- toestemming\n- overeenkomst\n"
    basis = policy(tmp_path, text).purposes[0].legal_basis
    assert isinstance(basis, Open)
    assert basis.suggest == ("eu-gdpr:A6-1-a", "eu-gdpr:A6-1-b")


@pytest.mark.parametrize(
    "sentence",
    [
        "Wij gebruiken uw gegevens niet voor marketing.",
        "Wij plaatsen geen marketingcookies.",
        "Wij delen uw gegevens niet met adverteerders.",
        "We never use your data for marketing.",
        "We do not use advertising cookies, and we do not share data with advertisers.",
    ],
)
def test_what_is_denied_is_no_item(tmp_path: Path, sentence: str) -> None:
    found = items(drafted(tmp_path, f"# Privacy\n\n{sentence}\n").content)
    assert not {key for key in found if key.startswith(("purpose", "cookie", "recipient"))}


@pytest.mark.parametrize(
    ("words", "period", "start"),
    [
        ("zeven jaar na het einde van het boekjaar", "P7Y", "financial_year_end"),
        ("twee jaar na het laatste contact", "P2Y", "last_contact"),
        ("uiterlijk 4 weken na afronding van de procedure", "P4W", "procedure_completed"),
        ("een half jaar", "P6M", None),
        ("for ninety (90) days after you close your account", "P90D", "account_closed"),
        ("12 maanden na afhandeling", "P12M", "question_closed"),
        ("vijf jaar na uitschrijving", "P5Y", "enrolment_ended"),
    ],
)
def test_terms_in_words_and_figures_are_iso_8601_with_their_start(words: str, period: str, start: str | None) -> None:
    ((found, _, end),) = periods(words)
    assert (found, start_event(words[end:])) == (period, start)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("geldt vanaf 1 juli 2025", "2025-07-01"),
        ("effective March 3rd, 2026", "2026-03-03"),
        ("per 01-02-2024", "2024-02-01"),
        ("op 31 februari 2025", None),
        ("binnenkort", None),
    ],
)
def test_dates_are_read_and_days_that_are_none_are_not(words: str, found: str | None) -> None:
    assert day(Taken(words, 0, 1)) == found


def test_two_purposes_of_one_section_do_not_share_a_basis(tmp_path: Path) -> None:
    text = """## Doelen en grondslagen

| Doel | Grondslag |
|---|---|
| Bestellingen verwerken | overeenkomst |
| Nieuwsbrief sturen | toestemming |
"""
    bases = {one.id: one.legal_basis for one in policy(tmp_path, text).purposes}
    assert bases == {"orders": "eu-gdpr:A6-1-b", "marketing": "eu-gdpr:A6-1-a"}


def test_a_term_for_some_data_does_not_become_the_term_of_all(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "## Bewaartermijnen\n\nGegevens over de boot worden 5 jaar bewaard.\n")
    assert draft.policy.retention.default is None
    assert [one.text for one in draft.unrecognised] == ["Gegevens over de boot worden 5 jaar bewaard."]


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        ("# Titel\n\n## 1. Een\n\nZin.\n\n### 1.1 Onder\n\nZin.\n", ["1", "1.1"]),
        ("Artikel 2. Doelen\n\n2.1 Bestellen. Wij leveren.\n\n2.2 Betalen. Wij innen.\n", ["2.1", "2.2"]),
        ("**Hoe lang?**\n\nEen jaar.\n\n**Wie?**\n\nWij.\n\n**Waar?**\n\nHier.\n", ["Hoe lang?", "Wie?", "Waar?"]),
        ("WAAROM\n\nDaarom.\n\nHOE LANG\n\nLang.\n", ["intro", "HOE LANG"]),
        (
            "Inleiding\n\nWij delen (a) met de bank, (b) met de post en (c) met niemand anders.\n",
            ["intro", "intro(a)", "intro(b)", "intro(c)"],
        ),
        ("## Delen\n\nWij delen met:\n\n(a) de bank;\n(b) de post.\n", ["Delen", "Delen(a)", "Delen(b)"]),
    ],
)
def test_sections_are_told_by_any_kind_of_heading(text: str, sections: list[str]) -> None:
    found = [
        one
        for one in passages(["# T", *text.splitlines()] if text.startswith("##") else text.splitlines())
        if not one.is_heading
    ]
    assert [one.section for one in found] == sections


def test_abbreviations_end_no_sentence() -> None:
    text = "IG B.V. te Vught, art. 6, bijv. de heer J. de Vries. Daarna volgt meer."
    assert sentences(text) == ["IG B.V. te Vught, art. 6, bijv. de heer J. de Vries.", "Daarna volgt meer."]


def test_a_phrase_matches_whole_words_unless_it_says_otherwise() -> None:
    assert pattern("adres").search("uw adres")
    assert not pattern("adres").search("IP-adres")
    assert pattern("*gegevens; bewa*").search("wij bewaren")
    assert pattern("*gegevens").search("klantgegevens")
    assert pattern("recht op …inzage").search("recht op kosteloze inzage")


def same_items(one: Draft, other: Draft) -> None:
    assert set(items(one.content)) == set(items(other.content))


def test_a_word_document_is_read_as_its_text(tmp_path: Path) -> None:
    document = docx.Document()
    for line in SHORT.splitlines():
        if line.startswith("#"):
            document.add_heading(line.lstrip("# "), level=line.count("#"))
        elif line:
            document.add_paragraph(line)
    table = document.add_table(rows=0, cols=2)
    for cells in (("Wat", "Hoe lang"), ("Facturen", "zeven jaar")):
        for cell, words in zip(table.add_row().cells, cells, strict=True):
            cell.text = words
    path = tmp_path / "policy.docx"
    document.save(str(path))
    found = items(read_policy_text(path).content)
    assert set(items(drafted(tmp_path, SHORT).content)) < set(found)
    assert found["retention:payments:P7Y"]["quote"] == "Facturen … zeven jaar"


def test_a_pdf_with_broken_lines_is_read_as_its_text(tmp_path: Path) -> None:
    lines = [
        "Privacyverklaring",
        "",
        "1. Doelen",
        "Veenstra B.V. te Meppel gebruikt uw naam en e-mailadres om uw",
        "bestelling te verwerken. Grondslag: uitvoering van de overeenkomst.",
        "2. Bewaartermijn",
        "Bestelgegevens bewaren wij twee jaar na het",
        "laatste contact.",
    ]
    path = tmp_path / "policy.pdf"
    with PdfPages(str(path)) as book:
        figure = plt.figure()
        for number, line in enumerate(lines):
            figure.text(0.05, 0.9 - number / 20, line)
        book.savefig(figure)
        plt.close(figure)
    same_items(read_policy_text(path), drafted(tmp_path, SHORT))


def test_a_page_is_read_without_its_scripts_and_menus(tmp_path: Path) -> None:
    body = re.sub(r"^#+ (.*)$", r"<h2>\1</h2>", SHORT, flags=re.MULTILINE)
    head = "<head><script>var cookies = 'marketing cookies'</script></head>"
    page = f"<!doctype html><html>{head}<body><nav>Cookies</nav>{body}</body></html>"
    same_items(drafted(tmp_path, page, "policy.html"), drafted(tmp_path, SHORT))


def test_lists_and_tables_of_a_page_stay_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        "<html><ul><li>Een<li>Twee</ul><table><tr><th>Wat</th><td>Hoe <b>lang</b></td></tr></table></html>", "utf-8"
    )
    assert [line.strip() for line in lines_of(path) if line.strip()] == ["- Een", "- Twee", "| Wat | Hoe lang |"]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig", "iso8859-15"])
def test_odd_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    text = SHORT + "\n## 3. Beveiliging\n\nPatiënten en cliënten: wij versleutelen gegevens.\n"
    same_items(drafted(tmp_path, text, "a.txt", encoding), drafted(tmp_path, text))


def test_markup_in_a_heading_is_escaped_in_a_report(tmp_path: Path) -> None:
    draft = drafted(
        tmp_path, "## <script>alert(1)</script>\n\nZomaar een zin zonder belofte.\n\n## Twee\n\nNog een zin.\n"
    )
    shown = fragment(
        [left_table(draft.unrecognised, len(draft.passages), "nl"), items_table(draft.content, "nl", "x")], lang="nl"
    )
    assert "<script>" not in shown
    assert draft.policy


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.pdf", b"%PDF-1.4 broken", "a.pdf"),
        ("b.txt", b"", "holds no text"),
        ("c.docx", b"PK\x03\x04 broken", "c.docx"),
        ("d.md", b"\x00\x01\x02\x00\x00\x00", "d.md"),
    ],
)
def test_what_is_no_text_is_refused_by_name(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SourceError, match=told):
        read_policy_text(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        read_policy_text(tmp_path / "none.md")


def test_text_without_a_promise_is_a_register_of_open_values(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "Het weer wordt morgen mooi. De zon schijnt.\n" * 50)
    assert not items(draft.content)
    assert len(draft.unrecognised) == 100


@pytest.mark.ci
def test_a_long_line_of_nothing_takes_no_time(tmp_path: Path) -> None:
    assert drafted(tmp_path, "recht op " * 20_000 + "\n\n" + "(" * 5_000 + "a) b " * 1000).policy


def test_the_command_writes_a_draft_and_lists_what_it_left(tmp_path: Path) -> None:
    source, out = tmp_path / "policy.md", tmp_path / "draft.yaml"
    source.write_text(SHORT + "\nDe zon schijnt vandaag.\n", "utf-8")
    done = CliRunner().invoke(app, ["policy", "read", str(source), "--out", str(out), "--lang", "en"])
    assert done.exit_code == 0, done.output
    assert "Not recognised: 1 of 4 sentences" in done.output
    assert load_policy(out).purposes[0].id == "orders"
    assert "#   [2] De zon schijnt vandaag." in out.read_text("utf-8")
    again = CliRunner().invoke(app, ["policy", "read", str(source), "--out", str(out)])
    assert isinstance(again.exception, PolicyError)


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_a_draft_is_valid_beside_its_text(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "draft.yaml"
    assert CliRunner().invoke(app, ["policy", "read", str(path), "--out", str(out)]).exit_code == 0
    told = CliRunner().invoke(app, ["policy", "validate", str(out), "--document", str(path), "--lang", "en"]).output
    quotes = re.search(r"All quotes occur in .*: (\d+)\.", told)
    assert quotes, told
    assert int(quotes[1]) > 30


def test_decisions_by_machine_are_told_in_the_words_of_the_text(tmp_path: Path) -> None:
    read = policy(tmp_path, "## Rechten\n\nWij nemen geen besluiten op basis van geautomatiseerde verwerking.\n")
    assert read.information
    assert "geautomatiseerde verwerking" in str(read.information.automated_decisions)
