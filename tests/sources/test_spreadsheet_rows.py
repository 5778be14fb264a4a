"""Rows of ODS and XLS workbooks: counted by other means than their reader, and always the same as it reads."""

import struct
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import xlwt

from igmap.sources.sheets import spreadsheet
from igmap.sources.sheets.biff import rows_of_biff
from igmap.sources.sheets.compound import stream_of
from igmap.sources.sheets.open_document_rows import rows_of_open_document
from tests.export_cases import account, opened
from tests.sources.seeds import compound_file, open_document, seed

BIFF8 = b"\x09\x08\x10\x00\x00\x06\x05\x00"


def _cell(text: str = "", said: str = 'office:value-type="string"', inside: str = "", cell: str = "table-cell") -> str:
    paragraph = f"<text:p>{text}</text:p>" if text else ""
    return f"<table:{cell} {said}>{inside}{paragraph}</table:{cell}>"


def _row(*cells: str, times: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{times}">{"".join(cells)}</table:table-row>'


def _sheet(name: str, *rows: str) -> str:
    return f'<table:table table:name="{name}"><table:table-column/>{"".join(rows)}</table:table>'


NOTE = "<office:annotation><text:p>een opmerking</text:p></office:annotation>"
NOTHING = _row(_cell(said=""), times=3)
TO_THE_END = _row(_cell(said=""), times=1_048_560)
TRUTH = 'office:value-type="boolean" office:boolean-value="{}"'
DATE = 'office:value-type="date" office:date-value="2026-01-02"'
SHARE = 'office:value-type="percentage" office:value="0.5"'
EMPTY = 'office:value-type="string" office:string-value=""'
ODS = {
    "repeated rows": (_sheet("A", _row(_cell("naam")), _row(_cell("Jan"), times=4), NOTHING, TO_THE_END), {"A": 5}),
    "kinds of values": (
        _sheet(
            "A",
            _row(_cell("onwaar", TRUTH.format("false"))),
            _row(_cell("2 jan", DATE)),
            _row(_cell("50%", SHARE)),
            _row(_cell("3 uur", 'office:value-type="time" office:time-value="PT3H"')),
            _row(_cell(said='office:value-type="float" office:value="0"')),
            TO_THE_END,
        ),
        {"A": 5},
    ),
    "blanks and empty texts": (
        _sheet(
            "A",
            _row(_cell("naam")),
            _row(_cell()),
            _row(_cell("   "), _cell('<text:s text:c="3"/>')),
            _row(_cell(said=EMPTY), times=2),
            _row(_cell("&#160;")),
            _row(_cell(), _cell("<text:span>Jan</text:span>")),
            _row(_cell(), times=1000),
        ),
        {"A": 2},
    ),
    "notes, covered cells and an empty sheet": (
        _sheet(
            "A &amp; B",
            _row(_cell("naam", inside=NOTE)),
            _row(_cell(said="", inside=NOTE)),
            _row(_cell(inside=NOTE)),
            _row(_cell(said=""), _cell("Jan", cell="covered-table-cell")),
        )
        + _sheet("Leeg", TO_THE_END)
        + _sheet("C", f"<table:table-header-rows>{_row(_cell('naam'))}</table:table-header-rows>", _row(_cell("Piet"))),
        {"A & B": 2, "Leeg": 0, "C": 2},
    ),
}


def _accounted(folder: Path, name: str, content: bytes, expected: Mapping[str, int]) -> None:
    """Every sheet has so many rows, header included, as counted and as read; nothing is amiss."""
    path = folder / name
    path.write_bytes(content)
    counts = spreadsheet._counts(path)[1]
    assert counts == expected
    assert {reading.table: reading.counted + _above(reading.read_as) for reading in spreadsheet.read(path)} == expected
    with opened(folder, **{name.replace(".", "_"): content}) as exports:
        assert {dataset.table for dataset in exports.datasets} == set(expected)
        for dataset in exports.datasets:
            rows, parsed, quarantined = account(dataset)
            assert parsed + quarantined == rows
            assert rows == max(expected[dataset.table] - _above(dataset.read_as), 0)
            assert [problem.problem for problem in dataset.problems] in ([], ["empty sheet"])


def _above(read_as: str) -> int:
    return int(read_as.rpartition(" ")[2]) if read_as.startswith("header in row") else 0


@pytest.mark.parametrize("case", ODS)
def test_rows_of_an_ods_are_counted_in_its_xml(tmp_path: Path, case: str) -> None:
    body, expected = ODS[case]
    _accounted(tmp_path, "made.ods", open_document(body), expected)


@pytest.mark.parametrize(
    "body",
    [
        _sheet("A", _row(_cell("naam")), _row(_cell("Jan", said=""))),
        _sheet("A", _row(_cell("naam")), _row(_cell("<![CDATA[Jan]]>"))),
        _sheet("A", _row(_cell("naam"))) + _sheet("A", _row(_cell("Jan"))),
        _sheet("A", _row(_cell("naam"))) + _sheet("", _row(_cell("Jan"))).replace(' table:name=""', ""),
        _sheet("A", _row(_cell(said="", inside=_sheet("B", _row(_cell("Jan"))))), _row(_cell("naam"))),
        _sheet("A", _row(_cell("naam"), times=4_000_000_000)),
    ],
    ids=["text without a kind", "CDATA", "a sheet twice", "a sheet without a name", "a sheet in a cell", "a bomb"],
)
def test_an_ods_of_which_a_reader_would_drop_rows_is_refused(tmp_path: Path, body: str) -> None:
    with opened(tmp_path, made_ods=open_document(body)) as exports:
        assert not any(dataset.readable for dataset in exports.datasets)
        assert "save it again as XLSX" in exports.datasets[0].problems[0].problem


def test_cached_cells_of_another_program_are_no_sheet() -> None:
    cached = f"<table:dde-links><table:dde-link><table:table>{_row(_cell('x'))}</table:table></table:dde-link>"
    body = f"<a>{_sheet('A', _row(_cell('naam')))}{cached}</table:dde-links>{_sheet('B', _row(_cell('naam')))}</a>"
    assert rows_of_open_document(BytesIO(body.encode())) == {"A": 1, "B": 1}


def _workbook(sheets: Mapping[str, list[list[Any]]]) -> bytes:
    book, file = xlwt.Workbook(), BytesIO()
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                sheet.write(number, column, value)
    book.save(file)
    return file.getvalue()


XLS: dict[str, tuple[dict[str, list[list[Any]]], dict[str, int]]] = {
    "kinds of values": (
        {"Blad": [["naam"], [1], [1.5], [True], [False], [date(2026, 1, 2)], [1, 2, 3], [0], [], ["Jan"]]},
        {"Blad": 9},
    ),
    "blanks and empty texts": (
        {"Blad": [["naam", "e-mail"], ["", None], ["  ", "\xa0"], [None, None], [None, "j@x.nl"], [""]]},
        {"Blad": 2},
    ),
    "three sheets, one of them empty": (
        {"Eén": [["naam"], ["Jan"]], "Leeg": [], "Łódź": [["naam"], [], ["Jan"], ["Zoë"]]},
        {"Eén": 2, "Leeg": 0, "Łódź": 3},
    ),
    "shared texts that go on in other records": (
        {
            "Latijn": [["naam"], *([f"{number} é " + "x" * 90] for number in range(400)), [""], ["  "], ["slot"]],
            "Breed": [["naam"], *([f"{number} Ł " + "ż" * 90] for number in range(400)), ["\u2003 "], ["slot"]],
            "Lang": [["y" * 20_000], ["ż" * 20_000], [" " * 20_000], ["slot"]],
        },
        {"Latijn": 402, "Breed": 402, "Lang": 3},
    ),
}


@pytest.mark.parametrize("case", XLS)
def test_rows_of_an_xls_are_counted_in_its_records(tmp_path: Path, case: str) -> None:
    sheets, expected = XLS[case]
    _accounted(tmp_path, "made.xls", _workbook(sheets), expected)


def test_shared_texts_do_go_on_in_other_records(tmp_path: Path) -> None:
    (tmp_path / "made.xls").write_bytes(_workbook(XLS["shared texts that go on in other records"][0]))
    stream, kinds, at = stream_of(tmp_path / "made.xls", ["Workbook"]), [], 0
    while at < len(stream) - 4:
        kind, size = struct.unpack_from("<HH", stream, at)
        kinds.append(kind)
        at += 4 + size
    assert kinds.count(0x3C) > 10


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _formula(row: int, result: bytes) -> bytes:
    return _record(0x06, struct.pack("<HHH", row, 0, 0) + result + bytes(8))


def _by_hand(cells: bytes, before: bytes = b"") -> bytes:
    """The XLS of the seeds with other cells, and records before the list of its sheets."""
    begin = [_record(0x809, struct.pack("<HHHHII", 0x600, kind, 0, 0, 0, 0)) for kind in (0x05, 0x10)]
    at = len(begin[0] + before) + 4 + 12 + 4
    listed = _record(0x85, struct.pack("<IBBBB", at, 0, 0, 4, 0) + b"Blad")
    return compound_file(begin[0] + before + listed + _record(0x0A, b"") + begin[1] + cells + _record(0x0A, b""))


def test_formulas_are_counted_by_what_they_gave_and_errors_are_no_values(tmp_path: Path) -> None:
    special = {kind: bytes([kind, 0, 0x2A if kind == 2 else 1, 0, 0, 0, 255, 255]) for kind in range(4)}
    text = struct.pack("<HB", 3, 0) + b"Jan"
    cells = b"".join(
        [
            _formula(0, struct.pack("<d", 2.5)),
            _formula(1, special[0]) + _record(0x207, text),
            _formula(2, special[0]) + _record(0x207, struct.pack("<HB", 2, 0) + b"  "),
            _formula(3, special[1]),
            _formula(4, special[2]),
            _formula(5, special[3]),
            _record(0x205, struct.pack("<HHHBB", 6, 0, 0, 0x2A, 1)),
            _record(0x205, struct.pack("<HHHBB", 7, 0, 0, 0, 0)),
            _record(0x201, struct.pack("<HHH", 8, 0, 0)),
        ]
    )
    _accounted(tmp_path, "made.xls", _by_hand(cells), {"Blad": 4})


def test_the_figures_of_a_chart_in_a_sheet_are_no_rows(tmp_path: Path) -> None:
    numbers = [_record(0x203, struct.pack("<HHHd", row, 0, 0, 1.5)) for row in range(4)]
    chart = _record(0x809, struct.pack("<HHHHII", 0x600, 0x20, 0, 0, 0, 0)) + numbers[3] + _record(0x0A, b"")
    _accounted(tmp_path, "made.xls", _by_hand(numbers[0] + numbers[1] + chart), {"Blad": 2})


def _extent(top: int, bottom: int, left: int, right: int) -> bytes:
    return _record(0x200, struct.pack("<IIHHH", top, bottom, left, right, 0))


@pytest.mark.parametrize(
    ("cells", "before"),
    [
        (_extent(0, 1 << 31, 0, 1), b""),
        (_extent(5, 1, 0, 1), b""),
        (_extent(0, 1, 9, 1), b""),
        (_record(0x203, struct.pack("<HHHd", 0, 0x5555, 0, 1.5)), b""),
        (_record(0xBD, struct.pack("<HH", 0, 0) + bytes(6 * 300) + struct.pack("<H", 299)), b""),
        (b"", _record(0xFC, struct.pack("<II", 1, 0x7FFF_FFFF) + b"\x01\0\0x")),
    ],
    ids=["rows", "rows that end before they begin", "columns so", "a far column", "many columns", "shared texts"],
)
def test_an_xls_that_would_take_all_memory_is_refused(tmp_path: Path, cells: bytes, before: bytes) -> None:
    with opened(tmp_path, made_xls=_by_hand(cells, before)) as exports:
        assert "save it again as XLSX" in exports.datasets[0].problems[0].problem


def test_an_xls_of_another_form_or_without_its_parts_is_not_counted_here(tmp_path: Path) -> None:
    sound = _workbook({"Blad": [["naam"], ["Jan"]]})
    changed = {
        "sound": (sound, {"Blad": 2}),
        "BIFF5": (sound.replace(BIFF8, BIFF8.replace(b"\x00\x06", b"\x00\x05")), {}),
        "no stream": (sound.replace("Workbook".encode("utf-16-le"), "Wxrkbook".encode("utf-16-le")), {}),
        "no compound file": (b"naam;nummer\nJan;1\n", {}),
        "cut": (sound[:700], {}),
    }
    for name, (content, expected) in changed.items():
        (tmp_path / name).write_bytes(content)
        assert rows_of_biff(tmp_path / name) == expected, name


@pytest.mark.parametrize("name", ["old.xls", "sheet.ods"])
def test_a_damaged_workbook_gives_its_rows_or_a_reason(tmp_path: Path, name: str) -> None:
    sound = seed(name)
    damaged = {
        f"at{at}_{name[-3:]}": sound[:at] + bytes([sound[at] ^ 0x55]) * 4 + sound[at + 4 :]
        for at in range(0, len(sound) - 4, 89)
    }
    with opened(tmp_path, **damaged) as exports:
        assert {dataset.source for dataset in exports.datasets} == {name.replace("_", ".") for name in damaged}
        for dataset in exports.datasets:
            rows, parsed, quarantined = account(dataset)
            assert parsed + quarantined == rows
            assert dataset.readable or dataset.problems


def test_a_row_of_errors_alone_is_no_record(tmp_path: Path) -> None:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([["naam", "cijfer"], ["Jan", 7], ["Piet", 8]]):
            sheet.write_row(number, 0, row)
        sheet.write_formula(3, 1, "=1/0", None, "#DIV/0!")
    with opened(tmp_path, marks_xlsx=file.getvalue()) as exports:
        assert account(exports.datasets[0]) == (2, 2, 0)
