"""Sentences that persons are looked for in: none is trained on, names are hidden wholly, hand marks hold."""

import re
from pathlib import Path

import pytest

from benchmarks.business_text import Document
from benchmarks.fairness import Pool
from benchmarks.make_spelling import is_held
from benchmarks.person_names import SLOT, by_group, carriers, listed, parts, sentences, unseen
from benchmarks.person_texts_held import marked, named_by_hand, nameless

PERSONS = Path(__file__).parents[1] / "benchmarks" / "persons"
POOL = Pool(("Abcde",), ("Fghij",), ("van",))


def test_no_carrier_stands_in_a_template_that_is_trained_on() -> None:
    texts = [(PERSONS / f"training_{part}.yaml").read_text("utf-8") for part in ("templates", "words", "sentences")]
    trained = re.sub(r"\W+", " ", " ".join(texts).lower())
    lines = [line for some in carriers().values() for line in some]
    assert len(set(lines)) >= 20
    assert all(line.count(SLOT) == 1 for line in lines)
    around = [re.sub(r"\W+", " ", side.lower()).strip() for line in lines for side in line.split(SLOT)]
    assert not [side for side in around if len(side.split()) > 3 and side in trained]


def test_a_sentence_marks_the_name_it_was_given_and_is_always_the_same() -> None:
    drawn = list(sentences("x", POOL, 60))
    assert drawn == list(sentences("x", POOL, 60))
    names = {text.text[start:end] for text in drawn for start, end in text.persons}
    assert {"Abcde", "Fghij", "Abcde Fghij"} <= names
    assert all(re.search("Abcde|Fghij", name) for name in names)


def test_who_is_mentioned_by_a_user_name_is_a_person_and_an_account_is_none() -> None:
    marks = ((0, 4, "username"), (10, 13, "name"), (21, 26, "username"))
    letter = Document("@jan zegt Piet heeft jan01.", marks, ("", "nl", ""), "chat", "as written")
    assert [one.persons for one in marked([letter])] == [((0, 4), (10, 13))]


def test_a_name_is_unseen_only_if_each_of_its_words_is_held_out_and_in_no_text() -> None:
    held = [word for word in map("zq{}".format, "abcdefghij") if is_held(word)]
    other = next(word for word in map("zq{}".format, "abcdefghij") if not is_held(word))
    one, two = held[:2]
    assert parts(f"van der {one.title()}-{two}") == [one, two]
    asked = (one, f"{one}-{two}", f"{one}-{other}", other)
    assert unseen(asked, frozenset()) == (one, f"{one}-{two}")
    assert unseen(asked, frozenset([two])) == (one,)
    assert listed(asked, frozenset([one, other])) == (one, f"{one}-{other}", other)


@pytest.mark.ci
def test_every_group_is_measured_on_five_hundred_names_at_least() -> None:
    found = by_group(lambda texts: [[] for _ in texts], hidden=True)
    assert len(found) >= 15
    assert all(one.count >= 500 and one.exact == one.whole == 0 for one in found.values())


def test_sentences_marked_by_hand_are_held_out_and_set_aside() -> None:
    marked = named_by_hand()
    assert all(one.persons for one in marked)
    assert not {one.text for one in marked} & set(nameless())  # which asks that every one of them is held out
