"""The people who recur in all exports, and the organisations they work for."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from random import Random

from make.chance import chance
from make.names import pick_name
from make.numbers import pick_bsn, pick_iban, pick_ip, pick_landline, pick_mobile
from make.places import Address, pick_address

TODAY = date(2026, 11, 1)
FIRST_MOODLE_ID = 1001
LEARNERS = 2000
STAFF = 12
PRIVATE_MAIL_DOMAINS = ("example.org", "example.com")
COMPANY_DOMAIN = "iglearning.example"
NOT_DECOMPOSABLE = str.maketrans({"ł": "l", "Ł": "L", "\u0131": "i", "'": "", "-": "", " ": ""})
EDUCATION_LEVELS = ("vmbo", "havo", "vwo", "mbo 2", "mbo 3", "mbo 4", "hbo", "wo")
ORGANISATIONS = (
    "Zorggroep Wilgenhof", "Thuiszorg Kastanje", "Gemeente Oosterdal", "Gemeente Merwelanden",
    "Bouwbedrijf Terhorst", "Installatietechniek Noordzij", "Transport Veluwezoom", "Logistiek Maasoever",
    "Kinderopvang Zonnedauw", "Scholengroep De Veste", "ROC Rijnstroom", "Ziekenhuis Sint Odulf",
    "Apotheek De Vijzel", "Bakkerij Korenaar", "Supermarkt Groenhart", "Hotel De Gouden Leeuw", "Schoonmaak Helder",
    "Beveiliging Argus", "Waterschap Lage Landen", "Woonstichting Samenhuis", "Bibliotheek Letterrijk",
    "Energie Zuiderwind", "Accountants Penning", "Notariaat Van Velsen", "Drukkerij Loodletter", "Garage Boxermotor",
    "Uitzendbureau Vlot", "Verzekeraar Vangnet", "Techniek Staalmeester", "Tuincentrum Hortensia",
)  # fmt: skip
DEPARTMENTS = (
    "Administratie",
    "Planning",
    "Zorg",
    "Techniek",
    "Logistiek",
    "HR",
    "Inkoop",
    "Klantenservice",
    "ICT",
    "Facilitair",
    "Directie",
)
FUNCTIONS = (
    "teamleider", "administratief medewerker", "verzorgende IG", "monteur", "chauffeur", "HR-adviseur", "inkoper",
    "planner", "beleidsmedewerker", "opleidingscoördinator", "directiesecretaresse", "voorman", "docent",
    "applicatiebeheerder",
)  # fmt: skip
SUFFIXES = ("", *(str(number) for number in range(2, 100)))
KNOWN_PEOPLE = {0: ("V", "Fatima", "el", "Amrani"), 1: ("M", "Sjoerd", "", "Hoekstra")}


@dataclass(frozen=True, slots=True)
class Person:
    """One invented learner or colleague with everything the exports say about them."""

    moodle_id: int
    given: str
    infix: str
    family: str
    gender: str
    born: date
    address: Address
    organisation: str
    department: str
    function: str
    education: str
    email: str
    username: str
    mobile: str
    landline: str
    ip: str
    bsn: str
    iban: str

    @property
    def surname(self) -> str:
        """The family name with its infix in front."""
        return f"{self.infix} {self.family}".strip()

    @property
    def full_name(self) -> str:
        """The name as Moodle shows it."""
        return f"{self.given} {self.surname}"

    @property
    def student_number(self) -> str:
        """The learner's number at IG Learning."""
        return f"S{self.moodle_id * 7 + 260_000:07d}"

    @property
    def age(self) -> int:
        """The age in whole years on the day the exports were made."""
        return TODAY.year - self.born.year - ((TODAY.month, TODAY.day) < (self.born.month, self.born.day))


def to_ascii(text: str) -> str:
    """Fold letters to a-z for e-mail addresses and user names."""
    folded = unicodedata.normalize("NFKD", text.translate(NOT_DECOMPOSABLE))
    return folded.encode("ascii", "ignore").decode().lower()


def as_latin(text: str) -> str:
    """Replace the letters that Windows-1252 lacks by their plain ones, as old programs did."""
    return "".join(letter if letter.encode("cp1252", "ignore") else _plain(letter) for letter in text)


def _plain(letter: str) -> str:
    return unicodedata.normalize("NFKD", letter.translate(NOT_DECOMPOSABLE))[0]


def domain_of(organisation: str) -> str:
    """Give the organisation's reserved mail domain."""
    words = [to_ascii(word) for word in organisation.split()]
    return f"{'-'.join(words)}.example"


def make_people(rng: Random) -> tuple[tuple[Person, ...], tuple[Person, ...]]:
    """Invent the learners and IG Learning's own staff."""
    taken: set[str] = set()
    weights = [rng.randint(2, 12) for _ in ORGANISATIONS]
    learners = [
        _make_person(rng, index, rng.choices(ORGANISATIONS, weights=weights)[0], taken) for index in range(LEARNERS)
    ]
    staff = [_make_person(rng, LEARNERS + index, "IG Learning B.V.", taken) for index in range(STAFF)]
    return tuple(learners), tuple(staff)


def _make_person(rng: Random, index: int, organisation: str, taken: set[str]) -> Person:
    gender = rng.choices(["V", "M", "X"], weights=[52, 47, 1])[0]
    given, infix, family = pick_name(rng, gender)
    if index in KNOWN_PEOPLE:
        gender, given, infix, family = KNOWN_PEOPLE[index]
    born = _pick_birth_date(rng)
    address = pick_address(rng)
    email = _pick_email(rng, (given, infix + family), organisation, taken)
    username = _claim((email.split("@")[0].replace(".", "") + suffix for suffix in SUFFIXES), taken)
    return Person(
        FIRST_MOODLE_ID + index, given, infix, family, gender, born, address, organisation, rng.choice(DEPARTMENTS),
        rng.choice(FUNCTIONS), _pick_education(rng, born), email, username, pick_mobile(rng),
        pick_landline(rng, address.town), pick_ip(rng),
        _claim((pick_bsn(rng) for _ in count()), taken), pick_iban(rng),
    )  # fmt: skip


def _pick_birth_date(rng: Random) -> date:
    """Draw an age between 15 and 67, most often around 38."""
    youngest, oldest = TODAY - timedelta(days=15 * 366), TODAY - timedelta(days=67 * 365)
    days = (youngest - oldest).days
    return oldest + timedelta(days=int(rng.betavariate(2.2, 1.9) * days))


def _pick_education(rng: Random, born: date) -> str:
    weights = [10, 9, 7, 14, 16, 20, 18, 9] if born.year < TODAY.year - 22 else [28, 22, 12, 20, 12, 6, 0, 0]
    return rng.choices(EDUCATION_LEVELS, weights=weights)[0]


def _pick_email(rng: Random, name: tuple[str, str], organisation: str, taken: set[str]) -> str:
    """Draw an address no one else has, at work or at home."""
    given, family = (to_ascii(part) for part in name)
    local = rng.choice([f"{given}.{family}", f"{given[0]}.{family}", f"{given}{family}", f"{given[0]}{family}"])
    domain = domain_of(organisation) if organisation in ORGANISATIONS else COMPANY_DOMAIN
    if organisation in ORGANISATIONS and chance(rng, 0.25):
        domain = rng.choice(PRIVATE_MAIL_DOMAINS)
    return _claim((f"{local}{suffix}@{domain}" for suffix in SUFFIXES), taken)


def _claim(candidates: Iterable[str], taken: set[str]) -> str:
    """Take the first candidate that no one else has."""
    free = next(candidate for candidate in candidates if candidate not in taken)
    taken.add(free)
    return free
