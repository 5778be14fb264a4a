"""igmap policy import: a record of processing activities becomes the draft of a register, and nothing is made up."""

from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from typer.testing import CliRunner

from igmap.cli import app
from igmap.errors import SourceError
from igmap.policy import Open, load_policy
from igmap.policy.drafting import Imported, import_register, write_draft
from igmap.policy.drafting.cells import bases, categories, listed, terms
from igmap.policy.drafting.grids import field_of
from igmap.policy.drafting.takers import start_event
from tests.sources.seeds import open_document

HEADS = [
    "Naam verwerking",
    "Doel(en)",
    "Grondslag",
    "Categorieën\nbetrokkenen",
    "Categorieën persoonsgegevens",
    "Bijzondere persoonsgegevens",
    "Ontvangers",
    "Verwerker",
    "Verwerkersovereenkomst",
    "Bewaartermijn",
    "Doorgifte buiten EU",
    "Beveiligingsmaatregelen (algemeen)",
    "Verwerkingsverantwoordelijke",
    "FG",
    "Applicatie",
]
ROWS = [
    [
        "Wmo-aanvragen",
        "Behandelen van aanvragen",
        "Wettelijke verplichting (art. 6 lid 1 sub c AVG)",
        "Inwoners; mantelzorgers",
        "• NAW-gegevens\n• BSN\n• e-mailadres\n• schoenmaat",
        "Medische gegevens",
        "Zorgaanbieders; medewerkers van het Wmo-team; CAK",
        "Zorgned B.V. (NL)",
        "VO-2023-12",
        "15 jaar na sluiting van het dossier",
        "Nee",
        "Autorisatiebeheer; versleuteling",
        "Gemeente Veenderdam",
        "J. Jansen",
        "Zorgned",
    ],
    [
        "Nieuwsbrief",
        "Informeren van inwoners",
        "Toestemming",
        "Abonnees",
        "naam, e-mailadres",
        "",
        "",
        "Mailfabriek Inc. (VS)",
        "",
        "tot wederopzegging",
        "nvt",
        "Autorisatiebeheer",
        "Gemeente Veenderdam",
        "J. Jansen",
        "",
    ],
    [
        "Personeelszaken",
        "Uitvoeren arbeidsovereenkomst",
        "uitvoering overeenkomst / wettelijke verplichting",
        "Medewerkers",
        "NAW; salaris; IBAN",
        "",
        "Belastingdienst",
        "",
        "",
        "7 jaar",
        "Nee",
        "",
        "Gemeente Veenderdam",
        "J. Jansen",
        "AFAS",
    ],
]


def xlsx(path: Path, rows: list[list[Any]], *, sheet: str = "Register") -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell != "":
                    page.write(number, column, cell)
    return path


def municipal(folder: Path) -> Imported:
    return import_register(xlsx(folder / "register.xlsx", [["Register van verwerkingsactiviteiten"], [], HEADS, *ROWS]))


def test_an_activity_becomes_a_purpose_with_its_basis_persons_and_data(tmp_path: Path) -> None:
    policy = municipal(tmp_path).policy
    assert [one.id for one in policy.purposes] == ["wmo_aanvragen", "nieuwsbrief", "personeelszaken"]
    care = policy.purposes[0]
    assert (care.legal_basis, care.data_subjects) == ("eu-gdpr:A6-1-c", ("resident", "mantelzorgers"))
    assert care.data_categories == ("name", "address", "postcode", "city", "bsn", "email", "health")
    assert care.source.quote == "Behandelen van aanvragen"
    assert care.origin == "proposed"


def test_what_a_cell_says_in_more_than_one_way_stays_open_with_its_words(tmp_path: Path) -> None:
    basis = municipal(tmp_path).policy.purposes[2].legal_basis
    assert isinstance(basis, Open)
    assert "uitvoering overeenkomst / wettelijke verplichting" in basis.why.nl
    assert basis.suggest == ("eu-gdpr:A6-1-b", "eu-gdpr:A6-1-c")


def test_a_term_needs_its_start_to_be_said(tmp_path: Path) -> None:
    first, second, third = municipal(tmp_path).policy.retention.rules
    assert (first.period, first.start) == ("P15Y", "file_closed")
    assert isinstance(second.period, Open)
    assert "tot wederopzegging" in second.period.why.nl
    assert third.period == "P7Y"
    assert isinstance(third.start, Open)


STARTS = {
    "2 jaar na einde dienstverband": "employment_ended",
    "2 jaar na uitdiensttreding": "employment_ended",
    "dienstverband + 2 jaar": "employment_ended",
    "2 years after termination of employment": "employment_ended",
    "6 years after the employee leaves": "employment_ended",
    "7 jaar na afloop van het boekjaar": "financial_year_end",
    "7 jaar na einde boekjaar": "financial_year_end",
    "7 years from end of financial year": "financial_year_end",
    "Current year + 6 years": "calendar_year_end",
    "5 jaar na laatste contact": "last_contact",
    "5 jaar na het laatste klantcontact": "last_contact",
    "4 weken na afwijzing": "procedure_completed",
    "Contract + 7 years": "contract_ended",
    "1 year after consent is withdrawn": "consent_withdrawn",
    "7 jaar na factuurdatum": "invoice_date",
    "15 jaar na laatste wijziging dossier": "last_change",
    "20 jaar na laatste behandeling": "treatment_ended",
    "1 jaar na het einde van de huurovereenkomst": "tenancy_ended",
    "5 ans après le départ du salarié": "employment_ended",
}


@pytest.mark.parametrize(("words", "event"), STARTS.items())
def test_the_event_that_a_term_starts_with_is_read_as_registers_word_it(words: str, event: str) -> None:
    assert start_event(words) == event


def test_a_term_whose_words_are_not_understood_is_listed_and_stays_open_with_them(tmp_path: Path) -> None:
    cells = ["5 jaar na afloop subsidie", "2 jaar; daarna 7 jaar na afloop van het boekjaar", "Max. 7 jaar", *STARTS]
    rows = [[f"a{number}", "x", "Toestemming", cell] for number, cell in enumerate(cells)]
    heads = ["Naam verwerking", "Doel(en)", "Grondslag", "Bewaartermijn"]
    read = import_register(xlsx(tmp_path / "r.xlsx", [heads, *rows]))
    assert [words for _, words in read.left] == cells[:2]
    terms = read.policy.retention.rules
    assert isinstance(terms[0].start, Open)
    assert "5 jaar na afloop subsidie" in terms[0].start.why.nl
    assert [rule.start for rule in terms[3:]] == list(STARTS.values())


def test_processors_have_role_country_and_agreement(tmp_path: Path) -> None:
    parties = {one.id: one for one in municipal(tmp_path).policy.recipients}
    care, mail = parties["zorgned_b_v_nl"], parties["mailfabriek_inc_vs"]
    assert (care.role, care.country, care.agreement and care.agreement.reference) == ("processor", "NL", "VO-2023-12")
    assert mail.country == "US"
    assert mail.agreement
    assert isinstance(mail.agreement.reference, Open)
    assert (parties["belastingdienst"].role, parties["zorgaanbieders"].role) == ("authority", "controller")


def test_who_belongs_to_the_organisation_is_no_recipient_and_unknown_words_are_listed(tmp_path: Path) -> None:
    read = municipal(tmp_path)
    assert ("Register 4, recipients", "medewerkers van het Wmo-team") in read.left
    assert ("Register 4, data_categories", "schoenmaat") in read.left
    assert dict(read.unmapped) == {"Applicatie": 2}


def test_transfers_are_false_only_when_every_activity_says_so(tmp_path: Path) -> None:
    assert municipal(tmp_path).policy.transfers.outside_eea is False  # type: ignore[union-attr]
    unsaid = [row if number else [*row[:10], "", *row[11:]] for number, row in enumerate(ROWS)]
    assert import_register(xlsx(tmp_path / "b.xlsx", [HEADS, *unsaid])).policy.transfers is None
    leaving = [ROWS[0], [*ROWS[1][:10], "Ja, naar de VS", *ROWS[1][11:]]]
    assert import_register(xlsx(tmp_path / "c.xlsx", [HEADS, *leaving])).policy.transfers.outside_eea is True  # type: ignore[union-attr]


def test_health_data_without_a_condition_stay_open(tmp_path: Path) -> None:
    health = municipal(tmp_path).policy.data_category("health")
    assert health
    assert isinstance(health.condition, Open)
    said = import_register(
        xlsx(tmp_path / "b.xlsx", [[*HEADS, "Uitzonderingsgrond"], [*ROWS[0], "art. 9 lid 2 sub h AVG"]])
    )
    assert said.policy.data_category("health").condition == "eu-gdpr:A9-2-h"  # type: ignore[union-attr]


def test_the_draft_is_a_file_that_loads_and_is_not_overwritten(tmp_path: Path) -> None:
    read = municipal(tmp_path)
    path = write_draft(tmp_path / "draft.yaml", read.content, "register.xlsx", read.left)
    assert load_policy(path) == read.policy
    assert "#   [Register 4, data_categories] schoenmaat" in path.read_text("utf-8")
    with pytest.raises(Exception, match="is there already"):
        write_draft(path, read.content, "register.xlsx", read.left)


def test_the_french_template_with_headings_in_the_first_column_is_read(tmp_path: Path) -> None:
    rows = [
        ["Fiche de registre", ""],
        ["Nom / dénomination", "Gestion de la paie"],
        ["Finalité principale", "Payer les salariés"],
        ["Base légale", "Obligation légale"],
        ["Catégories de personnes concernées", "Salariés"],
        ["Catégories de données", "État civil, identité; RIB; salaire"],
        ["Durée de conservation", "5 ans"],
        ["Destinataires", "Administration fiscale"],
        ["Mesures de sécurité", "Contrôle d'accès"],
    ]
    policy = import_register(xlsx(tmp_path / "fiche.xlsx", rows, sheet="Fiche 1")).policy
    (pay,) = policy.purposes
    assert (pay.id, pay.legal_basis, pay.data_subjects) == ("gestion_de_la_paie", "eu-gdpr:A6-1-c", ("employee",))
    assert pay.data_categories == ("name", "bank_account", "income")
    assert policy.retention.rules[0].period == "P5Y"


def test_the_british_template_with_one_function_and_several_purposes_is_read(tmp_path: Path) -> None:
    heads = [
        "Business function",
        "Purpose of processing",
        "Name and contact details of joint controller (if applicable)",
        "Categories of individuals",
        "Categories of personal data",
        "Categories of recipients",
        "Link to contract with processor",
        "Names of third countries or international organisations that personal data are transferred to (if applicable)",
        "Retention schedule (if possible)",
        "General description of technical and organisational security measures (if possible)",
        "Article 6 lawful basis for processing personal data",
        "Article 9 basis for processing special category data",
    ]
    rows = [
        ["Documentation of processing activities - controller"],
        [],
        heads,
        [
            "HR",
            "Payroll",
            "N/A",
            "Employees",
            "Contact details",
            "HMRC",
            "N/A",
            "N/A",
            "3 years after the end of the contract",
            "Encryption",
            "Article 6(1)(b) - contract",
            "N/A",
        ],
        [
            "",
            "Recruitment",
            "N/A",
            "Candidates",
            "Qualifications; email address",
            "Referees",
            "N/A",
            "N/A",
            "6 months after the procedure has ended",
            "Access controls",
            "Article 6(1)(f) - legitimate interests",
            "",
        ],
    ]
    policy = import_register(xlsx(tmp_path / "ropa.xlsx", rows)).policy
    assert [one.label.en for one in policy.purposes] == ["HR: Payroll", "HR: Recruitment"]
    assert [one.source.quote for one in policy.purposes] == ["Payroll", "Recruitment"]
    assert [one.legal_basis for one in policy.purposes] == ["eu-gdpr:A6-1-b", "eu-gdpr:A6-1-f"]
    assert [one.period for one in policy.retention.rules] == ["P3Y", "P6M"]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Doel(en) van de verwerking", "purpose"),
        ("DOELEINDEN", "purpose"),
        ("Bewaar-\ntermijn", "retention"),
        ("Bewaartermijn (in jaren)", "retention"),
        ("Finalité(s)", "purpose"),
        ("Durées de conservation", "retention"),
        ("Ontvanger(s)", "recipients"),
        ("Opmerkingen", None),
        ("Categories of recipients", "recipients"),
        ("Naam en contactgegevens FG", "dpo"),
        ("Grondslag AVG", "legal_basis"),
        ("", None),
    ],
)
def test_headings_are_known_by_their_words(heading: str, field: str | None) -> None:
    assert field_of(heading) == field


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("uitvoering overeenkomst", "b"),
        ("Art. 6 lid 1 sub b AVG", "b"),
        ("Consent", "a"),
        ("wettelijke verplichting", "c"),
        ("6.1.f", "f"),
        ("b", "b"),
        ("Article 6(1)(e)", "e"),
        ("taak van algemeen belang", "e"),
        ("gerechtvaardigd belang", "f"),
        ("mission d'intérêt public", "e"),
        ("zie bijlage", ""),
        ("overeenkomst of toestemming", "ab"),
    ],
)
def test_bases_are_read_by_letter_or_in_words(cell: str, found: str) -> None:
    assert [base[-1] for base in bases(cell)] == list(found)


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("zeven jaar", ["P7Y"]),
        ("5 jr na einde", ["P5Y"]),
        ("2 jaar (CV) of 4 weken", ["P2Y", "P4W"]),
        ("3 mois", ["P3M"]),
        ("conform Archiefwet", []),
    ],
)
def test_terms_are_read_in_three_languages(cell: str, found: list[str]) -> None:
    assert terms(cell) == found


def test_brackets_hold_an_item_together() -> None:
    assert listed("Naam (voor-, achternaam), BSN\n- e-mail; n.v.t.") == ["Naam (voor-, achternaam)", "BSN", "e-mail"]
    assert [categories(item) for item in ("Telefoon", "BSN", "wachtwoord", "schoenmaat")] == [
        ("phone",),
        ("bsn",),
        ("password",),
        (),
    ]


def test_rows_that_go_on_belong_to_the_activity_above(tmp_path: Path) -> None:
    heads = ["Verwerking", "Doel", "Persoonsgegevens", "Bewaartermijn"]
    rows = [
        heads,
        ["Klachten", "Klachten behandelen", "naam", "2 jaar"],
        ["", "", "e-mailadres", ""],
        ["Klachten", "Klachten behandelen", "telefoonnummer", "2 jaar"],
    ]
    (one,) = import_register(xlsx(tmp_path / "a.xlsx", rows)).policy.purposes
    assert one.data_categories == ("name", "email", "phone")


def test_a_merged_title_and_merged_cells_are_read_as_people_read_them(tmp_path: Path) -> None:
    path = tmp_path / "merged.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("Blad1")
        page.merge_range("A1:D1", "Verwerkingsregister 2026")
        page.merge_range("A2:B2", "Verwerking")
        page.merge_range("C2:D2", "Gegevens")
        page.write_row("A3", ["Naam", "Doel", "Categorieën persoonsgegevens", "Bewaartermijn"])
        page.merge_range("A4:A5", "Verhuur")
        page.write_row("B4", ["Huur innen", "naam", "7 jaar"])
        page.write_row("B5", ["Zaal inplannen", "e-mailadres", "1 maand"])
    policy = import_register(path).policy
    assert [(one.label.nl, one.source.quote) for one in policy.purposes] == [
        ("Verhuur: Huur innen", "Huur innen"),
        ("Verhuur: Zaal inplannen", "Zaal inplannen"),
    ]


@pytest.mark.parametrize(("encoding", "separator"), [("utf-8", ";"), ("cp1252", ";"), ("utf-16", "\t"), ("utf-8", ",")])
def test_a_csv_is_read_in_any_encoding_with_any_delimiter(tmp_path: Path, encoding: str, separator: str) -> None:
    path = tmp_path / "register.csv"
    rows = [["Naam verwerking", "Doel", "Categorieën persoonsgegevens"], ["Cliënten", "Zorg verlenen", '"naam\n\nBSN"']]
    path.write_bytes("\n".join(separator.join(row) for row in rows).encode(encoding))
    (one,) = import_register(path).policy.purposes
    assert (one.label.nl, one.data_categories) == ("Cliënten", ("name", "bsn"))


def test_an_open_document_is_read(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = [["Verwerking", "Doel", "Grondslag"], ["Verhuur", "Zalen verhuren", "overeenkomst"]]
    body = "".join(f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>" for row in rows)
    path = tmp_path / "a.ods"
    path.write_bytes(open_document(f'<table:table table:name="Blad">{body}</table:table>'))
    assert import_register(path).policy.purposes[0].legal_basis == "eu-gdpr:A6-1-b"


def test_formulas_and_markup_stay_words(tmp_path: Path) -> None:
    book, file = openpyxl.Workbook(), BytesIO()
    for row in [
        ["Verwerking", "Doel", "Grondslag", "<script>alert(1)</script>"],
        ["=1+1", "<b>doel</b>", '=HYPERLINK("x")', "z"],
        ["'=cmd|x", "b", "c", "z"],
    ]:
        book.active.append(row)
    book.save(file)
    path = tmp_path / "f.xlsx"
    path.write_bytes(file.getvalue())
    read = import_register(path)
    assert dict(read.unmapped) == {"<script>alert(1)</script>": 2}
    assert load_policy(write_draft(tmp_path / "d.yaml", read.content, "f\n.xlsx", [("a\nb: x", "c\n- d")])).purposes


@pytest.mark.ci  # seconds: the form of a register is checked item by item
def test_ten_thousand_rows_are_read(tmp_path: Path) -> None:
    rows = [
        [f"Verwerking {number}", "Aanvragen behandelen", "toestemming", "naam; BSN", "2 jaar"]
        for number in range(10_000)
    ]
    path = tmp_path / "large.csv"
    path.write_text(
        "\n".join(map(",".join, [["Verwerking", "Doel", "Grondslag", "Persoonsgegevens", "Bewaartermijn"], *rows])),
        "utf-8",
    )
    read = import_register(path)
    assert read.activities == 10_000
    assert len(read.policy.purposes) == 10_000


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", b"PK\x03\x04 broken"),
        ("b.csv", b""),
        ("c.csv", b"a;b;c\n1;2;3\n"),
        ("d.pdf", b"%PDF-1.4"),
        ("e.txt", b"\x00\x01\x02\x00\x00binary"),
    ],
)
def test_what_is_no_register_is_refused_by_name(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SourceError, match=name):
        import_register(path)


def test_an_empty_sheet_beside_a_register_is_passed_over_and_a_missing_one_is_told(tmp_path: Path) -> None:
    path = tmp_path / "two.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Leeg")
        book.add_worksheet("Register").write_row("A1", HEADS)
        book.get_worksheet_by_name("Register").write_row("A2", ROWS[0])
    assert import_register(path).activities == 1
    with pytest.raises(SourceError, match="has no sheet 'Blad1'; it has 'Leeg', 'Register'"):
        import_register(path, "Blad1")
    with pytest.raises(SourceError, match="no sheet has 3 headings"):
        import_register(path, "Leeg")


def test_the_command_writes_a_draft_and_names_no_person(tmp_path: Path) -> None:
    source = xlsx(tmp_path / "register.xlsx", [HEADS, *ROWS])
    out = tmp_path / "draft.yaml"
    done = CliRunner().invoke(app, ["policy", "import", str(source), "--out", str(out), "--lang", "en"])
    assert done.exit_code == 0, done.output
    assert "3 processing activities taken over from register.xlsx" in done.output
    assert "Applicatie" in done.output
    assert "Jansen" not in done.output
    assert load_policy(out).controller.dpo == "J. Jansen"
