"""Cells per CPU second: `igmap.discover` against Presidio's batch analyser on the same Dutch table, in one run.

`PYTHONPATH=. python benchmarks/discover.py [--peer-python P]`. Both read the table that `_table` makes; Presidio only
its first rows, since it is some hundred times slower. Presidio is measured twice. With a blank spaCy pipeline it finds
no names, and is the fastest that it can be. With a language model, as its documentation uses it, it does: that runs in
the Python of `--peer-python`, if it has Presidio and a model. The suffix list is an offline one: nothing is downloaded.
Opening the table in igmap's engine counts; imports, models and warming up do not, on either side.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd

from benchmarks.peer_process import theirs, written
from benchmarks.peer_runs import presidio_engine
from tests.unseen import ROWS, VALUES, WORDS, Person

SIZE, PRESIDIO_SIZE, TARGET, TIMES = 20_000, 100, 700, 5
COLUMNS = ("full", "email", "phone", "address", "postcode", "bsn", "iban", "born_nl", "ip", "remark")


def _table(rows: int, seed: int = 1) -> pd.DataFrame:
    chance = Random(seed)
    names = list(WORDS["names"].values())
    people = [
        Person(
            row % ROWS, chance.choice(chance.choice(names)["given"]), "", chance.choice(chance.choice(names)["family"])
        )
        for row in range(rows)
    ]
    return pd.DataFrame({kind: [VALUES[kind](person, chance) for person in people] for kind in COLUMNS})


def _cpu_seconds(work: Callable[[], Any]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _igmap(table: pd.DataFrame) -> Callable[[], None]:
    from igmap.inventory import discover
    from igmap.sources import open_exports

    def work() -> None:
        with open_exports({"table": table}) as exports:
            found = discover(exports)
        print("igmap found:", ", ".join(f"{field.name} {field.category}" for field in found.datasets[0].fields))

    return work


def _presidio(table: pd.DataFrame, language: str) -> Callable[[], Any]:
    from presidio_analyzer import BatchAnalyzerEngine

    engine = BatchAnalyzerEngine(presidio_engine(language))
    columns = {str(name): values.tolist() for name, values in table.items()}
    list(engine.analyze_dict({"warm": ["up"]}, language=language))
    return lambda: list(engine.analyze_dict(columns, language=language))


def _with_model(table: pd.DataFrame, python: str) -> tuple[str, float]:
    """Version and model, and the fewest CPU seconds; or why it does not run, and none."""
    with tempfile.TemporaryDirectory() as folder:
        path = written(table, Path(folder) / "table.csv")
        told = [theirs("presidio-analyzer model", path, len(table), python) for _ in range(TIMES)]
    skipped = [one["skipped"] for one in told if "skipped" in one]
    return (skipped[0], 0.0) if skipped else (told[0]["version"], min(one["seconds"] for one in told))


def main() -> None:
    """Print all rates and their ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer-python", default=sys.executable)
    python = parser.parse_args().peer_python
    table = _table(SIZE)
    sample = table.head(PRESIDIO_SIZE)
    _igmap(table.head(10))()
    ours = _igmap(table)
    our_rate = table.size / min(_cpu_seconds(ours) for _ in range(TIMES))
    print(f"igmap {our_rate:,.0f} cells per CPU second ({table.size:,} cells)")
    for language in ("nl", "en"):
        blank = _presidio(sample, language)
        _told(f"{language}, blank pipeline", sample.size / min(_cpu_seconds(blank) for _ in range(TIMES)), our_rate)
    version, seconds = _with_model(sample, python)
    if seconds:
        _told(version, sample.size / seconds, our_rate)
    else:
        print(f"presidio with a model: skipped: {version}")


def _told(which: str, rate: float, our_rate: float) -> None:
    print(
        f"presidio {which}: {rate:,.0f} cells per CPU second, ratio {our_rate / rate:,.0f} (target: {TARGET} and more)"
    )


if __name__ == "__main__":
    main()
