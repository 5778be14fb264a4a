"""Check digits over many candidates at a time."""

import numpy as np
import numpy.typing as npt
import polars as pl

Digits = npt.NDArray[np.int64]
LONGEST_LUHN, LONGEST_97 = 20, 36
VALUES = np.array([code - (55 if code >= ord("A") else 48) for code in range(128)], np.int8)
TIMES = np.array([10] * 10 + [100] * 118 + [0] * 128, np.int32)  # by value: a letter counts two digits, a space none


def digits(candidates: pl.Series) -> pl.Series:
    """The digits of each candidate, everything else removed."""
    marked = candidates.str.contains("[^0-9]")
    return candidates.str.replace_all("[^0-9]", "") if marked.any() else candidates


def characters(texts: pl.Series, length: int) -> Digits:
    """One row per text of its characters: 0-9 as themselves, A-Z from 10 (ISO 7064), a space as -16.

    Args:
        texts: ASCII, of that length once cut off and filled up with spaces at the left.
        length: of each row.
    """
    return _values(texts, length).astype(np.int64)


def _values(texts: pl.Series, length: int) -> npt.NDArray[np.int8]:
    cut = texts.str.slice(0, length).str.pad_start(length, " ").str.join("").item()
    return VALUES[np.frombuffer(cut.encode(), np.uint8).reshape(-1, length)]


def weighted(numbers: pl.Series, weights: list[int], modulus: int, remainder: int = 0) -> pl.Series:
    """Whether the weighted sum of the digits leaves the remainder; false for other lengths and for zeros only.

    Args:
        numbers: digits only.
        weights: one per digit, the check digit's among them.
        modulus: of the sum.
        remainder: that a sound number leaves.
    """
    fits = (numbers.str.len_bytes() == len(weights)) & (numbers != "0" * len(weights))
    left = numbers.set(~fits, "0").cast(pl.Int64).to_numpy()
    total = np.zeros(len(left), np.int64)
    for weight in reversed(weights):
        left, digit = np.divmod(left, 10)
        total += weight * digit
    return pl.Series(total % modulus == remainder) & fits


def passes_luhn(candidates: pl.Series) -> pl.Series:
    """Whether the last digit is the Luhn check digit (ISO/IEC 7812-1)."""
    rows = characters(digits(candidates).str.zfill(LONGEST_LUHN), LONGEST_LUHN)
    doubled = rows[:, ::2] * 2
    return pl.Series((rows[:, 1::2].sum(1) + (doubled - 9 * (doubled > 9)).sum(1)) % 10 == 0)  # noqa: PLR2004 - digit sum


def passes_97(texts: pl.Series) -> pl.Series:
    """Whether the number, letters counted from 10, is 1 modulo 97 (ISO 7064).

    Args:
        texts: digits and capitals, at most 36 of them.
    """
    longest = min(int(texts.str.len_bytes().to_numpy().max(initial=1)), LONGEST_97)
    remainder = np.zeros(len(texts), np.int32)
    for column in np.ascontiguousarray(_values(texts, longest).T):
        remainder = (remainder * TIMES[column] + np.maximum(column, 0)) % 97
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
