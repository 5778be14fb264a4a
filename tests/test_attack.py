"""Judging an attack: intervals as printed by others, and what follows from them."""

from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from igmap.release.attacks.attack import Attack, Tried, Z, counted, judged, limited, wilson
from tests.examples import examples


@pytest.mark.parametrize(
    ("hits", "tries", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_an_interval_is_the_one_newcombe_prints(hits: int, tries: int, low: float, high: float) -> None:
    assert wilson(hits, tries) == pytest.approx((hits / tries, low, high), abs=5e-5)


@settings(max_examples=examples(100), deadline=None)
@given(tries=st.integers(1, 5000), share=st.floats(0, 1))
def test_the_ends_of_an_interval_are_the_shares_that_the_count_is_just_not_unlikely_under(
    tries: int, share: float
) -> None:
    found, *ends = wilson(share * tries, tries)
    assert 0 <= ends[0] <= found <= ends[1] <= 1
    for end in ends:
        if 1e-9 < end < 1 - 1e-9:
            assert abs(found - end) == pytest.approx(Z * sqrt(end * (1 - end) / tries), rel=1e-6, abs=1e-9)


def test_everything_is_possible_of_what_was_not_tried() -> None:
    assert wilson(0, 0) == (0, 0, 1)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((10, 10), (0, 10), 0.6075, 1),
    ],
)
def test_a_difference_is_the_one_newcombe_prints(
    one: tuple[int, int], other: tuple[int, int], low: float, high: float
) -> None:
    found = judged(Tried(*one, *other), "m", power=None)
    assert (found.excess_low, found.excess_high) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("tried", "power", "outcome"),
    [
        (Tried(5, 2000, 5, 2000), 0.9, "holds"),
        (Tried(5, 2000, 5, 2000), 0.05, "cannot_tell"),  # the attack does not work at all
        (Tried(5, 2000, 5, 2000), None, "holds"),
        (Tried(400, 2000, 5, 2000), 0.9, "unmet"),
        (Tried(400, 2000, 5, 2000), 0.0, "unmet"),
        (Tried(0, 20, 0, 20), 0.9, "cannot_tell"),
        (Tried(0, 0), 0.9, "cannot_tell"),
        (Tried(400, 2000), 0.9, "unmet"),  # nothing to control for
    ],
)
def test_an_outcome_follows_from_both_ends_and_from_power(tried: Tried, power: float | None, outcome: str) -> None:
    assert judged(tried, "m", power=power).outcome == outcome


def test_a_wider_limit_lets_more_through_and_is_remembered() -> None:
    tried = Tried(400, 2000, 5, 2000)
    assert (judged(tried, "m", power=None, limit=0.5).outcome, judged(tried, "m", power=None).limit) == ("holds", 0.05)


def test_what_was_counted_is_held_against_its_own_limit_or_told() -> None:
    found = counted(0.3, 0.1, "m", baseline=0.2)
    assert found == Attack(0.3, 0.3, 0.3, 0.1, "m", 0.2)
    assert [limited(found, limit).outcome for limit in (None, 0.0, 0.29, 0.3)] == ["told", "unmet", "unmet", "holds"]
