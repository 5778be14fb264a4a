"""The courses, and who took which with what result."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from make.people import TODAY, Person

ENROLMENTS_PER_LEARNER = ((1, 2, 3, 4), (46, 33, 15, 6))
GRADE_BY_EDUCATION = {
    "vmbo": -0.7,
    "havo": 0.0,
    "vwo": 0.4,
    "mbo 2": -0.6,
    "mbo 3": -0.3,
    "mbo 4": 0.1,
    "hbo": 0.6,
    "wo": 0.9,
}
GRADE_BY_PROVINCE = {
    "Noord-Holland": 0.2,
    "Utrecht": 0.2,
    "Friesland": 0.15,
    "Limburg": -0.2,
    "Zeeland": -0.25,
    "Flevoland": -0.15,
}
MEAN_GRADE = 6.9


@dataclass(frozen=True, slots=True)
class Course:
    """A course with its Moodle id, the modules and their course module ids."""

    moodle_id: int
    name: str
    modules: tuple[str, ...]
    weight: int

    def module_id(self, index: int) -> int:
        """Give the course module id of the module at a position."""
        return self.moodle_id * 50 + index


@dataclass(frozen=True, slots=True)
class Enrolment:
    """One learner's participation in one course."""

    person: Person
    course: Course
    grade: float
    completed: date


COURSES = (
    Course(
        12,
        "AVG-basis",
        ("Wat zijn persoonsgegevens?", "Grondslagen", "Rechten van betrokkenen", "Datalekken melden", "Eindtoets"),
        20,
    ),
    Course(14, "Informatiebeveiliging", ("Wachtwoorden", "Phishing herkennen", "Schoon bureau", "Eindtoets"), 15),
    Course(17, "BHV online", ("Brand en ontruiming", "Alarmeren", "Verbandkoffer", "Eindtoets"), 16),
    Course(21, "VCA Basis", ("Wetgeving", "Gevaren en risico's", "Werken op hoogte", "Gereedschap", "Proefexamen"), 12),
    Course(23, "Excel gevorderd", ("Draaitabellen", "Zoekfuncties", "Power Query", "Praktijkopdracht"), 10),
    Course(
        26, "Leidinggeven voor beginners", ("Stijlen", "Feedback geven", "Moeilijke gesprekken", "Reflectieverslag"), 8
    ),
    Course(29, "Klantgericht telefoneren", ("Openen", "Samenvatten", "Klachten", "Rollenspel"), 7),
    Course(31, "Engels op de werkvloer", ("Introductions", "E-mail writing", "Meetings", "Oral test"), 6),
    Course(34, "HACCP", ("Temperatuur", "Reiniging", "Allergenen", "Eindtoets"), 8),
    Course(38, "Timemanagement", ("Prioriteiten", "Agenda", "Nee zeggen", "Actieplan"), 6),
)


def enrol(rng: Random, learners: Sequence[Person]) -> tuple[Enrolment, ...]:
    """Let every learner take one to four different courses."""
    return tuple(
        Enrolment(learner, course, _pick_grade(rng, learner), _pick_completion(rng))
        for learner in learners
        for course in _pick_courses(rng)
    )


def participants(enrolments: Sequence[Enrolment], course: Course) -> tuple[Enrolment, ...]:
    """Give the enrolments in one course."""
    return tuple(enrolment for enrolment in enrolments if enrolment.course is course)


def _pick_courses(rng: Random) -> list[Course]:
    """Draw distinct courses, popular ones more often."""
    wanted = rng.choices(*ENROLMENTS_PER_LEARNER)[0]
    return sorted(COURSES, key=lambda course: rng.random() ** (1 / course.weight), reverse=True)[:wanted]


def _pick_grade(rng: Random, person: Person) -> float:
    """Draw a grade that depends on education, age and province, as real ones do."""
    expected = (
        MEAN_GRADE + GRADE_BY_EDUCATION[person.education] + GRADE_BY_PROVINCE.get(person.address.town.province, 0.0)
    )
    expected -= abs(person.age - 35) * 0.02
    return round(min(10.0, max(1.0, rng.gauss(expected, 0.9))), 1)


def _pick_completion(rng: Random) -> date:
    return TODAY - timedelta(days=1 + int(rng.random() ** 1.5 * 5 * 365))
