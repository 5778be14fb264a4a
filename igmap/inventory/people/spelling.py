"""Whether a word is spelled like a name: log-odds of its letter groups, learnt from the lists and from ordinary words.

No list holds every name; how a name is spelled still tells it from a word of Dutch or English. What is learnt is one
weight per hash of two to five letters, in `spelling.npz`; `benchmarks/make_spelling.py` remakes it.
"""

from functools import cache
from importlib.resources import as_file, files

import numpy as np
import numpy.typing as npt
import polars as pl

PACKAGE = "igmap.inventory.people"
LENGTHS = (2, 3, 4, 5)  # of groups of bytes, the borders of the word among them
BITS = 16  # of a hash
BLOCK = 8_192  # words whose sums stay in a core's cache
LONGEST = 31  # bytes that a length of its own is kept for
BASE, SPREAD = np.uint32(257), np.uint32(2_654_435_761)

Integers = npt.NDArray[np.int64]
Weights = tuple[npt.NDArray[np.int8], float]


@cache
def weights() -> Weights:
    """What was learnt: a weight per hash, then one per length of word; and the log-odds of one step of it."""
    with as_file(files(PACKAGE).joinpath("spelling.npz")) as path, np.load(path) as table:
        return table["steps"], float(table["step"])


def likeness(words: pl.Series, learnt: Weights | None = None) -> pl.Series:
    """Log-odds that a word is a name rather than an ordinary word; 0 is even odds where both are as frequent.

    Args:
        words: lower-cased, not null.
        learnt: other weights than those of the package.
    """
    steps, step = learnt or weights()
    blocks = [_summed(words.slice(start, BLOCK), steps) for start in range(0, len(words), BLOCK)]
    return pl.Series(words.name, np.concatenate([np.zeros(0, np.int32), *blocks]) * step)


def _summed(words: pl.Series, steps: npt.NDArray[np.int8]) -> npt.NDArray[np.int32]:
    """The steps of the letter groups of each word, and of its length, added up."""
    starts, ends, hashes = letter_groups(words)
    total: npt.NDArray[np.int32] = np.take(steps, (1 << BITS) + np.minimum(ends - starts, LONGEST)).astype(np.int32)
    for length, hashed in zip(LENGTHS, hashes, strict=True):
        running = np.cumsum(np.take(steps, hashed.astype(np.int64)), dtype=np.int32)
        last = np.maximum(ends - length, starts)
        total += np.where(ends - starts < length, 0, running[last] - running[starts] + steps[hashed[starts]])
    return total


def letter_groups(words: pl.Series) -> tuple[Integers, Integers, list[npt.NDArray[np.uint32]]]:
    """Where each word starts and ends in one long row of bytes, and per length of group the hash at every byte.

    A group is of a word when it ends with it or before; those that run into the next word are to be left out.
    """
    ends = (words.str.len_bytes().cast(pl.Int64) + 2).cum_sum().to_numpy()
    row = f"^{words.str.join('$^').item()}$".encode()
    letters = np.zeros(len(row) + max(LENGTHS), np.uint32)
    letters[: len(row)] = np.frombuffer(row, np.uint8)
    rolling, hashes = letters[: len(row)], []
    for length in range(2, max(LENGTHS) + 1):
        rolling = rolling * BASE + letters[length - 1 : length - 1 + len(row)]
        if length in LENGTHS:
            hashes.append((rolling * (SPREAD + np.uint32(2 * length))) >> np.uint32(32 - BITS))
    return np.append(0, ends[:-1]), ends, hashes
