"""Ten million records with eight quasi-identifiers, over a million different tuples, anonymised from file to file.

`python -m benchmarks.anonymise_large [ROWS]`. Twelve columns, as an export has: three identify and are dropped, one
stays as a measure. Held against DuckDB's own copy of the same Parquet file, each in a
process of its own; the limits are 4 × its CPU seconds and 2 GB. Values are skewed as people's are: few are common,
many rare.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from igmap.anonymisation import Plan, PlannedColumn, anonymise
from igmap.engine import DuckDBEngine
from igmap.sources import open_exports

ROWS, MOST_MEGABYTES, MOST_TIMES, MEMORY = 10_000_000, 2000, 4.0, "1GB"
SIZES = {"age": 73, "postcode": 90, "education": 8, "sector": 12, "country": 20, "year": 10, "course": 20, "gender": 3}
SKEW = {"gender": 1}
IDENTIFYING = """
    'learner' || hash(i) % 4000 || ' ' || hash(i + 1) % 9000 AS name, 'l' || i || '@learner.example' AS "e-mail",
    strftime(TIMESTAMP '2020-01-01' + to_seconds((hash(i + 2) % 180000000)::BIGINT), '%Y-%m-%d %H:%M:%S') AS seen"""
HIERARCHIES = {
    "age": {"intervals": [5, 10, 20]},
    "year": {"intervals": [2, 4]},
    "postcode": {"intervals": [10]},
}


def make(path: Path, rows: int) -> int:
    """Write the table; how many different tuples it has."""
    drawn = {
        name: f"floor({size} * pow((hash(i * 64 + {salt}) % 1000003) / 1000003.0, {SKEW.get(name, 10)}))::INT"
        for salt, (name, size) in enumerate(SIZES.items())
    }
    columns = ", ".join(
        f"{value}::VARCHAR AS {name}" if name in HIERARCHIES else f"'{name} ' || {value} AS {name}"
        for name, value in drawn.items()
    )
    with duckdb.connect() as database:
        database.execute(
            f"COPY (SELECT {IDENTIFYING}, {columns}, (hash(i) % 11)::VARCHAR AS result FROM range({rows}) AS t(i)) "
            f"TO '{path}' (FORMAT parquet, COMPRESSION zstd)"
        )
        counted = f"SELECT count(*) FROM (SELECT DISTINCT {', '.join(SIZES)} FROM '{path}')"
        return int(database.execute(counted).fetchall()[0][0])


def copy(path: Path) -> dict[str, float]:
    """DuckDB's own copy."""
    with duckdb.connect(config={"memory_limit": MEMORY}) as database:
        database.execute(f"COPY (FROM '{path}') TO '{path.parent}/copied' (FORMAT parquet, COMPRESSION zstd)")
    return {}


def whole(path: Path) -> dict[str, float]:
    """Opened, counted, searched, joined, shuffled and written."""
    columns = tuple(
        PlannedColumn(name, "quasi", "generalise", hierarchy=HIERARCHIES.get(name, {"categorical": True}))
        for name in SIZES
    )
    result = PlannedColumn("result", "measure", "keep", type="integer")
    plan = Plan("large", "records.parquet", (*columns, result), seed=1, k=10, suppression_limit=1.0, search="auto")
    staging = path.parent.parent / "staging"
    with open_exports(path.parent.parent, DuckDBEngine(staging, memory_limit=MEMORY)) as exports:
        release = anonymise(exports, plan, staging)
    return {"rows": release.rows, "suppressed": release.suppressed_rows, "NCP": release.loss}


STEPS: dict[str, Callable[[Path], dict[str, float]]] = {"copy": copy, "anonymise": whole}


def measured(path: Path, step: str) -> dict[str, float]:
    """A step in a process of its own."""
    told = subprocess.run([sys.executable, "-m", __spec__.name, step, str(path)], check=True, capture_output=True)
    figures: dict[str, float] = json.loads(told.stdout.splitlines()[-1])
    return figures


def one(step: str, path: Path) -> None:
    """Do a step and print what it took."""
    began, clock = time.process_time(), time.perf_counter()
    found = STEPS[step](path)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        json.dumps({"CPU s": time.process_time() - began, "wall s": time.perf_counter() - clock, "MB": peak, **found})
    )


def main(rows: int) -> None:
    """Measure both and print the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "exports" / "records.parquet"
        path.parent.mkdir()
        print(f"{rows} records, {make(path, rows)} different tuples of {len(SIZES)} quasi-identifiers")
        both = {step: measured(path, step) for step in STEPS}
    for step, figures in both.items():
        print(f"{step:12}", "  ".join(f"{name} {figure:,.4g}" for name, figure in figures.items()))
    ratio = both["anonymise"]["CPU s"] / both["copy"]["CPU s"]
    print(f"{ratio:.2f} × the copy (limit {MOST_TIMES}), {both['anonymise']['MB']:.0f} MB (limit {MOST_MEGABYTES})")


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in STEPS:
        one(sys.argv[1], Path(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else ROWS)
