"""Exports that break a promise on purpose, and the lists of who consented, asked for restriction, or objected."""

from collections.abc import Sequence
from datetime import date, timedelta

from make.chance import seeded
from make.people import TODAY, Person, as_latin
from make.workspace import Layout, Workspace

YOUTH = "klanten/jeugdcursus_veilig-online_2026.csv"
CAMPAIGN = "marketing/campagne_vragenstellers_2026.csv"
CONSENTS = "toestemming/uitgever_2026.csv"
REQUESTS = "verzoeken/beperkingen_en_bezwaren.csv"
PUPILS, ASKERS, CONSENTING, ASKING = 96, 140, 260, 18
YOUNGEST_DAYS, SPAN_DAYS = 11 * 365, 4 * 365
YOUTH_FIELDS = {
    "Leerlingnr": "account_id",
    "Roepnaam": "name",
    "Tussenvoegsel": "none",  # blank in every record: the form asks for it, nobody fills it in
    "Achternaam": "name",
    "Geboortedatum": "birth_date",
    "Klas": "none",
    "Nationaliteit": "nationality",
    "E-mail ouder": "email",
    "Afgerond op": "none",
}
CAMPAIGN_FIELDS = {"E-mailadres": "email", "Naam": "name", "Onderwerp vraag": "none", "Nieuwsbrief sturen": "none"}
CONSENT_FIELDS = {"E-mailadres": "email", "Gegeven op": "none", "Ingetrokken op": "none", "Akkoord": "none"}
REQUEST_FIELDS = {"Studentnummer": "account_id", "Soort": "none", "Sinds": "none", "Opgeheven op": "none"}
QUESTIONS = ("inloggen lukt niet", "certificaat kwijt", "factuur onduidelijk", "cursus verplaatsen", "app werkt niet")


def write_promises(workspace: Workspace, learners: Sequence[Person]) -> None:
    """Write all four."""
    _write_youth(workspace, learners)
    _write_campaign(workspace, learners)
    _write_consents(workspace, learners)
    _write_requests(workspace, learners)


def _write_youth(workspace: Workspace, learners: Sequence[Person]) -> None:
    """A course for pupils of eleven to fifteen, with a field that is the same for all and one that is always blank."""
    rng = seeded(YOUTH)
    rows = []
    for number, person in enumerate(rng.sample(learners, PUPILS), start=1):
        born = TODAY - timedelta(days=YOUNGEST_DAYS + rng.randrange(SPAN_DAYS))
        done = TODAY - timedelta(days=rng.randrange(20, 200))
        form = f"{rng.randrange(1, 4)}{rng.choice('abc')}"
        name = (as_latin(person.given), "", as_latin(person.family))
        rows.append(
            [f"L{number + 3000}", *name, written(born), form, "Nederlandse", f"ouder.{person.email}", written(done)]
        )
    workspace.write_delimited(YOUTH, YOUTH_FIELDS, rows, Layout(";", "cp1252"))


def _write_campaign(workspace: Workspace, learners: Sequence[Person]) -> None:
    """Who asked the helpdesk something, copied to write them about new courses."""
    rng = seeded(CAMPAIGN)
    people = rng.sample(learners, ASKERS)
    rows = [[p.email, p.full_name, rng.choice(QUESTIONS), rng.choice(["ja", "ja", "nee"])] for p in people]
    workspace.write_delimited(CAMPAIGN, CAMPAIGN_FIELDS, rows, Layout(","))


def _write_consents(workspace: Workspace, learners: Sequence[Person]) -> None:
    """Consent to share results with a publisher: given, refused, withdrawn, and some without a day."""
    rng = seeded(CONSENTS)
    rows = []
    for number, person in enumerate(rng.sample(learners, CONSENTING)):
        given = TODAY - timedelta(days=rng.randrange(30, 600))
        ended = written(given + timedelta(days=20)) if number % 11 == 0 else ""
        rows.append(
            [person.email, "" if number % 29 == 0 else written(given), ended, "nee" if number % 9 == 0 else "ja"]
        )
    workspace.write_delimited(CONSENTS, CONSENT_FIELDS, rows, Layout(";"))


def _write_requests(workspace: Workspace, learners: Sequence[Person]) -> None:
    """Who asked that processing be restricted, and who objects."""
    rng = seeded(REQUESTS)
    rows = []
    for number, person in enumerate(rng.sample(learners, ASKING)):
        since = TODAY - timedelta(days=rng.randrange(10, 400))
        lifted = written(since + timedelta(days=9)) if number % 6 == 0 else ""
        rows.append([person.student_number, ("beperking", "bezwaar")[number % 2], written(since), lifted])
    workspace.write_delimited(REQUESTS, REQUEST_FIELDS, rows, Layout(";"))


def written(day: date) -> str:
    """A day as Dutch spreadsheets write it."""
    return day.strftime("%d-%m-%Y")
