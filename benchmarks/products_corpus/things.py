"""Values of a record that are not a person's by themselves."""

from collections.abc import Callable
from datetime import UTC
from random import Random

from benchmarks.products_corpus.personal import digits
from benchmarks.products_corpus.persons import WORDS, Row, firm_of, plain

__all__ = ["THINGS", "Made"]

Made = Callable[[Row, Random, list[str]], str]
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
B62 = f"{LETTERS}{LETTERS.lower()}0123456789"
SIGNS = {"#": "0123456789", "?": LETTERS, "%": "0123456789abcdef", "&": B62, "^": "0123456789ABCDEF"}
FORMS = {
    "iso": "%Y-%m-%dT%H:%M:%SZ",
    "off": "%Y-%m-%dT%H:%M:%S+01:00",
    "ms": "%Y-%m-%dT%H:%M:%S.%f",
    "db": "%Y-%m-%d %H:%M:%S",
    "utc": "%Y-%m-%d %H:%M:%S UTC",
    "day": "%Y-%m-%d",
    "ymd": "%Y%m%d",
    "dmy": "%d-%m-%Y",
    "dmyt": "%d-%m-%Y %H:%M",
    "eu": "%d/%m/%Y",
    "us": "%m/%d/%Y",
    "ust": "%m/%d/%Y %I:%M:%S %p",
    "de": "%d.%m.%Y",
    "det": "%d.%m.%Y %H:%M:%S",
    "words": "%b %d, %Y %I:%M %p",
    "apache": "[%d/%b/%Y:%H:%M:%S +0100]",
    "syslog": "%b %d %H:%M:%S",
    "time": "%H:%M:%S",
    "hm": "%H:%M",
    "moodle": "%d/%m/%y, %H:%M",
    "year": "%Y",
    "month": "%Y-%m",
}
EPOCHS = {"epoch": 1, "epochms": 1000, "epochus": 1000000}


def _moment(row: Row, chance: Random, told: list[str]) -> str:
    style, *hours = told
    moment = row.later(*map(float, hours)) if hours else row.moment
    if style in EPOCHS:
        return str(int(moment.replace(tzinfo=UTC).timestamp()) * EPOCHS[style] + chance.randrange(EPOCHS[style]))
    if style == "ms":
        return f"{moment:%Y-%m-%dT%H:%M:%S}.{chance.randint(0, 999):03}Z"
    if style == "slack":
        return f"{int(moment.replace(tzinfo=UTC).timestamp())}.{chance.randint(0, 999999):06}"
    return f"{moment:{FORMS[style]}}"


def _one(_: Row, chance: Random, told: list[str]) -> str:
    weighed = [part.rpartition("*") for part in ";".join(told).split("|")]
    words = [
        (word, int(times)) if sign and times.isdigit() else (f"{word}{sign}{times}", 1) for word, sign, times in weighed
    ]
    return chance.choices([word for word, _times in words], [times for _word, times in words])[0]


def _pattern(_: Row, chance: Random, told: list[str]) -> str:
    return "".join(chance.choice(SIGNS[sign]) if sign in SIGNS else sign for sign in ";".join(told))


def _number(_: Row, chance: Random, told: list[str]) -> str:
    least, most, *skew = map(int, told)
    return str(least + int((most - least + 1) * chance.random() ** (skew[0] if skew else 1)))


def _decimal(_: Row, chance: Random, told: list[str]) -> str:
    least, most, *style = told
    drawn = float(least) + (float(most) - float(least)) * chance.random() ** 2
    if style == ["nl"]:
        return f"{drawn:,.2f}".replace(",", ";").replace(".", ",").replace(";", ".")
    return f"{drawn:.{style[0] if style else 2}f}"


def _salesforce(_: Row, chance: Random, told: list[str]) -> str:
    """Fifteen signs and the three that tell which of them are capitals."""
    body = told[0] + "5g00000" + "".join(chance.choice(B62) for _ in range(12 - len(told[0]) + 15 - 19))
    tail = ["".join("1" if sign in LETTERS else "0" for sign in reversed(body[at : at + 5])) for at in (0, 5, 10)]
    return body + "".join(f"{LETTERS}012345"[int(bits, 2)] for bits in tail)


def _same(row: Row, _: Random, told: list[str]) -> str:
    """A part of the one entry of a list that this record is about."""
    entry = str(row.lasting(told[0]).choice(WORDS[told[0]])).split("|")
    return entry[int(told[1]) if len(told) > 1 else 0]


def _ean(_: Row, chance: Random, told: list[str]) -> str:
    body = f"{told[0] or '20'}{digits(chance, 10)}"[:12]
    return f"{body}{-sum(int(digit) * (1 + at % 2 * 2) for at, digit in enumerate(body)) % 10}"


def _firm_iban(_: Row, chance: Random, __: list[str]) -> str:
    """An account of an organisation: the bank of it does not exist."""
    rest = f"XBNL{digits(chance, 10)}"
    number = int("".join(str(int(sign, 36)) for sign in f"{rest}NL00"))
    return f"NL{98 - number % 97:02}{rest}"


def _firm_vat(_: Row, chance: Random, __: list[str]) -> str:
    """Right by the eleven test, of an organisation that does not exist."""
    while True:
        body = f"89{digits(chance, 6)}"
        last = sum(int(digit) * weight for digit, weight in zip(body, range(9, 1, -1), strict=True)) % 11
        if last < 10:  # noqa: PLR2004 - the eleven test has no digit for ten
            return f"NL{body}{last}B01"


def _said(_: Row, chance: Random, told: list[str]) -> str:
    parts = [str(chance.choice(part)) for part in WORDS["said"][told[0]]]
    return " ".join(part for part in parts if part).replace(" ,", ",").replace(" .", ".").strip()


THINGS: dict[str, Made] = {
    "t": _moment,
    "one": _one,
    "pat": _pattern,
    "n": _number,
    "dec": _decimal,
    "sf": _salesforce,
    "same": _same,
    "ean": _ean,
    "firmiban": _firm_iban,
    "firmvat": _firm_vat,
    "say": _said,
    "serial": lambda r, _c, t: str(int(t[0]) + r.number * int(t[1] if len(t) > 1 else 1)),
    "pick": lambda _r, c, t: str(c.choice(WORDS[t[0]])).split("|")[0],
    "hex": lambda _r, c, t: "".join(c.choice("0123456789abcdef") for _ in range(int(t[0]))),
    "uuid": lambda _r, c, _t: _pattern(_r, c, ["%%%%%%%%-%%%%-4%%%-a%%%-%%%%%%%%%%%%"]),
    "customer": lambda r, c, _t: firm_of(c, r.persons[""].land),
    "host": lambda _r, c, _t: f"{plain(firm_of(c, 'nl'))}.example",
    "clock": lambda _r, c, t: f"{c.randint(0, int(t[0])):02}:{c.randint(0, 59):02}:{c.randint(0, 59):02}",
}
