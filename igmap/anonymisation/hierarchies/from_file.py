"""Hierarchies from files in the form of ARX: `;` between levels, no header, the value first, `*` last."""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from igmap.anonymisation.hierarchies.hierarchy import ANYTHING, Labels, codes, nested
from igmap.errors import HierarchyError


def from_file(field: str, values: pl.Series, settings: Mapping[str, Any]) -> list[pl.Series]:
    """The levels a file gives to the values, `{file: hierarchies/occupation.csv}`.

    Args:
        field: the column.
        values: distinct values, no blanks.
        settings: `file` = path of the hierarchy.

    Raises:
        HierarchyError: the file cannot be read, is inconsistent, or lacks a value.
    """
    path = Path(settings["file"])
    labels = read_labels(path)
    leaves = pl.DataFrame({"leaf": pl.Series(labels[:, 0].tolist(), dtype=pl.String), "at": np.arange(len(labels))})
    at = pl.DataFrame({"leaf": values}).join(leaves, on="leaf", how="left", maintain_order="left")["at"]
    if missing := at.null_count():
        raise HierarchyError(
            f"{path.name}, column {field!r}: {missing} of its {len(values)} values are not in it; add a line for each, "
            "the value first, or correct the column"
        )
    return [pl.Series(level.tolist(), dtype=pl.String) for level in labels[at.to_numpy(), 1:].T]


def read_labels(path: Path) -> Labels:
    """The whole file as [leaf, level].

    Raises:
        HierarchyError: unreadable, uneven, without one root, with a leaf twice, or not nested.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = [line for line in csv.reader(file, delimiter=";") if line]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise HierarchyError(
            f"{path.name}: cannot be read ({type(error).__name__}); give a UTF-8 file with ';'"
        ) from None
    if not lines:
        raise HierarchyError(f"{path.name}: is empty; write one line per value, the value first and '{ANYTHING}' last")
    for number, line in enumerate(lines, start=1):
        if len(line) != len(lines[0]):
            raise HierarchyError(f"{path.name}, line {number}: {len(line)} levels where line 1 has {len(lines[0])}")
    labels: Labels = np.array(lines, dtype=object)
    _check(path.name, labels)
    return labels


def _check(name: str, labels: Labels) -> None:
    twice = len(labels) - len(set(labels[:, 0]))
    remedies = [
        (twice > 0, f"{twice} values stand in it twice; keep one line for each"),
        (set(labels[:, -1]) != {ANYTHING}, f"every line must end in '{ANYTHING}', the one root"),
        (not nested(codes(labels)), "levels are not nested; each level must only merge groups of the one below"),
    ]
    for wrong, remedy in remedies:
        if wrong:
            raise HierarchyError(f"{name}: {remedy}")
