"""Fields without a name, as of a file without header: what values and the fields beside them say together.

A name is the best witness of what a number, a town or a date is of. Where there is none, a form that would say too
little under a name says enough beside persons: numbers of six digits of which each record has another, in a table in
which each record is somebody else.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from igmap.inventory.context.organisations import is_apart
from igmap.inventory.context.scenes import turned
from igmap.inventory.context.table import Table, lists
from igmap.inventory.inventory import Field
from igmap.inventory.tally import Evidence
from igmap.inventory.votes import EVERYWHERE, FEW, MOST, Vote, share_of
from igmap.vocabulary.tokens import is_nameless

LISTS = "unnamed.yaml"
WEIGHT = 4.0  # log-odds, argued: enough to be found where nothing else speaks
UNIQUE, AGAIN = 0.95, 0.9  # of the records have a value of their own; of those whose values come back fewer


@dataclass(frozen=True, slots=True)
class Rule:
    """When a field without a name is of a category; the words are those of `unnamed.yaml`."""

    category: str
    turns: str
    signs: tuple[str, ...]
    least: float
    lacks: tuple[str, ...]
    beside: frozenset[str]
    near: int
    without: frozenset[str]
    without_near: int
    many: int
    spread: str
    apart: bool
    about: int
    first: int
    lone: bool

    def fits(self, at: int, table: Table) -> bool:
        """Whether a field is that."""
        field = table.fields[at]
        found = field.category if field.verdict == "found" else ""
        return found == self.turns and self._shows(table.evidence[at]) and self._stands(at, table)

    def _shows(self, counts: Evidence) -> bool:
        """Whether its values are so."""
        if counts["distinct"] < self.many or any(share_of(counts, sign) > MOST for sign in self.lacks):
            return False
        shown = sum(share_of(counts, sign) for sign in self.signs) >= self.least if self.signs else True
        return shown and (not self.spread or self.spread == _spread(counts))

    def _stands(self, at: int, table: Table) -> bool:
        """Whether the fields beside it are so."""
        kinds = list(map(_kind, table.fields, table.evidence))
        if self.first and at >= self.first:
            return False
        beside = not self.beside or any(kinds[other] in self.beside for other in _around(at, self.near, table))
        others = any(kinds[other] in self.without for other in _around(at, self.without_near, table))
        told = len(set(kinds) & _group("told")) >= self.about
        alone = not self.lone or not any(self._shows(table.evidence[other]) for other in _around(at, 0, table))
        return beside and not others and told and alone and (not self.apart or _is_of_persons(kinds, table))


def unnamed_votes(table: Table, cast: Sequence[list[Vote]]) -> list[list[Vote]]:
    """The votes on the fields of a table, with what is said of those without a name.

    Args:
        table: as it was judged without.
        cast: the votes on each field.
    """
    return [
        _told(at, table, votes) if is_nameless(name) else list(votes)
        for at, (name, votes) in enumerate(zip(table.names, cast, strict=True))
    ]


def _told(at: int, table: Table, votes: Sequence[Vote]) -> list[Vote]:
    """The votes on one field, with that of the first rule that fits."""
    rule = next((rule for rule in _rules() if rule.fits(at, table)), None)
    if rule is None or any(vote.kind == "unnamed" for vote in votes):
        return list(votes)
    if rule.turns:
        return turned(votes, {rule.turns}, rule.category)
    return [*votes, Vote(rule.category, "unnamed", 1.0, {"code": "unnamed"}, unfitted=WEIGHT)]


def _around(at: int, near: int, table: Table) -> Iterator[int]:
    """The fields beside one, so many away at most; all others where it is 0."""
    return (other for other in range(len(table.fields)) if other != at and (not near or abs(other - at) <= near))


def _kind(field: Field, counts: Evidence) -> str:
    """What a field was found to be; of an address whether it is the street or the number of the house alone."""
    if field.verdict == "found" and field.category == "address":
        alone = share_of(counts, "house_number") >= EVERYWHERE
        return "house" if alone else "address" if share_of(counts, "digit") > MOST else "street"
    return field.category if field.verdict == "found" else ""


def _spread(counts: Evidence) -> str:
    """Whether each record has its own value, or values come back."""
    share = counts["distinct"] / max(counts["rows"], 1)
    return "unique" if share >= UNIQUE else "again" if share <= AGAIN else ""


def _is_of_persons(kinds: Sequence[str], table: Table) -> bool:
    """Whether each record is of another person."""
    persons = _group("persons")
    return any(kind in persons and is_apart(counts) for kind, counts in zip(kinds, table.evidence, strict=True))


@cache
def _group(name: str) -> frozenset[str]:
    return frozenset(lists(LISTS)["groups"][name])


@cache
def _rules() -> tuple[Rule, ...]:
    return tuple(map(_rule, lists(LISTS)["rules"]))


def _rule(told: dict[str, Any]) -> Rule:
    return Rule(
        told["category"],
        told.get("turns", ""),
        tuple(told.get("signs", ())),
        told.get("least", EVERYWHERE),
        tuple(told.get("not", ())),
        _of_groups(told.get("beside", ())),
        told.get("near", 0),
        _of_groups(told.get("without", ())),
        told.get("without_near", 0),
        told.get("many", FEW),
        told.get("spread", ""),
        told.get("apart", False),
        told.get("about", 0),
        told.get("first", 0),
        told.get("lone", False),
    )


def _of_groups(words: Sequence[str]) -> frozenset[str]:
    """Categories, those of groups among them."""
    groups = lists(LISTS)["groups"]
    return frozenset(category for word in words for category in groups.get(word, [word]))
