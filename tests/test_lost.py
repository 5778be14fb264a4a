"""What a plan costs whom: groups before and after, drawn and told, never one of fewer than k persons."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from igmap.anonymisation import Plan, PlannedColumn, anonymise, find_recoding
from igmap.anonymisation.lost import Group, Told, by_group
from igmap.anonymisation.telling import column_table, hierarchies, nodes, sentences
from igmap.flows.pictures import svg
from igmap.flows.pictures.groups import before_and_after, in_figures, lost_by_group, lost_in_words
from igmap.flows.pictures.trade_off import trade_off
from igmap.sources import Exports, open_exports
from igmap.workbench import plan_views
from tests.release_cases import AGE, opened, plan, quasi

SEX = quasi("sex", {"categorical": True})
HOSTILE = "<b>$x^2$</b>"


def _told(rows: list[tuple[str | None, str | None]], k: int) -> tuple[Told, ...]:
    with opened(("age", "sex"), rows) as exports:
        asked = plan(quasi("age", {"intervals": [10]}), SEX, k=k)
        return by_group(find_recoding(exports, asked), asked)


def test_rows_of_a_group_stay_become_coarser_or_are_left_out() -> None:
    rows = [("31", "F"), ("32", "F"), ("33", "F"), ("41", "M"), ("42", "M"), ("43", "M"), ("51", "F")]
    age, sex = _told([*rows, ("52", "M")], 3)
    assert [(one.label, one.rows, one.kept, one.lost) for one in age.groups] == [("30-39", 3, 3, 0), ("40-49", 3, 3, 0)]
    assert [(one.label, one.rows, one.kept, one.lost) for one in sex.groups] == [("F", 4, 3, 1), ("M", 4, 3, 1)]
    assert (age.rows, age.released) == (8, 6)


def test_a_column_that_became_anything_is_coarser_everywhere() -> None:
    rows = [(str(20 + 10 * (n % 4)), "FM"[n % 2]) for n in range(8)]
    with opened(("age", "sex"), rows) as exports:
        asked = plan(quasi("age", {"intervals": [10]}), SEX, k=2)
        asked = replace(asked, columns=(replace(asked.columns[0], least_level=2), SEX))
        age = by_group(find_recoding(exports, asked), asked)[0]
    assert [(one.kept, one.coarser) for one in age.groups] == [(0, 2)] * 4


VALUES = st.sampled_from([None, "21", "24", "36", "58", "59"])


@settings(max_examples=8, deadline=None)
@given(st.lists(st.tuples(VALUES, st.sampled_from([None, "F", "M"])), min_size=4, max_size=25), st.integers(2, 4))
def test_the_groups_are_those_that_are_counted_by_hand_and_no_smaller_than_k(
    rows: list[tuple[str | None, str | None]], k: int
) -> None:
    with opened(("age", "sex"), [*rows, *[("36", "F")] * k]) as exports:
        asked = plan(quasi("age", {"intervals": [10]}), SEX, k=k)
        told = by_group(find_recoding(exports, asked), asked)
    sexes = Counter(sex for _, sex in [*rows, *[("36", "F")] * k])
    for one in told:
        assert all(group.persons >= k for group in one.groups)
        assert all(0 <= group.lost <= group.rows and group.kept >= 0 for group in one.groups)
        assert sum(group.kept + group.coarser for group in one.groups) <= one.released
    held = {group.label: group.rows for group in told[1].groups if group.label != ""}
    assert held == {sex: count for sex, count in sexes.items() if count >= k}


def test_what_stays_of_each_group_is_what_stands_in_the_released_file(tmp_path: Path) -> None:
    rows = [(str(20 + n * n % 40), "FM"[n % 3 == 0]) for n in range(60)]
    with opened(("age", "sex"), rows) as exports:
        asked = plan(quasi("age", AGE), SEX, k=4)
        told = by_group(find_recoding(exports, asked), asked)[1]
        released = Counter(pd.read_parquet(anonymise(exports, asked, tmp_path).data)["sex"])
    assert {group.label: group.kept for group in told.groups if group.kept} == {
        sex: count for sex, count in released.items() if sex != "*"
    }


TOLD = (
    Told(HOSTILE, (Group("a", 30, 40, 30, 0), Group("", 12, 12, 0, 8), Group(None, 20, 20, 0, 0)), 72, 38),
    Told("other", (Group("a long name of a group " * 4, 30, 40, 0, 40),), 72, 72),
)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_pictures_say_their_figures_as_text_and_no_count_below_k(lang: str) -> None:
    spread, lost = svg(before_and_after(TOLD, lang, k=5)), svg(lost_by_group(TOLD, lang, k=5))
    assert svg(lost_by_group(TOLD, lang, k=5)) == lost
    assert "&lt;b&gt;$x^2$&lt;/b&gt;" in spread
    assert ("weggelaten" if lang == "nl" else "left out") in spread
    assert ("&lt; 5 rijen" if lang == "nl" else "&lt; 5 rows") in lost
    assert ("(leeg)" if lang == "nl" else "(blank)") in lost


def test_a_count_below_k_is_never_told() -> None:
    assert [in_figures(count, 100, 5, "en") for count in (0, 1, 4, 5)] == ["0%", "< 5 rows", "< 5 rows", "5%"]


def test_what_is_below_k_cannot_be_reckoned_from_what_stands_beside_it() -> None:
    told = [
        lost_in_words(Group("a", 30, 100, kept, coarser), 10, "en") for kept, coarser in ((0, 97), (0, 3), (50, 47))
    ]
    assert told == [("< 10 rows", "the rest"), ("the rest", "< 10 rows"), ("< 10 rows", "47%")]


def test_the_trade_off_has_a_line_per_search_and_crosses_what_cannot_be_met() -> None:
    curves: dict[str, list[tuple[int, float | None]]] = {
        "global": [(2, 0.1), (5, 0.4), (10, None)],
        "local": [(2, 0.05), (5, 0.1), (10, 0.2)],
    }
    drawn = svg(trade_off(curves, "nl", chosen=5))
    assert "■ local" in drawn
    assert "40 %" in drawn.replace("\N{NO-BREAK SPACE}", " ")
    assert "Een kruis bovenaan" in drawn
    assert "Een kruis bovenaan" not in svg(trade_off({"global": [(2, 0.1)]}, "nl"))


@pytest.fixture(scope="module")
def exports() -> Exports:
    rows = {"who": [f"u{n // 2}" for n in range(80)], "age": [str(20 + n % 30) for n in range(80)]}
    return open_exports({"t": pd.DataFrame(rows | {"mark": [str(n % 3) for n in range(80)]})})


def _asked() -> Plan:
    columns = (
        PlannedColumn("who", "key", "drop", category="account_id"),
        replace(quasi("age", AGE, weight=2.0), transform=({"top": 40},)),
        PlannedColumn("mark", "sensitive", "keep"),
    )
    asked = plan(*columns, k=5, person="who")
    return replace(asked, models=({"model": "distinct_l", "column": "mark", "l": 2},))


def test_a_plan_is_told_in_sentences_of_both_languages() -> None:
    told = {lang: " ".join(sentences(_asked(), lang)) for lang in ("nl", "en")}
    assert "in t ‘who’ tells persons apart" in told["en"]
    assert "shared by at least 5 persons" in told["en"]
    assert "ten minste 2 verschillende waarden van mark" in told["nl"]
    assert "overige kolommen 1: age (2)" in told["nl"]
    assert "zaaigetal" in told["nl"]


def test_columns_are_told_with_their_steps_and_the_levels_that_they_may_stand_at(exports: Exports) -> None:
    held = hierarchies(exports, _asked().tables[0])
    rows = {row[0]: row[1:] for row in column_table(_asked().tables[0], "en", held).rows}
    assert rows["age"][2] == "what is above 40 becomes 40; becomes coarser where needed"
    assert rows["age"][3] == (
        "the value itself › intervals of 5 › intervals of 10 › intervals of 20 › everything together"
    )
    assert rows["who"] == ("account id", "key of a person", "is dropped", "")
    assert nodes(_asked(), held) == 5


def test_the_views_of_a_plan_show_no_value_of_a_person(exports: Exports) -> None:
    asked = _asked()
    recoding = find_recoding(exports, asked)
    shown = [plan_views.in_words(asked), plan_views.prices(exports, asked, (5, 40)), plan_views.losses(recoding, asked)]
    shown += [plan_views.before_after(recoding, asked, "en"), plan_views.lost(recoding, asked)]
    pages = [one._repr_html_() for one in shown]
    assert not [page for page in pages if "u17" in page]
    assert "how wide a cell" not in pages[2]
    assert "hoe breed een cel gemiddeld is geworden" in pages[2]
    assert "the table says the same in figures." in pages[3]
    assert "Wie raakte rijen of detail kwijt?" in pages[4]
