"""Patterns that are compiled once. Polars keeps those that a thread asked for last, 32 of them, and igmap has hundreds.

To compile one may take milliseconds, for letters of every script. So every thirty have a thread of their own, which is
asked in turn and never by itself: what is found is the same, and nothing runs beside anything else.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import polars as pl

OF_A_THREAD = 30  # patterns
MOST = 480  # patterns that are kept; others are compiled whenever they are asked for
_KEPT: dict[str, int] = {}  # in the order in which they were first asked for


def tried(ask: Callable[..., pl.Series], pattern: str, *more: str) -> pl.Series:
    """What a method of `Series.str` answers about a pattern.

    Args:
        ask: the method of the series that is asked.
        pattern: Rust regex syntax.
        more: what the method is to be told besides.

    Example:
        >>> tried(pl.Series(["Jan", "12"]).str.contains, "^[0-9]+$").to_list()
        [False, True]
    """
    if pattern not in _KEPT and len(_KEPT) >= MOST:
        return ask(pattern, *more)
    number = _KEPT.setdefault(pattern, len(_KEPT))
    return _thread(number // OF_A_THREAD).submit(ask, pattern, *more).result()


@cache
def _thread(number: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, f"patterns-{number}")
