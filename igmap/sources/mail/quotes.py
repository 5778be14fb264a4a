"""What the sender of a mail wrote, and what he quotes: every line of the text is in one of the two."""

import re
from itertools import islice

ANY = re.compile(
    r"^[ \t]*>|schreef|wrote|oorspronkelijk|original|doorgestuurd|forwarded|(?:verzonden|sent|datum|date):",
    re.IGNORECASE | re.MULTILINE,
)
QUOTED = re.compile(r"[ \t]*>")
LONGEST = 400  # characters of a line that tells who wrote; a person's sentence may be longer
WROTE = re.compile(
    r"(?=.*\d)(?:(?:op|on)\b.{6,300}\b(?:schreef|wrote)\b.{0,200}|.{2,200}\b(?:schreef op|wrote on)\b.{6,100}):",
    re.IGNORECASE,
)
MAY_TELL = re.compile(r"[ \t]*(?:op|on)\b|.*\b(?:schreef|wrote)\b", re.IGNORECASE)
MESSAGE = re.compile(
    r"[ \t]*[-_*]{2,}[ \t]*(?:oorspronkelijk bericht|original message|original appointment|doorgestuurd bericht"
    r"|forwarded message|begin doorgestuurd bericht)\b.{0,100}"
    r"|[ \t]*(?:begin doorgestuurd bericht|begin forwarded message):[ \t]*",
    re.IGNORECASE,
)
SENDER = re.compile(r"[ \t]*\*?(?:van|from):\*?[ \t]*\S.*", re.IGNORECASE)
SENT = re.compile(r"[ \t]*\*?(?:verzonden|sent|datum|date):\*?[ \t]*\S", re.IGNORECASE)
TO = re.compile(r"[ \t]*\*?(?:aan|to|cc|onderwerp|subject):", re.IGNORECASE)
HEADERS = 6  # lines of the header of an original message
WRAPPED = 3  # lines over which programs break who wrote when


def own_and_quoted(text: str) -> tuple[str, str]:
    r"""The lines of a text that are the sender's own, and those he quotes, each in their order.

    A line that tells who wrote when goes with the quote; when no `>` follows it, all that follows is quoted. Below the
    header of an original or forwarded message all is quoted.

    Example:
        >>> own_and_quoted("Dank!\nOp ma 5 jan. 2026 schreef Jan:\n> Hoi\nGroet")
        ('Dank!\nGroet', 'Op ma 5 jan. 2026 schreef Jan:\n> Hoi')
    """
    if not ANY.search(text):
        return text, ""
    lines = text.split("\n")
    own: list[str] = []
    quoted: list[str] = []
    place = 0
    while place < len(lines):
        told = _tells(lines, place)
        if told and not _is_quoted_after(lines, place + told):
            quoted += lines[place:]
            break
        (quoted if told or QUOTED.match(lines[place]) else own).extend(lines[place : place + max(told, 1)])
        place += max(told, 1)
    return "\n".join(own), "\n".join(quoted)


def _tells(lines: list[str], place: int) -> int:
    """How many lines from here introduce a quote: who wrote when, or the head of an original message."""
    line = lines[place]
    if QUOTED.match(line) or len(line) > LONGEST:
        return 0
    if MESSAGE.fullmatch(line.rstrip("\r")) or _is_header(lines[place : place + HEADERS]):
        return 1
    longest = WRAPPED if MAY_TELL.match(line) else 0
    return next((count for count in range(1, longest + 1) if _is_who_wrote(lines[place : place + count])), 0)


def _is_header(lines: list[str]) -> bool:
    """Whether these begin with the header of another message, as Outlook quotes it."""
    return bool(SENDER.match(lines[0])) and any(map(SENT.match, lines)) and any(map(TO.match, lines))


def _is_who_wrote(lines: list[str]) -> bool:
    told = " ".join(line.strip() for line in lines)
    return len(told) <= LONGEST and told.endswith(":") and bool(WROTE.fullmatch(told))


def _is_quoted_after(lines: list[str], place: int) -> bool:
    """Whether the next line with text begins with `>`."""
    return any(QUOTED.match(line) for line in islice(filter(str.strip, islice(lines, place, None)), 1))
