"""A peer on a table, in a process of its own in the peer's own Python: peers' dependencies bite each other."""

import csv
import json
import subprocess
from pathlib import Path
from typing import Any

import pandas as pd

SECONDS = 900


def written(table: pd.DataFrame, path: Path) -> Path:
    """The table as CSV, as peers read it."""
    table.to_csv(path, index=False, quoting=csv.QUOTE_ALL)
    return path


def theirs(peer: str, path: Path, rows: int, python: str) -> dict[str, Any]:
    """What a peer says of a table: `version`, CPU `seconds` and `labels`, or why it was `skipped`.

    Args:
        peer: one of `PEERS` of peer_runs.py.
        path: the table as CSV.
        rows: that it gets, the first ones.
        python: that has the peer.
    """
    command = [python, str(Path(__file__).with_name("peer_runs.py")), peer, str(path), str(rows)]
    try:
        ran = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return {"skipped": f"not done in {SECONDS} seconds"}
    except OSError as error:
        return {"skipped": f"{python} cannot be started ({error.strerror})"}
    lines = ran.stdout.strip().splitlines()
    told: dict[str, Any] = json.loads(lines[-1]) if lines and not ran.returncode else {"skipped": _last(ran.stderr)}
    return told


def _last(error: str) -> str:
    return (error.strip().splitlines() or ["ended without a word"])[-1][:120]
