"""No value of a cell is written or said: canaries in every format, searched in everything that a run makes."""

import gzip
import json
import logging
import sqlite3
import warnings
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from igmap.errors import IgmapError
from igmap.job import Settings, run
from igmap.workspace import open_workspace

CANARY = "Kanarievogel"
ROWS = [
    (f"{CANARY}{i}", f"{CANARY}{i}@nest.example", str(20 + i % 40), f"{CANARY} belde over factuur {i}, bel 06-12345678")
    for i in range(60)
]
HEADER = ("naam", "e-mail", "leeftijd", "opmerking")


def plant(folder: Path) -> None:
    """Exports of every format that hold canaries, whole and broken ones."""
    lines = [";".join(row) for row in [HEADER, *ROWS]]
    (folder / "goed.csv").write_text("\n".join(lines), "utf-8")
    (folder / "rafelig.csv").write_text("\n".join([*lines, CANARY, f"{CANARY};;;;;;"]), "utf-8")
    (folder / "kapot.csv").write_bytes("\n".join(lines).encode() + f'\n"{CANARY};\xff\xfe'.encode("latin-1"))
    (folder / "goed.json").write_text(json.dumps([dict(zip(HEADER, row, strict=True)) for row in ROWS]), "utf-8")
    (folder / "kapot.json").write_text('[{"naam": "' + CANARY + '"}, {', "utf-8")
    (folder / "kapot.ndjson").write_text('{"naam": "' + CANARY + '"}\n{"naam": "' + CANARY + "\n", "utf-8")
    (folder / "gesleuteld.json").write_text(json.dumps({row[1]: {"score": row[2]} for row in ROWS}), "utf-8")
    (folder / "mail.mbox").write_text(
        "".join(
            f"From x Mon Jan  5 10:00:00 2026\nFrom: {r[0]} <{r[1]}>\nTo: a@b.example\nSubject: {r[0]}\n\n{r[3]}\n\n"
            for r in ROWS
        ),
        "utf-8",
    )
    (folder / "web.log").write_text(
        "".join(
            f'192.0.2.1 - {r[0]} [05/Jan/2026:10:00:00 +0100] "GET /?email={r[1]} HTTP/1.1" 200 5 "-" "Mozilla/5.0"\n'
            for r in ROWS
        )
        + CANARY,
        "utf-8",
    )
    pq.write_table(pa.table(dict(zip(HEADER, zip(*ROWS, strict=True), strict=True))), folder / "goed.parquet")
    (folder / "kapot.parquet").write_bytes(b"PAR1" + CANARY.encode())
    (folder / "kapot.xlsx").write_bytes(b"PK\x03\x04" + CANARY.encode())
    database = sqlite3.connect(folder / "goed.sqlite")
    database.execute("CREATE TABLE t (naam, mail, leeftijd, opmerking)")
    database.executemany("INSERT INTO t VALUES (?, ?, ?, ?)", ROWS)
    database.commit()
    database.close()
    book = xlsxwriter.Workbook(folder / "goed.xlsx")
    sheet = book.add_worksheet(f"Jan {CANARY}"[:31])
    for i, row in enumerate([HEADER, *ROWS]):
        sheet.write_row(i, 0, row)
    book.close()
    plant_files_in_files(folder, "\n".join(lines))


def plant_files_in_files(folder: Path, table: str) -> None:
    """Archives, documents and mail with an attachment, whole and broken ones."""
    paragraphs = "".join(f"<p><t>{row[3]}</t></p>" for row in ROWS)
    members = {"goed.zip": {f"Jan {CANARY}.csv": table}, "goed.docx": {"word/document.xml": f"<b>{paragraphs}</b>"}}
    members["kapot.docx"] = {"word/document.xml": f'<b>{paragraphs}<p a="{CANARY}"><t>{CANARY}</p>'}
    for name, content in members.items():
        with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, text in content.items():
                archive.writestr(member, text)
    whole = (folder / "goed.zip").read_bytes()
    (folder / "kapot.zip").write_bytes(whole[: len(whole) // 2])
    (folder / "kapot.gz").write_bytes(gzip.compress(table.encode())[:-20])
    page = f"BT /F 9 Tf ({CANARY} belde) Tj ET"
    (folder / "goed.pdf").write_text(
        "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        "2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
        "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources 6 0 R /Contents 4 0 R >>\nendobj\n"
        f"4 0 obj\n<< /Length {len(page)} >>\nstream\n{page}\nendstream\nendobj\n"
        f"5 0 obj\n<< /Author ({CANARY}) >>\nendobj\n"
        "6 0 obj\n<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>\nendobj\n"
        "trailer\n<< /Root 1 0 R /Info 5 0 R >>\nstartxref\n60\n%%EOF\n"
    )
    (folder / "kapot.pdf").write_text(f"%PDF-1.4\n1 0 obj\n<< /{CANARY} ({CANARY}\n")
    (folder / "bijlage.eml").write_text(
        f"From: {CANARY} <a@b.example>\nTo: a@b.example\nDate: {CANARY}\nContent-Type: multipart/mixed; boundary=b\n\n"
        f'--b\n\n{CANARY}\n--b\nContent-Type: text/csv; name="Jan {CANARY}.csv"\n\n{table}\n--b--\n'
    )


def all_bytes(path: Path) -> bytes:
    """The content; of a workbook that of its members."""
    content = path.read_bytes()
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return b"".join(archive.read(name) for name in archive.namelist())
    return content


def every_broken_export_is_listed_and_none_stops_the_others(workspace: Path) -> None:
    datasets = json.loads((workspace / "out" / "inventory.json").read_text("utf-8"))["datasets"]
    files = {dataset["source"].partition("/")[0] for dataset in datasets}
    named = {dataset["source"]: dataset for dataset in datasets}
    assert files == {path.name for path in (workspace / "exports").iterdir()}
    assert all(
        named[name]["problems"] for name in ("kapot.json", "kapot.parquet", "kapot.xlsx", "rafelig.csv", "kapot.ndjson")
    )
    assert named["rafelig.csv"]["quarantined"] == 2
    assert named["kapot.docx"]["quarantined"] == 1
    assert named["goed.pdf"]["rows"] == 2
    assert all(named[name]["problems"] for name in ("kapot.zip", "kapot.gz", "kapot.pdf"))
    assert {"goed.zip/‹name›.csv", "bijlage.eml/‹name›.csv"} <= named.keys()


@pytest.mark.ci
def test_no_canary_in_anything_written_printed_logged_or_warned(
    workspace: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    plant(workspace / "exports")
    caplog.set_level(logging.INFO)
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        outcome = run(open_workspace(workspace), Settings(date(2026, 11, 1)))
    said = capfd.readouterr()
    assert CANARY not in said.out + said.err + caplog.text + repr(outcome)
    assert not [w for w in warned if CANARY in str(w.message)]
    written = [path for path in (workspace / "out").rglob("*") if path.is_file()]
    assert len(written) > 5
    private = [path for path in (workspace / "private").rglob("*") if path.name != "names.json"]
    assert CANARY in (workspace / "private" / "names.json").read_text("utf-8")  # for the analyst alone
    for path in [*written, *private, workspace / "plan.yaml"]:
        if path.is_file():
            assert CANARY.lower() not in all_bytes(path).decode("utf-8", "replace").lower(), path.name
            assert CANARY not in path.name
    every_broken_export_is_listed_and_none_stops_the_others(workspace)  # of the same run, which takes seconds
    assert outcome.exit_status in {1, 5}


def test_raised_errors_carry_no_canary_and_no_cause_that_does(workspace: Path) -> None:
    plant(workspace / "exports")
    (workspace / "plan.yaml").write_text(
        f"name: x\nsource: goed.csv\nseed: 1\ncolumns:\n- field: {CANARY}\n  role: none\n", "utf-8"
    )
    from igmap.anonymisation import load_plan

    with pytest.raises(IgmapError) as raised:
        load_plan(workspace / "plan.yaml")
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__
