"""Remake `igmap/inventory/people/tagger/ordinary.npz` and the spelling that the tagger is trained with.

    PYTHONPATH=. python benchmarks/make_ordinary.py --dutch FILE --english FILE

The first tells which words that look like names are ordinary words: a Bloom filter of those that OpenTaal and SCOWL
write in lower case, without those whose spelling tells it. The second is what `make_spelling.py` learns, of two
quarters of the names (`benchmarks/persons/spelling_fold0.npz`, `1`): a name that is learnt is judged without it.
Sources and licences: `igmap/inventory/people/NOTICE.md`.
"""

import argparse
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.make_name_lists import PEOPLE
from benchmarks.make_spelling import balanced, elsewhere, fitted, is_held, named, ordinary, write
from benchmarks.person_texts import FOLDER
from igmap.inventory.people.spelling import likeness
from igmap.inventory.people.tagger.kinds import BITS, bits

PLAIN = -5.0  # log-odds below which spelling alone tells an ordinary word


def main() -> None:
    """Write the three files."""
    parser = argparse.ArgumentParser(description="Remake the filter of ordinary words and two halves of the spelling.")
    parser.add_argument("--dutch", type=Path, required=True, help="OpenTaal word list, gzipped, one word a line")
    parser.add_argument("--english", type=Path, required=True, help="SCOWL word list (Debian wamerican)")
    given = parser.parse_args()
    words = pl.Series(ordinary(given.dutch, given.english, frozenset()))
    filled = np.zeros(1 << BITS, np.bool_)
    filled[[bit for word in words.filter(likeness(words) > PLAIN) for bit in bits(word)]] = True
    np.savez_compressed(PEOPLE / "tagger" / "ordinary.npz", bits=np.packbits(filled))
    names = named()
    known = frozenset(names["name"])
    plain, others = ordinary(given.dutch, given.english, known), elsewhere(known)
    for fold in (0, 1):
        mine = [name for name in known if not is_held(name) and is_held(name, 2) == bool(fold)]
        learnt = fitted(*balanced(names.filter(pl.col("name").is_in(mine)), plain, others))
        write(FOLDER / f"spelling_fold{fold}.npz", learnt)


if __name__ == "__main__":
    main()
