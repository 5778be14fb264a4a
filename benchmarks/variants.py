"""What other spellings of names find: `PYTHONPATH=. python benchmarks/variants.py --dutch FILE --english FILE`.

Half of the names are hidden from the lists and from the model of spelling (as in `benchmarks/make_spelling.py`, same
files). Prints which share of them, and of ordinary Dutch and English words, has a listed name's key; which share is
spelled like a name; and which share is taken for a name as `name_hits` does, by either.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.make_name_lists import folded
from benchmarks.make_spelling import HALF, is_held, named, ordinary
from igmap.inventory.people import spelling
from igmap.inventory.people.values import ALIKE, NEAR
from igmap.inventory.people.variants import SHORTEST, variant_key

SHOWN = ["nl", "fy", "tr", "ma", "sr", "hi", "jv", "an", "id", "pl", "cn", "hk", "gh", "ua", "sy", "er", "et", "en"]


def judged(words: pl.Series, keys: pl.Series) -> pl.DataFrame:
    """Which words are variants, which are spelled like names, which are taken for names."""
    odds = spelling.likeness(words)
    variant, alike = variant_key(words).is_in(keys.implode()), odds > ALIKE
    return pl.DataFrame({"variant": variant, "alike": alike, "either": alike | (variant & (odds > NEAR))})


def told(group: str, shares: pl.DataFrame) -> str:
    """A line of shares."""
    each = (f"{kind} {shares[kind].sum() / shares.height:.4f}" for kind in shares.columns)
    return f"  {group:8} {shares.height:7} " + " ".join(each)


def lines(dutch: Path, english: Path) -> Iterator[str]:
    """The lines of the table, names first."""
    names = named().filter(pl.col("name") == pl.col("name").map_elements(folded, return_dtype=pl.String))
    hidden = names["name"].map_elements(is_held, return_dtype=pl.Boolean)
    keys = variant_key(names.filter(~hidden)["name"].unique())
    keys = keys.filter(keys.str.len_chars() >= SHORTEST).unique()
    unseen = names.filter(hidden)
    yield told("names", judged(unseen["name"].unique().sort(), keys))
    for group in SHOWN:
        yield told(group, judged(unseen.filter(pl.col("origin") == group)["name"], keys))
    words = pl.Series([word for word in ordinary(dutch, english, frozenset(names["name"])) if is_held(word)])
    yield told("words", judged(words, keys))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure other spellings of names.")
    parser.add_argument("--dutch", type=Path, required=True, help="OpenTaal word list, gzipped, one word a line")
    parser.add_argument("--english", type=Path, required=True, help="SCOWL word list (Debian wamerican)")
    given = parser.parse_args()
    with np.load(HALF) as table:
        learnt = (table["steps"], float(table["step"]))
    spelling.weights = lambda: learnt  # type: ignore[assignment] # a plain function does
    print("\n".join(lines(given.dutch, given.english)))


if __name__ == "__main__":
    main()
