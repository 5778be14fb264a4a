"""Tables as the databases of well-known open-source programs hold them. See README.md beside it.

A field is a line as in benchmarks/products_corpus/corpus.py, which draws it; what is drawn with stands here and in
persons.py. Of the tables of each kind, the third that the hashes of their names say is only counted.
"""

import re
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from random import Random

from benchmarks.products_corpus.corpus import Means, parts_of
from benchmarks.products_corpus.persons import Row
from benchmarks.products_corpus.things import THINGS as SHARED
from benchmarks.products_corpus.things import Made
from benchmarks.schemas_corpus.persons import PERSONAL, WORDS, person_of, picked
from benchmarks.second_corpus.corpus import SecondTable

__all__ = ["kept_apart", "schemas_tables"]

FOLDER = Path(__file__).parent
PARTS = ("first", "further")
SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
HASHES = {"bcrypt": ("$2y$10$", 52), "phpass": ("$P$B", 29), "pbkdf2": ("pbkdf2_sha256$260000$", 64)}


def schemas_tables(seed: int = 1) -> list[SecondTable]:
    """All tables of both parts; the same for the same seed.

    Args:
        seed: of the values; the descriptions are fixed.
    """
    return parts_of(FOLDER, PARTS, seed, Means(PERSONAL, THINGS, person_of))


def kept_apart(names: Iterable[str]) -> set[str]:
    """Of the tables of one kind, the third that is only counted: those whose names have the lowest hashes."""
    dealt = sorted(names, key=lambda name: sha256(f"schemas {name}".encode()).hexdigest())
    return set(dealt[: round(len(dealt) / 3)])


def _said(row: Row, chance: Random, told: list[str]) -> str:
    """A sentence in the language of the record's person, or else in English, or else in Dutch."""
    spoken = WORDS["said"][told[0]]
    lang = next(land for land in (row.persons[""].land, "en", "nl") if land in spoken)
    parts = [picked(chance, part.split("|")) for part in spoken[lang]]
    return re.sub(r"\s+(?=[.,!?…]|$)|(?<=\s)\s+", "", " ".join(part for part in parts if part))


def _same(row: Row, _: Random, told: list[str]) -> str:
    """A part of the one entry of a list that this record is about."""
    entry = picked(row.lasting(told[0]), WORDS[told[0]]).split("|")
    return entry[int(told[1]) if len(told) > 1 else 0]


def _nth(row: Row, _: Random, told: list[str]) -> str:
    """A part of the entry of a list at the number of this record, for lists in their order."""
    entries = WORDS[told[0]]
    return str(entries[row.number % len(entries)]).split("|")[int(told[1]) if len(told) > 1 else 0]


def _hash(_: Row, chance: Random, told: list[str]) -> str:
    """A hash of a password; its random part begins with a capital, so that no template is seen in it."""
    start, count = HASHES[told[0]]
    return f"{start}{chance.choice(SIGNS[:26])}{''.join(chance.choice(SIGNS) for _ in range(count))}"


def _serialised(_: Row, __: Random, told: list[str]) -> str:
    """A PHP array of strings by their keys."""
    pairs = list(zip(told[::2], told[1::2], strict=True))
    whole = "".join(f's:{len(key)}:"{key}";s:{len(value.encode())}:"{value}";' for key, value in pairs)
    return f"a:{len(pairs)}:{{{whole}}}"


THINGS: dict[str, Made] = {
    **SHARED,
    "say": _said,
    "pick": lambda _r, c, t: picked(c, WORDS[t[0]]).split("|")[int(t[1]) if len(t) > 1 else 0],
    "same": _same,
    "nth": _nth,
    "hash": _hash,
    "php": _serialised,
    "customer": lambda r, c, _t: picked(c, WORDS["firms"][r.persons[""].land]),
}
