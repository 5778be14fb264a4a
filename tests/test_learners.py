"""Tables of learners: the course in somebody's record is what they follow, in a catalogue or timetable nobody's."""

from datetime import date

import pandas as pd
import pytest

from igmap.inventory import Field, discover
from igmap.sources import open_exports

TODAY = date(2026, 11, 1)
N = range(24)
PERSONS = ["Gemma Prins", "Pieter Smit", "Fatima Amrani", "Joost Blokland", "Sanne Veldkamp", "Willem Griffith"] * 4
TITLES = ["Heftruckveiligheid", "AVG in een dag", "Timemanagement", "Boekhouden 1"] * 6
CODES = [f"HV-{100 + n % 5}" for n in N]
MAILS = [f"{name.split()[0].lower()}@deltawerk.example" for name in PERSONS]
DAYS = [f"{1 + n % 27:02}-10-2026" for n in N]


def _found(columns: dict[str, list[str]], title: str = "t") -> dict[str, Field]:
    with open_exports({title: pd.DataFrame(columns)}) as exports:
        return {field.name: field for field in discover(exports, today=TODAY).datasets[0].fields}


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Training", TITLES),
        ("Naam opleiding", TITLES),
        ("Course Full Name", TITLES),
        ("Lehrgangsbezeichnung", TITLES),
        ("Intitulé du cours", TITLES),
        ("cursuscode", CODES),
        ("course_id", CODES),
        ("Kursnr.", CODES),
        ("webinar.title", TITLES),
        ("Gekozen workshop 1", TITLES),
    ],
)
def test_a_course_beside_a_person_is_what_they_follow(header: str, values: list[str]) -> None:
    assert _found({"Naam": PERSONS, "E-mail": MAILS, header: values})[header].category == "learning_activity"
    assert _found({"prijs": CODES, header: values, "zaal": CODES})[header].category != "learning_activity"


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Cursusprijs", [f"{200 + n},50" for n in N]),
        ("Training locatie", ["Utrecht", "Zwolle"] * 12),
        ("course_version", [str(n % 3) for n in N]),
        ("Docent training", PERSONS),
        ("Opleiding", ["MBO 4", "HBO", "WO", "VMBO"] * 6),
        ("Seminar", [f"{n},{n:02}" for n in N]),
    ],
)
def test_what_is_told_of_a_course_is_not_followed(header: str, values: list[str]) -> None:
    assert _found({"Naam": PERSONS, "E-mail": MAILS, header: values})[header].category != "learning_activity"


@pytest.mark.parametrize(
    ("header", "values"), [("module", TITLES), ("exam_code", CODES), ("Vak", TITLES), ("session title", TITLES)]
)
def test_a_module_is_followed_only_where_a_table_is_of_learners(header: str, values: list[str]) -> None:
    assert _found({"Naam deelnemer": PERSONS, "E-mail": MAILS, header: values})[header].category == "learning_activity"
    assert _found({"User": PERSONS, "E-mail": MAILS, header: values})[header].category == "none"


def test_a_timetable_with_its_trainer_is_nobodys() -> None:
    fields = _found({"datum": DAYS, "training": TITLES, "trainer": PERSONS, "zaal": ["A1", "B2"] * 12})
    assert (fields["training"].category, fields["trainer"].category) == ("none", "name")


def test_a_catalogue_with_whom_to_turn_to_is_nobodys() -> None:
    fields = _found({"cursuscode": [f"C-{n}" for n in N], "cursus": TITLES, "Contactpersoon": PERSONS, "uren": CODES})
    assert (fields["cursuscode"].category, fields["cursus"].category) == ("none", "none")


def test_a_course_on_an_invoice_is_not_followed_by_who_pays() -> None:
    sold = {"Factuurnummer": [f"F2026-{n:04}" for n in N], "Naam": PERSONS, "Training": TITLES}
    assert _found(sold)["Training"].category == "none"
    assert _found(sold | {"Naam deelnemer": PERSONS})["Training"].category == "learning_activity"


@pytest.mark.parametrize(
    ("header", "values", "category"),
    [
        ("Poging", ["1", "2", "3"] * 8, "learning_activity"),
        ("late_flag", ["0", "1"] * 12, "learning_activity"),
        ("Attempt Status Desc", ["Completed", "In Progress", "Needs Grading"] * 8, "learning_activity"),
        ("Herkansing", ["ja", "nee"] * 12, "learning_activity"),
        ("Examendatum", DAYS, "learning_activity"),
        ("Punten", [str(n % 7) for n in N], "learning_result"),
        ("DIPLJN", ["J", "N"] * 12, "learning_result"),
        ("Inschrijfdatum", DAYS, "none"),
        ("Enrolled at", DAYS, "none"),
    ],
)
def test_what_a_learner_did_and_reached(header: str, values: list[str], category: str) -> None:
    fields = _found({"Naam cursist": PERSONS, "E-mail": MAILS, "Cursus": TITLES, header: values}, "cursisten")
    assert fields[header].category == category


def test_nobody_began_a_course_that_nobody_is_named_in() -> None:
    fields = _found({"section": CODES, "course": TITLES, "start_at": DAYS, "students": [str(n) for n in N]}, "courses")
    assert fields["start_at"].category == "none"


def test_a_visitor_looked_at_pages() -> None:
    pages = {"pageviews": [str(n) for n in N]}
    addresses = {"ip": [f"203.0.113.{n}" for n in N], "channel": ["Direct", "Paid"] * 12}
    assert _found(pages | addresses)["pageviews"].category == "learning_activity"
    assert _found(pages | {"channel": ["Direct", "Paid"] * 12, "bounces": CODES})["pageviews"].category == "none"


def test_the_reason_names_the_word() -> None:
    field = _found({"Naam": PERSONS, "E-mail": MAILS, "Training": TITLES})["Training"]
    assert {"code": "learner", "cue": "training"} in field.reasons


@pytest.mark.parametrize(
    ("header", "category"),
    [
        ("aantal trainingen", "learning_activity"),
        ("totaal uren", "learning_activity"),
        ("aantal te laat", "learning_activity"),
        ("mean_session_minutes", "learning_activity"),
        ("badges_count", "learning_result"),
        ("aantal onvoldoendes", "learning_result"),
        ("aantal kinderen", "marital_status"),
        ("totaal bedrag", "none"),
    ],
)
def test_what_a_learner_has_many_of_is_theirs(header: str, category: str) -> None:
    counts = [str(n % 9) for n in N]
    assert _found({"leerling": PERSONS, "cursus": TITLES, header: counts})[header].category == category


MARKS = {"Learner": PERSONS, "Score": [str(40 + n) for n in N]}
CHOSEN = ["CO2", "Schuim", "Zand", "Water"] * 6


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Attempts allowed", ["1", "3"] * 12),
        ("Pass score", ["60", "80"] * 12),
        ("Max points", ["10", "20"] * 12),
        ("Correct answer", CHOSEN),
        ("Test version", ["v1", "v2"] * 12),
        ("Welk cijfer geef je de training?", [str(5 + n % 5) for n in N]),
        ("How satisfied were you with the course?", ["Very satisfied", "Satisfied", "Dissatisfied"] * 8),
    ],
)
def test_what_a_course_sets_and_what_a_learner_thinks_of_it_is_no_learning(header: str, values: list[str]) -> None:
    assert _found({**MARKS, header: values})[header].category == "none"


def test_answers_under_a_question_are_chosen_in_a_test_only() -> None:
    asked = {"Which extinguisher goes first?": CHOSEN}
    assert _found({**MARKS, **asked})["Which extinguisher goes first?"].category == "learning_activity"
    assert _found({"Naam": PERSONS, **asked})["Which extinguisher goes first?"].category == "none"


@pytest.mark.parametrize(
    ("header", "values", "category"),
    [
        ("Global score (%)", [str(40 + n) for n in N], "learning_result"),
        ("Course slug", CODES, "learning_activity"),
        ("Welke training heb je gevolgd?", TITLES, "learning_activity"),
        ("Number of correct answers", [str(n % 9) for n in N], "learning_result"),
    ],
)
def test_a_word_in_passing_says_it_among_learners(header: str, values: list[str], category: str) -> None:
    learners = {"Learner": PERSONS, "E-mail": MAILS, "Progress (%)": [str(n) for n in N]}
    assert _found({**learners, header: values})[header].category == category


def test_where_learners_are_counted_nobody_learns() -> None:
    meetings = {"Topic": TITLES, "Host": PERSONS, "User Email": MAILS, "Start Time": [f"{one} 10:00" for one in DAYS]}
    counted = _found({**meetings, "Participants": [str(n) for n in N]}, title="training_meetings")
    assert {counted["Topic"].category, counted["Start Time"].category} == {"none"}


def test_the_number_of_a_certificate_is_somebodys_and_its_kind_a_result() -> None:
    names = {"Pers.nr.": [str(1000 + 7 * n) for n in N], "Naam": PERSONS}
    numbered = _found({**names, "Certificaat": [f"VCA-{10417 + 13 * n}" for n in N]})
    assert numbered["Certificaat"].category == "account_id"


def test_a_run_of_a_course_with_its_numbers_has_no_results() -> None:
    runs = {"Course": TITLES, "Start date": DAYS, "Enrolled": [str(9 + n) for n in N], "Passed": [str(n) for n in N]}
    found = _found({**runs, "Lead instructor": PERSONS, "Instructor email": MAILS})
    assert {found[name].category for name in runs} == {"none"}


def test_how_somebody_stands_is_told_in_words_of_both_kinds() -> None:
    status = ["Bestanden", "In Bearbeitung", "Nicht begonnen", "In Bearbeitung"] * 6
    assert _found({"Teilnehmer": PERSONS, "Kurs": TITLES, "Status": status})["Status"].category == "learning_activity"
