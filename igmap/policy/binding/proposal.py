"""A proposal as a value: each part with its reasons, codes with figures. It holds nothing before a person says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Reason = Mapping[str, Any]
Role = Literal["controller", "processor"]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a proposal.

    Args:
        value: a word, words, or columns by event; None or empty when nothing is proposed.
        reasons: codes with figures, also of why nothing is.
    """

    value: Any
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranked:
    """A purpose that a dataset may serve.

    Args:
        purpose: its id in the register.
        score: how well it fits, 0-1: what speaks for it, and the categories it needs.
        spoken: how much of all signs of the dataset speaks for it, 0-1.
        fits: whether the categories found are those it needs, or it leaves open which.
        reasons: codes with figures.
    """

    purpose: str
    score: float
    spoken: float
    fits: bool
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a dataset may be bound to.

    Args:
        source: of the dataset, as the inventory shows it.
        table: of the dataset.
        files: the pattern it would be bound by.
        sheet: the table or pattern of tables; "" for all.
        ranked: the purposes that may be meant, the likeliest first.
        purposes: those that are proposed; none when igmap is unsure, and then with why.
        role: of the organisation.
        data_subjects: whose data it is.
        person_key: the field that tells persons apart.
        start_columns: a column by start event.
        recipients: who receives it.
        collected_under: the version of the register.
        also: other datasets that fall under the same pattern.
    """

    source: str
    table: str
    files: str
    sheet: str
    ranked: tuple[Ranked, ...]
    purposes: Part
    role: Part
    data_subjects: Part
    person_key: Part
    start_columns: Part
    recipients: Part
    collected_under: Part
    also: tuple[tuple[str, str], ...] = field(default=())

    @property
    def is_sure(self) -> bool:
        """Whether purposes are proposed."""
        return bool(self.purposes.value)

    def part(self, name: str) -> Part:
        """One part by its name."""
        found: Part = getattr(self, name)
        return found


PARTS = ("purposes", "role", "data_subjects", "person_key", "start_columns", "recipients", "collected_under")
"""The parts of a proposal, in the order of decisions.yaml."""
