"""What a file holds, told without igmap: by the standard library and by the library that wrote the form.

Each oracle is given the bytes of a file and what igmap says of its tables, and yields a sentence for all that is
missing. A kind without an oracle is held to its account alone.
"""

import csv
import json
import re
import sqlite3
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

from tests.sources.seeds import canaries

csv.field_size_limit(2**31 - 1)
DELIMITERS = {
    "semicolon": ";",
    "comma": ",",
    "tab": "\t",
    "bar": "|",
    "tilde": "~",
    "control": "\x01",
    "colon": ":",
    "no": "\x1f",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What igmap says of one table.

    Args:
        table: sheet or database table.
        kind: of reader.
        readable: whether it was read.
        rows: counted.
        parsed: in the table.
        quarantined: kept as raw text.
        read_as: how.
        problems: in words.
        held: the canaries in its cells, in its quarantine and in its names.
    """

    table: str
    kind: str
    readable: bool
    rows: int
    parsed: int
    quarantined: int
    read_as: str
    problems: tuple[str, ...]
    held: Counter[str]


Oracle = Callable[[bytes, Sequence[Told]], Iterator[str]]


def missing(content: bytes, told: Sequence[Told]) -> Iterator[str]:
    """What igmap does not give of a file; nothing when it says itself that the file was not read."""
    read = [one for one in told if one.readable]
    if read and read[0].kind in ORACLES:
        yield from ORACLES[read[0].kind](content, read)


def _lost(expected: Counter[str] | set[str], told: Sequence[Told]) -> Iterator[str]:
    held: Counter[str] = Counter()
    for one in told:
        held += one.held
    gone = expected - set(held) if isinstance(expected, set) else expected - held
    if gone:
        yield f"{len(gone)} canaries are in no table, first {sorted(gone)[:3]}"


def _counted(one: Told, expected: int) -> Iterator[str]:
    if one.rows != expected:
        yield f"{one.table!r}: {one.rows} rows told, {expected} there"


def _text(content: bytes, encoding: str) -> str:
    return content.decode(encoding, "replace").removeprefix("\ufeff")


def _lines(text: str) -> list[str]:
    return [line for line in StringIO(text, newline="") if line.strip(" \t\r\n\ufeff")]


def _delimited(content: bytes, told: Sequence[Told]) -> Iterator[str]:
    """Python's csv module under the dialect that igmap says it read; under one of the quotes all must be there."""
    (one,) = told
    encoding, delimiter = re.findall(r"^(\S+), (\w+) delimiter", one.read_as)[0]
    text = _text(content, encoding)
    above = int((re.findall(r"header in record (\d+)", one.read_as) or [0])[0])
    answers = [list(_by_csv(text, DELIMITERS[delimiter], quote, above, one)) for quote in ('"', "'", "", '\\"')]
    yield from min(answers, key=len)


def _by_csv(text: str, delimiter: str, quote: str, above: int, one: Told) -> Iterator[str]:
    reader = csv.reader(
        StringIO(text, newline=""),
        delimiter=delimiter,
        quotechar=quote[-1:] or None,
        escapechar=quote[:-1] or None,
        quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
    )
    records = [record for record in reader if record][above:]
    yield from _counted(one, len(records))
    yield from _lost(Counter(token for record in records for cell in record for token in canaries(cell)), [one])


def _access_log(content: bytes, told: Sequence[Told]) -> Iterator[str]:
    (one,) = told
    text = _text(content, one.read_as.split(",")[0])
    records = [line for line in _lines(text) if line.strip() and not ("W3C" in one.read_as and line[0] == "#")]
    yield from _counted(one, len(records))
    yield from _lost(Counter(canaries("\n".join(records))), told)


def _cookies(content: bytes, told: Sequence[Told]) -> Iterator[str]:
    (one,) = told
    if b"\0" not in content:
        lines = [line.strip() for line in re.split(rb"[\r\n]+", content.removeprefix(b"\xef\xbb\xbf"))]
        yield from _counted(one, sum(bool(re.match(rb"[^#]|#HttpOnly_", line)) for line in lines))


def _nested(content: bytes, told: Sequence[Told]) -> Iterator[str]:
    """The standard library's parser, with repeated keys kept."""
    text = _text(content, re.split("[, ]", told[0].read_as)[0])
    yield from _lost(set(canaries(text)), told)
    if "a record per line" in told[0].read_as:
        yield from _counted(told[0], len(_lines(text)))
        return
    if "one after another" in told[0].read_as:
        yield from _counted(told[0], told[0].parsed + told[0].quarantined)
        return
    document: Any = json.loads(text, object_pairs_hook=lambda pairs: {"": pairs})
    if isinstance(document, list):
        yield from _counted(told[0], len(document))
    elif isinstance(document, dict):
        lists = Counter(len(value) for _, value in document[""] if isinstance(value, list))
        for one in told:
            allowed = {1, len(document[""])} if not one.table else set(lists)
            if one.rows not in allowed:
                yield f"{one.table!r}: {one.rows} rows told, {sorted(allowed)} possible"


def _har(content: bytes, told: Sequence[Told]) -> Iterator[str]:
    for encoding in ("utf-8-sig", json.detect_encoding(content), "cp1252"):
        with suppress(ValueError):
            yield from _counted(told[0], len(json.loads(_text(content, encoding))["log"]["entries"]))
            return
    yield "no encoding under which the capture is JSON"


def _mail(content: bytes, told: Sequence[Told]) -> Iterator[str]:
    """A canary that stands in the message as it is must be told; what is coded is not looked at."""
    yield from _lost(set(canaries(content.decode("latin-1"))), told)


def _parquet(content: bytes, told: Sequence[Told]) -> Iterator[str]:
    with suppress(pa.ArrowException, OSError, UnicodeDecodeError):  # pyarrow gives up where one cell is no UTF-8
        yield from _counted(told[0], pq.ParquetFile(BytesIO(content)).metadata.num_rows)
        cells = (cell for column in pq.read_table(BytesIO(content)).columns for cell in column.to_pylist())
        yield from _lost({token for cell in cells for token in canaries(str(cell))}, told)


def _sqlite(content: bytes, told: Sequence[Told]) -> Iterator[str]:
    with closing(sqlite3.connect(":memory:")) as base, suppress(sqlite3.Error):
        base.deserialize(content)
        base.text_factory = lambda raw: raw.decode("utf-8", "replace")
        for one in told:
            name = '"' + one.table.replace('"', '""') + '"'
            yield from _counted(one, base.execute(f"SELECT count(*) FROM {name}").fetchone()[0])
            rows = base.execute(f"SELECT * FROM {name}").fetchall()
            yield from _lost({token for row in rows for cell in row for token in canaries(str(cell))}, [one])


def _spreadsheet(content: bytes, told: Sequence[Told]) -> Iterator[str]:
    """Another reader of XLSX, where it can read the file as well."""
    if not content.startswith(b"PK") or b"xl/workbook.xml" not in content:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = openpyxl.load_workbook(BytesIO(content), data_only=True)
        except Exception:  # noqa: BLE001 - it fails in a hundred ways where the file is damaged
            return
    for one in told:
        if one.table in book.sheetnames:
            cells = [
                [str("" if c is None else c).strip() for c in row]
                for row in book[one.table].iter_rows(values_only=True)
            ]
            rows = [row for row in cells if any(row)]
            header = int((re.findall(r"header in row (\d+)", one.read_as) or [0])[0])
            above = sum(map(any, cells[:header]))
            yield from _counted(one, len(rows) - above)
            yield from _lost({token for row in rows[above:] for cell in row for token in canaries(cell)}, [one])


ORACLES: dict[str, Oracle] = {
    "access_log": _access_log,
    "cookies": _cookies,
    "delimited": _delimited,
    "har": _har,
    "mail": _mail,
    "nested": _nested,
    "parquet": _parquet,
    "spreadsheet": _spreadsheet,
    "sqlite": _sqlite,
}
