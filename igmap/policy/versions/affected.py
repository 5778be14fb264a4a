"""Datasets that were collected under an old version: which need a test of compatibility, or a new announcement."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from igmap.inventory.assessments import Assessment, nearest_of
from igmap.inventory.decisions import DatasetBinding, Decisions
from igmap.policy.findings import Words
from igmap.policy.register import Policy
from igmap.policy.rules.purposes import CONSENT, LEGAL_OBLIGATION
from igmap.policy.values import Open
from igmap.policy.versions.announcement import announcement
from igmap.policy.versions.diff import Change, Diff
from igmap.policy.versions.saying import day, filled, quoted, same, told
from igmap.policy.versions.touching import EVERY

_CARRIED: dict[str, tuple["Need", str]] = {
    LEGAL_OBLIGATION: ("announce", "by_law"),
    CONSENT: ("consent", "by_consent"),
}
Need = Literal["test", "consent", "look", "announce", "open", "nothing"]
NEEDS: tuple[Need, ...] = ("test", "consent", "look", "announce", "open", "nothing")


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that a change asks for, and why.

    Args:
        need: what is to be done; open when it cannot be said.
        sentence: why.
    """

    need: Need
    sentence: Words


@dataclass(frozen=True, slots=True)
class Affected:
    """What a change of the policy means for the datasets of one binding.

    Args:
        id: of the binding.
        files: its pattern of files.
        needs: what is to be done, the weightiest first; open when the version they were collected under is not known.
        if_older: what is to be done if that is the old version.
        reasons: in the order of the changes.
    """

    id: str
    files: str
    needs: tuple[Need, ...]
    if_older: tuple[Need, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class _Case:
    changed: Diff
    new: Policy
    decisions: Decisions
    told_in_time: bool

    def label(self, name: str) -> Words:
        """What a purpose is called, between quotes."""
        purpose = self.new.purpose(name)
        return quoted(Words(purpose.label.nl, purpose.label.en)) if purpose else same(name)


def affected(changed: Diff, old: Policy, new: Policy, decisions: Decisions) -> tuple[Affected, ...]:
    """Every bound dataset with what the change asks for it, those that need most first.

    Without `collected_under` it is open what a dataset needs; the reasons say what holds if it is of the old version.
    The first purpose of a binding is what it was collected for. Another one that is new or became looser since needs a
    test, unless the law or consent carries it, the register calls it compatible, or a person assessed it after the
    change was announced. What else became looser, for its own purpose, its term or its recipients, has to be
    announced to its people.

    Args:
        changed: from the old register to the new.
        old: the earlier register.
        new: the later one.
        decisions: which dataset serves which purposes, and under which version it was collected.
    """
    case = _Case(changed, new, decisions, told_in_time=announcement(old, new).outcome == "pass")
    found = [_of(binding, list(dict.fromkeys(_reasons(binding, case)))) for binding in decisions.datasets]
    return tuple(sorted(found, key=lambda one: (NEEDS.index(one.needs[0]), NEEDS.index(one.if_older[0]))))


def _of(binding: DatasetBinding, reasons: list[Reason]) -> Affected:
    asked = {reason.need for reason in reasons}
    if_older = tuple(need for need in NEEDS if need in asked - {"open", "nothing"}) or ("nothing",)
    needs: tuple[Need, ...] = ("open",) if "open" in asked else if_older
    return Affected(binding.id, binding.files, needs, if_older, tuple(reasons))


def _reasons(binding: DatasetBinding, case: _Case) -> Iterator[Reason]:
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
        yield _because("open", "not_recorded")
    elif under != version:
        reason = "other_version" if version else "old_unnumbered"
        yield _because("open", reason, version=same(under))
    yield from about


def _about(binding: DatasetBinding, case: _Case) -> Iterator[Reason]:
    """What the change means for data that were collected before it."""
    if binding.purposes is None:
        yield _because("open", "undeclared")
    changes = [change for change in case.changed.of("widened", "unclear") if not change.quiet]
    for change in changes:
        served = [name for name in binding.purposes or () if name in change.purposes]
        if not served:
            continue
        if change.direction == "unclear":
            yield _because("look", "look", sentence=change.sentence)
        elif change.part == "purposes":
            yield from (_of_purpose(name, change, binding, case) for name in served)
        else:
            yield _announced(case, "told", sentence=change.sentence)
    general = sum(change.direction == "widened" and EVERY in change.purposes for change in changes)
    if general:
        yield _announced(case, "general", count=same(general))


def _announced(case: _Case, reason: str, **figures: Words) -> Reason:
    if case.told_in_time:
        return _because("nothing", f"{reason}_in_time", **figures)
    return _because("announce", reason, **figures)


def _of_purpose(name: str, change: Change, binding: DatasetBinding, case: _Case) -> Reason:
    """A purpose that is new or looser: its own is told, another one is reuse, unless law or consent carries it."""
    purpose, first = case.new.purpose(name), (binding.purposes or (name,))[0]
    carried = _CARRIED.get(str(purpose.legal_basis)) if purpose else None
    if carried:
        return _because(*carried, purpose=case.label(name))
    if first != name:
        return _of_reuse((first, name), change, binding, case)
    if _is_new(change, name):
        return _because("test", "new_first", purpose=case.label(name))
    return _announced(case, "wider_own", sentence=change.sentence)


def _of_reuse(purposes: tuple[str, str], change: Change, binding: DatasetBinding, case: _Case) -> Reason:
    """Data collected for one purpose that serve another, which is new or looser: as the register or a person found."""
    first, name = case.new.purpose(purposes[0]), purposes[1]
    figures = {"purpose": case.label(name), "first": case.label(purposes[0]), "sentence": change.sentence}
    if first and not isinstance(first.compatible_with, Open) and name in first.compatible_with:
        return _because("nothing", "assessed", **figures)
    about = [one for one in case.decisions.assessments if (one.collected_for, one.used_for) == purposes]
    made = nearest_of(about, (binding.files, binding.id))
    if made is None:
        return _because("test", "new_purpose" if _is_new(change, name) else "wider_purpose", **figures)
    found = _found(made, change, name, case)
    return _because("nothing" if found == "compatible" else "test", found, on=day(made.on), **figures)


def _found(made: Assessment, change: Change, name: str, case: _Case) -> str:
    """What a person's assessment comes to, now that the purpose is another one."""
    if made.unanswered or made.outcome is None:
        return "unfinished"
    since = case.changed.new.announced or case.changed.new.effective_from
    earlier = not _is_new(change, name) and (since is None or made.on < since)
    return "assessed_before" if earlier and made.outcome == "compatible" else made.outcome


def _is_new(change: Change, name: str) -> bool:
    return change.kind == "added" and change.path == f"purposes.{name}"


def _because(need: Need, reason: str, **figures: Words) -> Reason:
    return Reason(need, filled(told("reasons")[reason], figures))
