# ruff: noqa: RUF001 - letters that look like others are what is tested
"""readable: the text as a reader sees it, with the place of every character in the text as given."""

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from igmap.inventory.readable import odd, original_span, readable
from tests.examples import examples

ODD = "\u200b\u00ad\u202e\u2066\ufeff\u0301\u0308\u0344аеоіЗбЯαορΩ０ａ－\u00a0\u2011’ﬁ٣\x00\u2028²…é\U0001d400"
texts = st.text(alphabet=st.one_of(st.characters(codec="utf-8"), st.sampled_from(ODD + "abeno 1234-'")), max_size=40)


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("J\u200ban de \u2066Wit\u2069", "Jan de Wit"),
        ("Ja\u00adn", "Jan"),
        ("\ufeffJan\x00", "Jan"),
        ("Jаn Vriеs", "Jan Vries"),
        ("jаn@schoοl.nl", "jan@school.nl"),
        ("０６－１２３４５６７８", "06-12345678"),
        ("Ｊａｎ　ｄｅ　Ｗｉｔ", "Jan de Wit"),
        ("٠٦١٢٣٤٥٦٧٨", "0612345678"),
        ("О6 1234 О612345678", "О6 1234 0612345678"),
        ("06\u201112345678\u00a0of 06–12345678", "06-12345678 of 06-12345678"),
        ("Rene\u0301e", "Renée"),
        ("𝐉𝐚𝐧 𝓭𝓮 Ⓦit ﬁets", "Jan de Wit fiets"),
        ("d’Angelo", "d'Angelo"),
        ("regel\u2028regel", "regel\nregel"),
    ],
)
def test_what_is_hidden_or_dressed_up_is_seen_plainly(written: str, seen: str) -> None:
    assert readable(written)[0] == seen


@pytest.mark.parametrize(
    "text",
    [
        "", "Jan", "Renée Müller, Şule Çelik, Łukasz Ærø", "Иван Петров", "Сергей", "Γιώργος Παππάς", "李伟", "محمد",
        "€ 12,50 voor 3 m²…", "½ ©®™", "tab\ten\r\nregel", "Привет Jan", "10б", "🙂",
    ],
)  # fmt: skip
def test_a_plain_text_and_a_word_of_another_script_stay_as_they_are(text: str) -> None:
    assert readable(text) == (text, None)


@pytest.mark.parametrize(
    ("written", "found", "original"),
    [
        ("Beste J\u200ba\u00adn, dag", "Jan", "J\u200ba\u00adn"),
        ("Dag Rene\u0301 !", "René", "Rene\u0301"),
        ("een ﬁets", "fi", "ﬁ"),
        ("een ﬁets", "f", "ﬁ"),
        ("\u202eJan\u202c", "Jan", "Jan\u202c"),
        ("x\u00a0Jan", "Jan", "Jan"),
    ],
)
def test_a_span_covers_what_is_hidden_inside_it_and_right_behind_it(written: str, found: str, original: str) -> None:
    seen, offsets = readable(written)
    assert offsets is not None
    start = seen.index(found)
    first, last = original_span(offsets, start, start + len(found), len(written))
    assert written[first:last] == original


@given(texts)
@settings(max_examples=examples(2000), deadline=None)
def test_offsets_rise_one_for_each_character_and_none_where_nothing_changed(text: str) -> None:
    seen, offsets = readable(text)
    assert (offsets is None) == (seen == text)
    if offsets is not None:
        assert len(offsets) == len(seen)
        assert offsets == sorted(offsets)
        assert all(0 <= at < len(text) for at in offsets)


@given(texts)
@settings(max_examples=examples(2000), deadline=None)
def test_a_readable_text_is_read_as_it_is(text: str) -> None:
    seen = readable(text)[0]
    assert readable(seen) == (seen, None)


@given(texts)
@settings(max_examples=examples(500), deadline=None)
def test_a_character_that_stays_stands_where_its_offset_says(text: str) -> None:
    seen, offsets = readable(text)
    for at, letter in zip(offsets or range(len(seen)), seen, strict=True):
        assert text[at] == letter or odd().search(text[at : at + 2])


@given(st.text(alphabet=st.characters(max_codepoint=0x24F, exclude_categories=("Cc", "Cf", "Zs")), max_size=60))
@settings(max_examples=examples(500), deadline=None)
def test_latin_letters_as_they_are_composed_are_plain(text: str) -> None:
    letters = "".join(letter for letter in text if unicodedata.decomposition(letter)[:1] != "<")
    assert readable(letters) == (letters, None)


def test_a_long_text_costs_no_more_than_its_length() -> None:
    began = time.process_time()
    readable("Beste J\u200ban, hier is een regel tekst zonder iets bijzonders erin.\n" * 1_500)
    assert time.process_time() - began < 1
