"""Mail: messages as a person reads them; nothing in a header stops the reading."""

import random
from base64 import b64encode
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from igmap.sources.mail.attached import left_out
from igmap.sources.mail.message import html_text, text_of
from igmap.sources.mail.quotes import own_and_quoted
from tests.examples import examples
from tests.export_cases import account, cells, opened, raw, read_one, rows

HEAD = "From: Jan <j@x.nl>\nTo: p@x.nl\nDate: Mon, 5 Jan 2026 10:00:00 +0100\n"
SEPARATOR = "From j@x.nl Mon Jan  5 10:00:00 2026\n"


def _only(folder: Path, content: str | bytes) -> dict[str, Any]:
    with opened(folder, one_eml=content) as exports:
        (dataset,) = exports.datasets
        (row,) = rows(exports, dataset)
        return row


def test_encoded_headers_are_decoded_and_blank_ones_are_null(tmp_path: Path) -> None:
    row = _only(tmp_path, HEAD + "Subject: =?utf-8?q?Zo=C3=AB?= =?iso-8859-1?b?6Q==?=\n\nHoi")
    assert (row["Subject"], row["From"], row["Cc"], row["body"]) == ("Zoëé", "Jan <j@x.nl>", None, "Hoi")


@pytest.mark.parametrize(
    "subject",
    [
        "=?x-unknown?q?Zo=EB?=",
        "=?utf-8?b?4?=",
        "=?punycode?q?=FF=FF?=",
        "=?utf-8?b?\x01?=",
        "=?idna?b?/////w==?=",
        "=?a\0b?q?x?=",
    ],
)
def test_a_malformed_header_is_kept_and_raises_nothing(tmp_path: Path, subject: str) -> None:
    row = _only(tmp_path, HEAD + f"Subject: {subject}\nContent-Type: text/plain; charset*=x'y'%zz; name*0*=a%\n\nHoi")
    assert row["Subject"]


def test_raw_bytes_in_headers_and_names_lose_nothing(tmp_path: Path) -> None:
    row = _only(tmp_path, HEAD.encode() + b"Subject: Zo\xeb\nX-Z: \xc3\xab\n\nHo\xeb")
    assert (row["Subject"], row["body"]) == ("Zoë", "Hoë")
    assert "X-Z: ë" in row["other headers"]


def test_text_of_an_unknown_charset_is_read_as_windows_text(tmp_path: Path) -> None:
    assert _only(tmp_path, (HEAD + "Content-Type: text/plain; charset=x-mac\n\n").encode() + b"Zo\xeb")["body"] == "Zoë"


def test_html_alone_becomes_its_text(tmp_path: Path) -> None:
    row = _only(
        tmp_path, HEAD + "Content-Type: text/html\n\n<style>x</style><p>Hoi <b>Jan</b> <a href='mailto:a@b.nl'>m</a>"
    )
    assert row["body"].split() == ["Hoi", "Jan", "mailto:a@b.nl", "m"]


def test_attachments_are_told_by_name_and_are_exports_of_their_own(tmp_path: Path) -> None:
    parts = (
        "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nHoi\n"
        "--b\nContent-Type: text/csv\nContent-Disposition: attachment;\n"
        " filename*=utf-8''lijst%20Zo%C3%AB.csv\n\nnaam;plaats\nJan;Ede\n"
        "--b\nContent-Type: image/png\n\nnaam;plaats\nPiet;Ede\n--b--\n"
    )
    with opened(tmp_path, one_eml=HEAD + parts) as exports:
        message, *tables = exports.datasets
        (row,) = rows(exports, message)
        assert (row["body"].strip(), row["attachments"]) == ("Hoi", "lijst Zoë.csv\n(no name)")
        assert {table.source: cells(exports, table) for table in tables} == {
            "one.eml/lijst Zoë.csv": [("Jan", "Ede")],
            "one.eml/(no name)": [("Piet", "Ede")],
        }


def test_a_message_that_claims_parts_and_has_none_keeps_its_text(tmp_path: Path) -> None:
    assert "Hoi Jan" in _only(tmp_path, HEAD + "Content-Type: multipart/mixed\n\nHoi Jan")["body"]


def test_a_box_without_dates_keeps_every_message(tmp_path: Path) -> None:
    content = f"{SEPARATOR}From: a@x.nl\n\nHoi\n\n{SEPARATOR.replace('2026', '2026 +0100')}\nleeg\n"
    _, cells, dataset = read_one(tmp_path, "box_mbox", content)
    assert (dataset.read_as, [cell[4] for cell in cells]) == ("mbox", [None, None])


def test_from_inside_a_text_starts_no_message(tmp_path: Path) -> None:
    text = "Beste,\nFrom j@x.nl Mon Jan  5 10:00:00 2026\nhoi\n\nFrom Utrecht to Ede in 2024\n\n>From mij\n\n"
    content = f"{SEPARATOR}{HEAD}\n{text}{SEPARATOR}{HEAD}\nTwee\n"
    _, cells, dataset = read_one(tmp_path, "box_mbox", content)
    assert (dataset.rows, len(cells)) == (2, 2)
    assert "in 2024" in cells[0][10]


def test_a_box_with_windows_line_ends_is_a_box(tmp_path: Path) -> None:
    content = f"{SEPARATOR}{HEAD}\nEen\n\n{SEPARATOR}{HEAD}\nTwee\n".replace("\n", "\r\n")
    assert read_one(tmp_path, "box_mbox", content)[2].rows == 2


def _mail(body: str, *attachments: tuple[str, str, bytes]) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Date"] = "Jan <j@x.nl>", "p@x.nl", "Mon, 5 Jan 2026 10:00:00 +0100"
    message.set_content(body)
    for name, kind, content in attachments:
        message.add_attachment(content, *kind.split("/"), filename=name)
    return bytes(message)


def _box(*messages: bytes) -> bytes:
    return b"".join(SEPARATOR.encode() + message.replace(b"\nFrom ", b"\n>From ") + b"\n" for message in messages)


TABLE = b"naam;plaats\nJan;Ede\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


def test_attachments_in_a_box_are_named_after_the_number_of_their_message(tmp_path: Path) -> None:
    table = ("lijst.csv", "text/csv", TABLE)
    with opened(tmp_path, post_mbox=_box(_mail("een"), _mail("twee", table, table), _mail("drie", table))) as exports:
        box, *tables = exports.datasets
        assert account(box) == (3, 3, 0)
        assert [t.source for t in tables] == [
            "post.mbox/2/lijst.csv",
            "post.mbox/2/lijst (2).csv",
            "post.mbox/3/lijst.csv",
        ]
        assert all(cells(exports, t) == [("Jan", "Ede")] for t in tables)


def test_pictures_sound_video_and_signatures_are_told_once_and_fail_nothing(tmp_path: Path) -> None:
    files = [
        ("logo.png", "image/png", PNG),
        ("foto.csv", "application/octet-stream", b"\xff\xd8\xff" + bytes(40)),
        ("lied.mp3", "audio/mpeg", b"ID3\x03" + bytes(40)),
        ("film.mov", "video/quicktime", bytes(4) + b"ftypqt  " + bytes(40)),
        ("smime.p7s", "application/pkcs7-signature", b"\x30\x80" + bytes(40)),
        ("sleutel.asc", "application/octet-stream", b"-----BEGIN PGP SIGNATURE-----\n"),
        ("echt.csv", "image/png", TABLE),
        ("raar.png", "image/x-raar", bytes(range(1, 30)) * 9),
    ]
    with opened(tmp_path, post_mbox=_box(_mail("een", *files), _mail("twee", files[0]))) as exports:
        box, table = exports.datasets
        assert (box.readable, table.source, table.rows) == (True, "post.mbox/1/echt.csv", 1)
        assert [p.problem for p in box.problems] == [
            "attachments that are not read: 4 pictures, 1 sounds, 1 videos, 2 signatures or encrypted texts"
        ]


@pytest.mark.parametrize(
    ("content", "declared", "name", "group"),
    [
        (TABLE, "image/png", "a.png", ""),
        (TABLE, "application/octet-stream", "a.sig", ""),
        ("ID3;naam\n1;Jan\n".encode("utf-16"), "text/csv", "a.csv", ""),
        (b"ID3;naam\n", "text/csv", "a.csv", ""),
        (b"BEGIN:VCARD\nFN:Jan\n", "text/vcard", "a.vcf", ""),
        (b"PK\x03\x04" + bytes(60), "application/zip", "a.zip", ""),
        (b"<?xml version='1.0'?>\n<svg width='1'/>", "text/xml", "a.svg", "pictures"),
        (b"-----BEGIN PGP MESSAGE-----", "application/octet-stream", "encrypted.asc", "signatures"),
        (b"Version: 1\n", "application/pgp-encrypted", "(no name)", "signatures"),
        (b"", "image/png", "a.png", ""),
    ],
)
def test_what_an_attachment_is_its_content_says(content: bytes, declared: str, name: str, group: str) -> None:
    assert left_out(content, declared, name) == group


def test_forwarded_messages_are_exports_with_attachments_of_their_own(tmp_path: Path) -> None:
    outer = EmailMessage()
    outer["From"], outer["To"], outer["Date"] = "a@x.nl", "b@x.nl", "Mon, 5 Jan 2026 10:00:00 +0100"
    outer.set_content("zie onder")
    inner = EmailMessage()
    inner["From"], inner["Subject"] = "Fatima <f@x.nl>", "ziek"
    inner.set_content("ik ben ziek")
    inner.add_attachment(TABLE, "text", "csv", filename="lijst.csv")
    outer.add_attachment(inner)
    with opened(tmp_path, een_eml=bytes(outer)) as exports:
        message, forwarded, table = exports.datasets
        (row,) = rows(exports, message)
        assert (row["body"].strip(), row["attachments"]) == ("zie onder", "forwarded.eml")
        (row,) = rows(exports, forwarded)
        assert (forwarded.source, forwarded.kind) == ("een.eml/forwarded.eml", "mail")
        assert (row["From"], row["body"].strip()) == ("Fatima <f@x.nl>", "ik ben ziek")
        assert (table.source, table.rows) == ("een.eml/forwarded.eml/lijst.csv", 1)


def test_a_report_of_delivery_keeps_its_addresses(tmp_path: Path) -> None:
    parts = (
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nniet bezorgd\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nFinal-Recipient: rfc822; f@x.nl\n"
        "\n--b--\n"
    )
    assert "f@x.nl" in _only(tmp_path, HEAD + parts)["body"]


def test_html_that_is_no_alternative_of_the_plain_text_is_kept_with_what_stands_around(tmp_path: Path) -> None:
    parts = (
        "Content-Type: multipart/mixed; boundary=b\n\nThis is a multi-part message in MIME format.\n"
        "--b\n\nplat\n--b\nContent-Type: text/html\n\n<p>rijk</p>\n--b--\nlijst@x.nl voegt toe\n"
    )
    assert _only(tmp_path, HEAD + parts)["body"].split() == ["lijst@x.nl", "voegt", "toe", "plat", "rijk"]
    alternative = (
        "Content-Type: multipart/alternative; boundary=b\n\n--b\n\nplat\n--b\nContent-Type: multipart/related;"
        " boundary=c\n\n--c\nContent-Type: text/html\n\n<p>plat</p>\n--c\nContent-Type: image/png\n"
        f"Content-Transfer-Encoding: base64\n\n{b64encode(PNG).decode()}\n--c--\n--b--\n"
    )
    row = _only(tmp_path, HEAD + alternative)
    assert (row["body"].split(), row["attachments"]) == (["plat"], "(no name)")


QUOTES = {
    "geen": ("Dank voor de cursus", ""),
    "nederlands": (
        "Prima.\n\nGroet, Sanne",
        "Op ma 5 jan. 2026 om 10:00 schreef Jan <j@x.nl>:\n> Mag ik?\n> > eerder",
    ),
    "engels": ("Fine.", "On Mon, 5 Jan 2026 at 10:00, Jan Jansen <j@x.nl> wrote:\n\nMay I?\nJan"),
    "afgebroken": ("Fine.", "On Mon, 5 Jan 2026 at 10:00, Jan Jansen\n<j@x.nl> wrote:\n> May I?"),
    "andersom": ("Prima.", "Jan Jansen <j@x.nl> schreef op 5 januari 2026 10:00:\n> Mag ik?"),
    "outlook": ("Prima.", "-----Oorspronkelijk bericht-----\nVan: Jan\nMag ik?"),
    "original": ("Fine.", "-----Original Message-----\nFrom: Jan\nMay I?"),
    "kop": (
        "Prima.",
        "Van: Jan Jansen <j@x.nl>\nVerzonden: maandag 5 januari\nAan: Sanne\nOnderwerp: vraag\n\nMag ik?",
    ),
    "head": ("Fine.", "From: Jan Jansen\nSent: Monday, January 5\nTo: Sanne\nSubject: question\n\nMay I?"),
    "doorgestuurd": ("Ter info", "---------- Forwarded message ---------\nVan: Jan\nMag ik?"),
}


@pytest.mark.parametrize(("own", "quoted"), QUOTES.values(), ids=QUOTES)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_what_the_sender_wrote_and_what_he_quotes_stand_apart(own: str, quoted: str, ending: str) -> None:
    text = f"{own}\n{quoted}".replace("\n", ending) if quoted else own
    found = own_and_quoted(text)
    assert tuple(part.replace("\r\n", "\n").strip() for part in found) == (own, quoted)


@pytest.mark.parametrize(
    "text",
    [
        "Op maandag schreef ik me in voor de cursus.",
        "Van: Utrecht\nNaar: Ede",
        "From Utrecht I wrote a letter:\n- een\n- twee",
        "Datum: 5 mei 2026",
    ],
)
def test_what_only_resembles_a_quote_is_the_senders_own(text: str) -> None:
    assert own_and_quoted(text) == (text, "")


LINES = [line for own, quoted in QUOTES.values() for line in f"{own}\n{quoted}".split("\n")]


@given(st.lists(st.sampled_from(LINES) | st.text(max_size=20).map(lambda text: text.replace("\n", "")), max_size=25))
def test_every_line_is_in_one_of_the_two(lines: list[str]) -> None:
    own, quoted = own_and_quoted("\n".join(lines))
    assert sorted(filter(str.strip, lines)) == sorted(filter(str.strip, f"{own}\n{quoted}".split("\n")))


def test_a_reply_is_split_in_the_table(tmp_path: Path) -> None:
    row = _only(tmp_path, HEAD + "\nPrima.\n\nOp ma 5 jan. 2026 om 10:00 schreef Jan <j@x.nl>:\n> Mag ik?\n")
    assert row["body"].strip() == "Prima."
    assert row["quoted"].strip() == "Op ma 5 jan. 2026 om 10:00 schreef Jan <j@x.nl>:\n> Mag ik?"


def test_lines_that_a_box_escapes_are_the_senders_own(tmp_path: Path) -> None:
    content = SEPARATOR + HEAD + "\n>From Utrecht kom ik\n>>From Ede\n"
    _, found, _ = read_one(tmp_path, "post_mbox", content)
    assert found[0][10:12] == ("From Utrecht kom ik\n", ">From Ede")


def test_a_box_without_its_first_separator_keeps_every_message(tmp_path: Path) -> None:
    content = f"{HEAD}\neen\n\n{SEPARATOR}{HEAD}\ntwee\n"
    _, found, dataset = read_one(tmp_path, "post_mbox", content)
    assert (account(dataset), [cell[10].strip() for cell in found]) == ((2, 2, 0), ["een", "twee"])


def test_a_single_message_that_quotes_a_box_is_one_message(tmp_path: Path) -> None:
    assert "2026" in _only(tmp_path, f"{HEAD}\nzie\n\n{SEPARATOR}hoi\n")["body"]


def test_the_sender_of_the_envelope_is_kept_where_the_message_does_not_tell_him(tmp_path: Path) -> None:
    content = f"{SEPARATOR.replace('j@', 'baas@')}{HEAD}\neen\n\n{SEPARATOR}{HEAD}\ntwee\n"
    _, found, _ = read_one(tmp_path, "post_mbox", content)
    assert [cell[9] for cell in found] == ["Envelope-From: baas@x.nl", None]


@pytest.mark.parametrize(
    ("raw_text", "charset", "text"),
    [
        ("Zoë".encode(), "iso-8859-1", "Zoë"),
        ("Zoë".encode("cp1252"), "utf-8", "Zoë"),
        ("Zoë €".encode("cp1252"), "iso-8859-1", "Zoë €"),
        ("Zoë".encode("utf-16"), "utf-16", "Zoë"),
        ("Zoë".encode(), None, "Zoë"),
        ("Zoë".encode(), "punycode", "Zoë"),
        (b"Zo\xeb\x81", "zlib", "Zoë\ufffd"),
    ],
)
def test_a_charset_that_lies_loses_no_letter(raw_text: bytes, charset: str | None, text: str) -> None:
    assert text_of(raw_text, charset) == text


def test_damaged_base64_and_missing_boundaries_lose_nothing(tmp_path: Path) -> None:
    damaged = "Content-Transfer-Encoding: base64\n\n" + b64encode(b"Beste Jan, tot morgen").decode()[:-3] + "!\n"
    assert "Beste Jan" in _only(tmp_path, HEAD + damaged)["body"]
    cut = 'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain\n\nHoi Jan'
    assert "Hoi Jan" in _only(tmp_path, HEAD + cut)["body"]
    lie = 'Content-Type: multipart/mixed; boundary="z"\n\n--b\nContent-Type: text/plain\n\nHoi Jan'
    assert "Hoi Jan" in _only(tmp_path, HEAD + lie)["body"]


@pytest.mark.parametrize("levels", [30, 5000])
@pytest.mark.ci
def test_parts_in_parts_are_read_or_kept_as_they_are(tmp_path: Path, levels: int) -> None:
    head = "".join(f"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n" for i in range(levels))
    with opened(tmp_path, post_mbox=f"{SEPARATOR}{HEAD}{head}\nhoi Jan\n\n{SEPARATOR}{HEAD}\ntwee\n") as exports:
        (box,) = exports.datasets
        assert box.rows == 2
        kept = str(cells(exports, box)) + str(raw(exports, box))
        assert "hoi Jan" in kept
        assert "twee" in kept
        assert not box.quarantined or levels > 100


def test_forwards_in_forwards_stop_at_the_limit_of_depth(tmp_path: Path) -> None:
    content = f"{HEAD}\nbinnenste\n"
    for _ in range(30):
        content = f"{HEAD}Content-Type: message/rfc822\n\n{content}"
    with opened(tmp_path, een_eml=content) as exports:
        *read, unread = exports.datasets
        assert [account(message) for message in read] == [(1, 1, 0)] * 6
        assert "files deep" in unread.problems[0].problem


@pytest.mark.parametrize(
    "html",
    ["<![foo[ Jan", "<p>Jan", "<" * 2_000_000 + "Jan", "<a href='Jan'", "<!-- Jan"],
    ids=lambda markup: f"{len(markup)} characters",
)
def test_no_markup_stops_the_reading(html: str) -> None:
    assert isinstance(html_text(html), str)


PIECES = [SEPARATOR, "\n", "\r\n", " \n", "From x 1:1", HEAD, "hoi", ">From j@x.nl", SEPARATOR.rstrip("\n") + " x",
          SEPARATOR.replace("\n", "\r\n"), SEPARATOR.replace("j@x.nl", "j" * 400)]  # fmt: skip


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=14))
def test_separators_are_counted_as_the_messages_are_cut(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[str]
) -> None:
    from igmap.sources.mail.mailbox import read

    path = tmp_path_factory.getbasetemp() / "cut.mbox"
    path.write_bytes((HEAD + "".join(pieces)).encode())
    reading = next(iter(read(path)))
    found = reading.stream.read_all().num_rows  # type: ignore[union-attr]
    assert found + len(reading.quarantine.records) == reading.counted  # type: ignore[union-attr]


@pytest.mark.ci
def test_separators_that_lie_across_blocks_are_counted_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("igmap.sources.mail.mailbox.BLOCK_BYTES", 1000)
    content = _box(*[_mail("x" * size) for size in range(400)])
    assert account(read_one(tmp_path, "post_mbox", content)[2]) == (400, 400, 0)


@settings(max_examples=examples(40), deadline=None)
@given(st.randoms(use_true_random=False))
def test_a_mutilated_box_loses_no_message(tmp_path_factory: pytest.TempPathFactory, chance: random.Random) -> None:
    changed = bytearray(
        _box(_mail("hoi", ("a.csv", "text/csv", TABLE)), _mail("Zoë", ("b.png", "image/png", PNG)), _mail("drie"))
    )
    for _ in range(chance.randint(1, 30)):
        place = chance.randrange(4, len(changed))
        changed[place : place + chance.randint(0, 3)] = chance.choice(
            [b"\n", b"\xff", b"", b"\0", b"--", b'"', b";", b"="]
        )
    with opened(tmp_path_factory.mktemp("mutilated"), post_mbox=bytes(changed)) as exports:
        for dataset in exports.datasets:
            assert dataset.rows == dataset.parsed + dataset.quarantined
