"""drift: what changed between two inventories, without a word about what chance explains."""

import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igmap.errors import WorkspaceError
from igmap.inventory import Inventory
from igmap.inventory.drifting import Drift, drift, write_drift
from igmap.inventory.drifting.compare import z_of
from igmap.inventory.inventory import DatasetInventory, Detection, Field
from igmap.stages import read_stage, write_stage
from igmap.vocabulary import CATEGORIES
from tests.test_cli import call


def field(name: str, category: str = "none", *, verdict: Any = "", filled: int = 1000, **fired: int) -> Field:
    meaning = CATEGORIES[category]
    judged: dict[str, Any] = {"secret": meaning.secret, "free_text": False, "confidence": 0.9, "runner_up": "none"}
    judged |= {"identifiability": meaning.identifiability, "special": meaning.special}
    detections = tuple(Detection(kind, count, round(count / filled, 6)) for kind, count in fired.items())
    verdict = verdict or ("none" if category == "none" else "found")
    return Field(name=name, verdict=verdict, category=category, detections=detections, **judged)


def inventory(*fields: Field, source: str = "crm_2026-11.csv", rows: int = 1000, table: str = "") -> Inventory:
    return Inventory((DatasetInventory(source, table, rows, rows, 0, "", (), fields),))


NOW: dict[str, Any] = {"source": "crm_2026-12.csv"}


def test_an_inventory_beside_itself_shows_nothing() -> None:
    same = inventory(field("mail", "email", email=990), field("code"))
    found = drift(same, same)
    assert found == Drift((("crm_2026-11.csv", "crm_2026-11.csv"),))
    assert not found.is_personal


def test_two_months_of_one_export_are_compared() -> None:
    found = drift(inventory(field("x")), inventory(field("x"), **NOW))
    assert found.compared == (("crm_2026-11.csv", "crm_2026-12.csv"),)
    assert found == Drift(found.compared)


def test_a_new_month_is_compared_with_the_latest_and_the_old_one_is_not_gone() -> None:
    months = [inventory(field("x"), source=f"crm_2026-{month}.csv").datasets[0] for month in ("09", "10", "11")]
    found = drift(Inventory(tuple(months[:2])), Inventory(tuple(months[1:])))
    assert found.compared == (("crm_2026-10.csv", "crm_2026-10.csv"), ("crm_2026-10.csv", "crm_2026-11.csv"))
    assert found.gone == found.new == ()


def test_new_and_gone_fields_and_datasets_are_listed() -> None:
    old = Inventory((*inventory(field("a"), field("b")).datasets, *inventory(field("z"), source="oud.csv").datasets))
    new = Inventory((*inventory(field("a"), field("c")).datasets, *inventory(field("n"), source="nieuw.csv").datasets))
    found = drift(old, new)
    assert [(place.source, place.field) for place in found.new] == [("nieuw.csv", "n"), ("crm_2026-11.csv", "c")]
    assert [(place.source, place.field) for place in found.gone] == [("oud.csv", "z"), ("crm_2026-11.csv", "b")]
    assert not found.is_personal


@pytest.mark.parametrize(
    ("before", "after", "aspects", "is_personal"),
    [
        (field("x"), field("x", "email"), {"verdict", "category", "identifiability"}, True),
        (field("x"), field("x", verdict="undecided"), {"verdict"}, True),
        (field("x", "email"), field("x"), {"verdict", "category", "identifiability"}, False),
        (field("x", "age"), field("x", "health"), {"category", "identifiability", "special"}, True),
        (field("x", "email"), field("x", "phone"), {"category"}, False),
        (field("x", "url"), field("x", "password"), {"category", "secret"}, True),
    ],
)
def test_what_is_judged_otherwise_is_told_by_aspect(
    before: Field, after: Field, aspects: set[str], *, is_personal: bool
) -> None:
    found = drift(inventory(before), inventory(after, **NOW))
    assert {change.aspect for change in found.changed} >= aspects - {"identifiability"}
    assert found.is_personal is is_personal


def test_a_field_with_another_name_and_the_same_shares_is_perhaps_renamed_and_not_new() -> None:
    old = inventory(field("mail", "email", email=990), field("tel", "phone", phone=900))
    new = inventory(field("e-mail", "email", email=985), field("telefoon", "phone", phone=700), **NOW)
    found = drift(old, new)
    assert [(one.old.field, one.new.field, one.distance) for one in found.renamed] == [("mail", "e-mail", 0.005)]
    assert {place.field for place in found.new} == {"e-mail", "telefoon"}
    assert found.is_personal
    assert not drift(inventory(old.datasets[0].fields[0]), inventory(new.datasets[0].fields[0], **NOW)).is_personal


def test_of_several_candidates_each_is_used_once_the_nearest_first() -> None:
    old = inventory(field("a", "email", email=900), field("b", "email", email=950))
    new = inventory(field("c", "email", email=948), field("d", "email", email=960), **NOW)
    assert [(one.old.field, one.new.field) for one in drift(old, new).renamed] == [("b", "c"), ("a", "d")]


def test_masked_names_are_the_same_field_whatever_their_number() -> None:
    old = inventory(field("‹name›"), field("‹name 2›"))
    assert drift(old, inventory(field("‹name 2›"), field("‹name›"), **NOW)) == Drift(
        (("crm_2026-11.csv", "crm_2026-12.csv"),)
    )


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (980, 975, False),  # a wobble
        (500, 620, True),
        (9, 2, False),  # too few to say
        (40, 4, True),
        (300, 330, False),  # 3 points, within chance
    ],
)
def test_a_share_has_moved_when_chance_does_not_explain_it(before: int, after: int, *, told: bool) -> None:
    old, new = inventory(field("t", url=before, x=1000)), inventory(field("t", url=after, x=1000), **NOW)
    assert bool(drift(old, new).shares) is told


def test_in_a_large_table_a_sure_but_tiny_difference_is_no_news() -> None:
    counts = (5_000_000, 5_020_000)
    old, new = (
        inventory(field("t", filled=10_000_000, url=n), rows=10_000_000, source=f"a_2026-0{i}.csv")
        for i, n in enumerate(counts, start=1)
    )
    assert abs(z_of((counts[0], 10_000_000), (counts[1], 10_000_000))) > 5
    assert drift(old, new).shares == ()


def test_one_citizen_service_number_where_there_was_none_is_news() -> None:
    found = drift(inventory(field("t", "message_content")), inventory(field("t", "message_content", bsn=1), **NOW))
    assert [(moved.detector, moved.before[0], moved.after[0], moved.is_new) for moved in found.shares] == [
        ("bsn", 0, 1, True)
    ]
    assert found.is_personal


@given(st.tuples(*[st.integers(1, 400)] * 4).filter(lambda t: t[0] <= t[1] and t[2] <= t[3]))
def test_the_test_is_the_square_root_of_pearsons_chi_square(counts: tuple[int, int, int, int]) -> None:
    x, n, y, m = counts
    table = [[x, n - x], [y, m - y]]
    total, rows, columns = n + m, [n, m], [x + y, n + m - x - y]
    expected = [[rows[i] * columns[j] / total for j in (0, 1)] for i in (0, 1)]
    chi = sum((table[i][j] - expected[i][j]) ** 2 / expected[i][j] for i in (0, 1) for j in (0, 1) if expected[i][j])
    assert math.isclose(z_of((x, n), (y, m)) ** 2, chi, rel_tol=1e-6, abs_tol=1e-9)
    assert math.isclose(z_of((x, n), (y, m)), -z_of((y, m), (x, n)), abs_tol=1e-9)


def test_only_a_clear_change_in_records_is_told() -> None:
    moved = [
        drift(inventory(field("x")), inventory(field("x"), rows=rows, **NOW)).rows for rows in (1200, 1400, 700, 0)
    ]
    assert [bool(rows) for rows in moved] == [False, True, True, True]


def test_a_hostile_name_is_only_text_in_every_form(tmp_path: Path) -> None:
    name = "<script>alert(1)</script>|`=cmd`\x1b[31m\u202e" + "x" * 5000
    found = drift(inventory(field("a")), inventory(field("a"), field(name, "email"), **NOW))
    assert "<script>" not in found._repr_html_()
    page = write_drift(tmp_path / "d.html", found, "en").read_text("utf-8")
    assert "<script>" not in page
    text = write_drift(tmp_path / "d.md", found, "nl").read_text("utf-8")
    assert "<script>" not in text
    assert not {"\x1b", "\u202e"} & set(text)
    assert r"\|\`=cmd\`" in text
    assert read_stage(write_drift(tmp_path / "d.json", found, "nl"), Drift) == found


def test_another_ending_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match=r"\.html, \.md or \.json"):
        write_drift(tmp_path / "d.docx", Drift(()), "nl")


def test_the_command_says_3_when_something_personal_is_new(tmp_path: Path) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    write_stage(old, inventory(field("x")))
    write_stage(new, inventory(field("x"), field("mail", "email"), **NOW))
    status, said = call("drift", old, new, "--out", tmp_path / "d.json")
    assert status == 3
    assert "Nieuwe velden: 1" in said
    assert json.loads((tmp_path / "d.json").read_text("utf-8"))["new"][0]["field"] == "mail"
    assert call("drift", new, new)[0] == 0
    assert call("drift", new, old, "--lang", "en")[0] == 0
    (tmp_path / "no.json").write_text("{}")
    assert isinstance(call("drift", old, tmp_path / "no.json")[0], int)
