"""Which categories are compared with which, and what two names of fields say about it."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from igmap.vocabulary import header_cue, load_yaml
from igmap.vocabulary.tokens import name_tokens

BARE = frozenset({"id", "ids", "uid", "guid", "uuid", "identifier", "nummer", "number", "code", "key", "nr", "naam"})
USERS = frozenset({"user", "users", "gebruiker", "gebruikers", "account", "accounts", "login", "logins"})
COUNTED = re.compile(r"(?<=[a-z]{3})(?:nummer|number|nr|id)$")  # `klantnummer` numbers what `klantnr` and `klant_id` do
SHORTEST = 4  # letters in which two words for the same thing begin alike: `deelnemer`, `deelnemers`


class Kind(NamedTuple):
    """How a category is compared.

    Args:
        form: in which its values are written alike.
        group: its members are compared with each other.
        person: how well it tells persons apart.
    """

    form: str
    group: str
    person: float


UNKNOWN = Kind("login", "", 0.0)


@cache
def kinds() -> dict[str, Kind]:
    """By category."""
    content = load_yaml("igmap.inventory.kinships", "kinds.yaml")
    return {
        name: Kind(entry["form"], entry.get("group", name), float(entry["person"])) for name, entry in content.items()
    }


def may_relate(first: str, second: str) -> bool:
    """Whether two categories are compared; "" is one that is not known yet."""
    if not (first and second):
        return "invoice" not in {first, second} and (first, second) != ("name", "name")
    return kinds()[first].group == kinds()[second].group


def names_agree(first: tuple[Sequence[str], bool], second: tuple[Sequence[str], bool]) -> bool:
    """Whether two fields are called after the same thing.

    A field that is only called `id` is that of its table, if it is a key of it.

    Args:
        first: the field's name, then those of its table and file; whether it is a key.
        second: the same of the other.

    Example:
        >>> names_agree((["deelnemer_id", "boekingen"], False), (["id", "deelnemers"], True))
        True
        >>> names_agree((["user_id", "voortgang.csv"], False), (["id", "gebruikers.csv"], True))
        True
        >>> names_agree((["id", "boekingen"], True), (["id", "deelnemers"], True))
        False
    """
    one, other = (_specific(names[0]) for names, _ in (first, second))
    if one and other:
        return one == other
    if not (one or other):
        return False
    specific, (names, is_key) = (one, second) if one else (other, first)
    titles = [word for title in names[1:] for word in name_tokens(title)]
    return is_key and any(_alike(said, word) for said in specific for word in titles)


def _specific(name: str) -> tuple[str, ...]:
    """The words of a name that say of what, sorted: `user_id`, `ID user` and `userid` are one."""
    last = name.replace("[]", "").rstrip(".").rpartition(".")[2] or name
    return tuple(sorted(COUNTED.sub("", word) for word in name_tokens(last) if word not in BARE))


def _alike(one: str, other: str) -> bool:
    """Whether two words begin alike, or are two words for the same: user, gebruiker."""
    if any(one in words and other in words for words in _same()):
        return True
    return min(len(one), len(other)) >= SHORTEST and (one.startswith(other) or other.startswith(one))


@cache
def _same() -> tuple[frozenset[str], ...]:
    """Words for the same kind of person."""
    content = load_yaml("igmap.inventory.kinships", "subjects.yaml")
    return (USERS, *(frozenset(filter(_is_person, entry["names"])) for entry in content.values()))


def _is_person(word: str) -> bool:
    cue = header_cue(word)
    return bool(cue and cue.person)
