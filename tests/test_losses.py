"""Measures of loss against counts by hand."""

from math import log2

import pytest

from igmap.anonymisation import find_recoding
from igmap.anonymisation.losses import losses_of
from tests.release_cases import AGE, Row, opened, plan, quasi

ROWS: list[Row] = [("21",), ("21",), ("24",), ("38",), ("90",)]


def test_each_measure_is_what_its_paper_defines() -> None:
    with opened(["age"], ROWS) as exports:
        losses = losses_of(find_recoding(exports, plan(quasi("age", {**AGE, "top": 38}), k=2)), 2)
    # 20-24 holds 21, 21, 24; >=38 holds 38 and 90: nobody is suppressed
    assert losses.ncp == pytest.approx((3 * 3 / 69 + 2 * 52 / 69) / 5)
    assert losses.discernibility == 9 + 4
    assert losses.class_size == 5 / 2 / 2
    lost = 2 * -log2(2 / 3) + -log2(1 / 3) + 2 * -log2(1 / 2)
    assert losses.entropy == pytest.approx(lost / (2 * -log2(2 / 5) + 3 * -log2(1 / 5)))
    assert losses.suppressed == 0


def test_a_suppressed_row_is_told_from_none_and_loses_all() -> None:
    with opened(["age"], ROWS) as exports:
        losses = losses_of(find_recoding(exports, plan(quasi("age", {"intervals": [5]}), k=2)), 2)
    assert losses.suppressed == pytest.approx(2 / 5)
    assert losses.discernibility == 9 + 2 * 5
    everything = 2 * -log2(2 / 5) + 3 * -log2(1 / 5)
    assert losses.entropy == pytest.approx((2 * -log2(2 / 3) - log2(1 / 3) + 2 * -log2(1 / 5)) / everything)
