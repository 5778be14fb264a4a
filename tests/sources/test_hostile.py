"""What a careless or wicked system might export: each is read or refused with a reason, and nothing else happens."""

import json
import os
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from igmap.sources import Exports, open_exports
from tests.export_cases import account, cells, opened
from tests.sources.seeds import CANARY, seed, zipped
from tests.sources.watching import Watched

GOOD = "naam;plaats\nJan;Ede\n"
HUNDRED_MB = 100_000_000
SECONDS = 120.0
posix_only = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs POSIX")


@contextmanager
def beside_a_good_one(folder: Path) -> Iterator[Path]:
    """The exports of a workspace with one sound file, to put a hostile one beside."""
    exports = folder / "exports"
    exports.mkdir()
    (exports / "good.csv").write_text(GOOD)
    yield exports


def sources(exports: Exports) -> list[str]:
    return [dataset.source for dataset in exports.datasets if dataset.readable]


@pytest.mark.ci
@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("one cell.csv", (b"naam;plaats\nJan;", b"x", b"\n")),
        ("no line end.csv", (b"", b"x", b"")),
        ("text.json", (b'[{"a": "', b"x", b'"}]')),
        ("records.json", (b"[", b'{"a":"' + b"x" * 1000 + b'"},', b"1]")),
        ("one line.ndjson", (b'{"a": 1}\n{"a": "', b"x", b'"}\n')),
        ("brackets.json", (b"", b"[", b"")),
    ],
)
def test_a_line_of_a_hundred_megabytes_ends_in_time_and_in_balance(
    tmp_path: Path, name: str, parts: tuple[bytes, bytes, bytes]
) -> None:
    with beside_a_good_one(tmp_path) as exports:
        start, filling, end = parts
        (exports / name).write_bytes(start + filling * (HUNDRED_MB // len(filling)) + end)
        with Watched() as watched:
            seen = watched.open(tmp_path, seconds=SECONDS)
        assert seen.faults == []
        assert set(seen.sources) == {"good.csv", name}


@pytest.mark.ci
def test_a_line_of_five_million_cells_ends_in_time(tmp_path: Path) -> None:
    with beside_a_good_one(tmp_path) as exports:
        (exports / "cells.csv").write_bytes(b"x;" * 5_000_000)
        with Watched() as watched:
            watched.open(tmp_path, seconds=30)


def test_a_json_document_without_its_beginning_shows_no_value_as_a_name(tmp_path: Path) -> None:
    with opened(tmp_path, people_json=seed("keyed.json")[40:]) as exports:
        names = " ".join(column.name for dataset in exports.datasets for column in dataset.columns)
        assert not CANARY.search(names)


@pytest.mark.parametrize("width", [5000])
@pytest.mark.ci
def test_five_thousand_columns_are_five_thousand_fields(tmp_path: Path, width: int) -> None:
    rows = [[f"naam {i}" for i in range(width)], *[[str(i * j) for i in range(width)] for j in (1, 2)]]
    with opened(tmp_path, wide_csv="\n".join(map(";".join, rows))) as exports:
        (dataset,) = exports.datasets
        assert (len(dataset.columns), account(dataset)) == (width, (2, 2, 0))


@pytest.mark.ci
def test_five_thousand_columns_in_a_sheet_and_in_json(tmp_path: Path) -> None:
    book, file = openpyxl.Workbook(), BytesIO()
    for row in ([f"naam {i}" for i in range(5000)], range(5000)):
        book.active.append(list(row))
    book.save(file)
    document = json.dumps([{f"n{i}": i for i in range(5000)}])
    with opened(tmp_path, wide_xlsx=file.getvalue(), wide_json=document) as exports:
        assert [(len(dataset.columns), account(dataset)) for dataset in exports.datasets] == [(5000, (1, 1, 0))] * 2


def test_columns_of_the_same_name_and_of_none_are_all_kept(tmp_path: Path) -> None:
    with opened(tmp_path, twice_csv="naam;naam;;naam;\nJan;Ede;x;y;z\n") as exports:
        (dataset,) = exports.datasets
        assert [column.name for column in dataset.columns] == ["naam", "naam (2)", "(3)", "naam (4)", "(5)"]
        assert cells(exports, dataset) == [("Jan", "Ede", "x", "y", "z")]


def test_a_folder_called_like_a_file_is_walked(tmp_path: Path) -> None:
    with beside_a_good_one(tmp_path) as exports:
        (exports / "x.csv").mkdir()
        (exports / "x.csv" / "in.csv").write_text(GOOD)
        with open_exports(tmp_path) as found:
            assert sources(found) == ["good.csv", "x.csv/in.csv"]


@posix_only
def test_links_that_lead_out_round_or_nowhere_and_pipes_are_told(tmp_path: Path) -> None:
    (tmp_path / "outside.csv").write_text(GOOD)
    with beside_a_good_one(tmp_path) as exports:
        (exports / "out.csv").symlink_to(tmp_path / "outside.csv")
        (exports / "round").symlink_to(exports)
        (exports / "itself.csv").symlink_to("itself.csv")
        os.mkfifo(exports / "pipe.csv")
        with open_exports(tmp_path) as found:
            assert sources(found) == ["good.csv"]
            assert len(found.datasets) == 5
            assert all("not an ordinary file" in d.problems[0].problem for d in found.datasets if not d.readable)


@posix_only
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/tty"])
def test_a_device_behind_a_link_is_not_read(tmp_path: Path, device: str) -> None:
    with beside_a_good_one(tmp_path) as exports:
        (exports / "device.csv").symlink_to(device)
        with open_exports(tmp_path) as found:
            assert sources(found) == ["good.csv"]


@posix_only
@pytest.mark.skipif(sys.platform == "darwin", reason="its file system takes text only")
@pytest.mark.parametrize(
    "name", [b"two\nlines.csv", b"\x1b[31mred.csv", b"caf\xe9.csv", b"\xff\xfe.csv", b" .csv", b"-rf.csv", b"a\tb.csv"]
)
def test_a_file_of_any_name_is_read(tmp_path: Path, name: bytes) -> None:
    with beside_a_good_one(tmp_path) as exports:
        (exports / os.fsdecode(name)).write_text(GOOD)
        with open_exports(tmp_path) as found:
            assert len(sources(found)) == 2
            assert all(
                source.isprintable() or b"\n" in name or name < b" " or b"\t" in name for source in sources(found)
            )
            [source.encode() for source in sources(found)]


@posix_only
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_told(tmp_path: Path) -> None:
    with beside_a_good_one(tmp_path) as exports:
        (exports / "closed.csv").write_text(GOOD)
        (exports / "closed.csv").chmod(0)
        with open_exports(tmp_path) as found:
            assert sources(found) == ["good.csv"]
            assert "cannot be read" in found.datasets[0].problems[0].problem


@pytest.mark.ci
def test_a_workbook_computes_nothing_and_fetches_nothing(tmp_path: Path) -> None:
    """Formulas give the result that was saved; links, data connections and macros stay where they are."""
    made = zipfile.ZipFile(BytesIO(seed("written.xlsx")))
    members = {name: made.read(name) for name in made.namelist()}
    sheet = members["xl/worksheets/sheet1.xml"].replace(
        b"</sheetData>",
        b'<row r="14"><c r="A14" t="str"><f>WEBSERVICE("http://192.0.2.1/")</f><v>bewaard</v></c>'
        b'<c r="B14"><f>[1]Blad1!$A$1+1</f><v>7</v></c></row></sheetData>',
    )
    links = {
        "xl/externalLinks/externalLink1.xml": b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>',
        "xl/connections.xml": b"<connections/>",
        "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0",
    }
    hostile = zipped({**members, "xl/worksheets/sheet1.xml": sheet, **links})
    with opened(tmp_path, book_xlsx=hostile) as exports:
        assert cells(exports, exports.datasets[0])[-1][:3] == ("bewaard", "7", None)
    with Watched() as watched:
        assert watched.open(tmp_path, seconds=SECONDS).faults == []


def test_entities_in_a_workbook_are_not_resolved(tmp_path: Path) -> None:
    """Neither a file of the machine nor a word that swells a billion times."""
    made = zipfile.ZipFile(BytesIO(seed("written.xlsx")))
    members = {name: made.read(name) for name in made.namelist()}
    lol = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    declared = f'<!DOCTYPE w [<!ENTITY l0 "lol">{lol}<!ENTITY x SYSTEM "file:///etc/passwd">]>'.encode()
    for member in ("xl/workbook.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"):
        head, _, rest = members[member].partition(b"?>")
        hostile = head + b"?>" + declared + rest.replace(b"<t>naam</t>", b"<t>&l9;&x;</t>")
        hostile = hostile.replace(b'name="Een"', b'name="&l9;"')
        with opened(tmp_path, book_xlsx=zipped({**members, member: hostile})) as exports:
            names = [column.name for dataset in exports.datasets for column in dataset.columns]
            assert not any("root:" in name or len(name) > 100 for name in names)
            assert all(d.rows == d.parsed + d.quarantined for d in exports.datasets)


@pytest.mark.ci
def test_an_sql_script_is_never_carried_out(tmp_path: Path) -> None:
    """The database beside it stays as it is."""
    script = (
        b"ATTACH 'app.sqlite' AS a; DROP TABLE a.personen; COPY (SELECT 1) TO 'made.csv'; INSTALL httpfs; .shell id\n"
    )
    with beside_a_good_one(tmp_path) as exports:
        (exports / "app.sqlite").write_bytes(seed("app.sqlite"))
        (exports / "drop.sql").write_bytes(script + seed("mysql.sql"))
        with Watched() as watched:
            seen = watched.open(tmp_path, seconds=SECONDS)
        assert seen.faults == []
        assert (exports / "app.sqlite").read_bytes() == seed("app.sqlite")
        assert {path.name for path in exports.iterdir()} == {"app.sqlite", "drop.sql", "good.csv"}


def test_a_database_with_code_in_its_schema_only_gives_its_rows(tmp_path: Path) -> None:
    """Views that call functions of extensions are told as unread; triggers do not fire."""
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(tmp_path / "made.sqlite")) as base:
        base.execute("CREATE TABLE t (naam)")
        base.execute("INSERT INTO t VALUES ('Jan')")
        base.execute("CREATE VIEW v AS SELECT load_extension('evil'), writefile('made.txt', naam) FROM t")
        base.execute("CREATE VIEW w AS WITH RECURSIVE n(i) AS (SELECT 1) SELECT i FROM n")
        base.commit()
    with opened(tmp_path, app_sqlite=(tmp_path / "made.sqlite").read_bytes()) as exports:
        told = [(dataset.table, dataset.readable, dataset.rows) for dataset in exports.datasets]
        assert told == [("t", True, 1), ("w", True, 1), ("", False, 0)]
    assert not (tmp_path / "made.txt").exists()
