"""name_hits: which values are a person's name as a whole, by lists, spelling and build."""

import gzip
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from igmap.inventory.people import name_hits, spelling
from igmap.inventory.people.names import listed, words_of
from igmap.inventory.people.values import ALIKE
from tests.examples import examples

PACKAGE = Path(spelling.__file__).parent


def signs_of(value: str) -> set[str]:
    row = name_hits(pl.Series([value], dtype=pl.String)).to_dicts()[0]
    return {sign for sign, said in row.items() if said and sign != "plain"}


def with_sign(sign: str, values: list[str]) -> list[str]:
    return pl.Series(values).filter(name_hits(pl.Series(values))[sign]).to_list()


@pytest.mark.parametrize(
    "value",
    [
        "Fatima",
        "JANSEN",
        "Jan de Vries",
        "fatima el amrani",
        "Vries, Jan de",
        "J.P. de Vries",
        "mw. Yılmaz",
        "İREM ÖZTÜRK",
        "  Wei   Zhang ",
        "O’Connor",
    ],
)
def test_names_of_the_lists_are_hits_however_they_are_written(value: str) -> None:
    assert "hit" in signs_of(value)


def test_titles_particles_and_initials_alone_are_only_part_of_a_name() -> None:
    assert with_sign("part", ["dhr.", "op den", "J.M.", "Jan de Vries", "tafel"]) == ["dhr.", "op den", "J.M."]


def test_names_that_no_list_holds_are_alike_by_their_spelling() -> None:
    unseen = [
        "Akyeamponsah",
        "Grzegorzewicz, Petrushchenka",
        "Tesfahiwot Habtegebriela",
        "Yıldızhanoğlu",
        "Xiaolingfei",
        "Boudhani Bouzerradi",
        "Soekarnowati",
        "Ramkhelawandath",
    ]
    known = set(listed()["name"])
    assert not known & {word.strip(",").lower() for value in unseen for word in value.split()}
    assert with_sign("alike", unseen) == unseen


def test_other_spellings_of_listed_names_are_alike_though_they_are_not_spelled_like_names() -> None:
    assert max(spelling.likeness(pl.Series(["verkruysse", "winphried", "wakanno"]))) < ALIKE
    assert with_sign("alike", ["Verkruysse", "Winphried Wakanno"]) == ["Verkruysse", "Winphried Wakanno"]


def test_ordinary_words_products_and_titles_of_courses_are_not_alike() -> None:
    values = [
        "Groene stroom",
        "Effectief vergaderen",
        "Organic Chemistry",
        "Verlengsnoer",
        "Voortgang opdracht",
        "Toyota garantie",
        "Jansen bouwmaterialen",
        "Human Resources",
        "Schuurpapier fijn",
    ]
    assert with_sign("alike", values) == []


def test_brands_are_not_alike_however_they_are_spelled_but_a_name_that_a_list_holds_stays_one() -> None:
    assert with_sign("alike", ["Kuga", "Lockheed", "Sandero Zafira", "Fatima Kuga", "Octavia"]) == ["Octavia"]
    assert not words_of("brands") & set(listed()["name"])


def test_a_value_is_backed_when_a_list_holds_one_of_its_names_for_sure() -> None:
    values = ["Fatima Bouzerradi", "Fatima tafelkleed", "Boudhani Bouzerradi"]
    assert with_sign("backed", values) == ["Fatima Bouzerradi"]


def test_titles_initials_commas_and_particles_form_a_person() -> None:
    formed = ["Dhr. Tafelmans", "A.B. Zonnebloem", "Jansen, Fatima", "Fatima van Jansen", "mevr. jansen"]
    others = ["Fatima Jansen", "boek, nieuw", "Dhr.", "de Fatima"]
    assert with_sign("formed", [*formed, *others]) == formed


def test_names_in_other_scripts_are_not_judged_by_latin_spelling() -> None:
    assert with_sign("alike", ["王伟", "Иван Петров", "محمد علي"]) == []


VALUES = st.one_of(st.none(), st.text(max_size=30), st.sampled_from(["Jan  de Vries", "a,b", "É", "J. ", "x-y'z."]))


@settings(max_examples=examples(30), deadline=None)
@given(st.lists(VALUES, max_size=10))
def test_every_value_gets_its_signs_whatever_stands_beside_it(values: list[str | None]) -> None:
    together = name_hits(pl.Series(values, dtype=pl.String))
    alone = [name_hits(pl.Series([value], dtype=pl.String)) for value in values]
    assert together.rows() == [row for one in alone for row in one.rows()]


@settings(max_examples=examples(30), deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=40), max_size=10))
def test_log_odds_of_a_word_do_not_depend_on_its_neighbours(words: list[str]) -> None:
    together = spelling.likeness(pl.Series(words, dtype=pl.String)).to_list()
    assert together == [spelling.likeness(pl.Series([word])).item() for word in words]


def test_log_odds_are_the_sum_of_the_weights_of_the_letter_groups() -> None:
    steps, step = spelling.weights()
    word = "yılmaz"
    letters = f"^{word}$".encode()
    total = int(steps[(1 << spelling.BITS) + len(letters)])
    for length in spelling.LENGTHS:
        for start in range(len(letters) - length + 1):
            hashed = 0
            for byte in letters[start : start + length]:
                hashed = (hashed * 257 + byte) % 2**32
            total += int(steps[(hashed * (2_654_435_761 + 2 * length) % 2**32) >> (32 - spelling.BITS)])
    assert spelling.likeness(pl.Series([word])).item() == pytest.approx(total * step)


def test_what_was_learnt_is_small_and_tells_names_from_words() -> None:
    assert (PACKAGE / "spelling.npz").stat().st_size < 300_000
    rows = gzip.decompress((PACKAGE / "names.tsv.gz").read_bytes()).decode().splitlines()[1:]
    names = [name for name, _, _, word in (row.split("\t") for row in rows) if word == "0"]
    assert np.mean(spelling.likeness(pl.Series(names)).to_numpy() > ALIKE) > 0.9
    ordinary = ["venster", "gordijn", "verlengsnoer", "afspraak", "vergadering", "opdracht", "bicycle", "warehouse"]
    assert max(spelling.likeness(pl.Series(ordinary))) < ALIKE
