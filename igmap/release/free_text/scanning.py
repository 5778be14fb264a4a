"""The free text of a release beside its originals, looked through once more, in the order in which people look."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from igmap.inventory.people.known import Known
from igmap.inventory.people.known.tabled import persons_of
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
    return Cells(tuple(columns), _filled(pl.concat(parts)))


def _filled(cells: pl.DataFrame) -> pl.DataFrame:
    told = cells.filter(pl.col("redacted").str.strip_chars() != "")
    return told.sort("redacted", "original", "person", nulls_last=True)


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
    """Free text after the re-scan.

    Args:
        cells: of free text.
        found: in them by the re-scan.
        sample: the texts in the order in which they are to be looked at.
        asked: what the plan asks of free text: `missed`, `fragments`, `combinations`.
        tables: of the release, with their sources; none where the texts are of no release.
    """

    cells: Cells
    found: Rest
    sample: Sample
    asked: Mapping[str, float]
    tables: Sequence[Table] = ()


def scanned(exports: Exports, tables: Sequence[Table]) -> Scanned:
    """Look once more through the free text of a release, and draw the order in which people look at it.

    Args:
        exports: the persons in all of their tables are looked for too.
        tables: of the release, with their sources; so are the persons in their dropped columns of names.
    """
    cells, plan = cells_of(tables), tables[0][0].plan
    names = [] if cells.cells.is_empty() else [*_names(tables), persons_of(exports).names.rename("name")]
    known = Known.of(pl.concat(names).unique().sort()) if names else None
    return replace(_scanned(cells, known, int(plan["seed"]), target(plan)), tables=tables)


def scanned_release(exports: Exports, release: InStaging) -> Scanned:
    """The same for a release in staging.

    Raises:
        SourceError: the staging folder is incomplete, or the source is not among the exports.
    """
    staged = read_staged(release.folder)
    return scanned(exports, [(one, read_source(exports, one)) for one in staged.tables])


def scanned_texts(
    originals: pl.Series, redacted: pl.Series, known: Known | None = None, *, missed: float = 0.005, seed: int = 1
) -> Scanned:
    """The same for redacted texts that are of no release, such as the messages of a mailbox.

    Args:
        originals: as they were, each of a person of its own.
        redacted: the same rows after the redaction.
        known: persons who may be in them.
        missed: the target: share of the texts in which somebody may be left, at most.
        seed: of the draw.
    """
    person = pl.int_range(len(redacted), eager=True).cast(pl.String)
    cells = pl.DataFrame({"original": originals, "redacted": redacted, "person": person}).cast(pl.String)
    return _scanned(Cells(("",), _filled(cells)), known, seed, {"missed": missed})


def target(plan: Mapping[str, Any]) -> Mapping[str, float]:
    """What the plan asks of free text: the largest share of texts with something left, and of what tells somebody."""
    asked: Mapping[str, float] = (plan.get("thresholds") or {}).get("free_text") or {}
    return asked


def _scanned(cells: Cells, known: Known | None, seed: int, asked: Mapping[str, float]) -> Scanned:
    frame = cells.cells
    people = frame.select(pl.coalesce("person", pl.lit("\0"))).to_series()
    found = rest(frame["original"], frame["redacted"], known, persons=people)
    scores = found.scores.with_columns(pl.col("row").cast(pl.UInt32))
    rows = frame.select(text="redacted").with_row_index("row").join(scores, on="row", how="left")
    texts = rows.group_by("text").agg(rows=pl.len(), sure=pl.col("sure").max())
    return Scanned(cells, found, draw(texts, seed), asked)
