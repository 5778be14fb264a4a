"""International bank account numbers (ISO 13616), written with or without spaces."""

import polars as pl

from igmap.inventory.detectors.detector import Detector

LENGTHS = {"NL": 18, "BE": 16, "DE": 22, "FR": 27, "LU": 20, "GB": 22, "ES": 24, "IT": 27, "PL": 28, "TR": 26, "AT": 20, "CH": 21, "PT": 25}
SHORTEST, LONGEST = 15, 34


def passes_mod_97(candidates: pl.Series) -> pl.Series:
    """Whether the length fits the country and the number is 1 modulo 97 (ISO 7064)."""
    return pl.Series([_is_iban(text.replace(" ", "").upper()) for text in candidates], dtype=pl.Boolean)


def _is_iban(text: str) -> bool:
    if not SHORTEST <= len(text) <= LONGEST or LENGTHS.get(text[:2], len(text)) != len(text):
        return False
    return int("".join(str(int(letter, 36)) for letter in text[4:] + text[:4])) % 97 == 1


DETECTOR = Detector(
    id="iban",
    category="bank_account",
    pattern=r"(?i)\b[A-Z]{2}\d{2}(?: ?[A-Z]{4} ?\d{4} ?\d{4} ?\d{2}\b|(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b)",
    valid=passes_mod_97,
    noise=0.2,
)
