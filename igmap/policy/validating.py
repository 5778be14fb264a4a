"""A register held against itself and against the text it was made from."""

import hashlib
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

from igmap.inventory.decisions import Decisions
from igmap.inventory.inventory import Inventory
from igmap.policy.case import Case, Draft
from igmap.policy.catalogue import catalogue, rules_of
from igmap.policy.documents import document_text
from igmap.policy.findings import Outcome, Words
from igmap.policy.languages import language_of
from igmap.policy.quotes import Missing, missing_quotes, quotes
from igmap.policy.reading import Written, dotted, places
from igmap.policy.register import Policy, Rule
from igmap.policy.values import Open
from igmap.policy.words import words
from igmap.vocabulary import load_yaml

HELD_AGAINST_ITSELF = {"register", "editions"}
UNUSED = ("field_matching", "patterns", "detectors", "identifiability", "only_if")
Sum = Literal["same", "other", "open", "unsaid"]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about the register that a person has to look at.

    Args:
        line: of policy.yaml.
        path: where in the register.
        outcome: as of a finding.
        message: what it is.
        remedy: what to do.
    """

    line: int
    path: str
    outcome: Outcome
    message: Words
    remedy: Words


@dataclass(frozen=True, slots=True)
class Compared:
    """A register beside the document it is of.

    Args:
        quotes: how many the register has of its policy.
        missing: those that do not occur, with the line of each.
        sha256: of the document.
        sum: whether the register states that of this document, of another, leaves it open, or does not say.
        language: the document is in, where that can be told.
    """

    quotes: int
    missing: tuple[tuple[int, Missing], ...]
    sha256: str
    sum: Sum
    language: str


def remarks(written: Written, policy: Policy, decisions: Decisions, today: date) -> list[Remark]:
    """What contradicts, is missing, or cannot be so; in the order of the file.

    Args:
        written: the register with its lines.
        policy: the same with a person's answers in it.
        decisions: what a person confirmed.
        today: dates after it have not come yet.
    """
    checks = {
        rule["check"]
        for rule in load_yaml("igmap.policy", "rules.yaml")
        if rule["in"] in HELD_AGAINST_ITSELF and rule.get("judges") == "register"
    }
    found = [
        _remark(written, policy, rule, draft)
        for rule in rules_of(policy)
        if rule.check in checks or rule.check == "recipient_in_sharing_grounds"
        for draft in catalogue()[rule.check].check(Case(rule, Inventory(()), policy, decisions, None, today))
        if draft.words != "open" and draft.outcome != "pass"
    ]
    return sorted(found, key=lambda one: one.line)


def _remark(written: Written, policy: Policy, rule: Rule, draft: Draft) -> Remark:
    message = words(rule.check, draft.words, "message", draft.figures)
    if rule.check == "recipient_in_sharing_grounds":
        message = _with_nearest(message, draft, policy)
    remedy = words(rule.check, draft.words, "remedy", draft.figures)
    path = draft.item.partition("+")[0]
    return Remark(written.line_of(path), path, draft.outcome, message, remedy)


def _with_nearest(message: Words, draft: Draft, policy: Policy) -> Words:
    """A ground outside of the list may be a slip of the pen."""
    receiver = policy.recipient(draft.item.removeprefix("recipients."))
    named = receiver.grounds if receiver and not isinstance(receiver.grounds, Open) else ()
    strays = [ground for ground in named if ground not in policy.grounds]
    close = [hint for ground in strays for hint in get_close_matches(ground, policy.grounds, n=1)]
    if not close:
        return message
    return Words(f"{message.nl} Is '{close[0]}' bedoeld?", f"{message.en} Is '{close[0]}' meant?")


def unused(written: Written) -> list[tuple[int, str]]:
    """Keys that are read and that no check uses, with their first line: they may not be taken for a rule."""
    found: dict[str, int] = {}
    for place, _ in places(written.content):
        if place and place[-1] in UNUSED and place in written.lines:
            found.setdefault(str(place[-1]), written.lines[place])
    return [(line, key) for key, line in found.items()]


def examples(written: Written) -> list[str]:
    """The items that are an example or a proposal, which the organisation has to confirm."""
    items = ((place, value) for place, value in places(written.content) if isinstance(value, dict))
    return [
        ".".join(dotted(place, written.content))
        for place, value in items
        if value.get("origin") in {"example", "proposed"}
    ]


def compared(written: Written, document: Path) -> Compared:
    """The register beside the text it was made from.

    Raises:
        SourceError: the document cannot be read.
    """
    policy, text = written.policy, document_text(document)
    sha256 = hashlib.sha256(document.read_bytes()).hexdigest()
    missing = tuple((written.line_of(one.path), one) for one in missing_quotes(policy, text))
    return Compared(len(list(quotes(policy))), missing, sha256, _sum(policy, sha256), language_of(text))


def _sum(policy: Policy, sha256: str) -> Sum:
    stated = policy.header.source_document.sha256 if policy.header.source_document else None
    if stated is None:
        return "unsaid"
    if isinstance(stated, Open):
        return "open"
    return "same" if stated.lower() == sha256 else "other"
