"""decide --to and --from: fields go to a colleague as a spreadsheet and come back; nothing is lost, all is checked."""

import csv
import re
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from igmap.errors import DecisionError, SourceError, WorkspaceError
from igmap.inventory import Inventory, discover
from igmap.inventory.deciding.cells import day_of
from igmap.inventory.deciding.decide import Choice
from igmap.inventory.deciding.sheet_in import Taken, read_sheet
from igmap.inventory.deciding.sheet_out import write_sheet
from igmap.inventory.decisions import FieldDecision, load_decisions
from igmap.inventory.inventory import DatasetInventory, Field
from igmap.sources import open_exports
from igmap.vocabulary import CATEGORIES
from igmap.workspace import Workspace
from tests.examples import examples
from tests.sources.seeds import open_document
from tests.test_cli import call

DAY, NOW = date(2026, 11, 3), datetime(2026, 11, 3)  # noqa: DTZ001 - the analyst's own day
HOSTILE = [
    "=cmd|' /C calc'!A0", "+1", "-2+3", "@SUM(A1)", "<script>alert(1)</script>", "\u202eodnum", "שם", "a" * 40_000,
    "x\x00y", "regel\neinde", " spatie ", "1e5", "00123", "TRUE", "2026-11-01", "‹name›", "‹name 2›", "_x0041_", "{a}",
    "a,b;c\td",
]  # fmt: skip
TABLES = ["crm_2026-10.csv", "crm_2026-11.csv", "hr.csv"]


def field(name: str, category: str = "none", verdict: Any = "undecided") -> Field:
    meaning = CATEGORIES[category]
    judged: dict[str, Any] = {"secret": False, "free_text": False, "confidence": 0.5, "runner_up": "email"}
    judged |= {"identifiability": meaning.identifiability, "special": meaning.special}
    reasons: Any = ({"code": "share", "detector": "email", "share": 0.4},)
    return Field(name=name, verdict=verdict, category=category, reasons=reasons, **judged)


def dataset(source: str, *names: str, table: str = "") -> DatasetInventory:
    return DatasetInventory(source, table, 3, 3, 0, "", (), tuple(field(name) for name in names))


SMALL = Inventory(tuple(dataset(source, "code", "soort") for source in TABLES))


def out(folder: Path, inventory: Inventory = SMALL, lang: str = "nl", *, name: str = "fields.xlsx") -> Path:
    path = folder / name
    write_sheet(path, inventory, load_decisions(folder / "decisions.yaml"), lang, every=True, on=NOW)
    return path


def back(path: Path, inventory: Inventory = SMALL, **said: Any) -> Taken[FieldDecision]:
    given_by = Choice(file="", field="", category="", **({"by": "FG", "why": "bekeken"} | said))
    return read_sheet(Workspace(path.parent), inventory, path, given_by, today=DAY)


def fill(path: Path, *rows: dict[str, Any]) -> Path:
    """Fill in cells of rows, by number, as a colleague would."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[1]}
    for row in rows:
        for head, content in row.items():
            if head != "row":
                sheet.cell(row["row"], heads[head], content)
    book.save(path)
    return path


def rows_in(path: Path) -> list[dict[str, Any]]:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    heads, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in rows]


def test_a_row_says_what_igmap_saw_in_words_and_leaves_room_for_the_decision(tmp_path: Path) -> None:
    row = rows_in(out(tmp_path))[0]
    assert (row["Bestand"], row["Veld"], row["Oordeel van igmap"]) == ("crm_2026-10.csv", "code", "niet beslist")
    assert row["Lijkt igmap"] == "e-mailadres"
    assert row["Wat igmap zag"] == "40\N{NO-BREAK SPACE}% van de verschillende waarden wordt herkend als e-mailadres"
    assert row["Wat dit anders zou maken"]
    assert [row[name] for name in ("Beslissing", "Waarom", "Door", "Op")] == [None] * 4


def test_the_sheet_has_a_list_of_categories_frozen_heads_and_instructions(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(out(tmp_path, lang="en"))
    sheet, told = book.worksheets
    (rule,) = sheet.data_validations.dataValidation
    where = re.fullmatch(r"'Instructions'!\$A\$(\d+):\$A\$(\d+)", rule.formula1)
    assert where
    listed = [told.cell(row, 1).value for row in range(int(where[1]), int(where[2]) + 1)]
    assert listed == [category.en for category in CATEGORIES.values()]
    assert sheet.freeze_panes == "D2"
    assert sheet.column_dimensions["M"].hidden


def test_only_what_nobody_knows_is_asked_unless_all_is(tmp_path: Path) -> None:
    inventory = Inventory((DatasetInventory("a", "", 1, 1, 0, "", (), (field("x"), field("y", "email", "found"))),))
    counts = [
        write_sheet(tmp_path / f"{every}.xlsx", inventory, load_decisions(tmp_path / "no"), "nl", every=every, on=NOW)
        for every in (False, True)
    ]
    assert counts == [1, 2]


def test_no_name_of_a_field_becomes_a_formula_and_every_one_comes_back(tmp_path: Path) -> None:
    inventory = Inventory((dataset("raar.csv", *HOSTILE),))
    path = out(tmp_path, inventory)
    with zipfile.ZipFile(path) as parts:
        assert not [name for name in parts.namelist() if b"<f>" in parts.read(name)]
    fill(path, *({"row": 2 + i, "Beslissing": "taal"} for i in range(len(HOSTILE))))
    taken = back(path, inventory)
    decisions = load_decisions(tmp_path / "decisions.yaml")
    assert taken.decisions == decisions
    assert [decisions.field("raar.csv", "", name).category for name in HOSTILE] == ["language"] * len(HOSTILE)  # type: ignore[union-attr]


@pytest.mark.ci
def test_three_hundred_columns_are_three_hundred_rows(tmp_path: Path) -> None:
    inventory = Inventory((dataset("breed.csv", *(f"kolom{i}" for i in range(300))),))
    path = fill(out(tmp_path, inventory), *({"row": 2 + i, "Beslissing": "geen persoonsgegeven"} for i in range(300)))
    assert len(back(path, inventory).decided) == 300
    assert (tmp_path / "decisions.yaml").read_text("utf-8").count("\n") == 301


def test_what_comes_back_unfilled_changes_nothing(tmp_path: Path) -> None:
    taken = back(out(tmp_path))
    assert (taken.decided, taken.unchanged, taken.skipped) == ((), 0, 6)
    assert not (tmp_path / "decisions.yaml").exists()


def test_who_when_and_why_are_kept_and_one_row_decides_every_month(tmp_path: Path) -> None:
    row = {
        "row": 3,
        "Beslissing": "Geen persoonsgegeven",
        "Waarom": "soort klant",
        "Door": "M. Bakker",
        "Op": "1-11-2026",
    }
    taken = back(fill(out(tmp_path), row))
    (entry,) = taken.decided
    assert (entry.dataset, entry.field, entry.category) == ("crm_*.csv", "soort", "none")
    assert (entry.by, entry.why, entry.on) == ("M. Bakker", "soort klant", date(2026, 11, 1))
    assert taken.skipped == 5
    assert taken.line("nl") == "Vastgelegd: 1. Ongewijzigd: 0. Zonder beslissing overgeslagen: 5."


@settings(max_examples=examples(12), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["", *CATEGORIES]), min_size=4, max_size=4), st.sampled_from(["nl", "en"]))
@pytest.mark.ci
def test_round_trip_what_is_filled_in_holds_and_a_second_time_nothing_changes(
    tmp_path_factory: pytest.TempPathFactory, chosen: list[str], lang: str
) -> None:
    folder = tmp_path_factory.mktemp("trip")
    inventory = Inventory((dataset("a.csv", "x", "y"), dataset("b.xlsx", "x", "y", table="Blad 1")))
    head = {"nl": "Beslissing", "en": "Decision"}[lang]
    labels = [getattr(CATEGORIES[one], lang) if one else None for one in chosen]
    path = fill(out(folder, inventory, lang), *({"row": 2 + i, head: one} for i, one in enumerate(labels)))
    first = back(path, inventory)
    places = [("a.csv", "", "x"), ("a.csv", "", "y"), ("b.xlsx", "Blad 1", "x"), ("b.xlsx", "Blad 1", "y")]
    held = [first.decisions.field(*place) for place in places]
    assert [one.category if one else "" for one in held] == chosen
    before = (folder / "decisions.yaml").read_bytes() if first.decided else b""
    again = back(out(folder, inventory, lang, name="again.xlsx"), inventory)
    assert (again.decided, again.unchanged, again.skipped) == ((), len(list(filter(None, chosen))), chosen.count(""))
    assert not before or (folder / "decisions.yaml").read_bytes() == before


def test_all_mistakes_are_told_by_row_and_nothing_is_written(tmp_path: Path) -> None:
    path = fill(
        out(tmp_path),
        {"row": 2, "Beslissing": "e-mailadress", "Waarom": "w"},
        {"row": 3, "Beslissing": "naam", "Waarom": "w", "Op": "31-02-2026"},
        {"row": 4, "Beslissing": "naam", "Waarom": "w", "Op": datetime(2027, 1, 1)},  # noqa: DTZ001
        {"row": 6, "Beslissing": "naam"},
        {"row": 7, "Beslissing": "naam", "Waarom": "w"},
    )
    with pytest.raises(DecisionError) as raised:
        back(path, why="")
    assert str(raised.value).splitlines() == [
        "fields.xlsx: nothing was written; rows that are not right (4):",
        "  row 2: unknown category 'e-mailadress'; did you mean 'e-mailadres'?",
        "  row 3: the date is not one; write it as 2026-11-30",
        "  row 4: the date is after today",
        "  row 6: fill in why",
    ]
    assert not (tmp_path / "decisions.yaml").exists()


def test_two_months_that_say_different_things_are_told(tmp_path: Path) -> None:
    rows = [{"row": 2, "Beslissing": "naam"}, {"row": 4, "Beslissing": "adres"}]
    path = fill(out(tmp_path), *rows)
    with pytest.raises(DecisionError, match=r"row 2: row 4 is of the same field(.|\n)*row 4: row 2 is"):
        back(path)
    assert len(back(path, exactly=True).decided) == 2


def test_rows_sorted_and_columns_gone_or_moved_are_read_all_the_same(tmp_path: Path) -> None:
    path = out(tmp_path)
    header, *rows = openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
    kept = [header.index(name) for name in ("Beslissing", "Veld", "Bestand")]
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Onze lijst van november"])
    sheet.append([header[at] for at in kept])
    for row in reversed(rows):
        sheet.append(["leeftijd" if row[0] == "hr.csv" and at == kept[0] else row[at] for at in kept])
    book.save(path)
    assert [(entry.dataset, entry.field) for entry in back(path).decided] == [("hr.csv", "soort"), ("hr.csv", "code")]


def test_a_key_pasted_on_another_field_is_told(tmp_path: Path) -> None:
    path = out(tmp_path)
    key = rows_in(path)[3]["Kenmerk (niet wijzigen)"]
    fill(path, {"row": 2, "Beslissing": "naam", "Kenmerk (niet wijzigen)": key})
    with pytest.raises(DecisionError, match="row 2: the names and the hidden key are of different fields"):
        back(path)


def test_a_field_that_is_gone_is_told_only_when_it_is_decided(tmp_path: Path) -> None:
    path = out(tmp_path)
    left = Inventory((dataset("crm_2026-11.csv", "code"), dataset("hr.csv", "code", "soort")))
    assert back(path, left).skipped == 6
    fill(path, {"row": 5, "Beslissing": "naam"})
    with pytest.raises(DecisionError, match=r"row 5: crm_2026-11\.csv: no such field 'soort'"):
        back(path, left)


def test_a_reason_without_a_decision_is_skipped_and_told(tmp_path: Path) -> None:
    taken = back(fill(out(tmp_path), {"row": 3, "Waarom": "vraag aan Piet"}))
    assert taken.remarks == (3,)
    assert taken.line("en").endswith("A reason but no decision stands in row 3.")


@pytest.mark.parametrize(("separator", "encoding"), [(";", "cp1252"), (",", "utf-8-sig"), ("\t", "utf-16")])
def test_a_csv_comes_back_too(tmp_path: Path, separator: str, encoding: str) -> None:
    rows = rows_in(out(tmp_path, lang="en"))
    rows[1] |= {"Decision": "gender", "Why": "één reden; of twee, dus", "On": "3-11-2026"}
    path = tmp_path / "fields.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=separator)
        writer.writeheader()
        writer.writerows(rows)
    (entry,) = back(path).decided
    assert (entry.category, entry.why) == ("gender", "één reden; of twee, dus")


def test_an_open_document_comes_back_too(tmp_path: Path) -> None:
    rows = [["Bestand", "Veld", "Beslissing", "Op"], ["hr.csv", "soort", "geslacht", "2026-11-01"]]
    table = "".join(f"<table:table-row>{''.join(_ods_cell(cell) for cell in row)}</table:table-row>" for row in rows)
    path = tmp_path / "fields.ods"
    path.write_bytes(open_document(f'<table:table table:name="Velden">{table}</table:table>'))
    (entry,) = back(path).decided
    assert (entry.dataset, entry.category, entry.on) == ("hr.csv", "gender", date(2026, 11, 1))


def _ods_cell(content: str) -> str:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", content):
        kind = f'office:value-type="date" office:date-value="{content}"'
        return f"<table:table-cell {kind}><text:p>1 nov</text:p></table:table-cell>"
    return f'<table:table-cell office:value-type="string"><text:p>{content}</text:p></table:table-cell>'


@pytest.mark.parametrize(
    "cell",
    [
        date(2026, 11, 1), datetime(2026, 11, 1, 9, 30), 46327.0, 46327, "46327", "2026-11-01",  # noqa: DTZ001
        "2026-11-01T00:00:00", "1-11-2026", "01/11/2026", "1.11.26", "1 nov 2026", "1 november 2026", "01-nov-26",
        " 1 Nov. 2026 ",
    ],
)  # fmt: skip
def test_a_day_is_read_from_a_date_a_number_or_a_text(cell: Any) -> None:
    assert day_of(cell, DAY) == date(2026, 11, 1)


@pytest.mark.parametrize("cell", ["31-02-2026", "gisteren", "11/25/2026", 12, "13-13-2026", "1 foo 2026"])
def test_what_is_no_day_is_refused_without_repeating_it(cell: Any) -> None:
    with pytest.raises(DecisionError, match="is not one") as raised:
        day_of(cell, DAY)
    assert str(cell) not in str(raised.value)


def test_a_file_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    path = fill(out(tmp_path), {"row": 2, "Beslissing": "naam"})
    filled = path.read_bytes()
    with pytest.raises(WorkspaceError, match="is there already"):
        out(tmp_path)
    assert path.read_bytes() == filled


@pytest.mark.parametrize(("name", "content"), [("a.xlsx", b"PK\x03\x04 broken"), ("b.ods", b""), ("c.xlsx", b"text")])
def test_what_is_no_spreadsheet_is_told(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SourceError, match=f"{name}: is no spreadsheet"):
        back(tmp_path / name)


def test_a_sheet_without_the_heads_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a;b\n1;2\n", "utf-8")
    with pytest.raises(DecisionError, match=r"no sheet has the columns Bestand, Veld, Beslissing"):
        back(tmp_path / "a.csv")


def test_a_later_decision_is_not_undone_by_an_older_row(tmp_path: Path) -> None:
    back(fill(out(tmp_path), {"row": 6, "Beslissing": "naam", "Op": "2026-11-02"}))
    path = fill(out(tmp_path, name="b.xlsx"), {"row": 6, "Beslissing": "adres", "Op": "2026-11-01"})
    with pytest.raises(DecisionError, match="row 6: a decision of 2026-11-02 holds"):
        back(path)


def test_a_decision_on_one_file_is_changed_where_it_stands(tmp_path: Path) -> None:
    back(fill(out(tmp_path), {"row": 2, "Beslissing": "naam"}), exactly=True)
    path = fill(out(tmp_path, name="b.xlsx"), {"row": 2, "Beslissing": "adres", "Waarom": "nader bekeken"})
    decisions = back(path).decisions
    assert decisions.field("crm_2026-10.csv", "", "code").category == "address"  # type: ignore[union-attr]


def test_no_value_of_a_cell_is_in_the_spreadsheet(tmp_path: Path) -> None:
    rows = {"naam": ["Kanarie Vogel", "Jan de Vries"], "tekst": ["kanarie@nest.example"] * 2}
    with open_exports({"t": pd.DataFrame(rows)}) as exports:
        inventory = discover(exports, today=DAY)
    with zipfile.ZipFile(out(tmp_path, inventory)) as parts:
        assert not [name for name in parts.namelist() if b"anarie" in parts.read(name)]


def test_the_commands_send_and_take_back(workspace: Path) -> None:
    (workspace / "exports" / "crm_2026-11.csv").write_text("code;e-mail\na1;a@b.example\n", "utf-8")
    path = workspace / "fields.xlsx"
    assert call("decide", workspace, "--to", path, "--all")[0] == 0
    fill(path, {"row": 2, "Beslissing": "geen persoonsgegeven", "Waarom": "code"})
    status, said = call("decide", workspace, "--from", path, "--by", "FG")
    assert (status, said) == (0, "Vastgelegd: 1. Ongewijzigd: 0. Zonder beslissing overgeslagen: 1.\n")
    assert '"crm_*.csv"' in (workspace / "decisions.yaml").read_text("utf-8")
