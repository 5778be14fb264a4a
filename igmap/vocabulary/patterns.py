"""Patterns that are compiled once. Polars keeps those that a thread asked for last, 32 of them, and igmap has hundreds.

To compile one may take milliseconds, for letters of every script. So every thirty have a thread of their own, which is
asked in turn and never by itself: what is found is the same, and nothing runs beside anything else.
"""

import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache, lru_cache
from typing import Any, Literal, TypeVar

import numpy as np
import polars as pl

Answer = TypeVar("Answer")
Asked = Literal["contains", "extract", "extract_all", "replace", "replace_all"]
VALUE = pl.col("value")
OF_A_THREAD = 30  # patterns
MOST_IDLE = 31  # threads besides one; to ask for more than that would take longer than to wake them
MOST = 480  # patterns that are kept; others are compiled whenever they are asked for
_KEPT: dict[str, int] = {}  # in the order in which they were first asked for


def tried(values: pl.Series, ask: Asked, pattern: str, *more: str) -> pl.Series:
    """What a method of `Series.str` answers about a pattern.

    Args:
        values: texts.
        ask: the method that is asked.
        pattern: Rust regex syntax.
        more: what the method is to be told besides.

    Example:
        >>> tried(pl.Series(["Jan", "12"]), "contains", "^[0-9]+$").to_list()
        [False, True]
    """
    told: pl.DataFrame = _asked(
        _place(pattern), values.to_frame("value").select_seq, _answer(ask, pattern, *more), *_idle()
    )
    return told.to_series().alias(values.name)


def shown(values: pl.Series, patterns: Mapping[str, str]) -> dict[str, np.ndarray]:
    """Of each sign which values match its pattern, those of a thread asked together; null matches none.

    Args:
        values: texts.
        patterns: by sign, Rust regex syntax.

    Example:
        >>> shown(pl.Series(["Jan", "12", None]), {"number": "^[0-9]+$"})["number"].tolist()
        [False, True, False]
    """
    asked: dict[int, list[pl.Expr]] = {}
    for sign, pattern in patterns.items():
        asked.setdefault(_place(pattern), []).append(_sign(sign, pattern))
    frame = values.to_frame("value")
    told = [_asked(place, frame.select_seq, *matches, *_idle()) for place, matches in asked.items()]
    return {column.name: column.to_numpy() for some in told for column in some if column.name in patterns}


@lru_cache(MOST)
def _answer(ask: Asked, pattern: str, *more: str) -> pl.Expr:
    answer: pl.Expr = getattr(VALUE.str, ask)(pattern, *more)
    return answer


@lru_cache(MOST)
def _sign(sign: str, pattern: str) -> pl.Expr:
    return VALUE.str.contains(pattern).fill_null(value=False).alias(sign)


@cache
def _idle() -> list[pl.Expr]:
    """What is asked beside a pattern: with as many expressions as it has threads, polars wakes none of them for one."""
    others = pl.thread_pool_size() - 1
    return [pl.lit(None).alias(f"idle {other}") for other in range(others if others <= MOST_IDLE else 0)]


def _place(pattern: str) -> int:
    """The number of the thread that has the pattern; 0 for none."""
    if pattern not in _KEPT and len(_KEPT) >= MOST:
        return 0
    return 1 + _KEPT.setdefault(pattern, len(_KEPT)) // OF_A_THREAD


def _asked(place: int, ask: Callable[..., Answer], *about: Any) -> Answer:
    return _thread(place).submit(ask, *about).result() if place else ask(*about)


@cache
def _thread(place: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, f"patterns-{place}")


if hasattr(os, "register_at_fork"):  # a forked process has none of the threads
    os.register_at_fork(after_in_child=_thread.cache_clear)
