"""The evaluation of one discovery as a value: figures, curves and misses; names of fields, never a value of a cell."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from igmap.inventory.discovering import Look
from igmap.inventory.evaluation.truth import Place
from igmap.inventory.inventory import Verdict


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many; `low` and `high` bound the share with 95 % certainty (Wilson's interval)."""

    count: int
    of: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """0-1; of nothing it is 1, since nothing was missed."""
        return self.count / self.of if self.of else 1.0


@dataclass(frozen=True, slots=True)
class Score:
    """How well one category is found.

    Args:
        category: of the vocabulary, `none` among them.
        truth: fields that are of it.
        found: fields that were said to be.
        right: both.
    """

    category: str
    truth: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        """Of what was found, the share that is right; 0 when nothing was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Of what is there, the share that was found; 0 when nothing is there."""
        return self.right / self.truth if self.truth else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / (self.truth + self.found) if self.truth + self.found else 0.0


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often one category was taken for another."""

    truth: str
    found: str
    count: int


@dataclass(frozen=True, slots=True)
class Bin:
    """Verdicts of about the same confidence, and how many of them are right.

    Args:
        verdict: found or none; an undecided field claims nothing.
        lowest: confidence, 0-1, that the bin begins with.
        confidence: their mean.
        rate: how many are right.
    """

    verdict: Verdict
    lowest: float
    confidence: float
    rate: Rate


@dataclass(frozen=True, slots=True)
class Miss:
    """One field that was judged wrong, and why it was judged so."""

    place: Place
    truth: str
    found: str
    verdict: Verdict
    confidence: float
    reasons: tuple[Mapping[str, str | int | float], ...]


@dataclass(frozen=True, slots=True)
class HiddenRecall:
    """How many of the identifiers hidden in other fields were counted there."""

    category: str
    rate: Rate


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How well discovery did where the truth is known.

    Args:
        look: what discovery was shown: all, values (no headers) or headers (no values).
        fields: how many were right.
        macro_f1: mean of F1 over the categories that are or were found, `none` included.
        direct: recall of direct identifiers.
        alarms: fields that hold nothing personal and were said to.
        undecided: fields left to a person, of all.
        undecided_none: the same, of those that hold nothing personal.
        calibration_error: mean distance of confidence and share right, weighted by count.
        sure: of the verdicts with a confidence of at least 0.9, how many are right.
    """

    look: Look
    fields: Rate
    macro_f1: float
    direct: Rate
    alarms: Rate
    undecided: Rate
    undecided_none: Rate
    calibration_error: float
    sure: Rate
    scores: tuple[Score, ...]
    confusions: tuple[Confusion, ...]
    calibration: tuple[Bin, ...]
    misses: tuple[Miss, ...]
    hidden: tuple[HiddenRecall, ...] = ()
    unmatched: tuple[Place, ...] = ()
    untold: tuple[Place, ...] = ()
    schema: Literal["igmap.evaluation/1"] = "igmap.evaluation/1"

    def _repr_html_(self) -> str:
        """Every figure, and each miss with its reasons, as a notebook shows it."""
        from igmap.inventory.evaluation.tables import tables
        from igmap.report import fragment

        return fragment(tables(self, "nl"), lang="nl")
