"""What relations cost: keys, kinships, persons and measures of ten tables, against the hash scan of the same columns.

`PYTHONPATH=. python benchmarks/kinships.py [ROWS …]`: ten tables of people and their events, each with an e-mail
address, an account id, a user name, a phone number and eight other columns. Discovery is left out: the verdicts are
given, so that only relations are timed. Wall and CPU seconds, and peak memory.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from igmap.engine import DuckDBEngine
from igmap.inventory import DatasetInventory, Field, Inventory
from igmap.inventory.kinships import relate
from igmap.sources import Column, Dataset, Exports
from igmap.vocabulary import CATEGORIES

TABLES, ROWS = 10, (100_000, 1_000_000)
COLUMNS = {  # name: category, and its text by the person p, the row i and the table t
    "email": ("email", "'user' || p || '@example.nl'"),
    "user_id": ("account_id", "(100000000 + p * 7919 % 800000011)::VARCHAR"),
    "login": ("username", "'u' || (p * 31 % 10000019) || 'x'"),
    "phone": ("phone", "'06-' || (10000000 + p * 13 % 80000000)"),
    "nr": ("none", "i::VARCHAR"),
    "uuid": ("none", "md5((i * 100 + t)::VARCHAR)"),
    "postcode": ("postcode", "(1000 + hash(p) % 9000) || ' AB'"),
    "born": ("birth_date", "(DATE '1950-01-01' + (hash(p, 1) % 20000)::INTEGER)::VARCHAR"),
    "gender": ("gender", "CASE WHEN p % 2 = 0 THEN 'm' ELSE 'v' END"),
    "course": ("none", "'BHV-' || (hash(i, 2) % 60)"),
    "score": ("none", "(hash(i, 3) % 101)::VARCHAR"),
    "moment": ("none", "(TIMESTAMP '2026-01-01' + INTERVAL 1 SECOND * (hash(i, 4) % 20000000)::INTEGER)::VARCHAR"),
}


def main() -> None:
    """Print the cost for each number of rows."""
    for rows in map(int, sys.argv[1:]) if len(sys.argv) > 1 else ROWS:
        with tempfile.TemporaryDirectory() as folder:
            engine = DuckDBEngine(Path(folder))
            exports = Exports(engine, tuple(_table(engine, number, rows) for number in range(TABLES)))
            inventory = Inventory(tuple(_judged(dataset) for dataset in exports.datasets))
            scan = _timed(partial(_hashed, engine))
            began = len(engine._run("FROM duckdb_tables()").fetchall())  # noqa: SLF001 - nothing may be left behind
            wall, cpu, found = _timed(partial(relate, exports, inventory))
            assert began == len(engine._run("FROM duckdb_tables()").fetchall())  # noqa: S101, SLF001
            kin = sum(one.ground != "chance" for one in found.kinships)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"{TABLES} tables × {rows:,} rows × {len(COLUMNS)} columns, {kin} kinships, peak {peak:,.0f} MB")
            print(f"  hash scan of all columns: wall {scan[0]:6.1f} s, CPU {scan[1]:6.1f} s")
            print(f"  relations:                wall {wall:6.1f} s, CPU {cpu:6.1f} s: {cpu / scan[1]:.1f} × the scan")
            engine.close()


def _timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    wall, cpu = time.perf_counter(), time.process_time()
    made = work()
    return time.perf_counter() - wall, time.process_time() - cpu, made


def _table(engine: DuckDBEngine, number: int, rows: int) -> Dataset:
    """Tables with an even number have a row per person, the others about four."""
    person = f"(hash(i, {number}) % {rows} + {number} * {rows // 20})" if number % 2 else f"i + {number} * {rows // 20}"
    cells = ", ".join(f"{text} AS c{place}" for place, (_, text) in enumerate(COLUMNS.values(), 1))
    per_person = f"({person}) // {4 if number % 2 else 1}"
    engine._run(  # noqa: SLF001 - made in the engine, which is quicker than in Python
        f"CREATE TABLE t{number} AS SELECT i AS record, {cells} "
        f"FROM (SELECT i, {number} AS t, ({per_person})::BIGINT AS p FROM range(1, {rows + 1}) AS made(i))"
    )
    columns = tuple(Column(name, f"t{number}", f"c{place}") for place, name in enumerate(COLUMNS, 1))
    return Dataset(f"tabel_{number}.csv", "", rows, rows, columns=columns, name=f"t{number}")


def _judged(dataset: Dataset) -> DatasetInventory:
    fields = []
    for name, (category, _) in COLUMNS.items():
        identifiability = CATEGORIES[category].identifiability
        verdict = "none" if category == "none" else "found"
        fields.append(Field(name, verdict, category, identifiability, "none", False, False, 1.0, "none"))  # type: ignore[arg-type] # noqa: FBT003 - as an inventory has them
    return DatasetInventory(dataset.source, "", dataset.rows, dataset.rows, 0, "", (), tuple(fields))


def _hashed(engine: DuckDBEngine) -> None:
    hashes = " + ".join(f"hash(c{place}) % 7" for place in range(1, len(COLUMNS) + 1))
    for number in range(TABLES):
        engine._run(f"SELECT sum({hashes}) FROM t{number}").fetchall()  # noqa: SLF001 - the yardstick is the engine's


if __name__ == "__main__":
    main()
