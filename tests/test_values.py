"""value_signs: which whole values stand in a closed list or have the shape of a category's terms."""

import polars as pl
import pytest

from igmap.vocabulary import CATEGORIES, load_yaml
from igmap.vocabulary.values import value_signs


def said(value: str) -> set[str]:
    return {key.removeprefix("list:") for key, sign in value_signs(pl.Series([value])).items() if sign[0]}


@pytest.mark.parametrize(
    ("value", "category"),
    [
        ("Accountmanager", "occupation"), ("Adviseur duurzaamheid", "occupation"), ("Head of Sales", "occupation"),
        ("Bol Transport B.V.", "employer"), ("Gemeente Ede", "employer"), ("Jansen & Zn", "employer"),
        ("mbo 3", "education_level"), ("vmbo-tl", "education_level"), ("Master of Science", "education_level"),
        ("€ 2.000 - € 3.000", "income"), ("schaal 10 trede 4", "income"), ("2x modaal", "income"),
        ("ruim voldoende", "learning_result"), ("Pass with distinction", "learning_result"),
        ("Quiz attempt submitted", "learning_activity"), ("Cursusmodule bekeken", "learning_activity"),
        ("http://adlnet.gov/expapi/verbs/attempted", "learning_activity"),
        ("Europe/Amsterdam", "browser_settings"), ("1920x1080", "browser_settings"),
        ("Metoprolol 50 mg", "health"), ("notenallergie", "health"), ("J45.9", "health"),
        ("nl", "language"), ("nl-NL", "language"), ("Tamazight", "language"), ("Kaapverdische", "nationality"),
        ("geregistreerd partner", "marital_status"), ("Hindostaans", "ethnicity"),
        ("CNV Onderwijs", "union_membership"),
        ("rijden onder invloed", "criminal"), ("Remonstrants", "religion"), ("N-VA", "political_opinion"),
        ("panseksueel", "sexual_orientation"), ("she/her", "gender"), ("Noord-Holland", "location"),
        ("Rk1SACAyMAAAAADkAAABAAGQAMUAxQEAAABk", "biometric"), ("n.v.t.", "neutral"), ("Wil niet zeggen", "neutral"),
    ],
)  # fmt: skip
def test_a_value_is_of_its_category(value: str, category: str) -> None:
    assert category in said(value)


@pytest.mark.parametrize(
    "value",
    [
        "Inkoop", "Magazijn", "Excel gevorderd", "BHV basis", "2026-1234", "AVG voor iedereen", "Gouden pakket",
        "fase 2", "Regenjas groen maat M", "offerte verstuurd", "groep 5", "havo 3", "1.2.3.4", "VCA-303",
        "Lokaal 2.14", "betaling mislukt", "A", "NL", "12,50", "Wollen sjaal", "Projectmanagement", "Notitieboek A5",
        "marketing qualified lead", "120x80", "",
    ],
)  # fmt: skip
def test_ordinary_business_values_are_of_no_category(value: str) -> None:
    assert said(value) <= {"none", "neutral"}


def test_lists_and_shapes_are_of_known_categories() -> None:
    names = {*load_yaml("igmap.vocabulary", "lists.yaml"), *load_yaml("igmap.vocabulary", "shapes.yaml")}
    assert names - {"neutral"} <= set(CATEGORIES)


def test_blank_and_endless_values_are_of_no_category() -> None:
    signs = value_signs(pl.Series(["", " ", "manager " * 50_000]))
    assert not any(sign.any() for sign in signs.values())
