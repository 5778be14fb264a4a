"""What a marked sample tells of all texts: against closed forms, exact enumeration and populations that are known."""

from itertools import product
from math import comb, exp, log, prod
from random import Random

import polars as pl
import pytest

from igmap.release.free_text.estimate import (
    Stratum,
    at_most,
    clopper_pearson,
    left_in_all,
    missed,
    needed,
    recapture,
)
from igmap.release.free_text.gate import mentions

MANY = 10**9


@pytest.mark.parametrize(
    ("found", "looked", "low", "high"),
    [
        (0, 10, 0.0, 0.3085),
        (1, 10, 0.0025, 0.4450),
        (5, 10, 0.1871, 0.8129),
        (10, 10, 0.6915, 1.0),
        (2, 100, 0.0024, 0.0704),
    ],
)  # as printed by R 4's binom.test
def test_the_interval_of_clopper_and_pearson_is_that_of_other_systems(
    found: int, looked: int, low: float, high: float
) -> None:
    assert clopper_pearson(found, looked) == pytest.approx((low, high), abs=5e-5)


def test_nothing_found_gives_the_closed_form_and_the_rule_of_three() -> None:
    told = missed([Stratum("all", MANY, drawn=600)])
    assert told.bound == pytest.approx(1 - 0.05 ** (1 / 600), rel=1e-6)
    assert told.bound == pytest.approx(3 / 600, rel=0.005)
    assert (told.share, told.low) == (0, 0)
    assert told.high == pytest.approx(clopper_pearson(0, 600)[1], rel=1e-6)


def test_with_something_found_the_bound_is_clopper_and_pearsons() -> None:
    told = missed([Stratum("all", MANY, drawn=300, found=4)])
    assert told.high == pytest.approx(clopper_pearson(4, 300)[1], rel=1e-6)
    assert at_most(4, 300, told.bound) == pytest.approx(0.05, rel=1e-4)


def test_all_looked_at_leaves_nothing_to_chance() -> None:
    told = missed([Stratum("short", 40, drawn=40, found=1), Stratum("long", 10, known=10, known_found=2)])
    assert (told.share, told.low, told.high, told.bound) == (0.06, 0.06, 0.06, 0.06)


def test_a_finite_number_of_texts_counts() -> None:
    told = missed([Stratum("all", 1000, drawn=460)])
    assert told.bound * 1000 == next(m for m in range(99) if (1 - 0.46) ** (m + 1) <= 0.05)
    assert told.bound < 1 - 0.05 ** (1 / 460)


def test_a_stratum_of_which_nothing_was_drawn_may_all_be_missed() -> None:
    assert missed([Stratum("one", 50, drawn=50), Stratum("other", 50)]).bound == 0.5
    assert missed([]).bound == 0


def _hypergeometric(texts: int, wrong: int, drawn: int) -> list[float]:
    return [comb(wrong, k) * comb(texts - wrong, drawn - k) / comb(texts, drawn) for k in range(drawn + 1)]


@pytest.mark.parametrize(
    "sizes", [((12, 6), (9, 5)), ((20, 4), (8, 8)), pytest.param(((14, 7), (10, 3), (6, 5)), marks=pytest.mark.ci)]
)
def test_the_bound_and_the_interval_hold_as_often_as_they_say_whatever_is_where(
    sizes: tuple[tuple[int, int], ...],
) -> None:
    """Every population of two strata and every sample of it, by exact enumeration."""
    told = {
        found: missed([Stratum("", n, drawn=d, found=x) for (n, d), x in zip(sizes, found, strict=True)])
        for found in product(*(range(d + 1) for _, d in sizes))
    }
    texts = sum(n for n, _ in sizes)
    for wrong in product(*(range(n + 1) for n, _ in sizes)):
        chances = [_hypergeometric(n, w, d) for (n, d), w in zip(sizes, wrong, strict=True)]
        likely = {found: prod(one[x] for one, x in zip(chances, found, strict=True)) for found in told}
        share = sum(wrong) / texts
        held = sum(chance for found, chance in likely.items() if told[found].bound >= share - 1e-9)
        inside = sum(p for x, p in likely.items() if told[x].low - 1e-9 <= share <= told[x].high + 1e-9)
        assert held >= 0.95 - 1e-9
        assert inside >= 0.95 - 1e-9


@pytest.mark.ci
def test_the_bound_holds_in_samples_of_a_known_population() -> None:
    random, held, tries = Random(3), 0, 1000
    short, long = [1] * 12 + [0] * 788, [1] * 20 + [0] * 180
    for _ in range(tries):
        strata = [
            Stratum("", len(one), drawn=len(one) // 5, found=sum(random.sample(one, len(one) // 5)))
            for one in (short, long)
        ]
        held += missed(strata).bound >= 32 / 1000
    assert held / tries >= 0.95


def test_the_estimate_is_right_on_average() -> None:
    strata = [(12, 3, 6), (9, 5, 3)]
    told = sum(
        prod(_hypergeometric(n, w, d)[x] for (n, w, d), x in zip(strata, found, strict=True))
        * missed([Stratum("", n, drawn=d, found=x) for (n, _, d), x in zip(strata, found, strict=True)]).share
        for found in product(*(range(d + 1) for *_, d in strata))
    )
    assert told == pytest.approx(8 / 21)


@pytest.mark.parametrize(("found", "texts"), [(0, 10**7), (1, 10**7), (0, 900), (3, 5000)])
def test_how_many_more_to_mark_is_the_least_number_that_suffices(found: int, texts: int) -> None:
    strata, target = [Stratum("", texts, drawn=100, found=found)], 0.01
    more = needed(strata, target)
    assert more
    assert missed([Stratum("", texts, drawn=100 + more, found=found)]).bound <= target
    assert missed([Stratum("", texts, drawn=99 + more, found=found)]).bound > target


def test_what_was_found_may_be_too_much_however_many_are_marked() -> None:
    assert needed([Stratum("", 1000, drawn=100, found=20)], 0.01) is None
    assert needed([Stratum("", 50, drawn=50)], 0.01) == 0
    assert needed([], 0.01) == 0


def test_a_hundred_texts_with_three_in_a_thousand_asks_for_nearly_all() -> None:
    assert (
        needed([Stratum("", 100)], 0.005) == 96
    )  # one text is 1 %, so that none may be left: (1 - 0.96) ** 1 is below 5 %


def test_the_total_left_counts_every_one_in_a_text() -> None:
    once, twice = Stratum("", 1000, drawn=100, found=3), Stratum("", 1000, drawn=100, found=1)
    told = left_in_all([[once], [twice]])
    assert told.total == pytest.approx(1000 * (3 + 1) / 100)
    assert told.low <= told.total <= told.high
    assert left_in_all([[Stratum("", 20, drawn=20, found=3)], [Stratum("", 20, drawn=20, found=1)]]).high == 4


def test_capture_and_recapture_by_the_formula_of_chapman() -> None:
    told = recapture(50, 60, 20)
    assert told.total == pytest.approx(51 * 61 / 21 - 1)
    spread = 51 * 61 * 30 * 40 / (21**2 * 22)
    unseen = told.total - 90
    factor = exp(1.959964 * (log(1 + spread / unseen**2)) ** 0.5)
    assert (told.low, told.high) == pytest.approx((90 + unseen / factor, 90 + unseen * factor), rel=1e-5)
    assert recapture(20, 20, 20).high == 20
    assert recapture(0, 0, 0).missed == 0
    assert told.missed == pytest.approx(1 - 50 / told.total)


def test_spans_that_overlap_are_one_mention() -> None:
    spans = {"row": pl.UInt32, "start": pl.UInt32, "end": pl.UInt32}
    tagged = pl.DataFrame([(0, 0, 12), (0, 20, 25), (1, 0, 4)], schema=spans, orient="row")
    seen = pl.DataFrame([(0, 0, 5), (0, 6, 12), (2, 0, 4)], schema=spans, orient="row")
    told = mentions(tagged, seen)
    assert (told.first, told.second, told.both) == (3, 2, 1)


def test_two_independent_methods_tell_how_many_there_were() -> None:
    random, truth, inside, totals = Random(7), 400, 0, 0.0
    for _ in range(300):
        one = {n for n in range(truth) if random.random() < 0.8}
        other = {n for n in range(truth) if random.random() < 0.6}
        told = recapture(len(one), len(other), len(one & other))
        inside, totals = inside + (told.low <= truth <= told.high), totals + told.total
    assert totals / 300 == pytest.approx(truth, rel=0.005)
    assert inside / 300 > 0.92
