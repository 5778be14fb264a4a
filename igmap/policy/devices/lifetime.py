"""How long something stays on a device: a number of seconds, the session, until it is wiped, or not told."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Literal

from igmap.policy.findings import Words
from igmap.policy.messages import messages
from igmap.policy.values import PERIOD

DAY_SECONDS = 86_400
LONG_DAYS = 366
TAKEN_AWAY = 1971  # a cookie that ends before this year is one that a site takes away
YEAR_DAYS, MANY_YEARS = 365, 5
UNITS = {"years": YEAR_DAYS * DAY_SECONDS, "days": DAY_SECONDS, "hours": 3600, "minutes": 60, "seconds": 1}
MOST_DAYS = {"years": 365, "months": 31, "weeks": 7, "days": 1}


@dataclass(frozen=True, slots=True)
class Lifetime:
    """How long it stays.

    Args:
        kind: seconds, session, kept (until somebody wipes it), ended (it was taken away), unknown.
        seconds: of the kind of that name.
    """

    kind: Literal["seconds", "session", "kept", "ended", "unknown"]
    seconds: int = 0

    @property
    def days(self) -> int:
        """Whole days; 0 where it is no number."""
        return self.seconds // DAY_SECONDS

    @property
    def is_long(self) -> bool:
        """Whether it stays for more than a year."""
        return self.kind == "kept" or self.days > LONG_DAYS

    @property
    def iso(self) -> str:
        """As an ISO 8601 period; "" where it is no number."""
        if self.kind != "seconds":
            return ""
        return f"P{self.days}D" if self.seconds % DAY_SECONDS == 0 or self.days > 1 else f"PT{self.seconds}S"

    @property
    def words(self) -> Words:
        """In whole units, rounded down: 2 years, 400 days, 1 hour; or what it is where it is no number."""
        told = messages()
        if self.kind != "seconds":
            return Words(**told["terms"][f"stays_{self.kind}"])
        in_years = self.days % YEAR_DAYS == 0 or self.days > MANY_YEARS * YEAR_DAYS
        sizes = ((unit, size) for unit, size in UNITS.items() if in_years or unit != "years")
        unit = next((unit for unit, size in sizes if self.seconds >= size), "seconds")
        number = self.seconds // UNITS[unit]
        spoken = told["units"][unit]
        return Words(*(f"{number} {spoken[language][number != 1]}" for language in ("nl", "en")))

    def exceeds(self, declared: str) -> bool:
        """Whether it stays for longer than was declared, by more than a day: `session` or an ISO 8601 period."""
        if self.kind not in {"seconds", "kept"}:
            return False
        match = None if declared == "session" else PERIOD.fullmatch(declared)
        most = sum(int(match[unit] or 0) * days for unit, days in MOST_DAYS.items()) if match else 0
        return self.kind == "kept" or (self.seconds > 0 if declared == "session" else self.days > most + 1)


def lifetime_of(told: str | None, kind: str, today: date) -> Lifetime:
    """How long something stays, as a capture tells it.

    Args:
        told: `PT3600S`, the moment it ends as Unix time or as a mail date, `session` or `0`, or nothing.
        kind: cookie, local_storage, session_storage.
        today: the day of the capture, for moments; one that has passed tells nothing.
    """
    if kind != "cookie":
        return Lifetime("kept" if kind == "local_storage" else "session")
    if not told:
        return Lifetime("unknown")
    seconds = re.fullmatch(r"PT(\d{1,18})S", told)
    if seconds:
        return Lifetime("seconds" if int(seconds[1]) else "ended", int(seconds[1]))
    return Lifetime("session") if told in {"session", "0"} else _until(told, today)


def _until(told: str, today: date) -> Lifetime:
    try:
        ends = datetime.fromtimestamp(int(told), UTC) if told.isdecimal() else parsedate_to_datetime(told)
    except (ValueError, OverflowError, OSError):
        return Lifetime("unknown")
    days = (ends.date() - today).days
    if days > 0:
        return Lifetime("seconds", days * DAY_SECONDS)
    return Lifetime("ended" if ends.year < TAKEN_AWAY else "unknown")
