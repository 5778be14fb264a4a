"""What short remarks say of a special category: words, compounds, and the phrases that mean somebody."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from igmap.inventory import Decisions, discover
from igmap.policy import check
from igmap.sources import open_exports
from igmap.vocabulary.speaking import saying, special_patterns

TODAY = date(2026, 11, 1)
PLAIN = [
    "belt terug",
    "sleutel terug",
    "komt later",
    "betaalt contant",
    "nieuwe pas",
    "ok",
    "op vakantie",
    "heeft vraag",
]


@pytest.mark.parametrize(
    "text",
    [
        "knieblessure", "rugklachten", "schouderoperatie", "hersenbloeding", "hamstringblessures", "longontsteking",
        "polsbreuk", "knie-operatie", "pinda-allergie", "eetstoornissen", "gameverslaving", "herseninfarct",
        "kruisbandletsel", "buikpijn",
        "knee injury", "back pain", "heart surgery",
    ],
)  # fmt: skip
def test_a_part_of_the_body_with_a_complaint_speaks_of_health(text: str) -> None:
    assert pd.Series([text]).str.contains(special_patterns()["health"]).all()


@pytest.mark.parametrize(
    "text",
    [
        "huurklacht", "hoofdklacht", "leidingbreuk", "contractbreuk", "motorontsteking", "reddingsoperatie",
        "netwerkstoring", "handbal", "rugzak", "voetbalveld", "armleuning", "hartelijk", "tandwiel", "oogst",
        "hand operation", "back office",
        "longread", "beenwarmers", "kieslijst", "plantenziekte",
    ],
)  # fmt: skip
def test_what_business_says_is_no_complaint(text: str) -> None:
    assert not pd.Series([text]).str.contains(special_patterns()["health"]).any()


@pytest.mark.parametrize("text", ["heeft astma", "zoon heeft astma", "afwezig wegens griep", "had a migraine"])
def test_a_short_phrase_says_something_of_somebody(text: str) -> None:
    assert _says(text)


@pytest.mark.parametrize("text", ["wat is astma", "leven met astma", "astma inhalator", "hoe krijgt men griep"])
def test_a_title_or_a_thing_says_nothing_of_anybody(text: str) -> None:
    assert not _says(text)


def _says(text: str) -> bool:
    told, asked = (bool(pd.Series([text]).str.contains(pattern).any()) for pattern in saying())
    return told and not asked


def found(folder: Path, column: str, values: list[str]) -> list[tuple[str, str]]:
    """What R8 says of one column: field and message."""
    rows = [*values, *PLAIN * 4]
    pd.DataFrame({"lidnr": range(len(rows)), column: rows}).to_csv(folder / "leden.csv", index=False)
    with open_exports(folder) as exports:
        inventory = discover(exports, today=TODAY)
        told = check(inventory, None, Decisions(), exports, today=TODAY)
    return [(one.field, one.message.nl) for one in told if one.rule == "R8" and one.outcome != "pass"]


def test_two_words_on_health_are_found_in_a_column_of_any_name(tmp_path: Path) -> None:
    ((field, message),) = found(tmp_path, "info 2", ["heeft astma"])
    assert field == "info 2"
    assert "(1)" in message


def test_one_word_on_health_is_found_where_remarks_stand_and_a_thing_elsewhere_is_not(tmp_path: Path) -> None:
    ((field, _),) = found(tmp_path, "opmerking", ["knieblessure"])
    assert field == "opmerking"
    assert found(tmp_path, "artikel", ["rolstoel opvouwbaar", "astma inhalator"]) == []
