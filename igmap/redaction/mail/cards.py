"""Calendars and address cards redacted line by line: what is told of somebody, not the words of the form."""

import re
from collections.abc import Callable

from igmap.redaction.mail.html import Swaps
from igmap.redaction.swaps import applied

KINDS = frozenset({"text/calendar", "text/vcard", "text/x-vcard", "text/directory"})
NAMES = re.compile(r".*\.(?:ics|vcf|vcard)", re.IGNORECASE)
FOLDED = re.compile(r"\r?\n[ \t]")
LINE = re.compile(
    r"(?P<form>(?:[\w-]+\.)?(?P<name>[A-Za-z-]+))(?P<more>(?:;[^:\";]*(?:\"[^\"]*\"[^:\";]*)*)*):(?P<said>.*)"
)
PARAMETER = re.compile(r"(?P<form>;[A-Za-z-]+=)(?P<said>\"[^\"]*\"|[^;:\"]*)")
SCHEME = re.compile(r"(?i)(?:mailto|tel|sms|sip|https?|urn:uuid):(?://)?")
OF_FORM = frozenset({
    "begin", "end", "version", "prodid", "method", "calscale", "dtstamp", "dtstart", "dtend", "due", "rrule",
    "exdate", "duration", "trigger", "action", "status", "transp", "class", "sequence", "priority", "tzid",
    "tzoffsetfrom", "tzoffsetto", "tzname", "created", "last-modified", "recurrence-id", "freebusy",
    "request-status", "rev", "kind", "gender", "percent-complete",
})  # fmt: skip
NOTHING = frozenset({"photo", "logo", "sound", "key", "attach"})  # may hold a file
OF_PARAMETERS = frozenset({"cn", "sent-by", "dir", "delegated-to", "delegated-from", "member", "x-cn", "email"})
IDENTIFIERS = frozenset({"uid", "related-to"})
NAME = "n"  # parts of a name, family name first


def redacted_card(text: str, swaps: Swaps, identifier: Callable[[str], str]) -> str:
    r"""A calendar or card with what is mentioned in its values replaced; its form stays, what holds files goes.

    Args:
        text: the part.
        swaps: what is to be replaced in a text.
        identifier: what stands for an identifier.

    Example:
        >>> from igmap.redaction.swaps import Swap
        >>> redacted_card("FN:Jan\nVERSION:4.0", lambda said: [Swap(0, 3, "name", "[X]")], str)
        'FN:[X]\nVERSION:4.0'
    """
    lines = FOLDED.sub("", text).split("\n")
    return "\n".join(line for line in (_line(one, swaps, identifier) for one in lines) if line is not None)


def _line(line: str, swaps: Swaps, identifier: Callable[[str], str]) -> str | None:
    found = LINE.fullmatch(line.rstrip("\r"))
    if not found:
        return applied(line, swaps(line)) if line.strip() else line
    name = found["name"].lower()
    if name in NOTHING:
        return None
    more = PARAMETER.sub(lambda one: _parameter(one, swaps), found["more"])
    said = found["said"]
    if name in IDENTIFIERS:
        said = identifier(said).strip("<>")
    elif name not in OF_FORM:
        said = _value(name, said, swaps)
    return f"{found['form']}{more}:{said}" + "\r" * line.endswith("\r")


def _parameter(found: re.Match[str], swaps: Swaps) -> str:
    if found["form"].strip(";=").lower() not in OF_PARAMETERS:
        return found[0]
    return f'{found["form"]}"{_value("", found["said"].strip(chr(34)), swaps)}"'


def _value(name: str, said: str, swaps: Swaps) -> str:
    """A value; the parts of a name are read as one, as `Vries;Jan;;de;` says nothing by itself."""
    if name == NAME:
        family, given, *_ = [*said.split(";"), ""]
        whole = " ".join(filter(None, (given, family)))
        return f"{applied(whole, swaps(whole))};;;;" if whole.strip() else said
    led = SCHEME.match(said)
    begins = led.end() if led else 0
    return said[:begins] + applied(said[begins:], swaps(said[begins:]))
