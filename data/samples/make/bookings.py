"""The classroom booking system, an SQLite database of three related tables."""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from random import Random

from make.chance import chance, seeded
from make.conversations import fill
from make.courses import COURSES
from make.hiding import Remarks
from make.numbers import write_mobile
from make.people import TODAY, Person
from make.phrases import BOOKING_REMARKS, DIETS
from make.places import STREETS, TOWNS
from make.workspace import Place, Workspace

BOOKINGS = "boekingen/klassikaal.sqlite"
SESSIONS = 90
BOOKING_COUNT = 1300
PARTICIPANTS = 700
PARTICIPANT_FIELDS = {
    "deelnemer_id": "account_id",
    "naam": "name",
    "emailadres": "email",
    "telefoon": "phone",
    "geboortedatum": "birth_date",
    "werkgever": "employer",
    "dieetwensen": "health",
}
SESSION_FIELDS = {
    "sessie_id": "none",
    "cursus": "none",
    "locatie": "none",
    "plaats": "none",
    "trainer": "name",
    "begint_op": "none",
    "max_deelnemers": "none",
}
BOOKING_FIELDS = {
    "boeking_id": "account_id",
    "deelnemer_id": "account_id",
    "sessie_id": "none",
    "geboekt_op": "none",
    "status": "none",
    "aanwezig": "learning_activity",
    "opmerking": "message_content",
}
INSERT = "INSERT INTO {table} VALUES (?, ?, ?, ?, ?, ?, ?)"
SCHEMA = """
CREATE TABLE deelnemers (
  deelnemer_id INTEGER PRIMARY KEY, naam TEXT NOT NULL, emailadres TEXT NOT NULL, telefoon TEXT, geboortedatum TEXT,
  werkgever TEXT, dieetwensen TEXT
);
CREATE TABLE sessies (
  sessie_id INTEGER PRIMARY KEY, cursus TEXT NOT NULL, locatie TEXT, plaats TEXT, trainer TEXT, begint_op TEXT,
  max_deelnemers INTEGER
);
CREATE TABLE boekingen (
  boeking_id INTEGER PRIMARY KEY, deelnemer_id INTEGER NOT NULL REFERENCES deelnemers,
  sessie_id INTEGER NOT NULL REFERENCES sessies, geboekt_op TEXT, status TEXT, aanwezig INTEGER, opmerking TEXT
);
"""


def write_bookings(workspace: Workspace, learners: Sequence[Person], staff: Sequence[Person]) -> None:
    """Write participants, sessions and bookings."""
    rng = seeded(BOOKINGS)
    people = sorted(rng.sample(learners, PARTICIPANTS), key=lambda person: person.moodle_id)
    diets = rng.choices(DIETS, weights=[diet[2] for diet in DIETS], k=PARTICIPANTS)
    for record, (_, category, _) in enumerate(diets, start=1):
        if category == "religion":
            workspace.hide(Place(BOOKINGS, "deelnemers", "dieetwensen"), record, category)
    contents = {
        "deelnemers": [_participant_row(rng, person, diet[0]) for person, diet in zip(people, diets, strict=True)],
        "sessies": [_session_row(rng, number, staff) for number in range(1, SESSIONS + 1)],
        "boekingen": _booking_rows(workspace, rng, people, staff),
    }
    _write_database(workspace, contents)
    for table, fields in (
        ("deelnemers", PARTICIPANT_FIELDS),
        ("sessies", SESSION_FIELDS),
        ("boekingen", BOOKING_FIELDS),
    ):
        workspace.describe(BOOKINGS, fields, table)


def _write_database(workspace: Workspace, contents: Mapping[str, Sequence[Sequence[object]]]) -> None:
    path = workspace.path(BOOKINGS)
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    connection.executescript(SCHEMA)
    for table, rows in contents.items():
        connection.executemany(INSERT.format(table=table), rows)
    connection.commit()
    connection.close()


def _participant_row(rng: Random, person: Person, diet: str) -> list[object]:
    mobile = write_mobile(rng, person.mobile) if chance(rng, 0.8) else None
    return [
        person.moodle_id,
        person.full_name,
        person.email,
        mobile,
        person.born.isoformat(),
        person.organisation,
        diet or None,
    ]


def _session_row(rng: Random, number: int, staff: Sequence[Person]) -> list[object]:
    begins = datetime(TODAY.year, 1, 8, tzinfo=UTC) + timedelta(days=rng.randrange(330), hours=rng.choice([9, 13, 19]))
    town = rng.choice(TOWNS)
    location = f"Zaal {rng.randint(1, 9)}, {rng.choice(STREETS)} {rng.randint(1, 90)}"
    return [
        number, rng.choice(COURSES).name, location, town.name, rng.choice(staff).full_name, f"{begins:%Y-%m-%d %H:%M}",
        rng.choice([8, 12, 16]),
    ]  # fmt: skip


def _booking_rows(
    workspace: Workspace, rng: Random, people: Sequence[Person], staff: Sequence[Person]
) -> list[list[object]]:
    remarks = Remarks(workspace, Place(BOOKINGS, "boekingen", "opmerking"), rng, range(1, BOOKING_COUNT + 1))
    rows: list[list[object]] = []
    for record in range(1, BOOKING_COUNT + 1):
        person = rng.choice(people)
        remark = remarks.write(record, fill(rng, rng.choice(BOOKING_REMARKS), person, staff), person)
        booked = datetime(TODAY.year, 1, 3, 8, tzinfo=UTC) + timedelta(minutes=rng.randrange(430_000))
        status = rng.choices(["bevestigd", "geannuleerd", "wachtlijst"], weights=[85, 10, 5])[0]
        present = int(chance(rng, 0.9)) if status == "bevestigd" else None
        rows.append(
            [
                record,
                person.moodle_id,
                rng.randint(1, SESSIONS),
                f"{booked:%Y-%m-%d %H:%M:%S}",
                status,
                present,
                remark or None,
            ]
        )
    return rows
