"""Texts that the tagger of persons is trained on: rewritten, put together, given names, with the marks in place."""

from random import Random

from benchmarks.drawn_names import Names
from benchmarks.person_texts import SOMEBODY, Marked, about_somebody, ordinary_words, pages

TEXTS = [Marked("Jan belt Piet.", [(0, 3), (9, 13)]), Marked("Niets.", [])] * 100


def named(marked: Marked) -> list[str]:
    return [marked.text[start:end] for start, end in marked.persons]


def test_pages_hold_every_text_once_with_its_persons_and_some_lines_of_one_word() -> None:
    drawn = list(pages(TEXTS, ["aula"], Random(1)))
    assert {name for page in drawn for name in named(page)} == {"Jan", "Piet"}
    lines = [line for page in drawn for line in page.text.splitlines()]
    assert sorted(line for line in lines if not line.startswith("Aula")) == sorted(text for text, _ in TEXTS)
    assert len(drawn) < len(TEXTS) < len(lines)


def test_a_name_takes_the_place_of_somebody_or_stands_beside_whom_it_is() -> None:
    names = Names(Random(1))
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
