"""One answer to what the register leaves open: read as the register wants it, signed, added to decisions.yaml."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from igmap.errors import DecisionError
from igmap.inventory.deciding.ledger import open_ledger
from igmap.inventory.decisions import ValueDecision
from igmap.policy.answers import answered, filled, open_values, silent_parts, value_of
from igmap.policy.reading import RegisterLoader
from igmap.policy.register import Policy
from igmap.policy.values import Open, Text

SILENT = Text(nl="het register zweeg erover", en="the register was silent on it")
TRUTH = {"ja": True, "nee": False, "yes": True, "no": False, "waar": True, "onwaar": False}


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that was recorded.

    Args:
        path: of the value.
        value: as the register holds it.
        why_open: why it was open; nothing when it had been answered the same before.
        before: the register with the answers until then.
        after: with this one.
    """

    path: str
    value: Any
    why_open: Text | None
    before: Policy
    after: Policy


def answer(policy: Policy, path: str, text: str, *, decisions: Path, signed: tuple[str, date, str]) -> Given:
    """Record what a person answers.

    Args:
        policy: the register, without answers.
        path: dotted, of an open value.
        text: the answer as typed: a word, a list with commas, YAML; `null` for what does not apply.
        decisions: decisions.yaml.
        signed: who, on which day, why.

    Raises:
        DecisionError: the path is not open, with the nearest one that is; the answer is not of the register's form; it
            is not signed; or decisions.yaml cannot be added to.
    """
    by, on, why = signed
    if not by.strip() or not why.strip():
        raise DecisionError("an answer is signed: say who gives it (--by) and on what ground (--why)")
    ledger = open_ledger(decisions)
    before = answered(policy, ledger.decisions)
    earlier = next((one for one in ledger.decisions.values if one.path == path), None)
    reasons = {one.path: one.why for one in open_values(before)} | dict.fromkeys(silent_parts(before), SILENT)
    after, value = _read(before, path, text, earlier)
    if path not in reasons:
        return Given(path, value, None, before, after)
    ledger.with_added([ValueDecision(path=path, value=value, by=by, on=on, why=why)])
    return Given(path, value, reasons[path], before, after)


def _read(policy: Policy, path: str, text: str, earlier: ValueDecision | None) -> tuple[Policy, Any]:
    """The register with the answer, and the answer in the form that fits first."""
    refused: list[tuple[DecisionError, Any]] = []
    for value in _readings(text):
        try:
            filled_in = filled(policy, path, value)
        except DecisionError as error:
            refused.append((error, value))
        else:
            return filled_in, value_of(filled_in, path)
    if earlier and not isinstance(value_of(policy, path), Open):
        raise DecisionError(
            f"{path}: was answered on {earlier.on} by {earlier.by}; change that entry in decisions.yaml under 'values'"
        )
    raise max(refused, key=lambda one: _tells(*one))[0]


def _tells(error: DecisionError, value: Any) -> tuple[bool, bool]:
    """How much a refusal helps: it knows a better word; or it is about an answer with keys, read as such."""
    has_keys = isinstance(value, dict) or (isinstance(value, list) and all(isinstance(one, dict) for one in value))
    return has_keys, "unknown" in str(error) or "did you mean" in str(error)


def _readings(text: str) -> Iterator[Any]:
    """What a typed answer may be, plainest first."""
    word = text.strip()
    if word in {"null", "~"}:
        yield None
    yield TRUTH.get(word.lower(), word)
    yield word
    with suppress(yaml.YAMLError, ValueError, RecursionError):
        yield yaml.load(word, RegisterLoader)  # noqa: S506 - a safe loader
    yield [part for one in word.removeprefix("[").removesuffix("]").split(",") if (part := one.strip())]
