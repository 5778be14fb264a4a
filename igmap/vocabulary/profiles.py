"""Known exports: what the fields of a table are when its field names show which product made it.

`exports/*.txt` has the kinds of export, in a form that `exports/README.md` tells. A table is of a kind when it has all
fields of one of its `when` lines, or enough fields of the kind whose words are the product's own rather than anybody's
(`exports/ordinary.words`). Where no word is the product's own, the kind must know a good part of the table.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache

from igmap.vocabulary.files import load_lines

WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+")
PREFIX = re.compile(r"[._:/\- ]+")
FEW = 3  # fields under one prefix that may be a table of their own
OWN = 2.0  # weight that a table without a `when` must have; two words of the product's own weigh one
KNOWN = 0.4  # of a table's fields that the kind must know then, and where a `when` has no word of the product's own


@dataclass(frozen=True, slots=True, eq=False)
class Export:
    """A known kind of export and what its fields are.

    Args:
        name: of the kind: the product and what the table holds.
        when: sets of fields that each are enough, as `spelt` spells them.
        lines: categories, `none` included, with the spelt names of fields and patterns over them.
    """

    name: str
    when: tuple[frozenset[str], ...]
    lines: tuple[tuple[str, list[str]], ...]

    @property
    def product(self) -> str:
        """Whose export it is."""
        return self.name.partition("_")[0]

    def category(self, plain: str) -> str | None:
        """What a spelt field is: by its name as it stands before any pattern."""
        by_pattern = (category for pattern, category in _patterns(self) if fnmatchcase(plain, pattern))
        return _fields(self).get(plain) or next(by_pattern, None)


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of one table: the kinds of export in it, one or, where tables were joined, several.

    Args:
        name: of the kind that fits best.
        parts: each kind with the prefix of its fields' names.
    """

    name: str
    parts: tuple[tuple[str, Export], ...]

    def category(self, field: str) -> str | None:
        """What the field is; None when no kind says."""
        said = (one.category(spelt(field[len(prefix) :])) for prefix, one in self.parts if field.startswith(prefix))
        return next(filter(None, said), None)


def spelt(name: str) -> str:
    """A field's name without what systems spell differently: capitals, blanks, underscores, hyphens.

    Example:
        >>> spelt("ID number"), spelt("id_number")
        ('idnumber', 'idnumber')
    """
    return "".join(name.casefold().split()).replace("_", "").replace("-", "")


def profile_of(names: Iterable[str]) -> Profile | None:
    """The known kind of export that a table with these fields is, if any.

    Of several that fit, the one whose fields weigh most is taken, the earlier one at equal weight. Fields that share a
    prefix (`user.email`, `contact_FirstName`) are tried as a table of their own when the whole is of no known kind.
    """
    names = list(names)
    if whole := _best({spelt(name) for name in names}):
        return Profile(whole[1].name, (("", whole[1]),))
    found = [(*best, prefix) for prefix, rest in _prefixed(names) if (best := _best(rest))]
    if not found:
        return None
    parts = sorted(((prefix, export) for _, export, prefix in found), key=lambda part: -len(part[0]))
    return Profile(max(found, key=lambda one: one[0])[1].name, tuple(parts))


def _prefixed(names: Collection[str]) -> Iterator[tuple[str, set[str]]]:
    """The spelt rests of fields whose names begin alike, by what they begin with."""
    rests: dict[str, set[str]] = defaultdict(set)
    for name in names:
        for end in PREFIX.finditer(name):
            rests[name[: end.end()]].add(spelt(name[end.end() :]))
    yield from ((prefix, rest) for prefix, rest in rests.items() if len(rest) >= FEW)


def _best(held: set[str]) -> tuple[float, Export] | None:
    """The kind that spelt fields are of, with the weight of the fields; every field of a `when` weighs one more."""
    weights: dict[int, float] = defaultdict(float)
    asked: dict[int, int] = defaultdict(int)
    for plain in held & _places().keys():
        for when, place in _asking().get(plain, ()):
            if held.issuperset(when) and (any(map(_weight, when)) or _share(_exports()[place], held) >= KNOWN):
                asked[place] = max(asked[place], len(when))
        if weight := _weight(plain):
            for place in set(_places()[plain][1]):
                weights[place] += weight
    own = [p for p in weights if p not in asked and weights[p] >= OWN and _share(_exports()[p], held) >= KNOWN]
    fitting = [(asked.get(place, 0) + weights.get(place, 0.0), -place) for place in [*asked, *own]]
    weight, place = max(fitting, default=(0.0, 1))
    return (weight, _exports()[-place]) if fitting else None


def _share(export: Export, held: set[str]) -> float:
    """Which share of spelt fields the kind knows."""
    return sum(export.category(plain) is not None for plain in held) / len(held)


@cache
def _weight(plain: str) -> float:
    """How much a field tells of the product: half for each of two words of its own, shared by its products."""
    written, places = _places()[plain]
    words = {word.casefold() for word in WORD.findall(written)} - _ordinary()
    return min(len(words), 2) / 2 / len({_exports()[place].product for place in places})


@cache
def _read() -> tuple[tuple[Export, ...], dict[str, tuple[str, list[int]]]]:
    """Every kind of export; each field as its maker writes it with the kinds that have it, by its spelt name."""
    kinds: list[tuple[str, list[tuple[str, list[str]]]]] = []
    places: dict[str, tuple[str, list[int]]] = {}
    for line in load_lines("igmap.vocabulary", "exports/*.txt"):
        if line.startswith(" "):
            category, _, written = line.strip().partition(": ")
            plain = spelt(written).split("|")
            kinds[-1][1].append((category, plain))
            for one, field in zip(plain, written.split(" | "), strict=True):
                if one in places:
                    places[one][1].append(len(kinds) - 1)
                else:
                    places[one] = (field, [len(kinds) - 1])
        elif not line.startswith("#"):
            kinds.append((line.partition(" # ")[0], []))
    return tuple(_export(name, lines) for name, lines in kinds), places


def _export(name: str, lines: list[tuple[str, list[str]]]) -> Export:
    when = tuple(frozenset(fields) for category, fields in lines if category == "when")
    return Export(name, when, tuple(line for line in lines if line[0] != "when"))


def _exports() -> tuple[Export, ...]:
    return _read()[0]


def _places() -> dict[str, tuple[str, list[int]]]:
    return _read()[1]


@cache
def _asking() -> dict[str, list[tuple[frozenset[str], int]]]:
    """Each `when` with its kind, by the one of its fields that fewest kinds have."""
    asking: dict[str, list[tuple[frozenset[str], int]]] = defaultdict(list)
    for place, export in enumerate(_exports()):
        for when in export.when:
            asking[min(when, key=lambda plain: (len(set(_places()[plain][1])), plain))].append((when, place))
    return asking


@cache
def _fields(export: Export) -> dict[str, str]:
    """The category of every field that a kind names as it stands."""
    return {plain: category for category, fields in export.lines for plain in fields if not _is_pattern(plain)}


@cache
def _patterns(export: Export) -> tuple[tuple[str, str], ...]:
    """The patterns of a kind, with their category."""
    return tuple((plain, category) for category, fields in export.lines for plain in fields if _is_pattern(plain))


def _is_pattern(plain: str) -> bool:
    """Whether a star, a bracket or a mark for one sign is in it; a question may end in its mark."""
    return "*" in plain or "[" in plain or "?" in plain[:-1]


@cache
def _ordinary() -> frozenset[str]:
    """Words that anybody may have in the name of a field."""
    return frozenset(" ".join(load_lines("igmap.vocabulary", "exports/ordinary.words")).split())
