"""International bank account numbers (ISO 13616), written with or without spaces."""

import numpy as np
import polars as pl

from igmap.inventory.detectors.detector import Detector

LENGTHS = {
    "NL": 18,
    "BE": 16,
    "DE": 22,
    "FR": 27,
    "LU": 20,
    "GB": 22,
    "ES": 24,
    "IT": 27,
    "PL": 28,
    "TR": 26,
    "AT": 20,
    "CH": 21,
    "PT": 25,
}
SHORTEST, LONGEST = 15, 34


def passes_mod_97(candidates: pl.Series) -> pl.Series:
    """Whether the length fits the country and the number is 1 modulo 97 (ISO 7064)."""
    plain = candidates.str.replace_all(" ", "", literal=True).str.to_uppercase()
    sizes = plain.str.len_bytes()
    due = plain.str.slice(0, 2).replace_strict(LENGTHS, default=None, return_dtype=pl.UInt32).fill_null(sizes)
    fits = (sizes == due) & sizes.is_between(SHORTEST, LONGEST) & plain.str.contains(r"^[A-Z0-9]+$")
    turned = (plain.str.slice(4) + plain.str.slice(0, 4)).set(~fits, "").str.pad_start(LONGEST, " ")
    codes = np.frombuffer("".join(turned).encode(), np.uint8).reshape(-1, LONGEST).astype(np.int64)
    remainder = np.zeros(len(codes), np.int64)
    for column in codes.T:
        letter = column >= ord("A")
        number = np.where(letter, column - 55, column - 48)
        remainder = np.where(column == ord(" "), 0, (remainder * np.where(letter, 100, 10) + number) % 97)
    return pl.Series(remainder == 1) & fits


DETECTOR = Detector(
    id="iban",
    category="bank_account",
    pattern=r"(?i)\b[A-Z]{2}\d{2}(?: ?[A-Z]{4} ?\d{4} ?\d{4} ?\d{2}\b|(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b)",
    valid=passes_mod_97,
    noise=0.2,
)
