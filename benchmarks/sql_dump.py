"""Megabytes of a MySQL dump per CPU second: igmap's reader, and sqlglot on a smaller one if it is installed.

`python benchmarks/sql_dump.py [--rows 500000]`. The dump has extended inserts of a thousand records, as
mysqldump writes them.
"""

import argparse
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from random import Random

from igmap.sources.sql import dump

SMALL = 20_000  # records for sqlglot, which holds the whole tree


def _write(path: Path, rows: int) -> float:
    """A dump of so many learners; its size in megabytes."""
    chance = Random(20261125)
    names = ["Jan de Vries", "Fatima Amrani", "O\\'Brien", "Zoë; Bakker"]
    with path.open("w", encoding="utf-8") as file:
        file.write(
            "CREATE TABLE `learners` (`id` int, `naam` varchar(80), `mail` varchar(80), `cijfer` decimal(4,1));\n"
        )
        for start in range(0, rows, 1000):
            told = (
                f"({i},'{chance.choice(names)}','p{i}@learner.example',{chance.randrange(100) / 10})"
                for i in range(start, min(start + 1000, rows))
            )
            file.write(f"INSERT INTO `learners` VALUES {','.join(told)};\n")
    return path.stat().st_size / 1e6


def main() -> None:
    """Print both rates and their ratio."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=500_000)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dump.sql"
        megabytes = _write(path, asked.parse_args().rows)
        began = time.process_time()
        parsed = sum(reading.stream.read_all().num_rows for reading in dump.read(path))
        ours = megabytes / (time.process_time() - began)
        print(
            f"igmap    {ours:6.2f} MB per CPU second ({megabytes:.0f} MB, {parsed:,} records: found, counted, parsed)"
        )
        if find_spec("sqlglot") is None:
            print('sqlglot  is not installed: pip install "igmap[spark]"')
            return
        import sqlglot

        megabytes = _write(path, SMALL)
        began = time.process_time()
        sqlglot.parse(path.read_text("utf-8"), read="mysql")
        theirs = megabytes / (time.process_time() - began)
        print(f"sqlglot  {theirs:6.2f} MB per CPU second ({megabytes:.1f} MB): ratio {ours / theirs:.0f}")


if __name__ == "__main__":
    main()
