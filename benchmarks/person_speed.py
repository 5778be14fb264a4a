"""Seconds and memory of finding persons, in a process of its own: `python person_speed.py FILE`, one line of JSON.

FILE holds a text a line. Start is the processor's time from the interpreter's first line until the first person is
found; memory is the most that the process ever held.
"""

import json
import sys
import time
from pathlib import Path

BEGAN = time.process_time()
FEW = 200


def main() -> None:
    """Start, read, count."""
    from igmap.inventory.people import find_persons

    find_persons("Beste Fatima, Jan-Willem de Vries belt morgen.")
    start = time.process_time() - BEGAN

    import polars as pl

    from igmap.inventory.people.text import persons_in

    texts = pl.Series(Path(sys.argv[1]).read_text("utf-8").splitlines())
    persons_in(texts[:FEW])
    began = time.process_time()
    persons_in(texts[FEW:])
    rate = (len(texts) - FEW) / (time.process_time() - began)
    print(json.dumps({"rate": rate, "start": start, "memory_mb": most_held()}))


def most_held() -> float:
    """Megabytes; `getrusage` would count what the process that started this one held."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text("utf-8").splitlines())
    return int(status["VmHWM"].split()[0]) / 1024


if __name__ == "__main__":
    main()
