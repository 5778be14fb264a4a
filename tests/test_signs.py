"""Signs are asked of few values only, and nothing is lost by it."""

from random import Random

import numpy as np
import polars as pl
import pytest

from igmap.inventory.looking import Few, _signs, look
from igmap.inventory.texts import Texts
from igmap.vocabulary import load_yaml
from igmap.vocabulary.speaking import special_parts, special_patterns
from tests.unseen import unseen_tables

PIECES = [
    *"aZ09 -./,:@+(%$=?#'_*<\\éß\u017f\u212a€•\n", "NL", "EUR", "www.", "https://", ".jpg", "tr_", "van ", "iVBOR",
    "ik", " de ", "12", "2026", "rue ", "info@", "0088", "GA1.", "OBX", "true", "\u2019s",
]  # fmt: skip
GROUPS = load_yaml("igmap.inventory", "signs.yaml")
EVERY = {"any": None, "rest": None, "nameless": None}  # all values are of each


@pytest.fixture(scope="module")
def values() -> pl.Series:
    """Values of the corpus, and strings of odd pieces."""
    chance = Random(1)
    drawn = ["".join(chance.choices(PIECES, k=chance.choice([1, 2, 3, 4, 6, 9]))) for _ in range(20_000)]
    held = [str(one) for table in unseen_tables(1) for name in table.frame for one in table.frame[name].dropna()]
    return pl.Series("value", [*drawn, *held]).str.strip_chars().unique()


def test_every_value_that_shows_a_sign_is_found_with_it(values: pl.Series) -> None:
    patterns = {sign: pattern for group in GROUPS for sign, pattern in group["signs"].items()}
    found = dict(_signs(Texts.of(values.to_arrow(compat_level=pl.CompatLevel.oldest())), EVERY))
    assert found.keys() == patterns.keys()
    for sign, pattern in patterns.items():
        assert found[sign].tolist() == values.str.contains(pattern).arg_true().to_list(), sign


def test_no_sign_stands_in_two_groups() -> None:
    signs = [sign for group in GROUPS for sign in group["signs"]]
    assert len(signs) == len(set(signs))


def test_signs_of_the_rest_are_not_asked_of_what_a_detector_took() -> None:
    found = dict(_signs(Texts.of(pl.Series(["abc", "abc"]).to_arrow()), {**EVERY, "rest": np.array([True, False])}))
    assert found["handle"].tolist() == [0]
    assert found["addition"].tolist() == [0, 1]


def test_every_text_that_speaks_of_a_special_category_has_a_part_of_its_words() -> None:
    words = [
        str(word).replace("*", "en")
        for listed in load_yaml("igmap.vocabulary", "special.yaml").values()
        for word in listed
    ]
    texts = pl.Series([*(f"zij {word} x" for word in words), "een knieblessure", "back pain", "van de markt"])
    speaks = texts.str.contains("|".join(special_patterns().values()))
    assert speaks.sum() == len(words) + 2
    assert not (speaks & ~texts.str.contains(special_parts())).any()
    assert not texts.str.contains(special_parts())[-1]


def test_signs_of_fields_without_a_name_are_asked_of_those_only() -> None:
    few = Few()
    values = pl.Series(["123456", "234567", "345678", "456789"])
    few.add(values, np.array([0, 0, 1, 1]), np.ones(4, bool))
    counts = dict(look(few, [1]).evidence())
    assert not counts[0]["six_digits"]
    assert counts[1]["six_digits"] == counts[1]["looked"] == 2
