"""Proving a release of Adult and of a perturbed million of it: what counting again and attacking cost.

Both have a name, an e-mail address and a number for every person, which are dropped and sought in the release. Each
measure runs in a process of its own, opening the exports counted: DuckDB's hash of every cell of the release and its
group-by over the quasi-identifiers, `igmap verify` of the file alone, the proof without attacks (which opens the
exports and seeks them in every byte of the release), and all. Targets: with attacks 20 CPU seconds on Adult, 60 and
2 GB on the million; verifying twice the scan.

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

import igmap.release.attacks
from benchmarks.anonymise import DATA, adult, perturbed
from igmap.anonymisation import Plan, PlannedColumn, anonymise
from igmap.release import Roles, prove, verify
from igmap.sources import open_exports

if TYPE_CHECKING:
    import pandas as pd

SENSITIVE = "occupation"
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


def scan(place: Path) -> None:
    """The hash of every cell, and the classes."""
    file = place / "staged" / "trial.parquet"
    with duckdb.connect() as database:
        names = [f'"{row[0]}"' for row in database.execute(f"DESCRIBE FROM '{file}'").fetchall()]
        database.execute(f"SELECT {', '.join(f'bit_xor(hash({name}))' for name in names)} FROM '{file}'").fetchall()
        quasi = ", ".join(name for name in names if name != f'"{SENSITIVE}"')
        database.execute(f"SELECT min(n) FROM (SELECT count(*) AS n FROM '{file}' GROUP BY {quasi})").fetchall()


def recount(place: Path) -> None:
    """Count again what the file shows by itself."""
    with duckdb.connect() as database:
        described = database.execute(f"DESCRIBE FROM '{place / 'staged' / 'trial.parquet'}'").fetchall()
    quasi = tuple(row[0] for row in described if row[0] != SENSITIVE)
    verify(place / "staged" / "trial.parquet", Roles(quasi, (SENSITIVE,), k=10))


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


MEASURES = {"scan": scan, "recount": recount, "verifier": verifier, "with attacks": attacks}


def child(measure: str, place: Path) -> None:
    """What a fresh process does, and what it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    MEASURES[measure](place)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps([time.process_time() - cpu, time.perf_counter() - wall, memory]))


def run(name: str, *, told: bool) -> None:
    """Print the rows of one release."""
    with tempfile.TemporaryDirectory() as place:
        subprocess.run([sys.executable, "-m", "benchmarks.prove", "--make", name, place], check=True)
        seconds = {}
        for measure in MEASURES:
            command = [sys.executable, "-m", "benchmarks.prove", "--child", measure, place]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            cpu, wall, memory = json.loads(done.stdout)
            seconds[measure] = cpu
            print(f"{name:<16}{measure:<16}{cpu:>8.2f}{wall:>8.2f}{memory:>7.0f}", flush=True)
            if told and measure == "with attacks":
                print(done.stderr)
    for measure in ("recount", "verifier"):
        print(f"{'':<16}{measure} {seconds[measure] / seconds['scan']:.1f} x the scan (target 2)")
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
