"""A conditional random field over five labels: nothing named, a person begins or goes on, a group or work, a place.

The weights lie in one table by number of attribute; `benchmarks/train_persons.py` remakes it.
"""

import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import numpy as np
import numpy.typing as npt

from igmap.inventory.people.tagger.context import together
from igmap.inventory.people.tagger.features import COLUMNS, SIZE, Vocabulary
from igmap.inventory.people.tagger.words import BREAK, Words

Floats = npt.NDArray[np.float32 | np.float64]
NOBODY, BEGINS, GOES_ON, GROUP, PLACE = range(LABELS := 5)


@dataclass(frozen=True, slots=True)
class Model:
    """What was learnt.

    Attributes:
        steps: a weight per number of attribute and label, in whole steps.
        step: the log-odds of one of them.
        moves: log-weight of going from one label to the next.
    """

    steps: npt.NDArray[np.int8]
    step: float
    moves: Floats


@cache
def learnt() -> Model:
    """The model of the package."""
    with as_file(files("igmap.inventory.people.tagger").joinpath("model.npz")) as path, np.load(path) as table:
        return Model(unpacked(table["packed"].tobytes()), float(table["step"]), table["moves"])


def packed(steps: npt.NDArray[np.int8]) -> bytes:
    """Which attributes weigh something, a bit each, then the weights of those, as the file holds them."""
    used = (steps != 0).any(axis=1)
    return lzma.compress(np.packbits(used).tobytes() + steps[used].tobytes(), preset=9)


def unpacked(held: bytes) -> npt.NDArray[np.int8]:
    """The weights of all attributes, as they were before they were packed."""
    rows = np.frombuffer(lzma.decompress(held), np.uint8)
    steps = np.zeros((SIZE, LABELS), np.int8)
    steps[np.unpackbits(rows[: SIZE // 8]) > 0] = rows[SIZE // 8 :].view(np.int8).reshape(-1, LABELS)
    return steps


def probabilities(read: Words, vocabulary: Vocabulary, weights: Model) -> Floats:
    """How likely each label is for each word."""
    codes = vocabulary.codes(read.words)
    breaks = np.array([word == BREAK for word in read.words])
    total = weights.steps[together(vocabulary.classes[codes], breaks)].sum(axis=1, dtype=np.float32)
    used, at = np.unique(codes, return_inverse=True)
    steps = weights.steps[vocabulary.numbers[used]]
    sums = np.stack([steps[:, columns].sum(axis=1, dtype=np.float32) for columns in COLUMNS.values()])
    for given, place in zip(sums, COLUMNS, strict=True):
        total += given[at.take(np.arange(len(at)) + place, mode="clip")]
    forward, backward, _ = passes(total * np.float32(weights.step), breaks, weights.moves)
    return normal(forward * backward)


def passes(weights: Floats, breaks: npt.NDArray[np.bool_], moves: Floats) -> tuple[Floats, Floats, Floats]:
    """Forward and backward sums over all sentences at once, the longest first, so that the shorter drop out.

    Args:
        weights: log-weight of each label per word of the row.
        breaks: which words are breaks; nobody is named there.
        moves: log-weight of going from one label to the next.

    Returns:
        Both sums per word and label; and the weights they were made of, no longer logarithms. Sentences are short
        enough for sums that are not scaled.
    """
    odds = np.exp((weights - weights.max(axis=1, keepdims=True)).astype(np.float64))
    odds[breaks] = np.arange(odds.shape[1]) == NOBODY
    steps = np.exp(moves.astype(np.float64))
    forward, backward = odds.copy(), np.ones_like(odds)
    turns = list(_turns(breaks))
    for here in turns:
        forward[here] = (forward[here - 1] @ steps) * odds[here]
    for here in reversed(turns):
        backward[here] = (odds[here + 1] * backward[here + 1]) @ steps.T
    return forward, backward, odds


def normal(rows: Floats) -> Floats:
    """Rows that add up to one."""
    total: Floats = rows / rows.sum(axis=1, keepdims=True)
    return total


def _turns(breaks: npt.NDArray[np.bool_]) -> Iterator[npt.NDArray[np.int64]]:
    """The places of the first words of all sentences, of the second ones, and so on."""
    at = np.flatnonzero(breaks)
    sizes = np.diff(at) - 1
    order = np.argsort(-sizes, kind="stable")
    first, sizes = at[:-1][order] + 1, sizes[order]
    for turn in range(int(sizes[0]) if len(sizes) else 0):
        yield first[: np.searchsorted(-sizes, -turn)] + turn
