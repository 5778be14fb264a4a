"""The learning record store: xAPI statements, progress per account and progress events."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq

from make.chance import chance, seeded
from make.conversations import fill
from make.courses import COURSES, Enrolment
from make.hiding import Remarks
from make.numbers import pick_uuid
from make.people import COMPANY_DOMAIN, Person
from make.phrases import OPEN_ANSWERS
from make.workspace import Place, Workspace

STATEMENTS = "lrs/statements_2026-10.ndjson"
STATEMENT_ROWS = 2450
PASS_GRADE = 5.5
STATEMENT_FIELDS = {
    "id": "none",
    "actor.objectType": "none",
    "actor.name": "name",
    "actor.mbox": "email",
    "actor.account.homePage": "none",
    "actor.account.name": "account_id",
    "verb.id": "learning_activity",
    "verb.display.nl": "learning_activity",
    "object.id": "learning_activity",
    "object.definition.name.nl": "learning_activity",
    "result.score.scaled": "learning_result",
    "result.success": "learning_result",
    "result.completion": "learning_activity",
    "result.duration": "learning_activity",
    "result.response": "message_content",
    "context.registration": "account_id",
    "context.platform": "none",
    "context.contextActivities.parent[].id": "learning_activity",
    "timestamp": "none",
}
VERBS = (
    ("launched", "startte"),
    ("completed", "voltooide"),
    ("passed", "slaagde voor"),
    ("failed", "zakte voor"),
    ("answered", "beantwoordde"),
)
SITE = f"https://leren.{COMPANY_DOMAIN}"

PROGRESS = "lrs/voortgang_per_account.json"
PROGRESS_FIELDS = {
    "(key)": "email",
    "laatste_login": "learning_activity",
    "voortgang": "learning_activity",
    "cursus": "learning_activity",
    "instellingen.taal": "language",
    "instellingen.meldingen": "none",
}

EVENTS = "lrs/voortgang_events.parquet"
EVENT_ROWS = 6000
EVENT_FIELDS = {
    "user_id": "account_id",
    "course": "learning_activity",
    "module": "learning_activity",
    "seconds": "learning_activity",
    "completed_at": "learning_activity",
}


def write_statements(workspace: Workspace, enrolments: Sequence[Enrolment], staff: Sequence[Person]) -> None:
    """Write xAPI statements, some naming the actor by mail address and some by Moodle account."""
    rng = seeded(STATEMENTS)
    answered = rng.sample(range(1, STATEMENT_ROWS + 1), STATEMENT_ROWS // 4)
    remarks = Remarks(workspace, Place(STATEMENTS, "", "result.response"), rng, answered)
    with_response = frozenset(answered)
    moment = datetime(2026, 10, 1, 6, tzinfo=UTC)
    lines = []
    for record in range(1, STATEMENT_ROWS + 1):
        moment += timedelta(milliseconds=rng.randrange(1000, 1_900_000))
        enrolment = rng.choice(enrolments)
        response = None
        if record in with_response:
            response = remarks.write(
                record, fill(rng, rng.choice(OPEN_ANSWERS), enrolment.person, staff), enrolment.person
            )
        lines.append(
            json.dumps(_statement(rng, enrolment, response, moment), ensure_ascii=False, separators=(",", ":"))
        )
    workspace.path(STATEMENTS).write_text("\n".join(lines) + "\n", encoding="utf-8")
    workspace.describe(STATEMENTS, STATEMENT_FIELDS)


def _statement(rng: Random, enrolment: Enrolment, response: str | None, moment: datetime) -> dict[str, object]:
    passed = enrolment.grade >= PASS_GRADE
    verb = 4 if response else rng.choice([0, 1, 2 if passed else 3])
    index = rng.randrange(len(enrolment.course.modules))
    statement: dict[str, object] = {
        "id": pick_uuid(rng),
        "actor": _actor(rng, enrolment.person),
        "verb": {"id": f"http://adlnet.gov/expapi/verbs/{VERBS[verb][0]}", "display": {"nl": VERBS[verb][1]}},
        "object": {
            "id": f"{SITE}/mod/h5p?id={enrolment.course.module_id(index)}",
            "definition": {"name": {"nl": enrolment.course.modules[index]}},
        },
        "context": {
            "registration": _registration(enrolment),
            "platform": "Moodle",
            "contextActivities": {"parent": [{"id": f"{SITE}/course?id={enrolment.course.moodle_id}"}]},
        },
        "timestamp": f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z",
    }
    return statement | ({"result": _result(rng, enrolment, response, passed=passed)} if verb else {})


def _actor(rng: Random, person: Person) -> dict[str, object]:
    identity: dict[str, object] = {"mbox": f"mailto:{person.email}"}
    if chance(rng, 0.4):
        identity = {"account": {"homePage": SITE, "name": str(person.moodle_id)}}
    return {"objectType": "Agent", "name": person.full_name} | identity


def _registration(enrolment: Enrolment) -> str:
    """Give the same registration to all statements of one learner in one course."""
    return pick_uuid(seeded(f"{enrolment.person.moodle_id}/{enrolment.course.moodle_id}"))


def _result(rng: Random, enrolment: Enrolment, response: str | None, *, passed: bool) -> dict[str, object]:
    result: dict[str, object] = {
        "score": {"scaled": round(enrolment.grade / 10, 2)},
        "success": passed,
        "completion": True,
        "duration": f"PT{rng.randint(1, 39)}M{rng.randrange(60)}S",
    }
    return result | ({"response": response} if response else {})


def write_progress(workspace: Workspace, enrolments: Sequence[Enrolment]) -> None:
    """Write a JSON object that is keyed by mail address."""
    rng = seeded(PROGRESS)
    accounts = {
        enrolment.person.email: {
            "laatste_login": f"2026-10-{rng.randint(1, 31):02d}T{rng.randint(6, 22):02d}:{rng.randrange(60):02d}:00Z",
            "voortgang": rng.randrange(0, 101, 5),
            "cursus": enrolment.course.name,
            "instellingen": {
                "taal": rng.choices(["nl", "en", "pl"], weights=[8, 1, 1])[0],
                "meldingen": chance(rng, 0.7),
            },
        }
        for enrolment in rng.sample(enrolments, 600)
    }
    workspace.path(PROGRESS).write_text(json.dumps(accounts, indent=1) + "\n", encoding="utf-8")
    workspace.describe(PROGRESS, PROGRESS_FIELDS)


def write_events(workspace: Workspace, learners: Sequence[Person]) -> None:
    """Write learning progress events as Parquet."""
    rng = seeded(EVENTS)
    start = datetime(2026, 1, 5, 7, tzinfo=UTC)
    people = rng.choices(learners, k=EVENT_ROWS)
    courses = rng.choices(COURSES, weights=[course.weight for course in COURSES], k=EVENT_ROWS)
    table = pa.table(
        {
            "user_id": pa.array([person.moodle_id for person in people], pa.int64()),
            "course": pa.array([course.name for course in courses]),
            "module": pa.array([rng.choice(course.modules) for course in courses]),
            "seconds": pa.array([int(rng.lognormvariate(5.6, 0.9)) for _ in people], pa.int32()),
            "completed_at": pa.array(
                [start + timedelta(minutes=rng.randrange(430_000)) for _ in people], pa.timestamp("ms", tz="UTC")
            ),
        }
    )
    pq.write_table(table, workspace.path(EVENTS), compression="zstd")
    workspace.describe(EVENTS, EVENT_FIELDS)
