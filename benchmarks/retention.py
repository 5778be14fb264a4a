"""Retention over ten million rows: CPU seconds and peak memory against the engine's own scan of the same columns.

`PYTHONPATH=. python benchmarks/retention.py [ROWS]`. Made is a Parquet file with a date (3,000 days), a nearly unique
timestamp without and one with a time zone, Unix time, and a person key. Each measure runs in a process of its own, so
that its peak memory is its own. The scan that it is held against reads the same columns through the same engine and
evaluates every value, as the hash scan of `large.py` does. A value is hashed with the number of its record: a column
that lies in the file as a dictionary would else be hashed as its few words, which is no scan of the records. So:
`SELECT count(*), bit_xor(hash(column, record)) …`. Retention is everything from the open table to the counts of two
terms per column: the days read in the engine's one pass, both terms judged from them. A second ratio is held against
the same scan of the whole table, as that of `large.py` is. By person is told beside them: it joins the days with the
records and groups them by person, and has no target. The target is 2.0; on a busy machine a ratio says little, since
both its parts are small.
"""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pyarrow.compute as pc

from igmap.engine import Dated, DuckDBEngine
from igmap.engine.protocol import Scan
from igmap.policy.events import event_of
from igmap.policy.keeping.counting import count
from igmap.policy.keeping.days import Notation, Reason, counted_parts, days_of, parts_of, placed
from igmap.policy.keeping.judging import AT_ONCE, DAYS, together
from igmap.policy.keeping.starts import end_of
from igmap.policy.limits import Retention

ROWS, TODAY, TARGET = 10_000_000, date(2026, 11, 1), 2.0
COLUMNS = {"date": "c1", "timestamp": "c2", "zoned": "c3", "unix": "c4", "person": "c5"}
CASES = {
    "date": ("date",),
    "timestamp": ("timestamp",),
    "date and timestamp": ("date", "timestamp"),
    "zoned": ("zoned",),
    "unix": ("unix",),
}
WHOLE = "whole table"
TERMS = (("course_completed", "P2Y"), ("financial_year_end", "P5Y"))


def make(path: Path, rows: int) -> None:
    """Write the table."""
    moment = "TIMESTAMP '2018-01-01' + INTERVAL (hash(i + {0}) % (3000 * 86400)) SECOND"
    duckdb.execute(
        f"COPY (SELECT (DATE '2018-01-01' + (hash(i) % 3000)::INT)::VARCHAR, "
        f"strftime({moment.format(1)}, '%Y-%m-%d %H:%M:%S'), strftime({moment.format(2)}, '%Y-%m-%dT%H:%M:%SZ'), "
        f"(1514764800 + hash(i + 3) % (3000 * 86400))::VARCHAR, 'u' || (hash(i + 4) % {rows // 5})::VARCHAR "
        f"FROM range({rows}) AS t(i)) TO '{path}' (FORMAT parquet, COMPRESSION zstd)"
    )


def scan(engine: DuckDBEngine, names: tuple[str, ...]) -> int:
    """The engine's own scan of the columns, every value of every record evaluated."""
    hashes = ", ".join(f"bit_xor(hash({COLUMNS[name]}, record))" for name in names)
    return int(engine._run(f"SELECT count(*), {hashes} FROM t").fetchall()[0][0])  # noqa: SLF001 - the bare scan


def read(engine: DuckDBEngine, names: tuple[str, ...]) -> list[tuple[Notation, pl.DataFrame]]:
    """The columns as days, in one pass."""
    parts: list[list[pl.DataFrame]] = [[] for _ in names]
    for batch in together(engine.moments("t", [COLUMNS[name] for name in names]), AT_ONCE):
        told = counted_parts(parts_of(batch, TODAY), "place")
        for place in pc.unique(batch["place"]).to_pylist():
            parts[place].append(told.filter(pl.col("place") == place).drop("place"))
    return [days_of(one, TODAY) for one in parts]


def retention(engine: DuckDBEngine, names: tuple[str, ...]) -> int:
    """Every term of every column; the records that are past one."""
    return sum(past(days) for _, days in read(engine, names))


def past(days: pl.DataFrame) -> int:
    """The records past each of the terms."""
    held = days.with_columns(held=pl.lit(value=False))
    rows = int(days["rows"].sum())
    ends = (partial(end_of, event=event_of(event, Retention()), period=period) for event, period in TERMS)
    return sum(count(held, one, TODAY, rows=rows).past for one in ends)


def by_person(engine: DuckDBEngine, names: tuple[str, ...]) -> int:
    """The terms of the first column by the latest date of each person."""
    column = COLUMNS[names[0]]
    ((notation, _),) = read(engine, names[:1])
    batches = together(engine.moments("t", [column]), AT_ONCE)
    parts = [placed(parts_of(batch, TODAY), notation, TODAY).select(DAYS.names) for batch in batches]
    dated = Dated(column, pl.concat(parts).to_arrow().cast(DAYS), int(Reason.BLANK), "c5", latest=True)
    return past(pl.DataFrame(pl.from_arrow(engine.spread("t", dated))).drop("held"))


WORK: dict[str, Callable[[DuckDBEngine, tuple[str, ...]], Any]] = {
    "scan": scan,
    "retention": retention,
    "by person": by_person,
}


def measured(path: Path, work: str, case: str) -> tuple[float, float]:
    """CPU seconds and peak MB of one piece of work in a process of its own."""
    told = subprocess.run(
        [sys.executable, __file__, "--one", str(path), work, case], check=True, capture_output=True, text=True
    ).stdout.split()
    return float(told[0]), float(told[1])


def one(path: Path, work: str, case: str) -> None:
    """Do one piece of work and print what it took; opening the file counts for none of them."""
    with tempfile.TemporaryDirectory() as folder:
        engine = DuckDBEngine(Path(folder))
        engine.scan("t", Scan(path, 5))
        began = time.process_time()
        WORK[work](engine, CASES.get(case, tuple(COLUMNS)))
        seconds = time.process_time() - began
        engine.close()
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def main(rows: int) -> None:
    """Measure every case and print the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "records.parquet"
        make(path, rows)
        print(f"{rows:,} rows; CPU seconds (least of three) and peak MB")
        whole = min(measured(path, "scan", WHOLE)[0] for _ in range(3))
        print(f"{WHOLE:20} scan {whole:6.2f}")
        for case in CASES:
            runs = {work: [measured(path, work, case) for _ in range(3)] for work in ("scan", "retention")}
            base, own = (min(seconds for seconds, _ in runs[work]) for work in ("scan", "retention"))
            peak = max(size for _, size in runs["retention"])
            ratios = f"× {own / base:5.2f}, of the table's {own / whole:5.2f}"
            print(f"{case:20} scan {base:6.2f}  retention {own:6.2f}  {ratios}  {peak:6.0f} MB")
        seconds, peak = measured(path, "by person", "date")
        print(f"{'by person, date':20} retention {seconds:6.2f}  {peak:6.0f} MB  (target of all others: {TARGET})")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(Path(sys.argv[2]), sys.argv[3], sys.argv[4])
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else ROWS)
