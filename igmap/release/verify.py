"""Verifying a release folder of any origin: what can be counted without the source."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

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
    """

    file: str
    rows: int
    k_rows: int
    classes: int
    quasi_identifiers: tuple[str, ...]

    def text(self, lang: str) -> str:
        """In words, with what cannot be known."""
        return say("verified", lang, file=self.file, rows=self.rows, k=self.k_rows)


def verify(folder: Path, *, quasi_identifiers: Sequence[str] = ()) -> Verification:
    """Count k in rows in a release.

    Args:
        folder: of the release, or its data file (`.csv`, `.parquet`).
        quasi_identifiers: the columns others may know; by default what its datapackage.json calls so.

    Raises:
        SourceError: not exactly one data file, or an unknown column.
    """
    files = [folder] if folder.is_file() else sorted(path for path in folder.glob("*") if path.suffix in SUFFIXES)
    if len(files) != 1:
        raise SourceError(f"{folder.name}: holds {len(files)} data files; name one .csv or .parquet file")
    try:
        table, _ = read_table(files[0])
    except (OSError, ValueError) as error:
        raise SourceError(f"{files[0].name}: cannot be read ({type(error).__name__})") from None
    quasi = tuple(quasi_identifiers) or _declared(files[0].parent / "datapackage.json", files[0].name)
    for name in quasi:
        if name not in table.columns:
            raise SourceError(f"{files[0].name}: no column {name!r}{nearest(name, table.columns)}")
    sizes = class_sizes(table, quasi)
    return Verification(files[0].name, table.height, smallest(sizes["rows"]), sizes.height, quasi)


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
