"""Other spellings of listed names; a few names stand for the lists of the package, too long for a quick test."""

from collections.abc import Iterator

import polars as pl
import pytest

from igmap.inventory.people import variants
from igmap.inventory.people.variants import are_variants, variant_key

ALIKE = [
    ("bouchra", "boesjra"),
    ("youssef", "joesef"),
    ("mohamed", "muhammad"),
    ("elkhattabi", "khattabi"),
    ("rijpma", "rypma"),
    ("djamel", "djemal"),
    ("soekardi", "sukardi"),
]

LISTED = ["bouchra", "joseph", "mohammed", "khattabi", "ali"]


@pytest.fixture(autouse=True)
def few_names(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Lists of five names and one ordinary word."""
    sure = [True] * len(LISTED) + [False]
    lists = pl.DataFrame({"name": [*LISTED, "bakker"], "sure": sure})
    monkeypatch.setattr(variants, "listed", lambda: lists)
    variants._keys.cache_clear()
    yield
    variants._keys.cache_clear()


def test_spellings_of_one_name_have_one_key() -> None:
    for one, other in ALIKE:
        first, second = variant_key(pl.Series([one, other]))
        assert first == second, (one, other)


def test_a_spelling_that_no_list_holds_is_a_variant_of_the_one_it_does() -> None:
    unlisted = ["boesjraah", "joesseph", "moehammadd", "elkattabie"]
    assert are_variants(pl.Series([*unlisted, *LISTED[:-1]])).all()


def test_short_words_ordinary_ones_and_words_of_no_name_are_none() -> None:
    others = ["", "de", "aah", "ali", "aly", "bakker", "verzekeringspolis", "scholengemeenschap"]
    assert not are_variants(pl.Series(others)).any()
