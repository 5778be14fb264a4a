"""decide: what a person says of a field is added to decisions.yaml, holds next month, and leaves the rest as it was."""

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from igmap.errors import DecisionError
from igmap.inventory import Inventory, discover
from igmap.inventory.deciding.applied import conflicts
from igmap.inventory.deciding.decide import Choice, Decided, category_of
from igmap.inventory.deciding.decide import decide as decide_field
from igmap.inventory.deciding.entries import added, line_of
from igmap.inventory.deciding.ledger import open_ledger
from igmap.inventory.deciding.series import pattern_of
from igmap.inventory.deciding.words import conflict_table
from igmap.inventory.decisions import (
    Acceptance,
    DatasetBinding,
    FieldDecision,
    ValueDecision,
    load_decisions,
    parsed_decisions,
)
from igmap.report import Badge
from igmap.sources import open_exports
from igmap.vocabulary import CATEGORIES
from igmap.workspace import Workspace
from tests.test_cli import call

DAY = date(2026, 11, 3)
SAID = "dataset: d, field: f, category: none, by: a, on: 2026-01-01, why: x"
LINES = "fields:\n  - dataset: d\n    field: f\n    category: none\n"
HOSTILE = '=cmd|"\n\x00 é 🙂 \u202e # : {'
ENTRY = FieldDecision(dataset="crm_*.csv", field=HOSTILE, category="none", by="J: d", on=DAY, why="o'k\\")


def found(**tables: dict[str, list[str]]) -> Inventory:
    with open_exports({name.replace("__", "."): pd.DataFrame(rows) for name, rows in tables.items()}) as exports:
        return discover(exports, today=DAY)


MONTHS = found(**{
    "crm_2026-10__csv": {"code": ["a1", "b2"], "e-mail": ["a@b.example", "c@d.example"]},
    "crm_2026-11__csv": {"code": ["a1", "b2"], "e-mail": ["a@b.example", "c@d.example"]},
    "hr__csv": {"code": ["x", "y"]},
})  # fmt: skip


def decide(folder: Path, inventory: Inventory = MONTHS, **said: Any) -> Decided:
    fields: dict[str, Any] = {"file": "crm_2026-11.csv", "field": "code", "category": "none", "by": "A", "why": "w"}
    choice = Choice(**(fields | {"on": DAY} | said))
    return decide_field(Workspace(folder), inventory, choice, purposes=["teaching"])


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("crm_2026-11.csv", "crm_*.csv"),
        ("orders 20261101.xlsx", "orders *.xlsx"),
        ("uren_week_47.csv", "uren_week_*.csv"),
        ("log_2026-11-01T09-30-00.json", "log_*.json"),
        ("export-01-11-2026 (1).csv", "export-* (1).csv"),
        ("omzet_nov.xlsx", "omzet_*.xlsx"),
        ("omzet november 2026.xlsx", "omzet *.xlsx"),
        ("2026/11/leden.csv", "*/leden.csv"),
        ("cijfers_kw3_2026.csv", "cijfers_kw*.csv"),
        ("lijst[1]_2026.csv", "lijst[[]1]_*.csv"),
        ("verzuim_‹name 2›.xlsx", "verzuim_‹name*›.xlsx"),
        ("hr.csv", "hr.csv"),
        ("order_300000001.csv", "order_300000001.csv"),
        ("v1.2.3.csv", "v1.2.3.csv"),
        ("maarten.csv", "maarten.csv"),
        ("quiz-q1.csv", "quiz-q1.csv"),
    ],
)
def test_dates_in_a_file_name_become_a_pattern_and_nothing_else_does(name: str, pattern: str) -> None:
    assert pattern_of(name) == pattern


def test_a_decision_on_a_dated_file_holds_for_its_other_months_and_says_so(tmp_path: Path) -> None:
    decided = decide(tmp_path)
    assert decided.decision.dataset == "crm_*.csv"
    assert [(c.source, c.field, c.after) for c in decided.changes] == [
        ("crm_2026-10.csv", "code", "none"),
        ("crm_2026-11.csv", "code", "none"),
    ]
    later = load_decisions(tmp_path / "decisions.yaml").field("crm_2027-01.csv", "", "code")
    assert later
    assert (later.category, later.by, later.why, later.on) == ("none", "A", "w", DAY)


def test_exactly_is_for_the_very_file(tmp_path: Path) -> None:
    assert [c.source for c in decide(tmp_path, exactly=True).changes] == ["crm_2026-11.csv"]


def test_a_pattern_that_would_take_in_another_export_asks_for_a_digit(tmp_path: Path) -> None:
    inventory = found(**{name: {"code": ["a"]} for name in ("crm_2026-10__csv", "crm_2026-11__csv", "crm_leads__csv")})
    decided = decide(tmp_path, inventory)
    assert decided.decision.dataset == "crm_[0-9]*.csv"
    assert [change.source for change in decided.changes] == ["crm_2026-10.csv", "crm_2026-11.csv"]


def test_a_file_called_by_its_date_alone_does_not_take_in_every_file(tmp_path: Path) -> None:
    decided = decide(tmp_path, found(**{"2026-11__csv": {"code": ["a"]}}), file="2026-11.csv")
    assert decided.decision.dataset == "[0-9]*.csv"


def test_the_last_part_of_a_path_is_enough_where_it_is_of_one_file(tmp_path: Path) -> None:
    tables = {"a/crm.csv": ["x"], "a/hr.csv": ["x"], "b/hr.csv": ["x"]}
    with open_exports({name: pd.DataFrame({"code": rows}) for name, rows in tables.items()}) as exports:
        inventory = discover(exports, today=DAY)
    assert decide(tmp_path, inventory, file="crm.csv").decision.dataset == "a/crm.csv"
    with pytest.raises(DecisionError, match=r"several exports .*a/hr\.csv, b/hr\.csv"):
        decide(tmp_path, inventory, file="hr.csv")
    with pytest.raises(DecisionError, match="did you mean 'a/cr"):
        decide(tmp_path, inventory, file="cr*.csv")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"file": "crm_2026-12.csv"}, "no such export; did you mean 'crm_2026-1"),
        ({"file": "crn_*.csv"}, "no export matches"),
        ({"field": "E-Mail"}, "no such field 'E-Mail'; did you mean 'e-mail'"),
        ({"field": "cod"}, "did you mean 'code'"),
        ({"category": "emial"}, "unknown category 'emial'; did you mean 'email'"),
        ({"category": "telefoonnumer"}, "did you mean 'telefoonnummer'"),
        ({"purposes": ("teachng",)}, "no purpose 'teachng'; did you mean 'teaching'"),
        ({"by": " "}, "--by"),
        ({"why": ""}, "--why"),
        ({"table": "Blad1"}, "no sheet or table 'Blad1'"),
    ],
)
def test_what_is_unknown_is_told_with_the_nearest_and_nothing_is_written(
    tmp_path: Path, said: dict[str, Any], told: str
) -> None:
    with pytest.raises(DecisionError, match=told):
        decide(tmp_path, **said)
    assert not (tmp_path / "decisions.yaml").exists()


@pytest.mark.parametrize("category", CATEGORIES.values(), ids=lambda category: category.id)
def test_a_category_has_three_names_and_each_is_of_one_category(category: object) -> None:
    names = [getattr(category, key) for key in ("id", "nl", "en")]
    assert {category_of(name.upper()) for name in names} == {names[0]}


def test_a_new_decision_on_the_same_field_holds_and_the_old_one_stays_in_the_file(tmp_path: Path) -> None:
    decide(tmp_path, category="invoice", purposes=("teaching",))
    decided = decide(tmp_path, category="account_id", why="toch een klantnummer")
    assert [c.after for c in decided.changes] == ["account_id", "account_id"]
    assert decided.decision.purposes == ("teaching",)
    assert [entry.category for entry in decided.decisions.fields] == ["invoice", "account_id"]


def test_where_a_more_specific_decision_holds_that_is_said(tmp_path: Path) -> None:
    decide(tmp_path, exactly=True, category="invoice")
    decided = decide(tmp_path, category="account_id")
    assert {c.source: c.after for c in decided.changes} == {
        "crm_2026-10.csv": "account_id",
        "crm_2026-11.csv": "invoice",
    }
    assert any("blijft" in line for line in decided.lines("nl"))


def test_a_binding_can_be_decided_by_its_id(tmp_path: Path) -> None:
    binding = "{id: klanten, files: 'crm_*.csv', role: controller, by: a, on: 2026-01-01, why: w}"
    (tmp_path / "decisions.yaml").write_text(f"datasets:\n  - {binding}\n", "utf-8")
    decided = decide(tmp_path, file="klanten")
    assert decided.decision.dataset == "klanten"
    assert len(decided.changes) == 2


def test_a_masked_field_is_decided_by_the_name_shown_or_by_its_own(tmp_path: Path) -> None:
    frame = pd.DataFrame({"Fatima el Amrani": ["7"], "Jan de Vries": ["8"]})
    with open_exports({"toets": frame}) as exports:
        shown = [field.name for field in discover(exports, today=DAY).datasets[0].fields]
        choices = [
            Choice(file="toets", field=name, category="learning_result", by="A", why="w", on=DAY)
            for name in (shown[1], "Fatima el Amrani")
        ]
        decided = [decide_field(Workspace(tmp_path), exports, choice) for choice in choices]
    assert shown == ["‹name›", "‹name 2›"]
    assert {one.decision.field for one in decided} == {"‹name*›"}
    assert [change.field for change in decided[0].changes] == shown
    assert "Amrani" not in (tmp_path / "decisions.yaml").read_text("utf-8")


def test_every_kind_of_decision_is_added_to_its_own_list_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "decisions.yaml"
    text = "# ours\nvalues:\n  - {path: a.b, value: NL, by: a, on: 2026-01-01, why: w} # first\nfields: []\n"
    path.write_text(text, "utf-8")
    signed: dict[str, Any] = {"by": "A: b", "on": DAY, "why": "because"}
    values = [ValueDecision(path="x.y", value=one, **signed) for one in ("NO", ["a", 1], {"k": True}, DAY, 2.5)]
    accepted = Acceptance(finding="0123456789ab", reason="r", until=DAY, **signed)
    bound = DatasetBinding(
        id="i", files="a_*.csv", role="processor", purposes=(), start_columns={"done: 1": "Afgerond, op"}, **signed
    )
    for entries in (values, [accepted], [bound]):
        open_ledger(path).with_added(entries)
    held = load_decisions(path)
    first = text.rpartition("fields")[0]
    assert [one for one in held.values if one.by == "A: b"] == values  # noqa: PD011 - no frame
    assert (held.accepted, held.datasets) == ((accepted,), (bound,))
    assert path.read_text("utf-8").startswith(first)


def test_a_sheet_is_decided_alone_when_it_is_named() -> None:
    text = f"fields: [{{{SAID}}}]".replace("dataset: d", "dataset: 'b_*.xlsx#Orders'")
    decisions = parsed_decisions(text, "f")
    assert decisions.field("b_2026.xlsx", "Orders", "f")
    assert decisions.field("b_2026.xlsx", "Facturen", "f") is None


@pytest.mark.parametrize(
    "text",
    [
        "", "# only a comment", "datasets: []\n", "fields: []\n", "fields: [] # none\nvalues: []\n",
        "fields:\nvalues: []\n", "fields:  # later\n", "fields: ~ # later\nvalues: []", "fields: null\n",
        "fields:\n  # none yet\nvalues: []\n", "fields: [ # none\n]\n", '"fields": []\n', "? fields\n: []\n",
        "---\ndatasets: []\n...\n", "{datasets: []}", "{}", "{fields: []}", "  datasets: []\n", "\ufefffields: []\n",
        f"fields:\n- {{{SAID}}} # mine\n# end", f"fields: [{{{SAID}}}, # mine\n ]\n", f"fields: [{{{SAID}}}]\n",
        LINES + "    by: &w a\n    on: 2026-01-01\n    why: *w # c\n\n# v\nvalues: []\n",
        LINES + "    by: a\n    on: 2026-01-01\n    why: |\n      a\n      b\n\nvalues: []\n",
        (LINES + "    by: a\n    on: 2026-01-01\n    why: z # c\nvalues: []\n").replace("\n", "\r\n"),
    ],
)  # fmt: skip
def test_entries_are_added_to_any_form_of_the_file_and_every_letter_stays(text: str) -> None:
    before = parsed_decisions(text, "f")
    longer = added(text, [line_of(ENTRY), line_of(ENTRY)])
    assert parsed_decisions(longer, "f") == before.model_copy(update={"fields": (*before.fields, ENTRY, ENTRY)})
    rest = iter(longer)
    assert all(letter in rest for letter in text.replace("~", "").replace("null", ""))
    assert [line for line in text.splitlines() if "#" in line and line.strip().startswith("#")] == [
        line for line in longer.splitlines() if line.strip().startswith("#")
    ]


def test_a_list_that_stands_elsewhere_under_an_alias_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "decisions.yaml"
    path.write_text("values: &v []\nfields: *v\n", "utf-8")
    with pytest.raises(DecisionError, match="cannot be added to"):
        decide(tmp_path)
    assert path.read_text("utf-8") == "values: &v []\nfields: *v\n"


@given(st.lists(st.tuples(st.text(max_size=12), st.text(min_size=1, max_size=12)), max_size=4))
def test_any_words_are_read_back_as_they_were_said(said: list[tuple[str, str]]) -> None:
    entries = [ENTRY.model_copy(update={"field": name, "why": why}) for name, why in said]
    text = "# kept\nfields: [] # here\nvalues: []\n"
    for entry in entries:
        text = added(text, [line_of(entry)])
    assert parsed_decisions(text, "f").fields == tuple(entries)
    assert text.startswith("# kept\n")
    assert "# here" in text


def test_signs_that_nobody_sees_are_spelled_out() -> None:
    line = line_of(ENTRY)
    assert "\\U0000202E" in line
    assert line.isprintable()


def test_a_file_that_was_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "decisions.yaml"
    path.write_text("fields: []\n", "utf-8")
    ledger = open_ledger(path)
    path.write_text("fields: [] # a colleague was here\n", "utf-8")
    with pytest.raises(DecisionError, match="changed meanwhile"):
        ledger.with_added([ENTRY])
    assert path.read_text("utf-8") == "fields: [] # a colleague was here\n"


def test_the_file_keeps_its_rights_and_stays_behind_a_link(tmp_path: Path) -> None:
    real = tmp_path / "real.yaml"
    real.write_text("fields: []\n", "utf-8")
    real.chmod(0o600)
    (tmp_path / "decisions.yaml").symlink_to(real)
    decide(tmp_path)
    assert (tmp_path / "decisions.yaml").is_symlink()
    assert real.stat().st_mode & 0o777 == 0o600
    assert "crm_*.csv" in real.read_text("utf-8")


def test_a_file_in_another_encoding_is_refused_and_left(tmp_path: Path) -> None:
    (tmp_path / "decisions.yaml").write_bytes("# é\nfields: []\n".encode("cp1252"))
    with pytest.raises(DecisionError, match="not UTF-8"):
        decide(tmp_path)
    with pytest.raises(DecisionError, match="not UTF-8"):
        load_decisions(tmp_path / "decisions.yaml")


def test_what_is_found_against_a_decision_is_a_conflict_and_the_decision_holds(tmp_path: Path) -> None:
    decided = decide(tmp_path, field="e-mail", category="invoice")
    mails = [f"jan{i}@school.example" for i in range(20)]
    tables = {"crm_2026-12.csv": pd.DataFrame({"e-mail": mails, "code": ["a"] * 20})}
    with open_exports(tables) as exports:
        inventory = discover(exports, decided.decisions, today=DAY)
    field = inventory.datasets[0].fields[0]
    assert field.category == "invoice"
    assert field.reasons[1]["code"] == "conflict"
    assert field.reasons[1]["found"] == "email"
    assert [(source, one.name) for source, _, one in conflicts(inventory)] == [("crm_2026-12.csv", "e-mail")]


def test_the_report_lists_what_contradicts_a_decision(tmp_path: Path) -> None:
    decided = decide(tmp_path, field="e-mail", category="invoice")
    mails = [f"jan{i}@school.example" for i in range(20)]
    with open_exports({"crm_2026-12.csv": pd.DataFrame({"e-mail": mails})}) as exports:
        table = conflict_table(discover(exports, decided.decisions, today=DAY), "en")
    assert table.caption == "Decisions contradicted by what is found now: 1"
    assert table.rows[0][:4] == (
        "crm_2026-12.csv",
        "e-mail",
        "order or invoice number",
        Badge("warning", "e-mail address"),
    )


def test_a_decision_that_fits_what_is_found_is_no_conflict(tmp_path: Path) -> None:
    decided = decide(tmp_path, field="e-mail", category="email")
    with open_exports({"crm_2026-12.csv": pd.DataFrame({"e-mail": ["a@b.example", "c@d.example"]})}) as exports:
        assert conflicts(discover(exports, decided.decisions, today=DAY)) == ()


def test_raw_quarantined_records_can_be_decided_too(workspace: Path) -> None:
    (workspace / "exports" / "a.csv").write_text("x;y\n1;2\n3;4\n5;6;7;8\n", "utf-8")
    status, said = call(
        "decide", workspace, "a.csv", "(quarantined)", "--category", "message_content", "--by", "A", "--why", "w"
    )
    assert status == 0, said
    decisions = load_decisions(workspace / "decisions.yaml")
    with open_exports(Workspace(workspace)) as exports:
        assert discover(exports, decisions, today=DAY).datasets[0].fields[-1].category == "message_content"


def test_the_command_writes_and_tells_which_fields_fall_under_it(workspace: Path) -> None:
    for month in ("10", "11"):
        (workspace / "exports" / f"crm_2026-{month}.csv").write_text("code;e-mail\na1;a@b.example\n", "utf-8")
    (workspace / "decisions.yaml").write_text("# van ons\nfields: []\n", "utf-8")
    given = ["--category", "geen persoonsgegeven", "--by", "FG", "--why", "cursuscode", "--on", "2026-11-01"]
    status, said = call("decide", workspace, "crm_2026-11.csv", "code", *given)
    assert status == 0
    assert said.splitlines()[0].endswith("hieronder vallen: 2.")
    assert said.count("crm_2026-1") == 2
    assert (workspace / "decisions.yaml").read_text("utf-8") == (
        '# van ons\nfields: [{dataset: "crm_*.csv", field: "code", category: none, '
        'by: "FG", "on": 2026-11-01, why: "cursuscode"}]\n'
    )
    assert call("decide", workspace, "crm_2026-11.csv", "code")[0] == 2


@pytest.mark.ci
def test_the_command_discover_counts_what_contradicts_a_decision(workspace: Path) -> None:
    rows = "".join(f"jan{i}@school.example\n" for i in range(20))
    (workspace / "exports" / "crm.csv").write_text("e-mail\n" + rows, "utf-8")
    call("decide", workspace, "crm.csv", "e-mail", "--category", "none", "--by", "A", "--why", "w")
    assert "tegengesproken door wat er nu gevonden is: 1" in call("discover", workspace)[1]


def test_a_decision_for_a_pattern_does_not_stop_a_month_without_that_field(workspace: Path) -> None:
    (workspace / "exports" / "crm_2026-11.csv").write_text("code;plaats\na1;Vught\n", "utf-8")
    call("decide", workspace, "crm_2026-11.csv", "code", "--category", "none", "--by", "A", "--why", "w")
    (workspace / "exports" / "crm_2026-11.csv").rename(workspace / "exports" / "klanten_2026-12.csv")
    assert call("check", workspace)[0] in {0, 3, 4}
