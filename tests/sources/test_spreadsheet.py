"""Workbooks: every sheet, and each cell as a person reads it."""

import zipfile
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from igmap.sources.unpacking import Budget
from tests.export_cases import account, cells, opened
from tests.sources import seeds
from tests.sources.seeds import seed


def _saved(path: Path, sheets: dict[str, list[list[Any]]]) -> bytes:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, content in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in content:
            sheet.append(row)
    workbook.save(path / "made.xlsx")
    return (path / "made.xlsx").read_bytes()


PEOPLE: list[list[Any]] = [["naam", "e-mail"], ["Jan", "j@x.nl"], ["Zoë", None]]


def test_title_rows_and_blank_rows_are_no_records(tmp_path: Path) -> None:
    made = _saved(tmp_path, {"Blad": [["Overzicht"], [], *PEOPLE, [], ["Piet", "p@x.nl"]]})
    with opened(tmp_path, people_xlsx=made) as exports:
        (dataset,) = exports.datasets
        assert [column.name for column in dataset.columns] == ["naam", "e-mail"]
        assert cells(exports, dataset) == [("Jan", "j@x.nl"), ("Zoë", None), ("Piet", "p@x.nl")]
        assert (account(dataset), dataset.problems) == ((3, 3, 0), ())


def test_the_row_of_the_header_is_the_one_that_the_program_shows(tmp_path: Path) -> None:
    made = _saved(tmp_path, {"Blad": [[], [], ["Overzicht"], [], *PEOPLE]})
    with opened(tmp_path, people_xlsx=made) as exports:
        assert exports.datasets[0].read_as == "header in row 5"
        assert account(exports.datasets[0]) == (2, 2, 0)


def test_formulas_without_a_result_are_told(tmp_path: Path) -> None:
    made = _saved(tmp_path, {"Blad": [["naam", "som"], ["Jan", "=1+1"], ["Zoë", "=1+2"]]})
    with opened(tmp_path, people_xlsx=made) as exports:
        (problem,) = exports.datasets[0].problems
        assert problem.problem.startswith("formulas without a saved result (2)")


def test_hidden_and_empty_sheets_are_told_and_pictures_are_not(tmp_path: Path) -> None:
    workbook = xlsxwriter.Workbook(tmp_path / "made.xlsx")
    hidden, _, chart = (
        workbook.add_worksheet("Verborgen"),
        workbook.add_worksheet("Leeg"),
        workbook.add_chartsheet("Grafiek"),
    )
    for number, row in enumerate(PEOPLE):
        hidden.write_row(number, 0, ["" if cell is None else cell for cell in row])
    hidden.hide()
    drawing = workbook.add_chart({"type": "line"})
    drawing.add_series({"values": "=Verborgen!$A$1:$A$2"})
    chart.set_chart(drawing)
    workbook.worksheets()[1].activate()
    workbook.close()
    with opened(tmp_path, book_xlsx=(tmp_path / "made.xlsx").read_bytes()) as exports:
        told = [(dataset.table, account(dataset), dataset.problems) for dataset in exports.datasets]
        assert [table for table, _, _ in told] == ["Verborgen", "Leeg"]
        assert told[0][1:] == ((2, 2, 0), ())
        assert (told[1][1], told[1][2][0].problem) == ((0, 0, 0), "empty sheet")


def test_dates_numbers_and_leading_zeros_read_as_a_person_reads_them(tmp_path: Path) -> None:
    content: list[list[Any]] = [
        ["naam", "geboortedatum", "nummer", "bedrag", "tijdstip", "code"],
        ["Jan", date(1990, 1, 2), "00123", 12.5, datetime(2026, 1, 2, 3, 4, 5), 123456789],  # noqa: DTZ001 - as in a sheet
    ]
    with opened(tmp_path, people_xlsx=_saved(tmp_path, {"Blad": content})) as exports:
        found = cells(exports, exports.datasets[0])
        assert found == [("Jan", "1990-01-02", "00123", "12.5", "2026-01-02 03:04:05", "123456789")]


def _changed(made: bytes, **changes: bytes) -> bytes:
    """A workbook in which texts inside its members, and the names of members, are replaced."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(made)) as old, zipfile.ZipFile(file, "w") as new:
        for member in old.namelist():
            content, name = old.read(member), member.encode()
            for before, after in changes.items():
                content, name = (text.replace(before.encode(), after) for text in (content, name))
            new.writestr(name.decode(), content)
    return file.getvalue()


def test_sheets_that_were_moved_are_counted_by_their_own_rows(tmp_path: Path) -> None:
    made = _saved(tmp_path, {"Twee": PEOPLE, "Een": PEOPLE[:2], "Nul": PEOPLE[:1]})
    moved = _changed(made, sheet1=b"sheet9", sheet2=b"sheet1", sheet3=b"sheet2")
    with opened(tmp_path, book_xlsx=moved) as exports:
        told = {dataset.table: (account(dataset), dataset.problems) for dataset in exports.datasets}
        assert told == {"Nul": ((0, 0, 0), ()), "Twee": ((2, 2, 0), ()), "Een": ((1, 1, 0), ())}


def test_rows_of_empty_texts_and_of_spaces_are_no_records(tmp_path: Path) -> None:
    made = _saved(tmp_path, {"Blad": [*PEOPLE, ["LEEG", "LEEG"], ["  ", " "], ["Piet", "p@x.nl"]]})
    with opened(tmp_path, people_xlsx=_changed(made, LEEG=b"")) as exports:
        (dataset,) = exports.datasets
        assert dataset.problems == ()
        assert cells(exports, dataset) == [("Jan", "j@x.nl"), ("Zoë", None), ("Piet", "p@x.nl")]


def test_rows_of_shared_texts_that_are_empty_are_no_records(tmp_path: Path) -> None:
    workbook = xlsxwriter.Workbook(tmp_path / "made.xlsx")
    sheet = workbook.add_worksheet("Blad")
    for number, row in enumerate([["naam", "e-mail"], ["Jan", "LEEG"], ["LEEG", "LEEG"], ["Piet", "p@x.nl"]]):
        sheet.write_row(number, 0, row)
    workbook.close()
    with opened(tmp_path, people_xlsx=_changed((tmp_path / "made.xlsx").read_bytes(), LEEG=b"")) as exports:
        (dataset,) = exports.datasets
        assert dataset.problems == ()
        assert cells(exports, dataset) == [("Jan", None), ("Piet", "p@x.nl")]


@pytest.mark.parametrize("keep", [0.3, 0.9, 0.99])
def test_a_workbook_that_was_cut_says_so(tmp_path: Path, keep: float) -> None:
    made = _saved(tmp_path, {"Blad": PEOPLE})
    with opened(tmp_path, people_xlsx=made[: int(keep * len(made))], other_xlsx=made) as exports:
        other, people = exports.datasets
        assert (other.readable, people.readable) == (True, False)


def test_a_workbook_with_a_password_says_so(tmp_path: Path) -> None:
    with opened(tmp_path, secret_xlsx=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000) as exports:
        assert "password" in exports.datasets[0].problems[0].problem


def test_damage_inside_the_archive_never_stops_the_run(tmp_path: Path) -> None:
    made = _saved(tmp_path, {"Blad": PEOPLE})
    damaged = {
        f"book{at}_xlsx": made[:at] + bytes([made[at] ^ 0x55]) * 4 + made[at + 4 :]
        for at in range(0, len(made) - 4, 97)
    }
    with opened(tmp_path, **damaged) as exports:
        assert {dataset.source for dataset in exports.datasets} == {name.replace("_", ".") for name in damaged}


@pytest.mark.parametrize("name", ["old.xls", "sheet.ods", "written.xlsx"])
def test_every_form_of_workbook_is_read(tmp_path: Path, name: str) -> None:
    with opened(tmp_path, **{name.replace(".", "_"): seed(name)}) as exports:
        assert cells(exports, exports.datasets[0]) == seeds.PEOPLE


@pytest.mark.parametrize("called", ["export_xls", "export_xlsb", "export_xlsm"])
def test_a_workbook_called_by_the_name_of_another_form_is_read(tmp_path: Path, called: str) -> None:
    with opened(tmp_path, **{called: _saved(tmp_path, {"a": PEOPLE})}) as exports:
        assert cells(exports, next(d for d in exports.datasets if d.source.startswith("export"))) == [
            ("Jan", "j@x.nl"),
            ("Zoë", None),
        ]


@pytest.mark.parametrize(("start", "end"), [(512, 1024), (512, 516), (30, 32), (76, 512), (0x400 + 116, 0x400 + 120)])
def test_an_xls_with_zeros_in_its_tables_neither_hangs_nor_panics(tmp_path: Path, start: int, end: int) -> None:
    sound = seed("old.xls")
    zeroed = sound[:start] + bytes(end - start) + sound[end:]
    with opened(tmp_path, old_xls=zeroed) as exports:
        assert account(exports.datasets[0]) in {(0, 0, 0), (12, 12, 0)}


@pytest.mark.parametrize("size", [9, 200, 511, 512, 600, 1100, 1500])
def test_an_xls_that_was_cut_says_so(tmp_path: Path, size: int) -> None:
    with opened(tmp_path, old_xls=seed("old.xls")[:size]) as exports:
        assert "save it again as XLSX" in exports.datasets[0].problems[0].problem


@pytest.mark.parametrize(
    "change",
    [
        lambda sheet: sheet.replace(b'r="A2"', b'r="A1"'),
        lambda sheet: sheet.replace(b'<row r="3"', b'<row r="2"'),
        lambda sheet: sheet.replace(b'r="B2"', b'r="A2"'),
        lambda sheet: sheet + b"<row/>",
        lambda sheet: sheet.decode().encode("utf-16"),
        lambda sheet: sheet.replace(b"<v>", b"<v>\0"),
    ],
    ids=["a cell in another row", "a row twice", "a cell twice", "more than one root", "UTF-16", "a NUL"],
)
def test_a_sheet_in_which_a_reader_would_drop_cells_is_refused(tmp_path: Path, change: Any) -> None:
    with zipfile.ZipFile(BytesIO(seed("written.xlsx"))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode("latin-1")
    hostile = change(sheet.encode("latin-1"))
    assert hostile != sheet.encode("latin-1")
    with opened(tmp_path, book_xlsx=_changed(seed("written.xlsx"), **{sheet: hostile})) as exports:
        assert not any(dataset.readable and dataset.table == "Een" for dataset in exports.datasets)
        assert "save it again as XLSX" in exports.datasets[-1].problems[0].problem


def test_a_workbook_that_swells_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Budget, "of", lambda _: Budget(1000))
    with opened(tmp_path, book_xlsx=seed("written.xlsx")) as exports:
        assert "unpacks to far more" in exports.datasets[0].problems[0].problem


def test_a_workbook_of_charts_alone_is_in_the_account(tmp_path: Path) -> None:
    workbook = xlsxwriter.Workbook(tmp_path / "made.xlsx")
    drawing = workbook.add_chart({"type": "line"})
    drawing.add_series({"values": "=Weg!$A$1:$A$2"})
    workbook.add_chartsheet("Grafiek").set_chart(drawing)
    with pytest.warns(UserWarning, match="Unknown worksheet"):
        workbook.close()
    with opened(tmp_path, book_xlsx=(tmp_path / "made.xlsx").read_bytes()) as exports:
        assert [d.problems[0].problem for d in exports.datasets] == ["holds no table; export it again"]
