"""Many texts with what each is made of, so that a pattern is tried only where it can match.

One pass over the bytes tells which kinds of character a text holds; comparing those costs a hundredth of a pattern.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import polars as pl
import pyarrow as pa

from igmap.engine.columns import series
from igmap.vocabulary.patterns import tried

KINDS = "Aé@.:-/,"  # a letter of any script, a character beyond ASCII; the others stand for themselves
KINDS += "9 $=+%\\("  # a digit, a space or line end, a bracket of either kind, and signs that few texts hold
BITS = {kind: np.uint16(1 << position) for position, kind in enumerate(KINDS)}


def _kinds_of_bytes() -> np.ndarray:
    kinds = np.zeros(256, np.uint16)
    for kind, bit in BITS.items():
        kinds[ord(kind) if kind.isascii() else 0] |= bit
    kinds[0] = 0
    kinds[ord("9")] = kinds[ord("A")] = 0
    kinds[ord("0") : ord("9") + 1] |= BITS["9"]
    for first, last in ("AZ", "az"):
        kinds[ord(first) : ord(last) + 1] |= BITS["A"]
    kinds[128:] |= BITS["A"] | BITS["é"]
    kinds[ord("\n")] |= BITS[" "]
    kinds[ord("[")] |= BITS["("]
    return kinds


KINDS_OF_BYTES = _kinds_of_bytes()
BLOCK = 1 << 18  # bytes that are read at a time
WORD = 64  # bits of a word of the machine
BELOW = np.array([(1 << bit) - 1 for bit in range(WORD)], np.uint64)  # by bit, all those below it


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts and what they are made of.

    Args:
        values: the texts, none of them null.
        kinds: of each text the kinds of characters it holds, a bit per kind.
        digits: of each text how many ASCII digits it has.
        words: of each text how many words, as spaces and line ends tell.
        sizes: of each text its bytes.
    """

    values: pl.Series
    kinds: np.ndarray
    digits: np.ndarray
    words: np.ndarray
    sizes: np.ndarray

    @classmethod
    def of(cls, values: pa.Array | pa.ChunkedArray) -> "Texts":
        """Read the bytes of an Arrow array of strings once.

        Example:
            >>> texts = Texts.of(pa.array(["06-12345678", "Jan de Wit"]))
            >>> texts.holding("-", digits=10).tolist(), texts.words.tolist()
            ([0], [1, 3])
        """
        array = pa.concat_arrays(values.chunks) if isinstance(values, pa.ChunkedArray) else values
        if not len(array):
            return cls(pl.Series("value", dtype=pl.String), *[np.zeros(0, np.int64)] * 4)
        _, offsets, content = array.buffers()
        wide = np.int64 if pa.types.is_large_string(array.type) else np.int32
        ends = np.frombuffer(offsets, wide)[array.offset : array.offset + len(array) + 1].astype(np.int64)
        held = memoryview(content or b"")
        cuts = np.searchsorted(ends, np.arange(ends[0] + BLOCK, ends[-1], BLOCK)).tolist()
        bounds = sorted({0, *cuts, len(array)})
        told = [_made_of(held, ends[first : last + 1]) for first, last in pairwise(bounds)]
        kinds, digits, words = (np.concatenate(some) for some in zip(*told, strict=True))
        return cls(series(array).rename("value"), kinds, digits, words, np.diff(ends))

    def holding(
        self, needs: str = "", *, digits: int = 0, lacks: str = "", among: np.ndarray | None = None
    ) -> np.ndarray:
        """The positions of texts that a pattern may match.

        Args:
            needs: kinds of characters that the text must hold, all of them; `|` stands between alternatives.
            digits: the least number of digits.
            lacks: kinds that it may not hold.
            among: true for those that may be asked; all by default.
        """
        fits = np.zeros(len(self.kinds), bool)
        for kinds in needs.split("|"):
            needed, barred = (sum(int(BITS[kind]) for kind in set(ones)) for ones in (kinds, lacks))
            fits |= (self.kinds & np.uint16(needed | barred)) == np.uint16(needed)
        if digits:
            fits &= self.digits >= digits
        if among is not None:
            fits &= among
        return np.flatnonzero(fits)

    def part(self, positions: np.ndarray) -> "Texts":
        """The texts at the positions, as if there were no others."""
        told = (held[positions] for held in (self.kinds, self.digits, self.words, self.sizes))
        return Texts(self.at(positions), *told)

    def at(self, positions: np.ndarray) -> pl.Series:
        """The texts at the positions."""
        return self.values[pl.Series(positions.astype(np.uint32))]

    def matching(self, pattern: str, positions: np.ndarray) -> np.ndarray:
        """Those of the positions whose text matches a pattern."""
        if not len(positions):
            return positions
        found: np.ndarray = positions[tried(self.at(positions), "contains", pattern).to_numpy()]
        return found


def _made_of(held: memoryview, ends: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The kinds, digits and words of each text of a few; `ends` is where each ends, where the first begins before them.

    Few are read at a time, so that what is reckoned with stays in a core's cache.
    """
    content = held[ends[0] : ends[-1]]
    data = np.frombuffer(b"".join((content, bytes(WORD - len(content) % WORD))), np.uint8)  # zeros are of no kind
    ends = ends - ends[0]
    kinds = np.bitwise_or.reduceat(KINDS_OF_BYTES.take(data), ends[:-1])
    kinds[ends[1:] == ends[:-1]] = 0
    is_digit, is_space = data - np.uint8(ord("0")) < 10, (data == ord(" ")) | (data == ord("\n"))  # noqa: PLR2004 - digits
    digits, spaces = _counted((is_digit, is_space), ends)
    return kinds, digits.astype(np.int32), (spaces + 1).astype(np.int32)


def _counted(of: Sequence[np.ndarray], ends: np.ndarray) -> Iterator[np.ndarray]:
    """How many bytes of each text have each of some signs, counted a word of the machine at a time."""
    word, below = ends >> 6, BELOW.take(ends & 63)
    for signs in of:
        bits = np.packbits(signs, bitorder="little").view(np.uint64)
        held = np.bitwise_count(bits)
        before = np.cumsum(held, dtype=np.int64) - held
        yield np.diff(before.take(word) + np.bitwise_count(bits.take(word) & below))
