"""What is wrong with bindings as they stand: a name nothing answers to, a pattern that reaches nothing this month."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from igmap.errors import DecisionError, nearest
from igmap.inventory.deciding.places import Key
from igmap.inventory.decisions import DatasetBinding
from igmap.policy.binding.dates import events_of
from igmap.policy.binding.known import Known
from igmap.policy.register import Policy

OF_NO_HARM = {"reaches_nothing", "overruled"}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something about a binding that a person should know.

    Args:
        binding: its id.
        code: what it is.
        figures: names and counts for its words.
    """

    binding: str
    code: str
    figures: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_wrong(self) -> bool:
        """Whether it has to be put right; a pattern may well reach nothing this month."""
        return self.code not in OF_NO_HARM

    def line(self, lang: str) -> str:
        """The fault in words."""
        from igmap.report import text

        near = self.figures.get("near")
        hint = text("bind.fault.near", lang, name=near) if near else ""
        return text(f"bind.fault.{self.code}", lang, binding=self.binding, **self.figures, hint=hint)


def faults(known: Known) -> tuple[Fault, ...]:
    """Hold every binding against the register and the exports that are here.

    Raises:
        DecisionError: two bindings reach the same dataset and are equally specific.
    """
    fields = known.places.fields
    holding = {key: known.decisions.binding(*key) for key in fields}
    found: list[Fault] = []
    for binding in known.decisions.bindings:
        reached = [key for key in fields if binding.reaches(*key)]
        own = [key for key in reached if (held := holding[key]) and held.id == binding.id]
        names = [name for key in own for name in fields[key]]
        found += [Fault(binding.id, *told) for told in _of_register(binding, known.policy)]
        found += [Fault(binding.id, *told) for told in _of_exports(binding, reached, own, names)]
    return tuple(found)


def _of_register(binding: DatasetBinding, policy: Policy) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for key, name, known in _names(binding, policy):
        if name not in known:
            yield "unknown", {"part": key, "name": name, "near": _near(name, known)}


def _names(binding: DatasetBinding, policy: Policy) -> Iterator[tuple[str, str, Sequence[str]]]:
    """Every name that the register has to know, with those it knows."""
    purposes = [one.id for one in policy.purposes]
    subjects, recipients = [one.id for one in policy.data_subjects], [one.id for one in policy.recipients]
    yield from (("purposes", name, purposes) for name in binding.purposes or ())
    yield from (("data_subjects", name, subjects) for name in binding.data_subjects)
    yield from (("recipients", name, recipients) for name in binding.recipients)
    yield from (("start_columns", event, events_of(policy)) for event in binding.start_columns)
    if binding.collected_under and (known := versions_of(policy)):
        yield "collected_under", binding.collected_under, known


def versions_of(policy: Policy) -> tuple[str, ...]:
    """The versions of the register that are named; none when it leaves that open."""
    current = (policy.version,) if isinstance(policy.version, str) else ()
    return (*current, *(one.version for one in policy.header.history))


def _of_exports(
    binding: DatasetBinding, reached: Sequence[Key], own: Sequence[Key], names: Sequence[str]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if not reached:
        yield "reaches_nothing", {"files": binding.files}
    elif not own:
        yield "overruled", {"files": binding.files}
    wanted = [("person_key", binding.person_key or ""), *(("start_columns", c) for c in binding.start_columns.values())]
    for key, name in wanted:
        if own and name and name not in names:
            yield "no_field", {"part": key, "name": name, "near": _near(name, names)}


def _near(name: str, known: Sequence[str]) -> str:
    return next(iter(get_close_matches(name, known, n=1)), "")


def refuse_wrong(binding: DatasetBinding, policy: Policy) -> None:
    """Every name of a binding has to stand in the register.

    Raises:
        DecisionError: one does not; with the nearest that does.
    """
    for key, name, known in _names(binding, policy):
        if name not in known:
            listed = "" if nearest(name, known) else f"; it knows {', '.join(known) or 'none'}"
            raise DecisionError(f"{key}: the register has no {name!r}{nearest(name, known)}{listed}")
