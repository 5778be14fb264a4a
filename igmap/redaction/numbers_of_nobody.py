"""Numbers that look like what they stand for and that nobody can have; `ranges.yaml` says why."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from igmap.vocabulary import load_yaml

ELEVEN = (9, 8, 7, 6, 5, 4, 3, 2, -1)
MODULUS = 11


def made_number(kind: str, text: str, drawn: int) -> str | None:
    """A number of a kind in the notation of the text, or None where none can be made.

    Args:
        kind: of mention.
        text: the mention.
        drawn: decides which.

    Example:
        >>> made_number("phone", "06 12 34 56 78", 1234567)
        '06 01 23 45 67'
    """
    ranges: Mapping[str, Any] = load_yaml("igmap.redaction", "ranges.yaml")
    if kind in MADE:
        return MADE[kind](text, drawn, ranges[kind])
    return filled(str(ranges[kind]["form"]), drawn, str(ranges[kind].get("letters", ""))) if kind in ranges else None


def filled(form: str, drawn: int, letters: str = "") -> str:
    """A form with its digits and letters drawn."""
    places = form.count("9")
    digits = iter(str(drawn % 10**places).zfill(places))
    made = re.sub("9", lambda _: next(digits), form)
    return re.sub(r"\?", lambda mark: letters[(drawn >> mark.start()) % len(letters)], made)


def _phone(text: str, drawn: int, told: Mapping[str, Any]) -> str:
    """In the notation of the text where its digits fit, with the country before it where that stands there."""
    made = filled(str(told["form"]), drawn).replace(" ", "")
    country = re.match(r"\s*(\+|00)\d{2}[ .-]?(\(0\))?", text)
    if country:
        return f"{country[1]}31 {made[1]} {made[2:]}"
    return _in_notation(text, made)


def _in_notation(text: str, digits: str) -> str:
    """The digits in the places of those of the text, where there are as many."""
    if len(re.findall(r"\d", text)) != len(digits):
        return digits
    given = iter(digits)
    return re.sub(r"\d", lambda _: next(given), text)


def _bsn(text: str, drawn: int, told: Mapping[str, Any]) -> str:
    """Nine digits that begin with 9999 and fail the eleven test."""
    digits = [int(sign) for sign in filled(re.sub(r"\D", "", str(told["form"])), drawn)]
    digits[:4] = [9, 9, 9, 9]
    right = sum(weight * digit for weight, digit in zip(ELEVEN, digits, strict=True)) % MODULUS == 0
    digits[-1] = (digits[-1] + right) % 10
    return _in_notation(text, "".join(map(str, digits)))


def _card(text: str, drawn: int, told: Mapping[str, Any]) -> str:
    return _in_notation(text, re.sub(r"\D", "", filled(str(told["form"]), drawn)))


def _address(text: str, drawn: int, told: Mapping[str, Any]) -> str:
    """In a block for documentation, of the same version."""
    if ":" in text:
        return f"{told['form6']}{drawn % 0xFFFF:x}"
    forms: list[str] = told["form"]
    return f"{forms[drawn % len(forms)][:-1]}{1 + drawn // len(forms) % 254}"


MADE: Mapping[str, Callable[[str, int, Mapping[str, Any]], str]] = {
    "phone": _phone,
    "bsn": _bsn,
    "payment_card": _card,
    "ip_address": _address,
}
