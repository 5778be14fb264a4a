"""Checks that own detectors name: what a candidate must pass beside its pattern."""

import re
from collections.abc import Callable, Sequence
from functools import reduce
from math import prod
from operator import and_

import polars as pl

from igmap.inventory.detectors.bsn import passes_eleven_test
from igmap.inventory.detectors.checksums import passes_luhn
from igmap.inventory.detectors.iban import passes_mod_97

Check = Callable[[pl.Series], pl.Series]

CHECKS: dict[str, Check] = {
    "luhn": lambda candidates: candidates.str.count_matches("[0-9]").is_between(2, 20) & passes_luhn(candidates),
    "eleven_test": passes_eleven_test,
    "mod_97": passes_mod_97,
}
CHANCE = {"luhn": 1 / 10, "eleven_test": 1 / 11, "mod_97": 1 / 97}
LENGTH = re.compile(r"length ([0-9]{1,3})(?:-([0-9]{1,3}))?")


def passes(checks: Sequence[str]) -> Check:
    """The test that a candidate passes every check; one of no characters passes none.

    Args:
        checks: `luhn`, `eleven_test` (nine digits, as a BSN), `mod_97` (as an IBAN), `length 9` or `length 8-10`
            (letters and digits, what stands between them not counted).
    """
    tests = [CHECKS.get(check) or _of_length(check) for check in checks]
    return lambda candidates: reduce(and_, (test(candidates) for test in tests), candidates.str.len_bytes() > 0)


def chance_of(checks: Sequence[str]) -> float:
    """The share of candidates that pass by chance; 0 when no check digit is looked at."""
    digits = [CHANCE[check] for check in checks if check in CHANCE]
    return prod(digits) if digits else 0.0


def _of_length(check: str) -> Check:
    found = LENGTH.fullmatch(check)
    least, most = (found[1], found[2] or found[1]) if found else ("0", "0")
    return lambda candidates: candidates.str.count_matches(r"[\p{L}\p{N}]").is_between(int(least), int(most))
