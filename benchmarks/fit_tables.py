"""Tables as systems export them, for fitting: what stands beside what, one person to a record; see fit_tables.yaml."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import yaml

from tests.unseen import (
    CATEGORY,
    LISTS,
    VALUES,
    WORDS,
    Person,
    _day,
    _digits,
    _hexadecimal,
    _pattern,
    _plain,
    drawn_person,
)

FAMILIES: dict[str, list[list[str]]] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
TEXTS = FAMILIES.pop("machine_texts")[0]
WEIGHTS = {
    "persons": 7,
    "employees": 4,
    "learners": 4,
    "care": 3,
    "orders": 3,
    "logs": 2,
    "events": 3,
    "companies": 2,
    "things": 9,
}
EVENTS = frozenset({"events", "logs", "orders"})
MONTHS = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
MIXED = "BCDFGHJKLMNPRSTVWXZ0123456789"


def _user(p: Person, chance: Random) -> str:
    given, family = _plain(p.given), _plain(p.family)
    return chance.choice(
        [f"{given}.{family}", f"{given[0]}{family[:7]}", f"{family[:6]}{given[0]}{chance.choice(['', 2, 7])}"]
    )


def _worded(first: int, last: int, chance: Random) -> str:
    day = _day(first, last, "%d %m %Y", chance).split()
    return f"{int(day[0])} {MONTHS[int(day[1]) - 1]} {day[2]}"


def _groups(chance: Random) -> str:
    return _pattern(
        chance.choice(
            [
                "0479 99 99 99",
                "02/299.99.99",
                "+32 4 299 99 99",
                "0049 30 999 9999",
                "+33 6 99 99 99 99",
                "010 / 499 99 99",
            ]
        ),
        chance,
    )


OWN: dict[str, tuple[str, Callable[[Person, Random], str]]] = {
    "key_padded": ("account_id", lambda _, c: f"{c.randint(1, 999999):08}"),
    "id_lettered": ("account_id", lambda _, c: f"{c.choice(['R', 'K-', 'LN', 'C', 'P-', 'M'])}{_digits(6, c)}"),
    "row_number": ("none", lambda p, _: str(p.row + 1)),
    "sex_code": ("gender", lambda _, c: c.choice("1212129")),
    "born_compact": ("birth_date", lambda _, c: _day(6600, 29000, "%Y%m%d", c)),
    "born_words": ("birth_date", lambda _, c: _worded(6600, 29000, c)),
    "phone_groups": ("phone", lambda _, c: _groups(c)),
    "postcode_digits": ("postcode", lambda _, c: _digits(4, c)),
    "username_mixed": ("username", _user),
    "username_upper": ("username", lambda p, c: _user(p, c).upper()),
    "digest_password": ("password", lambda _, c: _hexadecimal("32", c)),
    "wage_round": ("income", lambda _, c: str(c.randint(40, 220) * 500)),
    "tax_wage": ("tax_number", lambda _, c: f"{_digits(9, c)}L0{c.randint(1, 3)}"),
    "vat_form": ("tax_number", lambda _, c: f"NL{_digits(9, c)}B{c.randint(1, 99):02}"),
    "passport_mixed": (
        "document_number",
        lambda _, c: c.choice(["N", "S", "B"]) + c.choice("DFNPRSTW") + "".join(c.choices(MIXED, k=6)) + _digits(1, c),
    ),
    "plate_joined": (
        "licence_plate",
        lambda _, c: _pattern(c.choice(["AA999A", "99AAA9", "A999AA", "99AAAA", "9AAA99", "AAA99A"]), c),
    ),
    "letter_grades": ("learning_result", lambda _, c: c.choice(["A", "A-", "B+", "B", "B-", "C+", "C", "D", "F"])),
    "percent": ("learning_result", lambda _, c: f"{c.randint(20, 100)}%"),
    "dose": ("health", lambda _, c: c.choice(["1x daags", "2x daags 1 tablet", "3 dd 500 mg", "zo nodig"])),
    "blood_pressure": ("health", lambda _, c: f"{c.randint(95, 180)}/{c.randint(55, 105)}"),
    "body_heat": ("health", lambda _, c: f"{c.randint(358, 402) / 10:.1f}"),
    "pain": ("health", lambda _, c: str(c.randint(0, 10))),
    "ticket": ("none", lambda p, c: f"{c.choice(['INC', 'TCK', 'CHG'])}{4000 + p.row * 3:07}"),
    "order_web": ("invoice", lambda _, c: c.choice([f"WEB-{_digits(6, c)}", f"ORD{_digits(7, c)}"])),
    "invoice_mixed": ("invoice", lambda p, c: f"{c.choice(['F2026', 'INV-0', '2026-'])}{p.row + 77:04}"),
    "category": ("none", lambda _, c: c.choice(["hardware", "software", "toegang", "overig"])),
    "url_personal": (
        "url",
        lambda p, c: f"https://{c.choice(['portaal', 'mijn'])}.example/{c.choice(['account', 'user'])}/{_digits(6, c)}"
        f"?{c.choice(['session', 'token', 'email'])}={_plain(p.given)}{_digits(4, c)}",
    ),
    "serial": ("none", lambda _, c: f"SN{_digits(8, c)}"),
    "year_built": ("none", lambda _, c: str(c.randint(1955, 2024))),
    "stock_value": ("none", lambda _, c: f"{c.randint(1000, 9800)},{c.randint(10, 99)}"),
    "measure": ("none", lambda _, c: str(c.randint(10, 99))),
    "percent_none": ("none", lambda _, c: f"{c.randint(1, 100)}%"),
    "heat_none": ("none", lambda _, c: f"{c.randint(150, 320) / 10:.1f}"),
    "sensor": ("none", lambda _, c: f"sensor-{c.randint(1, 40):02}"),
    "device_hash": ("device_id", lambda _, c: _hexadecimal("32", c)),
    "event_number": ("none", lambda p, _: str(4100 + 7 * p.row)),
    "machine_text": ("none", lambda p, c: c.choice(TEXTS).format(n=p.row + c.randint(2, 900))),
    "uuid_none": ("none", lambda _, c: _hexadecimal("8-4-4-4-12", c)),
    "screen": ("browser_settings", lambda _, c: c.choice(WORDS["screens"])),
}  # fmt: skip


def category_of(kind: str) -> str:
    """What a field of such values is."""
    return OWN[kind][0] if kind in OWN else CATEGORY[kind]


def drawn_kinds(chance: Random) -> tuple[list[str], bool]:
    """The fields of a table of a family, in order, and whether it is of events: the same persons come back."""
    family = chance.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
    return list(_chosen(chance.choice(FAMILIES[family]), chance)), family in EVENTS


def _chosen(fields: list[str], chance: Random) -> Iterator[str]:
    for field in fields:
        kinds = field.rstrip("~").split("|")
        if chance.random() < {0: 1.0, 1: 0.5, 2: 0.2}[len(field) - len(field.rstrip("~"))]:
            yield chance.choice(kinds)


def drawn_value(kind: str, person: Person, chance: Random) -> str:
    """A value of a kind."""
    if kind in OWN:
        return OWN[kind][1](person, chance)
    return VALUES[kind](person, chance) if kind in VALUES else str(chance.choice(WORDS[LISTS[kind]]))


def drawn_persons(rows: int, chance: Random, *, again: bool) -> list[Person]:
    """Who the records of a table are about; in one of events they come back."""
    origin = chance.choice(list(WORDS["names"]))
    persons = [drawn_person(origin, row, chance) for row in range(rows)]
    few = persons[: max(3, rows // 4)]
    return [replace(chance.choice(few), row=person.row) for person in persons] if again else persons
