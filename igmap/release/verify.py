"""Verifying a release folder of any origin: what can be counted without the source."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from igmap.errors import SourceError, nearest
from igmap.release.classes import class_sizes, smallest
from igmap.release.staged import read_table
from igmap.release.wording import say

SUFFIXES = {".csv", ".parquet"}


@dataclass(frozen=True, slots=True)
class Verification:
    """What a released file shows by itself.

    Args:
        file: its name.
        rows: in it.
        k_rows: rows in its smallest class; persons cannot be counted without the map.
        classes: equivalence classes.
        quasi_identifiers: the columns over which was counted.
        others: the further files of the release.
    """

    file: str
    rows: int
    k_rows: int
    classes: int
    quasi_identifiers: tuple[str, ...]
    others: "tuple[Verification, ...]" = ()

    def text(self, lang: str) -> str:
        """In words, with what cannot be known."""
        files = (self, *self.others)
        told = [say("verified", lang, file=one.file, rows=one.rows, k=one.k_rows).strip() for one in files]
        if self.others:
            told.append(say("verified.several", lang, files=len(files)))
        return "\n".join(told)


def verify(folder: Path, *, quasi_identifiers: Sequence[str] = ()) -> Verification:
    """Count k in rows in a release.

    Args:
        folder: of the release, or its data file (`.csv`, `.parquet`).
        quasi_identifiers: the columns others may know, each in the files that have it; by default what its
            datapackage.json calls so.

    Raises:
        SourceError: no data file, an unknown column, or a file of which nobody says what others may know.
    """
    files = [folder] if folder.is_file() else sorted(path for path in folder.glob("*") if path.suffix in SUFFIXES)
    if not files:
        raise SourceError(f"{folder.name}: holds no data file; name a .csv or .parquet file")
    tables = {path: _read(path) for path in files}
    columns = [column for table in tables.values() for column in table.columns]
    for name in quasi_identifiers:
        if name not in columns:
            named = files[0].name if len(files) == 1 else folder.name
            raise SourceError(f"{named}: no column {name!r}{nearest(name, columns)}")
    first, *others = (_verified(path, table, quasi_identifiers) for path, table in tables.items())
    return replace(first, others=tuple(others))


def _read(path: Path) -> pl.DataFrame:
    try:
        return read_table(path)[0]
    except (OSError, ValueError) as error:
        raise SourceError(f"{path.name}: cannot be read ({type(error).__name__})") from None


def _verified(path: Path, table: pl.DataFrame, quasi_identifiers: Sequence[str]) -> Verification:
    quasi = tuple(name for name in quasi_identifiers if name in table.columns)
    quasi = quasi or _declared(path.parent / "datapackage.json", path.name)
    for name in quasi:
        if name not in table.columns:
            raise SourceError(f"{path.name}: no column {name!r}{nearest(name, table.columns)}")
    sizes = class_sizes(table, quasi)
    return Verification(path.name, table.height, smallest(sizes["rows"]), sizes.height, quasi)


def _declared(package: Path, file: str) -> tuple[str, ...]:
    """The quasi-identifiers that the package names for a file."""
    try:
        resources = json.loads(package.read_text("utf-8"))["resources"]
        fields = next(resource["schema"]["fields"] for resource in resources if resource["path"] == file)
        declared = tuple(field["name"] for field in fields if field.get("igmap:role") == "quasi")
    except (OSError, ValueError, KeyError, TypeError, StopIteration):
        declared = ()
    if not declared:
        raise SourceError(f"{file}: nothing says which columns others may know; give quasi_identifiers")
    return declared
