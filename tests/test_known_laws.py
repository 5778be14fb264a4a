"""Laws of known persons: the same as a matcher that tries everything, whatever stands around, in any order of texts."""

from itertools import pairwise

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from igmap.inventory.people.known import Known
from igmap.inventory.people.known.forms import written_forms
from igmap.inventory.people.known.letters import words_of_texts
from igmap.inventory.people.known.misspelt import Vocabulary
from igmap.inventory.people.known.parsing import parts_of
from igmap.inventory.people.known.reading import Reader
from igmap.inventory.people.known.walking import runs
from tests.examples import examples

LETTERS = st.sampled_from("abc")
WORDS = st.text(LETTERS, min_size=1, max_size=4)
NAMES = st.lists(st.lists(WORDS, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=4)
TEXTS = st.lists(st.lists(WORDS, max_size=8), min_size=1, max_size=4)
GAPS = st.sampled_from([" ", "-", ".", ", ", "\n", "; ", "! "])


def form_by_trying(words: list[str], gaps: list[str], forms: set[str]) -> set[tuple[int, int]]:
    """Runs of words, near each other, whose letters with a space or nothing between them are a form, by brute force."""
    found = set()
    for first in range(len(words)):
        for last in range(first, len(words)):
            inner = gaps[first:last]
            if any(gap in {"; ", "! "} for gap in inner):
                break
            written = words[first] + "".join(
                ("," if "," in gap else " ") + word
                for gap, word in zip(inner, words[first + 1 : last + 1], strict=True)
            )
            if any(parted_like(written, form) for form in forms):
                found.add((first, last))
    return found


def parted_like(written: str, form: str) -> bool:
    """Whether a text has the letters of a form and is parted, or has a comma, only where the form may have one."""
    if not form or not written:
        return not form and not written
    if form[0] in " ,":
        if written[0] in " ," and (written[0] == " " or form[0] == ","):
            return parted_like(written[1:], form[1:])
        return written[0] not in " ," and parted_like(written, form[1:])
    return written[0] == form[0] and parted_like(written[1:], form[1:])


@settings(max_examples=examples(60), deadline=None)
@given(names=NAMES, words=st.lists(WORDS, min_size=1, max_size=8), data=st.data())
def test_every_run_of_words_that_is_a_form_is_found_and_no_other(
    names: list[str], words: list[str], data: st.DataObject
) -> None:
    gaps = data.draw(st.lists(GAPS, min_size=len(words), max_size=len(words)))
    known = Known.of(names)
    text = words_of_texts(pl.Series(["".join(word + gap for word, gap in zip(words, gaps, strict=True))]))
    read = Reader(known.forms, known.vocabulary).read(text, np.zeros(len(words), np.uint64))
    found = runs(read, known.forms).select("first", "last").unique().rows()
    forms = set(written_forms(parts_of(pl.Series(names)))["form"])
    assert set(found) == form_by_trying(words, gaps, forms)


def one_edit(word: str, other: str) -> bool:
    """Whether one insertion, deletion, replacement or exchange of neighbours makes the other, by trying all."""
    made = {word[:at] + word[at + 1 :] for at in range(len(word))}
    made |= {word[:at] + letter + word[at:] for at in range(len(word) + 1) for letter in "abc"}
    made |= {word[:at] + letter + word[at + 1 :] for at in range(len(word)) for letter in "abc"}
    made |= {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}
    return other in made


LONG = st.text(LETTERS, min_size=5, max_size=7)


@settings(max_examples=examples(60), deadline=None)
@given(
    known=st.lists(LONG, min_size=1, max_size=5, unique=True), asked=st.lists(LONG, min_size=1, max_size=6, unique=True)
)
def test_a_word_is_taken_for_the_first_known_one_that_is_one_edit_away(known: list[str], asked: list[str]) -> None:
    parts = parts_of(pl.Series(known))
    vocabulary = Vocabulary.of(parts, np.zeros(len(known), np.uint64))
    fresh = [word for word in asked if word not in known]
    nearest = vocabulary.nearest(pl.Series(fresh, dtype=pl.String), np.zeros(len(fresh), np.uint64))
    ranked = sorted(known)
    expected = [next((at for at, word in enumerate(ranked) if one_edit(one, word)), -1) for one in fresh]
    assert nearest.tolist() == expected


KNOWN = Known.of(["Fatima El Amrani", "Jan de Vries"])


@settings(max_examples=examples(60), deadline=None)
@given(texts=st.lists(st.text(max_size=30).filter(lambda text: not text[-1:].isalpha()), min_size=1, max_size=5))
def test_any_text_has_spans_in_order_within_it_and_texts_do_not_hang_together(texts: list[str]) -> None:
    written = pl.Series([f"{text} Jan de Vries {text}" for text in texts], dtype=pl.String)
    found = KNOWN.places(written)
    turned = KNOWN.places(written.reverse()).with_columns(row=len(texts) - 1 - pl.col("row").cast(pl.Int64))
    assert turned.sort("row", "start").rows() == found.rows()
    for row, text in enumerate(written):
        spans = found.filter(pl.col("row") == row).select("start", "end").rows()
        assert any(text[start:end] == "Jan de Vries" for start, end in spans)
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(one[1] <= other[0] for one, other in pairwise(spans))
