"""Invented persons, drawn evenly over the groups of origin, and the ways their names are written in business text."""

import gzip
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

import polars as pl

from benchmarks.fairness import ORIGINS, Pool
from benchmarks.make_name_lists import PEOPLE
from benchmarks.make_spelling import is_held

Pools = Mapping[str, Pool]
NOT_DECOMPOSABLE = str.maketrans({"ł": "l", "Ł": "L", "ı": "i", "ø": "o", "ß": "ss"})
GROUPS = tuple(dict.fromkeys((*ORIGINS.values(), "jv", "hk", "et")))
PARTICLES = {
    "nl": (
        "van", "van", "de", "de", "van der", "van der", "van den", "van de", "ter", "den", "te", "ten", "van 't",
        "in 't", "op de", "op den", "uit de", "van het",
    ),
    "fy": ("van der", "de"), "ma": ("el", "El", "El", "ben", "Ait", "El-", "al"), "sy": ("al", "Al", "Al-", "el"),
    "sr": ("van", "de"), "an": ("de la", "van", "van der"),
}  # fmt: skip
ARTICLE = re.compile(r"[a-z'’]+ |(?:Al|El|Ben|Mac|Mc)", re.UNICODE)
DOMAINS = (
    "voorbeeld.example", "post.example", "example.com", "example.org", "kantoor.example", "leren.example",
    "mail.example", "student.example", "werk.example", "example.net", "thuis.example", "school.example",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Invented:
    """One person: two given names, a family name with its particle, the family name of a partner."""

    origin: str
    given: str
    second: str
    particle: str
    family: str
    partner: str

    @property
    def surname(self) -> str:
        """The family name behind its particle."""
        return f"{self.particle}{'' if self.particle.endswith('-') else ' '}{self.family}".strip()


def name_pools(*, held: bool | None = None) -> dict[str, Pool]:
    """The listed names of every origin: those held out for measuring, the others, or all.

    Args:
        held: which half, as `is_held` of `make_spelling` divides the names; None for both.
    """
    found: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    with gzip.open(PEOPLE / "names.tsv.gz", "rb") as handle:
        rows = pl.read_csv(handle.read(), separator="\t", quote_char=None, infer_schema=False)
    by_origin = rows.with_columns(pl.col("origin").str.split(",")).explode("origin")
    asked = by_origin.filter(pl.col("origin").is_in(GROUPS))
    for name, role, origin in asked.select("name", "role", "origin").rows():
        if held in {None, is_held(name)}:
            found[origin, role][_cased(name)] = None
    return {
        one: Pool(tuple(found[one, "given"]), tuple(found[one, "family"]), PARTICLES.get(one, ())) for one in GROUPS
    }


def _cased(name: str) -> str:
    """`van der berg-smit` as `van der Berg-Smit`."""
    *before, last = name.split(" ")
    return " ".join((*before, "-".join(part[:1].upper() + part[1:] for part in last.split("-"))))


def invent(pools: Pools, chance: Random) -> Invented:
    """A person, every origin as likely as another."""
    origin = chance.choice(list(pools))
    pool = pools[origin]
    family, partner = chance.choice(pool.family), chance.choice(chance.choice((pool, pools.get("nl", pool))).family)
    takes = pool.particles and not ARTICLE.match(family) and chance.random() < 0.3  # noqa: PLR2004 - a third or so
    particle = chance.choice(pool.particles) if takes else ""
    return Invented(origin, chance.choice(pool.given), chance.choice(pool.given), particle, family, partner)


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(NOT_DECOMPOSABLE))
    return "".join(letter for letter in decomposed.lower() if letter.isascii() and letter.isalnum())


def _family(who: Invented, chance: Random) -> str:
    """Without a given name the particle mostly gets a capital."""
    surname = who.surname
    return surname[:1].upper() + surname[1:] if chance.random() < 0.8 else surname  # noqa: PLR2004 - mostly


def _letters(who: Invented, chance: Random, point: str = ".") -> str:
    initials = [who.given[0].upper(), who.second[0].upper()][: chance.choice((1, 1, 2))]
    return "".join(f"{one}{point}" for one in initials)


def _initials_family(who: Invented, chance: Random) -> str:
    written = _letters(who, chance)
    called = f" ({who.given})" if chance.random() < 0.06 else ""  # noqa: PLR2004 - now and then
    return f"{chance.choice((written, written, written.replace('.', '. ').strip()))}{called} {who.surname}"


def _full(who: Invented, chance: Random) -> str:
    double = f"{who.given}{chance.choice('- ')}{who.second}"
    married = chance.choice((f"{who.surname}-{who.partner}", f"{who.partner}-{who.surname}"))
    first = chance.choice((who.given,) * 8 + (double, f"{who.given} {who.second[0].upper()}."))
    return f"{first} {chance.choice((who.surname,) * 30 + (married,) * 4 + (who.surname.upper(),))}"


def _comma(who: Invented, chance: Random) -> str:
    first = chance.choice((who.given, who.given, _letters(who, chance)))
    behind = f"{who.family}, {first} {who.particle.rstrip('-')}".strip()
    return chance.choice((behind, behind, f"{_family(who, chance)}, {first}"))


def _mail(who: Invented, chance: Random) -> str:
    given, family = _plain(who.given), _plain(who.surname)
    box = chance.choice((f"{given}.{family}", f"{given[0]}.{family}", f"{given}{chance.randint(1, 99)}", given))
    return f"{box}@{chance.choice(DOMAINS)}"


def _account(who: Invented, chance: Random) -> str:
    given, family = _plain(who.given), _plain(who.family)
    return chance.choice(
        (f"{given}.{family}", f"{given[0]}.{family}", f"{family}{given[0]}{chance.randint(1, 9)}", f"{given}_{family}")
    )


def _possessive(who: Invented, _: Random) -> str:
    """`Jans`, marked whole; of `Fatima's ` the grammar marks `Fatima`."""
    return f"{who.given}'s " if who.given[-1] in "aiouyı" else f"{who.given}{'' if who.given[-1] in 'sxz' else 's'}"


def _short(who: Invented, _: Random) -> str:
    particle = "".join(word.strip("'")[0].lower() for word in who.particle.split())
    return f"{who.given[0].upper()}{particle}{who.family.split()[-1][0].upper()}"


def _small(text: str) -> str:
    """In small letters, a Turkish `İ` as one letter."""
    return text.replace("İ", "i").lower()


def _slipped(who: Invented, chance: Random) -> str:
    """Two letters of the longer name have changed places."""
    names = [who.given, who.surname]
    longer = max((0, 1), key=lambda at: len(names[at]))
    word = names[longer]
    at = chance.randrange(1, max(len(word) - 1, 2))
    names[longer] = word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :]
    return " ".join(names)


def _spelled(who: Invented, chance: Random) -> str:
    """The family name letter by letter: `V-r-i-e-s`, `V R I E S`, `V.R.I.E.S`."""
    letters = [one for one in who.family if one.isalpha()]
    return chance.choice(("-".join(letters), " ".join(letters).upper(), ".".join(letters).upper()))


def _spoken_mail(who: Invented, chance: Random) -> str:
    """A mail address as it is said: `jan punt vries apenstaartje post punt example`."""
    box, _, domain = _mail(who, chance).partition("@")
    return f"{box} {chance.choice(('apenstaartje', 'at'))} {domain}".replace(".", " punt ")


Form = Callable[[Invented, Random], str]
NAMES: dict[str, Form] = {
    "given": lambda who, _: who.given,
    "family": _family,
    "full": _full,
    "initials_family": _initials_family,
    "family_comma_given": _comma,
    "given_initial": lambda who, _: f"{who.given} {who.family.split()[-1][0].upper()}.",
    "surname_first": lambda who, _: f"{who.family} {who.given}",
    "initials": _short,
    "possessive": _possessive,
    "letter": lambda who, _: f"{who.given[0].upper()}.",
    "surname": lambda who, _: who.surname,
    "small_given": lambda who, _: _small(who.given),
    "small_family": lambda who, _: _small(who.surname),
    "small_full": lambda who, _: _small(f"{who.given} {who.surname}"),
    "capitals": lambda who, _: f"{who.given} {who.surname}".upper(),
    "capital_family_first": lambda who, _: f"{who.surname.upper()} {who.given}",
    "capital_family_comma": lambda who, _: f"{who.surname.upper()}, {who.given}",
    "bare_initials": lambda who, chance: f"{_letters(who, chance, '')} {who.surname}",
    "behind": lambda who, chance: f"{who.surname} {_letters(who, chance)}",
    "slipped": _slipped,
    "spelled": _spelled,
}
OTHERS: dict[str, tuple[str, Form]] = {
    "mail": ("email", _mail),
    "spoken_mail": ("email", _spoken_mail),
    "account": ("username", _account),
    "mention": ("username", lambda who, chance: f"@{chance.choice((_plain(who.given), _account(who, chance)))}"),
}
