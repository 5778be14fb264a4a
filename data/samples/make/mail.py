"""The helpdesk's mailbox."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from html import escape
from random import Random

from make.chance import chance, seeded
from make.conversations import fill
from make.hiding import choose_hideouts, hidden_sentence
from make.numbers import pick_ip, write_mobile
from make.people import COMPANY_DOMAIN, Person
from make.phrases import MAIL_ANSWERS, MAIL_BODIES, MAIL_SUBJECTS
from make.workspace import Place, Workspace

MAILBOX = "helpdesk/helpdesk_2026.mbox"
MESSAGES = 400
HELPDESK = f"helpdesk@{COMPANY_DOMAIN}"
MAIL_FIELDS = {
    "From": "email",
    "To": "email",
    "Cc": "email",
    "Reply-To": "email",
    "Date": "none",
    "Subject": "message_content",
    "Message-ID": "none",
    "X-Originating-IP": "ip_address",
    "Received": "ip_address",
    "body": "message_content",
    "quoted": "message_content",
    "attachments": "none",
}
LIST_FIELDS = {"naam": "name", "e-mail": "email", "geboortedatum": "birth_date"}
START = datetime(2026, 1, 5, 7, 30, tzinfo=UTC)
TRANSFER_ENCODINGS = ("quoted-printable", "quoted-printable", "base64")
WAKING_HOURS = range(7, 23)
WEEKDAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Letter:
    """A question of a learner, or staff's answer to one, with what its own text and the text it quotes give away."""

    sender: Person
    receiver: Person | None
    sent: datetime
    subject: str
    body: str
    gives_away: frozenset[str]
    quote_gives_away: frozenset[str] = frozenset()


def write_mailbox(workspace: Workspace, learners: Sequence[Person], staff: Sequence[Person]) -> None:
    """Write the mailbox: two questions of three get an answer that quotes them."""
    rng = seeded(MAILBOX)
    hideouts = choose_hideouts(rng, range(1, MESSAGES + 1))
    moment, letters = START, list[Letter]()
    while len(letters) < MESSAGES:
        record = len(letters) + 1
        moment = _waking(moment + timedelta(minutes=rng.randrange(40, 1900)))
        answers = bool(letters) and letters[-1].receiver is None and chance(rng, 0.66)
        letter = (
            _answer(rng, letters[-1], staff, moment)
            if answers
            else _question(rng, rng.choice(learners), (learners, staff), moment)
        )
        letters.append(_with_secret(rng, letter, hideouts.get(record)))
    with workspace.path(MAILBOX).open("wb") as stream:
        for record, letter in enumerate(letters, start=1):
            _keep_count(workspace, record, letter)
            stream.write(_as_mbox(letter, _compose(workspace, rng, record, letter)))
    workspace.describe(MAILBOX, MAIL_FIELDS)


def _waking(moment: datetime) -> datetime:
    """Put off until morning what would be written at night."""
    return moment if moment.hour in WAKING_HOURS else moment + timedelta(hours=9)


def _question(rng: Random, sender: Person, others: tuple[Sequence[Person], Sequence[Person]], sent: datetime) -> Letter:
    colleagues, staff = others
    sentence = rng.choice(MAIL_BODIES)
    body = fill(rng, sentence, sender, staff if "uw bedrijf" in sentence else colleagues)
    greeting = rng.choice(["Beste helpdesk,", "Geachte heer/mevrouw,", "Hoi,", f"Beste {rng.choice(staff).given},"])
    signature, gives_away = _signature(rng, sender)
    return Letter(sender, None, sent, rng.choice(MAIL_SUBJECTS), f"{greeting}\n\n{body}\n\n{signature}", gives_away)


def _signature(rng: Random, sender: Person) -> tuple[str, frozenset[str]]:
    """Sign with the name only, or with function and telephone number."""
    if chance(rng, 0.4):
        return f"Groet,\n{sender.given}", frozenset()
    mobile = write_mobile(rng, sender.mobile)
    lines = (
        "Met vriendelijke groet,",
        "",
        sender.full_name,
        f"{sender.function} | {sender.organisation}",
        f"M {mobile}",
    )
    return "\n".join(lines), frozenset({"phone"})


def _answer(rng: Random, question: Letter, staff: Sequence[Person], sent: datetime) -> Letter:
    sender = rng.choice(staff)
    person, moment = question.sender, question.sent
    date = f"{WEEKDAYS[moment.weekday()]} {moment.day} {MONTHS[moment.month - 1]} {moment.year} om {moment:%H:%M}"
    quoted = "\n".join(f"> {line}" for line in question.body.split("\n"))
    answer = fill(rng, rng.choice(MAIL_ANSWERS), sender, staff)
    body = (
        f"Beste {person.given},\n\n{answer}\n\nMet vriendelijke groet,\n{sender.full_name}\nIG Learning B.V.\n\n"
        f"Op {date} schreef {person.full_name} <{person.email}>:\n{quoted}"
    )
    return Letter(sender, person, sent, f"Re: {question.subject}", body, frozenset(), question.gives_away | {"email"})


def _with_secret(rng: Random, letter: Letter, category: str | None) -> Letter:
    """Let the body give something more away about the learner."""
    if category is None:
        return letter
    learner = letter.receiver or letter.sender
    opening, rest = letter.body.split("\n\n", 1)
    body = f"{opening}\n\n{hidden_sentence(rng, category, learner)} {rest}"
    return replace(letter, body=body, gives_away=letter.gives_away | {category})


def _keep_count(workspace: Workspace, record: int, letter: Letter) -> None:
    for field, gives_away in (("body", letter.gives_away), ("quoted", letter.quote_gives_away)):
        for category in sorted(gives_away):
            workspace.hide(Place(MAILBOX, "", field), record, category)


def _compose(workspace: Workspace, rng: Random, record: int, letter: Letter) -> EmailMessage:
    message = EmailMessage(policy=SMTP.clone(linesep="\n", cte_type="7bit"))
    sender, receiver = letter.sender, letter.receiver
    helpdesk = formataddr(("Helpdesk IG Learning", HELPDESK))
    ip = pick_ip(rng)
    message["Received"] = (
        f"from mail.{sender.email.split('@')[1]} ([{ip}]) by mx.{COMPANY_DOMAIN} with ESMTPS; "
        f"{format_datetime(letter.sent)}"
    )
    message["From"] = helpdesk if receiver else formataddr((sender.full_name, sender.email))
    message["To"] = formataddr((receiver.full_name, receiver.email)) if receiver else helpdesk
    if chance(rng, 0.12):
        message["Cc"] = formataddr((sender.full_name, sender.email))
    if chance(rng, 0.08):
        message["Reply-To"] = sender.email
    message["Date"] = format_datetime(letter.sent)
    message["Subject"] = letter.subject
    message["Message-ID"] = f"<{record:05d}.{rng.getrandbits(48):012x}@{COMPANY_DOMAIN}>"
    message["X-Originating-IP"] = f"[{ip}]"
    _set_body(rng, message, letter.body)
    if record % 45 == 0:
        _attach_list(workspace, message, record, letter.sender)
    return message


def _set_body(rng: Random, message: EmailMessage, body: str) -> None:
    """Write most bodies as text and some as HTML only."""
    transfer_encoding = rng.choice(TRANSFER_ENCODINGS)
    if chance(rng, 0.12):
        paragraphs = "".join(f"<p>{escape(line, quote=False)}</p>\n" for line in body.split("\n") if line)
        message.set_content(f"<html><body>\n{paragraphs}</body></html>\n", subtype="html", cte=transfer_encoding)
    else:
        message.set_content(body + "\n", cte=transfer_encoding)


def _attach_list(workspace: Workspace, message: EmailMessage, record: int, person: Person) -> None:
    """Attach a small list of participants; every second file name holds a person's name."""
    text = f"naam;e-mail;geboortedatum\n{person.full_name};{person.email};{person.born:%d-%m-%Y}\n"
    name = "deelnemers.csv"
    if record % 2:
        name = f"aanmelding_{person.full_name.replace(' ', '_')}.csv"
        workspace.hide(Place(MAILBOX, "", "attachments"), record, "name")
    message.add_attachment(text, subtype="csv", filename=name)
    workspace.describe(f"{MAILBOX}/{record}/{name}", LIST_FIELDS)
    message.set_boundary(f"=-igmap-{record:05d}")


def _as_mbox(letter: Letter, message: EmailMessage) -> bytes:
    """Put the mbox separator before a message and escape lines that look like one."""
    content = message.as_bytes().replace(b"\nFrom ", b"\n>From ")
    return f"From {letter.sender.email} {letter.sent:%a %b %d %H:%M:%S %Y}\n".encode() + content + b"\n"
