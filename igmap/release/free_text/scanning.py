"""The free text of a release beside its originals, looked through once more, in the order in which people look."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from igmap.inventory.people.known import Known
from igmap.release.free_text.rest import Rest, rest
from igmap.release.free_text.sample import Sample, draw
from igmap.release.source import Source, read_source
from igmap.release.staged import InStaging, Staged, read_staged
from igmap.release.survivors.fragments import is_text
from igmap.sources import Exports

Table = tuple[Staged, Source]
CELLS = dict.fromkeys(("original", "redacted", "person"), pl.String)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Cells:
    """The cells of all columns of free text.

    Args:
        columns: their names.
        cells: the `original`, `redacted` and `person` of each filled cell.
    """

    columns: tuple[str, ...]
    cells: pl.DataFrame


def cells_of(tables: Sequence[Table]) -> Cells:
    """The free text of a release beside its originals, in no order that tells anything."""
    parts, columns = [pl.DataFrame(schema=CELLS)], []
    for staged, source in tables:
        for column in text_columns(staged):
            columns.append(f"{staged.prefix}{column}")
            parts.append(_beside(staged, source, column))
    cells = pl.concat(parts).filter(pl.col("redacted").str.strip_chars() != "")
    return Cells(tuple(columns), cells.sort("redacted", "original", "person", nulls_last=True))


def _beside(staged: Staged, source: Source, column: str) -> pl.DataFrame:
    """The released cells of a column beside their originals; of a damaged map no original is known."""
    records, people, redacted = staged.persons["record"], staged.persons["person"], staged.table[column]
    if len(records) != len(redacted):
        nobody = pl.Series([None], dtype=pl.String).new_from_index(0, len(redacted))
        return pl.DataFrame({"original": nobody, "redacted": redacted, "person": nobody})
    original = source.raw(column, records).cells.cast(pl.String)
    return pl.DataFrame({"original": original, "redacted": redacted, "person": people.cast(pl.String)})


def text_columns(staged: Staged) -> list[str]:
    """The released columns that hold free text."""
    return [c["field"] for c in staged.kept if c["field"] in staged.table.columns and is_text(staged, c)]


def _looked_through(tables: Sequence[Table], cells: Cells) -> Rest:
    """What the re-scan finds in the texts, the persons of the tables' own columns of names among it."""
    frame, names = cells.cells, [*_names(tables)]
    people = frame.select(pl.coalesce("person", pl.lit("\0"))).to_series()
    known = Known.of(pl.concat(names).unique().sort()) if names else None
    return rest(frame["original"], frame["redacted"], known, persons=people)


def _names(tables: Sequence[Table]) -> Iterator[pl.Series]:
    """Whom the dropped columns of names tell of, those of one table put together: given and family name."""
    for staged, source in tables:
        dropped = [c for c in staged.plan["columns"] if c["treatment"] == "drop" and c.get("category") == "name"]
        columns = [source.columns[c["field"]] for c in dropped if c["field"] in source.columns]
        if columns:
            people = pl.DataFrame(pl.from_arrow(source.engine.distinct(source.table, columns)))
            yield people.select(name=pl.concat_str(columns, separator=" ", ignore_nulls=True)).to_series()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Scanned:
    """The free text of a release after the re-scan.

    Args:
        tables: of the release, with their sources.
        cells: of free text.
        found: in them by the re-scan.
        sample: the texts in the order in which they are to be looked at.
    """

    tables: Sequence[Table]
    cells: Cells
    found: Rest
    sample: Sample


def scanned(tables: Sequence[Table]) -> Scanned:
    """Look once more through the free text of a release, and draw the order in which people look at it."""
    cells = cells_of(tables)
    found = _looked_through(tables, cells)
    scores = found.scores.with_columns(pl.col("row").cast(pl.UInt32))
    rows = cells.cells.select(text="redacted").with_row_index("row").join(scores, on="row", how="left")
    texts = rows.group_by("text").agg(rows=pl.len(), sure=pl.col("sure").max())
    return Scanned(tables, cells, found, draw(texts, int(tables[0][0].plan["seed"])))


def scanned_release(exports: Exports, release: InStaging) -> Scanned:
    """The same for a release in staging.

    Raises:
        SourceError: the staging folder is incomplete, or the source is not among the exports.
    """
    staged = read_staged(release.folder)
    return scanned([(one, read_source(exports, one)) for one in staged.tables])
