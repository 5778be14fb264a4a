"""Value-added tax numbers of the Union; a sole trader's points at a person.

Source: Council Regulation (EU) 904/2010 and the forms in VIES; checksums as the tax authorities publish them.
"""

import polars as pl

from igmap.inventory.detectors.bsn import passes_eleven_test
from igmap.inventory.detectors.checksums import passes_11_10, passes_97, passes_luhn, weighted
from igmap.inventory.detectors.detector import Detector

FORMS = {
    "AT": r"U\d{8}", "BE": r"[01]\d{9}", "BG": r"\d{9,10}", "CY": r"\d{8}[A-Z]", "CZ": r"\d{8,10}", "DE": r"[1-9]\d{8}",
    "DK": r"\d{8}", "EE": r"\d{9}", "EL": r"\d{9}", "ES": r"[A-Z0-9]\d{7}[A-Z0-9]", "FI": r"\d{8}",
    "FR": r"[A-HJ-NP-Z0-9]{2}\d{9}", "HR": r"\d{11}", "HU": r"\d{8}", "IE": r"\d[A-Z0-9+*]\d{5}[A-W][A-I]?",
    "IT": r"\d{11}", "LT": r"\d{9}(?:\d{3})?", "LU": r"\d{8}", "LV": r"\d{11}", "MT": r"\d{8}", "NL": r"\d{9}B\d{2}",
    "PL": r"\d{10}", "PT": r"\d{9}", "RO": r"[1-9]\d{5,9}", "SE": r"\d{10}01", "SI": r"[1-9]\d{7}", "SK": r"\d{10}",
}  # fmt: skip
WEIGHTS: dict[str, tuple[list[int], int]] = {
    "DK": ([2, 7, 6, 5, 4, 3, 2, 1], 11), "FI": ([7, 9, 10, 5, 8, 4, 2, 1], 11),
    "PL": ([6, 5, 7, 2, 3, 4, 5, 6, 7, -1], 11),
    "HU": ([9, 7, 3, 1, 9, 7, 3, 1], 10), "EE": ([3, 7, 1, 3, 7, 1, 3, 7, 1], 10),
    "MT": ([3, 4, 6, 7, 8, 9, 10, 1], 37),
}  # fmt: skip


def is_tax_number(candidates: pl.Series) -> pl.Series:
    """Whether form and check digits are those of the country; where a country has no cheap checksum, the form."""
    plain = candidates.str.to_uppercase().str.replace_all("[ .-]", "")
    valid = plain.str.contains("^(?:" + "|".join(f"{country}{form}" for country, form in FORMS.items()) + ")$")
    for country in (*WEIGHTS, *OWN):
        places = (valid & plain.str.starts_with(country)).arg_true()
        if len(places):
            valid = valid.scatter(places, _checks(country, plain.gather(places).str.slice(2)))
    return valid


def _checks(country: str, numbers: pl.Series) -> pl.Series:
    return weighted(numbers, *WEIGHTS[country]) if country in WEIGHTS else OWN[country](numbers)


def _modulo(numbers: pl.Series, size: int, modulus: int) -> tuple[pl.Series, pl.Series]:
    """The remainder of the first digits, and the last two as a number."""
    return numbers.str.slice(0, size).cast(pl.Int64) % modulus, numbers.str.slice(size, 2).cast(pl.Int64)


def _belgian(numbers: pl.Series) -> pl.Series:
    remainder, check = _modulo(numbers, 8, 97)
    return 97 - remainder == check


def _of_luxembourg(numbers: pl.Series) -> pl.Series:
    remainder, check = _modulo(numbers, 6, 89)
    return remainder == check


def _dutch(numbers: pl.Series) -> pl.Series:
    """Of companies the eleven-test, of sole traders since 2020 the whole modulo 97."""
    named = passes_eleven_test(numbers.str.slice(0, 9)) | passes_97("NL" + numbers)
    return named & ~numbers.str.ends_with("B00") & ~numbers.str.starts_with("000000000")


OWN = {
    "IT": passes_luhn,
    "SE": lambda numbers: passes_luhn(numbers.str.slice(0, 10)),
    "DE": lambda numbers: passes_11_10(numbers, 9),
    "HR": lambda numbers: passes_11_10(numbers, 11),
    "BE": _belgian,
    "NL": _dutch,
    "LU": _of_luxembourg,
}

DETECTOR = Detector(
    id="tax_number",
    category="tax_number",
    rare=True,
    pattern=r"\b(?:AT|BE|BG|CY|CZ|D[EK]|E[ELS]|F[IR]|H[RU]|I[ET]|L[TUV]|MT|NL|P[LT]|RO|S[EIK])[ .-]?[A-Z0-9+*]{1,4}"
    r"(?:[ .-]?\d{2,4}){1,4}(?:[ .-]?B[ .-]?\d{2}|[A-Z0-9]{1,2})?\b|\bnl ?\d{9}b\d{2}\b",
    valid=is_tax_number,
    weight=5.0,
    chance=0.1,
    needs="9A",
    digits=6,
)
