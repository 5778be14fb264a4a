"""Anonymising Adult and a perturbed million of it: loss, CPU, wall and peak memory, beside those of peers.

Each work runs as a whole process, from CSV to Parquet, and once more in that process, when all is warm; three times, of
which the least counts, with the bytecode of igmap written by the first as an installation has it. `bare` is a process
that only imports polars, DuckDB and pyarrow. A row of the table is a `Work`.

Run: python -m benchmarks.anonymise [name …]
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from igmap.anonymisation import Plan, PlannedColumn, anonymise
from igmap.sources import open_exports

if TYPE_CHECKING:
    import pandas as pd

DATA = Path(__file__).parents[1] / "tests" / "data" / "adult"
ROWS, CHANGED, SEED = 1_000_000, 0.0785, 1
TIMES, LIBRARIES = 3, ("polars", "duckdb", "pyarrow")
LESS_CHANGED, MOVED, YEARS, AGES = 0.05, 0.6, 2, (17, 90)
HEAD = f"{'work':<24}{'':<10}{'NCP':>8}{'suppr.':>9}{'CPU s':>8}{'wall s':>8}{'MB':>7}"
NOTE = """ARX 3.9.2 and anonypy: whole process, ARX with the start of its JVM, on one busy 2-core machine.
ARX's million had 156,349 tuples by a recipe that is not known; benchmarks/node_first.py tells how hard ours are."""


def adult() -> "pd.DataFrame":
    """The table, all text."""
    import pandas as pd

    return pd.read_csv(DATA / "adult.csv.gz", sep=";", dtype=str, keep_default_na=False)


def perturbed(share: float = CHANGED) -> "pd.DataFrame":
    """A million rows drawn from Adult, each cell in about thirteen redrawn from its column: 156,593 distinct tuples."""
    import numpy as np

    source, random = adult(), np.random.default_rng(SEED)
    table = source.iloc[random.integers(0, len(source), ROWS)].reset_index(drop=True)
    for name in source.columns:
        changed = random.random(ROWS) < share
        table.loc[changed, name] = source[name].to_numpy()[random.integers(0, len(source), int(changed.sum()))]
    return table


def ages_moved() -> "pd.DataFrame":
    """A million rows drawn from Adult, a cell in twenty redrawn, six ages in ten moved by at most two years."""
    import numpy as np

    table, random = perturbed(LESS_CHANGED), np.random.default_rng(SEED + 1)
    years = random.integers(-YEARS, YEARS + 1, ROWS) * (random.random(ROWS) < MOVED)
    return table.assign(age=(table["age"].astype(int) + years).clip(*AGES).astype(str))


@dataclass(frozen=True, slots=True)
class Work:
    """One row of the table.

    Args:
        table: makes the rows.
        settings: of the plan.
        peer: NCP and CPU seconds of ARX, or of the peer that is named.
        name: of the peer.
        sensitive: a column that is kept as it is, and is no quasi-identifier.
    """

    table: Callable[[], "pd.DataFrame"]
    settings: Mapping[str, Any]
    peer: tuple[float, float]
    sensitive: str = ""
    name: str = "ARX"


DIVERSE = ({"model": "distinct_l", "column": "occupation", "l": 2},)
CLOSE = ({"model": "t_closeness", "column": "occupation", "t": 0.2},)
WORKS = {
    "global": Work(adult, {"search": "global"}, (0.2380, 8.9)),
    "local": Work(adult, {"search": "local"}, (0.0632, 16.0)),
    "local, distinct l=2": Work(adult, {"search": "local", "models": DIVERSE}, (0.0361, 10.3), "occupation"),
    "t-closeness 0.2": Work(adult, {"search": "top_down", "models": CLOSE}, (0.447, 85.0), "occupation"),
    "set labels": Work(adult, {"search": "sets"}, (0.0326, 142.0), name="anonypy"),
    "local, 1M perturbed": Work(perturbed, {"search": "local"}, (0.0116, 38.1)),
    "local, 1M, ages moved": Work(ages_moved, {"search": "local"}, (0.0116, 38.1)),
}


def plan(work: Work, names: list[str]) -> Plan:
    """All columns as quasi-identifiers with their published hierarchies, but the sensitive one."""
    columns = [
        PlannedColumn(name, "sensitive", "keep")
        if name == work.sensitive
        else PlannedColumn(name, "quasi", "generalise", hierarchy={"file": str(DATA / f"adult_hierarchy_{name}.csv")})
        for name in names
    ]
    return Plan("trial", "table.csv", tuple(columns), seed=1, k=5, suppression_limit=1.0, **work.settings)


def once(work: Work, folder: Path) -> dict[str, float]:
    """From the file in `folder`/exports to a release: what it lost, and what it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    with (folder / "exports" / "table.csv").open(encoding="utf-8") as file:
        names = file.readline().strip().split(",")
    with tempfile.TemporaryDirectory() as out, open_exports(folder) as exports:
        release = anonymise(exports, plan(work, names), Path(out))
        figures = {
            "NCP": release.loss,
            "suppressed": release.suppressed_rows / (release.rows + release.suppressed_rows),
        }
    return {**figures, "CPU": time.process_time() - cpu, "wall": time.perf_counter() - wall}


def child(name: str, folder: Path) -> None:
    """What the fresh process does: the work cold, then warm."""
    cold = once(WORKS[name], folder)
    cold |= {"CPU": time.process_time(), "MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}
    sys.stdout.write(json.dumps([cold, once(WORKS[name], folder)]))


def processes(name: str, place: str) -> tuple[dict[str, float], dict[str, float]]:
    """What the work took in a fresh process, and once more in it: the least of several for each figure."""
    command = [sys.executable, "-m", "benchmarks.anonymise", "--child", name, place]
    runs = []
    for _ in range(TIMES):
        started = time.perf_counter()
        answer = subprocess.run(command, check=True, capture_output=True, text=True, env=as_installed()).stdout
        cold, warm = json.loads(answer)
        runs.append(({**cold, "wall": time.perf_counter() - started - warm["wall"]}, warm))
    cold, warm = ({key: min(run[key] for run in each) for key in each[0]} for each in zip(*runs, strict=True))
    return cold, warm


def as_installed() -> dict[str, str]:
    """The environment of a process that keeps its bytecode, as an installation does."""
    return {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


def bare() -> float:
    """CPU seconds of a process that imports the libraries and does nothing."""
    script = f"import {', '.join(LIBRARIES)}, time; print(time.process_time())"
    command = [sys.executable, "-c", script]
    return min(
        float(subprocess.run(command, check=True, capture_output=True, text=True, env=as_installed()).stdout)
        for _ in range(TIMES)
    )


def measure(name: str) -> None:
    """Print the rows of one work."""
    with tempfile.TemporaryDirectory() as place:
        (folder := Path(place) / "exports").mkdir()
        WORKS[name].table().to_csv(folder / "table.csv", index=False)
        cold, warm = processes(name, place)
    for how, told in (("process", cold), ("warm", warm)):
        memory = f"{told['MB']:>7.0f}" if "MB" in told else ""
        figures = f"{told['NCP']:>8.4f}{told['suppressed']:>9.2%}{told['CPU']:>8.2f}{told['wall']:>8.2f}{memory}"
        print(f"{name:<24}{how:<10}{figures}")
    print(f"{'':<24}{'bare':<10}{'':>17}{bare():>8.2f}")
    loss, seconds = WORKS[name].peer
    print(f"{'':<24}{WORKS[name].name:<10}{loss:>8.4f}{'':>9}{seconds:>8.1f}", flush=True)


def main() -> None:
    """All works, or the named ones."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=list(WORKS))
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        child(asked.names[0], Path(asked.names[1]))
        return
    print(HEAD)
    for name in asked.names:
        measure(name)
    print(NOTE)


if __name__ == "__main__":
    main()
