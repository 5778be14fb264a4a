"""Many texts with what each is made of, so that a pattern is tried only where it can match.

One pass over the bytes tells which kinds of character a text holds; comparing those costs a hundredth of a pattern.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
import pyarrow as pa

from igmap.engine.columns import series

KINDS = (
    "9Aé@.:-/$=+%\\ ,("  # a digit, a letter of any script, a character beyond ASCII; the others stand for themselves
)
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
LOW = np.int64(2**32 - 1)
COUNTS_OF_BYTES = (KINDS_OF_BYTES & BITS["9"] > 0) + (
    (KINDS_OF_BYTES & BITS[" "] > 0) << np.int64(32)
)  # two counts in one


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
        array = array if array.type == pa.large_string() else array.cast(pa.large_string())
        if not len(array):
            return cls(pl.Series("value", dtype=pl.String), *[np.zeros(0, np.int64)] * 4)
        _, starts, content = array.buffers()
        ends = np.frombuffer(starts, np.int64)[array.offset : array.offset + len(array) + 1]
        data = np.frombuffer(content or b"\0", np.uint8)[: ends[-1] or 1]
        first, sizes = np.minimum(ends[:-1], len(data) - 1), np.diff(ends)
        kinds = np.where(sizes, np.bitwise_or.reduceat(KINDS_OF_BYTES[data], first), 0)
        counts = np.where(sizes, np.add.reduceat(COUNTS_OF_BYTES[data], first), 0)
        return cls(series(array).rename("value"), kinds, counts & LOW, (counts >> 32) + 1, sizes)

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

    def at(self, positions: np.ndarray) -> pl.Series:
        """The texts at the positions."""
        return self.values[pl.Series(positions, dtype=pl.UInt32)]

    def matching(self, pattern: str, positions: np.ndarray) -> np.ndarray:
        """Those of the positions whose text matches a pattern."""
        if not len(positions):
            return positions
        found: np.ndarray = positions[self.at(positions).str.contains(pattern).to_numpy()]
        return found
