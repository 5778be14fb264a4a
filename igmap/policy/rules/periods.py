"""ISO 8601 periods in the calendar."""

from calendar import monthrange
from datetime import date, timedelta

from igmap.policy.findings import Words
from igmap.policy.messages import messages
from igmap.policy.values import PERIOD

SOME_DAY = date(2001, 1, 1)


def later(day: date, period: str) -> date:
    """The day a period ends that starts on `day`."""
    return _moved(day, period, 1)


def earlier(day: date, period: str) -> date:
    """The day a period started that ends on `day`."""
    return _moved(day, period, -1)


def longer(one: str, other: str) -> bool:
    """Whether a period is longer than another, reckoned from the same day.

    Example:
        >>> longer("P2Y", "P18M"), longer("P1Y", "P12M")
        (True, False)
    """
    return later(SOME_DAY, one) > later(SOME_DAY, other)


def spelled(period: str) -> Words:
    """The period in words: P1Y6M is 1 jaar, 6 maanden.

    Example:
        >>> spelled("P2Y").en
        '2 years'
    """
    units = messages()["units"]
    counts = [(units[unit], int(count)) for unit, count in _parts(period).items() if int(count)]
    return Words(*(", ".join(f"{n} {unit[lang][n != 1]}" for unit, n in counts) for lang in ("nl", "en")))


def _parts(period: str) -> dict[str, str]:
    match = PERIOD.fullmatch(period)
    if match is None:
        raise ValueError(f"{period!r} is not an ISO 8601 period")
    return match.groupdict("0")


def _moved(day: date, period: str, sign: int) -> date:
    years, months, weeks, days = (int(part) for part in _parts(period).values())
    count = day.year * 12 + day.month - 1 + sign * (12 * years + months)
    year, month = count // 12, count % 12 + 1
    if not date.min.year <= year <= date.max.year:
        return date.max if sign > 0 else date.min
    moved = date(year, month, min(day.day, monthrange(year, month)[1]))
    try:
        return moved + sign * timedelta(days=7 * weeks + days)
    except OverflowError:
        return date.max if sign > 0 else date.min
