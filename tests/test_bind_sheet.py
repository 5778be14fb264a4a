"""The spreadsheet of bindings: a colleague fills it in, every row is checked, and who said it when is kept."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from igmap.errors import DecisionError, WorkspaceError
from igmap.inventory import load_decisions
from igmap.inventory.deciding.sheet_in import Taken
from igmap.inventory.decisions import DatasetBinding
from igmap.policy.binding import Known, Said
from igmap.policy.binding.sheet import BINDINGS
from igmap.policy.binding.sheet_in import read_bindings
from igmap.policy.binding.sheet_out import write_bindings
from igmap.workspace import Workspace
from tests.binding_cases import DAY, bindings, known, opened

MEMBERS, LIST = "leden/ledenlijst_2026-10.csv", "overig/lijst.csv"
NOW = datetime(2026, 11, 1, 9, 0)  # noqa: DTZ001 - the analyst's own day
HEADS = dict(zip(BINDINGS.columns, range(1, 99), strict=False))


@pytest.fixture(scope="module")
def club() -> Iterator[Known]:
    with opened(MEMBERS, LIST) as exports:
        yield known(exports)


class Sheet:
    """A spreadsheet on its way to a colleague and back."""

    def __init__(self, folder: Path, of: Known, lang: str = "nl") -> None:
        """Write it."""
        self.path, self.known, self.place = folder / "bindings.xlsx", of, Workspace(folder)
        write_bindings(self.path, of, lang, on=NOW)

    def rows(self) -> list[dict[str, Any]]:
        """What is in it, by column."""
        cells = load_workbook(self.path).worksheets[0].iter_rows(min_row=2, values_only=True)
        return [dict(zip(BINDINGS.columns, row, strict=True)) for row in cells]

    def fill(self, files: str, **cells: Any) -> "Sheet":
        """Fill in cells of the row of a dataset."""
        book = load_workbook(self.path)
        sheet = book.worksheets[0]
        (row,) = [line[0].row for line in sheet.iter_rows(min_row=2) if line[0].value == files]
        for name, value in cells.items():
            sheet.cell(row, HEADS[name], value)
        book.save(self.path)
        return self

    def back(self, **said: Any) -> Taken[DatasetBinding]:
        """Read it back."""
        told: dict[str, Any] = {"dataset": "", "by": "", "why": ""}
        return read_bindings(self.place, self.known, self.path, Said(**told | said))

    @property
    def held(self) -> DatasetBinding | None:
        """What holds for the members of next month."""
        return load_decisions(self.place.decisions).binding("leden/ledenlijst_2026-12.csv")


def test_the_sheet_has_a_row_per_series_with_the_proposal_and_nothing_filled_in(tmp_path: Path, club: Known) -> None:
    rows = Sheet(tmp_path, club).rows()
    assert [(row["files"], row["state"]) for row in rows] == [
        ("leden/ledenlijst_*.csv", "voorstel"),
        (LIST, "onzeker"),
    ]
    assert "Lidnummer" in rows[0]["proposal"]
    assert all(row[name] is None for row in rows for name in BINDINGS.asked)
    told = str(rows)
    assert not [value for value in ("Amrani", "otter.example", "L1001") if value in told]


@pytest.mark.parametrize(("lang", "word"), [("nl", "akkoord"), ("en", "Accept")])
def test_accepting_takes_the_proposal_that_was_shown(tmp_path: Path, club: Known, lang: str, word: str) -> None:
    sheet = Sheet(tmp_path, club, lang).fill("leden/ledenlijst_*.csv", decision=word, by="FG", why="ledenlijst", on=DAY)
    taken = sheet.back()
    assert (len(taken.decided), taken.unchanged, taken.skipped) == (1, 0, 1)
    held = sheet.held
    assert held
    assert (held.purposes, held.role, held.person_key) == (("ledenadministratie",), "controller", "Lidnummer")
    assert held.start_columns == {"membership_end": "Lid tot"}
    assert (held.by, held.on, held.why) == ("FG", DAY, "ledenlijst")


def test_what_is_filled_in_goes_before_the_proposal(tmp_path: Path, club: Known) -> None:
    sheet = Sheet(tmp_path, club).fill(
        "leden/ledenlijst_*.csv", decision="akkoord", purposes="mailing, ledenadministratie", person_key="E-mailadres",
        start_columns="membership_end: Lid tot", data_subjects="-",
    )  # fmt: skip
    sheet.back(by="FG", why="w", on=DAY)
    held = sheet.held
    assert held
    assert (held.purposes, held.person_key) == (("mailing", "ledenadministratie"), "E-mailadres")
    assert held.data_subjects == ()


def test_no_purpose_is_said_in_a_word_and_an_empty_cell_is_not_said(tmp_path: Path, club: Known) -> None:
    sheet = Sheet(tmp_path, club).fill(LIST, purposes="geen", role="controller")
    taken = sheet.back(by="FG", why="onbekend", on=DAY)
    assert [one.purposes for one in taken.decided] == [()]
    assert taken.skipped == 1


def test_a_sheet_read_back_twice_changes_nothing(tmp_path: Path, club: Known) -> None:
    sheet = Sheet(tmp_path, club).fill("leden/ledenlijst_*.csv", decision="akkoord", by="FG", why="w", on=DAY)
    sheet.back()
    before = sheet.place.decisions.read_bytes()
    again = sheet.back()
    assert (len(again.decided), again.unchanged) == (0, 1)
    assert sheet.place.decisions.read_bytes() == before


def test_bound_datasets_come_filled_in_and_a_change_is_a_correction(tmp_path: Path, club: Known) -> None:
    said = {"id": "m", "files": "leden/ledenlijst_*.csv", "purposes": ["mailing"], "person_key": "E-mailadres"}
    bound = club.decided(bindings(said))
    text = "datasets:\n  - {id: m, files: 'leden/ledenlijst_*.csv', role: controller, purposes: [mailing], person_key: E-mailadres, by: penningmeester, on: 2026-10-01, why: test}\n"  # noqa: E501
    (tmp_path / "decisions.yaml").write_text(text, "utf-8")
    sheet = Sheet(tmp_path, bound)
    assert sheet.rows()[0]["purposes"] == "mailing"
    assert sheet.back().unchanged == 1
    sheet.fill("leden/ledenlijst_*.csv", purposes="ledenadministratie", on=date(2026, 10, 31), by="FG")
    sheet.back()
    held = sheet.held
    assert held
    assert (held.purposes, held.id, held.by, held.person_key) == (("ledenadministratie",), "m", "FG", "E-mailadres")
    assert sheet.place.decisions.read_text("utf-8").startswith(text)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"purposes": "ledenadministrati", "role": "controller"}, "did you mean 'ledenadministratie'"),
        ({"decision": "misschien"}, "the decision is 'akkoord'"),
        ({"purposes": "loon", "role": "baas"}, "controller or processor"),
        ({"decision": "akkoord", "start_columns": "Lid tot"}, "event: column"),
        ({"decision": "akkoord", "person_key": "Lidnr"}, "no such field"),
        ({"decision": "akkoord", "on": "2027-01-01"}, "after today"),
        ({"decision": "akkoord", "by": "", "key": "b-x-y"}, "another than when this was written"),
    ],
)
@pytest.mark.ci
def test_a_row_that_is_wrong_is_told_by_its_number_and_nothing_is_written(
    tmp_path: Path, club: Known, cells: dict[str, Any], told: str
) -> None:
    sheet = Sheet(tmp_path, club).fill("leden/ledenlijst_*.csv", **cells).fill(LIST, purposes="geen", role="controller")
    with pytest.raises(DecisionError, match=told) as raised:
        sheet.back(by="FG", why="w")
    assert "row 2" in str(raised.value)
    assert not (tmp_path / "decisions.yaml").exists()


def test_who_has_to_be_said(tmp_path: Path, club: Known) -> None:
    with pytest.raises(DecisionError, match="--by"):
        Sheet(tmp_path, club).fill("leden/ledenlijst_*.csv", decision="akkoord").back()


def test_a_sheet_that_is_there_is_not_overwritten(tmp_path: Path, club: Known) -> None:
    with pytest.raises(WorkspaceError, match="is there already"):
        Sheet(Sheet(tmp_path, club).path.parent, club)
