"""Exports that are awkward by their form: no header, names in file and sheet names, UTF-16, nothing at all."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from make.chance import seeded
from make.orders import open_workbook, write_sheet
from make.people import Person
from make.workspace import Layout, Workspace

NEWSLETTER = "marketing/nieuwsbrief_adressen.csv"
NEWSLETTER_FIELDS = {"(1)": "account_id", "(2)": "name", "(3)": "email", "(4)": "city", "(5)": "postcode"}

ABSENCE = "klanten/verzuim_Fatima_el_Amrani.xlsx"
ABSENCE_FIELDS = {"Datum": "none", "Lesdag": "none", "Aanwezig": "learning_activity", "Reden": "health"}
REASONS = ("", "", "", "", "griep", "migraine", "bezoek fysiotherapeut", "operatie", "kind ziek", "vakantie")

COACHING = "klanten/coaching_2026.xlsx"
COACHING_OVERVIEW_FIELDS = {
    "Deelnemer": "name",
    "Organisatie": "employer",
    "Gesprekken": "none",
    "Afgerond": "learning_activity",
}
COACHING_SHEET_FIELDS = {
    "Gesprek": "none",
    "Datum": "none",
    "Leerdoel": "learning_activity",
    "Verslag": "message_content",
}
GOALS = ("Feedback geven", "Vergadering leiden", "Grenzen aangeven", "Plannen", "Presenteren")
REPORTS = (
    "{given} ziet op tegen het gesprek met de teamleider, maar heeft goed geoefend.",
    "Rollenspel gedaan. {given} blijft rustig en vat goed samen.",
    "Doel gehaald; {given} wil verder met presenteren.",
    "{given} kwam onvoorbereid, afspraak verzet.",
    "Besproken hoe {given} de agenda bewaakt.",
)

TEACHERS = "hr/docenten_2026.tsv"
TEACHER_FIELDS = {
    "Personeelsnummer": "account_id",
    "Naam": "name",
    "E-mail": "email",
    "Nationaliteit": "nationality",
    "Burgerlijke staat": "marital_status",
    "Moedertaal": "language",
    "Beroep": "occupation",
    "Uurtarief": "income",
}
TEACHER_COUNT = 40
YOUNGEST_TEACHER = 30
ORIGINS = (
    ("Nederlandse", "Nederlands"),
    ("Nederlandse", "Turks"),
    ("Poolse", "Pools"),
    ("Nederlandse", "Arabisch"),
    ("Duitse", "Duits"),
)

EMPTY = "leeg.csv"


def write_awkward(workspace: Workspace, learners: Sequence[Person]) -> None:
    """Write the awkward exports."""
    _write_newsletter(workspace, learners)
    _write_absence(workspace)
    _write_coaching(workspace, learners)
    _write_teachers(workspace, learners)
    workspace.path(EMPTY).write_bytes(b"")


def _write_newsletter(workspace: Workspace, learners: Sequence[Person]) -> None:
    people = seeded(NEWSLETTER).sample(learners, 520)
    rows = [
        [person.moodle_id, person.full_name, person.email, person.address.town.name, person.address.postcode]
        for person in people
    ]
    workspace.write_delimited(NEWSLETTER, NEWSLETTER_FIELDS, rows, Layout(";", header=False))


def _write_absence(workspace: Workspace) -> None:
    """Write one person's absence; the name stands in the file name only."""
    rng = seeded(ABSENCE)
    days = [date(2026, 2, 3) + timedelta(weeks=week) for week in range(30)]
    rows = [_absence_row(rng, number, day) for number, day in enumerate(days, start=1)]
    workbook = open_workbook(workspace, ABSENCE)
    write_sheet(workbook, "Verzuim", ABSENCE_FIELDS, rows)
    workbook.close()
    workspace.describe(ABSENCE, ABSENCE_FIELDS, "Verzuim")


def _absence_row(rng: Random, number: int, day: date) -> list[object]:
    reason = rng.choice(REASONS)
    return [day, f"Les {number}", "nee" if reason else "ja", reason]


def _write_coaching(workspace: Workspace, learners: Sequence[Person]) -> None:
    """Write an overview and a sheet that bears a person's name."""
    rng = seeded(COACHING)
    coached = learners[1]
    overview = [
        [person.full_name, person.organisation, rng.randint(1, 8), rng.choice(["ja", "nee"])]
        for person in [coached, *rng.sample(learners[2:], 24)]
    ]
    reports = [
        [
            number,
            date(2026, 3, 5) + timedelta(weeks=3 * number),
            rng.choice(GOALS),
            rng.choice(REPORTS).format(given=coached.given),
        ]
        for number in range(1, 13)
    ]
    workbook = open_workbook(workspace, COACHING)
    for sheet, fields, rows in (
        ("Overzicht", COACHING_OVERVIEW_FIELDS, overview),
        (coached.full_name, COACHING_SHEET_FIELDS, reports),
    ):
        write_sheet(workbook, sheet, fields, rows)
        workspace.describe(COACHING, fields, sheet)
    workbook.close()


def _write_teachers(workspace: Workspace, learners: Sequence[Person]) -> None:
    rng = seeded(TEACHERS)
    people = rng.sample([person for person in learners if person.age > YOUNGEST_TEACHER], TEACHER_COUNT)
    rows = [_teacher_row(rng, number, person) for number, person in enumerate(people, start=301)]
    workspace.write_delimited(TEACHERS, TEACHER_FIELDS, rows, Layout("\t", "utf-16"))


def _teacher_row(rng: Random, number: int, person: Person) -> list[object]:
    nationality, language = rng.choice(ORIGINS)
    status = rng.choice(["gehuwd", "ongehuwd", "geregistreerd partnerschap", "gescheiden"])
    fee = f"{rng.randrange(42, 110)},{rng.choice(['00', '50'])}"
    return [
        f"P{number}",
        person.full_name,
        person.email,
        nationality,
        status,
        language,
        rng.choice(["docent", "trainer", "coach"]),
        fee,
    ]
