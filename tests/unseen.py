"""A corpus that detection has not seen: small tables of systems that are not in data/samples, with their own generator.

`tests/data/unseen/` says which fields a table has and what is in them; here values are drawn. `benchmarks/evaluate.py`
prints how well discovery does on them, `tests/test_discover.py` holds it to that.
"""

from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd
import yaml

FOLDER = Path(__file__).parent / "data" / "unseen"
ROWS = 120
TODAY = date(2026, 11, 1)


def _read(name: str) -> Any:
    return yaml.safe_load((FOLDER / name).read_text("utf-8"))


WORDS: dict[str, Any] = _read("words.yaml")
CATEGORY: dict[str, str] = {kind: category for category, kinds in _read("kinds.yaml").items() for kind in kinds}


@dataclass(frozen=True, slots=True)
class UnseenTable:
    """One table with what is right for each of its fields.

    Args:
        name: of the table.
        part: `tuned` or `held`.
        names: whose names are in it, or "".
        frame: the table.
        expected: header -> category.
        kinds: header -> kind of values.
    """

    name: str
    part: str
    names: str
    frame: pd.DataFrame
    expected: dict[str, str]
    kinds: dict[str, str]


def unseen_tables(seed: int = 1, *, headers: bool = True) -> list[UnseenTable]:
    """All tables, the same for the same seed.

    Args:
        seed: of the values.
        headers: False gives the fields the names (1), (2) … of a file without header.
    """
    return [
        _table(name, entry, Random(f"{seed} {name}"), headers=headers) for name, entry in _read("tables.yaml").items()
    ]


def _table(name: str, entry: dict[str, Any], chance: Random, *, headers: bool) -> UnseenTable:
    fields = {header if headers else f"({i})": kind for i, (header, kind) in enumerate(entry["fields"].items(), 1)}
    rows = list(_rows(list(fields.values()), entry, chance))
    columns = {header: [row[i] for row in rows] for i, header in enumerate(fields)}
    truth = entry.get("truth", {})
    expected = {
        header: truth.get(said, CATEGORY[kind])
        for said, (header, kind) in zip(entry["fields"], fields.items(), strict=True)
    }
    return UnseenTable(
        name, entry["part"], entry.get("names", ""), pd.DataFrame(columns, dtype="str"), expected, fields
    )


def _rows(kinds: list[str], entry: dict[str, Any], chance: Random) -> Iterator[list[str | None]]:
    spell: dict[str, Callable[[str], str]] = {"upper": str.upper, "lower": str.lower}
    for row in range(ROWS):
        person = drawn_person(entry.get("names", "dutch"), row, chance)
        cells = [
            VALUES[kind](person, chance) if kind in VALUES else chance.choice(WORDS[LISTS[kind]]) for kind in kinds
        ]
        spelled = [spell.get(entry.get("case", ""), str)(cell) for cell in cells]
        yield [None if chance.random() < entry.get("blank", 0.05) else cell for cell in spelled]


@dataclass(frozen=True, slots=True)
class Person:
    """Who a row is about."""

    row: int
    given: str
    particle: str
    family: str


def drawn_person(origin: str, row: int, chance: Random) -> Person:
    """Somebody of an origin."""
    names = WORDS["names"][origin]
    words = chance.choice(names["family"]).split()
    particle = [word for word in words[:-1] if word[0].islower() or word[0] == "'"]
    return Person(row, chance.choice(names["given"]), " ".join(particle), " ".join(words[len(particle) :]))


def _full(p: Person, _: Random) -> str:
    return " ".join(filter(None, (p.given, p.particle, p.family)))


def _comma(p: Person, chance: Random) -> str:
    return f"{p.family}, {chance.choice([p.given, p.given[0] + '.'])} {p.particle}".strip()


def _digits(count: int, chance: Random, first: str = "123456789") -> str:
    return chance.choice(first) + "".join(chance.choices("0123456789", k=count - 1))


def _pattern(form: str, chance: Random) -> str:
    """9 becomes a digit, A a letter, anything else stays."""
    return "".join(
        chance.choice("0123456789") if c == "9" else chance.choice("BDFGHJKLNPRSTVXZ") if c == "A" else c for c in form
    )


def _phone(_: Person, chance: Random) -> str:
    mobile = [
        "06-19999999",
        "06 29 99 99 99",
        "+31639999999",
        "+31 (0)6 4999 9999",
        "0031659999999",
        "06.89.99.99.99",
        "0619999999",
    ]
    fixed = ["020-4999999", "(0570) 599999", "030 - 299 99 99", "0031 40 2999999"]
    return _pattern(chance.choice(mobile + fixed), chance)


def _bsn(_: Person, chance: Random) -> str:
    while True:
        number = _digits(9, chance)
        if sum(int(d) * w for d, w in zip(number, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True)) % 11 == 0:
            return chance.choice([number, number, f"{number[:4]}.{number[4:6]}.{number[6:]}"])


def _iban(_: Person, chance: Random) -> str:
    bank, account = chance.choice(["RABO", "INGB", "ABNA", "TRIO", "SNSB"]), _digits(10, chance, "0")
    check = 98 - int("".join(str(int(c, 36)) for c in f"{bank}{account}NL00")) % 97
    number = f"NL{check:02}{bank}{account}"
    return chance.choice([number, " ".join(number[i : i + 4] for i in range(0, 18, 4))])


def _luhn(length: int, first: str, chance: Random) -> str:
    stem = first + "".join(chance.choices("0123456789", k=length - len(first) - 1))
    total = sum(int(d) if i % 2 else sum(divmod(2 * int(d), 10)) for i, d in enumerate(reversed(stem)))
    return stem + str(-total % 10)


def _ean(length: int, chance: Random) -> str:
    stem = "87" + "".join(chance.choices("0123456789", k=length - 3))
    return stem + str(-sum(int(d) * (1 if i % 2 else 3) for i, d in enumerate(reversed(stem))) % 10)


def _day(first: int, last: int, form: str, chance: Random) -> str:
    return (TODAY - timedelta(days=chance.randint(first, last))).strftime(form)


def _plain(text: str) -> str:
    return "".join(
        c
        for c in text.lower().translate(str.maketrans("çğışöüéıłńęążś", "cgisoueilneazs"))
        if c.isascii() and c.isalnum()
    )


def _email(p: Person, chance: Random) -> str:
    who = f"{_plain(p.given)}{chance.choice('._')}{_plain(p.family)}{chance.choice(['', p.row])}"
    return f"{who}@{chance.choice(['kpnmail.nl', 'hotmail.com', 'zonnehuis.org', 'mail.example'])}"


VALUES: dict[str, Callable[[Person, Random], str]] = {
    "full": _full,
    "comma": _comma,
    "family": lambda p, _: p.family if not p.particle else f"{p.particle} {p.family}",
    "given": lambda p, _: p.given,
    "initials": lambda p, c: f"{p.given[0]}.{c.choice(['', 'M.', 'J.H.'])}",
    "particle": lambda p, _: p.particle,
    "email": _email,
    "mailto": lambda p, c: f"mailto:{_email(p, c)}",
    "username": lambda p, c: f"{_plain(p.given)[0]}{_plain(p.family)}{c.choice(['', c.randint(1, 99)])}",
    "id": lambda _, c: _digits(7, c),
    "id_short": lambda p, _: str(1001 + p.row),
    "uuid": lambda _, c: _hexadecimal("8-4-4-4-12", c),
    "uuid_device": lambda _, c: _hexadecimal("8-4-4-4-12", c).upper(),
    "hash": lambda _, c: "$2y$10$" + b64encode(c.randbytes(39)).decode().replace("+", ".")[:53],
    "phone": _phone,
    "phone_foreign": lambda _, c: c.choice(["+44 7911 ", "+44 7700 "]) + str(c.randint(100000, 999999)),
    "address": lambda _, c: f"{c.choice(WORDS['streets'])} "
    f"{c.randint(1, 320)}{c.choice(['', '', 'a', '-2', ' hs', ' B'])}",
    "house_number": lambda _, c: f"{c.randint(1, 320)}{c.choice(['', '', '', 'A'])}",
    "addition": lambda _, c: c.choice(["", "", "A", "B", "bis", "2 hoog"]),
    "postcode": lambda _, c: _pattern(c.choice(["1999 AA", "3999AA", "7999 AA"]), c),
    "born_nl": lambda _, c: _day(6600, 29000, "%d-%m-%Y", c),
    "born_iso": lambda _, c: _day(6600, 29000, "%Y-%m-%d", c),
    "birth_year": lambda _, c: _day(6600, 29000, "%Y", c),
    "age": lambda _, c: str(c.randint(18, 82)),
    "sex_nl": lambda _, c: c.choice("MVVMX"),
    "sex_en": lambda _, c: c.choice(["Male", "Female", "Non-binary"]),
    "salutation": lambda _, c: c.choice(["De heer", "Mevrouw", "Dhr.", "Mevr."]),
    "nationality_en": lambda _, c: c.choice(["Dutch", "German", "British", "Polish", "Irish"]),
    "wage": lambda _, c: f"{c.randint(1400, 6900)},{c.randint(10, 99)}",
    "ip": lambda _, c: ".".join(str(c.randint(1, 254)) for _ in range(4)),
    "ip6": lambda _, c: "2001:db8:" + ":".join(f"{c.randint(1, 65535):x}" for _ in range(6)),
    "imei": lambda _, c: _luhn(15, "35", c),
    "cookie": lambda _, c: f"GA1.1.{_digits(9, c)}.{_digits(10, c)}",
    "timezone": lambda _, c: c.choice(["Europe/Amsterdam", "Europe/London", "Asia/Shanghai"]),
    "locale": lambda _, c: c.choice(["nl-NL", "en-GB", "zh-CN"]),
    "latitude": lambda _, c: f"{c.uniform(50.8, 53.4):.5f}",
    "longitude": lambda _, c: f"{c.uniform(3.4, 7.2):.5f}",
    "remark": lambda p, c: c.choice(WORDS["remarks"]).format(given=p.given, family=p.family)
    + c.choice(["", f" Ref {p.row}.", " Bedankt alvast."]),
    "health_remark": lambda p, c: f"{p.given} {c.choice(WORDS['reports'])}, {c.choice(WORDS['doings'])} "
    f"om {c.randint(8, 22)} uur.",
    "score": lambda _, c: f"{c.uniform(20, 100):.2f}",
    "grade": lambda _, c: f"{c.uniform(3, 10):.1f}".replace(".", ","),
    "letter_none": lambda _, c: c.choice(["S", "M", "L", "XL"]),
    "letter": lambda _, c: c.choice(["A", "B+", "B", "C", "F"]),
    "bsn": _bsn,
    "iban": _iban,
    "bic": lambda _, c: c.choice(["RABONL2U", "INGBNL2A", "ABNANL2A"]),
    "card": lambda _, c: _luhn(16, c.choice(["4", "52"]), c),
    "masked_card": lambda _, c: f"**** **** **** {_digits(4, c)}",
    "order": lambda _, c: f"{c.choice(['W', 'R', '#'])}{_digits(6, c)}",
    "order9": lambda p, c: str(300_000_000 + p.row * 7 + c.randint(0, 6)),
    "invoice": lambda p, _: f"2026-{p.row + 1:05}",
    "vat": lambda _, c: f"NL{_digits(9, c)}B{c.randint(1, 9):02}",
    "vat_none": lambda _, c: f"NL{_digits(9, c)}B{c.randint(1, 9):02}",
    "kvk": lambda _, c: _digits(8, c, "1234567"),
    "passport": lambda _, c: _pattern("AA9AA99A9", c),
    "licence_number": lambda _, c: _digits(10, c, "345"),
    "plate": lambda _, c: _pattern(c.choice(["AA-999-A", "99-AAA-9", "A-999-AA", "99-AA-AA"]), c),
    "photo": lambda p, _: f"uploads/pasfoto/{p.row}.jpg",
    "base64": lambda _, c: b64encode(c.randbytes(48)).decode(),
    "recent_nl": lambda _, c: _day(1, 900, "%d-%m-%Y", c),
    "recent_iso": lambda _, c: _day(1, 900, "%Y-%m-%d", c)
    + f" {c.randint(0, 23):02}:{c.randint(0, 59):02}:{c.randint(0, 59):02}",
    "sick_day": lambda _, c: _day(1, 900, "%d-%m-%Y", c),
    "sick_share": lambda _, c: f"{c.choice([25, 50, 75, 100])}%",
    "code": lambda _, c: _pattern(c.choice(["AA99", "A-999", "999A"]), c),
    "course_code": lambda _, c: _pattern("AAA-999", c),
    "amount": lambda _, c: f"{c.randint(3, 900)},{c.randint(10, 99)}",
    "gift": lambda _, c: f"{c.randint(3, 900)},{c.randint(10, 99)}",
    "small": lambda _, c: str(c.randint(1, 60)),
    "small_ten": lambda _, c: str(c.randint(1, 10)),
    "year": lambda _, c: str(c.randint(2005, 2025)),
    "ean": lambda _, c: _ean(13, c),
    "ean18": lambda _, c: _ean(18, c),
    "sha1": lambda _, c: _hexadecimal("40", c),
    "class": lambda _, c: f"{c.randint(1, 6)}{c.choice('hvmt')}{c.randint(1, 4)}",
    "year_group": lambda _, c: f"{c.randint(1, 8):02}",
    "room": lambda _, c: f"Zaal {c.randint(0, 4)}.{c.randint(10, 40)}",
    "level": lambda _, c: c.choice(["basis", "gevorderd", "expert"]),
    "version": lambda _, c: c.choice(["1.2.3.4", "2.0.1.7", "10.4.0.12", "3.1.4.1"]),
    "url_plain": lambda _, c: f"https://www.winkel.example/{c.choice(WORDS['activities'])}/{c.randint(1, 90)}",
    "domain": lambda _, c: c.choice([".winkel.example", "www.winkel.example", ".doubleclick.net"]),
    "cookie_name": lambda _, c: c.choice(["_ga", "PHPSESSID", "cookie_consent", "_fbp"]),
    "http_status": lambda _, c: c.choice(["200", "301", "404", "500"]),
    "birth_country": lambda _, c: c.choice(WORDS["countries"]),
    "scale": lambda _, c: f"{c.randint(4, 12)}/{c.randint(0, 11)}",
    "activity_url": lambda _, c: f"https://lms.example/{c.choice(WORDS['activities'])}/{c.randint(1, 90)}",
    "activity_time": lambda _, c: f"{c.randint(1, 59)} min. {c.randint(1, 59)} sec.",
    "flag_health": lambda _, c: c.choice(["ja", "nee"]),
    "yes_no": lambda _, c: c.choice(["ja", "nee"]),
    "home_country": lambda _, c: c.choice(["NL", "BE", "DE"]),
    "country_code": lambda _, c: c.choice(["NL", "BE", "DE"]),
    "city_branch": lambda _, c: f"Vestiging {c.choice(WORDS['cities'])}",
    "city_none": lambda _, c: c.choice(WORDS["cities"]),
    "occupation_none": lambda _, c: c.choice(WORDS["occupations"]),
    "contract": lambda _, c: c.choice(["bepaalde tijd", "onbepaalde tijd", "oproep"]),
    "payment": lambda _, c: c.choice(["iDEAL", "creditcard", "op rekening"]),
    "stage": lambda _, c: c.choice(["lead", "customer", "subscriber"]),
    "channel": lambda _, c: c.choice(["website", "beurs", "telefoon", "partner"]),
    "colour": lambda _, c: c.choice(["rood", "blauw", "grijs", "zwart", "wit"]),
    "plan": lambda _, c: c.choice(["onbeperkt", "daluren", "10-rittenkaart"]),
    "scheme": lambda _, c: c.choice(["Participatiewet", "IOAW", "bijzondere bijstand"]),
    "frequency": lambda _, c: c.choice(["maandelijks", "per kwartaal", "eenmalig"]),
    "medicine": lambda _, c: c.choice(["metformine 500 mg", "salbutamol", "geen", "paracetamol", "sertraline 50 mg"]),
}  # fmt: skip

LISTS = {
    "street": "streets", "city": "cities", "birth_city": "cities", "company": "companies", "company_none": "companies",
    "department": "departments", "occupation": "occupations", "product": "products",
    "course": "courses", "subject": "subjects", "status": "statuses", "nationality": "nationalities",
    "country": "countries", "language": "languages",
    "marital": "marital", "education": "education", "religion": "religions", "ethnicity": "ethnicities",
    "party": "parties", "union": "unions",
    "orientation": "orientations", "diagnosis": "diagnoses", "allergy": "allergies",
    "diet": "diets", "offence": "offences", "user_agent": "user_agents",
    "product_text": "product_texts", "activity": "activities",
}  # fmt: skip


def _hexadecimal(form: str, chance: Random) -> str:
    return "-".join("".join(chance.choices("0123456789abcdef", k=int(size))) for size in form.split("-"))
