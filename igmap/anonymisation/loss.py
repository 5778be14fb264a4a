"""What a label costs: the normalised certainty penalty (NCP), over the values that occur in the data.

Source: Xu et al. 2006, "Utility-based anonymization using local recoding", doi:10.1145/1150402.1150504.
"""

from typing import Any, TypeAlias

import numpy as np
import polars as pl

from igmap.anonymisation.hierarchies import Hierarchy, as_dates
from igmap.sources.typed.numbers import as_numbers

Costs: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]
Numbers: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]


def label_costs(hierarchy: Hierarchy) -> Costs:
    """The cost of every leaf's label at every level: [leaf, level], 0 (exact) to 1 (anything).

    A column whose non-blank values are all numbers, or all dates, costs (highest - lowest covered) / range; any
    other (values covered - 1) / (values - 1). A blank is a value: a label that only covers it costs nothing.
    """
    positions = positions_of(pl.Series(hierarchy.labels[:, 0].tolist(), dtype=pl.String))
    columns = [_counted(codes) if positions is None else _spread(codes, positions) for codes in hierarchy.codes().T]
    return np.column_stack(columns)


def costs_among(hierarchy: Hierarchy, first: int) -> Costs:
    """As `label_costs`, where only the first leaves occur in the data and the others in a population.

    A label costs what it costs over the leaves that occur; one that covers none of them costs nothing.
    """
    prices = label_costs(hierarchy.first(first))
    known = np.zeros((hierarchy.leaves, hierarchy.levels))
    for level, codes in enumerate(hierarchy.codes().T):
        known[codes[:first], level] = prices[:, level]
        known[:, level] = known[codes, level]
    return known


def positions_of(values: pl.Series) -> Costs | None:
    """Where each value lies on a scale of numbers or days (blanks: nan), or None when the column has no scale."""
    for kind, sign in ((as_numbers, r"\d"), (_as_days, r"\d{4}")):
        if not values.drop_nulls().str.contains(sign).all():
            return None
        read = kind(values)
        if read.null_count() == values.null_count() < len(values):
            return read.fill_null(float("nan")).to_numpy()
    return None


def _as_days(values: pl.Series) -> pl.Series:
    return as_dates(values).dt.epoch("d").cast(pl.Float64)


def _counted(codes: Numbers) -> Costs:
    covered = np.bincount(codes)[codes]
    return (covered - 1) / max(len(codes) - 1, 1)


def _spread(codes: Numbers, positions: Costs) -> Costs:
    """The width of each label; one that covers everything costs 1, blanks or not."""
    lowest, highest = np.full(codes.max() + 1, np.inf), np.full(codes.max() + 1, -np.inf)
    np.fmin.at(lowest, codes, positions)
    np.fmax.at(highest, codes, positions)
    width = np.maximum(highest - lowest, 0.0) / (np.nanmax(positions) - np.nanmin(positions) or 1.0)
    everything = np.bincount(codes) == max(len(codes), 2)
    return np.where(everything, 1.0, width)[codes]
