"""Merged cells: a value that spans records holds for each of them."""

from io import BytesIO
from pathlib import Path

import openpyxl

from tests.export_cases import account, cells, opened


def _saved(rows: list[list[str | None]], *ranges: str, start: int = 1) -> bytes:
    book, file = openpyxl.Workbook(), BytesIO()
    for number, row in enumerate(rows, start):
        for position, value in enumerate(row, 1):
            book.active.cell(number, position, value)
    for one in ranges:
        book.active.merge_cells(one)
    book.save(file)
    return file.getvalue()


def test_a_name_over_three_rows_is_in_each_of_them(tmp_path: Path) -> None:
    rows: list[list[str | None]] = [
        ["naam", "vak"],
        ["Jan", "taal"],
        [None, "rekenen"],
        [None, "lezen"],
        ["Piet", "taal"],
    ]
    with opened(tmp_path, marks_xlsx=_saved(rows, "A2:A4")) as exports:
        (dataset,) = exports.datasets
        assert cells(exports, dataset) == [("Jan", "taal"), ("Jan", "rekenen"), ("Jan", "lezen"), ("Piet", "taal")]
        assert account(dataset) == (4, 4, 0)


def test_a_title_over_several_columns_stays_a_title(tmp_path: Path) -> None:
    rows: list[list[str | None]] = [["Cijfers 2026", None], ["naam", "vak"], ["Jan", "taal"], ["Piet", "taal"]]
    with opened(tmp_path, marks_xlsx=_saved(rows, "A1:B1", start=3)) as exports:
        (dataset,) = exports.datasets
        assert [column.name for column in dataset.columns] == ["naam", "vak"]
        assert cells(exports, dataset) == [("Jan", "taal"), ("Piet", "taal")]


def test_rows_that_nothing_else_is_in_are_no_records(tmp_path: Path) -> None:
    rows: list[list[str | None]] = [["naam", "vak"], ["Jan", "taal"], [None, None], ["Piet", "taal"]]
    with opened(tmp_path, marks_xlsx=_saved(rows, "A2:A3")) as exports:
        assert account(exports.datasets[0]) == (2, 2, 0)
