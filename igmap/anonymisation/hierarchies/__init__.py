"""Generalisation hierarchies: one builder per file, all of them with fixed bounds that do not follow the data."""

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl

from igmap.anonymisation.hierarchies.categorical import categorical
from igmap.anonymisation.hierarchies.dates import as_dates, dates
from igmap.anonymisation.hierarchies.from_file import from_file
from igmap.anonymisation.hierarchies.hierarchy import ANYTHING, Hierarchy, lay_out
from igmap.anonymisation.hierarchies.intervals import intervals
from igmap.anonymisation.hierarchies.postcode import postcode
from igmap.errors import HierarchyError, nearest

__all__ = ["ANYTHING", "BUILDERS", "Hierarchy", "as_dates", "build_hierarchy"]

Builder = Callable[[str, pl.Series, Mapping[str, Any]], list[pl.Series]]
BUILDERS: dict[str, Builder] = {
    "file": from_file,
    "intervals": intervals,
    "date": dates,
    "postcode": postcode,
    "categorical": categorical,
}
SETTINGS = {"bottom", "top", "notation"}


def build_hierarchy(field: str, values: pl.Series, settings: Mapping[str, Any]) -> Hierarchy:
    """The hierarchy of a column over its distinct values.

    Args:
        field: the column, as the inventory shows it.
        values: its distinct values; a null stands for the blanks.
        settings: one builder with what it needs, such as `{postcode: nl}`; see BUILDERS.

    Raises:
        HierarchyError: an unknown builder, or the builder cannot place every value.

    Example:
        >>> build_hierarchy("age", pl.Series(["31", "38", None]), {"intervals": [5, 10]}).labels[0].tolist()
        ['31', '30-34', '30-39', '*']
    """
    known = BUILDERS.keys() | SETTINGS
    if strange := [key for key in settings if key not in known]:
        raise HierarchyError(f"column {field!r}: unknown hierarchy {strange[0]!r}{nearest(strange[0], known)}")
    chosen = [key for key in settings if key in BUILDERS]
    if len(chosen) != 1:
        raise HierarchyError(f"column {field!r}: needs exactly one hierarchy out of {', '.join(BUILDERS)}")
    return lay_out(field, values, BUILDERS[chosen[0]](field, values.drop_nulls(), settings))
