"""Text of which only the beginning or the end stays: postcodes, codes, numbers."""

import polars as pl

from igmap.anonymisation.hierarchies.column import Column, whole
from igmap.anonymisation.hierarchies.hierarchy import ANYTHING

SIDES = ["right", "left"]
LONGEST = 100
# What stands in a postcode of a country that is cut from the right; how long it is; what its values are called.
COUNTRIES = {
    "nl": (r"^([1-9]\d{3})\s*(?:[A-Za-z]{2})?$", 4, "Dutch"),
    "be": (r"^(?:[Bb]-?\s*)?([1-9]\d{3})$", 4, "Belgian"),
    "lu": (r"^(?:[Ll]-?\s*)?([1-9]\d{3})$", 4, "Luxembourg"),
    "at": (r"^(?:[Aa]-?\s*)?([1-9]\d{3})$", 4, "Austrian"),
    "ch": (r"^(?:[Cc][Hh]-?\s*)?([1-9]\d{3})$", 4, "Swiss"),
    "de": (r"^(?:[Dd]-?\s*)?(\d{5})$", 5, "German"),
    "fr": (r"^(?:[Ff]-?\s*)?(\d{5})$", 5, "French"),
    "es": (r"^([0-5]\d{4})$", 5, "Spanish"),
    "it": (r"^(\d{5})$", 5, "Italian"),
    "us": (r"^(\d{5})(?:-\d{4})?$", 5, "American"),
}


def postcode(column: Column) -> list[pl.Series]:
    """The digits of a postcode, then cut from the right: `{postcode: nl}` gives 1234, 123x, 12xx and 1xxx.

    Raises:
        HierarchyError: a country that is not known, or a value that is no postcode of it.
    """
    pattern, length, called = COUNTRIES[column.word("postcode", COUNTRIES)]
    digits = column.placed(
        column.values.str.strip_chars().str.extract(pattern),
        f"are not {called} postcodes; correct them, or give the column a hierarchy from a file",
    )
    cut = [(digits.str.head(kept) + "x" * (length - kept)).alias(f"kept:{kept}") for kept in range(length - 1, 0, -1)]
    return [digits.alias(f"kept:{length}"), *cut]


def mask(column: Column) -> list[pl.Series]:
    """So many characters that stay, level by level: `{mask: [4, 2]}` makes ABC123 into ABC1* and AB***.

    The labels are all of one length: `length`, else one more than stays. So the length shows only of a value that is
    shorter than what stays.
    `side: left` hides the beginning. Spaces around a value do not count.

    Raises:
        HierarchyError: numbers that do not go down, or a length that does not exceed the first.
    """
    kept, side = column.each("mask", whole), column.word("side", SIDES, "right")
    length = column.each("length", whole)[0] if "length" in column.settings else max(kept) + 1
    if kept != sorted(set(kept), reverse=True) or not kept[0] < length <= LONGEST:
        told = f"such as [4, 2, 1], and 'length' be more than the first of it and at most {LONGEST}"
        raise column.wrong(f"'mask' must go down, {told}")
    plain = column.values.str.normalize("NFC").str.strip_chars()
    if side == "left":
        full = plain.str.pad_start(length, ANYTHING)
        return [(ANYTHING * (length - stay) + full.str.tail(stay)).alias(f"kept:{stay}") for stay in kept]
    full = plain.str.pad_end(length, ANYTHING)
    return [(full.str.head(stay) + ANYTHING * (length - stay)).alias(f"kept:{stay}") for stay in kept]
