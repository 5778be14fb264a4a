"""Check digits over many candidates at a time."""

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from igmap.engine.columns import series

Digits = npt.NDArray[np.int64]
LONGEST_LUHN, LONGEST_97 = 20, 36
VALUES = np.array([code - (55 if code >= ord("A") else 48) for code in range(128)], np.int8)
COUNTED = np.maximum(VALUES, 0).astype(np.int64)  # a space counts nothing
TIMES = np.array([100 if value > 9 else 10 if value >= 0 else 1 for value in VALUES])  # noqa: PLR2004 - a letter counts two digits
AT_ONCE = 7  # characters after which a number below 97 still fits in 64 bits
NO_DIGITS = bytes(sign for sign in range(256) if sign not in b"0123456789\n")


def digits(candidates: pl.Series) -> pl.Series:
    """The digits of each candidate, everything else removed."""
    kept = without(candidates, NO_DIGITS)
    return candidates.str.replace_all("[^0-9]", "") if kept is None else kept


def without(candidates: pl.Series, signs: bytes, written: bytes | None = None) -> pl.Series | None:
    """Each candidate without some signs, many times as fast as by a pattern; None where one holds a line end.

    Args:
        candidates: texts, none of them null.
        signs: bytes that are left out.
        written: what every byte becomes, 256 of them; by default itself.
    """
    lines = candidates.str.join("\n").item().encode()
    if lines.count(b"\n") != len(candidates) - 1:  # or there is none at all
        return None
    kept = lines.translate(written, signs)
    if kept == lines:
        return candidates
    ends = np.flatnonzero(np.frombuffer(kept + b"\n", np.uint8) == ord("\n")) - np.arange(len(candidates))
    offsets = np.append(0, ends).astype(np.int64)
    held = map(pa.py_buffer, (offsets, kept.replace(b"\n", b"")))
    return series(pa.LargeStringArray.from_buffers(len(candidates), *held)).alias(candidates.name)


def characters(texts: pl.Series, length: int) -> Digits:
    """One row per text of its characters: 0-9 as themselves, A-Z from 10 (ISO 7064), a space as -16.

    Args:
        texts: ASCII, of that length once cut off and filled up with spaces at the left.
        length: of each row.
    """
    return _values(texts, length).astype(np.int64)


def _values(texts: pl.Series, length: int) -> npt.NDArray[np.int8]:
    return VALUES[_codes(texts, length)]


def _codes(texts: pl.Series, length: int, *, behind: bool = False) -> npt.NDArray[np.uint8]:
    """One row per text of its bytes, cut off and filled up, before or behind them, where it has others than so many."""
    if not (texts.str.len_bytes() == length).all():
        cut = texts.str.slice(0, length).str
        texts = cut.pad_end(length, " ") if behind else cut.pad_start(length, " ")
    return np.frombuffer(texts.str.join("").item().encode(), np.uint8).reshape(-1, length)


def weighted(numbers: pl.Series, weights: list[int], modulus: int, remainder: int = 0) -> pl.Series:
    """Whether the weighted sum of the digits leaves the remainder; false for other lengths and for zeros only.

    Args:
        numbers: digits only.
        weights: one per digit, the check digit's among them.
        modulus: of the sum.
        remainder: that a sound number leaves.
    """
    fits = (numbers.str.len_bytes() == len(weights)).to_numpy().copy()
    rows = _codes(numbers.filter(pl.Series(fits)), len(weights)) & 15  # of a digit's code
    total = sum(weight * column.astype(np.int64) for weight, column in zip(weights, rows.T, strict=True))
    fits[fits] = (total % modulus == remainder) & rows.any(1)
    return pl.Series(fits)


def passes_luhn(candidates: pl.Series) -> pl.Series:
    """Whether the last digit is the Luhn check digit (ISO/IEC 7812-1)."""
    rows = characters(digits(candidates).str.zfill(LONGEST_LUHN), LONGEST_LUHN)
    doubled = rows[:, ::2] * 2
    return pl.Series((rows[:, 1::2].sum(1) + (doubled - 9 * (doubled > 9)).sum(1)) % 10 == 0)  # noqa: PLR2004 - digit sum


def passes_97(texts: pl.Series, *, first: int = 0) -> pl.Series:
    """Whether the number, letters counted from 10, is 1 modulo 97 (ISO 7064).

    Args:
        texts: digits and capitals, at most 36 of them.
        first: with which character the number begins; those before it stand behind the others.
    """
    longest = min(int(texts.str.len_bytes().to_numpy().max(initial=1)), LONGEST_97)
    columns = np.ascontiguousarray(_codes(texts, longest, behind=True).T)
    remainder = np.zeros(len(texts), np.int64)
    for place, column in enumerate([*columns[first:], *columns[:first]], 1):
        remainder *= TIMES.take(column)
        remainder += COUNTED.take(column)
        if place % AT_ONCE == 0 or place == longest:
            remainder %= 97
    return pl.Series(remainder == 1)


def passes_11_10(numbers: pl.Series, length: int) -> pl.Series:
    """Whether the last digit is the check digit of ISO 7064 modulus 11, 10.

    Args:
        numbers: digits only.
        length: that a sound number has.
    """
    fits = numbers.str.len_bytes() == length
    carried = np.full(len(numbers), 5)
    for column in characters(numbers.set(~fits, "0" * length), length).T:
        carried = (np.where(carried == 0, 10, carried) * 2 % 11 + column) % 10
    return pl.Series(carried == 1) & fits
