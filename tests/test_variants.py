"""Other spellings of listed names."""

import polars as pl

from igmap.inventory.people.names import listed
from igmap.inventory.people.values import name_hits
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


def test_spellings_of_one_name_have_one_key() -> None:
    for one, other in ALIKE:
        first, second = variant_key(pl.Series([one, other]))
        assert first == second, (one, other)


def test_a_spelling_that_no_list_holds_is_a_variant_of_the_one_it_does() -> None:
    unlisted = ["boesjraah", "joesseph", "moehammadd", "elkattabie"]
    assert not set(unlisted) & set(listed()["name"])
    assert are_variants(pl.Series(unlisted)).all()


def test_short_words_and_words_of_no_name_are_none() -> None:
    assert not are_variants(pl.Series(["", "de", "aah", "verzekeringspolis", "scholengemeenschap"])).any()


def test_a_column_of_other_spellings_is_spelled_like_names() -> None:
    found = name_hits(pl.Series(["Boesjraah Elkattabie"]))
    assert found["alike"].to_list() == [True]
