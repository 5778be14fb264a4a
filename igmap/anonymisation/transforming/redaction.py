"""Free text in which what was recognised is replaced by what it is: [NAAM], [E-MAIL], [DATUM]."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl
import pyarrow as pa

from igmap.anonymisation.transforming.bench import Bench
from igmap.anonymisation.transforming.reading import LABELS, filled
from igmap.anonymisation.transforming.steps import placeholders
from igmap.engine.lookups import Labels
from igmap.inventory.detectors import DETECTORS
from igmap.inventory.people import find_persons
from igmap.sources.typed.dates import MONTHS

AT_ONCE = 10_000  # texts that are looked through together
DATES = (
    r"(?i)\b(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})"
    rf"|\d{{1,2}} (?:{'|'.join(MONTHS)})[a-z]*\.?(?: \d{{4}})?)\b"
)
SPANS = {"row": pl.UInt32, "start": pl.UInt32, "end": pl.UInt32, "kind": pl.String}


def redact(bench: Bench, column: str, settings: Mapping[str, Any]) -> dict[str, int]:
    """Recognised spans become placeholders, `{redact: {}}` or `{redact: {only: [name, email], language: en}}`.

    Looked for is what the detectors of the inventory find in text, person names, and dates. What they do not know
    stays, so that a text that was redacted is not anonymous: health, nicknames, misspelt names, or a story that tells
    who it is about.
    """
    kinds = tuple(settings["only"] or placeholders())
    marks = {kind: f"[{said[settings['language']]}]" for kind, said in placeholders().items()}
    cells: Counter[str] = Counter()
    look = bench.look([column])

    def redacted() -> Iterator[pa.RecordBatch]:
        for frame in filled(bench, look, column):
            for part in frame.iter_slices(AT_ONCE):
                spans = _merged(_spans(part["value"], kinds))
                cells.update(_counted(spans, part["rows"]))
                yield pa.record_batch([part["value"].to_list(), _replaced(part["value"], spans, marks)], schema=LABELS)

    bench.add(Labels((column,), bench.table(redacted(), LABELS)))
    return dict(sorted(cells.items()))


def _spans(values: pl.Series, kinds: Sequence[str]) -> pl.DataFrame:
    """Where something stands and what it is: `row`, `start`, `end` (characters), `kind`."""
    found = [
        detector.places(values).with_columns(kind=pl.lit(detector.category)).cast(SPANS)  # type: ignore[arg-type]
        for detector in DETECTORS
        if detector.category in kinds
    ]
    if "name" in kinds:
        named = [(row, *span, "name") for row, value in enumerate(values) for span in find_persons(value)]
        found.append(pl.DataFrame(named, schema=SPANS, orient="row"))
    if "date" in kinds:
        found.append(_dates(values))
    return pl.concat(found)


def _dates(values: pl.Series) -> pl.DataFrame:
    """Dates as they are written in text."""
    pattern, likely = re.compile(DATES), values.str.contains(DATES)
    rows = [
        (row, *match.span(), "date") for row in likely.arg_true().to_list() for match in pattern.finditer(values[row])
    ]
    return pl.DataFrame(rows, schema=SPANS, orient="row")


def _merged(spans: pl.DataFrame) -> pl.DataFrame:
    """Spans that overlap as one, called what the longest of them is."""
    ordered = spans.sort("row", "start", "end", "kind").with_columns(size=pl.col("end") - pl.col("start"))
    reached = pl.col("end").cum_max().shift(1, fill_value=0).over("row")
    islands = ordered.with_columns(island=(pl.col("start") >= reached).cum_sum().over("row"))
    return islands.group_by("row", "island", maintain_order=True).agg(
        pl.col("start").min(),
        pl.col("end").max(),
        kind=pl.col("kind").sort_by("size", descending=True, maintain_order=True).first(),
    )


def _counted(spans: pl.DataFrame, rows: pl.Series) -> dict[str, int]:
    """The cells in which each kind was found."""
    once = spans.select("row", "kind").unique()
    counted = once.with_columns(rows=rows[once["row"]]).group_by("kind").agg(pl.col("rows").sum())
    return dict(counted.iter_rows())


def _replaced(values: pl.Series, spans: pl.DataFrame, marks: Mapping[str, str]) -> list[str]:
    texts: list[str] = values.to_list()
    for row, start, end, kind in (
        spans.sort("row", "start", descending=True).select("row", "start", "end", "kind").iter_rows()
    ):
        texts[row] = texts[row][:start] + marks[kind] + texts[row][end:]
    return texts
