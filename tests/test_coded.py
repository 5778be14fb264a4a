"""Columns as codes say the same as the cells themselves."""

from collections import Counter

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from igmap.release.coded import coded, encoded, joined, places
from tests.examples import examples

CELLS = st.one_of(st.none(), st.sampled_from(["", "a", "A", " a", "\0", "é"]))
ROWS = st.lists(st.tuples(CELLS, CELLS), max_size=12)


def _texts(cells: list[str | None]) -> pl.Series:
    return pl.Series(cells, dtype=pl.String)


@settings(max_examples=examples(30), deadline=None)
@given(rows=ROWS, cut=st.integers(0, 12))
def test_codes_count_what_the_cells_do(rows: list[tuple[str | None, str | None]], cut: int) -> None:
    one, other = ([row[at] for row in rows] for at in (0, 1))
    left = joined([encoded(_texts(part).to_arrow()) for part in (one[:cut], one[cut:])])
    assert left.cells.to_list() == one
    assert dict(left.rows("value").iter_rows()) == Counter(one)
    pairs = left.beside(coded(_texts(other).alias("\0"))).iter_rows()
    assert {(written, source): count for written, source, count in pairs} == Counter(rows)


def test_a_record_that_does_not_exist_has_a_blank() -> None:
    asked = pl.Series([4, 1, 3, 9])
    for known in (pl.Series([1, 2, 3, 4]), pl.Series([1, 4, 7])):  # without gaps, and with
        cells = coded(_texts([f"r{record}" for record in known])).at(places(known, asked)).cells
        assert cells.to_list() == [f"r{record}" if record in known.to_list() else None for record in asked]
