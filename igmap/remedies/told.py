"""Changes of a plan with which a release meets everything, and what they cost, in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from igmap.anonymisation import Plan
from igmap.report import Items, fragment, text


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a plan.

    Args:
        kind: suppression, coarser, round, top, without, without_quasi, sample or thresholds.
        figures: what its words are filled in with.
        price: what it costs by itself in the columns it changes, 0-1 each, by table and field.
    """

    kind: str
    figures: Mapping[str, Any]
    price: Mapping[tuple[str, str], float]


@dataclass(frozen=True, slots=True)
class Remedy:
    """Changes with which everything is met.

    Args:
        changes: of the plan, one or two.
        loss: the share of all that the planned columns tell that is then lost, 0-1.
        plan: with the changes.
    """

    changes: tuple[Change, ...]
    loss: float
    plan: Plan = field(repr=False)

    def line(self, lang: str) -> str:
        """In words."""
        told = (text(f"remedy.{one.kind}", lang, **one.figures) for one in self.changes)
        return text("remedy.costs", lang, changes="; ".join(told), loss=self.loss)


@dataclass(frozen=True, slots=True)
class Remedies:
    """The cheapest changes that were found.

    Args:
        found: three at most, the cheapest first; other thresholds come last.
        tried: plans that were carried out and proved.
        left: plans that were not, because time was up.
        seconds: that were given.
        share: of the persons that plans were tried on, 0-1.
    """

    found: tuple[Remedy, ...]
    tried: int
    left: int
    seconds: float
    share: float = 1.0

    def lines(self, lang: str) -> tuple[str, ...]:
        """In sentences: the changes, and how they were sought."""
        figures = {"tried": self.tried, "left": self.left, "seconds": self.seconds, "share": self.share}
        sought = text("remedy.tried", lang, **figures)
        more = [text("remedy.left", lang, **figures)] if self.left else []
        more += [text("remedy.sampled", lang, **figures)] if self.share < 1 else []
        head = text("remedy.found" if self.found else "remedy.none", lang)
        return (head, *(f"- {one.line(lang)}" for one in self.found), " ".join([sought, *more]))

    def _repr_html_(self) -> str:
        return fragment([Items(self.lines("nl"))], lang="nl")
