"""Seconds and memory of finding persons, in a process of its own: prints one line of JSON.

    PYTHONPATH=. python benchmarks/person_speed.py

The sentences are real ones (MultiCoNER, 12,000, each once). Start is from the interpreter's first line until the first
person is found; memory is the most that the process ever held.
"""

import json
import resource
import time

BEGAN = time.process_time()

FEW, MANY = 200, 12_000


def main() -> None:
    """Start, read, count."""
    from igmap.inventory.people import find_persons

    find_persons("Beste Fatima, Jan-Willem de Vries belt morgen.")
    start = time.process_time() - BEGAN
    started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    import polars as pl

    from benchmarks.person_texts import FOLDER, sentences
    from igmap.inventory.people.text import persons_in

    texts = pl.Series([one.text for one in sentences(FOLDER / "multiconer1-nl-recased-per.tsv.gz", _never())])
    texts = texts.unique(maintain_order=True)[:MANY]
    persons_in(texts[:FEW])
    began = time.process_time()
    persons_in(texts[FEW:])
    seconds = time.process_time() - began
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    rate = (len(texts) - FEW) / seconds
    print(json.dumps({"rate": rate, "start": start, "started_mb": started / 1024, "memory_mb": held / 1024}))


def _never():  # noqa: ANN202 - a source of chance that is always the same
    from random import Random

    return Random(0)


if __name__ == "__main__":
    main()
