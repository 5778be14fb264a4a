"""Redaction of mail: every part of a message, and a mailbox that is one again."""

import mailbox
import re
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import igmap
from igmap.redaction import Keeping, Redacted
from igmap.redaction.mail.box import Writer
from igmap.redaction.mail.message import rewrite
from igmap.sources.kinds import reader_of
from igmap.sources.reading import Reading
from tests.examples import examples

FIRST = """From: Fatima El Idrissi <f.idrissi@school.example>
To: =?utf-8?q?Zo=C3=AB_Vos?= <zoe@vos.example>, info@ig.example
Reply-To: "El Idrissi, Fatima" <f.idrissi@school.example>
Date: Mon, 05 Jan 2026 12:57:00 +0100
Subject: Vraag van Fatima El Idrissi
Message-ID: <one@school.example>
Received: from laptop-fatima ([203.0.113.9]) by mx.school.example
X-Mailer: Fatima's mailer

Beste Zoë,

Bel me op 06-12345678.
From nu af ben ik thuis.

Groet, Fatima
"""
SECOND = """From: =?utf-8?q?Zo=C3=AB_Vos?= <zoe@vos.example>
To: Fatima El Idrissi <f.idrissi@school.example>
Date: Tue, 06 Jan 2026 09:00:00 +0100
Subject: Re: Vraag van Fatima El Idrissi
Message-ID: <two@vos.example>
In-Reply-To: <one@school.example>
References: <one@school.example>

Beste Fatima,

> Groet, Fatima
"""
LEAKS = ("fatima", "idrissi", "vos", "zoë", "zo=c3=ab", "school.example", "12345678", "203.0.113.9")


def boxed(*messages: str) -> bytes:
    return b"".join(
        b"From f.idrissi@school.example Mon Jan 05 12:57:00 2026\n"
        + one.replace("\nFrom ", "\n>From ").encode()
        + b"\n\n"
        for one in messages
    )


def redacted(folder: Path, content: bytes, name: str = "in.mbox", **asked: object) -> tuple[Redacted, bytes]:
    source, out = folder / name, folder / f"out{Path(name).suffix}"
    source.write_bytes(content)
    made = igmap.redact(source, out, **asked)
    assert source.read_bytes() == content
    return made, out.read_bytes()


def one(folder: Path, message: Message | bytes, **asked: object) -> tuple[Redacted, EmailMessage]:
    content = message if isinstance(message, bytes) else message.as_bytes()
    made, now = redacted(folder, content, "in.eml", **asked)
    parsed = message_from_bytes(now, policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    return made, parsed


def box(path: Path) -> list[mailbox.mboxMessage]:
    held = mailbox.mbox(str(path))
    messages = list(held)
    held.close()
    return messages


def rows(path: Path) -> list[dict[str, str]]:
    reading = next(iter(reader_of("mail")(path)))
    assert isinstance(reading, Reading)
    table = reading.stream.read_all()
    return [dict(zip(map(str, reading.names), row.values(), strict=True)) for row in table.to_pylist()]


def test_a_mailbox_is_one_again_with_its_threads_dates_and_nobody_in_it(tmp_path: Path) -> None:
    made, now = redacted(tmp_path, boxed(FIRST, SECOND))
    assert not [leak for leak in LEAKS if leak in now.decode().lower()]
    first, second = box(tmp_path / "out.mbox")
    assert first["From"] == '"[PERSOON-1]" <persoon-1@example.nl>'
    assert first["To"] == '"[PERSOON-2]" <persoon-2@example.nl>, persoon-3@example.nl'
    assert first["Reply-To"] == first["From"] == second["To"]
    assert first["Subject"] == "Vraag van [PERSOON-1]"
    assert [one["Date"] for one in (first, second)] == [
        "Mon, 05 Jan 2026 12:57:00 +0100",
        "Tue, 06 Jan 2026 09:00:00 +0100",
    ]
    assert first["Message-ID"] == second["In-Reply-To"] == second["References"] != second["Message-ID"]
    assert "Received" not in first
    body = "Beste [PERSOON-2],\n\nBel me op [TELEFOON].\nFrom nu af ben ik thuis.\n\nGroet, [PERSOON-1]\n"
    assert [one["body"].strip() for one in rows(tmp_path / "out.mbox")] == [body.strip(), "Beste [PERSOON-1],"]
    assert dict(made.left_out) == {"headers": 2}
    assert made.size == 2


@pytest.mark.ci
def test_numbers_begin_anew_in_every_thread_but_a_surrogate_is_one_person_throughout(tmp_path: Path) -> None:
    other = SECOND.replace("one@school.example", "x@y").replace("Vraag van Fatima El Idrissi", "Iets anders")
    _, now = redacted(tmp_path, boxed(FIRST, other))
    assert now.count(b'From: "[PERSOON-1]"') == 2
    redacted(tmp_path, boxed(FIRST, other), way="surrogate")
    first, second = box(tmp_path / "out.mbox")
    assert first["From"] == second["To"]
    assert first["From"].endswith("@example.nl>")


@pytest.mark.ci
def test_the_name_of_a_desk_is_no_person_to_look_for(tmp_path: Path) -> None:
    content = b"From: Helpdesk School <helpdesk@school.example>\n\nBeste helpdesk, de school is open."
    _, now = redacted(tmp_path, content, "in.eml")
    assert now.endswith(b"\n\nBeste helpdesk, de school is open.")
    assert b"Helpdesk School" not in now


@pytest.mark.ci
def test_kept_headers_are_redacted_and_kept_files_have_another_name(tmp_path: Path) -> None:
    message = message_from_bytes(FIRST.encode(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    message.add_attachment(b"%PDF-1.7 Fatima", maintype="application", subtype="pdf", filename="CV_Fatima.pdf")
    made, now = one(tmp_path, message, keeping=Keeping(attachments=True, headers=True))
    assert now["Received"] == "from laptop-[PERSOON-1] ([[IP-ADRES]]) by example.nl" or "school" not in now["Received"]
    (kept,) = now.iter_attachments()
    assert (kept.get_filename(), kept.get_content()) == ("bijlage-1.pdf", b"%PDF-1.7 Fatima")
    made, now = one(tmp_path, message)
    assert not list(now.iter_attachments())
    assert made.left_out["documents"] == 1


@pytest.mark.ci
def test_every_part_of_a_message_is_redacted_and_its_shape_stays(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"] = "f.idrissi@school.example"
    message.set_content("Beste Fatima,\n")
    message.add_alternative('<p>Beste <b>Fatima</b> <a href="mailto:zoe@vos.example">x</a></p>', subtype="html")
    message.add_attachment("naam;mail\nFatima;zoe@vos.example\n", subtype="csv", filename="lijst Fatima.csv")
    message.add_attachment(message_from_bytes(FIRST.encode(), policy=policy.default))
    message.add_attachment(b"\x89PNG Fatima", maintype="image", subtype="png", filename="Fatima.png")
    made, now = one(tmp_path, message)
    assert [part.get_content_type() for part in now.walk()] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/csv", "message/rfc822",
        "text/plain",
    ]  # fmt: skip
    assert not [leak for leak in LEAKS if leak in str(now).lower()]
    assert now.get_body(("plain",)).get_content() == "Beste [PERSOON-1],\n"  # type: ignore[union-attr]
    assert dict(made.left_out) == {"attachments": 1, "headers": 2}


@pytest.mark.ci
@pytest.mark.parametrize(
    ("content", "size", "holds"),
    [
        (b"", 0, b""),
        (b"From: a@b.example\nContent-Type: text/html\n\n<p>Beste Fatima", 1, b"<p>Beste [PERSOON-2]"),
        (b"From: a@b.example\nContent-Type: text/plain; charset=klingon\n\nBeste Fatima \xe9", 1, b"Beste [PERSOON"),
        (b"From: a@b.example\nContent-Transfer-Encoding: base64\n\n!!!garbage Beste Fatima!", 1, b""),
        (b"From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\nBeste Fatima", 1, b"Beste [PERSOON-2]"),
        (b"From: a@b.example\nContent-Type: multipart/mixed\n\nBeste Fatima", 1, b"Beste [PERSOON-2]"),
        (b"Subject: =?utf-8?b?QmVzdGUgRmF0aW1hLA==?=\nFrom: a@b.example\n\n", 1, b"Subject: Beste [PERSOON-2],"),
        ("From: Zoë Vos <a@b.example>\n\nBeste Fatima, groet Zoë".encode(), 1, b"groet [PERSOON-1]"),
        (b"From: a@b.example\nSubject: Fatima\nContent-Type: \xff; name==?x?q?\n\nBeste Fatima", 1, b""),
        (b"From: undisclosed:;\nDate: Fatima\nTo: not an address\n\nx", 1, b""),
    ],
)  # fmt: skip
def test_odd_mail_is_not_lost(tmp_path: Path, content: bytes, size: int, holds: bytes) -> None:
    made, now = redacted(tmp_path, content, "in.eml")
    assert made.size == size
    assert holds in now
    assert b"Fatima" not in now


def test_a_message_that_cannot_be_taken_apart_is_redacted_as_a_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(message: Message, desk: Writer) -> None:
        if message["Subject"]:
            raise ValueError
        rewrite(message, desk)

    monkeypatch.setattr("igmap.redaction.mail.box.rewrite", failing)
    made, now = redacted(tmp_path, boxed(SECOND))
    assert (made.size, dict(made.left_out)) == (1, {"taken apart": 1})
    assert not [leak for leak in LEAKS if leak in now.decode().lower()]


@pytest.mark.ci
def test_a_separator_keeps_the_moment_and_nothing_else_and_dates_made_coarser_are_years(tmp_path: Path) -> None:
    content = boxed(SECOND).replace(b"school.example Mon", b"school.example Zoe Vos Mon", 1)
    _, now = redacted(tmp_path, content)
    assert now.startswith(b"From persoon-2@example.nl Mon Jan 05 12:57:00 2026\n")
    _, now = redacted(tmp_path, content, way="generalise")
    assert now.startswith(b"From persoon-2@example.nl Thu Jan  1 00:00:00 2026\n")
    assert box(tmp_path / "out.mbox")[0]["Date"] == "01 Jan 2026 00:00:00 +0000"


@pytest.mark.ci
def test_a_message_of_ten_megabytes_is_one_message(tmp_path: Path) -> None:
    prose, rule = "de cursus begint om tien uur aan de overkant van het plein.\n" * 5_000, "x" * 9_999 + "\n"
    content = FIRST.encode() + (prose + rule * 1_000).encode() + b"Groet, Fatima"
    assert len(content) > 10_000_000
    made, now = redacted(tmp_path, content, "in.eml")
    assert made.size == 1
    assert b"Fatima" not in message_from_bytes(now).get_payload(decode=True)


BODIES = st.lists(
    st.sampled_from(["Beste Fatima,", "From x", ">From x", "> Groet, Fatima", "é😀", "", "=20", "a" * 90, "\r", "."]),
    max_size=8,
).map("\n".join)


def others(row: dict[str, str]) -> list[list[str]]:
    """The lines without a name, of what is the sender's own and of what is quoted."""
    texts = (row["body"], row["quoted"])
    return [
        [line for line in text.strip().splitlines() if not re.search("Fatima|PERSOON|Groet|Beste", line)]
        for text in texts
    ]


@pytest.mark.ci
@given(st.lists(BODIES, max_size=5), st.sampled_from(["placeholder", "surrogate", "generalise"]))
@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_as_many_messages_come_out_with_what_was_around_the_names(tmp_path: Path, bodies: list[str], way: str) -> None:
    content = boxed(*(f"From: f.idrissi@school.example\nMessage-ID: <{n}@x>\n\n{one}" for n, one in enumerate(bodies)))
    made, now = redacted(tmp_path, content, way=way)
    assert made.size == len(bodies) == len(box(tmp_path / "out.mbox"))
    before, after = rows(tmp_path / "in.mbox"), rows(tmp_path / "out.mbox")
    assert [others(row) for row in before] == [others(row) for row in after]
    assert b"Fatima" not in now


INVITATION = b"""From: Jan de Vries <jan.devries@school.example>
To: Sanne Bakker <sanne@school.example>
Subject: gesprek
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/calendar; method=REQUEST

BEGIN:VCALENDAR
METHOD:REQUEST
BEGIN:VEVENT
ORGANIZER;CN=Jan de Vries:mailto:jan.devries@school.example
DTSTART:20240503T100000Z
SUMMARY:Gesprek met Sanne
  Bakker
UID:jan.devries-123
ATTACH;ENCODING=BASE64:SmFuIGRlIFZyaWVz
END:VEVENT
END:VCALENDAR
--x
Content-Type: text/vcard; name=jan.vcf
Content-Disposition: attachment; filename=jan.vcf

BEGIN:VCARD
N:Vries;Jan;;de;
TEL:0612345678
END:VCARD
--x
Content-Type: text/html

<img src="cid:jan@school" alt="Sanne Bakker">
--x
Content-Type: image/png; name=jan.png
Content-ID: <jan@school>

x
--x--
"""


def _read(part: Message) -> str:
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content.decode()


def test_calendars_and_cards_keep_their_form_and_pages_the_pictures_of_their_message(tmp_path: Path) -> None:
    source, out = tmp_path / "in.eml", tmp_path / "out.eml"
    source.write_bytes(INVITATION)
    igmap.redact(source, out, keeping=Keeping(attachments=True))
    parts = [*message_from_bytes(out.read_bytes()).walk()][1:]
    invitation, card, page, picture = (_read(part).split("\n") for part in parts)
    said = dict(line.split(":", 1) for line in invitation if ":" in line)
    assert invitation[:3] == ["BEGIN:VCALENDAR", "METHOD:REQUEST", "BEGIN:VEVENT"]
    assert invitation[3] == 'ORGANIZER;CN="[PERSOON-1]":mailto:[E-MAIL]'
    assert said["SUMMARY"] == "Gesprek met [PERSOON-2]"
    assert said["DTSTART"] == "20240503T100000Z"
    assert "jan" not in said["UID"]
    assert not any("ATTACH" in line for line in invitation)
    assert card[:3] == ["BEGIN:VCARD", "N:[PERSOON-1];;;;", "TEL:[TELEFOON]"]
    assert f'src="cid:{parts[3]["Content-ID"].strip("<>")}" alt="[PERSOON-2]"' in page[0]
    assert picture == ["x"]
