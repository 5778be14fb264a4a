"""Values that are nobody's by themselves: choices, numbers, patterns, moments, words and sentences."""

from collections.abc import Callable
from datetime import datetime
from random import Random

from benchmarks.elearning_corpus.persons import WORDS, Row, firm, plain

Made = Callable[[Row, Random, str], str]
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - the corpus prints local times
SIGNS = {
    "#": "0123456789",
    "?": "ABCDEFGHJKLMNPRSTVWXYZ",
    "%": "0123456789abcdef",
    "*": "abcdefghkmnpqrstuvwxyzABCDEFGHJK23456789",
}
MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
FORMS = {
    "iso": "%Y-%m-%d",
    "dmy": "%d-%m-%Y",
    "de": "%d.%m.%Y",
    "fr": "%d/%m/%Y",
    "us": "%m/%d/%Y",
    "ymd": "%Y%m%d",
    "db": "%Y-%m-%d",
    "words": "%b %d, %Y",
}
TIMES = {
    "iso": "%Y-%m-%dT%H:%M:%SZ",
    "dmy": "%d-%m-%Y %H:%M",
    "de": "%d.%m.%Y %H:%M",
    "fr": "%d/%m/%Y %Hh%M",
    "us": "%m/%d/%Y %I:%M %p",
    "ymd": "%Y%m%d%H%M%S",
    "db": "%Y-%m-%d %H:%M:%S",
    "words": "%b %d, %Y %H:%M",
}


def written(moment: datetime, style: str, chance: Random, *, timed: bool = False) -> str:
    """A day or a moment in the notation of its table; colleagues who type mix theirs."""
    if style == "epoch":
        return str(int((moment - EPOCH).total_seconds()))
    if style == "mixed":
        short = f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"
        loose = [f"{moment.day}-{moment.month}-{moment.year}", short, f"{moment:%d-%m-%y}"]
        day = chance.choice([f"{moment:%d-%m-%Y}", f"{moment:%d-%m-%Y}", *loose])
        return f"{day} {moment:%H:%M}" if timed else day
    return f"{moment:{(TIMES if timed else FORMS)[style]}}"


def _day(row: Row, chance: Random, told: str, *, timed: bool) -> str:
    least, most, *style = told.split()
    return written(row.day(int(least), int(most)), style[0] if style else row.dates, chance, timed=timed)


def _one(_: Row, chance: Random, told: str) -> str:
    weighed = [part.partition("^") for part in told.split("|")]
    return chance.choice([word for word, _sign, times in weighed for word in [word] * int(times or 1)])


def _patterned(_: Row, chance: Random, told: str) -> str:
    return "".join(chance.choice(SIGNS[sign]) if sign in SIGNS else sign for sign in told)


def _number(_: Row, chance: Random, told: str) -> str:
    least, most, *skew = map(int, told.split())
    return str(least + int((most - least + 1) * chance.random() ** (skew[0] if skew else 1)))


def _decimal(_: Row, chance: Random, told: str) -> str:
    least, most, *sign = told.split()
    drawn = f"{chance.uniform(float(least), float(most)):,.2f}"
    if "plain" in sign:
        return drawn.replace(",", "")
    return drawn.replace(",", ";").replace(".", ",").replace(";", ".") if "nl" in sign else drawn


def _said(_: Row, chance: Random, told: str) -> str:
    beginning, *rest = (str(chance.choice(part)) for part in WORDS["sayings"][told])
    spaced = [piece if piece[:1] in ".,;!? (:" else f" {piece}" for piece in rest if piece]
    return f"{beginning}{''.join(spaced)}".strip()


def _duration(_: Row, chance: Random, told: str) -> str:
    seconds = chance.randint(3, 5400)
    hours, minutes = f"{seconds // 3600}", f"{seconds // 60 % 60:02}"
    forms = {"clock": f"0{hours}:{minutes}:{seconds % 60:02}", "iso": f"PT{hours}H{minutes}M{seconds % 60}S"}
    return forms.get(told, f"{seconds // 60} min")


def _luhn(digits: str) -> str:
    """The digits with the one that makes them pass Luhn's test."""
    doubled = [int(digit) * (2 - at % 2) for at, digit in enumerate(reversed(digits))]
    return f"{digits}{-sum(n - 9 if n > 9 else n for n in doubled) % 10}"  # noqa: PLR2004 - the sum of two digits


def _siret(_: Row, chance: Random, told: str) -> str:
    return _luhn(_luhn(f"{told}{chance.randint(0, 99999):05}") + "0001")


def _ean(_: Row, chance: Random, told: str) -> str:
    digits = told + "".join(chance.choice("0123456789") for _ in range(12 - len(told)))
    return f"{digits}{-sum(int(digit) * (1 + at % 2 * 2) for at, digit in enumerate(digits)) % 10}"


def _firm_vat(row: Row, chance: Random, told: str) -> str:
    """Right by its check digits, of an organisation that does not exist."""
    if told == "FR":
        siren = _siret(row, chance, "999")[:9]
        return f"FR{(12 + 3 * (int(siren) % 97)) % 97:02}{siren}"
    while True:
        digits = [8, 9, *(chance.randint(0, 9) for _ in range(6))]
        last = sum(weight * digit for weight, digit in zip(range(9, 1, -1), digits, strict=True)) % 11
        if last < 10:  # noqa: PLR2004 - the eleven test has no digit for ten
            return f"NL{''.join(map(str, [*digits, last]))}B01"


def _slugged(_: Row, chance: Random, told: str) -> str:
    title = str(chance.choice(WORDS["titles"]))
    words = "-".join(filter(None, (plain(word) for word in title.split())))
    return told.replace("{slug}", words).replace("{n}", str(chance.randint(100, 9999)))


THINGS: dict[str, Made] = {
    "day": lambda r, c, t: _day(r, c, t, timed=False),
    "moment": lambda r, c, t: _day(r, c, t, timed=True),
    "hour": lambda _r, c, _t: f"{c.choice(['08', '09', '9', '13', '19'])}:{c.choice(['00', '30', '15'])}",
    "one": _one,
    "pat": _patterned,
    "int": _number,
    "dec": _decimal,
    "serial": lambda r, _c, t: str(int(t) + r.number),
    "say": _said,
    "pick": lambda _r, c, t: str(c.choice(WORDS[t])),
    "duration": _duration,
    "link": _slugged,
    "ean": _ean,
    "siret": _siret,
    "firm_vat": _firm_vat,
    "customer": lambda r, c, _t: firm(c, r.land),
    "const": lambda _r, _c, t: t,
}
