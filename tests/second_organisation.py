"""The exports of a second organisation, made anew for each test: a general practice, and everyone in it invented."""

import csv
import json
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from shutil import copy

HERE = Path(__file__).parent / "data" / "second_organisation"
TODAY = date(2026, 11, 1)
PATIENTS = 120
GIVEN = ("Aaltje", "Bram", "Cem", "Dorota", "Emre", "Femke", "Gerrit", "Hafsa", "Ilse", "Joris", "Karin", "Lei")
FAMILY = ("Bakker", "Yılmaz", "Kowalska", "de Groot", "van den Berg", "Öztürk", "Jansen", "El Idrissi", "Wang", "Smits")
STREETS = ("Dorpsstraat", "Kerkpad", "Molenweg", "Rijksweg-Zuid", "Beemdstraat")
PLACES = (("6661 AB", "Elst"), ("6662 CD", "Elst"), ("6666 EF", "Heteren"), ("6671 GH", "Zetten"))
CARE = ("hypertensie", "diabetes type 2", "astma", "migraine", "eczeem", "depressie", "COPD", "artrose")
HEADER = (
    *("Patiëntnr", "Naam", "Geb.dat.", "Geslacht", "BSN", "Straat + nr", "Postcode", "Woonplaats"),
    *("Mobiel", "E-mail", "Episode", "Laatst gewijzigd"),
)
COOKIES = (
    ("www.vossenbeemd.example", "praktijk_sessie", 0),
    (".vossenbeemd.example", "_ga", 1_830_000_000),
)


def write_second_organisation(root: Path) -> Path:
    """A workspace with register, decisions and exports; the folder it lies in."""
    for name in ("policy.yaml", "decisions.yaml"):
        copy(HERE / name, root / name)
    rng = Random(7)
    people = [_person(rng, number) for number in range(PATIENTS)]
    exports = root / "exports"
    _table(exports / "his" / "patienten_2026-10.csv", _patients(rng, people), ";", "cp1252")
    _table(exports / "declaraties" / "2026-q3.csv", _claims(rng, people), ",", "utf-8")
    _table(exports / "mailing" / "griepprik.csv", _mailing(people), ",", "utf-8-sig")
    _table(exports / "oud" / "export_backup.csv", _old(rng, people), "\t", "utf-16")
    _diary(exports / "planning" / "afspraken.json", rng, people)
    _cookies(exports / "web" / "cookies.txt")
    return root


def _person(rng: Random, number: int) -> dict[str, str]:
    given, family = rng.choice(GIVEN), rng.choice(FAMILY)
    postcode, place = rng.choice(PLACES)
    born = date(1940, 1, 1) + timedelta(days=rng.randrange(27_000))
    return {
        "number": f"P{number + 10_001}",
        "name": f"{given} {family}",
        "email": f"{given}.{family.split()[-1]}{number}@post.example".lower().replace("ı", "i").replace("ö", "o"),
        "phone": f"06{rng.randrange(10_000_000, 99_999_999)}",
        "street": f"{rng.choice(STREETS)} {rng.randrange(1, 180)}",
        "postcode": postcode,
        "place": place,
        "born": born.strftime("%d-%m-%Y"),
        "sex": rng.choice("MV"),
        "bsn": _bsn(rng),
        "care": rng.choice(CARE),
    }


def _bsn(rng: Random) -> str:
    """A number of the test range 9999 that passes the test of eleven."""
    while True:
        digits = [9, 9, 9, 9, *(rng.randrange(10) for _ in range(4))]
        last = sum(digit * weight for digit, weight in zip(digits, range(9, 1, -1), strict=True)) % 11
        if last < 10:
            return "".join(map(str, [*digits, last]))


def _patients(rng: Random, people: Sequence[dict[str, str]]) -> Iterator[Sequence[str]]:
    """The files of the practice; five were last changed more than twenty years ago."""
    yield HEADER
    for place, one in enumerate(people):
        changed = date(2004, 3, 1) if place < 5 else TODAY - timedelta(days=rng.randrange(3_000))
        yield (one["number"], one["name"], one["born"], one["sex"], one["bsn"], one["street"], one["postcode"],
               one["place"], one["phone"], one["email"], one["care"], changed.strftime("%d-%m-%Y"))  # fmt: skip


def _claims(rng: Random, people: Sequence[dict[str, str]]) -> Iterator[Sequence[str]]:
    """What was claimed; one column too many: the licence plate of whoever came by car."""
    yield ("factuurnummer", "patient", "bsn", "geboortedatum", "diagnose", "bedrag", "datum", "kenteken")
    for place, one in enumerate(people):
        day = date(2026, 7, 1) + timedelta(days=rng.randrange(90))
        letters = [chr(rng.choice(range(ord("B"), ord("Z")))) for _ in range(3)]
        plate = f"{letters[0]}{letters[1]}-{rng.randrange(100, 999)}-{letters[2]}"
        yield (f"2026{place + 501:05d}", one["number"], one["bsn"], one["born"], one["care"],
               f"{rng.uniform(10, 90):.2f}", day.isoformat(), plate)  # fmt: skip


def _mailing(people: Sequence[dict[str, str]]) -> Iterator[Sequence[str]]:
    yield ("naam", "e-mailadres", "telefoon")
    for one in people[:60]:
        yield (one["name"], one["email"], one["phone"])


def _old(rng: Random, people: Sequence[dict[str, str]]) -> Iterator[Sequence[str]]:
    """A forgotten copy that nobody bound, with the passwords of the portal."""
    yield ("gebruikersnaam", "wachtwoord", "e-mail")
    for one in people[:40]:
        login = one["email"].split("@")[0]
        yield (login, f"{rng.choice(CARE).split()[0].title()}{rng.randrange(10, 99)}!", one["email"])


def _diary(path: Path, rng: Random, people: Sequence[dict[str, str]]) -> None:
    """Appointments, nested; nine are older than a year."""
    entries = [
        {
            "op": (date(2024, 5, 6) if place < 9 else TODAY - timedelta(days=rng.randrange(300))).isoformat(),
            "patient": {"nummer": one["number"], "naam": one["name"], "telefoon": one["phone"]},
        }
        for place, one in enumerate(people)
    ]
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(entries, ensure_ascii=False), "utf-8")


def _cookies(path: Path) -> None:
    lines = [
        f"{host}\t{'TRUE' if host[0] == '.' else 'FALSE'}\t/\tTRUE\t{ends}\t{name}\tx" for host, name, ends in COOKIES
    ]
    path.parent.mkdir(parents=True)
    path.write_text("# Netscape HTTP Cookie File\n" + "\n".join(lines) + "\n", "utf-8")


def _table(path: Path, rows: Iterator[Sequence[str]], delimiter: str, encoding: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding=encoding, errors="replace", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
