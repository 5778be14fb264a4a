"""Hierarchies: every builder places every value with fixed bounds, or says how many it cannot place."""

from pathlib import Path

import polars as pl
import pytest

from igmap.anonymisation import build_hierarchy
from igmap.anonymisation.hierarchies import as_dates
from igmap.anonymisation.loss import label_costs
from igmap.errors import HierarchyError

Spec = dict[str, object]


def _labels(values: list[str | None], spec: Spec) -> list[list[str | None]]:
    labels: list[list[str | None]] = build_hierarchy("column", pl.Series(values, dtype=pl.String), spec).labels.tolist()
    return labels


def test_intervals_are_multiples_counted_from_zero() -> None:
    assert _labels(["23", "31", "40"], {"intervals": [5, 10, 20]}) == [
        ["23", "20-24", "20-29", "20-39", "*"],
        ["31", "30-34", "30-39", "20-39", "*"],
        ["40", "40-44", "40-49", "40-59", "*"],
    ]


def test_intervals_do_not_follow_the_extremes() -> None:
    alone = _labels(["31"], {"intervals": [10]})
    assert alone[0][1] == "30-39"
    assert _labels(["31", "3", "97"], {"intervals": [10]})[0][1] == alone[0][1]


def test_open_classes_hide_the_extremes() -> None:
    labels = _labels(["12", "30", "97", "104"], {"intervals": [10, 20], "bottom": 15, "top": 90})
    assert [row[1:3] for row in labels] == [["<15", "<15"], ["30-39", "20-39"], [">=90", ">=90"], [">=90", ">=90"]]


def test_decimals_and_negative_numbers_have_half_open_intervals() -> None:
    assert [row[1] for row in _labels(["7,5", "-0,2"], {"intervals": [0.5]})] == ["7.5-<8", "(-0.5)-<0"]


def test_a_blank_is_a_leaf_of_its_own_up_to_the_root() -> None:
    assert _labels(["31", None], {"intervals": [10]})[1] == [None, None, "*"]
    assert _labels([None, "1234 AB"], {"postcode": "nl"})[0] == [None, None, None, None, None, "*"]


def test_dutch_postcodes_are_cut_from_the_right() -> None:
    assert _labels(["3511 AB", "3512cd"], {"postcode": "nl"}) == [
        ["3511 AB", "3511", "351x", "35xx", "3xxx", "*"],
        ["3512cd", "3512", "351x", "35xx", "3xxx", "*"],
    ]


def test_dates_go_from_day_to_ten_years() -> None:
    steps = ["day", "month", "quarter", "year", "5 years", "10 years"]
    row = ["2024-05-03T10:11:12Z", "2024-05-03", "2024-05", "2024-Q2", "2024", "2020-2024", "2020-2029", "*"]
    assert _labels(["2024-05-03T10:11:12Z"], {"date": steps})[0] == row


@pytest.mark.parametrize(
    ("values", "read"),
    [
        (["2024-05-03", "03-05-2024", "3.5.2024", "20240503"], ["2024-05-03"] * 4),
        (["03/05/2024", "13/05/2024"], ["2024-05-03", "2024-05-13"]),
        (["05/03/2024", "05/13/2024"], ["2024-05-03", "2024-05-13"]),
        (["03/05/2024", "04/05/2024"], [None, None]),
        (["2024-02-30", "morgen"], [None, None]),
    ],
)
def test_dates_with_slashes_are_read_only_when_one_reading_fits(values: list[str], read: list[str | None]) -> None:
    assert as_dates(pl.Series(values)).dt.strftime("%Y-%m-%d").to_list() == read


def test_a_notation_settles_ambiguous_dates() -> None:
    values: list[str | None] = ["03/05/2024", "04/05/2024"]
    assert _labels(values, {"date": ["month"], "notation": "day_first"})[0][1] == "2024-05"
    assert _labels(values, {"date": ["month"], "notation": "month_first"})[0][1] == "2024-03"


@pytest.mark.parametrize(
    ("values", "spec", "told"),
    [
        (["31", "veel"], {"intervals": [5]}, "1 of its 2 values are not numbers"),
        (["31"], {"intervals": [5, 7]}, "multiple of the one before"),
        (["31"], {"intervals": []}, "multiple of the one before"),
        (["2024-01-01", "gisteren"], {"date": ["year"]}, "1 of its 2 values cannot be read as dates"),
        (["2024-01-01"], {"date": ["yaer"]}, "did you mean 'year'"),
        (["2024-01-01"], {"date": ["year", "month"]}, "from fine to coarse"),
        (["1234 AB", "geheim"], {"postcode": "nl"}, "1 of its 2 values are not Dutch postcodes"),
        (["1234 AB"], {"postcode": "be"}, "only Dutch"),
        (["a"], {"interval": [5]}, "did you mean 'intervals'"),
        (["a"], {}, "exactly one hierarchy"),
    ],
)
def test_what_cannot_be_placed_is_counted_and_never_quoted(values: list[str | None], spec: Spec, told: str) -> None:
    with pytest.raises(HierarchyError, match=told) as error:
        _labels(values, spec)
    assert not any(str(value) in str(error.value) for value in values if value in {"veel", "gisteren", "geheim"})


def test_a_file_gives_the_levels_of_the_values_that_occur(tmp_path: Path) -> None:
    file = tmp_path / "town.csv"
    file.write_text("Utrecht;midden;*\nZeist;midden;*\nGoes;zuid;*\n", "utf-8")
    assert _labels(["Goes", None, "Zeist"], {"file": str(file)}) == [
        ["Goes", "zuid", "*"],
        [None, None, "*"],
        ["Zeist", "midden", "*"],
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Utrecht;midden;*\nZeist;*\n", "line 2: 2 levels where line 1 has 3"),
        ("Utrecht;*\nUtrecht;*\n", "1 values stand in it twice"),
        ("Utrecht;midden\nGoes;zuid\n", "the one root"),
        ("Utrecht;a;x;*\nZeist;a;y;*\n", "not nested"),
        ("", "is empty"),
        ("Zeist;*\n", r"1 of its 2 values are not in it; add a line"),
    ],
)
def test_an_inconsistent_file_is_refused(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "town.csv"
    file.write_text(text, "utf-8")
    with pytest.raises(HierarchyError, match=told) as error:
        _labels(["Utrecht", "Zeist"], {"file": str(file)})
    assert "town.csv" in str(error.value)
    assert "Utrecht" not in str(error.value)


def test_a_missing_file_is_told() -> None:
    with pytest.raises(HierarchyError, match=r"nowhere\.csv: cannot be read"):
        _labels(["a"], {"file": "nowhere.csv"})


def test_numbers_cost_their_width_over_the_values_that_occur() -> None:
    hierarchy = build_hierarchy("age", pl.Series(["20", "24", "31", "40"]), {"intervals": [5, 20]})
    assert label_costs(hierarchy).tolist() == [[0, 0.2, 0.55, 1], [0, 0.2, 0.55, 1], [0, 0, 0.55, 1], [0, 0, 0, 1]]


def test_categories_cost_the_other_values_they_cover() -> None:
    hierarchy = build_hierarchy("postcode", pl.Series(["3511 AB", "3511 AC", "3512 AB", None]), {"postcode": "nl"})
    third = 1 / 3
    assert label_costs(hierarchy)[:, :4].tolist() == [[0, third, 2 * third, 2 * third]] * 2 + [
        [0, 0, 2 * third, 2 * third],
        [0, 0, 0, 0],
    ]


def test_a_hierarchy_shows_counts_only() -> None:
    assert (
        repr(build_hierarchy("town", pl.Series(["Zeist"]), {"categorical": True}))
        == "Hierarchy('town', 1 leaves, 2 levels)"
    )
