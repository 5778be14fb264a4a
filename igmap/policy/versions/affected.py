"""Datasets that were collected under an old version: which need a test of compatibility, or a new announcement."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from igmap.inventory.decisions import DatasetBinding, Decisions
from igmap.policy.findings import Words
from igmap.policy.register import Policy
from igmap.policy.rules.purposes import CONSENT, LEGAL_OBLIGATION
from igmap.policy.values import Open
from igmap.policy.versions.announcement import announcement
from igmap.policy.versions.diff import Change, Diff
from igmap.policy.versions.saying import filled, quoted, same, told
from igmap.policy.versions.touching import EVERY

Need = Literal["test", "consent", "look", "announce", "open", "nothing"]
NEEDS: tuple[Need, ...] = ("test", "consent", "look", "announce", "open", "nothing")


@dataclass(frozen=True, slots=True)
class Affected:
    """What a change of the policy means for the datasets of one binding.

    Args:
        id: of the binding.
        files: its pattern of files.
        needs: what is to be done, the weightiest first; open when the version they were collected under is not known.
        if_older: what is to be done if that is the old version.
        reasons: why, a sentence each.
    """

    id: str
    files: str
    needs: tuple[Need, ...]
    if_older: tuple[Need, ...]
    reasons: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class _Case:
    changed: Diff
    new: Policy
    told_in_time: bool


@dataclass(frozen=True, slots=True)
class _Why:
    need: Need
    words: Words
    unknown: bool = False


def affected(changed: Diff, old: Policy, new: Policy, decisions: Decisions) -> tuple[Affected, ...]:
    """Every bound dataset with what the change asks for it, those that need most first.

    Without `collected_under` it is open what a dataset needs; the reasons say what holds if it is of the old version.
    Else it needs a test when a purpose it serves is new or became looser after it was collected, unless the law or
    consent carries that purpose, or the register calls the reuse compatible. What else became looser for its
    purposes, such as a longer term or a new recipient, has to be announced to its people.

    Args:
        changed: from the old register to the new.
        old: the earlier register.
        new: the later one.
        decisions: which dataset serves which purposes, and under which version it was collected.
    """
    case = _Case(changed, new, told_in_time=announcement(old, new).outcome == "pass")
    found = [_of(binding, list(dict.fromkeys(_reasons(binding, case)))) for binding in decisions.datasets]
    return tuple(sorted(found, key=lambda one: (NEEDS.index(one.needs[0]), NEEDS.index(one.if_older[0]))))


def _of(binding: DatasetBinding, why: list[_Why]) -> Affected:
    wanted = tuple(need for need in NEEDS if any(one.need == need for one in why))
    weighty = tuple(need for need in wanted if need != "nothing") or ("nothing",)
    needs: tuple[Need, ...] = ("open",) if any(one.unknown for one in why) else weighty
    return Affected(binding.id, binding.files, needs, weighty, tuple(one.words for one in why))


def _reasons(binding: DatasetBinding, case: _Case) -> Iterator[_Why]:
    under, version = binding.collected_under, case.changed.old.version
    if binding.purposes == ():
        yield _because("nothing", "no_purpose")
        return
    if under is not None and under == case.changed.new.version and under != version:
        yield _because("nothing", "under_new")
        return
    about = list(_about(binding, case))
    if not about:
        yield _because("nothing", "untouched")
    elif under is None:
        yield replace(_because("nothing", "not_recorded"), unknown=True)
    elif under != version:
        reason = "other_version" if version else "old_unnumbered"
        yield replace(_because("nothing", reason, version=same(under)), unknown=True)
    yield from about


def _about(binding: DatasetBinding, case: _Case) -> Iterator[_Why]:
    """What the change means for data that were collected before it."""
    if binding.purposes is None:
        yield replace(_because("nothing", "undeclared"), unknown=True)
    changes = [change for change in case.changed.of("widened", "unclear") if not change.quiet]
    for change in changes:
        served = [name for name in binding.purposes or () if name in change.purposes]
        if not served:
            continue
        if change.direction == "unclear":
            yield _because("look", "look", sentence=change.sentence)
        elif change.part == "purposes":
            yield from (_of_purpose(name, change, binding, case.new) for name in served)
        else:
            yield _announced(case, "told", sentence=change.sentence)
    general = sum(change.direction == "widened" and EVERY in change.purposes for change in changes)
    if general:
        yield _announced(case, "general", count=same(general))


def _announced(case: _Case, reason: str, **figures: Words) -> _Why:
    if case.told_in_time:
        return _because("nothing", f"{reason}_in_time", **figures)
    return _because("announce", reason, **figures)


def _of_purpose(name: str, change: Change, binding: DatasetBinding, new: Policy) -> _Why:
    """A purpose that is new or looser: to be tested, unless something else carries the further use."""
    purpose = new.purpose(name)
    label = quoted(Words(purpose.label.nl, purpose.label.en)) if purpose else same(name)
    if purpose and purpose.legal_basis == LEGAL_OBLIGATION:
        return _because("announce", "by_law", purpose=label)
    if purpose and purpose.legal_basis == CONSENT:
        return _because("consent", "by_consent", purpose=label)
    first = new.purpose((binding.purposes or (name,))[0])
    if first and first.id != name and not isinstance(first.compatible_with, Open) and name in first.compatible_with:
        return _because("announce", "assessed", first=quoted(Words(first.label.nl, first.label.en)), purpose=label)
    is_new = change.kind == "added" and change.path == f"purposes.{name}"
    return _because("test", "new_purpose" if is_new else "wider_purpose", purpose=label, sentence=change.sentence)


def _because(need: Need, reason: str, **figures: Words) -> _Why:
    return _Why(need, filled(told("reasons")[reason], figures))
