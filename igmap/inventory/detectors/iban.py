"""International bank account numbers (ISO 13616), written with or without spaces, dots or hyphens."""

import polars as pl

from igmap.inventory.detectors.checksums import passes_97, without
from igmap.inventory.detectors.detector import Detector

COUNTRIES = {  # by length, of the IBAN registry (SWIFT, release 101)
    15: "NO", 16: "BE", 18: "DK FI FK FO GL NL SD", 19: "MK SI", 20: "AT BA EE KZ LT LU MN XK", 21: "CH HR LI LV",
    22: "BG BH CR DE GB GE IE ME RS VA", 23: "AE GI IL IQ OM SO TL", 24: "AD CZ ES MD PK RO SA SE SK TN VG",
    25: "LY PT ST", 26: "IS TR", 27: "BI DJ FR GR IT MC MR SM", 28: "AL AZ BY CY DO GT HN HU LB NI PL SV",
    29: "BR EG PS QA UA", 30: "JO KW MU YE", 31: "MT SC", 32: "LC", 33: "RU",
}  # fmt: skip
LENGTHS = {country: length for length, countries in COUNTRIES.items() for country in countries.split()}
ABROAD = {country: length for country, length in LENGTHS.items() if country != "NL"}
CHECK = "(?:0[2-9]|[1-8][0-9]|9[0-8])"  # 00, 01 and 99 leave the remainders of 97, 98 and 02, and are never given out
UPPER = bytes(range(256)).upper()
DUTCH = rf"^NL{CHECK}[A-Z]{{4}}[0-9]{{10}}$"


def passes_mod_97(candidates: pl.Series) -> pl.Series:
    """Whether the country is in the registry, the length is its own, and the number is 1 modulo 97 (ISO 7064).

    Of a Dutch one the bank is not looked up: new banks come, and whatever passes is no accident.
    """
    plain = _plain(candidates)
    fits = plain.str.contains(DUTCH)
    if at := (~fits).arg_true().to_list():
        others = plain.gather(at)
        due = others.str.slice(0, 2).replace_strict(ABROAD, default=0, return_dtype=pl.UInt32)
        fits = fits.scatter(at, (others.str.len_bytes() == due) & others.str.contains(rf"^[A-Z]{{2}}{CHECK}[A-Z0-9]+$"))
    return fits & passes_97(plain if fits.all() else plain.set(~fits, ""), first=4)


def _plain(dressed: pl.Series) -> pl.Series:
    """In capitals, without blanks, dots and hyphens."""
    is_ascii = (dressed.str.len_bytes() == dressed.str.len_chars()).all()
    plain = without(dressed, b" .-", UPPER) if is_ascii else None
    return dressed.str.replace_all("[ .-]", "").str.to_uppercase() if plain is None else plain


DETECTOR = Detector(
    id="iban",
    category="bank_account",
    pattern=r"(?i)\b[A-Z]{2}\d{2}(?:[ .-]?[A-Z]{4}[ .-]?\d{4}[ .-]?\d{4}[ .-]?\d{2}\b"
    r"|(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b)",
    valid=passes_mod_97,
    noise=0.2,
    needs="9A",
    digits=2,
)
