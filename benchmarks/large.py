"""Ten million learners: opening and accounting, exact distinct counts and memory, each beside DuckDB's own scan.

Every step runs in a process of its own, so that its CPU seconds and its peak memory are its own.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import psutil

from benchmarks.big_table import make
from igmap.engine import DuckDBEngine
from igmap.inventory import discover
from igmap.sources import Exports, open_exports

MEMORY = "1.5GB"
LIMITS = {"open csv": 2.0, "open parquet": 1.5, "distinct parquet": 3.5, "discover parquet": 10.0}
MOST_MEGABYTES = 2000


def scan_csv(path: Path) -> int:
    """DuckDB alone: every cell of the CSV read as text and hashed."""
    return _hashed(path, f"read_csv('{path}', all_varchar = true)")


def scan_parquet(path: Path) -> int:
    """DuckDB alone: every cell of the Parquet file hashed."""
    return _hashed(path, f"'{path}'")


def _hashed(path: Path, source: str) -> int:
    settings = {"memory_limit": MEMORY, "temp_directory": str(path.parent / "spill")}
    with duckdb.connect(config=settings) as database:
        rows, _ = database.execute(f"SELECT count(*), bit_xor(hash(COLUMNS(*))) FROM {source}").fetchall()[0][:2]
    return int(rows)


def _opened(path: Path) -> Exports:
    """The file as the only export of a workspace."""
    engine = DuckDBEngine(path.parent.parent / "staging", memory_limit=MEMORY)
    return open_exports(path.parent.parent, engine)


def open_file(path: Path) -> int:
    """Igmap: opened, hashed, counted twice, every record accounted for."""
    with _opened(path) as exports:
        (dataset,) = exports.datasets
        return dataset.rows if dataset.rows == dataset.parsed + dataset.quarantined else -1


def distinct(path: Path) -> int:
    """Igmap: exact distinct counts of all columns of the opened file; the seconds of opening are not counted."""
    with _opened(path) as exports:
        (dataset,) = exports.datasets
        began = _cpu_seconds()
        profiles = exports.engine.profile(dataset.name, [column.column for column in dataset.columns])
        print(json.dumps({"own": _cpu_seconds() - began}), file=sys.stderr)
        return sum(profile.distinct for profile in profiles.values())


def discover_all(path: Path) -> int:
    """Igmap: opened, and every distinct value of every column asked for what it may be; the fields that are found."""
    with _opened(path) as exports:
        return sum(field.verdict == "found" for field in discover(exports).datasets[0].fields)


STEPS: dict[str, tuple[str, Callable[[Path], int]]] = {
    "scan csv": ("csv", scan_csv),
    "open csv": ("csv", open_file),
    "scan parquet": ("parquet", scan_parquet),
    "open parquet": ("parquet", open_file),
    "distinct parquet": ("parquet", distinct),
    "distinct csv": ("csv", distinct),
    "discover parquet": ("parquet", discover_all),
}


def measured(step: str, path: Path) -> tuple[float, float, int]:
    """CPU seconds, peak megabytes and result of a step in a process of its own."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        (Path(folder) / "exports").mkdir()
        export = Path(folder) / "exports" / path.name
        try:
            export.hardlink_to(path)
        except OSError:
            shutil.copyfile(path, export)
        command = [sys.executable, "-m", "benchmarks.large", "--step", step, "--file", str(export)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    figures = json.loads(done.stdout)
    own = json.loads(done.stderr)["own"] if done.stderr.startswith("{") else figures["cpu"]
    return own, figures["peak"], figures["result"]


def run_step(step: str, path: Path) -> None:
    """Do one step in this process and print its figures."""
    began = _cpu_seconds()
    result = STEPS[step][1](path)
    print(json.dumps({"cpu": _cpu_seconds() - began, "peak": _peak_megabytes(), "result": result}))


def _cpu_seconds() -> float:
    times = psutil.Process().cpu_times()
    return float(times.user + times.system)


def _peak_megabytes() -> float:
    """The most memory this process held: as the kernel counted it, or Windows."""
    try:
        import resource
    except ImportError:
        return float(getattr(psutil.Process().memory_info(), "peak_wset")) / 2**20  # noqa: B009 - Windows alone has it
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Make the table, run the steps, print the ratios."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=10_000_000)
    asked.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "igmap-large")
    asked.add_argument("--step")
    asked.add_argument("--only", nargs="+", choices=STEPS, default=list(STEPS), help="These steps, scans beside them.")
    asked.add_argument("--file", type=Path)
    given = asked.parse_args()
    if given.step:
        run_step(given.step, given.file)
        return
    given.folder.mkdir(exist_ok=True)
    files = dict(zip(("csv", "parquet"), make(given.folder, given.rows), strict=True))
    seconds = {}
    for step, (kind, _) in STEPS.items():
        if step not in given.only and step != "scan parquet":
            continue
        began = time.perf_counter()
        seconds[step], peak, result = measured(step, files[kind])
        wall = time.perf_counter() - began
        ratio = seconds[step] / seconds[f"scan {kind}"]
        limit = f" (limit {LIMITS[step]})" if step in LIMITS else ""
        print(
            f"{step:17} {seconds[step]:6.1f} CPU s, {wall:6.1f} s wall, peak {peak:5.0f} MB (limit {MOST_MEGABYTES}), "
            f"result {result:,}; {ratio:.2f} x scan{limit}",
            flush=True,
        )


if __name__ == "__main__":
    main()
