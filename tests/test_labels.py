"""Names of files, sheets and columns that name a person are shown masked; all others are shown as they are."""

import csv
from pathlib import Path

import pandas as pd
import pytest

from igmap.errors import SourceError
from igmap.inventory import locate
from igmap.inventory.labels import mask_all
from igmap.sources import open_exports
from igmap.vocabulary import load_yaml
from tests.unseen import unseen_tables

SAMPLES = Path(__file__).parent.parent / "data" / "samples" / "ig-learning"


@pytest.mark.parametrize(
    ("name", "mask"),
    [
        ("verzuim_Fatima_el_Amrani.xlsx", "verzuim_‹name›.xlsx"),
        ("verzuim_jan.xlsx", "verzuim_‹name›.xlsx"),
        ("cv-peter-jansen.docx", "cv-‹name›.docx"),
        ("grade_jan_de_vries", "grade_‹name›"),
        ("map/jan de vries/verzuim.xlsx", "map/‹name›/verzuim.xlsx"),
        ("team_mehmet", "team_‹name›"),
        ("Jan Kanarievogel", "‹name›"),
        ("gesprek_Fatima_el_Amrani_met_Jan_Jansen.docx", "gesprek_‹name›_met_‹name›.docx"),
        ("Fatima Score", "‹name› Score"),
        ("K. Yılmaz", "‹name›"),
        ("Asante cv.pdf", "‹name› cv.pdf"),
        ("map/Vermeulen_rapport.csv", "map/‹name›_rapport.csv"),
        ("\x1b[1mnaam\x1b[0m\u202e", "�naam��"),
        ("jan@school.example", "‹email›"),
        ("dossier_111222333.pdf", "‹bsn›.pdf"),
        ("06-12345678", "‹phone›"),
        ("klant 06-12345678/facturen.csv", "‹phone›/facturen.csv"),
        ("map/jan@school.example/week 1.csv", "map/‹email›/week 1.csv"),
        ("dossier_111222333/Jan de Vries.csv", "‹bsn›/‹name›.csv"),
        ("JANSEN_PIET.csv", "‹name›.csv"),
        ("jansen-p.csv", "‹name›.csv"),
        ("P.J. Jansen.csv", "‹name›.csv"),
        ("loonstrook_A.B._van_den_Berg_2025.csv", "loonstrook_‹name›_2025.csv"),
        ("verslag mw. Bakker.csv", "verslag mw. ‹name›.csv"),
        ("fam. de Boer.csv", "fam. ‹name›.csv"),
        ("A. de Groot - dossier.docx", "‹name› - dossier.docx"),
        ("de Vries.xlsx", "‹name›.xlsx"),
        ("j.devries.csv", "‹name›.csv"),
        ("Opmerking Jan de V.", "Opmerking ‹name›."),
    ],
)
def test_a_name_that_names_somebody_is_masked(name: str, mask: str) -> None:
    assert mask_all([name]) == {name: mask}


def test_a_name_on_no_list_is_masked_where_most_that_stand_in_its_place_are_persons() -> None:
    listed = ["Fatima Idrissi", "Jan de Vries"]
    beside = mask_all(["Vak", *listed, "Odilia Knollenburg", "Totaal Punten"])
    assert [beside["Odilia Knollenburg"], beside["Totaal Punten"]] == ["‹name 3›", "Totaal Punten"]
    paths = [f"cijfers.{name}[]" for name in (*listed, "Odilia ter Knollen")]
    assert [mask_all(paths)[path] for path in paths] == ["cijfers.‹name›[]", "cijfers.‹name 2›[]", "cijfers.‹name 3›[]"]
    assert mask_all([*listed, "Open Vragen", "Rode Draad", "Groene Golf"])["Rode Draad"] == "Rode Draad"


def test_months_among_months_are_months_and_one_alone_may_be_somebody() -> None:
    months = ["omzet_jan.xlsx", "omzet_feb.xlsx", "omzet_mrt.xlsx"]
    assert mask_all(months) == {month: month for month in months}
    assert mask_all(["omzet_jan.xlsx"]) == {"omzet_jan.xlsx": "omzet_‹name›.xlsx"}


def test_a_month_with_a_family_name_is_somebody_even_among_months() -> None:
    assert mask_all(["jan", "feb", "jan de vries"])["jan de vries"] == "‹name›"


def test_words_of_headers_are_never_masked() -> None:
    words = load_yaml("igmap.vocabulary", "headers.yaml")
    headers = {str(phrase) for phrases in words["phrases"].values() for phrase in phrases}
    headers |= {str(word) for word in (*words["persons"], *words["things"])}
    headers |= {header for table in unseen_tables() for header in table.expected}
    headers |= {row["field"] for row in csv.DictReader((SAMPLES / "truth.csv").read_text("utf-8").splitlines())}
    headers |= {header.title() for header in headers}
    assert {name: mask for name, mask in mask_all(sorted(headers)).items() if mask != name} == {}


@pytest.mark.parametrize(
    "name",
    [
        "Alexa id",
        "meta_key",
        "mollie/betalingen.csv",
        "Max field",
        "will_list",
        "Claude tokens",
        "Tesla model",
        "Ruby on Rails",
        "Grace period",
        "Mark",
        "Paris",
        "Sofia",
        "Cursus Excel",
        "export_canvas_2026.csv",
        "merchant_repo_overzicht.csv",
        "Bakker en Visser.csv",
        "Facturen Utrecht Nederland.xlsx",
        "latency ms",
        "order 123456782.csv",
        "demand_2026.csv",
        "Dr. kosten",
        "de klas.csv",
        "P. 12.csv",
    ],
)
def test_products_and_places_that_are_also_names_are_not_masked(name: str) -> None:
    assert mask_all([name]) == {name: name}


def test_columns_named_after_learners_are_told_apart_and_can_be_located() -> None:
    table = pd.DataFrame({"week": ["1"], "Fatima el Amrani": ["7"], "Jan de Vries": ["8"], "ans@school.example": ["9"]})
    with open_exports({"voortgang": table}) as exports:
        located = locate(exports, "voortgang")
    assert list(located.columns) == ["week", "‹name›", "‹name 2›", "‹email›"]
    assert [column.name for column in located.columns.values()] == list(table)


def test_a_line_end_in_the_name_of_a_file_is_not_shown_as_one() -> None:
    with open_exports({"regel\nbreuk": pd.DataFrame({"a": ["1"]})}) as exports:
        assert locate(exports, "regel�breuk").dataset.source == "regel\nbreuk"


def test_an_export_that_is_not_there_is_an_error_with_the_nearest_one() -> None:
    with (
        open_exports({"learners": pd.DataFrame({"a": ["1"]})}) as exports,
        pytest.raises(SourceError, match="did you mean 'learners'"),
    ):
        locate(exports, "lerners")


def test_a_family_name_that_no_list_has_goes_with_the_name_before_it_in_small_letters_too() -> None:
    names = ["verzuim_sanne_zwaenepoel.csv", "sanne_export.csv"]
    assert list(mask_all(names).values()) == ["verzuim_‹name›.csv", "‹name›_export.csv"]


def test_files_of_two_persons_are_told_apart() -> None:
    masks = mask_all(["verzuim_Fatima_el_Amrani.xlsx", "verzuim_Jan_de_Vries.xlsx", "verzuim_‹name›.xlsx"])
    assert len(set(masks.values())) == 3
    assert masks["verzuim_Jan_de_Vries.xlsx"] == "verzuim_‹name 3›.xlsx"
