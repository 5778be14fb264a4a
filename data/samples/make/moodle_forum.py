"""The forum export of mod_forum."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from html import escape
from random import Random

from make.chance import chance, seeded
from make.conversations import fill
from make.hiding import Remarks
from make.people import Person
from make.phrases import FORUM_BODIES, FORUM_CLOSINGS, FORUM_OPENINGS, FORUM_SUBJECTS
from make.workspace import Layout, Place, Workspace

FORUM = "moodle/forum_kennismaking_en_vragen.csv"
POSTS = 900
FORUM_FIELDS = {
    "id": "none",
    "discussion": "none",
    "parent": "none",
    "userid": "account_id",
    "userfullname": "name",
    "created": "none",
    "modified": "none",
    "mailed": "none",
    "subject": "message_content",
    "message": "message_content",
    "messageformat": "none",
    "attachment": "none",
    "deleted": "none",
    "privatereplyto": "account_id",
    "privatereplytofullname": "name",
    "wordcount": "none",
    "charcount": "none",
}
START = datetime(2026, 3, 2, 7, tzinfo=UTC)


def write_forum(workspace: Workspace, learners: Sequence[Person], staff: Sequence[Person]) -> None:
    """Write the forum's posts, threads and replies."""
    rng = seeded(FORUM)
    authors = [*rng.sample(learners, 260), *staff]
    remarks = Remarks(workspace, Place(FORUM, "", "message"), rng, range(1, POSTS + 1))
    created = START
    rows: list[list[object]] = []
    for record in range(1, POSTS + 1):
        created += timedelta(seconds=rng.randrange(300, 42_000))
        author = rng.choice(authors)
        message = _as_html(remarks.write(record, _message(rng, author, authors), author))
        rows.append([*_thread(rng, rows), author.moodle_id, author.full_name, int(created.timestamp()), message])
    workspace.write_delimited(FORUM, FORUM_FIELDS, [_post_row(rng, row, authors) for row in rows], Layout())


def _thread(rng: Random, rows: Sequence[Sequence[object]]) -> list[object]:
    """Give a post's id, discussion, parent and subject; four of five posts answer an earlier one."""
    post = 5001 + len(rows)
    if not rows or chance(rng, 0.2):
        return [post, 800 + len(rows) // 5, 0, rng.choice(FORUM_SUBJECTS)]
    parent = rng.choice(rows[-12:])
    subject = str(parent[3])
    return [post, parent[1], parent[0], subject if subject.startswith("Re: ") else f"Re: {subject}"]


def _message(rng: Random, author: Person, authors: Sequence[Person]) -> str:
    parts = [rng.choice(FORUM_OPENINGS), *rng.sample(FORUM_BODIES, rng.randint(1, 3)), rng.choice(FORUM_CLOSINGS)]
    return "\n".join(fill(rng, part, author, authors) for part in parts if part)


def _as_html(message: str) -> str:
    paragraphs = [f"<p>{escape(line, quote=False)}</p>" for line in message.split("\n")]
    return "\n".join(paragraphs)


def _post_row(rng: Random, row: Sequence[object], authors: Sequence[Person]) -> list[object]:
    post, discussion, parent, subject, author_id, author_name, created, message = row
    private = rng.choice(authors) if chance(rng, 0.02) else None
    text = str(message)
    return [
        post, discussion, parent, author_id, author_name, created, created, 1, subject, text, 1,
        int(chance(rng, 0.04)), 0, private.moodle_id if private else 0, private.full_name if private else "",
        len(text.split()), len(text),
    ]  # fmt: skip
