"""Known exports: what the fields of a table are when its field names show which system made it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

from igmap.vocabulary.files import load_yaml

UNSPELT = re.compile(r"[\s_\-]+")


@dataclass(frozen=True, slots=True)
class Profile:
    """A known kind of export and what its fields are.

    Args:
        name: of the profile.
        fields: patterns over field names as `spelt` spells them, with the category, `none` included.
    """

    name: str
    fields: tuple[tuple[str, str], ...]

    def category(self, field: str) -> str | None:
        """What the field is; None when the profile does not say."""
        plain = spelt(field)
        return next((category for pattern, category in self.fields if fnmatchcase(plain, pattern)), None)


def spelt(name: str) -> str:
    """A field's name without what systems spell differently: capitals, blanks, underscores, hyphens.

    Example:
        >>> spelt("ID number"), spelt("id_number")
        ('idnumber', 'idnumber')
    """
    return UNSPELT.sub("", name).casefold()


def profile_of(names: Iterable[str]) -> Profile | None:
    """The known kind of export that a table with these fields is, if any.

    Of several that fit, the one whose `when` asks for most fields is taken, the earlier one at equal length.
    """
    held = {spelt(name) for name in names}
    fitting = [(len(when), profile) for when, profile in _profiles() if held.issuperset(when)]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None


@cache
def _profiles() -> tuple[tuple[frozenset[str], Profile], ...]:
    """Every spelling of every profile: a profile in two languages is two sets of fields under one name."""
    entries: dict[str, dict[str, Any]] = load_yaml("igmap.vocabulary", "profiles.yaml")
    return tuple(
        (frozenset(map(spelt, when)), Profile(name, _fields(entry["fields"])))
        for name, entry in entries.items()
        for when in _spellings(entry["when"])
    )


def _spellings(when: list[Any]) -> list[list[str]]:
    return when if isinstance(when[0], list) else [when]


def _fields(fields: dict[str, list[str]]) -> tuple[tuple[str, str], ...]:
    """Patterns with their category; a name as it stands goes before a pattern with a star."""
    pairs = [(spelt(pattern), category) for category, patterns in fields.items() for pattern in patterns]
    return tuple(sorted(pairs, key=lambda pair: "*" in pair[0]))
