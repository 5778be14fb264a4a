"""Redacted tables keep categories: values of few words that many records share, and nobody's name."""

from pathlib import Path

import polars as pl
import pytest

from igmap.redaction import redact
from igmap.redaction.categories import categories

SAID = ["GET", "griep", "in behandeling", "Bakker", "Sanne", "Mehmetcan", "06 12345678", "", None]


def test_what_few_values_say_of_many_records_is_a_category_and_a_name_never_is() -> None:
    assert categories(pl.Series("said", SAID * 30)) == {"GET", "griep", "in behandeling"}


@pytest.mark.parametrize("said", [["griep"] * 90, ["griep", *["koorts"] * 90], [f"griep {one}" for one in range(90)]])
def test_one_value_alone_rare_ones_and_many_are_no_categories(said: list[str]) -> None:
    assert categories(pl.Series("said", said)) == frozenset()


@pytest.mark.ci  # a table is judged by the whole inventory
def test_a_text_that_is_no_category_is_read_in_the_same_field(tmp_path: Path) -> None:
    calls = pl.DataFrame({"call": ["GET", "POST", "griep"] * 40 + ["vraag het Fatima de Vries"]}).with_row_index("nr")
    calls.write_csv(tmp_path / "calls.csv")
    redact(tmp_path / "calls.csv", tmp_path / "out.csv")
    told = pl.read_csv(tmp_path / "out.csv")["call"].to_list()
    assert told[:3] == ["GET", "POST", "griep"]
    assert told[-1] == "vraag het [PERSOON-1]"
