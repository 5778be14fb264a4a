"""Names that persons may be given in place of their own: Faker's, of several countries, whatever the own one was."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from igmap.inventory.people.names import folded

LOCALES = (
    "nl_NL",
    "nl_NL",
    "nl_NL",
    "nl_BE",
    "tr_TR",
    "en_GB",
    "fr_FR",
    "es_ES",
    "id_ID",
)  # drawn alike: most are Dutch
NAME = re.compile(r"[^\W\d_]{3,}(?:[- ’'][^\W\d_]+)*", re.UNICODE)
SEXES = ("male", "female")


@dataclass(frozen=True, slots=True)
class Pool:
    """The names of one country.

    Args:
        male: given names.
        female: given names.
        family: family names.
    """

    male: tuple[str, ...]
    female: tuple[str, ...]
    family: tuple[str, ...]


@cache
def pools() -> tuple[Pool, ...]:
    """One for each of LOCALES."""
    return tuple(map(_pool, LOCALES))


@cache
def _pool(locale: str) -> Pool:
    from faker import Faker

    person = next(one for one in Faker(locale).get_providers() if hasattr(one, "last_names"))
    return Pool(_sound(person.first_names_male), _sound(person.first_names_female), _sound(person.last_names))


def _sound(names: Collection[str]) -> tuple[str, ...]:
    return tuple(sorted({name for name in names if NAME.fullmatch(name) and "the" not in words_in_text(name)}))


@cache
def sex_of(given: str) -> str:
    """What a folded given name tells of the sex: male, female, or "" where it tells neither or both."""
    told = [sex for sex in SEXES if given in _given(sex)]
    return told[0] if len(told) == 1 else ""


@cache
def _given(sex: str) -> frozenset[str]:
    return frozenset(folded(name) for pool in pools() for name in getattr(pool, sex))


WORD = re.compile(r"[^\W\d_]+", re.UNICODE)


def words_in_text(text: str) -> frozenset[str]:
    """Every word of a text, folded."""
    return frozenset(WORD.findall(folded(text)))


@cache
def words_of_pools() -> frozenset[str]:
    """Every word of every name, folded: what a source may not hold where it is made up."""
    lists: list[Sequence[str]] = [names for pool in pools() for names in (pool.male, pool.female, pool.family)]
    return frozenset(word for names in lists for name in names for word in words_in_text(name))
