"""Values of a person, each the same whenever the person returns."""

from collections.abc import Callable
from random import Random

from benchmarks.products_corpus.persons import TODAY, WORDS, Person, plain

__all__ = ["PERSONAL", "Told", "digits", "private_mail", "work_mail"]

Told = Callable[[Person, str], str]
BANKS = ("RABO", "INGB", "ABNA", "TRIO", "KNAB", "ASNB", "SNSB", "BUNQ")
DOMAINS = ("postbus.example", "zoekmail.example", "kabelnet.example", "me.example", "outpost.example")
TEN = 10


def digits(chance: Random, count: int) -> str:
    """So many digits."""
    return "".join(chance.choice("0123456789") for _ in range(count))


def shortened(person: Person) -> str:
    """Initials with dots."""
    return "".join(f"{part[0]}." for part in person.given.replace("-", " ").split()) + person.chance("second").choice(
        ["", "", "", "J.", "A."]
    )


def private_mail(person: Person, _: str = "") -> str:
    """The address somebody chose."""
    chance = person.chance("mail")
    given, family = plain(person.given), plain(person.surname)
    own = [
        f"{given}.{family}",
        f"{given}{family}",
        f"{given[0]}.{family}",
        f"{given}{person.born:%y}",
        f"{family}{given[0]}",
    ]
    return f"{chance.choice(own)}{chance.choice(['', '', chance.randint(1, 99)])}@{chance.choice(DOMAINS)}"


def work_mail(person: Person, domain: str = "") -> str:
    """The address an organisation gave."""
    host = domain or f"{plain(person.firm.rpartition(' ')[0])}.example"
    given, family = plain(person.given), plain(person.surname)
    local = Random(f"form {host}").choice([f"{given}.{family}", f"{given[0]}.{family}", f"{given[0]}{family}"])
    return f"{local}@{host}"


def login(person: Person, _: str = "") -> str:
    """A log-in as a directory makes it, eight letters at most and a figure for who came second."""
    return f"{plain(person.given)[:1]}{plain(person.surname)[:6]}{person.chance('login').choice(['', '', '2', '01'])}"


def nickname(person: Person, _: str) -> str:
    """A name somebody made up for an account."""
    chance = person.chance("nick")
    given = plain(person.given)
    word = chance.choice(WORDS["nicknames"])
    return chance.choice(
        [f"{given}{person.born:%y}", f"{word}{chance.randint(1, 99)}", f"{given}-{word}", f"{word}_{given}"]
    )


def _typed(person: Person, _: str) -> str:
    full = f"{person.given} {person.surname}"
    forms = [full, full, full.lower(), full.upper(), full.title(), f"{person.surname}, {person.given}", f"{full} "]
    return person.chance("typed").choice([*forms, f"{person.given[0]} {person.surname}", person.given])


def _born(person: Person, style: str) -> str:
    return f"{person.born:{style or '%Y-%m-%d'}}"


def _postcode(person: Person, style: str) -> str:
    chance = person.chance("postcode")
    if person.land == "de":
        return person.place[1] + digits(chance, 2)
    letters = "".join(chance.choice("ABCDEGHJKLMNPRTVWXZ") for _ in "ab")
    between = chance.choice([" ", " ", ""]) if style == "mixed" else style.replace("_", " ")
    return f"{person.place[1]}{digits(chance, 2)}{between}{letters}"


def _street(person: Person, _: str) -> str:
    return str(person.chance("street").choice(WORDS["german_streets" if person.land == "de" else "streets"]))


def _house(person: Person, _: str) -> str:
    chance = person.chance("house")
    return f"{chance.randint(1, 260)}{chance.choice(['', '', '', '', 'A', 'b', '-3', ' hs'])}"


def _mobile(person: Person, style: str) -> str:
    """In the block 06-80 of Dutch numbers, or one kept for films."""
    chance = person.chance("mobile")
    if person.land == "de":
        return f"+49 171 39200{digits(chance, 2)}"
    if chance.random() < 0.06:  # noqa: PLR2004 - a few live elsewhere
        return f"+44 7700 900{digits(chance, 3)}"
    tail = digits(chance, 6)
    if style == "e164":
        return f"+31680{tail}"
    loose = ["0680{0}", "06 80{1} {2}", "06-80{0}", "+31 6 80{1} {2}", "+31680{0}", "31680{0}", "+31(0)6-80{0}"]
    return chance.choice(loose).format(tail, tail[:2], tail[2:])


def _landline(person: Person, style: str) -> str:
    """The subscriber begins with 0, which nobody is given."""
    chance = person.chance("landline")
    if person.land == "de":
        return f"030 23125-{digits(chance, 3)}"
    area = person.place[2]
    tail = f"0{digits(chance, 8 - len(area))}"
    return (
        f"+31{area[1:]}{tail}"
        if style == "e164"
        else chance.choice([f"{area}-{tail}", f"{area} {tail}", f"+31 {area[1:]} {tail}"])
    )


def _bsn(person: Person, _: str) -> str:
    """Begins with 9, which is not given out, and passes the eleven test."""
    chance = person.chance("bsn")
    while True:
        body = f"9{digits(chance, 7)}"
        last = sum(int(digit) * weight for digit, weight in zip(body, range(9, 1, -1), strict=True)) % 11
        if last < TEN:
            return f"{body}{last}"


def _iban(person: Person, style: str) -> str:
    """Right by its check digits; the account in it fails the eleven test, the German bank does not exist."""
    chance = person.chance("iban")
    if person.land == "de":
        rest, country = f"99900000{digits(chance, 10)}", "DE"
    else:
        account = f"07{digits(chance, 8)}"
        while sum(int(digit) * weight for digit, weight in zip(account, range(10, 0, -1), strict=True)) % 11 == 0:
            account = f"07{digits(chance, 8)}"
        rest, country = f"{chance.choice(BANKS)}{account}", "NL"
    number = int("".join(str(int(sign, 36)) for sign in f"{rest}{country}00"))
    whole = f"{country}{98 - number % 97:02}{rest}"
    return " ".join(whole[at : at + 4] for at in range(0, len(whole), 4)) if style == "spaced" else whole


def _vat(person: Person, _: str) -> str:
    """Of a sole trader: right by its check digits, from 00 on."""
    body = f"00{digits(person.chance('vat'), 7)}B"
    fits = (n for n in range(2, 99) if int("".join(str(int(sign, 36)) for sign in f"NL{body}{n:02}")) % 97 == 1)
    return f"NL{body}{next(fits):02}"


def _plate(person: Person, _: str) -> str:
    chance = person.chance("plate")
    letters = "".join(chance.choice("BDFGHJKLNPRSTVXZ") for _ in range(5))
    forms = [f"{letters[0]}-{digits(chance, 3)}-{letters[1:3]}", f"{letters[:2]}-{digits(chance, 3)}-{letters[2]}"]
    return chance.choice(
        [
            *forms,
            f"{digits(chance, 1)}-{letters[:3]}-{digits(chance, 2)}",
            f"{letters[:2]}{digits(chance, 3)}{letters[2]}",
        ]
    )


def _ip(person: Person, _: str) -> str:
    chance = person.chance("ip")
    net = chance.choice(["192.0.2.", "198.51.100.", "203.0.113.", "203.0.113.", "2001:db8:"])
    return (
        f"{net}{chance.randint(16, 4095):x}:{chance.randint(0, 65535):x}::{chance.randint(2, 255):x}"
        if ":" in net
        else f"{net}{chance.randint(2, 254)}"
    )


def _agent(person: Person, _: str) -> str:
    chance = person.chance("agent")
    return str(chance.choice(WORDS["agents"])).replace("#", str(chance.randint(18, 41)))


def _sex(person: Person, words: str) -> str:
    men, women, others = words.split("|")
    return {"m": men, "v": women, "x": others}[person.sex]


def _full(person: Person, _: str) -> str:
    return f"{person.given} {person.surname}"


def _address(person: Person, _: str) -> str:
    return f"{_street(person, '')} {_house(person, '')}"


PERSONAL: dict[str, Told] = {
    "full": _full,
    "typed": _typed,
    "comma": lambda p, _: f"{p.family}, {p.given} {p.particle}".strip(),
    "commas": lambda p, _: f"{p.surname}, {p.given}",
    "given": lambda p, _: p.given,
    "family": lambda p, _: p.family,
    "particle": lambda p, _: p.particle,
    "surname": lambda p, _: p.surname,
    "initials": lambda p, _: shortened(p),
    "short": lambda p, _: f"{shortened(p)} {p.surname}",
    "upper": lambda p, _: f"{p.family} {p.particle} {shortened(p).replace('.', '')}".upper().replace("  ", " "),
    "mail": private_mail,
    "work": work_mail,
    "anymail": lambda p, d: p.chance("any").choice([private_mail, work_mail])(p, d),
    "login": login,
    "nick": nickname,
    "born": _born,
    "age": lambda p, _: str((TODAY - p.born).days // 365),
    "town": lambda p, _: p.place[0],
    "postcode": _postcode,
    "street": _street,
    "house": _house,
    "address": _address,
    "whole": lambda p, _: f"{_address(p, '')}, {_postcode(p, '_')} {p.place[0]}",
    "mobile": _mobile,
    "landline": _landline,
    "anyphone": lambda p, s: p.chance("line").choice([_mobile, _mobile, _landline])(p, s),
    "bsn": _bsn,
    "iban": _iban,
    "vat": _vat,
    "plate": _plate,
    "ip": _ip,
    "agent": _agent,
    "firm": lambda p, _: p.firm,
    "sex": _sex,
    "slug": lambda p, _: f"{plain(p.given)}-{plain(p.family)}",
}
