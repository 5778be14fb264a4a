"""Writes the exports and keeps the truth about them."""

import csv
import json
import platform
import sqlite3
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import faker
import pyarrow as pa
import xlsxwriter

IDENTIFIABILITY = {
    "direct": (
        "name", "email", "username", "phone", "address", "bank_account", "bsn", "payment_card", "tax_number",
        "document_number", "licence_plate", "photo", "biometric", "message_content",
    ),
    "key": ("account_id", "ip_address", "user_agent", "device_id", "browser_settings", "url", "invoice"),
    "quasi": (
        "postcode", "city", "birth_date", "age", "gender", "nationality", "language", "marital_status", "employer",
        "occupation", "education_level", "income", "location", "ethnicity",
    ),
}  # fmt: skip
TRUTH_HEADER = ("file", "table", "field", "category", "identifiability")
HIDDEN_HEADER = ("file", "table", "field", "record", "category")


@dataclass(frozen=True, slots=True)
class Place:
    """A field of a table of an export."""

    file: str
    table: str
    field: str


@dataclass(frozen=True, slots=True)
class Layout:
    """How a delimited file is written."""

    delimiter: str = ","
    encoding: str = "utf-8"
    header: bool = True


@dataclass(slots=True)
class Workspace:
    """The sample workspace under construction."""

    root: Path
    truth: list[tuple[str, ...]] = field(default_factory=list)
    hidden: list[tuple[str, str, str, int, str]] = field(default_factory=list)

    def path(self, file: str) -> Path:
        """Give the export's path and make its folder."""
        path = self.root / "exports" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def describe(self, file: str, fields: Mapping[str, str], table: str = "") -> None:
        """Write down what each field holds, as field name to category."""
        self.truth += [(file, table, name, category, identifiability(category)) for name, category in fields.items()]

    def hide(self, place: Place, record: int, category: str) -> None:
        """Write down that a record of a field hides personal data."""
        self.hidden.append((place.file, place.table, place.field, record, category))

    def write_delimited(
        self, file: str, fields: Mapping[str, str], rows: Iterable[Sequence[object]], layout: Layout
    ) -> None:
        """Write a delimited export and describe its fields."""
        with self.path(file).open("w", encoding=layout.encoding, newline="") as stream:
            writer = csv.writer(stream, delimiter=layout.delimiter, lineterminator="\n")
            if layout.header:
                writer.writerow(fields)
            writer.writerows(rows)
        self.describe(file, fields)

    def finish(self) -> None:
        """Write the truth, the hidden finds and the versions beside the exports."""
        _write_table(self.root / "truth.csv", TRUTH_HEADER, self.truth)
        _write_table(self.root / "hidden.csv", HIDDEN_HEADER, sorted(self.hidden))
        python = ".".join(platform.python_version_tuple()[:2])
        versions = {
            "python": python,
            "faker": faker.VERSION,
            "xlsxwriter": xlsxwriter.__version__,
            "pyarrow": pa.__version__,
            "sqlite": sqlite3.sqlite_version,
            "zlib": zlib.ZLIB_RUNTIME_VERSION,
        }
        (self.root / "versions.json").write_text(json.dumps(versions, indent=2) + "\n", encoding="utf-8")


def identifiability(category: str) -> str:
    """Tell how strongly a category points at a person."""
    return next((kind for kind, categories in IDENTIFIABILITY.items() if category in categories), "none")


def _write_table(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([header, *rows])
