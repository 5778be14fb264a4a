"""Persons of the schemas corpus: of four lands and many origins, whose values fit each other."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from benchmarks.products_corpus.personal import PERSONAL as SHARED
from benchmarks.products_corpus.personal import Told, digits
from benchmarks.products_corpus.persons import PARTICLES, TODAY, Person, plain

__all__ = ["PERSONAL", "WORDS", "land_of", "person_of", "picked"]

WORDS: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "words.yaml").read_text("utf-8"))
HOME_SHARE = 0.6
LANDS, LAND_SHARES = ("nl", "de", "en", "fr"), (55, 17, 16, 12)
ABOUT_LAND = ("iso2", "iso3", "name", "en", "num", "locale", "lang", "tz", "dial", "currency")
PLACES = {entry.split("|")[0]: entry.split("|") for towns in WORDS["towns"].values() for entry in towns}


def picked(chance: Random, entries: list[str]) -> str:
    """One of a list."""
    return str(chance.choice(entries))


@cache
def person_of(key: str, land: str, ages: tuple[int, int] = (17, 68)) -> Person:
    """The person of a key; where the land is `mixed`, of one of the four.

    Args:
        key: names the person.
        land: nl, de, en, fr or mixed.
        ages: youngest and oldest.
    """
    chance = Random(f"schemas {key}")
    home = chance.choices(LANDS, LAND_SHARES)[0] if land == "mixed" else land
    origin = home if chance.random() < HOME_SHARE else chance.choice(list(WORDS["people"]))
    people, sex = WORDS["people"][origin], chance.choices("mvx", (49, 49, 2))[0]
    family = picked(chance, people["families"])
    particle = next((p for p in PARTICLES if family.startswith(p)), "")
    born = TODAY - timedelta(days=chance.randint(ages[0] * 365, ages[1] * 365))
    town, code, area = picked(chance, WORDS["towns"][home]).split("|")[:3]
    return Person(
        key=key,
        given=picked(chance, people["men" if sex == "m" else "women"]),
        particle=particle.strip(),
        family=family[len(particle) :],
        sex=sex,
        born=born,
        place=(town, code, area),
        firm=picked(chance, WORDS["firms"][home]),
        land=home,
    )


def land_of(person: Person, part: str) -> str:
    """What is said of the land where somebody lives, by one of `ABOUT_LAND`."""
    return str(WORDS["lands"][person.land].split("|")[ABOUT_LAND.index(part or "iso2")])


def _number(person: Person, base: str) -> str:
    """The number of somebody's account: the same in all records of a table."""
    return str(int(base) + int(person.key.rpartition(" ")[2]))


def _postcode(person: Person, _: str) -> str:
    chance, code = person.chance("postcode"), person.place[1]
    letters = "".join(chance.choice("ABDEGHJLNPRTWXZ") for _ in "ab")
    if person.land == "nl":
        return f"{code}{digits(chance, 2)} {letters}"
    if person.land == "en":
        return f"{code}{chance.randint(1, 30)} {chance.randint(1, 9)}{letters}"
    return f"{code}{digits(chance, 5 - len(code))}"


def _street(person: Person, _: str) -> str:
    return picked(person.chance("street"), WORDS["streets"][person.land])


def _address(person: Person, _: str) -> str:
    number = SHARED["house"](person, "") if person.land == "nl" else str(person.chance("house").randint(1, 140))
    return f"{number} {_street(person, '')}" if person.land in {"en", "fr"} else f"{_street(person, '')} {number}"


def _whole(person: Person, _: str) -> str:
    return f"{_address(person, '')}, {_postcode(person, '')} {person.place[0]}"


def _mobile(person: Person, style: str) -> str:
    """In the block 06-80, or one of those that are kept for films."""
    chance = person.chance("mobile")
    kept = {"nl": ("680", 6), "de": ("17139200", 2), "en": ("7700900", 3), "fr": ("63998", 4)}
    start, count = kept[person.land]
    tail, dial = f"{start}{digits(chance, count)}", land_of(person, "dial")
    loose = [f"0{tail}", f"0{tail[:3]} {tail[3:]}", f"+{dial}{tail}", f"+{dial} {tail[:3]} {tail[3:]}"]
    return f"+{dial}{tail}" if style == "e164" else picked(chance, loose)


def _landline(person: Person, style: str) -> str:
    """The subscriber begins with 0 or the number is kept for films."""
    chance, dial = person.chance("landline"), land_of(person, "dial")
    if person.land == "de":
        told = f"030 23125{digits(chance, 3)}"
    elif person.land == "nl":
        told = f"{person.place[2]}-0{digits(chance, 9 - len(person.place[2]))}"
    else:
        told = f"{person.place[2]} {'0' + digits(chance, 3) if person.land == 'en' else digits(chance, 4)}"
    plain_number = "".join(sign for sign in told if sign.isdigit())
    return f"+{dial}{plain_number[1:]}" if style == "e164" else told


def _iban(person: Person, style: str) -> str:
    """Right by its check digits; the banks of other lands than the Netherlands do not exist."""
    if person.land == "nl":
        return SHARED["iban"](person, style)
    chance = person.chance("iban")
    bank = {"de": ("99900000", 10, "DE"), "en": ("ZZZZ000000", 8, "GB"), "fr": ("9999900000", 13, "FR")}
    start, count, country = bank[person.land]
    rest = f"{start}{digits(chance, count)}"
    number = int("".join(str(int(sign, 36)) for sign in f"{rest}{country}00"))
    return f"{country}{98 - number % 97:02}{rest}"


def _vat(person: Person, style: str) -> str:
    """Of a sole trader; of other lands than the Netherlands with zeros that nobody has."""
    if person.land == "nl":
        return SHARED["vat"](person, style)
    chance = person.chance("vat")
    return {"de": f"DE000{digits(chance, 6)}", "en": f"GB000{digits(chance, 6)}"}.get(
        person.land, f"FR{digits(chance, 2)}000{digits(chance, 6)}"
    )


def _near(at: int) -> Told:
    """A coordinate within some kilometres of somebody's town."""

    def told(person: Person, places: str) -> str:
        drawn = float(PLACES[person.place[0]][at]) + person.chance(f"near {at}").uniform(-0.04, 0.04)
        return f"{drawn:.{int(places or 6)}f}"

    return told


def _address_bytes(person: Person, _: str) -> str:
    """The address of a visitor as its bytes in hexadecimal."""
    chance = person.chance("ip bytes")
    return "0x" + chance.choice(["c00002", "c63364", "cb0071"]) + f"{chance.randint(2, 254):02x}"


def _job(person: Person, _: str) -> str:
    return picked(person.chance("job"), WORDS["jobs"][person.land])


def _nick(person: Person, _: str) -> str:
    chance, given = person.chance("nick"), plain(person.given)
    word = picked(chance, WORDS["nicknames"])
    forms = [f"{word}{chance.randint(1, 99)}", f"{given}_{word}", f"{given}{person.born:%y}", f"{word}.{given}"]
    return picked(chance, forms)


PERSONAL: Mapping[str, Callable[[Person, str], str]] = {
    **SHARED,
    "uid": _number,
    "land": land_of,
    "postcode": _postcode,
    "street": _street,
    "address": _address,
    "whole": _whole,
    "region": lambda p, _: PLACES[p.place[0]][3],
    "lat": _near(4),
    "lon": _near(5),
    "mobile": _mobile,
    "landline": _landline,
    "anyphone": lambda p, s: p.chance("line").choice([_mobile, _mobile, _landline])(p, s),
    "iban": _iban,
    "vat": _vat,
    "iphex": _address_bytes,
    "job": _job,
    "nick": _nick,
    "local": lambda p, host: SHARED["work"](p, host).partition("@")[0],
}
