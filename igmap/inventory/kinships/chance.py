"""How many values two columns would share by chance, so that two counters from 1 are not taken for the same persons.

Whole numbers: each column's are taken as drawn at will from its own range. Two columns 1..n then share all by chance,
numbers of nine digits hardly any. Other values: as drawn from all texts of their length in letters and digits; e-mail
addresses and UUIDs share none. Names: two people bear the same given and family name once in 200,000 pairs, which is
an estimate from above for the Netherlands (the sum of squared shares of family names is near 3e-4, of given names near
3e-3; the two are not independent within a community, hence five times their product).
"""

import math
from typing import NamedTuple

from igmap.engine import Numbers

NAMESAKES = 5e-6
SIGNS = 36  # letters and digits
LONGEST = 40
ALL = 0.9
STRAY, DEVIATIONS, EFFECT = 2, 3.0, 0.05


class Chance(NamedTuple):
    """What chance explains.

    Args:
        shared: values that two columns would share.
        spread: the standard deviation of that.
        least: values above `shared` that are worth the name: numbers are never drawn quite at will.
    """

    shared: float
    spread: float
    least: float = 0.0

    def explains(self, shared: int) -> bool:
        """Whether so many are not many more than chance gives."""
        return shared <= self.shared + max(DEVIATIONS * self.spread + STRAY, self.least)


def chance(kind: str, first: tuple[int, Numbers], second: tuple[int, Numbers]) -> Chance:
    """What two columns would share by chance.

    Args:
        kind: the category of the one that is known.
        first: its distinct values, and the numbers among them.
        second: the same of the other.
    """
    smaller = min(first[0], second[0])
    if all(numbers.held >= ALL * size for size, numbers in (first, second)):
        return _of_numbers(first[1], second[1])._replace(least=EFFECT * smaller)
    pairs = first[0] * second[0]
    letters = min(LONGEST, first[1].size, second[1].size)
    expected = pairs * (NAMESAKES if kind == "name" else SIGNS**-letters)
    expected = min(float(smaller), expected)
    return Chance(expected, math.sqrt(expected))


def _of_numbers(first: Numbers, second: Numbers) -> Chance:
    """Two columns of numbers, each drawn at will from its own range, meet in what the ranges have in common.

    The spread is that of a draw without replacement within the common range, and of how many of each fall in it.
    """
    ranges = [(one.lowest or 0, one.highest or 0) for one in (first, second)]
    sizes = [high - low + 1 for low, high in ranges]
    common = max(0, min(high for _, high in ranges) - max(low for low, _ in ranges) + 1)
    one, other = (numbers.held / size for numbers, size in zip((first, second), sizes, strict=True))
    within = common * one * other * (1 - one) * (1 - other)
    fall = [common * share * (1 - share) * (1 - common / size) for share, size in zip((one, other), sizes, strict=True)]
    return Chance(common * one * other, math.sqrt(within + other**2 * fall[0] + one**2 * fall[1]))
