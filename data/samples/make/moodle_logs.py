"""Moodle's course logs, English and Dutch."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from make.chance import seeded
from make.courses import COURSES, Course, Enrolment, participants
from make.people import Person
from make.workspace import Layout, Workspace

LOG = "moodle/logs_AVG-basis_20261031-0915.csv"
DUTCH_LOG = "moodle/logboek_BHV-online_september-2026.csv"
LOG_CATEGORIES = (
    "none", "name", "name", "learning_activity", "none", "learning_activity", "message_content", "none",
    "ip_address",
)  # fmt: skip
HEADERS = (
    "Time",
    "User full name",
    "Affected user",
    "Event context",
    "Component",
    "Event name",
    "Description",
    "Origin",
    "IP address",
)
DUTCH_HEADERS = (
    "Datum", "Volledige naam gebruiker", "Betrokken gebruiker", "Context gebeurtenis", "Component", "Naam gebeurtenis",
    "Omschrijving", "Bron", "IP-adres",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """A kind of event: component and name in English and Dutch, Moodle's description, weight."""

    component: tuple[str, str]
    name: tuple[str, str]
    description: str
    weight: int


USER = "The user with id '{user}'"
QUIZ = "attempt with id '{item}' for the quiz with course module id '{module}'."
EVENTS = (
    Event(
        ("System", "Systeem"), ("Course viewed", "Cursus bekeken"),
        f"{USER} viewed the course with id '{{course}}'.", 30,
    ),
    Event(
        ("Page", "Pagina"), ("Course module viewed", "Cursusmodule bekeken"),
        f"{USER} viewed the 'page' activity with course module id '{{module}}'.", 34,
    ),
    Event(("Quiz", "Test"), ("Quiz attempt started", "Testpoging gestart"), f"{USER} has started the {QUIZ}", 8),
    Event(("Quiz", "Test"), ("Quiz attempt submitted", "Testpoging ingestuurd"), f"{USER} has submitted the {QUIZ}", 7),
    Event(
        ("Forum", "Forum"), ("Discussion viewed", "Discussie bekeken"),
        f"{USER} has viewed the discussion with id '{{item}}' in the forum with course module id '{{module}}'.", 11,
    ),
    Event(
        ("System", "Systeem"), ("User profile viewed", "Gebruikersprofiel bekeken"),
        f"{USER} viewed the profile for the user with id '{{affected}}' in the course with id '{{course}}'.", 4,
    ),
    Event(
        ("System", "Systeem"), ("User graded", "Gebruiker beoordeeld"),
        f"{USER} updated the grade with id '{{item}}' for the user with id '{{affected}}' "
        "for the grade item with id '{module}'.", 6,
    ),
)  # fmt: skip
ABOUT_ANOTHER = ("User profile viewed", "User graded")


@dataclass(frozen=True, slots=True)
class LogPlan:
    """What a log covers: the course, its learners and teachers, the language, size and period."""

    course: Course
    learners: tuple[Person, ...]
    staff: tuple[Person, ...]
    dutch: bool
    rows: int
    start: datetime
    days: int


def write_logs(workspace: Workspace, enrolments: Sequence[Enrolment], staff: Sequence[Person]) -> None:
    """Write the English log of one course and the Dutch log of another."""
    avg, bhv = COURSES[0], COURSES[2]
    autumn, september = datetime(2026, 8, 17, tzinfo=UTC), datetime(2026, 9, 1, tzinfo=UTC)
    plans = {
        LOG: LogPlan(avg, _people(enrolments, avg), tuple(staff), dutch=False, rows=11_300, start=autumn, days=75),
        DUTCH_LOG: LogPlan(
            bhv, _people(enrolments, bhv), tuple(staff), dutch=True, rows=1_500, start=september, days=29
        ),
    }
    for file, plan in plans.items():
        headers = DUTCH_HEADERS if plan.dutch else HEADERS
        workspace.write_delimited(
            file, dict(zip(headers, LOG_CATEGORIES, strict=True)), _log_rows(seeded(file), plan), Layout()
        )


def _people(enrolments: Sequence[Enrolment], course: Course) -> tuple[Person, ...]:
    return tuple(enrolment.person for enrolment in participants(enrolments, course))


def _log_rows(rng: Random, plan: LogPlan) -> list[list[str]]:
    """Make the rows, newest first as Moodle does; a learner's clicks follow each other."""
    moments: list[tuple[datetime, list[str]]] = []
    while len(moments) < plan.rows:
        moment = plan.start + timedelta(
            days=rng.randrange(plan.days), minutes=rng.triangular(390, 1380, 1200), seconds=rng.randrange(60)
        )
        person = rng.choice(plan.learners)
        for _ in range(rng.randint(2, 9)):
            moment += timedelta(seconds=rng.randrange(4, 420))
            moments.append((moment, _log_row(rng, plan, person, moment)))
    ordered = sorted(moments, key=lambda entry: entry[0], reverse=True)
    return [row for _, row in ordered[: plan.rows]]


def _log_row(rng: Random, plan: LogPlan, person: Person, moment: datetime) -> list[str]:
    event = rng.choices(EVENTS, weights=[event.weight for event in EVENTS])[0]
    about_another = event.name[0] in ABOUT_ANOTHER
    affected = rng.choice(plan.learners) if about_another else person
    actor = rng.choice(plan.staff) if event.name[0] == "User graded" else person
    index = rng.randrange(len(plan.course.modules))
    description = event.description.format(
        user=actor.moodle_id, affected=affected.moodle_id, course=plan.course.moodle_id,
        module=plan.course.module_id(index), item=rng.randrange(4000, 9000),
    )  # fmt: skip
    return [
        f"{moment:%d-%m-%Y %H:%M}" if plan.dutch else f"{moment.day}/{moment:%m/%y, %H:%M:%S}", actor.full_name,
        affected.full_name if about_another else "-", _context(event, plan, index), event.component[plan.dutch],
        event.name[plan.dutch], description, rng.choices(["web", "ws"], weights=[92, 8])[0], actor.ip,
    ]  # fmt: skip


def _context(event: Event, plan: LogPlan, index: int) -> str:
    """Name the course for an event of the system, the module for any other."""
    if event.component[0] == "System":
        return f"{'Cursus' if plan.dutch else 'Course'}: {plan.course.name}"
    return f"{event.component[plan.dutch]}: {plan.course.modules[index]}"
