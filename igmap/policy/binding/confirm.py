"""A binding as a person says it, in decisions.yaml; the proposal fills in only what somebody accepts of it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from igmap.errors import DecisionError
from igmap.inventory.deciding.ledger import Ledger, open_ledger
from igmap.inventory.deciding.places import Key, Places
from igmap.inventory.deciding.series import is_pattern
from igmap.inventory.decisions import DatasetBinding, Decisions
from igmap.inventory.labels import titled
from igmap.policy.binding.faults import refuse_wrong
from igmap.policy.binding.known import Known
from igmap.policy.binding.proposal import PARTS, Proposal
from igmap.policy.binding.propose import proposal_for, scope_of
from igmap.workspace import Workspace

NONE = ("none", "geen")  # what a person says for no purpose at all


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a person says of a dataset. None is what was not said: it stays as it was, or comes from the proposal.

    An empty word or list is something said: there is none.

    Args:
        dataset: an export, a pattern of exports, or the id of a binding.
        by: who says so.
        why: on what ground.
        table: only this sheet or table.
        purposes: of the register, the first being what the data were collected for; empty for none at all.
        role: controller or processor.
        data_subjects: kinds of persons of the register.
        person_key: the field that tells persons apart.
        start_columns: a column by start event of the register.
        recipients: of the register.
        collected_under: a version of the register.
        on: the day; by default today.
        accept: take over from the proposal what was not said.
        exactly: this very file, and not the same export of other days.
    """

    dataset: str
    by: str
    why: str
    table: str = ""
    purposes: tuple[str, ...] | None = None
    role: str | None = None
    data_subjects: tuple[str, ...] | None = None
    person_key: str | None = None
    start_columns: Mapping[str, str] | None = None
    recipients: tuple[str, ...] | None = None
    collected_under: str | None = None
    on: date | None = None
    accept: bool = False
    exactly: bool = False


@dataclass(frozen=True, slots=True)
class Bound:
    """A binding that was written.

    Args:
        binding: as it stands in decisions.yaml.
        reached: the datasets that fall under it now.
        overruled: those it reaches that a more specific binding keeps.
        accepted: the parts that were taken from the proposal.
        decisions: everything decided.
    """

    binding: DatasetBinding
    reached: tuple[Key, ...]
    overruled: tuple[Key, ...]
    accepted: tuple[str, ...]
    decisions: Decisions

    def lines(self, lang: str) -> Iterator[str]:
        """What was written, in words."""
        from igmap.report import text

        purposes = ", ".join(self.binding.purposes or ()) or text("bind.no_purpose", lang)
        figures = {"files": titled(*self.binding.scope), "purposes": purposes, "count": len(self.reached)}
        yield text("bind.written", lang, **figures)
        if self.accepted:
            parts = ", ".join(text(f"bind.part.{name}", lang) for name in self.accepted)
            yield text("bind.accepted", lang, parts=parts)
        for key in self.overruled:
            yield text("bind.overruled", lang, place=titled(*key))


def confirm(workspace: Workspace, known: Known, said: Said) -> Bound:
    """Write what a person says a dataset is for; the same export of other months falls under it too.

    Args:
        workspace: whose decisions.yaml it is; comments and order in it stay.
        known: inventory, register, exports, relations.
        said: what is said, and by whom.

    Raises:
        DecisionError: a dataset, purpose, field, event or version that is unknown, with the nearest; a part that has to
            be said and was not; another binding that is just as specific. Nothing is written then.
    """
    ledger = open_ledger(workspace.decisions)
    binding, accepted = bound(known.decided(ledger.decisions), said)
    return written(ledger, known.places, binding, accepted)


def written(ledger: Ledger, places: Places, binding: DatasetBinding, accepted: Sequence[str]) -> Bound:
    """Write one binding."""
    later = ledger.decisions.model_copy(update={"datasets": (*ledger.decisions.datasets, binding)})
    reached = [key for key in places.fields if binding.reaches(*key)]
    own = tuple(key for key in reached if later.binding(*key) == binding)  # raises where another is as specific
    ledger = ledger.with_added([binding])
    overruled = tuple(key for key in reached if key not in own)
    return Bound(binding, own, overruled, tuple(accepted), ledger.decisions)


def bound(known: Known, said: Said) -> tuple[DatasetBinding, tuple[str, ...]]:
    """The binding that was said, and which parts of it come from the proposal."""
    _refuse_unsigned(said)
    places, decisions = known.places, known.decisions
    keys = places.datasets(said.dataset, said.table, decisions)
    scope = _scope(said, keys, known)
    held = next((one for one in decisions.bindings if one.scope == scope), None)
    proposal = proposal_for(known.sight(keys[0]), known, scope) if said.accept else None
    values, accepted = _values(said, held, proposal)
    _refuse_incomplete(values, proposal, said)
    values["person_key"] = places.field(keys, values["person_key"]) if values["person_key"] else None
    values["collected_under"] = values["collected_under"] or None
    values["start_columns"] = {event: places.field(keys, name) for event, name in values["start_columns"].items()}
    binding = DatasetBinding(
        id=held.id if held else _new_id(scope, decisions),
        files=scope[0],
        table=scope[1],
        by=said.by.strip(),
        on=said.on or date.today(),  # noqa: DTZ011 - the analyst's own day
        why=said.why.strip(),
        **values,
    )
    refuse_wrong(binding, known.policy)
    if held and held.on > binding.on:
        raise DecisionError(f"{held.id}: what was said on {held.on.isoformat()} holds; give that day or a later one")
    return binding, accepted


def _refuse_unsigned(said: Said) -> None:
    for name in ("by", "why"):
        if not getattr(said, name).strip():
            raise DecisionError(f"a decision says by whom and why: fill in --{name}")


def _scope(said: Said, keys: Sequence[Key], known: Known) -> Key:
    """What the binding covers: that of a binding named by its id, the pattern given, or the series of the file."""
    named = next((one for one in known.decisions.datasets if one.id == said.dataset), None)
    sources = {source for source, _ in keys}
    if named and said.dataset not in sources:
        return named.scope
    if is_pattern(said.dataset) and said.dataset not in sources:
        return said.dataset, said.table
    if said.exactly:
        return keys[0][0], keys[0][1] if len(keys) == 1 else ""
    file, sheet = scope_of(known.sight(keys[0]), known)
    return file, sheet if len(keys) == 1 or said.table else ""


def _values(
    said: Said, held: DatasetBinding | None, proposal: Proposal | None
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Every part, empty where nothing says it, and the names of those that come from the proposal."""
    empty: dict[str, Any] = {"data_subjects": (), "start_columns": {}, "recipients": ()}
    found = {name: _value(name, said, held, proposal) for name in PARTS}
    values = {name: empty.get(name) if value is None else value for name, (value, _) in found.items()}
    return values, tuple(name for name, (_, proposed) in found.items() if proposed)


def _value(name: str, said: Said, held: DatasetBinding | None, proposal: Proposal | None) -> tuple[Any, bool]:
    """One part: as said, else as it was, else as proposed when that is accepted."""
    if (value := getattr(said, name)) is not None:
        return value, False
    value = getattr(held, name) if held else None
    unsaid = value is None or (name != "purposes" and not value)  # no purposes at all is something said
    if proposal and unsaid and (offered := proposal.part(name).value):
        return offered, True
    return value, False


def _refuse_incomplete(values: Mapping[str, Any], proposal: Proposal | None, said: Said) -> None:
    known = ("controller", "processor")
    if values["purposes"] is None:
        sure = "igmap is not sure either" if proposal else "or take the proposal over with --accept"
        raise DecisionError(f"{said.dataset}: its purposes were not said; give --purposes ({sure})")
    if not values["role"]:
        raise DecisionError(f"{said.dataset}: the role was not said; give --role, or --accept what igmap proposes")
    if values["role"] not in known:
        raise DecisionError(f"{said.dataset}: a role is {' or '.join(known)}, not {values['role']!r}")


def _new_id(scope: Key, decisions: Decisions) -> str:
    """A short name made of file and table that no other binding has."""
    words = [scope[0].rpartition("/")[2].rpartition(".")[0] or scope[0], scope[1]]
    if scope[0].endswith("/*"):
        words = [scope[0].removesuffix("/*").rpartition("/")[2].rpartition(".")[0], "attachments"]
    plain = re.sub(r"[^0-9a-z]+", "_", "_".join(filter(None, words)).lower()).strip("_") or "dataset"
    taken = {one.id for one in decisions.datasets}
    return next(name for name in (plain, *(f"{plain}_{n}" for n in range(2, len(taken) + 3))) if name not in taken)
