"""Workbooks: every sheet, and each cell as a person reads it."""

import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from tests.export_cases import account, cells, opened


def _saved(path: Path, sheets: dict[str, list[list[object]]]) -> bytes:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, content in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in content:
            sheet.append(row)
    workbook.save(path / "made.xlsx")
    return (path / "made.xlsx").read_bytes()


PEOPLE: list[list[object]] = [["naam", "e-mail"], ["Jan", "j@x.nl"], ["Zoë", None]]


def test_title_rows_and_blank_rows_are_no_records(tmp_path: Path) -> None:
    made = _saved(tmp_path, {"Blad": [["Overzicht"], [], *PEOPLE, [], ["Piet", "p@x.nl"]]})
    with opened(tmp_path, people_xlsx=made) as exports:
        (dataset,) = exports.datasets
        assert [column.name for column in dataset.columns] == ["naam", "e-mail"]
        assert cells(exports, dataset) == [("Jan", "j@x.nl"), ("Zoë", None), ("Piet", "p@x.nl")]
        assert (account(dataset), dataset.problems) == ((3, 3, 0), ())


def test_hidden_and_empty_sheets_are_told_and_pictures_are_not(tmp_path: Path) -> None:
    workbook = xlsxwriter.Workbook(tmp_path / "made.xlsx")
    hidden, _, chart = workbook.add_worksheet("Verborgen"), workbook.add_worksheet("Leeg"), workbook.add_chartsheet("Grafiek")
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
    content: list[list[object]] = [
        ["naam", "geboortedatum", "nummer", "bedrag", "tijdstip", "code"],
        ["Jan", date(1990, 1, 2), "00123", 12.5, datetime(2026, 1, 2, 3, 4, 5), 123456789],  # noqa: DTZ001 - as in a sheet
    ]
    with opened(tmp_path, people_xlsx=_saved(tmp_path, {"Blad": content})) as exports:
        found = cells(exports, exports.datasets[0])
        assert found == [("Jan", "1990-01-02", "00123", "12.5", "2026-01-02 03:04:05", "123456789")]


def test_sheets_that_were_moved_are_counted_by_their_own_rows(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.title = "Twee"
    sheets = {"Twee": PEOPLE, "Een": PEOPLE[:2], "Nul": PEOPLE[:1]}
    for name, content in sheets.items():
        sheet = workbook.active if name == "Twee" else workbook.create_sheet(name)
        for row in content:
            sheet.append(row)
    workbook.move_sheet("Nul", -2)
    workbook.save(tmp_path / "made.xlsx")
    shuffled = tmp_path / "shuffled.xlsx"
    swap = {"sheet1.xml": "sheet7.xml", "sheet2.xml": "sheet1.xml", "sheet7.xml": "sheet2.xml"}
    with zipfile.ZipFile(tmp_path / "made.xlsx") as old, zipfile.ZipFile(shuffled, "w") as new:
        for member in old.namelist():
            name, content_bytes = member, old.read(member)
            for before, after in swap.items():
                if member.endswith(before):
                    name = member.replace(before, after)
            if member.endswith(("workbook.xml.rels", "Content_Types].xml")):
                content_bytes = content_bytes.replace(b"sheet1.xml", b"sheet7.xml").replace(b"sheet2.xml", b"sheet1.xml")
            new.writestr(name, content_bytes)
    with opened(tmp_path, book_xlsx=shuffled.read_bytes()) as exports:
        told = {dataset.table: account(dataset) for dataset in exports.datasets}
        assert told == {"Nul": (0, 0, 0), "Twee": (2, 2, 0), "Een": (1, 1, 0)}


def test_rows_of_empty_texts_are_no_records_and_rows_of_spaces_are_blank_ones(tmp_path: Path) -> None:
    workbook = xlsxwriter.Workbook(tmp_path / "made.xlsx")
    sheet = workbook.add_worksheet("Blad")
    for number, row in enumerate([*PEOPLE, ["", ""], ["  ", " "], ["Piet", "p@x.nl"]]):
        for place, cell in enumerate(row):
            if cell is not None:
                sheet._write_string(number, place, cell) if cell == "" else sheet.write_string(number, place, cell)
    workbook.close()
    with opened(tmp_path, people_xlsx=(tmp_path / "made.xlsx").read_bytes()) as exports:
        (dataset,) = exports.datasets
        assert dataset.problems == ()
        assert cells(exports, dataset)[-2:] == [(None, None), ("Piet", "p@x.nl")]


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
        f"book{at}_xlsx": made[:at] + bytes([made[at] ^ 0x55]) * 4 + made[at + 4 :] for at in range(0, len(made) - 4, 97)
    }
    with opened(tmp_path, **damaged) as exports:
        assert {dataset.source for dataset in exports.datasets} == {name.replace("_", ".") for name in damaged}
