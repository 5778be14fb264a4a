"""Texts as numbers and dates, in every way that they can be read: a step is right if it is right in one of them."""

from collections.abc import Iterator

import polars as pl

NUMBERS = {
    "point": (r"^([-+]?(?:\d*|\d{1,3}(?:,\d{3})+)(?:\.\d+)?)$", ",", "."),
    "comma": (r"^([-+]?(?:\d*|\d{1,3}(?:\.\d{3})+)(?:,\d+)?)$", ".", ","),
}
PARTS = {"day_first": (0, 1), "month_first": (1, 0)}
MONTHS = ["jan", "feb|fev|fév", "ma[ar]|mrt|mär", "apr|avr", "may|mei|mai", "jun|juin", "jul|juil", "aug|aoû", "sep"]
MONTHS += ["o[ck]t", "nov", "d[eé][cz]"]


def numbers(texts: pl.Series, notation: str = "") -> Iterator[pl.Series]:
    """The texts as numbers, null where they are none, by what may stand before the decimals."""
    for name in [notation] if notation in NUMBERS else NUMBERS:
        pattern, thousands, decimal = NUMBERS[name]
        fits = texts.str.strip_chars().str.extract(pattern)
        plain = fits.str.replace_all(thousands, "", literal=True).str.replace(decimal, ".", literal=True)
        yield plain.str.strip_prefix("+").cast(pl.Float64, strict=False)


def dates(texts: pl.Series, notation: str = "") -> Iterator[pl.Series]:
    """The texts as dates, null where they are none, the day or the month first where figures leave it open."""
    plain = texts.str.strip_chars().str.to_lowercase()
    sure = (
        plain.str.extract(r"^(\d{4}-?\d{2}-?\d{2})(?:\D|$)")
        .str.replace_all("-", "")
        .str.to_date("%Y%m%d", strict=False)
    )
    year_first = plain.str.extract(r"^(\d{4}[-/. ]\d{1,2}[-/. ]\d{1,2})(?:\D|$)").str.replace_all(r"[/. ]", "-")
    sure = sure.zip_with(sure.is_not_null(), year_first.str.to_date("%Y-%m-%d", strict=False))
    named = _month_names(plain)
    spoken = _in_order(named, "day_first").set(named == plain, None)
    sure = sure.zip_with(sure.is_not_null(), spoken)
    for order in [notation] if notation in PARTS else PARTS:
        read = _in_order(plain, order)
        yield sure.zip_with(sure.is_not_null(), read)


def _in_order(texts: pl.Series, order: str) -> pl.Series:
    parts = [texts.str.extract(r"^(\d{1,2})[-/. ]+(\d{1,2})[-/., ]+(\d{4})(?:\D|$)", at) for at in (1, 2, 3)]
    day, month = (parts[at].str.zfill(2) for at in PARTS[order])
    return (parts[2] + month + day).str.to_date("%Y%m%d", strict=False)


def _month_names(texts: pl.Series) -> pl.Series:
    for number, name in enumerate(MONTHS, start=1):
        texts = texts.str.replace(rf"\b(?:{name})\pL*\.?", f"{number}")
    return texts
