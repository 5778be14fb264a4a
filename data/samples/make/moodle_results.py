"""Grades, quiz responses and the Dutch grade list that the anonymisation example uses."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random

from make.chance import chance, seeded
from make.courses import COURSES, Enrolment, participants
from make.hiding import Remarks
from make.phrases import FEEDBACK
from make.workspace import Layout, Place, Workspace

GRADES = "moodle/Informatiebeveiliging Grades-20261030_0912-comma_separated.csv"
FEEDBACK_FIELD = "Feedback: Praktijkopdracht"
GRADE_FIELDS = {
    "First name": "name",
    "Surname": "name",
    "ID number": "account_id",
    "Institution": "employer",
    "Department": "employer",
    "Email address": "email",
    "Assignment: Praktijkopdracht": "learning_result",
    FEEDBACK_FIELD: "message_content",
    "Quiz: Eindtoets (Real)": "learning_result",
    "Course total": "learning_result",
    "Last downloaded from this course": "none",
}
DOWNLOADED = int(datetime(2026, 10, 30, 8, 12, 44, tzinfo=UTC).timestamp())

DUTCH_GRADES = "moodle/cijfers_2021-2026.csv"
DUTCH_GRADE_FIELDS = {
    "Voornaam": "name",
    "Achternaam": "name",
    "Studentnummer": "account_id",
    "E-mailadres": "email",
    "Geboortedatum": "birth_date",
    "Geslacht": "gender",
    "Postcode": "postcode",
    "Woonplaats": "city",
    "Opleidingsniveau": "education_level",
    "Cursus": "learning_activity",
    "Eindcijfer": "learning_result",
    "Afgerond op": "learning_activity",
}

QUIZ = "moodle/BHV online-Eindtoets-responses.csv"
QUESTIONS = 8
QUIZ_FIELDS = {
    "Surname": "name",
    "First name": "name",
    "Email address": "email",
    "State": "learning_activity",
    "Started on": "learning_activity",
    "Completed": "learning_activity",
    "Time taken": "learning_activity",
    "Grade/10.00": "learning_result",
} | {f"Q. {number} /1.25": "learning_result" for number in range(1, QUESTIONS + 1)}


def write_results(workspace: Workspace, enrolments: Sequence[Enrolment]) -> None:
    """Write the English grades, the Dutch grades and the quiz responses."""
    _write_grades(workspace, participants(enrolments, COURSES[1]))
    dutch_rows = [_dutch_grade_row(enrolment) for enrolment in enrolments]
    workspace.write_delimited(DUTCH_GRADES, DUTCH_GRADE_FIELDS, dutch_rows, Layout(";"))
    rng = seeded(QUIZ)
    quiz_rows = [_quiz_row(rng, enrolment) for enrolment in participants(enrolments, COURSES[2])]
    workspace.write_delimited(QUIZ, QUIZ_FIELDS, quiz_rows, Layout())


def _write_grades(workspace: Workspace, enrolments: Sequence[Enrolment]) -> None:
    rng = seeded(GRADES)
    remarks = Remarks(workspace, Place(GRADES, "", FEEDBACK_FIELD), rng, range(1, len(enrolments) + 1))
    rows = []
    for record, enrolment in enumerate(enrolments, start=1):
        feedback = remarks.write(record, rng.choice(FEEDBACK).format(given=enrolment.person.given), enrolment.person)
        rows.append(_grade_row(rng, enrolment, feedback))
    workspace.write_delimited(GRADES, GRADE_FIELDS, rows, Layout())


def _grade_row(rng: Random, enrolment: Enrolment, feedback: str) -> list[object]:
    person = enrolment.person
    assignment = min(10.0, max(1.0, enrolment.grade + rng.gauss(0, 0.8)))
    quiz = 2 * enrolment.grade - assignment if not chance(rng, 0.06) else None
    return [
        person.given, person.surname, person.student_number, person.organisation, person.department, person.email,
        f"{assignment:.2f}", feedback, "-" if quiz is None else f"{min(10.0, max(0.0, quiz)):.2f}",
        f"{enrolment.grade:.2f}", DOWNLOADED,
    ]  # fmt: skip


def _dutch_grade_row(enrolment: Enrolment) -> list[object]:
    person = enrolment.person
    return [
        person.given, person.surname, person.student_number, person.email, f"{person.born:%d-%m-%Y}", person.gender,
        person.address.postcode, person.address.town.name, person.education, enrolment.course.name,
        f"{enrolment.grade:.1f}".replace(".", ","), f"{enrolment.completed:%d-%m-%Y}",
    ]  # fmt: skip


def _quiz_row(rng: Random, enrolment: Enrolment) -> list[object]:
    started = datetime(2026, 9, 1, 8, tzinfo=UTC) + timedelta(minutes=rng.randrange(80_000))
    minutes, seconds = rng.randint(6, 44), rng.randrange(60)
    completed = started + timedelta(minutes=minutes, seconds=seconds)
    points = [1.25 if rng.random() < enrolment.grade / 10 else rng.choice([0.0, 0.0, 0.63]) for _ in range(QUESTIONS)]
    person = enrolment.person
    return [
        person.surname, person.given, person.email, "Finished", _moodle_date(started), _moodle_date(completed),
        f"{minutes} mins {seconds} secs", f"{sum(points):.2f}", *(f"{point:.2f}" for point in points),
    ]  # fmt: skip


def _moodle_date(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y  %I:%M %p}"
