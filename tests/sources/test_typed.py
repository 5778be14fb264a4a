"""Typed views: what a column's text is as a type, for which share, and when nobody can tell."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from igmap.sources import TypedView, as_typed, open_exports, typed_view
from igmap.sources.typed.numbers import as_numbers
from tests.examples import examples

TODAY = date(2026, 11, 1)


def view_of(values: list[str | None]) -> TypedView:
    with open_exports({"t": pl.DataFrame({"a": values})}) as exports:
        return typed_view(exports.engine, exports.datasets[0].columns[0], today=TODAY)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["1", "20", "-3", None], TypedView("integer")),
        (["0612345678", "0687654321"], TypedView("text", 0.5)),
        (["007", "1", "2", "3"], TypedView("integer", 0.75)),
        (["1,5", "20", "1.234,50"], TypedView("decimal", 1.0, "comma")),
        (["1.5", "20", "1,234.50"], TypedView("decimal", 1.0, "point")),
        (["1.000", "2.500.000", "12"], TypedView("decimal", 1.0, "comma")),
        (["1.000", "1.5"], TypedView("decimal", 1.0, "", ambiguous=True)),
        (["1,234", "5,678"], TypedView("decimal", 1.0, "", ambiguous=True)),
        (["ja", "Nee", "JA", "?"], TypedView("boolean", 0.75)),
        (["2026-01-31", "2026-02-01T10:00"], TypedView("date")),
        (["31-01-2026", "1-2-26"], TypedView("date")),
        (["31/01/2026", "01/02/2026"], TypedView("date", 1.0, "day first")),
        (["01/31/2026", "01/02/2026"], TypedView("date", 1.0, "month first")),
        (["01/02/2026", "03/04/2026"], TypedView("date", 1.0, "", ambiguous=True)),
        (["03/03/2026", "04/04/2026"], TypedView("date", 1.0, "day first")),
        (["4 mei 2026", "5 October 2026"], TypedView("date")),
        (["31-02-2026", "30-02-2026"], TypedView("text", 0.5)),
        (["NL91 ABNA 0417 1643 00", "NL20INGB0001234567"], TypedView("iban")),
        (["NL001234567B01", "NL123456789B02"], TypedView("text", 0.5)),
        (["5261 AB", "1011ab"], TypedView("postcode")),
        (["Jan", "12", "Piet"], TypedView("text", 0.5)),
        ([None, " "], TypedView("text")),
    ],
)
@pytest.mark.ci
def test_a_column_has_the_type_of_most_of_its_records(values: list[str | None], expected: TypedView) -> None:
    assert view_of(values) == expected


@pytest.mark.parametrize(
    ("values", "typed"),
    [
        (["1", "2", "3", "007", None], [1, 2, 3, None, None]),
        (["1.234,50", "7", "0,5", "x"], [1234.5, 7.0, 0.5, None]),
        (["31/01/2026", "1/2/2026", "x"], [date(2026, 1, 31), date(2026, 2, 1), None]),
        (["01/31/2026", "1/2/2026", "2026-05-06"], [date(2026, 1, 31), date(2026, 1, 2), date(2026, 5, 6)]),
        (["01/02/2026", "03/04/2026"], [None, None]),
        (["ja", "nee", "weet niet"], [True, False, None]),
        (["5261 AB", "1011 AB"], ["5261 AB", "1011 AB"]),
    ],
)
def test_values_are_read_as_the_view_says_and_never_guessed(values: list[str | None], typed: list[Any]) -> None:
    assert as_typed(pl.Series(values, dtype=pl.String), view_of(values), today=TODAY).to_list() == typed


@settings(max_examples=examples(20))
@given(st.lists(st.integers(-(10**15) + 1, 10**15 - 1), min_size=1))
def test_whole_numbers_come_back_as_themselves(numbers: list[int]) -> None:
    texts = pl.Series([str(number) for number in numbers])
    assert view_of(texts.to_list()) == TypedView("integer")
    assert as_typed(texts, TypedView("integer"), today=TODAY).to_list() == numbers


@given(st.lists(st.decimals(0, 999_999, places=2), min_size=1), st.booleans())
def test_amounts_come_back_whichever_mark_they_are_written_with(amounts: list[Any], dutch: bool) -> None:  # noqa: FBT001 - hypothesis draws it
    texts = [f"{amount:,.2f}" for amount in amounts]
    swapped = [text.translate(str.maketrans(",.", ".,")) for text in texts] if dutch else texts
    assert as_numbers(pl.Series(swapped)).to_list() == [float(amount) for amount in amounts]
