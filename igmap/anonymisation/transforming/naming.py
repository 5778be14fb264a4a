"""Pseudonyms and made-up values: what stands for a value, the same for the same value in all tables of a release."""

import hmac
from collections.abc import Callable, Container, Mapping, Sequence
from typing import Any, TypeAlias

import pyarrow as pa

from igmap.anonymisation.transforming.bench import Bench
from igmap.anonymisation.transforming.reading import LABELS, filled
from igmap.engine.changes import Normalised, Pseudonymised
from igmap.engine.lookups import Labels
from igmap.errors import PlanError, nearest

MOST_FAKED = 500_000
TRIES = 40
PROVIDERS = {"email": "ascii_safe_email"}  # at domains that nobody can have
LOCALE = "nl_NL"
Make: TypeAlias = Callable[[int], str]


def pseudonym(bench: Bench, column: str, settings: Mapping[str, Any]) -> dict[str, int]:
    """The first letters of the keyed digest of a value, `{pseudonym: {}}`, spaces and capitals left out of account.

    `of` keeps kinds apart: learner 17 and teacher 17 get different pseudonyms when theirs differ. A pseudonym is no
    anonymity: with the key everything is looked up again, and without it a person's records stay linked.
    """
    bench.add(Normalised((column,)))
    values = bench.engine.profile(bench.look([column]), [column])[column].distinct
    bench.add(Pseudonymised((column,), bench.key.named(f"pseudonym {settings['of']}"), settings["length"]))
    bench.different[column] = values
    return {"values": values}


def fake(bench: Bench, column: str, settings: Mapping[str, Any]) -> dict[str, int]:
    """A made-up value, `{fake: first_name}` or `{fake: {what: name, locale: fr_FR}}`.

    It follows from the keyed digest of the value, spaces and capitals left out of account, and is never one that the
    column really holds. Two values get the same only where so few can be made up; how many is told.

    Raises:
        PlanError: an unknown locale, one that cannot make this up, too many values, or nothing left to make up.
    """
    make = _maker(bench, column, str(settings["what"]), settings["locale"] or LOCALE)
    values: list[str] = []
    for frame in filled(bench, bench.look([column]), column):
        values.extend(frame["value"].to_list())
        if len(values) > MOST_FAKED:
            raise PlanError(f"{bench.named(column)}: has more than {MOST_FAKED} different values; use pseudonym")
    fakes, twice = _made_up(bench, column, values, make, str(settings["what"]))
    labels = pa.record_batch([values, [fakes[_plain(value)] for value in values]], schema=LABELS)
    bench.add(Labels((column,), bench.table(iter([labels]), LABELS)))
    return {"values": len(fakes), "not unique": twice}


def _made_up(bench: Bench, column: str, values: Sequence[str], make: Make, what: str) -> tuple[dict[str, str], int]:
    """The made-up value of each value without spaces and capitals, and how many share theirs with another."""
    key, real = bench.key.named(f"fake {what}"), {_plain(value) for value in values}
    fakes: dict[str, str] = {}
    taken: dict[str, int] = {}
    for value in sorted(real):
        fakes[value] = _choose(key, value, make, real=real, taken=taken)
        if not fakes[value]:
            raise PlanError(f"{bench.named(column)}: nearly all that can be made up really occurs in it; use pseudonym")
        taken[_plain(fakes[value])] = taken.get(_plain(fakes[value]), 0) + 1
    return fakes, sum(times for times in taken.values() if times > 1)


def _choose(key: bytes, value: str, make: Make, *, real: Container[str], taken: Container[str]) -> str:
    """The first that is neither real nor taken, in the order that the digest gives; else one that is not real."""
    shared = ""
    for attempt in range(TRIES):
        seed = hmac.digest(key, f"{attempt} {value}".encode("utf-8", "surrogatepass"), "sha256")
        made = make(int.from_bytes(seed[:8], "big"))
        if _plain(made) not in real and _plain(made) not in taken:
            return made
        shared = shared or ("" if _plain(made) in real else made)
    return shared


def _maker(bench: Bench, column: str, what: str, locale: str) -> Make:
    from faker import Faker
    from faker.config import AVAILABLE_LOCALES

    if locale not in AVAILABLE_LOCALES:
        raise PlanError(f"{bench.named(column)}: unknown locale {locale!r}{nearest(locale, AVAILABLE_LOCALES)}")
    faker = Faker(locale)
    provider = PROVIDERS.get(what, what)
    if not hasattr(faker, provider):
        raise PlanError(
            f"{bench.named(column)}: nothing is known to make up a {what} in {locale!r}; choose another locale"
        )

    def make(seed: int) -> str:
        faker.seed_instance(seed)
        return str(getattr(faker, provider)())

    return make


def _plain(value: str) -> str:
    return value.strip().lower()
