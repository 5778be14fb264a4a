"""The web server's access log, in combined format with four broken lines."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from urllib.parse import quote

from make.chance import chance, seeded
from make.courses import COURSES
from make.numbers import pick_ip
from make.people import COMPANY_DOMAIN, Person
from make.workspace import Place, Workspace

ACCESS_LOG = "web/access.log"
LINES = 6000
NOT_MODIFIED = 304
BROKEN = {
    871: "-",
    2204: "203.0.113.77 - - [10/Oct/2026:22:14",
    3950: "\\x16\\x03\\x01\\x02\\x00\\x01\\x00\\x01\\xfc\\x03\\x03",
    5127: '198.51.100.9 - - [26/Oct/2026:04:01:17 +0100] "GET /login',
}
LOG_FIELDS = {
    "remote_addr": "ip_address",
    "remote_user": "username",
    "time_local": "none",
    "request": "url",
    "status": "none",
    "body_bytes_sent": "none",
    "http_referer": "url",
    "http_user_agent": "user_agent",
}
USER_AGENTS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0",
    "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
    "Mozilla/5.0 (Android 15; Mobile; rv:144.0) Gecko/144.0 Firefox/144.0",
    "MoodleMobile 5.0.0 (50003)",
)
PATHS = (
    "/",
    "/my/",
    "/login/index.php",
    "/course/view.php?id={course}",
    "/mod/page/view.php?id={module}",
    "/mod/quiz/view.php?id={module}",
)
ASSETS = ("/theme/styles.php/boost/1760000000/all", "/pluginfile.php/12/banner.jpg", "/favicon.ico")
REVEALING = {
    "email": ("/nieuwsbrief/afmelden?email={email}", "/login/forgot_password.php?email={email}&sesskey={key}"),
    "account_id": (
        "/certificaat/download?student_id={student}",
        "/report/user.php?student_id={student}&course={course}",
    ),
}


def write_access_log(workspace: Workspace, learners: Sequence[Person]) -> None:
    """Write the log in order of time."""
    rng = seeded(ACCESS_LOG)
    moment, lines = datetime(2026, 10, 1, tzinfo=UTC), list[str]()
    for record in range(1, LINES + 1):
        moment += timedelta(seconds=rng.randrange(10, 860))
        line = _log_line(workspace, rng, record, (rng.choice(learners), moment))
        lines.append(BROKEN.get(record, line))
    workspace.path(ACCESS_LOG).write_text("\n".join(lines) + "\n", encoding="utf-8")
    workspace.describe(ACCESS_LOG, LOG_FIELDS)


def _log_line(workspace: Workspace, rng: Random, record: int, visit: tuple[Person, datetime]) -> str:
    person, moment = visit
    address, user = person.ip, person.username if chance(rng, 0.05) else "-"
    agent = USER_AGENTS[person.moodle_id % len(USER_AGENTS)]
    if chance(rng, 0.2):
        address, user = pick_ip(rng), "-"
    url, revealed = _pick_url(rng, person)
    if revealed and record not in BROKEN:
        workspace.hide(Place(ACCESS_LOG, "", "request"), record, revealed)
    method = "POST" if url == "/login/index.php" and chance(rng, 0.5) else "GET"
    status = rng.choices([200, 303, 304, 404, 500], weights=[80, 8, 8, 3, 1])[0]
    referer = f"https://leren.{COMPANY_DOMAIN}/my/" if chance(rng, 0.35) else "-"
    size = "-" if status == NOT_MODIFIED else rng.randrange(180, 92_000)
    request = f"{method} {url} HTTP/1.1"
    return f'{address} - {user} [{moment:%d/%b/%Y:%H:%M:%S} +0000] "{request}" {status} {size} "{referer}" "{agent}"'


def _pick_url(rng: Random, person: Person) -> tuple[str, str]:
    """Draw a URL and the category it reveals, if any."""
    revealed = rng.choices(["", "email", "account_id"], weights=[970, 15, 15])[0]
    course = rng.choice(COURSES)
    template = rng.choice(REVEALING[revealed] if revealed else rng.choice([PATHS, PATHS, ASSETS]))
    url = template.format(
        course=course.moodle_id, module=course.module_id(rng.randrange(len(course.modules))),
        email=quote(person.email, safe="@"), student=person.student_number, key=f"{rng.getrandbits(40):010x}",
    )  # fmt: skip
    return url, revealed
