"""Hierarchies: every builder places every value with fixed bounds, or says how many it cannot place."""

import string
import time
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from igmap.anonymisation import Hierarchy, build_hierarchy
from igmap.anonymisation.hierarchies import BUILDERS, as_dates, in_words
from igmap.anonymisation.hierarchies.listed import LANGUAGES, PACKAGE, load_list
from igmap.anonymisation.hierarchies.paths import check_paths
from igmap.anonymisation.loss import label_costs
from igmap.errors import HierarchyError
from igmap.vocabulary import load_yaml
from tests.examples import examples

Spec = dict[str, Any]


def _built(values: list[str | None], spec: Spec, counts: list[int] | None = None) -> Hierarchy:
    counted = None if counts is None else pl.Series(counts)
    return build_hierarchy("column", pl.Series(values, dtype=pl.String), spec, counted)


def _labels(values: list[str | None], spec: Spec, counts: list[int] | None = None) -> list[list[str | None]]:
    labels: list[list[str | None]] = _built(values, spec, counts).labels.tolist()
    return labels


WHOLE = st.integers(-50, 200).map(str)
WORDS = st.text(string.ascii_letters + "éß ", min_size=1, max_size=9).filter(str.strip)
CALENDAR = ["day", "month", "quarter", "half year", "year", "5 years", "10 years"]
LEVELS = ["laag", "midden", "hoog", "top"]
GROUPS = {"West": ["NL", "BE"], "East": {"Near": ["TR"], "Far": ["JP", "KR"]}}
FIXED: dict[str, tuple[st.SearchStrategy[str], Spec]] = {
    "intervals": (WHOLE, {"intervals": [5, 10, 20], "bottom": 0, "top": 90}),
    "cuts": (WHOLE, {"cuts": [0, 18, 25, 65], "merge": [[2, 2, 1], 2]}),
    "shipped cuts": (WHOLE, {"cuts": "ages"}),
    "calendar": (
        st.dates().map(str),
        {"date": CALENDAR},
    ),
    "courses": (st.dates().map(str), {"date": ["month", "academic year"]}),
    "postcode": (
        st.builds("{} {}".format, st.integers(1000, 9999), st.sampled_from(["AB", "xz", ""])),
        {"postcode": "nl"},
    ),
    "mask": (WORDS, {"mask": [4, 2, 1]}),
    "mask from the left": (WORDS, {"mask": [3, 1], "side": "left", "length": 9}),
    "groups": (st.sampled_from(["NL", "be", "TR", " JP", "KR"]), {"groups": GROUPS}),
    "order": (
        st.sampled_from(["laag", "Laag ", "midden", "hoog", "top"]),
        {"order": ["laag", "midden", "hoog", "top"]},
    ),
    "places": (st.sampled_from(["Utrecht", "Den Haag", "'s-Gravenhage", "Goes", "Bergen NH"]), {"list": "places"}),
    "unknown": (st.sampled_from(["Utrecht", "Goes", "Zeist", "Xx"]), {"list": "places", "unknown": "*"}),
    "categorical": (WORDS, {"categorical": True}),
}


@pytest.mark.parametrize("builder", FIXED)
@settings(max_examples=examples(60), deadline=None)
@given(data=st.data())
def test_laws_of_fixed_builders(builder: str, data: st.DataObject) -> None:
    drawn, spec = FIXED[builder]
    values: list[str | None] = [*data.draw(st.lists(drawn, min_size=1, max_size=6, unique=True)), None]
    if builder == "unknown":
        values += ["Zwolle", "Assen"]
        values = list(dict.fromkeys(values))
    labels = _labels(values, spec)
    _hold_together(labels)
    assert sorted(map(str, _labels(values[::-1], spec))) == sorted(map(str, labels)), "the order of rows counts"
    first = [value for value in values[:1] if value != "Xx"]
    assert not first or _labels(list(first), spec)[0] == labels[0], "other values count"


@settings(max_examples=examples(60), deadline=None)
@given(counts=st.lists(st.integers(1, 30), min_size=1, max_size=6), order=st.randoms(use_true_random=False))
def test_laws_of_the_builder_that_follows_the_data(counts: list[int], order: Any) -> None:
    rows: list[tuple[str | None, int]] = [(f"v{number}", count) for number, count in enumerate(counts)]
    rows.append((None, 3))
    labels = _labels([value for value, _ in rows], {"auto": [5, 10, 20]}, [count for _, count in rows])
    _hold_together(labels)
    for row, (value, count) in zip(labels, rows, strict=True):
        assert value is None or [cell == value for cell in row[1:-1]] == [count >= 5, count >= 10, count >= 20]
    order.shuffle(rows)
    again = _labels([value for value, _ in rows], {"auto": [5, 10, 20]}, [count for _, count in rows])
    assert sorted(map(str, again)) == sorted(map(str, labels))


def _hold_together(labels: list[list[str | None]]) -> None:
    """Values that share a label share all above it; one root; a blank shares nothing below it and stays blank."""
    for one, other in combinations(labels, 2):
        shared = [here == there for here, there in zip(one, other, strict=True)]
        assert shared == sorted(shared), "parted again"
    assert {row[-1] for row in labels} == {"*"}
    assert all((row[0] is None) == (cell is None) for row in labels for cell in row[:-1])


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
        (["31"], {"intervals": []}, "'intervals' is empty"),
        (["2024-01-01", "gisteren"], {"date": ["year"]}, "1 of its 2 values cannot be read as dates"),
        (["2024-01-01"], {"date": ["yaer"]}, "did you mean 'year'"),
        (["2024-01-01"], {"date": ["year", "month"]}, "from fine to coarse"),
        (["1234 AB", "geheim"], {"postcode": "nl"}, "1 of its 2 values are not Dutch postcodes"),
        (["1234 AB"], {"postcode": "be"}, "1 of its 1 values are not Belgian postcodes"),
        (["1234"], {"postcode": "bee"}, "did you mean 'be'"),
        (["31"], {"intervals": ["vijf"]}, "'intervals' is empty, or has an entry that cannot be read"),
        (["31"], {"intervals": [5], "bottom": 90, "top": 15}, "'bottom' must be below 'top'"),
        (["31"], {"intervals": [float("nan")]}, "cannot be read"),
        (["31"], {"cuts": [18, 0]}, "must ascend"),
        (["31"], {"cuts": "age"}, "did you mean 'ages'"),
        (["31"], {"cuts": [18, 25], "merge": [[1, 1]]}, "adds up to 2 groups where the level below has 3"),
        (["31"], {"cuts": [18, 25], "merge": [0]}, "'merge' is empty, or has an entry"),
        (["2024-01-01"], {"date": ["quarter", "school year"]}, "must be the last step, after day or month"),
        (["2024-01-01"], {"date": ["school year", "academic year"]}, "must be the last step"),
        (["abc"], {"mask": [2, 4]}, "must go down"),
        (["abc"], {"mask": []}, "'mask' is empty"),
        (["abc"], {"mask": [10**9]}, "at most 100"),
        (["31"], {"cuts": [10**400]}, "cannot be read"),
        (["abc"], {"mask": [4], "length": 4}, "be more than the first"),
        (["abc"], {"mask": [4], "side": "middle"}, "choose out of right, left"),
        (["laag"], {"order": ["laag", "laag"]}, "each once"),
        (["laag", "geheim"], {"order": ["laag", "hoog"]}, "1 of its 2 values are not in its 'order'"),
        (["NL"], {"groups": ["NL"]}, "must be names with lists"),
        (["NO"], {"groups": {"North": [False]}}, "between quotes"),
        (["NL"], {"groups": {}}, "holds no value"),
        (["NL"], {"groups": {"West": ["NL"], "East": ["NL"]}}, "1 values stand in it twice"),
        (["NL"], {"groups": {"a": {"g": ["NL"]}, "b": {"g": ["BE"]}}}, "stands under two labels of level 2"),
        (["NL"], {"groups": {"NL": ["NL", "BE"]}}, "1 labels stand at two levels for different values"),
        (["geheim", "Goes"], {"list": "places"}, "1 of its 2 values are not in igmap's list 'places'"),
        (["Goes"], {"list": "plaatsen"}, "unknown list 'plaatsen'"),
        (["Goes"], {"list": "places", "levels": ["province", "place"]}, "in that order"),
        (["a"], {"auto": [10]}, "needs the persons behind each value"),
        (["a"], {"auto": [10, 5]}, "must ascend"),
        (["31"], {"postcode": "nl", "top": 90}, "unknown hierarchy 'top'"),
        (["31"], {"intervals": [5], "unknown": "x"}, "can only become"),
        (["a"], {"interval": [5]}, "did you mean 'intervals'"),
        (["a"], {}, "exactly one hierarchy"),
    ],
)
def test_what_cannot_be_placed_is_counted_and_never_quoted(values: list[str | None], spec: Spec, told: str) -> None:
    with pytest.raises(HierarchyError, match=told) as error:
        _labels(values, spec)
    assert not any(str(value) in str(error.value) for value in values if value in {"veel", "gisteren", "geheim"})


def test_cuts_are_merged_with_their_neighbours() -> None:
    ages: list[str | None] = ["-1", "17", "18", "64", "70", None]
    assert [row[1:3] for row in _labels(ages, {"cuts": [0, 18, 25, 65], "merge": [[2, 2, 1]]})] == [
        ["<0", "<18"],
        ["0-17", "<18"],
        ["18-24", "18-64"],
        ["25-64", "18-64"],
        [">=65", ">=65"],
        [None, None],
    ]
    assert [row[1] for row in _labels(["7,5", "8,5"], {"cuts": [0, 8]})] == ["0-<8", ">=8"]


def test_shipped_cuts_give_the_bands_of_the_source() -> None:
    assert _labels(["20"], {"cuts": "ages"})[0] == ["20", "15-24", "15-34", "15-54", "*"]


def test_ordered_categories_are_merged_with_their_neighbours() -> None:
    spec = {"order": ["geen", "laag", "midden", "hoog"]}
    assert [row[1:] for row in _labels(["Laag", "hoog "], spec)] == [["geen – laag", "*"], ["midden – hoog", "*"]]
    sizes = {"order": ["geen", "laag", "midden", "hoog"], "merge": [[1, 3], [2]]}
    assert _labels(["hoog", "geen"], sizes)[1] == ["geen", "geen", "geen – hoog", "*"]


def test_groups_of_unequal_depth_are_filled_up_with_the_group() -> None:
    assert _labels(["nl", "JP", None], {"groups": GROUPS}) == [
        ["nl", "West", "West", "*"],
        ["JP", "Far", "East", "*"],
        [None, None, None, "*"],
    ]


def test_masked_values_are_all_of_one_length() -> None:
    assert _labels(["ABC123", " ABC1"], {"mask": [4, 2]}) == [
        ["ABC123", "ABC1*", "AB***", "*"],
        [" ABC1", "ABC1*", "AB***", "*"],
    ]
    assert _labels(["ABC123"], {"mask": [2], "side": "left", "length": 8})[0] == ["ABC123", "******23", "*"]


@pytest.mark.parametrize(
    ("value", "country", "labels"),
    [
        ("B-1050", "be", ["1050", "105x", "10xx", "1xxx"]),
        ("01067", "de", ["01067", "0106x", "010xx", "01xxx", "0xxxx"]),
        ("94103-1234", "us", ["94103", "9410x", "941xx", "94xxx", "9xxxx"]),
    ],
)
def test_other_numeric_postcodes_are_cut_from_the_right(value: str, country: str, labels: list[str]) -> None:
    assert _labels([value], {"postcode": country})[0] == [value, *labels, "*"]


def test_a_course_of_a_year_begins_in_august_or_september() -> None:
    days: list[str | None] = ["2024-07-31", "2024-08-01", "2024-09-01"]
    for step, years in {
        "school year": ["2023/2024", "2024/2025", "2024/2025"],
        "academic year": ["2023/2024", "2023/2024", "2024/2025"],
        "half year": ["2024-H2"] * 3,
    }.items():
        assert [row[1] for row in _labels(days, {"date": [step]})] == years


def test_rare_values_go_together_and_the_plan_says_what_that_gives_away() -> None:
    hierarchy = _built(["a", None, "b", "c"], {"auto": [5, 10], "language": "en"}, [4, 9, 9, 10])
    assert hierarchy.labels.tolist() == [
        ["a", "other (<5)", "other (<10)", "*"],
        [None, None, None, "*"],
        ["b", "b", "other (<10)", "*"],
        ["c", "c", "c", "*"],
    ]
    assert hierarchy.follows_data
    assert "follow the data" in in_words({"auto": [5]})["en"]
    assert "volgen de data" in hierarchy._repr_html_()


@pytest.mark.parametrize(
    ("place", "labels"),
    [
        ("'s-Gravenhage", ["Den Haag", "gemeente Den Haag", "provincie Zuid-Holland", "West-Nederland"]),
        ("DEN  HAAG", ["Den Haag", "gemeente Den Haag", "provincie Zuid-Holland", "West-Nederland"]),
        (
            "den bosch",
            ["'s-Hertogenbosch", "gemeente 's-Hertogenbosch", "provincie Noord-Brabant", "Zuid-Nederland"],
        ),
        ("Utrecht (Ut)", ["Utrecht", "gemeente Utrecht", "provincie Utrecht", "West-Nederland"]),
        ("2e valthermond", ["2e Valthermond", "gemeente Borger-Odoorn", "provincie Drenthe", "Noord-Nederland"]),
        ("Hengelo Gld", ["Hengelo (Gelderland)", "gemeente Bronckhorst", "provincie Gelderland", "Oost-Nederland"]),
        ("Cafe", ["*", "*", "*", "*"]),
        ("Hengelo", ["*", "*", "*", "*"]),
    ],
)
def test_places_are_known_by_their_other_names_and_unknown_when_two_provinces_have_them(
    place: str, labels: list[str]
) -> None:
    assert _labels([place, "Goes"], {"list": "places", "unknown": "*"})[0] == [place, *labels, "*"]


@pytest.mark.parametrize(
    ("value", "spec", "labels"),
    [
        ("Turkse", {"list": "countries"}, ["Turkije", "West-Azië", "Azië"]),
        ("nld", {"list": "countries", "language": "en"}, ["Netherlands", "Western Europe", "Europe"]),
        ("en_GB", {"list": "languages"}, ["Engels", "Germaanse talen"]),
        ("fryslân", {"list": "provinces"}, ["provincie Friesland", "Noord-Nederland"]),
        ("MBO-4", {"list": "education"}, ["mbo 4", "ISCED 3-4", "middelbaar onderwijsniveau"]),
        (
            "Bachelor's degree",
            {"list": "education", "levels": ["broad"], "language": "en"},
            ["high level of education"],
        ),
        ("Gehuwd", {"list": "marital_status", "levels": ["broad"]}, ["met partner"]),
    ],
)
def test_shipped_lists_know_how_values_are_written(value: str, spec: Spec, labels: list[str]) -> None:
    assert _labels([value], spec)[0] == [value, *labels, "*"]


@pytest.mark.parametrize("word", load_yaml(PACKAGE, "lists.yaml"))
def test_a_shipped_list_is_one_hierarchy_in_both_languages_and_states_its_source(word: str) -> None:
    told, entries = load_yaml(PACKAGE, "lists.yaml")[word], load_list(word).entries
    assert told["source"]
    for language in LANGUAGES:
        levels = [f"{level}_{language}" if f"{level}_{language}" in entries else level for level in told["levels"]]
        columns = [[f"@{value}" for value in entries["value"]], *(entries[level].to_list() for level in levels)]
        labels = np.array([*columns, ["*"] * entries.height], dtype=object).T
        assert len(check_paths(word, labels)) == entries.height > 5
        assert not (labels == "").any()


def test_what_is_proposed_for_a_category_can_be_built_and_told() -> None:
    fitting = {
        "age": "31", "income": "43210", "postcode": "3511 AB", "city": "Goes", "nationality": "Nederlandse",
        "language": "nl", "education_level": "hbo", "marital_status": "gehuwd", "birth_date": "1990-01-31",
        "learning_activity": "2024-01-31", "none": "2024-01-31",
    }  # fmt: skip
    proposals = load_yaml("igmap.anonymisation", "hierarchies.yaml")
    assert proposals.keys() == fitting.keys()
    for category, spec in proposals.items():
        steps = sum(len(setting) for setting in spec.values() if isinstance(setting, list)) or 4
        assert _built([fitting[category]], spec).levels == 2 + steps
        assert set(in_words(spec)) == {"nl", "en"}


@pytest.mark.parametrize("builder", BUILDERS)
def test_every_builder_has_words_for_a_plan(builder: str) -> None:
    words = in_words({builder: True, "unknown": "*"})
    assert words["nl"].endswith("wordt *")
    assert words["en"].endswith("becomes *")


def test_unknown_values_are_an_error_or_counted_and_never_released() -> None:
    values: list[str | None] = ["31", "onbekend", None, "40"]
    with pytest.raises(HierarchyError, match=r'1 of its 3 values are not numbers.*unknown: "\*"'):
        _labels(values, {"intervals": [10]})
    hierarchy = _built(values, {"intervals": [10, 20], "unknown": "*"})
    assert hierarchy.labels[:, 1:].tolist() == [
        ["30-39", "20-39", "*"],
        ["*", "*", "*"],
        [None, None, "*"],
        ["40-49", "40-59", "*"],
    ]
    assert (hierarchy.unknown, hierarchy.least_level) == ((1,), 1)
    assert _built(["31"], {"intervals": [10], "unknown": "*"}).least_level == 0


def test_a_hierarchy_that_knows_less_than_half_of_the_values_is_the_wrong_one() -> None:
    with pytest.raises(HierarchyError, match="2 of its 3 values are unknown to the hierarchy 'list'"):
        _labels(["Berlin", "Paris", "Goes"], {"list": "places", "unknown": "*"})


def test_a_file_gives_the_levels_of_the_values_that_occur(tmp_path: Path) -> None:
    file = tmp_path / "town.csv"
    file.write_text("Utrecht;midden;*\nZeist;midden;*\nGoes;zuid;*\n", "utf-8")
    assert _labels(["Goes", None, "Zeist"], {"file": str(file)}) == [
        ["Goes", "zuid", "*"],
        [None, None, "*"],
        ["Zeist", "midden", "*"],
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("written", ["Curaçao;zuid;*\r\nGoes;zuid;*\r\n", '"Curaçao","zuid","*"\n"Goes","zuid","*"\n'])
def test_a_file_is_read_in_any_encoding_and_with_any_delimiter(tmp_path: Path, encoding: str, written: str) -> None:
    file = tmp_path / "town.csv"
    file.write_bytes(written.encode(encoding))
    assert _labels(["Curaçao"], {"file": str(file)}) == [["Curaçao", "zuid", "*"]]


def test_labels_of_intervals_may_hold_commas_and_quotes_may_hold_the_delimiter(tmp_path: Path) -> None:
    file = tmp_path / "age.csv"
    file.write_text('1;[0, 5[;"[0; 10[";*\n7;[5, 10[;"[0; 10[";*\n;;;*\n', "utf-8")
    assert _labels(["7"], {"file": str(file)}) == [["7", "[5, 10[", "[0; 10[", "*"]]


def test_values_are_matched_without_case_and_spaces_where_one_leaf_fits(tmp_path: Path) -> None:
    file = tmp_path / "town.csv"
    file.write_text("Café;a;*\nZeist;a;*\nzeist;b;*\n", "utf-8")
    spec = {"file": str(file), "unknown": "*"}
    decomposed = "CAFE\u0301 "
    assert [row[1] for row in _labels([decomposed, "Zeist", "zeist", "ZEIST"], spec)] == ["a", "a", "b", "*"]


def test_a_table_of_attributes_gives_columns_alone_and_together(tmp_path: Path) -> None:
    file = tmp_path / "employers.csv"
    file.write_text("naam,sector,grootte\nJansen bv,bouw,klein\nZorgzaam,zorg,groot\n", "utf-8")
    spec = {"file": str(file), "levels": [["sector", "grootte"], "sector"]}
    assert _labels(["JANSEN BV", None], spec) == [["JANSEN BV", "bouw / klein", "bouw", "*"], [None, None, None, "*"]]
    wrongly: list[tuple[Spec, str]] = [
        ({"levels": ["secto"]}, "'secto' nowhere; did you mean 'sector'"),
        ({"levels": ["sector"], "value": "grootte"}, "1 of its 1 values are not in employers.csv"),
        ({"levels": [1.5, False]}, "'levels' is empty, or has an entry"),
    ]
    for wrong, told in wrongly:
        with pytest.raises(HierarchyError, match=told):
            _labels(["Zorgzaam"], {**spec, **wrong})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Utrecht;midden;*\nZeist;*\n", "line 2: 2 levels where line 1 has 3"),
        ("Utrecht;*\nUtrecht;*\n", "1 values stand in it twice"),
        ("Utrecht;midden\nGoes;zuid\n", "end in 2 different labels; .*the one root"),
        ("Utrecht;a;x;*\nZeist;a;y;*\n", "a label of level 1 stands under two labels of level 2: .* not nested"),
        ("plaats;deel;alles\nUtrecht;a;*\nZeist;a;*\n", "line 1 does not end in .* a header"),
        ("Zeist;;x;*\nUtrecht;a;x;*\n", r"line 1: level 1 is blank; .*1 blanks in all"),
        (";;*\nUtrecht;;*\n", r"line 2: level 1 is blank"),
        ("Zeist;Utrecht;*\nUtrecht;Utrecht;*\n", "1 labels stand at two levels"),
        ("Zeist;a;b;*\nUtrecht;b;c;*\n", "1 labels stand at two levels"),
        ("Zeist\nUtrecht\n", "the one root"),
        ("", "is empty"),
        ("Zeist;*\n", r"1 of its 2 values are not in town.csv; add a line"),
    ],
)
def test_an_inconsistent_file_is_refused(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "town.csv"
    file.write_text(text, "utf-8")
    with pytest.raises(HierarchyError, match=told) as error:
        _labels(["Utrecht", "Zeist"], {"file": str(file)})
    assert "town.csv" in str(error.value)
    assert "Utrecht" not in str(error.value)


def test_a_file_with_bytes_of_no_encoding_is_told(tmp_path: Path) -> None:
    file = tmp_path / "town.csv"
    file.write_bytes("Curaçao;*\nBrå;*\nÉé;*\n".encode() + b"\xff\xfe\x81;*\n")
    with pytest.raises(HierarchyError, match="bytes that fit no encoding"):
        _labels(["a"], {"file": str(file)})


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


def test_a_profile_counts_groups_and_never_shows_a_value() -> None:
    hierarchy = _built(["Zeist", "Utrecht", "Goes", "Xyz", None], {"list": "places", "unknown": "*"})
    assert hierarchy.profile().rows() == [
        (0, "value", 5, 1, 1),
        (1, "place", 5, 1, 1),
        (2, "municipality", 5, 1, 1),
        (3, "province", 4, 1, 2),
        (4, "part", 3, 1, 3),
        (5, "*", 1, 5, 5),
    ]
    page = hierarchy._repr_html_()
    assert "5 verschillende waarden, waarvan 1 onbekend" in page
    assert "landsdeel" in page
    assert not any(value in page for value in ("Zeist", "Utrecht", "Goes", "Xyz", "Zeeland"))


def test_what_each_level_is_has_words() -> None:
    words = load_yaml(PACKAGE, "texts.yaml")["levels"]
    cases: list[tuple[Spec, str]] = [
        ({"intervals": [5]}, "3"),
        ({"cuts": "ages"}, "3"),
        ({"date": CALENDAR}, "2024-01-01"),
        ({"date": ["school year"]}, "2024-01-01"),
        ({"date": ["academic year"]}, "2024-01-01"),
        ({"postcode": "nl"}, "1234"),
        ({"mask": [1]}, "abc"),
        ({"groups": GROUPS}, "NL"),
        ({"order": ["a", "b", "c"]}, "a"),
        *(({"list": word}, load_list(word).entries["value"][0]) for word in load_yaml(PACKAGE, "lists.yaml")),
    ]
    for spec, value in cases:
        names = _built([value], spec).names
        assert names
        assert {name.split(":")[0] for name in names} <= words.keys()


@pytest.mark.ci
@pytest.mark.parametrize(
    "spec",
    [{"mask": [6, 4, 2]}, {"auto": [10, 100]}, {"intervals": [5, 10, 100]}, {"file": ""}, {"categorical": True}],
    ids=lambda spec: next(iter(spec)),
)
def test_a_hundred_thousand_values_take_less_than_a_second(tmp_path: Path, spec: Spec) -> None:
    values = [str(number) for number in range(100_000)]
    if "file" in spec:
        spec = {"file": str(tmp_path / "large.csv")}
        lines = "".join(f"{value};a{number // 10};b{number // 1000};*\n" for number, value in enumerate(values))
        (tmp_path / "large.csv").write_text(lines, "utf-8")
    series, counts = pl.Series(values), pl.Series(np.arange(100_000) % 300)
    began = time.process_time()
    build_hierarchy("column", series, spec, counts)
    assert time.process_time() - began < 2  # under a second by itself; the machine may be busy
