"""Many texts with what each is made of, so that a pattern is tried only where it can match.

One pass over the bytes tells which kinds of character a text holds; comparing those costs a hundredth of a pattern.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
import pyarrow as pa

from igmap.engine.columns import series
from igmap.vocabulary.patterns import tried

KINDS = "Aé@.:-/,"  # a letter of any script, a character beyond ASCII; the others stand for themselves
KINDS += "9 $=+%\\("  # a digit, a space or line end, and signs that few texts hold
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
    return kinds


KINDS_OF_BYTES = _kinds_of_bytes()
FREQUENT, FEW = (half.tobytes() for half in KINDS_OF_BYTES.view(np.uint8).reshape(-1, 2).T)  # `bytes.translate` is fast
WORD = 64  # bits of a word of the machine
DIGIT, SPACE = (np.uint8(BITS[kind] >> 8) for kind in "9 ")


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
        held = memoryview(content)[ends[0] : ends[-1]] if content else b""
        data = b"".join((held, bytes(WORD - len(held) % WORD)))  # zeros are of no kind
        ends -= ends[0]
        frequent, few = (np.frombuffer(data.translate(half), np.uint8) for half in (FREQUENT, FEW))
        digits, spaces = (_counted(few & kind, ends) for kind in (DIGIT, SPACE))
        kinds = _together(few & ~(DIGIT | SPACE), ends) << np.uint16(8) | _together(frequent, ends)
        kinds |= np.where(digits, BITS["9"], np.uint16(0)) | np.where(spaces, BITS[" "], np.uint16(0))
        return cls(series(array).rename("value"), kinds, digits, spaces + 1, np.diff(ends))

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
        found: np.ndarray = positions[tried(self.at(positions).str.contains, pattern).to_numpy()]
        return found


def _together(kinds: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """The kinds of all bytes of each text together; `ends` is where each ends, a zero before them."""
    if not kinds.any():
        return np.zeros(len(ends) - 1, np.uint16)
    held = np.bitwise_or.reduceat(kinds, ends[:-1]).astype(np.uint16)
    held[ends[1:] == ends[:-1]] = 0
    return held


def _counted(signs: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """How many bytes of each text have a sign, counted a word of the machine at a time."""
    if not signs.any():
        return np.zeros(len(ends) - 1, np.int64)
    bits = np.packbits(signs, bitorder="little").view(np.uint64)
    before = np.cumsum(np.bitwise_count(bits), dtype=np.int64) - np.bitwise_count(bits)
    word, rest = ends >> 6, (ends & 63).astype(np.uint64)
    within = np.bitwise_count(bits[word] & ((np.uint64(1) << rest) - np.uint64(1)))
    return np.diff(before[word] + within)
