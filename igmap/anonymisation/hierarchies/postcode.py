"""Dutch postcodes, cut from the right: 1234 AB, 1234, 123x, 12xx, 1xxx."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from igmap.errors import HierarchyError

DUTCH = r"^([1-9]\d{3})\s*(?:[A-Za-z]{2})?$"


def postcode(field: str, values: pl.Series, settings: Mapping[str, Any]) -> list[pl.Series]:
    """The four levels above a Dutch postcode, `{postcode: nl}`.

    Args:
        field: the column.
        values: distinct values, no blanks.
        settings: `postcode` = nl, the only country so far.

    Raises:
        HierarchyError: another country, or a value that is not a Dutch postcode.
    """
    if settings["postcode"] != "nl":
        raise HierarchyError(f"column {field!r}: only Dutch postcodes are known; write {{postcode: nl}} or use a file")
    digits = values.str.strip_chars().str.extract(DUTCH)
    if unread := digits.null_count():
        raise HierarchyError(
            f"column {field!r}: {unread} of its {len(values)} values are not Dutch postcodes; correct them, or "
            "give the column a hierarchy from a file"
        )
    return [digits, *(digits.str.head(kept) + "x" * (4 - kept) for kept in (3, 2, 1))]
