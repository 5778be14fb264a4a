"""Estimators of the share of a population that is unique, from the class sizes of a sample.

Sources: Zayatz 1991 (equivalence classes); Chen & Keller-McNulty 1998 (slide negative binomial); Pitman 1995 and
Hoshino 2001 (Ewens-Pitman sampling formula); Dankar et al. 2012, doi:10.1186/1472-6947-12-66 (which of them when).
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, fsum, inf, lgamma, log, nan
from typing import Any, TypeAlias

import numpy as np
import polars as pl

Numbers: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]
STEPS = 80
GRID, ROUNDS = 200, 6
SMALL = 0.1  # sampling fraction up to which Pitman's estimate is the best


@dataclass(frozen=True, slots=True, eq=False)
class Sizes:
    """How large classes are, in persons.

    Args:
        size: each size that occurs.
        classes: how many classes have it.
        fraction: share of the population that they are of, 0-1.
    """

    size: Numbers
    classes: Numbers
    fraction: float = 1.0

    @classmethod
    def of(cls, persons: pl.Series, fraction: float = 1.0) -> "Sizes":
        """Of the persons of each class."""
        size, classes = np.unique(persons.to_numpy(), return_counts=True)
        return cls(size.astype(np.float64), classes.astype(np.float64), fraction)

    @property
    def persons(self) -> float:
        """In all classes."""
        return float((self.size * self.classes).sum())

    @property
    def population(self) -> float:
        """Persons in the population."""
        return float(round(self.persons / self.fraction))

    @property
    def single(self) -> float:
        """Classes of one person."""
        return float(self.classes[self.size == 1].sum())

    @property
    def uniques(self) -> float:
        """Share of the persons who are the only one of their class, 0-1."""
        return self.single / max(self.persons, 1)


def zayatz(sizes: Sizes) -> float:
    """Share of unique persons if the classes of the population are as large as those of the sample (Bayes)."""
    whole, drawn = sizes.population, sizes.persons
    fitting = sizes.size <= whole - drawn + 1
    seen = [one * exp(_choose(whole - one, drawn - 1) - _choose(whole, drawn)) for one in sizes.size[fitting]]
    once = fsum(chance * many for chance, many in zip(seen, sizes.classes[fitting], strict=True))
    return sizes.uniques * sizes.single * drawn / whole / once


def _choose(all_: float, some: float) -> float:
    return lgamma(all_ + 1) - lgamma(some + 1) - lgamma(all_ - some + 1)


def pitman(sizes: Sizes) -> float:
    """Share of unique persons under the Ewens-Pitman formula, its parameters of maximum likelihood (0 ≤ alpha < 1)."""
    if sizes.single == sizes.persons:
        return nan
    alpha = _root(lambda tried: _about_alpha(sizes, tried), 1e-6, 1 - 1e-9)
    theta = _theta(sizes, alpha)
    whole = sizes.population
    return exp(lgamma(theta + alpha + whole - 1) + lgamma(theta + 1) - lgamma(theta + alpha) - lgamma(theta + whole))


def _about_alpha(sizes: Sizes, alpha: float) -> float:
    """The derivative of the likelihood to alpha, where theta is the best for it."""
    theta, classes = _theta(sizes, alpha), sizes.classes.sum()
    first = (classes - 1 - theta * _harmonic(theta, alpha, classes)) / alpha
    second = fsum(
        many * (digamma(size - alpha) - digamma(1 - alpha))
        for size, many in zip(sizes.size, sizes.classes, strict=True)
    )
    return float(first - second)


def _theta(sizes: Sizes, alpha: float) -> float:
    classes, persons = float(sizes.classes.sum()), sizes.persons

    def about(logarithm: float) -> float:
        theta = exp(logarithm) - alpha
        return _harmonic(theta, alpha, classes) - (digamma(theta + persons) - digamma(theta + 1))

    return exp(_root(about, log(1e-9), log(persons) * 2 + 10)) - alpha


def _harmonic(theta: float, alpha: float, classes: float) -> float:
    """The sum of 1 / (theta + i alpha) for i from 1 to classes - 1."""
    return (digamma(theta / alpha + classes) - digamma(theta / alpha + 1)) / alpha


def _root(function: Callable[[float], float], low: float, high: float) -> float:
    """Where a function that falls goes through 0; the end it is nearest to where it does not."""
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if function(middle) > 0 else (low, middle)
    return (low + high) / 2


def digamma(value: float) -> float:
    """The derivative of the logarithm of the gamma function.

    Source: Abramowitz & Stegun 1964, 6.3.5 and 6.3.18.
    """
    less = 0.0
    while value < 8:  # noqa: PLR2004 - from here on the series is exact to 1e-12
        less, value = less + 1 / value, value + 1
    square = 1 / value**2
    series = square * (1 / 12 - square * (1 / 120 - square * (1 / 252 - square * (1 / 240 - square / 132))))
    return log(value) - 0.5 / value - series - less


def snb(sizes: Sizes) -> float:
    """Share of unique persons if class sizes in the population are 1 + a negative binomial number, by moments.

    Its three parameters are those with which so many persons, classes and single classes are expected in the sample,
    when each person is drawn by itself.
    """
    low, high = 1e-9, 1 - 1e-9
    for _ in range(ROUNDS):
        grid = np.geomspace(low, high, GRID)
        above = _singles(sizes, grid)[0] > sizes.single
        turns = np.flatnonzero(above[1:] != above[:-1])
        if not len(turns):
            return nan
        low, high = float(grid[turns[0]]), float(grid[turns[0] + 1])
    return float(_singles(sizes, np.array([low]))[1][0])


def _singles(sizes: Sizes, p: Numbers) -> tuple[Numbers, Numbers]:
    """Single classes expected in the sample, and the share of unique persons, by the parameter p."""
    drawn, whole, seen = sizes.fraction, sizes.population, float(sizes.classes.sum())
    low, high = np.full(len(p), seen), np.full(len(p), whole)
    rest = p + (1 - p) * drawn
    for _ in range(STEPS):
        classes = (low + high) / 2
        r = (whole / classes - 1) * p / (1 - p)
        few = classes * (1 - (1 - drawn) * (p / rest) ** r) < seen
        low, high = np.where(few, classes, low), np.where(few, high, classes)
    r = (whole / classes - 1) * p / (1 - p)
    once = classes * drawn * (p / rest) ** r * (1 + r * (1 - p) * (1 - drawn) / rest)
    return once, classes * p**r / whole


ESTIMATORS = {
    "pitman": "the class sizes of the population follow the Ewens-Pitman sampling formula",
    "zayatz": "the classes of the population are as large as those of the sample",
    "snb": "class sizes in the population are 1 plus a negative binomial number",
}


def estimates(sizes: Sizes) -> dict[str, float]:
    """What each estimator says, 0-1; one that fits no parameters says nothing. Whoever is not single is not unique."""
    if not sizes.single:
        return dict.fromkeys(ESTIMATORS, 0.0)
    found = {"pitman": pitman(sizes), "zayatz": zayatz(sizes), "snb": snb(sizes)}
    return {name: round(min(share, sizes.uniques), 12) for name, share in found.items() if -inf < share < inf}


def chosen(found: dict[str, float], fraction: float) -> str:
    """Pitman's for a small sample; else the lower of the other two; Zayatz's where the one asked for says nothing."""
    if fraction <= SMALL:
        return "pitman" if "pitman" in found else "zayatz"
    return min((name for name in ("snb", "zayatz") if name in found), key=lambda name: found[name])
