"""Generalisation hierarchies: one mechanism per file; all but `auto` have bounds that do not follow the data."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from igmap.anonymisation.hierarchies.automatic import automatic
from igmap.anonymisation.hierarchies.categorical import categorical
from igmap.anonymisation.hierarchies.column import Builder, Column
from igmap.anonymisation.hierarchies.dates import as_dates, dates
from igmap.anonymisation.hierarchies.from_file import from_file
from igmap.anonymisation.hierarchies.hierarchy import ANYTHING, Hierarchy, lay_out
from igmap.anonymisation.hierarchies.intervals import cuts, intervals
from igmap.anonymisation.hierarchies.listed import listed
from igmap.anonymisation.hierarchies.masking import mask, postcode
from igmap.anonymisation.hierarchies.neighbours import ordered
from igmap.anonymisation.hierarchies.taxonomy import taxonomy
from igmap.anonymisation.hierarchies.words import in_words
from igmap.errors import HierarchyError, nearest

__all__ = ["ANYTHING", "BUILDERS", "Hierarchy", "as_dates", "build_hierarchy", "in_words"]

BUILDERS: dict[str, Builder] = {
    "file": from_file,
    "list": listed,
    "groups": taxonomy,
    "order": ordered,
    "intervals": intervals,
    "cuts": cuts,
    "date": dates,
    "postcode": postcode,
    "mask": mask,
    "auto": automatic,
    "categorical": categorical,
}
SETTINGS = {
    "file": {"levels", "value"},
    "list": {"levels", "language"},
    "order": {"merge"},
    "intervals": {"bottom", "top"},
    "cuts": {"merge"},
    "date": {"notation"},
    "mask": {"side", "length"},
    "auto": {"language"},
}
MOST_UNKNOWN = 0.5  # share of the values beyond which a hierarchy is the wrong one


def build_hierarchy(
    field: str, values: pl.Series, settings: Mapping[str, Any], counts: pl.Series | None = None
) -> Hierarchy:
    """The hierarchy of a column over its distinct values.

    Args:
        field: the column, as the inventory shows it.
        values: its distinct values; a null stands for the blanks.
        settings: one builder with what it needs, such as `{postcode: nl}`; see BUILDERS. With `unknown: "*"` the values
            it cannot place become `*` at every level above the value itself, and are counted in `Hierarchy.unknown`.
        counts: persons (or rows) behind each value, which only `auto` needs.

    Raises:
        HierarchyError: an unknown builder or setting, or the builder cannot place every value, or hardly any.

    Example:
        >>> build_hierarchy("age", pl.Series(["31", "38", None]), {"intervals": [5, 10]}).labels[0].tolist()
        ['31', '30-34', '30-39', '*']
    """
    chosen = [key for key in settings if key in BUILDERS]
    offered = {"unknown"}.union(BUILDERS, *(SETTINGS.get(key, set()) for key in chosen or BUILDERS))
    if strange := [key for key in settings if key not in offered]:
        raise HierarchyError(f"column {field!r}: unknown hierarchy {strange[0]!r}{nearest(strange[0], offered)}")
    if len(chosen) != 1:
        raise HierarchyError(f"column {field!r}: needs exactly one hierarchy out of {', '.join(BUILDERS)}")
    if settings.get("unknown", "*") != "*":
        raise HierarchyError(f'column {field!r}: unknown values can only become *; write unknown: "*", or leave it out')
    counted = None if counts is None else counts.filter(values.is_not_null())
    hierarchy = lay_out(field, values, BUILDERS[chosen[0]](Column(field, values.drop_nulls(), settings, counted)))
    if len(hierarchy.unknown) > MOST_UNKNOWN * hierarchy.leaves:
        raise HierarchyError(
            f"column {field!r}: {len(hierarchy.unknown)} of its {hierarchy.leaves} values are unknown to the hierarchy "
            f"{chosen[0]!r}, which is the wrong one; choose another"
        )
    return hierarchy
