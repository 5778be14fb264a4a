"""What lies in a staging folder, read as plain files: the verifier shares no code with what wrote them."""

import csv
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol, TypeAlias

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.csv as pacsv
import yaml
from pyarrow import parquet

from igmap.errors import SourceError
from igmap.release.coded import Coded, joined, parquet_columns, read
from igmap.vocabulary.files import load_text

Labels: TypeAlias = np.ndarray[Any, np.dtype[np.object_]]


class InStaging(Protocol):
    """Anything that says in which staging folder it lies."""

    @property
    def folder(self) -> Path:
        """Holds the data, plan.yaml, persons.parquet and hierarchies/."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Staged:
    """A table of a release as its files tell it.

    Args:
        plan: the plan as plain values, with what it says of this table.
        data: the released file.
        table: its rows, every cell as text, blanks as null.
        cells: the same by column, as numbers of different texts.
        types: the type of each column in the file.
        persons: source `record` and `person` of each row, in the same order.
        hierarchies: [leaf, level] per quasi-identifier; a blank leaf is None.
        wider: the same over the values of a population too, where one was laid over them.
        models: [leaf, level] of the sensitive column, per condition of the plan that lays it in a hierarchy.
        prepared: `record` and what transformations made of its cells, for the columns that have any.
        sampled: the records of the persons that were drawn, where the plan draws some.
        prefix: what stands before the fields of a further table, so that those of all tables can be told apart.
        linked: further tables of the release.
    """

    plan: Mapping[str, Any]
    data: Path
    table: pl.DataFrame
    cells: Mapping[str, Coded]
    types: Mapping[str, str]
    persons: pl.DataFrame
    hierarchies: Mapping[str, Labels]
    wider: Mapping[str, Labels]
    models: Mapping[int, Labels]
    prepared: pl.DataFrame | None = None
    sampled: pl.Series | None = None
    prefix: str = ""
    linked: "tuple[Staged, ...]" = ()

    @property
    def tables(self) -> "tuple[Staged, ...]":
        """All tables of the release, this one first."""
        return (self, *self.linked)

    @property
    def joined(self) -> bool:
        """Whether the release tells which rows belong to one person."""
        return bool(self.linked) or any(column["role"] == "link" for column in self.kept)

    @property
    def data_sha256(self) -> str:
        """The hash of the released file; of several files, that of their hashes."""
        return joint_sha256([sha256(one.data) for one in self.tables])

    @property
    def kept(self) -> list[dict[str, Any]]:
        """The planned columns, in order."""
        return [column for column in self.plan["columns"] if column["treatment"] != "drop"]

    @property
    def quasi_identifiers(self) -> list[str]:
        """The fields over which k is counted."""
        return [column["field"] for column in self.kept if column["role"] == "quasi"]

    @property
    def told(self) -> list[str]:
        """The kept fields that a class may give away: sensitive ones and measures."""
        return [column["field"] for column in self.kept if column["role"] not in {"quasi", "link"}]


def read_staged(folder: Path) -> Staged:
    """Read a staging folder.

    Raises:
        SourceError: a file is missing or cannot be read.
    """
    try:
        plan = load_text((folder / "plan.yaml").read_text("utf-8"))
        names = [plan["name"], *(f"{plan['name']}-{one['name']}" for one in plan.get("linked") or ())]
        parts = [plan, *({**plan, **one} for one in plan.get("linked") or ())]
        first, *linked = (
            _read_one(folder, part, name, number)
            for number, (part, name) in enumerate(zip(parts, names, strict=True), start=1)
        )
    except (OSError, ValueError, KeyError, yaml.YAMLError) as error:
        message = f"{folder.name}: not a complete staging folder ({type(error).__name__}); anonymise again"
        raise SourceError(message) from None
    return replace(first, linked=tuple(linked))


def _read_one(folder: Path, plan: dict[str, Any], name: str, number: int) -> Staged:
    """One table: its files have its number unless it is the first."""
    mark, data = ("" if number == 1 else f"-{number}"), folder / f"{name}.{plan['file_format']}"
    quasi = [c["field"] for c in plan["columns"] if c["treatment"] != "drop" and c["role"] == "quasi"]
    where = folder / "hierarchies" / mark.removeprefix("-")
    hierarchies = {field: read_hierarchy(where / f"{at}.csv") for at, field in enumerate(quasi, start=1)}
    wider = _numbered(folder / "population") if number == 1 else {}
    cells, types = read_cells(data)
    persons, prepared = _frame(folder / f"persons{mark}.parquet"), folder / f"prepared{mark}.parquet"
    between = _frame(prepared) if prepared.exists() else None
    drawn = _frame(folder / f"sampled{mark}.parquet")["record"] if plan.get("sample", 1) < 1 else None
    return Staged(
        plan=plan,
        data=data,
        table=pl.DataFrame({name: one.cells for name, one in cells.items()}),
        cells=cells,
        types=types,
        persons=persons.with_columns(one_person("person")),
        hierarchies=hierarchies,
        wider=hierarchies | {field: wider[at] for at, field in enumerate(quasi, start=1) if at in wider},
        models=_numbered(folder / "models"),
        prepared=between,
        sampled=drawn,
        prefix=f"{plan['name']}." if mark else "",
    )


def _frame(path: Path) -> pl.DataFrame:
    with parquet.ParquetFile(path) as file:  # one file, without what a dataset of files would load
        return pl.DataFrame(pl.from_arrow(file.read()))


def _numbered(folder: Path) -> dict[int, Labels]:
    """Hierarchies by the number in their file's name."""
    return {int(path.stem): read_hierarchy(path) for path in folder.glob("*.csv") if path.stem.isdigit()}


def read_table(path: Path) -> tuple[pl.DataFrame, dict[str, str]]:
    """A released table with every cell as text, and the types in the file (CSV knows text only)."""
    cells, types = read_cells(path)
    return pl.DataFrame({name: one.cells for name, one in cells.items()}), types


def read_cells(path: Path) -> tuple[dict[str, Coded], dict[str, str]]:
    """The columns of a released table, every cell as text, and the types in the file."""
    if path.suffix == ".csv":
        table = _csv(path)
        return {name: joined(table[name].chunks) for name in table.column_names}, dict.fromkeys(
            table.column_names, "string"
        )
    schema, parts = parquet_columns(path)
    types = {field.name: str(field.type).removeprefix("large_") for field in schema}
    return {name: read(part)[0] for name, part in zip(schema.names, parts, strict=True)}, types


def _csv(path: Path) -> pa.Table:
    parsing = pacsv.ParseOptions(newlines_in_values=True)
    names = pacsv.open_csv(path, parse_options=parsing).schema.names
    parsing.ignore_empty_lines = len(names) > 1  # of one column it is a blank
    texts = pacsv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.dictionary(pa.int32(), pa.large_string())),
        strings_can_be_null=True,
        quoted_strings_can_be_null=False,
        null_values=[""],
    )
    return pacsv.read_csv(path, parse_options=parsing, convert_options=texts)


def one_person(column: str) -> pl.Expr:
    """Who somebody is, whatever the capitals and outer spaces; nobody when nothing else is there."""
    plain = pl.col(column).cast(pl.String).str.strip_chars().str.to_lowercase()
    return pl.when(plain.str.len_chars() > 0).then(plain).alias(column)


def joint_sha256(hashes: Sequence[str]) -> str:
    """The hash itself; of several, that of the hexadecimal hashes, each on a line."""
    return hashes[0] if len(hashes) == 1 else hashlib.sha256("\n".join(hashes).encode()).hexdigest()


def sha256(path: Path) -> str:
    """The hash of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_hierarchy(path: Path) -> Labels:
    """A hierarchy as it was written, [leaf, level]; a blank is None."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    labels: Labels = np.array(rows, dtype=object).reshape(len(rows), -1)
    labels[labels == ""] = None
    return labels
