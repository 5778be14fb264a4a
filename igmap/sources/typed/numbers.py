"""Text as numbers: whether a point or a comma stands before the decimals is for the column as a whole to show."""

from collections.abc import Mapping

import polars as pl

FORMS = {
    "whole": r"^[-+]?\d{1,15}$",
    "small": r"^[-+]?\d{1,3}$",
    "point": r"^[-+]?(?:\d{1,15}\.(?:\d\d?|\d{4,})|(?:0\d{0,14}|\d{4,15})\.\d+)$",  # surely before decimals
    "comma": r"^[-+]?(?:\d{1,15},(?:\d\d?|\d{4,})|(?:0\d{0,14}|\d{4,15}),\d+)$",
    "points": r"^[-+]?[1-9]\d{0,2}(?:\.\d{3})+$",
    "commas": r"^[-+]?[1-9]\d{0,2}(?:,\d{3})+$",
    "points, comma": r"^[-+]?[1-9]\d{0,2}(?:\.\d{3})+,\d+$",
    "commas, point": r"^[-+]?[1-9]\d{0,2}(?:,\d{3})+\.\d+$",
}
NOTATIONS = {
    "point": r"^([-+]?(?:\d{1,15}|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?)$",
    "comma": r"^([-+]?(?:\d{1,15}|[1-9]\d{0,2}(?:\.\d{3})+)(?:,\d+)?)$",
}
PATTERNS = FORMS | {f"as {notation}": pattern for notation, pattern in NOTATIONS.items()}
MARKS = {"point": (".", ","), "comma": (",", ".")}  # of the decimals, of the thousands


def count_forms(values: pl.Series, rows: pl.Series) -> dict[str, int]:
    """The records per form in which numbers are written, and per notation; one that fits two (1.000) counts in both.

    Args:
        values: distinct texts.
        rows: records that hold them.
    """
    plain = values.str.strip_chars()
    return {form: int(rows.filter(plain.str.contains(pattern)).sum()) for form, pattern in PATTERNS.items()}


def notation_of(forms: Mapping[str, int]) -> str | None:
    """`point` or `comma`, by what stands before the decimals in a column; None when it can be read in two ways.

    Points part the thousands where a comma stands before the decimals (1.234,50), or where every number that is not
    below 1000 is written so (1.000); beside 1.5 nobody knows what 1.000 is. The same for commas, but 1,234 alone may
    be either.
    """
    pointed, commaed = forms["point"] + forms["commas, point"], forms["comma"] + forms["points, comma"]
    if commaed and not (pointed or forms["commas"]):
        return "comma"
    if pointed and not (commaed or forms["points"]):
        return "point"
    if forms["points"] and not (pointed or forms["commas"]) and forms["whole"] == forms["small"]:
        return "comma"
    return None if any(forms[form] for form in FORMS if form not in {"whole", "small"}) else "point"


def read_numbers(values: pl.Series, notation: str | None) -> pl.Series:
    """The values as numbers, null where one is not a number or the notation is not known.

    Args:
        values: texts.
        notation: what stands before the decimals: `point` or `comma`.
    """
    if notation is None:
        return pl.Series(values.name, [None] * len(values), pl.Float64)
    decimal, thousands = MARKS[notation]
    fits = values.str.strip_chars().str.extract(NOTATIONS[notation])
    plain = fits.str.replace_all(thousands, "", literal=True).str.replace(decimal, ".", literal=True)
    return plain.cast(pl.Float64, strict=False)


def as_numbers(values: pl.Series) -> pl.Series:
    """The values of a column as numbers, null where one is not a number; all null when they can be read in two ways.

    Example:
        >>> as_numbers(pl.Series(["1.234,50", "7"])).to_list()
        [1234.5, 7.0]
    """
    return read_numbers(values, notation_of(count_forms(values, pl.repeat(1, len(values), eager=True))))
