"""A new version of a register: the signed answers in place of what was open, the old version in its history.

The text of policy.yaml is edited where its nodes stand, so that comments, order and layout stay. Who answered what,
when and why stands under `answers`; who made the version under `policy.adopted`. What was written is read back and
compared before it counts.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from igmap.errors import PolicyError
from igmap.inventory.deciding.entries import added
from igmap.inventory.deciding.ledger import refuse_ahead
from igmap.inventory.decisions import ValueDecision, load_decisions
from igmap.policy.answers import filled, open_values, plain, silent_parts, value_of
from igmap.policy.editing import Nodes, flow
from igmap.policy.reading import RegisterLoader, checked, load_policy
from igmap.policy.register import Policy
from igmap.policy.values import Open
from igmap.vocabulary.files import read_text
from igmap.workspace import Workspace, write_file


@dataclass(frozen=True, slots=True)
class Made:
    """A version that was made.

    Args:
        path: of the new register.
        answers: how many answers it took in.
        open: how many values it still leaves open.
        kept: the old register, where it was moved.
    """

    path: Path
    answers: int
    open: int
    kept: Path | None


@dataclass(frozen=True, slots=True)
class Edition:
    """The version that is made.

    Args:
        version: what it is called.
        announced: the day it was or will be announced.
        effective: the day it takes effect.
        adopted: by whom, on which day and why.
        kept: the name of the file the old register is kept as; nothing where it stays where it is.
    """

    version: str
    announced: date
    effective: date
    adopted: tuple[str, date, str]
    kept: str = ""


def kept_name(policy: Policy) -> str:
    """What the register of an old version is kept as, beside policy.yaml.

    Example:
        `policy-2.1.yaml`, by its version; else by its effective date; else `policy-undated.yaml`.
    """
    known = (one for one in (policy.header.version, policy.header.effective_from) if not isinstance(one, Open))
    name = re.sub(r"[^\w.-]+", "-", str(next(known, "")))
    return f"policy-{name.strip('-.') or 'undated'}.yaml"


def promote(workspace: Workspace, edition: Edition, out: Path | None = None) -> Made:
    """Make the next version of a workspace's register.

    Args:
        workspace: with policy.yaml and decisions.yaml, which stays as it is: the record of who answered what.
        edition: the new version.
        out: where it is written; by default it takes the place of policy.yaml, which is kept beside it.

    Raises:
        PolicyError: the register is not sound, the version is not new or not signed, another register is kept under
            the old one's name, or the file cannot be edited.
        DecisionError: an answer that does not fit, or the day it is signed on lies ahead.
    """
    if not edition.version or not all(edition.adopted[::2]):
        raise PolicyError("a version is named and signed: give --version, --by and --why")
    refuse_ahead(edition.adopted[1])
    text = read_text(workspace.policy, PolicyError)
    policy = load_policy(workspace.policy)
    kept = None if out else workspace.root / kept_name(policy)
    if kept and kept.exists() and kept.read_bytes() != text.encode():
        raise PolicyError(f"{kept.name}: is there already and is another register; move it away first")
    new = promoted(
        text, policy, load_decisions(workspace.decisions).values, replace(edition, kept=kept.name if kept else "")
    )
    if kept:
        write_file(kept, text)
    path = write_file(out or workspace.policy, new)
    after = load_policy(path)
    return Made(path, len(after.answers) - len(policy.answers), len(open_values(after)), kept)


def promoted(text: str, policy: Policy, answers: Sequence[ValueDecision], edition: Edition) -> str:
    """The text of the new register.

    Args:
        text: of the old one.
        policy: what it says.
        answers: signed; those to what is not open any more are left out.
        edition: the new version.

    Raises:
        PolicyError: the version was there before, or the file is written so that it cannot be edited.
        DecisionError: an answer that does not fit.
    """
    before = [policy.header.version, *(one.version for one in policy.header.history)]
    if edition.version in before:
        raise PolicyError(f"policy.yaml: version {edition.version!r} is there already; give the new one another name")
    given = _given(policy, answers)
    edited = _edited(text, policy, given, edition)
    try:
        new = checked(yaml.load(edited, RegisterLoader))  # noqa: S506 - a safe loader
    except (yaml.YAMLError, ValidationError):
        new = None
    if new != _wanted(policy, given, edition):
        raise PolicyError(
            "policy.yaml: cannot be edited as it is written; write out what & and * stand for, or edit it by hand"
        )
    return edited


def _given(policy: Policy, answers: Sequence[ValueDecision]) -> list[ValueDecision]:
    """The answers to what is open, be it that an answer before them opened it."""
    given = []
    for one in answers:
        opens = {*(value.path for value in open_values(policy)), *silent_parts(policy)}
        if one.path in opens and not one.path.startswith("policy.history."):
            given.append(one)
            policy = filled(policy, one.path, one.value)
    return given


def _header(policy: Policy, given: Sequence[ValueDecision], edition: Edition) -> dict[str, Any]:
    """What the new version says of itself."""
    by, on, why = edition.adopted
    said = plain(policy)["policy"]
    old = {key: said[key] for key in ("version", "announced", "effective_from", "changes", "adopted") if key in said}
    return {
        "version": edition.version,
        "announced": edition.announced.isoformat(),
        "effective_from": edition.effective.isoformat(),
        "history": [old | ({"file": edition.kept} if edition.kept else {}), *said.get("history", ())],
        "changes": [one.path for one in given],
        "adopted": {"by": by, "on": on.isoformat(), "why": why},
    }


def _signed(given: Sequence[ValueDecision]) -> list[dict[str, str]]:
    return [{"path": one.path, "by": one.by, "on": one.on.isoformat(), "why": one.why} for one in given]


def _filled(policy: Policy, given: Sequence[ValueDecision]) -> Policy:
    for one in given:
        policy = filled(policy, one.path, one.value)
    return policy


def _wanted(policy: Policy, given: Sequence[ValueDecision], edition: Edition) -> Policy:
    content = plain(_filled(policy, given))
    content["policy"] |= _header(policy, given, edition)
    if given:
        content["answers"] = [*content.get("answers", ()), *_signed(given)]
    return checked(content)


def _edited(text: str, policy: Policy, given: Sequence[ValueDecision], edition: Edition) -> str:
    nodes = Nodes(text)
    header = _header(policy, given, edition)
    for path, value in _placed(policy, given):
        if path.split(".") not in [["policy", key] for key in header]:
            nodes.put(path, flow(value))
    nodes.prepend("policy.history", flow(header.pop("history")[0]))
    for key, value in header.items():
        nodes.put(f"policy.{key}", flow(value))
    return added(nodes.edited(), [flow(one) for one in _signed(given)], "answers") if given else nodes.edited()


def _placed(policy: Policy, given: Sequence[ValueDecision]) -> Iterator[tuple[str, Any]]:
    """Where answers go; of a part that is there already each key by itself, so that the others stay as written."""
    new, before = _filled(policy, given), plain(policy)
    parts = {one.path for one in given if "." not in one.path}
    for one in given:
        value = value_of(new, one.path)
        if one.path in parts and isinstance(before.get(one.path), dict) and isinstance(one.value, dict):
            yield from ((f"{one.path}.{key}", value[key]) for key in one.value)
        elif one.path in parts or one.path.partition(".")[0] not in parts:
            yield one.path, value
