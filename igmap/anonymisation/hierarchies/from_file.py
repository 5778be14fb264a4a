"""Hierarchies from files: in the form of ARX, or a table of attributes with a header, such as sector per employer."""

import csv
import re
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from igmap.anonymisation.hierarchies.column import Column, name
from igmap.anonymisation.hierarchies.hierarchy import ANYTHING, Labels
from igmap.anonymisation.hierarchies.paths import check_paths, levels_of
from igmap.errors import HierarchyError, nearest
from igmap.sources.text.dialects import Dialect, find_dialect
from igmap.sources.text.encodings import decoder_of

SAMPLE_LINES = 500
ENDING = re.compile(r'([;,\t|])\s*"?\*"?\s*$')
JOINED = " / "


def from_file(column: Column) -> list[pl.Series]:
    """The levels a file gives to the values, `{file: hierarchies/occupation.csv}`.

    Without `levels` the file is in the form of ARX: no header, the value first, one label per level, `*` last. With
    `levels` it is a table with a header: `{file: employers.csv, levels: [[sector, size], sector]}` takes the columns
    sector and size together, then sector alone; `value` names the column of the values, else it is the first.

    Raises:
        HierarchyError: the file cannot be read, is inconsistent, or lacks a value.
    """
    path = Path(str(column.settings["file"]))
    labels = read_attributes(column, path) if "levels" in column.settings else read_labels(path)
    return levels_of(column, labels, path.name)


def read_labels(path: Path) -> Labels:
    """The whole file in the form of ARX as [leaf, level]; a line for blanks, which igmap writes, is left out.

    Raises:
        HierarchyError: unreadable, uneven, with gaps, without one root, with a leaf twice, or not nested.
    """
    labels = _even(path, read_records(path))
    blank = (labels[:, :-1] == "").all(axis=1)
    if gaps := np.argwhere((labels == "") & ~blank[:, np.newaxis]).tolist():
        line, level = gaps[0]
        told = f"level {level} is blank; write a label there ({len(gaps)} blanks in all)"
        raise HierarchyError(f"{path.name}, line {line + 1}: {told}")
    return check_paths(path.name, labels[~blank])


def read_attributes(column: Column, path: Path) -> Labels:
    """The columns that `levels` asks for, as [leaf, level].

    Raises:
        HierarchyError: as `read_labels`, or a column is missing.
    """
    table = _even(path, read_records(path))
    header = table[0].tolist()
    wanted = [_names(column.settings.get("value", header[0])), *column.each("levels", _names)]
    for asked in (one for several in wanted for one in several):
        if header.count(asked) != 1:
            told = "twice" if asked in header else f"nowhere{nearest(asked, header)}"
            raise HierarchyError(f"{path.name}: its header has the column {asked!r} {told}")
    taken = [table[1:, [header.index(one) for one in several]] for several in wanted]
    if blank := sum(int((cells == "").any(axis=1).sum()) for cells in taken):
        raise HierarchyError(f"{path.name}: {blank} cells of the columns it needs are blank; fill in what is not known")
    levels = [[JOINED.join(row) for row in cells.tolist()] for cells in taken]
    labels: Labels = np.array([*levels, [ANYTHING] * (len(table) - 1)], dtype=object).T
    return check_paths(path.name, labels)


def _names(given: Any) -> list[str]:
    return [name(one) for one in given] if isinstance(given, list | tuple) else [name(given)]


def read_records(path: Path) -> list[list[str]]:
    """The records of a delimited file in any encoding and with any delimiter, blank lines left out.

    Raises:
        HierarchyError: it cannot be read, is empty, or has bytes that fit no encoding.
    """
    try:
        decoder = decoder_of(path)
        records = list(_dialect(list(islice(decoder.lines(), SAMPLE_LINES))).split(decoder.lines()))
    except (OSError, UnicodeError, csv.Error) as error:
        told = f"cannot be read ({type(error).__name__}); give a text file with ';' between its levels"
        raise HierarchyError(f"{path.name}: {told}") from None
    if decoder.damaged:
        raise HierarchyError(f"{path.name}: has bytes that fit no encoding; save it again as UTF-8")
    return records


def _dialect(lines: list[str]) -> Dialect:
    """The delimiter before the last `*` of most lines, else the one that fits."""
    endings = Counter(found[1] for line in lines if (found := ENDING.search(line)))
    return Dialect(endings.most_common(1)[0][0], '"', 0) if endings else find_dialect(lines)


def _even(path: Path, records: list[list[str]]) -> Labels:
    """The records as a table, cells trimmed.

    Raises:
        HierarchyError: there are none, or one has another number of cells than the first.
    """
    if not records:
        raise HierarchyError(f"{path.name}: is empty; write one line per value, the value first and '{ANYTHING}' last")
    width = len(records[0])
    for number, other in enumerate(map(len, records), start=1):
        if other != width:
            raise HierarchyError(f"{path.name}, line {number}: {other} levels where line 1 has {width}")
    labels: Labels = np.array([[cell.strip() for cell in record] for record in records], dtype=object)
    return labels
