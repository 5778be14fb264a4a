"""Chance that can be repeated: HMAC-SHA-256 of who or what a draw is for, in plain SQL.

The same key gives the same result whatever the order of the rows, and nobody repeats it without the key.
"""

from dataclasses import dataclass, field
from typing import Literal

Per = Literal["person", "value", "record"]
BLOCK = 64  # bytes that SHA-256 takes in at a time
DIGITS = 13  # hexadecimal digits of a draw: as many bits as a float holds
DRAWS = float(16**DIGITS)
WHOLE_DIGITS = 15  # that an integer holds
RECORD_UNIT = "'r' || {0}record"  # who a record is of when it counts for itself


def hmac_sha256(key: bytes, text: str) -> str:
    """The expression of a text's HMAC in hexadecimal digits (RFC 2104); keys have 64 bytes at most."""
    inner, outer = (bytes(byte ^ pad for byte in key.ljust(BLOCK, b"\0")).hex() for pad in (0x36, 0x5C))
    return f"sha256(unhex('{outer}') || unhex(sha256(unhex('{inner}') || encode({text}))))"


def uniform(digest: str, part: int = 0) -> str:
    """The expression of a number above 0 and below 1, from a part of a digest."""
    return f"((('0x' || substr({digest}, {1 + DIGITS * part}, {DIGITS}))::BIGINT + 0.5) / {DRAWS})"


def integer(digest: str, part: int = 0) -> str:
    """The expression of a whole number of 60 bits, from a part of a digest."""
    return f"('0x' || substr({digest}, {1 + WHOLE_DIGITS * part}, {WHOLE_DIGITS}))::BIGINT"


@dataclass(frozen=True, slots=True)
class Draw:
    """A draw for every cell of a column.

    Args:
        key: of HMAC, never shown.
        per: `person` draws once for a person, `value` for each value of a person, `record` for each of a record.
    """

    key: bytes = field(repr=False)
    per: Per

    def digest(self, column: str) -> str:
        """The expression of the digest."""
        who = RECORD_UNIT.format("") if self.per == "record" else "who"
        return hmac_sha256(self.key, who if self.per == "person" else f"{who} || chr(31) || {column}")
