"""Rare values to one group, step by step: the only hierarchy that follows the data, and says so."""

from itertools import pairwise

import polars as pl

from igmap.anonymisation.hierarchies.column import Column, whole

OTHER = {"nl": "overig", "en": "other"}


def automatic(column: Column) -> list[pl.Series]:
    """One level per threshold, `{auto: [10, 50, 200]}`: a value with fewer persons becomes part of "other (<10)".

    Which values stay shows which ones are frequent, and one person more or less can change it: the words of a plan
    say so. `language` is that of the labels.

    Raises:
        HierarchyError: thresholds that do not ascend, or nobody counted the values.
    """
    thresholds, other = column.each("auto", whole), OTHER[column.word("language", OTHER, "nl")]
    if any(high <= low for low, high in pairwise(thresholds)):
        raise column.wrong("the thresholds of 'auto' must ascend, such as [10, 50, 200]")
    if column.counts is None:
        raise column.wrong("'auto' needs the persons behind each value, which nobody counted here; use another one")
    return [
        column.values.set(column.counts < least, f"{other} (<{least})").alias(f"auto:{least}") for least in thresholds
    ]
