"""Small sound files of every form that igmap meets, made anew at each run; the fuzzer mutates them.

A new form is one function more in `MADE`. Every record holds a canary: a word of its own that must come back in a
table or in quarantine, and may stand in no message.
"""

import base64
import gzip
import json
import re
import sqlite3
import struct
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

CANARY = re.compile(r"kanarie\d+x", re.IGNORECASE)
PEOPLE: list[tuple[str, ...]] = [
    (
        f"Kanarie{i}x",
        f"p{i}@nest.example",
        f"19{60 + i}-0{1 + i % 9}-1{i % 9}",
        f"{1000 + i} AB",
        f"{i},5",
        f"Zoë belde; €{i} «{i}»",
    )
    for i in range(12)
]
HEADER: tuple[str, ...] = ("naam", "e-mail", "geboortedatum", "postcode", "cijfer", "opmerking")
RECORDS = [dict(zip(HEADER, row, strict=True)) for row in PEOPLE]
WHEN = datetime(2026, 1, 5, tzinfo=UTC)


def delimited(delimiter: str, *, quote: str = "", end: str = "\n", above: str = "", header: bool = True) -> str:
    """The people in one dialect; quoted cells hold a line end, the quote itself and the delimiter."""
    rows = [HEADER, *PEOPLE] if header else PEOPLE
    if quote:
        rows = [tuple(f"{quote}{_inside(cell, quote, end, delimiter)}{quote}" for cell in row) for row in rows]
    else:
        rows = [tuple(cell.replace(delimiter, " ") for cell in row) for row in rows]
    return above + "".join(delimiter.join(row) + end for row in rows)


def _inside(cell: str, quote: str, end: str, delimiter: str) -> str:
    return cell.replace(";", delimiter + end).replace("«", quote * 2)


def statements() -> list[object]:
    """Learning records, with arrays in arrays."""
    return [
        {
            "actor": {"name": name, "mbox": f"mailto:{mail}"},
            "verb": {"display": {"nl": "voltooide"}},
            "result": {"score": {"raw": i, "scaled": i / 10}, "tags": [mail, {"reeks": [1, [2, name]]}]},
            "timestamp": "2026-01-05T10:00:00Z",
        }
        for i, (name, mail, *_) in enumerate(PEOPLE)
    ]


def _har() -> str:
    entries = [
        {
            "startedDateTime": "2026-01-05T10:00:00Z",
            "request": {"method": "GET", "url": f"https://{name}.example/?q={mail}", "headers": []},
            "response": {"status": 200, "headers": [{"name": "Set-Cookie", "value": f"sid={i}; Path=/; Secure"}]},
        }
        for i, (name, mail, *_) in enumerate(PEOPLE)
    ]
    return json.dumps({"log": {"version": "1.2", "creator": {"name": "x"}, "entries": entries}}, indent=1)


def _mail(name: str, mail: str, remark: str) -> str:
    head = f"From: {name} <{mail}>\nTo: a@b.example\nDate: Mon, 5 Jan 2026 10:00:00 +0100\nSubject: Vraag van {name}\n"
    inside = base64.b64encode(delimited(";").encode()).decode()
    return (
        f"{head}MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=snede\n\n--snede\n"
        f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{remark} {name}\n\n--snede\n"
        f"Content-Type: text/csv; name=lijst.csv\nContent-Disposition: attachment; filename=lijst.csv\n"
        f"Content-Transfer-Encoding: base64\n\n{inside}\n--snede--\n"
    )


def _box() -> str:
    return "".join(
        f"From {mail} Mon Jan  5 10:00:00 2026\nFrom: {name} <{mail}>\nSubject: Vraag {name}\n\n{remark}\n> citaat\n\n"
        for name, mail, *_, remark in PEOPLE
    )


def _access_log() -> str:
    return "".join(
        f'192.0.2.{i} - {name} [05/Jan/2026:10:00:00 +0100] "GET /?e={mail} HTTP/1.1" 200 5 "-" "Mozilla/5.0 (X11)"\n'
        for i, (name, mail, *_) in enumerate(PEOPLE)
    )


def _w3c_log() -> str:
    head = "#Software: IIS 10.0\n#Version: 1.0\n#Fields: date time c-ip cs-username cs-uri-query sc-status\n"
    return head + "".join(f"2026-01-05 10:00:00 192.0.2.{i} {row[0]} e={row[1]} 200\n" for i, row in enumerate(PEOPLE))


def _cookies() -> str:
    lines = (f"{name}.example\tTRUE\t/\tFALSE\t18300000{i}\tsid\tgeheim" for i, (name, *_) in enumerate(PEOPLE))
    return "# Netscape HTTP Cookie File\n\n" + "\n#HttpOnly_".join(lines) + "\n"


def _dump(quote: str) -> str:
    """A database dump with statements that must not be carried out."""
    values = ",\n".join("(" + ", ".join(f"'{cell}'" for cell in row) + ")" for row in PEOPLE)
    columns = ", ".join(f"{quote}{name}{quote} text" for name in HEADER)
    table = f"{quote}personen{quote}"
    emptied = f"DROP TABLE IF EXISTS {table};\nCREATE TABLE {table} ({columns});\n"
    return f"-- dump\n{emptied}INSERT INTO {table} VALUES {values};\n"


def _copied() -> str:
    """The same by COPY, as PostgreSQL writes it."""
    rows = "".join("\t".join(row) + "\n" for row in PEOPLE)
    columns = ", ".join(f'"{name}"' for name in HEADER)
    made = f"CREATE TABLE public.personen ({columns.replace(',', ' text,')} text);\n"
    return f"{made}COPY public.personen ({columns}) FROM stdin;\n{rows}\\.\n"


def _workbook() -> bytes:
    """A hidden sheet, merged cells, formulas, dates, rich cells and a link to another workbook."""
    book, file = openpyxl.Workbook(), BytesIO()
    sheet = book.active
    sheet.append(["Overzicht van deelnemers"])
    sheet.merge_cells("A1:F1")
    for row in [(), HEADER, *PEOPLE]:
        sheet.append(list(row))
    sheet["G4"], sheet["G5"] = "=SUM(E4:E9)", "='file:///tmp/[elders.xlsx]Blad1'!$A$1"
    sheet["A4"].hyperlink = "https://nest.example/"
    hidden = book.create_sheet("Verborgen")
    hidden.sheet_state = "hidden"
    for name, mail, *_ in PEOPLE:
        hidden.append([name, mail, datetime(2026, 1, 5, 10), 12.5, True, None])  # noqa: DTZ001 - as in a sheet
    book.save(file)
    with zipfile.ZipFile(file) as archive:  # without the moment of saving, so that a number always gives the same file
        return zipped({name: archive.read(name) for name in archive.namelist() if name != "docProps/core.xml"})


def _written_book() -> bytes:
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"created": WHEN})
        for title in ("Een", "Twee"):
            for number, row in enumerate([HEADER, *PEOPLE]):
                book.get_worksheet_by_name(title) or book.add_worksheet(title)
                book.get_worksheet_by_name(title).write_row(number, 0, row)
    return file.getvalue()


def _ods() -> bytes:
    """A sheet as OpenDocument: written by hand, no library for it is at hand."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = "".join(f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>" for row in [HEADER, *PEOPLE])
    return open_document(f'<table:table table:name="Blad">{rows}</table:table>')


def open_document(body: str) -> bytes:
    """A workbook as OpenDocument around the XML of its sheets."""
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    spaces, kind = (
        "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
        "application/vnd.oasis.opendocument.spreadsheet",
    )
    entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
    manifest = f'<manifest:manifest xmlns:manifest="{spaces}">{entry}</manifest:manifest>'
    return zipped(
        {
            "mimetype": kind.encode(),
            "META-INF/manifest.xml": manifest.encode(),
            "content.xml": f"<office:document-content{names}><office:body><office:spreadsheet>{body}"
            "</office:spreadsheet></office:body></office:document-content>".encode(),
        }
    )


def _xls() -> bytes:
    """A sheet as Excel 97 wrote it: a stream of records in a container of 512-byte sectors, written by hand."""

    def record(kind: int, content: bytes) -> bytes:
        return struct.pack("<HH", kind, len(content)) + content

    def label(row: int, column: int, text: str) -> bytes:
        return record(0x204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))

    def start(kind: int) -> bytes:
        return record(0x809, struct.pack("<HHHHII", 0x600, kind, 0, 0, 0, 0))

    rows = [HEADER, *PEOPLE]
    sheet = start(0x10) + record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, len(HEADER), 0))
    sheet += b"".join(label(i, j, cell) for i, row in enumerate(rows) for j, cell in enumerate(row)) + record(0x0A, b"")
    listed = record(0x85, struct.pack("<IBBBB", 0, 0, 0, 4, 0) + b"Blad")
    at = len(start(5)) + len(listed) + 4
    listed = record(0x85, struct.pack("<IBBBB", at, 0, 0, 4, 0) + b"Blad")
    return compound_file(start(5) + listed + record(0x0A, b"") + sheet)


def compound_file(stream: bytes) -> bytes:
    """A workbook's stream in a container of 512-byte sectors."""
    free, end, table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    sectors = max(-(-len(stream) // 512), 8)
    chain = [table, end, *range(3, sectors + 2), end]
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0)
    )
    head += struct.pack("<I", 0) + struct.pack("<I", free) * 108

    def entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
        coded = (name + "\0").encode("utf-16-le")
        return coded.ljust(64, b"\0") + struct.pack(
            "<HBBIII36xIII", len(coded), kind, 1, free, free, child, first, size, 0
        )

    folder = entry("Root Entry", 5, 1, end, 0) + entry("Workbook", 2, free, 2, sectors * 512) + bytes(256)
    listed = b"".join(struct.pack("<I", number) for number in chain).ljust(512, b"\xff")
    return head + listed + folder + stream.ljust(sectors * 512, b"\0")


def _parquet() -> bytes:
    file = BytesIO()
    table = pa.table(
        {
            "naam": pa.array([row[0] for row in PEOPLE]).dictionary_encode(),
            "op": pa.array([WHEN] * len(PEOPLE)),
            "cijfers": [[i, i + 1] for i in range(len(PEOPLE))],
            "adres": [{"postcode": row[3], "pand": {"nr": i}} for i, row in enumerate(PEOPLE)],
            "foto": [b"\0\xff"] * len(PEOPLE),
        }
    )
    pq.write_table(table, file, row_group_size=5)
    return file.getvalue()


def _flat_parquet() -> bytes:
    file = BytesIO()
    columns = dict(zip(HEADER, map(list, zip(*PEOPLE, strict=True)), strict=True))
    pq.write_table(pa.table(columns), file, compression="zstd", row_group_size=5)
    return file.getvalue()


def _sqlite() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "app.sqlite"
        with closing(sqlite3.connect(path)) as base:
            base.execute("PRAGMA page_size = 512")
            columns = ", ".join(f'"{name}"' for name in HEADER)
            base.execute(f"CREATE TABLE personen ({columns}, foto BLOB)")
            base.executemany("INSERT INTO personen VALUES (?, ?, ?, ?, ?, ?, x'00ff')", PEOPLE)
            base.execute('CREATE TABLE "a ""b"" (sleutel" (naam TEXT PRIMARY KEY, n INTEGER) WITHOUT ROWID')
            base.executemany(
                'INSERT INTO "a ""b"" (sleutel" VALUES (?, ?)', [(row[0], i) for i, row in enumerate(PEOPLE)]
            )
            base.execute("CREATE VIEW wie AS SELECT naam, postcode AS naam FROM personen")
            base.commit()
        return path.read_bytes()


def _docx() -> bytes:
    spaces = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    lines = "".join(f"<w:p><w:r><w:t>{name} {remark}</w:t></w:r></w:p>" for name, *_, remark in PEOPLE)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    return zipped(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'.encode(),
            "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{relation}" Target="word/document.xml"/></Relationships>'.encode(),
            "word/document.xml": f"<w:document {spaces}><w:body>{lines}</w:body></w:document>".encode(),
        }
    )


def _pdf() -> bytes:
    shown = "".join(f"({name} {mail}) Tj T*\n" for name, mail, *_ in PEOPLE)
    text = f"BT /F1 12 Tf 14 TL 50 700 Td\n{shown}ET".encode()
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 %s >> >> >>"
        % font,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
    ]
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    listed = b"0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    ends = b"xref\n0 5\n%strailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (listed, len(body))
    return body + ends


def zipped(members: Mapping[str, bytes]) -> bytes:
    """The members as a ZIP archive, always of the same bytes."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _members() -> dict[str, bytes]:
    table = delimited(";").encode()
    return {"crm/lijst.csv": table, "../../weg.json": json.dumps(RECORDS).encode(), "in.zip": zipped({"a.csv": table})}


def _tar(mode: str) -> bytes:
    file = BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in _members().items():
            told = tarfile.TarInfo(name)
            told.size = len(content)
            archive.addfile(told, BytesIO(content))
        link = tarfile.TarInfo("wijzer.csv")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return file.getvalue()


MADE: dict[str, Callable[[], bytes | str]] = {
    "semicolon.csv": lambda: delimited(";", quote='"', above="Lijst van deelnemers\n\n"),
    "comma.csv": lambda: delimited(",", quote='"', end="\r\n").encode("cp1252", "replace"),
    "tab.tsv": lambda: delimited("\t").encode("utf-16"),
    "bar.txt": lambda: delimited("|", quote="'").encode("iso-8859-15", "replace"),
    "plain.csv": lambda: delimited(";"),
    "bom.csv": lambda: delimited(";").encode("utf-8-sig"),
    "headless.csv": lambda: delimited(",", quote='"', header=False),
    "one column.csv": lambda: "".join(f"{row[0]}\n" for row in [HEADER, *PEOPLE]),
    "people.json": lambda: json.dumps(RECORDS, indent=1, ensure_ascii=False),
    "wrapper.json": lambda: json.dumps({"meta": {"n": 12}, "personen": RECORDS, "nog": RECORDS[:3]}),
    "keyed.json": lambda: json.dumps({row[1]: {"naam": row[0], "cijfer": row[4]} for row in PEOPLE}),
    "xapi.json": lambda: json.dumps(statements()),
    "xapi.ndjson": lambda: "".join(json.dumps(one) + "\n" for one in statements()),
    "people.ndjson": lambda: "".join(json.dumps(one, ensure_ascii=False) + "\r\n" for one in RECORDS),
    "visit.har": _har,
    "one.eml": lambda: _mail(PEOPLE[0][0], PEOPLE[0][1], PEOPLE[0][-1]),
    "box.mbox": _box,
    "access.log": _access_log,
    "iis.log": _w3c_log,
    "cookies.txt": _cookies,
    "book.xlsx": _workbook,
    "written.xlsx": _written_book,
    "sheet.ods": _ods,
    "old.xls": _xls,
    "nested.parquet": _parquet,
    "flat.parquet": _flat_parquet,
    "app.sqlite": _sqlite,
    "mysql.sql": lambda: _dump("`"),
    "postgres.sql": lambda: _dump('"') + _copied(),
    "all.zip": lambda: zipped(_members()),
    "all.tar": lambda: _tar("w"),
    "all.tar.gz": lambda: gzip.compress(_tar("w"), mtime=0),
    "people.csv.gz": lambda: gzip.compress(delimited(";").encode(), mtime=0),
    "letter.docx": _docx,
    "letter.pdf": _pdf,
}


@cache
def seed(name: str) -> bytes:
    """The sound file of that name."""
    content = MADE[name]()
    return content.encode() if isinstance(content, str) else content


def canaries(text: str) -> Iterator[str]:
    """Every canary in a text."""
    return (found[0].lower() for found in CANARY.finditer(text))
