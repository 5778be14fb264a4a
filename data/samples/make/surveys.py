"""The satisfaction survey with free text."""

from collections.abc import Sequence
from random import Random

from make.chance import seeded
from make.conversations import fill
from make.hiding import Remarks
from make.people import Person
from make.phrases import WANT_BETTER, WENT_WELL
from make.workspace import Layout, Place, Workspace

SURVEY = "enquete/tevredenheid_najaar-2026.csv"
RESPONDENTS = 620
SURVEY_FIELDS = {
    "Respondent": "account_id",
    "Functie": "occupation",
    "Leeftijd": "age",
    "Cijfer": "none",
    "Wat kan beter?": "message_content",
    "Wat ging goed?": "message_content",
    "Akkoord": "none",
}


def write_survey(workspace: Workspace, learners: Sequence[Person], staff: Sequence[Person]) -> None:
    """Write the answers; respondents are known by their student number."""
    rng = seeded(SURVEY)
    records = range(1, RESPONDENTS + 1)
    better = Remarks(workspace, Place(SURVEY, "", "Wat kan beter?"), rng, records)
    well = Remarks(workspace, Place(SURVEY, "", "Wat ging goed?"), rng, records)
    rows = []
    for record, person in zip(records, rng.sample(learners, RESPONDENTS), strict=True):
        answers = (
            better.write(record, fill(rng, rng.choice(WANT_BETTER), person, staff), person),
            well.write(record, fill(rng, rng.choice(WENT_WELL), person, staff), person),
        )
        rows.append(_survey_row(rng, person, answers))
    workspace.write_delimited(SURVEY, SURVEY_FIELDS, rows, Layout(";", "utf-8-sig"))


def _survey_row(rng: Random, person: Person, answers: tuple[str, str]) -> list[object]:
    score = min(10, max(1, round(rng.gauss(7.4, 1.3))))
    return [
        person.student_number,
        person.function,
        person.age,
        score,
        *answers,
        rng.choices(["ja", "nee"], weights=[9, 1])[0],
    ]
