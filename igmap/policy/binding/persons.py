"""Whose data a dataset holds in the register's words, and the field that tells the persons apart."""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from igmap.engine import Engine
from igmap.inventory.kinships.subjects import phrases, plain
from igmap.policy.binding.known import Sight
from igmap.policy.binding.proposal import Part, Reason
from igmap.policy.register import Policy, Purpose
from igmap.policy.values import Open
from igmap.vocabulary import load_yaml
from igmap.vocabulary.tokens import name_tokens

LIKELY, FILLED, AS_MANY = 0.34, 0.95, 0.9
NUMBERS = {"nummer", "nr", "number", "id", "no", "code"}
COMPOUND = re.compile(r"(\w{3,})(?:nummer|number|id)")
WHOLE = {"idnumber", "id number", "id nummer"}


class Meant(NamedTuple):
    """Kinds of persons of the register that one kind found may be: all of one step say it alike."""

    ids: tuple[str, ...]
    reason: Reason


def subjects_of(sight: Sight, policy: Policy) -> tuple[tuple[Meant, ...], ...]:
    """Per kind of person found, the likeliest first, whom the register may mean by it, the nearest first.

    A kind that only the folder speaks for is left out where a name or a field speaks for another.
    """
    held = sight.relations.subjects if sight.relations else ()
    better = [one for one in held if any(reason["code"] != "folder" for reason in one.reasons)]
    found: list[tuple[Meant, ...]] = []
    for subject in better or held:
        if not found or subject.confidence >= LIKELY:
            sign = subject.reasons[0]
            reason = {"code": f"subject_{sign['code']}", "cue": sign["cue"], "kind": subject.kind}
            found.append(tuple(Meant(ids, reason) for ids in _meant(subject.kind, policy)))
    return tuple(one for one in found if one)


def nearest_of(found: Sequence[Sequence[Meant]], declared: Collection[str]) -> dict[str, Reason]:
    """Per kind found the nearest among those declared, each with its reason; of all when none is declared."""
    taken: dict[str, Reason] = {}
    for kind in found:
        within = [[name for name in step.ids if name in declared or not declared] for step in kind]
        taken |= dict.fromkeys(next((names for names in within if names), ()), kind[0].reason)
    return taken


def _meant(kind: str, policy: Policy) -> Iterator[tuple[str, ...]]:
    """Whom the register may call so: by its words, then by its terms, the nearest first."""
    words = set(map(plain, load_yaml("igmap.inventory.kinships", "subjects.yaml")[kind]["names"]))
    by_word = [one.id for one in policy.data_subjects if words & {*phrases([one.id, one.label.nl, one.label.en])}]
    steps = load_yaml("igmap.policy.binding", "subjects.yaml").get(kind, ())
    by_term = [
        [one.id for one in policy.data_subjects if one.iri in (step if isinstance(step, list) else [step])]
        for step in steps
    ]
    yield from (tuple(ids) for ids in (by_word, *by_term) if ids)


def proposed_subjects(found: Sequence[Sequence[Meant]], purposes: Sequence[Purpose], *, related: bool) -> Part:
    """Of whom to propose: per kind found the nearest whom the purposes are about.

    Args:
        found: as `subjects_of` gives them.
        purposes: that are proposed; when they leave open whom they are about, the nearest is taken.
        related: whether the persons of the dataset were looked for.
    """
    if not found:
        return Part((), ({"code": "subjects_unknown" if related else "not_related"},))
    stated = [p.data_subjects for p in purposes if not isinstance(p.data_subjects, Open) and p.data_subjects]
    taken = nearest_of(found, {name for names in stated for name in names})
    if not taken:
        return Part((), ({"code": "subjects_elsewhere", "subjects": found[0][0].ids},))
    return Part(tuple(taken), tuple({id(reason): reason for reason in taken.values()}.values()))


def proposed_key(sight: Sight, engine: Engine | None) -> Part:
    """The field that tells persons apart.

    A number the organisation itself gave to persons goes before an e-mail address, which changes, and before the BSN,
    which may serve for nothing else; it must be filled as well, and tell about as many apart.

    Args:
        sight: the dataset.
        engine: holds its table; without it no number goes before what the relations say.
    """
    if sight.relations is None:
        return Part(None, ({"code": "not_related"},))
    found = sight.relations.person
    if found is None or found.category == "device_id":
        return Part(None, ({"code": "device_only" if found else "no_person"},))
    counts: Reason = {"persons": found.persons, "rows": sight.relations.rows}
    numbers = [field.name for field in sight.personal if field.category == "account_id" and numbers_persons(field.name)]
    own = next((name for name in numbers if engine and _tells(sight, name, engine)), "")
    if own and own != found.field:
        return Part(own, ({"code": "own_number", "other": found.field},))
    return Part(found.field, ({"code": "tells_apart", **counts},))


def numbers_persons(name: str) -> bool:
    """Whether a field's name says that it numbers persons.

    Example:
        >>> numbers_persons("Relatienummer"), numbers_persons("deelnemer_id"), numbers_persons("boeking_id")
        (True, True, False)
    """
    *who, last = name_tokens(name) or ("",)
    compound = COMPOUND.fullmatch(last)
    stems = {compound[1], compound[1].removesuffix("s")} if compound else set()
    named_so = last in NUMBERS and any(word in _who() for word in (*who, " ".join(who)))
    return plain(name) in WHOLE or named_so or bool(stems & _who())


@cache
def _who() -> frozenset[str]:
    """The words for persons."""
    kinds = load_yaml("igmap.inventory.kinships", "subjects.yaml").values()
    extra = load_yaml("igmap.vocabulary", "headers.yaml")["persons"]
    return frozenset(plain(str(word)) for words in (*(entry["names"] for entry in kinds), extra) for word in words)


def _tells(sight: Sight, name: str, engine: Engine) -> bool:
    """Whether it is filled, and tells nearly as many persons apart as the field that links the tables."""
    at = sight.place.columns.get(name) if sight.place else None
    person = sight.relations.person if sight.relations else None
    if at is None or person is None or sight.place is None or at.table != sight.place.dataset.name:
        return False
    told = engine.profile(at.table, [at.column])[at.column]
    return told.rows > 0 and told.rows - told.blanks >= FILLED * told.rows and told.distinct >= AS_MANY * person.persons
