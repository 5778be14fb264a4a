"""What an attack found, as a value: how often it was right, against what, how sure that is, and what follows."""

from dataclasses import dataclass, replace
from math import sqrt
from typing import Literal

Z = 1.959963984540054  # 95 %, two-sided
EXCESS = 0.05
DIGITS = 12
CLOSE = 1e-9

Outcome = Literal["told", "holds", "unmet", "cannot_tell"]


@dataclass(frozen=True, slots=True)
class Attack:
    """The outcome of one attack.

    Args:
        risk: its success, 0-1.
        low: lower end of the 95 % interval; equal to `risk` where everything was counted.
        high: upper end.
        control: the success against those who are not in the release, or before anonymising.
        method: what was counted and what the attacker knows.
        baseline: the success of guessing without the release.
        tries: persons it was tried on; 0 where everything was counted.
        power: its success on a copy with a planted leak; None where everything was counted.
        excess_low: lower end of what its success exceeds the control by.
        excess_high: upper end.
        outcome: told (a figure without a threshold of its own), holds, unmet, or cannot_tell: too few persons, or too
            little power, for an answer.
        limit: what it was held against: the risk itself where everybody was counted, else what it exceeds the control
            by; None where there is none.
    """

    risk: float
    low: float
    high: float
    control: float
    method: str
    baseline: float = 0.0
    tries: int = 0
    power: float | None = None
    excess_low: float = 0.0
    excess_high: float = 0.0
    outcome: Outcome = "told"
    limit: float | None = None


@dataclass(frozen=True, slots=True)
class Tried:
    """How often an attack was right: on persons in the release, and as a control on others or without them.

    Args:
        hits: right claims; a claim that is right by chance counts by its chance.
        tries: persons attacked.
        control_hits: right claims about the control.
        control_tries: persons in the control; 0 when there is nothing to control for, so that any success counts.
        baseline: the success of guessing without the release, 0-1.
        both: persons about whom attack and control were right alike, where the control attacked the same persons.
    """

    hits: float
    tries: int
    control_hits: float = 0.0
    control_tries: int = 0
    baseline: float = 0.0
    both: float | None = None

    @property
    def alike(self) -> float:
        """How much attack and control are right about the same persons: phi, corrected as Newcombe does."""
        if self.both is None:
            return 0.0
        neither = self.tries - self.hits - self.control_hits + self.both
        agreed = self.both * neither - (self.hits - self.both) * (self.control_hits - self.both)
        spread = self.hits * (self.tries - self.hits) * self.control_hits * (self.tries - self.control_hits)
        likely = max(agreed - self.tries / 2, 0.0) if agreed > 0 else agreed
        return likely / sqrt(spread) if spread > 0 else 0.0


def counted(risk: float, control: float, method: str, *, baseline: float = 0.0) -> Attack:
    """An attack whose success was counted over everybody, so that low = high = risk."""
    return Attack(risk, risk, risk, control, method, baseline)


def limited(found: Attack, limit: float | None) -> Attack:
    """The same attack, counted over everybody, held against a limit of its own; told where there is none."""
    if limit is None:
        return found
    return replace(found, limit=limit, outcome="holds" if found.risk <= limit + CLOSE else "unmet")


def settled(tried: Tried, method: str, *, limit: float = EXCESS) -> Attack:
    """An attack that was tried on everybody, so that nothing is left to chance: it holds or it does not."""
    risk = round(tried.hits / max(tried.tries, 1), DIGITS)
    control = round(tried.control_hits / max(tried.control_tries, 1), DIGITS)
    excess, baseline = round(risk - control, DIGITS), round(tried.baseline, DIGITS)
    outcome: Outcome = "holds" if excess <= limit else "unmet"
    return Attack(risk, risk, risk, control, method, baseline, tried.tries, None, excess, excess, outcome, limit)


def untried(method: str) -> Attack:
    """An attack that could not be tried, so that nothing can be told."""
    return Attack(0.0, 0.0, 1.0, 0.0, method, excess_high=1.0, outcome="cannot_tell")


def judged(tried: Tried, method: str, *, power: float | None, limit: float = EXCESS) -> Attack:
    """An attack that was tried on persons, held against its control.

    It holds when the upper end of what it exceeds its control by is within the limit, does not when the lower end is
    beyond it, and otherwise nothing can be told; nor when it fails where a leak was planted.

    Source: Newcombe 1998, doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I (method 10, the
    difference of two proportions); where the control attacked the same persons, Newcombe 1998 for pairs (method 10),
    doi:10.1002/(SICI)1097-0258(19981130)17:22<2635::AID-SIM954>3.0.CO;2-C; Wilson 1927 for each of them.
    """
    risk, low, high = wilson(tried.hits, tried.tries)
    control, least, most = wilson(tried.control_hits, tried.control_tries) if tried.control_tries else (0.0, 0.0, 0.0)
    apart = risk - control
    below = apart - _together(risk - low, most - control, tried.alike)
    above = apart + _together(high - risk, control - least, tried.alike)
    outcome: Outcome = "holds" if above <= limit else "unmet" if below > limit else "cannot_tell"
    if outcome == "holds" and power is not None and power <= limit:
        outcome = "cannot_tell"
    return Attack(
        risk=round(risk, DIGITS),
        low=round(low, DIGITS),
        high=round(high, DIGITS),
        control=round(control, DIGITS),
        method=method,
        baseline=round(tried.baseline, DIGITS),
        tries=tried.tries,
        power=power,
        excess_low=round(below, DIGITS),
        excess_high=round(above, DIGITS),
        outcome=outcome,
        limit=limit,
    )


def _together(one: float, other: float, alike: float) -> float:
    """How far a difference reaches, of how far its two sides do."""
    return sqrt(max(one**2 - 2 * alike * one * other + other**2, 0.0))


def wilson(hits: float, tries: int) -> tuple[float, float, float]:
    """A share with its 95 % interval, 0-1; everything is possible when nothing was tried.

    Source: Wilson 1927, doi:10.1080/01621459.1927.10502953.
    """
    if tries == 0:
        return 0.0, 0.0, 1.0
    share, weight = hits / tries, Z**2 / tries
    middle = (share + weight / 2) / (1 + weight)
    reach = Z / (1 + weight) * sqrt(share * (1 - share) / tries + weight / (4 * tries))
    return share, min(max(middle - reach, 0.0), share), max(min(middle + reach, 1.0), share)
