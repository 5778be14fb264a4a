"""find_persons: where a text names somebody, in characters of the text as given."""

from itertools import pairwise

import pytest

from igmap.inventory.people import find_persons


def named(text: str) -> list[str]:
    return [text[start:end] for start, end in find_persons(text)]


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("Beste Fatima, Jan-Willem de Vries belt morgen.", ["Fatima", "Jan-Willem de Vries"]),
        ("dhr. Jansen komt", ["Jansen"]),
        ("Geachte mevrouw Van den Berg,", ["Van den Berg"]),
        ("mw. el Amrani heeft gebeld", ["el Amrani"]),
        ("J. de Boer en J.P. Balkenende", ["J. de Boer", "J.P. Balkenende"]),
        ("Prof. dr. A. van der Waals sprak", ["A. van der Waals"]),
        ("Met vriendelijke groet, Mehmet Yılmaz", ["Mehmet Yılmaz"]),
        ("ÇAĞLAR ÖZTÜRK", ["ÇAĞLAR ÖZTÜRK"]),
        ("Hoi Sanne!", ["Sanne"]),
        ("Dear Emily,", ["Emily"]),
        ("docent: Bouchra Ouali", ["Bouchra Ouali"]),
        ("Vraag het aan Wei Zhang.", ["Wei Zhang"]),
        ("Bel Rashid El-Khattabi", ["Rashid El-Khattabi"]),
    ],
)
def test_names_with_titles_greetings_particles_and_initials_are_found(text: str, persons: list[str]) -> None:
    assert named(text) == persons


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("beste fatima, jan de vries belt morgen", ["fatima", "jan de vries"]),
        ("bel fatima el amrani even", ["fatima el amrani"]),
        ("fijn dat meneer bakker kon komen", ["bakker"]),
    ],
)
def test_lower_case_names_are_found_where_something_introduces_them(text: str, persons: list[str]) -> None:
    assert named(text) == persons


@pytest.mark.parametrize(
    "text",
    [
        "Hallo allemaal, de les begint om tien uur.",
        "In Amsterdam is het druk.",
        "Mark de juiste datum in de agenda.",
        "Ik ga naar Utrecht en Den Haag met de trein.",
        "De uitgang is aan de andere kant van de gang.",
        "Ik ben al lang niet meer naar een museum geweest.",
        "Will you come? May I?",
        "Rose is a flower. Grace period ends.",
        "Excel cursus voor Word Perfect",
        "Op maandag 3 mei in China.",
        "",
        " ",
        "12345 !!! 🙂",
    ],
)
def test_ordinary_sentences_name_nobody(text: str) -> None:
    assert named(text) == []


def test_characters_that_cannot_be_seen_split_no_name_and_shift_no_offset() -> None:
    text = "Mail Ja\u200bn de Vr\u00adies vandaag"
    assert find_persons(text) == [(5, 19)]
    assert text[5:19] == "Ja\u200bn de Vr\u00adies"


def test_offsets_are_in_order_within_the_text_and_do_not_overlap() -> None:
    text = "Beste Fatima, 🙂 groet van Jan-Willem de Vries en mevrouw Özkan." * 50
    spans = find_persons(text)
    assert len(spans) == 150
    assert all(a < b <= c for (a, b), (c, _) in pairwise(spans))


@pytest.mark.ci
def test_a_megabyte_is_read_and_a_word_of_a_megabyte_too() -> None:
    assert len(find_persons("Beste Fatima, de cursus begint om tien uur in zaal drie.\n" * 18_000)) == 18_000
    assert find_persons("a" * 1_000_000) == []
