"""How many texts may still have somebody in them: from texts that a person looked at, with bounds that hold.

A stratum is a part of the texts; in each, texts are drawn at random and looked at in the order in which they were
drawn. Further texts that were looked at (because the re-scan pointed at them, or in an earlier round) are known, and
are no part of what is estimated.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import ceil, exp, fsum, lgamma, log, log1p, sqrt

LEVEL = 0.05
Z = 1.959963984540054  # 95 %, two-sided
DIGITS = 12
STEPS = 60


@dataclass(frozen=True, slots=True)
class Stratum:
    """Texts that were drawn from together.

    Args:
        name: what they have in common.
        texts: how many there are.
        drawn: of these, looked at in the order in which they were drawn.
        found: of the drawn ones, those in which somebody or something was left.
        known: looked at besides.
        known_found: of these, those in which something was left.
    """

    name: str
    texts: int
    drawn: int = 0
    found: int = 0
    known: int = 0
    known_found: int = 0

    @property
    def rest(self) -> int:
        """Texts that the drawn ones stand for, themselves among them."""
        return self.texts - self.known

    @property
    def rate(self) -> float:
        """The share of them that was drawn; all of none."""
        return self.drawn / self.rest if self.rest else 1.0


@dataclass(frozen=True, slots=True)
class Missed:
    """The share of texts in which something was left, 0-1.

    Args:
        share: the estimate: each stratum counts by its texts.
        low: lower end of the 95 % interval.
        high: its upper end.
        bound: what it is at most, with 95 % certainty: the upper end of a one-sided interval. With nothing found in n
            texts of many it is about 3 / n (the rule of three).
    """

    share: float
    low: float
    high: float
    bound: float


def missed(strata: Sequence[Stratum]) -> Missed:
    """What texts that were looked at tell of all texts.

    The strata are put together as if every one had been drawn from as sparsely as the sparsest (rate f). The number X
    found among the n drawn is a sum of independent indicators in two ways (Vatutin & Mikhailov 1982: every
    hypergeometric number is): of n terms with mean f M / n or more, and of M terms with mean f or more, where M texts
    have something left. By Hoeffding 1956 P(X ≤ x) is then at most that of a binomial number, of n tries with chance
    f M / n and of M tries with chance f, as long as x ≤ f M - 1 or x = 0. What either test rejects is rejected: the
    first gives the bound of Clopper and Pearson over all drawn texts, the second knows that the texts are finite in
    number and ends at what was found when all were looked at. Strata drawn from more densely only make the bound hold
    more often; no stratum is assumed to be like another.

    The bound holds for a number of texts that was settled before they were looked at; whoever goes on until it fits
    sees it fit more often than one time in twenty.

    Args:
        strata: which do not overlap; one of which nothing was drawn may be all that is missed.

    Source: Clopper & Pearson 1934, doi:10.1093/biomet/26.4.404; Hoeffding 1956, doi:10.1214/aoms/1177728178;
        Vatutin & Mikhailov 1982, doi:10.1137/1127089; Hanley & Lippman-Hand 1983, doi:10.1001/jama.1983.03330370053031.
    """
    return _missed(strata, LEVEL)


def _missed(strata: Sequence[Stratum], level: float) -> Missed:
    texts = sum(one.texts for one in strata)
    if not texts:
        return Missed(0.0, 0.0, 0.0, 0.0)
    known = sum(one.known_found for one in strata)
    open_ones = [one for one in strata if one.rest]
    estimate = fsum(one.rest * one.found / one.drawn for one in open_ones if one.drawn)
    low = max(_least(open_ones, level / 2), sum(one.found for one in open_ones))
    ends = [low, _most(open_ones, level / 2), _most(open_ones, level)]
    return Missed(*(round((end + known) / texts, DIGITS) for end in (estimate, *ends)))


def _most(strata: Sequence[Stratum], level: float) -> int:
    """The largest number of texts with something left that the drawn ones do not contradict."""
    rest, drawn, found = (sum(getattr(one, name) for one in strata) for name in ("rest", "drawn", "found"))
    rate, unseen = min((one.rate for one in strata), default=1.0), rest - drawn

    def stands(many: int) -> bool:
        beyond = found and rate * many < found + 1
        return (
            bool(beyond) or min(at_most(found, many, rate), at_most(found, drawn, rate * many / max(drawn, 1))) > level
        )

    return _last(stands, found, found + unseen) if rate else found + unseen


def _least(strata: Sequence[Stratum], level: float) -> int:
    """The smallest such number; one that was found is one at least."""
    found, rate = sum(one.found for one in strata), max((one.rate for one in strata), default=1.0)
    if found <= 1:
        return found
    return _last(lambda many: 1 - at_most(found - 1, many, rate) <= level, found - 1, int(found / rate) + 1) + 1


def _last(holds: Callable[[int], bool], low: int, high: int) -> int:
    """The last whole number from `low` to `high` of which it holds; it holds of `low`, and after it fails no more."""
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if holds(middle) else (low, middle - 1)
    return low


def at_most(count: int, tries: int, chance: float) -> float:
    """The chance of at most so many successes in so many tries (binomial)."""
    if count >= tries or chance <= 0:
        return 1.0
    if chance >= 1:
        return 0.0
    yes, no = log(chance), log1p(-chance)
    all_ = lgamma(tries + 1)
    terms = (exp(all_ - lgamma(k + 1) - lgamma(tries - k + 1) + k * yes + (tries - k) * no) for k in range(count + 1))
    return min(fsum(terms), 1.0)


def clopper_pearson(found: int, looked: int, level: float = LEVEL) -> tuple[float, float]:
    """The interval of a share, 0-1, that holds in at least 1 - level of all samples; all is possible of none.

    Source: Clopper & Pearson 1934, doi:10.1093/biomet/26.4.404.
    """
    if not looked:
        return 0.0, 1.0
    low = _crossing(lambda share: 1 - at_most(found - 1, looked, share) <= level / 2) if found else 0.0
    high = _crossing(lambda share: at_most(found, looked, share) > level / 2) if found < looked else 1.0
    return low, high


def _crossing(holds: Callable[[float], bool]) -> float:
    """Where between 0 and 1 something stops to hold."""
    low, high = 0.0, 1.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return (low + high) / 2


def needed(strata: Sequence[Stratum], target: float) -> int | None:
    """How many more texts have to be looked at, nothing found in them, until the bound is within a target.

    Args:
        strata: as far as they were looked at.
        target: share of texts, 0-1.

    Returns:
        0 when it is within already; None when what was found is more than the target allows, however many are marked.
    """
    whole = max((one.rest for one in strata), default=0)
    all_ = sum(one.rest for one in strata)

    def short(parts: int) -> bool:
        return missed(_grown(strata, parts / all_)).bound > target

    if not all_ or not short(0):
        return None if missed(strata).bound > target else 0
    if not whole or short(all_):
        return None
    grown = _grown(strata, (_last(short, 0, all_) + 1) / all_)
    return sum(one.drawn for one in grown) - sum(one.drawn for one in strata)


def _grown(strata: Sequence[Stratum], rate: float) -> list[Stratum]:
    """The strata with at least this share of each drawn."""
    return [replace(one, drawn=max(one.drawn, min(one.rest, ceil(rate * one.rest - 1e-9)))) for one in strata]


@dataclass(frozen=True, slots=True)
class Left:
    """How many persons and identifiers are left in all texts together.

    Args:
        total: the estimate.
        low: lower end of the 95 % interval.
        high: its upper end; it holds if no text has more left in it than the most that was found in one.
    """

    total: float
    low: float
    high: float


def left_in_all(layers: Sequence[Sequence[Stratum]]) -> Left:
    """How many are left, from the texts with at least one, at least two, and so on.

    A total is the sum of these numbers of texts; each gets its share of the level (Bonferroni 1936), so that all of
    them hold together in 95 % of samples.

    Args:
        layers: the strata, `found` counting the texts with at least 1, 2, … left; at least one layer.
    """
    level, texts = LEVEL / len(layers), sum(one.texts for one in layers[0])
    told = [_missed(strata, level) for strata in layers]
    sums = (fsum(getattr(one, end) for one in told) * texts for end in ("share", "low", "high"))
    return Left(*(round(end, 6) for end in sums))


@dataclass(frozen=True, slots=True)
class Recapture:
    """How many mentions of persons there were, by two methods that looked for them on their own.

    Args:
        first: mentions that the first method found.
        second: that the second found.
        both: that both found.
        total: the estimate of all mentions.
        low: lower end of its 95 % interval.
        high: its upper end.
    """

    first: int
    second: int
    both: int
    total: float
    low: float
    high: float

    @property
    def missed(self) -> float:
        """The estimated share of all mentions that the first method missed, 0-1."""
        return max(1 - self.first / self.total, 0.0) if self.total else 0.0


def recapture(first: int, second: int, both: int) -> Recapture:
    """Estimate all mentions from those that each of two methods found, and both.

    It takes the methods as independent. Two methods that both know the frequent names are not, and miss the same rare
    ones: there are then more mentions than it says. So it is a figure to look at before anybody marked, and no gate.

    Source: Chapman 1951 (Univ. California Publ. Stat. 1, 131-160); variance by Seber 1970, doi:10.2307/2529089; the
        interval is log-normal over those that neither found, Chao 1987, doi:10.2307/2531532.
    """
    seen = first + second - both
    total = (first + 1) * (second + 1) / (both + 1) - 1
    unseen = total - seen
    if unseen <= 0:
        return Recapture(first, second, both, float(seen), float(seen), float(seen))
    spread = (first + 1) * (second + 1) * (first - both) * (second - both) / ((both + 1) ** 2 * (both + 2))
    factor = exp(Z * sqrt(log1p(spread / unseen**2)))
    ends = (total, seen + unseen / factor, seen + unseen * factor)
    return Recapture(first, second, both, *(round(end, 6) for end in ends))
