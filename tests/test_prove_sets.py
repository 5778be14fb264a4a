"""Cells that are sets or intervals: they cover the value of their record, and cost what they cover."""

from collections.abc import Sequence

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from igmap.release.checks import standing
from igmap.release.coded import coded
from igmap.release.staged import Labels
from tests.examples import examples

TOWNS: Labels = np.array([[town, "*"] for town in ("Goes", "Zeist", "Ede", 'a | "b"', "(blank)", None)], dtype=object)
AGES: Labels = np.array(
    [["21", "20-24", "*"], ["24", "20-24", "*"], ["38", "35-39", "*"], ["41", "40-44", "*"], [None, None, "*"]],
    dtype=object,
)
DATES: Labels = np.array([[f"2024-01-{day:02}", "*"] for day in (1, 11, 31)], dtype=object)


def _cost(labels: Labels, written: str | None, source: str | None, least: int = 0) -> float | None:
    cells = (coded(pl.Series([text], dtype=pl.String)) for text in (written, source))
    found = standing(labels, *cells, least=least)
    return None if found.misfits else found.loss


@pytest.mark.parametrize(
    ("written", "source", "cost"),
    [
        ("Goes", "Goes", 0),
        ("Ede | Goes", "Goes", 1 / 5),
        ("Ede | Goes | (blank)", None, 2 / 5),
        ("Ede | (blank)", "(blank)", None),
        ('"(blank)" | Ede', "(blank)", 1 / 5),
        ('"a | ""b""" | Ede', 'a | "b"', 1 / 5),
        ('"a | ""b"""', 'a | "b"', 0),
        (None, None, 0),
        ("*", "Goes", 1),
        ("Ede | Goes", "Zeist", None),
        ("Ede | Utrecht", "Ede", None),
        ("Ede | Goes", "Utrecht", None),
        ("Ede-Goes", "Ede", None),
    ],
)
def test_a_set_covers_its_members(written: str | None, source: str | None, cost: float | None) -> None:
    assert _cost(TOWNS, written, source) == (None if cost is None else pytest.approx(cost))


@pytest.mark.parametrize(
    ("written", "source", "least", "cost"),
    [
        ("21-38", "24", 0, 17 / 20),
        ("24-38", "21", 0, None),
        ("24-38", "41", 0, None),
        ("38-24", "38", 0, None),
        ("21-24 | (blank)", None, 0, 1),
        ("21-24", None, 0, None),
        ("22-38", "24", 0, None),  # no value of the column ends it
        ("21 | 41", "24", 0, None),
        ("20-24 | 35-39", "24", 1, 17 / 20),
        ("20-24", "24", 1, 3 / 20),
        ("20-24 | 40-44", "38", 1, None),
        ("21-38", "24", 1, None),  # finer than the plan allows
    ],
)
def test_an_interval_covers_what_lies_in_it(written: str, source: str | None, least: int, cost: float | None) -> None:
    assert _cost(AGES, written, source, least) == (None if cost is None else pytest.approx(cost))


def test_dates_and_whole_columns_have_intervals_too() -> None:
    assert _cost(DATES, "2024-01-01..2024-01-11", "2024-01-11") == pytest.approx(1 / 3)
    assert _cost(DATES, "2024-01-11..2024-01-31", "2024-01-01") is None


def test_a_plan_that_asks_for_no_sets_gets_none() -> None:
    cells = coded(pl.Series(["Ede | Goes"])), coded(pl.Series(["Goes"]))
    assert standing(TOWNS, *cells).misfits == 1


@settings(max_examples=examples(30), deadline=None)
@given(st.lists(st.lists(st.sampled_from(TOWNS[:4, 0].tolist()), min_size=1, max_size=4, unique=True), min_size=1))
def test_many_sets_cost_the_sum_of_their_own(sets: Sequence[Sequence[str]]) -> None:
    written = [" | ".join('"a | ""b"""' if "|" in town else town for town in sorted(members)) for members in sets]
    own = coded(pl.Series([members[0] for members in sets]))
    found = standing(TOWNS, coded(pl.Series(written)), own, least=0)
    assert found.misfits == 0
    assert found.loss == pytest.approx(sum((len(members) - 1) / 5 for members in sets))
