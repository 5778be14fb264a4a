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
NO_CHECK = ["00", "01", "99"]  # the same remainders as 97, 98 and 02, and never given out
UPPER = bytes(range(256)).upper()
DUTCH = r"^NL[0-9]{2}[A-Z]{4}[0-9]{10}$"


def passes_mod_97(candidates: pl.Series) -> pl.Series:
    """Whether the country is in the registry, the length is its own, and the number is 1 modulo 97 (ISO 7064).

    Of a Dutch one the bank is not looked up: new banks come, and whatever passes is no accident.
    """
    fits = candidates.str.contains(DUTCH)
    at = (~fits).arg_true()
    if not len(at):
        return _is_sound(candidates)
    plain = _plain(candidates.gather(at))
    due = plain.str.slice(0, 2).replace_strict(ABROAD, default=0, return_dtype=pl.UInt32)
    abroad = (plain.str.len_bytes() == due) & plain.str.contains(r"^[A-Z]{2}[0-9]{2}[A-Z0-9]+$")
    fits = fits.scatter(at, plain.str.contains(DUTCH) | abroad)
    return fits & _is_sound(candidates.clone().scatter(at, plain).set(~fits, ""))


def _plain(dressed: pl.Series) -> pl.Series:
    """In capitals, without blanks, dots and hyphens."""
    is_ascii = (dressed.str.len_bytes() == dressed.str.len_chars()).all()
    plain = without(dressed, b" .-", UPPER) if is_ascii else None
    return dressed.str.replace_all("[ .-]", "").str.to_uppercase() if plain is None else plain


def _is_sound(plain: pl.Series) -> pl.Series:
    return passes_97(plain, first=4) & ~plain.str.slice(2, 2).is_in(NO_CHECK)


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
