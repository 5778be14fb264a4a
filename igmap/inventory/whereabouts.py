"""What `igmap where` says: how many hidden identifiers there are, and in which records; never a value."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
from pyarrow import parquet

from igmap.errors import SourceError, WorkspaceError, nearest
from igmap.inventory.labels import titled
from igmap.inventory.locations import SAMPLED
from igmap.report import Table, text

RECORDS_SHOWN = 20
HEADS = ("run.dataset", "run.field", "where.detector", "where.records", "where.numbers")


def whereabouts(  # noqa: PLR0913 - each narrows the question
    path: Path, lang: str, *, file: str = "", field: str = "", detector: str = "", most: int = RECORDS_SHOWN
) -> Table:
    """Hidden identifiers by file, field and detector, with the numbers of the records they stand in.

    Args:
        path: of locations.parquet.
        lang: nl or en.
        file: as the inventory shows it; "" for all.
        field: of those files; "" for all.
        detector: its id; "" for all.
        most: record numbers that are listed per row; 0 for all.

    Raises:
        WorkspaceError: nothing was located yet.
        SourceError: there is nothing hidden in what is asked for, with the nearest name.
    """
    if not path.exists():
        raise WorkspaceError(f"{path.name}: is not there yet; run 'igmap discover' first")
    located = pl.scan_parquet(path).with_columns(pl.col("^source|table|field|file|detector$").cast(pl.String))
    for names, wanted in ((("source", "file"), file), (("field",), field), (("detector",), detector)):
        located = _among(located, names, wanted)
    place = ["file", "table", "field", "detector"]
    numbers = pl.col("record").unique().sort()
    counted = located.group_by(place).agg(records=numbers.len(), numbers=numbers.head(most) if most else numbers)
    rows = counted.sort(place).collect(engine="streaming").rows()
    told = tuple(
        (titled(file, table), field, detector, records, _listed(numbers, records))
        for file, table, field, detector, records, numbers in rows
    )
    return Table(tuple(text(head, lang) for head in HEADS), told, "; ".join(_caption(path, lang)))


def _among(located: pl.LazyFrame, names: tuple[str, ...], wanted: str) -> pl.LazyFrame:
    """Those of which one of the columns says so."""
    if not wanted:
        return located
    kept = located.filter(pl.any_horizontal(pl.col(name) == wanted for name in names))
    if kept.head(1).collect().is_empty():
        known = located.select(pl.concat_list(names).explode().unique()).collect().to_series()
        raise SourceError(f"{wanted}: nothing is hidden there{nearest(wanted, known)}")
    return kept


def _caption(path: Path, lang: str) -> Iterator[str]:
    """What the table tells, and that it is about a sample if it is."""
    yield text("where.caption", lang)
    told = parquet.read_schema(path).metadata or {}
    if records := int(told.get(SAMPLED.encode(), b"0")):
        yield text("where.sampled", lang, records=records)


def _listed(numbers: list[int], of: int) -> str:
    return ", ".join(map(str, numbers)) + (" …" if len(numbers) < of else "")
