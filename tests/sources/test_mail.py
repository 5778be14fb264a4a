"""Mail: messages as a person reads them; nothing in a header stops the reading."""

from pathlib import Path
from typing import Any

import pytest

from tests.export_cases import opened, read_one, rows

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


def test_attachments_are_told_by_name_only(tmp_path: Path) -> None:
    parts = (
        "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nHoi\n"
        "--b\nContent-Type: application/pdf\nContent-Disposition: attachment;\n"
        " filename*=utf-8''cv%20Zo%C3%AB.pdf\n\nxx\n"
        "--b\nContent-Type: image/png\n\nyy\n--b--\n"
    )
    row = _only(tmp_path, HEAD + parts)
    assert (row["body"].strip(), row["attachments"]) == ("Hoi", "cv Zoë.pdf\n(no name)")


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
