"""Counts per field, however many fields a batch holds."""

import numpy as np
import pytest

from igmap.inventory.tally import Tally

ROWS = np.array([1, 2, 3, 4, 5])


@pytest.mark.parametrize("others", [0, 2])
def test_a_field_is_counted_alike_alone_and_beside_others(others: int) -> None:
    tally = Tally(np.array([7] * 5 + [9] * others), np.append(ROWS, np.full(others, 100)))
    tally.add("shown", np.array([0, 4]))
    tally.add("weighed", np.array([1, 2]), np.array([10, -3]))
    tally.add_records("rows", np.array([0, 1, 4]))
    tally.add("none", np.zeros(0, np.int64))
    tally.years(np.array([0, 1, 2]), np.array([1999, 2000, 2000]))
    counts = dict(tally.evidence())
    assert counts.pop(7) == {"shown": 2, "weighed": 7, "rows": 8, "dates": 3, "year:1999": 1, "year:2000": 2}
    assert not any(counts.values())


def test_nothing_is_counted_of_no_value() -> None:
    assert not list(Tally(np.zeros(0, np.int64), np.zeros(0, np.int64)).evidence())
