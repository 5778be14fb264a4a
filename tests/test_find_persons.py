"""find_persons: where a text names somebody, in characters of the text as given; persons_in: the same of a column."""

import base64
import random
from itertools import pairwise

import polars as pl
import pytest

from igmap.inventory.people import find_persons, persons_in
from igmap.inventory.people.tagger import Tagger
from igmap.inventory.people.tagger.kinds import Lists, lists
from igmap.inventory.people.tagger.model import learnt
from igmap.inventory.people.tagger.words import words_of


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
        ("Deelnemer: Vries, Anna de", ["Vries, Anna de"]),
        ("> Op ma 3 mei schreef Jan de Vries <jan@post.example>:", ["Jan de Vries"]),
        ("Groetjes,\nSemhar", ["Semhar"]),
        ("The certificate of Kwame Mensah was sent to Olena Shevchenko.", ["Kwame Mensah", "Olena Shevchenko"]),
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
        ("KAN FATIMA EL AMRANI MORGEN BELLEN?", ["FATIMA EL AMRANI"]),
    ],
)
def test_names_are_found_without_capitals_and_in_nothing_but_capitals(text: str, persons: list[str]) -> None:
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
        "Grace period ends. Will it?",
        "Excel cursus voor Word Perfect",
        "Op maandag 3 mei in China.",
        "",
        " ",
        "\n\n",
        "12345 !!! 🙂",
    ],
)
def test_ordinary_sentences_name_nobody(text: str) -> None:
    assert named(text) == []


def test_base64_and_markup_name_nobody() -> None:
    noise = base64.b64encode(random.Random(1).randbytes(3_000)).decode()
    assert named("\n".join(noise[i : i + 76] for i in range(0, len(noise), 76))) == []
    assert named("<p style='margin:0'>&nbsp;</p><br/><table class=MsoNormal><tr><td></td></tr></table>") == []


def test_who_is_mentioned_is_found_with_the_sign_and_an_address_is_left_to_others() -> None:
    assert named("@jan.devries kun jij @fatima helpen? Anders info@bedrijf.example") == ["@jan.devries", "@fatima"]


def test_characters_that_cannot_be_seen_split_no_name_and_shift_no_offset() -> None:
    text = "Mail Ja\u200bn de Vr\u00adies vandaag"
    assert find_persons(text) == [(5, 19)]
    assert text[5:19] == "Ja\u200bn de Vr\u00adies"


def test_offsets_are_in_order_within_the_text_and_do_not_overlap() -> None:
    text = "Beste Fatima, 🙂 groet van Jan-Willem de Vries en mevrouw Özkan." * 50
    spans = find_persons(text)
    assert len(spans) == 150
    assert all(a < b <= c for (a, b), (c, _) in pairwise(spans))


def test_a_name_that_is_sure_once_is_found_where_nothing_tells_it() -> None:
    alone = "Xarbek noteert: deadline gemist."
    assert named(f"Beste Xarbek,\n\n{alone}\n\nMet vriendelijke groet,\nTomas Xarbek")[-2:] == [
        "Xarbek",
        "Tomas Xarbek",
    ]


def test_a_name_in_no_list_is_found_by_its_place_and_spelling() -> None:
    none = Tagger(Lists(frozenset(), frozenset(), frozenset(), lists().spelling), learnt())
    texts = ["Geachte mevrouw Oudshoorn,", "Beste Tsegay,", "Met vriendelijke groet,\nTsegay Woldemichael"]
    found = [[text[one.start : one.end] for one in some] for text, some in zip(texts, none.persons(texts), strict=True)]
    assert found == [["Oudshoorn"], ["Tsegay"], ["Tsegay Woldemichael"]]


def test_a_column_gives_every_row_of_a_repeated_text_and_nothing_for_blanks() -> None:
    column = pl.Series(["Beste Fatima,", None, "niets", "Beste Fatima,", ""])
    found = persons_in(column)
    assert found.select("row", "start", "end").rows() == [(0, 6, 12), (3, 6, 12)]
    assert found["score"].is_between(0.5, 1).all()
    assert found.schema == {"row": pl.UInt32, "start": pl.Int64, "end": pl.Int64, "score": pl.Float64}


def test_how_far_the_reading_is_is_told_and_a_text_reads_the_same_alone_and_among_others() -> None:
    texts = [f"Zaak {i}: mevrouw Jansen belde over de factuur." for i in range(2_500)]
    told: list[tuple[int, int]] = []
    found = persons_in(pl.Series(texts), told=lambda done, of: told.append((done, of)))
    assert told == [(2_000, 2_500), (2_500, 2_500)]
    assert found.group_by("row").len()["len"].to_list() == [1] * 2_500
    assert [tuple(row) for row in found.filter(pl.col("row") == 7).select("start", "end").rows()] == find_persons(
        texts[7]
    )


@pytest.mark.parametrize(
    "text", ["Jan  de\tVries\n\n\n> 't Hooft & Zn. 3,5%", "a.b@c.nl www.x.nl J.P. O'Neill's", "\r\n\x00é"]
)
def test_words_keep_every_character_that_is_no_space(text: str) -> None:
    read = words_of([text])
    assert all(text[a:b] == word for word, a, b in zip(read.words, read.starts, read.ends, strict=True) if word != "\n")
    assert "".join(word for word in read.words if word != "\n") == "".join(text.split())


@pytest.mark.ci
def test_ten_megabytes_are_read_and_a_word_of_a_megabyte_too() -> None:
    line = "Beste Fatima, de cursus begint om tien uur in zaal drie.\n"
    assert len(find_persons(line * 180_000)) == 180_000
    for word in ("a", "a.", "a@", "\n ", "'"):
        assert find_persons(word * 400_000) == [], word
    assert len(find_persons("a.b" * 400_000)) < 400_000  # somebody may be called Ba: each stands there once at most
    mentions = find_persons("@a." * 400_000)  # somebody may be called so: a few are taken for persons, in bounded time
    assert len(mentions) <= 400_000 // 10


@pytest.mark.ci
def test_several_processes_find_the_same() -> None:
    texts = pl.Series([f"Zaak {i}: mevrouw Jansen belde." for i in range(4_500)])
    assert persons_in(texts, processes=2).equals(persons_in(texts))


def test_letters_and_points_without_a_space_name_nobody() -> None:
    assert find_persons("a.b" * 400) == []


def test_a_flower_at_the_start_of_a_sentence_is_nobody() -> None:
    assert find_persons("Rose is a flower.") == []
