"""Texts that the tagger of persons is trained on: rewritten, put together, given names, with the marks in place."""

import gzip
from pathlib import Path
from random import Random

import numpy as np
import pytest

from benchmarks.drawn_names import Names
from benchmarks.person_texts import (
    DOUBTED,
    GROUP,
    PLACE,
    SOMEBODY,
    UNKNOWN,
    Marked,
    abbreviated,
    about_somebody,
    ordinary_words,
    pages,
    replaced,
    sentences,
)
from benchmarks.train_persons import MARKED, Learnt, Row, labelled
from igmap.inventory.people.tagger.model import BEGINS, GOES_ON, NOBODY
from igmap.inventory.people.tagger.words import words_of

TEXTS = [Marked("Jan belt Piet.", [(0, 3), (9, 13)]), Marked("Niets.", [])] * 100


@pytest.fixture(scope="module")
def names() -> Names:
    return Names(Random(1))


def named(marked: Marked) -> list[str]:
    return [marked.text[start:end] for start, end in marked.persons]


def test_pages_hold_every_text_once_with_its_persons_and_lines_of_a_few_words_or_a_name(names: Names) -> None:
    drawn = list(pages(TEXTS, ["aula"], names))
    lines = [line for page in drawn for line in page.text.splitlines()]
    added = [line for line in lines if line not in {text for text, *_ in TEXTS}]
    alone = [line for line in added if not line.startswith("Aula")]
    assert sorted(line for line in lines if line not in added) == sorted(text for text, *_ in TEXTS)
    assert sorted(name for page in drawn for name in named(page)) == sorted([*alone, *["Jan", "Piet"] * 100])
    assert alone
    assert len(alone) < len(added)
    assert len(drawn) < len(TEXTS)


def test_some_groups_become_letters_and_all_marks_move_along() -> None:
    marked = Marked("Bo zag Rabobank en Ida.", [(0, 2), (19, 22)], [(0, 23, UNKNOWN), (7, 15, GROUP)])
    drawn = [abbreviated(marked, Random(seed)) for seed in range(60)]
    assert all(named(one) == ["Bo", "Ida"] for one in drawn)
    groups = {one.text[start:end] for one in drawn for start, end, kind in one.others if kind == GROUP}
    assert "Rabobank" in groups
    assert all(group.isupper() and 2 <= len(group) <= 5 for group in groups - {"Rabobank"})
    assert len(groups) > 2


def test_a_name_takes_the_place_of_somebody_or_stands_beside_whom_it_is(names: Names) -> None:
    drawn = [about_somebody(Marked("Piet zag mijn broer.", [(0, 4)]), names) for _ in range(40)]
    persons = [named(marked) for marked in drawn if marked]
    assert len(persons) == 40
    assert {f"zag mijn broer {new}." in one.text for one, (_, new) in zip(drawn, persons, strict=True) if one} == {
        True,
        False,
    }
    assert about_somebody(Marked("Het regent.", []), names) is None


def test_somebody_is_who_a_verb_agrees_with_when_a_name_stands_there() -> None:
    found = {
        text: [one[0].strip() for one in SOMEBODY.finditer(text)]
        for text in ("Ik kan dat.", "Ik heb dat.", "Wat kan zij hier?", "Wat doen zij hier?", "Geef dat aan haar.")
    }
    assert found == {
        "Ik kan dat.": ["Ik"], "Ik heb dat.": [], "Wat kan zij hier?": ["zij"], "Wat doen zij hier?": [],
        "Geef dat aan haar.": ["haar"],
    }  # fmt: skip


def test_ordinary_words_are_those_in_small_letters_that_are_no_names() -> None:
    assert ordinary_words(["De aula is van Jan en fatima.", "een Editie"]) == ["aula"]


def test_other_names_keep_their_marks_when_somebody_else_is_named_before_them(names: Names) -> None:
    marked = Marked("Bo zag hem bij Rabo in Ede.", [(0, 2)], [(0, 27, UNKNOWN), (15, 19, GROUP), (23, 26, PLACE)])
    for change in (replaced, about_somebody):
        new = change(marked, names)
        assert new
        assert [new.text[start:end] for start, end, _ in new.others] == [new.text, "Rabo", "Ede"]


def test_a_person_goes_without_title_brackets_and_s_and_a_word_like_a_name_is_doubted(tmp_path: Path) -> None:
    rows = [
        "Dr. B-PER",
        "Ida I-PER",
        "( I-PER",
        "arts I-PER",
        ") I-PER",
        "en O",
        "Fatima O",
        "in O",
        "Ede B-LOC",
        ". O",
    ]
    with gzip.open(tmp_path / "some.gz", "wt", encoding="utf-8") as lines:
        lines.write("\n".join(rows).replace(" ", "\t") + "\n")
    (marked,) = sentences(tmp_path / "some.gz", Random(1))
    assert named(marked) == ["Ida"]
    assert [(marked.text[start:end], kind) for start, end, kind in marked.others] == [
        ("Fatima", DOUBTED),
        ("Ede", PLACE),
    ]


def test_a_word_is_labelled_by_its_person_first_then_by_the_last_mark_over_it() -> None:
    text = Marked("Jan Wit bij Rabo.", [(0, 7)], [(0, 17, UNKNOWN), (12, 16, GROUP)])
    unmarked, group = MARKED[UNKNOWN], MARKED[GROUP]
    assert labelled(words_of([text.text]), [text])[2:-3].tolist() == [BEGINS, GOES_ON, unmarked, group, unmarked]


def test_of_a_word_that_may_be_anything_nothing_is_learnt() -> None:
    breaks = np.array([True, True, False, True, True])
    numbers = np.arange(5, dtype=np.int32)[:, None]
    learnt = Learnt()
    learnt.learn(Row(numbers, breaks, np.array([NOBODY, NOBODY, MARKED[DOUBTED], NOBODY, NOBODY])), 0.3)
    assert np.abs(learnt.weights).max() < 1e-6
    learnt.learn(Row(numbers, breaks, np.array([NOBODY, NOBODY, MARKED[UNKNOWN], NOBODY, NOBODY])), 0.3)
    assert set(np.flatnonzero(learnt.weights[:, 2] < 0)) == {BEGINS, GOES_ON}
