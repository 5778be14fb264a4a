"""Values that are somebody's: names, addresses, numbers and what people do, as each system writes them."""

from collections.abc import Callable
from random import Random

from benchmarks.elearning_corpus.persons import WORDS, Person, Row, login, office_mail, plain, private_mail
from benchmarks.second_corpus.corpus import TODAY

Told = Callable[[Person, Row], str]
BANKS = ("RABO", "ABNA", "TRIO", "SNSB", "INGB")
AGENTS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/12{d}.0.0.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_{d} like Mac OS X) AppleWebKit/605.1.15 Version/17.{d} Safari/604.1",
    "Mozilla/5.0 (X11; Linux x86_64; rv:13{d}.0) Gecko/20100101 Firefox/13{d}.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_{d}) AppleWebKit/605.1.15 Version/16.{d} Safari/605.1.15",
    "MoodleMobile 4.{d}.0 (4{d}000)",
)


def initials(person: Person) -> str:
    """Initials with dots."""
    return "".join(f"{part[0]}." for part in person.given.replace("-", " ").split()) + person.own.choice(["", "", "M."])


def _comma(person: Person, _: Row) -> str:
    return f"{person.family}, {person.given} {person.particle}".strip()


def _as_typed(person: Person, row: Row) -> str:
    """A name as colleagues type it: sometimes shortened, in small letters, or with a letter lost."""
    full = person.full
    at = row.chance.randrange(1, len(full) - 1)
    return row.chance.choice(
        [
            full,
            full,
            full,
            full.lower(),
            f"{person.given[0]}. {person.surname}",
            f"{person.given} {person.family[0]}.",
            full[:at] + full[at + 1 :],
        ]
    )


def _formal(person: Person, _: Row) -> str:
    title = {"m": ["Dhr.", "de heer", "Dhr. drs."], "v": ["Mevr.", "mw.", "Mw. ir."], "x": ["Mx."]}[person.sex]
    return f"{person.own.choice(title)} {initials(person)} {person.surname}"


def _postcode(person: Person, _: Row) -> str:
    chance = person.own
    if not person.place[2]:
        return person.place[1] + f"{chance.randint(0, 99):02}"
    letters = "".join(chance.choice("BCDEGHJKLMNPRTVWXZ") for _ in "ab")
    return f"{person.place[1]}{chance.randint(0, 99):02}{chance.choice([' ', '', ' '])}{letters}"


def _street(person: Person, row: Row) -> str:
    named = {"de": "german_streets", "fr": "french_streets"}.get(row.land, "streets")
    return str(Random(f"{person.key} street").choice(WORDS[named]))


def _house(person: Person, _: Row) -> str:
    chance = Random(f"{person.key} house")
    return f"{chance.randint(1, 180)}{chance.choice(['', '', '', 'a', '-II', ' bis'])}"


def _address(person: Person, row: Row) -> str:
    if row.land == "fr":
        return f"{_house(person, row)} {_street(person, row)}"
    return f"{_street(person, row)} {_house(person, row)}"


def _mobile(person: Person, row: Row) -> str:
    chance = Random(f"{person.key} mobile")
    if row.land == "de":
        return f"{chance.choice(['0171 39200', '+49 171 39200', '0172/9925 9'])}{chance.randint(10, 99)}"
    if row.land == "fr":
        return f"{chance.choice(['06 39 98', '+33 6 39 98'])} {chance.randint(10, 99)} {chance.randint(10, 99)}"
    tail = f"80{chance.randint(0, 999999):06}"
    forms = [f"06-{tail}", f"06{tail}", f"06 {tail[:4]} {tail[4:]}", f"+316{tail}", f"+31 6 {tail}", f"00316{tail}"]
    return row.chance.choice([forms[0], forms[0], *forms]) if row.dates == "mixed" else chance.choice(forms[:5])


def _landline(person: Person, row: Row) -> str:
    """A number whose subscriber begins with 0, which nobody is given; in Germany one kept for films."""
    chance = Random(f"{person.key} landline")
    if row.land == "de":
        return f"030 23125 {chance.randint(0, 999):03}"
    if row.land == "fr":
        return f"03 53 01 {chance.randint(10, 99)} {chance.randint(10, 99)}"
    area = person.place[2]
    tail = "0" + "".join(chance.choice("0123456789") for _ in range(9 - len(area)))
    return chance.choice(
        [f"{area}-{tail}", f"{area} {tail[:3]} {tail[3:]}", f"+31{area[1:]}{tail}", f"({area}) {tail}"]
    )


def _bsn(person: Person, _: Row) -> str:
    """Nine digits that pass the eleven test, from 9 on, which are not given out."""
    chance = Random(f"{person.key} bsn")
    while True:
        digits = [9, *(chance.randint(0, 9) for _ in range(7))]
        last = sum(weight * digit for weight, digit in zip(range(9, 1, -1), digits, strict=True)) % 11
        if last < 10:  # noqa: PLR2004 - the eleven test has no digit for ten
            return "".join(map(str, [*digits, last]))


def _iban(person: Person, row: Row) -> str:
    """Right by its check digits; the Dutch account in it fails the eleven test, so that no bank gave it out."""
    chance = Random(f"{person.key} iban")
    account = f"09{chance.randint(0, 99999999):08}"
    while sum(weight * int(digit) for weight, digit in zip(range(10, 0, -1), account, strict=True)) % 11 == 0:
        account = f"09{chance.randint(0, 99999999):08}"
    country, rest = {
        "de": ("DE", f"9990{chance.randint(0, 9999):04}{chance.randint(0, 9999999999):010}"),
        "fr": ("FR", f"99999{chance.randint(0, 99999):05}{chance.randint(0, 99999999999):011}00"),
    }.get(row.land, ("NL", chance.choice(BANKS) + account))
    number = int("".join(str(int(letter, 36)) for letter in f"{rest}{country}00"))
    whole = f"{country}{98 - number % 97:02}{rest}"
    return whole if chance.random() < 0.6 else " ".join(whole[i : i + 4] for i in range(0, len(whole), 4))  # noqa: PLR2004 - six of ten


def _insured(person: Person, _: Row) -> str:
    """A German social security number with its check digit; no office has the number 99."""
    chance = Random(f"{person.key} insured")
    letter, number = person.family[0].upper(), f"{chance.randint(0, 99):02}"
    letter = letter if letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" else "O"
    digits = f"99{person.born:%d%m%y}{ord(letter) - 64:02}{number}"
    products = [int(d) * int(weight) for d, weight in zip(digits, "212571212121", strict=True)]
    return f"99 {person.born:%d%m%y} {letter} {number}{sum(n // 10 + n % 10 for n in products) % 10}"


def _sole_trader(person: Person, _: Row) -> str:
    """A VAT number of a sole trader: right by its check digits, from 0 on."""
    body = f"0{Random(f'{person.key} vat').randint(0, 99999999):08}B"
    number = next(n for n in range(2, 99) if int("".join(str(int(x, 36)) for x in f"NL{body}{n:02}")) % 97 == 1)
    return f"NL{body}{number:02}"


def _card(person: Person, _: Row) -> str:
    chance = Random(f"{person.key} card")
    return f"{chance.choice('45')}{'*' * 11}{chance.randint(0, 9999):04}"


def _plate(person: Person, _: Row) -> str:
    chance = Random(f"{person.key} plate")
    a, b, c = ("".join(chance.choice("GHJKLNPRSTXZ") for _ in range(n)) for n in (1, 2, 3))
    number = chance.randint(1, 999)
    return chance.choice(
        [
            f"{a}-{number:03}-{b}",
            f"{b}-{number:03}-{a}",
            f"{number % 10}-{c}-{number % 90 + 10}",
            f"{number % 90 + 10}{c}{number % 10}",
        ]
    )


def _ip(person: Person, row: Row) -> str:
    chance = person.own if row.chance.random() < 0.8 else row.chance  # noqa: PLR2004 - most come from where they live
    block = chance.choice(["192.0.2", "198.51.100", "203.0.113", "10.20.4", "2001:db8:"])
    tail = chance.randint(2, 254)
    return f"{block}{chance.randint(16, 99)}:a{tail:x}::{tail}" if block.endswith(":") else f"{block}.{tail}"


def _agent(person: Person, row: Row) -> str:
    chance = person.own if row.chance.random() < 0.8 else row.chance  # noqa: PLR2004 - and from a device they have
    return chance.choice(AGENTS).replace("{d}", str(chance.randint(0, 9)))


def _sex(person: Person, row: Row, words: str) -> str:
    men, women, others = words.split("|")
    return {"m": men, "v": women, "x": row.chance.choice([others, women])}[person.sex]


PERSONAL: dict[str, Told] = {
    "full": lambda p, _: p.full,
    "comma": _comma,
    "typed": _as_typed,
    "formal": _formal,
    "upper": lambda p, _: f"{p.family.upper()} {p.particle.upper()} {initials(p).replace('.', ' ')}".replace(
        "  ", " "
    ).strip(),
    "german": lambda p, _: f"{p.surname}, {p.given}",
    "french": lambda p, _: f"{p.surname.upper()} {p.given}",
    "given": lambda p, _: p.given,
    "particle": lambda p, _: p.particle,
    "family": lambda p, _: p.family,
    "surname": lambda p, _: p.surname,
    "initials": lambda p, _: initials(p),
    "short": lambda p, _: f"{initials(p)} {p.surname}",
    "mail": lambda p, _: private_mail(p),
    "office": lambda p, _: office_mail(p),
    "anymail": lambda p, _: p.own.choice([private_mail, office_mail])(p),
    "login": lambda p, _: login(p),
    "domain": lambda p, _: f"LEERHUIS\\{login(p)}",
    "born": lambda p, _: p.born.isoformat(),
    "age": lambda p, _: str((TODAY - p.born).days // 365),
    "year": lambda p, _: str(p.born.year),
    "town": lambda p, _: p.place[0],
    "postcode": _postcode,
    "street": _street,
    "house": _house,
    "address": _address,
    "whole_address": lambda p, r: f"{_address(p, r)}, {_postcode(p, r)} {p.place[0]}",
    "mobile": _mobile,
    "landline": _landline,
    "anyphone": lambda p, r: p.own.choice([_mobile, _mobile, _landline])(p, r),
    "bsn": _bsn,
    "iban": _iban,
    "insured": _insured,
    "vat": _sole_trader,
    "card": _card,
    "plate": _plate,
    "ip": _ip,
    "agent": _agent,
    "firm": lambda p, _: p.firm,
    "photo": lambda p, _: f"https://cdn.leerhuis.example/avatars/{plain(p.given)}-{p.own.randint(100, 999)}.jpg",
    "sex": lambda p, r: _sex(p, r, "M|V|X"),
    "sex_word": lambda p, r: _sex(p, r, "man|vrouw|anders"),
    "sex_number": lambda p, r: _sex(p, r, "1|2|9"),
    "sex_en": lambda p, r: _sex(p, r, "Male|Female|Prefer not to say"),
    "sex_de": lambda p, r: _sex(p, r, "Herr|Frau|divers"),
    "sex_fr": lambda p, r: _sex(p, r, "M.|Mme|Mme"),
}
