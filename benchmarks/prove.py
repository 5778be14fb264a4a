"""Proving a release of Adult and of a perturbed million of it: what counting again and attacking cost.

Both have a name, an e-mail address and a number for every person, which are dropped and sought in the release.

The release by itself: `scan` is DuckDB's hash of every cell and its group-by over the quasi-identifiers, `recount` is
`igmap.release.verify` of the same file. Both run in one process, in turn, the least of five after one that does not
count, so that imports and lists that are read once are in neither. Target: twice the scan.

Against the source, each in a process of its own, opening the exports counted, imports not: the proof without attacks
(which seeks what was dropped in every byte of the release), and all. Targets: with attacks 20 CPU seconds on Adult, 60
and 2 GB on the million.

Run: python -m benchmarks.prove [name …]
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING

import duckdb
from pyarrow.parquet import ParquetFile

import igmap.release.attacks
from benchmarks.anonymise import DATA, adult, perturbed
from igmap.anonymisation import Plan, PlannedColumn, anonymise
from igmap.release import Roles, prove, verify
from igmap.sources import open_exports

if TYPE_CHECKING:
    import pandas as pd

SENSITIVE = "occupation"
TIMES = 5
HEAD = f"{'release':<16}{'':<16}{'CPU s':>8}{'wall s':>8}{'MB':>7}"
TABLES: dict[str, tuple[Callable[[], "pd.DataFrame"], float]] = {
    "Adult": (adult, 20.0),
    "1M perturbed": (perturbed, 60.0),
}


@dataclass(frozen=True, slots=True)
class Staged:
    """A staging folder."""

    folder: Path


def make(name: str, place: Path) -> None:
    """Write the exports, and a release of them into staging."""
    table = TABLES[name][0]()
    quasi = [column for column in table.columns if column != SENSITIVE]
    numbers = range(len(table))
    table.insert(0, "name", [f"Learner{number % 4001} Family{number % 9001}" for number in numbers])
    table.insert(1, "e-mail", [f"l{number}@learner.example" for number in numbers])
    table.insert(2, "number", [f"{10_000_000 + number * 7}" for number in numbers])
    (place / "exports").mkdir()
    table.to_csv(place / "exports" / "table.csv", index=False)
    files = {column: {"file": str(DATA / f"adult_hierarchy_{column}.csv")} for column in quasi}
    columns = (
        *(PlannedColumn(column, "direct", "drop") for column in ("name", "e-mail", "number")),
        *(PlannedColumn(column, "quasi", "generalise", hierarchy=files[column]) for column in quasi),
        PlannedColumn(SENSITIVE, "sensitive", "keep"),
    )
    plan = Plan("trial", "table.csv", columns, seed=1, k=10, search="local", suppression_limit=1.0)
    with tempfile.TemporaryDirectory() as out, open_exports(place) as exports:
        copytree(anonymise(exports, plan, Path(out)).folder, place / "staged")


def timed(measure: Callable[[], object]) -> tuple[float, float]:
    """CPU and wall seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    measure()
    return time.process_time() - cpu, time.perf_counter() - wall


def alone(place: Path) -> dict[str, tuple[float, float]]:
    """The least of a scan of the release, and of counting again what it shows by itself, one after the other."""
    file = place / "staged" / "trial.parquet"
    names = ParquetFile(file).schema_arrow.names
    roles = Roles(tuple(name for name in names if name != SENSITIVE), (SENSITIVE,), k=10)
    turns = [(timed(lambda: scan(file, names)), timed(lambda: verify(file, roles))) for _ in range(TIMES + 1)][1:]
    return dict(zip(("scan", "recount"), (min(one) for one in zip(*turns, strict=True)), strict=True))


def scan(file: Path, names: list[str]) -> None:
    """The hash of every cell, and the classes."""
    hashes = ", ".join(f'bit_xor(hash("{name}"))' for name in names)
    quasi = ", ".join(f'"{name}"' for name in names if name != SENSITIVE)
    with duckdb.connect() as database:
        database.execute(f"SELECT {hashes} FROM '{file}'").fetchall()
        database.execute(f"SELECT min(n) FROM (SELECT count(*) AS n FROM '{file}' GROUP BY {quasi})").fetchall()


def verifier(place: Path) -> None:
    """Count again, and attack nothing."""
    igmap.release.attacks.TRIES = ()
    attacks(place)


def attacks(place: Path) -> None:
    """Count again, and attack."""
    with open_exports(place) as exports:
        proof = prove(exports, Staged(place / "staged"))
    told = {name: f"{one.risk:.3f} ({one.control:.3f}) {one.outcome}" for name, one in proof.attacks.tried.items()}
    sys.stderr.write(f"unmet: {proof.unmet}\n" + "".join(f"  {name}: {words}\n" for name, words in told.items()))


MEASURES = {"verifier": verifier, "with attacks": attacks}


def child(measure: str, place: Path) -> None:
    """What a fresh process does, and what it took."""
    told = alone(place) if measure == "alone" else {measure: timed(lambda: MEASURES[measure](place))}
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps([(name, *times, memory) for name, times in told.items()]))


def run(name: str, *, told: bool) -> None:
    """Print the rows of one release."""
    with tempfile.TemporaryDirectory() as place:
        subprocess.run([sys.executable, "-m", "benchmarks.prove", "--make", name, place], check=True)
        seconds = {}
        for measure in ("alone", *MEASURES):
            command = [sys.executable, "-m", "benchmarks.prove", "--child", measure, place]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            for row, cpu, wall, memory in json.loads(done.stdout):
                seconds[row] = cpu
                print(f"{name:<16}{row:<16}{cpu:>8.2f}{wall:>8.2f}{memory:>7.0f}", flush=True)
            if told and measure == "with attacks":
                print(done.stderr)
    print(f"{'':<16}recount {seconds['recount'] / seconds['scan']:.1f} x the scan (target 2)")
    print(f"{'':<16}with attacks {seconds['with attacks']:.1f} CPU s (target {TABLES[name][1]:.0f})", flush=True)


def main() -> None:
    """All releases, or the named ones."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=list(TABLES))
    parser.add_argument("--told", action="store_true", help="also what each attack found")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--make", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.make or asked.child:
        (make if asked.make else child)(asked.names[0], Path(asked.names[1]))
        return
    print(HEAD)
    for name in asked.names:
        run(name, told=asked.told)


if __name__ == "__main__":
    main()
