"""Cells per CPU second: `igmap.discover` against Presidio's batch analyser on the same Dutch table, in one run.

`PYTHONPATH=. python benchmarks/discover.py`. Both read the table that `_table` makes; Presidio only its first rows,
since it is some hundred times slower. Presidio gets a blank spaCy pipeline and an offline suffix list: nothing is
downloaded, and it is the faster for it. Opening the table in igmap's engine counts; imports do not, on either side.
"""

import time
from collections.abc import Callable
from random import Random
from typing import Any

import pandas as pd

from benchmarks.peer_runs import presidio_engine
from tests.unseen import ROWS, VALUES, WORDS, Person

SIZE, PRESIDIO_SIZE, TARGET = 20_000, 100, 700
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


def main() -> None:
    """Print both rates and their ratio."""
    table = _table(SIZE)
    _igmap(table.head(10))()
    ours = _igmap(table)
    our_rate = table.size / min(_cpu_seconds(ours) for _ in range(3))
    sample = table.head(PRESIDIO_SIZE)
    print(f"igmap       {our_rate:>10,.0f} cells per CPU second ({table.size:,} cells)")
    for language in ("nl", "en"):
        theirs = _presidio(sample, language)
        rate = sample.size / min(_cpu_seconds(theirs) for _ in range(3))
        print(f"presidio {language} {rate:>10,.0f}: ratio {our_rate / rate:,.0f} (target: at least {TARGET})")


if __name__ == "__main__":
    main()
