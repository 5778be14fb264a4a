"""Releases whose rows are all true and that still tell too much, as data: every one of them has to be caught."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl

from igmap.anonymisation import Plan, PlannedColumn
from igmap.sources import Exports, open_exports
from tests.faults import SIGNED, Fault, Plant, remap, rewrite
from tests.release_cases import quasi

# The source: 80 pupils of two towns, seen on school days, each with one of four results.
NUMBERS = [n * 37 % 80 for n in range(80)]
RESULTS = ("retained", "remedial", "passed", "advanced")


def _pupil(n: int) -> dict[str, str]:
    seen = f"2024-03-{4 + n % 5 + 7 * (n // 5 % 4):02}"
    return {"number": f"52{n * 113 + 1000}", "town": ["Goes", "Zeist"][n // 4 % 2], "seen": seen} | {
        "result": RESULTS[n % 4],
        "mark": str(10 + n * 13 % 40),
    }


def pupils() -> Exports:
    """The source, as an export."""
    return open_exports({"pupils": pd.DataFrame([_pupil(n) for n in NUMBERS], dtype="object")})


def pupils_plan() -> Plan:
    """How it is anonymised."""
    columns = (
        PlannedColumn("number", "key", "drop"),
        quasi("town", {"categorical": True}),
        PlannedColumn("seen", "measure", "keep", transform=({"date_shift": {"days": 30}},)),
        PlannedColumn("result", "sensitive", "keep"),
        PlannedColumn("mark", "sensitive", "keep", type="integer"),
    )
    told: Mapping[str, Any] = {"k": 3, "suppression_limit": 0.05, "person_key": "number", "search": "global"}
    return Plan("pupils", "pupils", columns, seed=7, signed=SIGNED, **told)


def kept(which: pl.Expr) -> Plant:
    """Only some rows, of table and map alike."""

    def plant(folder: Path) -> None:
        rows = pl.read_parquet(folder / "pupils.parquet").with_row_index("\0row").filter(which)["\0row"]
        rewrite(lambda table: table[rows])(folder)
        remap(lambda persons: persons[rows])(folder)

    return plant


def moved(days: Callable[[int], int]) -> Plant:
    """Every date moved by so many days, by the number of its record."""

    def date_of(record: int) -> str:
        return str(date.fromisoformat(_pupil(NUMBERS[record - 1])["seen"]) + timedelta(days=days(record)))

    def plant(folder: Path) -> None:
        prepared = pl.read_parquet(folder / "prepared.parquet")
        seen = [date_of(record) for record in prepared["record"].to_list()]
        prepared.with_columns(seen=pl.Series(seen)).write_parquet(folder / "prepared.parquet")
        records = pl.read_parquet(folder / "persons.parquet")["record"].to_list()
        rewrite(lambda table: table.with_columns(seen=pl.Series([date_of(int(record)) for record in records])))(folder)

    return plant


GOES, SHIFTED = pl.col("town") == "Goes", "cells_not_as_transformed"
FAULTS = [
    Fault(
        "a class has one sensitive value",
        "een groep waarin iedereen dezelfde gevoelige waarde heeft",
        "a class in which everybody has the same sensitive value",
        "homogeneity(result)",
        kept(~GOES | (pl.col("result") == "retained")),
        case="pupils",
    ),
    Fault(
        "a sensitive value is skewed in a class",
        "een gevoelige waarde die in één groep veel waarschijnlijker is dan in het geheel",
        "a sensitive value far likelier in a class than in the whole",
        "skewness(result)",
        kept(~GOES | (pl.col("result") == "retained") | (pl.col("mark") == pl.col("mark").filter(GOES).max())),
        case="pupils",
    ),
    Fault(
        "the sensitive values of a class lie close together",
        "een groep waarin alle gevoelige waarden dicht bij elkaar liggen",
        "a class in which all sensitive values lie close together",
        "similarity(mark)",
        kept(~GOES | pl.col("mark").is_between(17, 18)),
        case="pupils",
    ),
    Fault(
        "all dates are moved by the same number of days",
        "alle datums evenveel dagen verschoven: de weekenden verraden hoeveel",
        "all dates moved by the same number of days: the weekends tell how many",
        SHIFTED,
        moved(lambda _: 9),
        case="pupils",
    ),
    Fault(
        "dates are moved by whole weeks where days were planned",
        "datums met hele weken verschoven waar dagen waren gepland: het weekpatroon blijft staan",
        "dates moved by whole weeks where days were planned: the pattern of weekdays stays",
        SHIFTED,
        moved(lambda record: 7 * (record % 3 + 1)),
        case="pupils",
    ),
]
