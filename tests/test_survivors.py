"""What survives is found in every notation people write it in, and what only looks like it is not."""

import base64
from collections.abc import Callable
from urllib.parse import quote

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from igmap.release.survivors.artefacts import holding
from igmap.release.survivors.decoding import readings
from igmap.release.survivors.extremes import _outer
from igmap.release.survivors.forms import ANYWHERE, OWN, WHOLE, folded, forms_of, grams_of, nearly, squeezed
from igmap.release.survivors.orders import rows_in_order, rows_together
from igmap.release.survivors.published import _own_words
from igmap.release.survivors.sought import found_forms


def _reach(value: str, text: str) -> int | None:
    """How far the forms reach in which a value stands in a text."""
    found = found_forms(forms_of(pl.Series([value])), grams_of(pl.Series([text]))["form"])
    return None if found.is_empty() else int(str(found["reach"].max()))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Zoë Westerhoven", "gesproken met ZOE  WESTERHOVEN."),
        ("Zoë Westerhoven", "Westerhoven, Zoë"),
        ("Westerhoven, Zoë", "zoë westerhoven"),
        ("Jan Pieter de Vries", "de Vries, Jan Pieter"),
        ("Jan Pieter de Vries", "Jan Vries"),
        ("Jan de Vries", "J. de Vries"),
        ("Łukasz Øresund", "lukasz oresund"),
        ("Иван Петров", "звонил иван петров"),
        ("Zoë Westerhoven", "Zoë Westerhovne"),
        ("Zoë Westerhoven", "Zoe Westrhoven"),
        ("jan@school.example", "MAILTO:Jan@School.Example"),
        ("jan@school.example", "jan@schol.example"),
        ("+31 6 1234 5678", "bel 06-12345678"),
        ("0612345678", "+31 (0)6 12 34 56 78"),
        ("0031612345678", "06 1234 5678"),
        ("+49 30 1234567", "0049301234567"),
        ("123456782", "bsn 123.456.782"),
        ("012345672", "12345672"),
        ("NL91 ABNA 0417 1643 00", "nl91abna0417164300"),
        ("NL91ABNA0417164300", "NL91 ABNA 0417 1643 00 t.n.v."),
        ("30418812", "nr30418812x"),
        ("Molenweg 108", "molenweg 108, Goes"),
    ],
)
def test_a_value_is_found_in_another_notation(value: str, text: str) -> None:
    assert (_reach(value, text) or 0) >= ANYWHERE


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Zoë Westerhoven", "Zoë was er, mevrouw Westerman niet"),
        ("J. de Vries", "K. de Vries"),
        ("jan1@school.example", "jan2@school.example"),
        ("20240305", "2024-03-05"),
        ("1022311022", "10:22:31 10:22"),
        ("jandevries", "jan <b>de</b> vries"),
        ("30418812", "304188123"),
        ("Ana Bo", "ana bo"),
    ],
)
def test_what_only_looks_like_a_value_is_none(value: str, text: str) -> None:
    assert (_reach(value, text) or OWN) < ANYWHERE


@pytest.mark.parametrize(("value", "reach"), [("Vos", OWN), ("7", OWN), ("u7", WHOLE), ("12345678", ANYWHERE)])
def test_short_and_plain_values_do_not_count_everywhere(value: str, reach: int) -> None:
    assert _reach(value, value) == reach


letters = st.text(st.characters(categories=["L"], max_codepoint=0x2AF), min_size=8, max_size=14)


@given(letters, st.integers(0, 13), st.sampled_from("ax"))
def test_every_single_edit_is_found_and_no_other(word: str, at: int, letter: str) -> None:
    form = squeezed(pl.Series([word]))[0]
    at %= len(form)
    edits = [form[:at] + form[at + 1 :], form[:at] + letter + form[at + 1 :], form[:at] + letter + form[at:]]
    texts = pl.Series([one for one in dict.fromkeys(edits) if one != form and len(one) >= 8])
    assert set(nearly(pl.Series([form]), texts)["gram"]) == set(texts)
    twice = pl.Series(["zz" + form[2:], form + "qq"])
    assert nearly(pl.Series([form]), twice).filter(pl.col("gram").str.len_chars() > len(form)).is_empty()


@given(st.text(st.characters(max_codepoint=0x17F), max_size=40))
def test_folding_twice_is_folding_once_and_no_text_breaks_it(text: str) -> None:
    once = folded(pl.Series([text]))
    assert grams_of(once).height == grams_of(pl.Series([text])).height


@pytest.mark.parametrize(
    "write",
    [
        lambda mail: base64.b64encode(mail.encode()).decode(),
        lambda mail: base64.urlsafe_b64encode(mail.encode()).decode().rstrip("="),
        lambda mail: quote(mail, safe=""),
        lambda mail: "".join(f"&#{ord(letter)};" for letter in mail),
        lambda mail: "".join(f"\\u{ord(letter):04x}" for letter in mail),
    ],
)
def test_other_writings_are_read(write: Callable[[str], str]) -> None:
    assert any("jan.devries@school.example" in one for one in readings(f"x {write('jan.devries@school.example')} y"))


@pytest.mark.parametrize("text", ["\\ud83d", "%ff%fe", "&#0;&bogus;", "QQQQQQQQQQQQQ9=", "=" * 40])
def test_what_is_no_other_writing_breaks_nothing(text: str) -> None:
    assert all(one.encode("utf-8") is not None for one in readings(text))


def _shuffled(values: list[str], seed: int) -> pl.Series:
    return pl.Series(np.random.default_rng(seed).permutation(values).tolist())


@pytest.mark.parametrize("values", [["a"] * 300 + ["b"] * 300, [str(n) for n in range(600)], ["x"] * 590 + ["y"] * 10])
def test_a_shuffle_is_no_order_and_a_sort_of_many_values_is(values: list[str]) -> None:
    for seed in range(30):
        shuffled = _shuffled(values, seed)
        assert rows_in_order(shuffled) == rows_together(shuffled) == 0
    told = rows_in_order(pl.Series(sorted(values))) + rows_together(pl.Series(sorted(values)))
    assert (told > 0) == (len(set(values)) > 2 or values.count("a") > 0)


def test_the_number_of_equal_neighbours_has_the_variance_that_is_said() -> None:
    values = ["a"] * 500 + ["b"] * 300 + ["c"] * 200
    equal = [int((one == one.shift(1)).sum()) for one in (_shuffled(values, seed) for seed in range(400))]
    two, three = 0.25 + 0.09 + 0.04, 0.125 + 0.027 + 0.008
    said = (1000 * (two * (1 - two) + 2 * (three - two**2))) ** 0.5
    assert np.mean(equal) == pytest.approx(1000 * two, abs=4)
    assert np.std(equal) <= said * 1.1  # drawing without replacement varies less


@pytest.mark.parametrize(
    ("labels", "few", "told"),
    [
        (["20-24", "25-29", "30-34", "35-38"], {38.0}, ["35-38"]),
        (["21-24", "25-29", "30-34", "35-39"], {21.0}, ["21-24"]),
        (["20-24", "25-29", "30-34", "35-39"], {39.0}, []),
        (["20-24", "25-29", "30-34", "35-38"], {37.0}, []),
        (["0-17", "18-64", "65-99"], {99.0}, []),
        (["1-3", "4-6", "7-10", "*", None], {10.0}, []),
    ],
)
def test_an_outer_interval_that_ends_with_somebody_is_told(
    labels: list[str | None], few: set[float], told: list[str]
) -> None:
    assert _outer(set(labels), few) == told


def test_somebody_who_is_called_as_igmap_writes_does_not_stop_a_certificate() -> None:
    forms = forms_of(pl.Series(["Per Kolom", "Sanne de Vries"]))
    assert holding(["Verdeling per kolom: 4"], forms) == 1
    assert holding(["Verdeling per kolom: 4"], forms, ours=_own_words()) == 0
    assert holding(["Verdeling per kolom, door Sanne de Vries"], forms, ours=_own_words()) == 1
