"""Free text in which what was recognised is replaced: by what it is, by something made up, or by something coarser."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl
import pyarrow as pa

from igmap.anonymisation.transforming.bench import Bench
from igmap.anonymisation.transforming.reading import LABELS, filled
from igmap.engine.lookups import BESIDE, Beside, Labels
from igmap.errors import PlanError, nearest
from igmap.redaction import redaction
from igmap.redaction.reading import Passage
from igmap.redaction.redactor import Redactor
from igmap.redaction.surrogates import Surrogates
from igmap.redaction.swaps import applied

AT_ONCE = 10_000  # texts that are looked through together; a thread is never cut
WITHIN = LABELS.insert(0, pa.field(BESIDE, pa.string()))


def redact(bench: Bench, column: str, settings: Mapping[str, Any]) -> dict[str, int]:
    """What texts tell of persons is replaced, `{redact: {}}` or `{redact: {way: surrogate, only: [name, email]}}`.

    Without `thread` a text is a thread of its own: `[PERSOON-1]` in two texts may be two persons, and the same text
    becomes the same. With it a person has one number in all texts in which that column says the same. Either way, who
    is surely named by a full name in one text is looked for in all of them, as are the persons of the workspace's
    tables, and a surrogate stands for the same person in all tables of the release. What is not recognised stays, so
    that a text that was redacted is not anonymous: health, nicknames, or a story that tells who it is about.
    """
    asked = redaction(settings["way"], settings["only"], settings["language"])
    redactor, look = Redactor(asked, Surrogates(bench.key.named("redact"))), bench.look([column])
    thread = _column_of(bench, column, settings["thread"])
    if bench.source.known is not None:
        redactor.look_for(bench.source.known)
    if asked.draws:
        for name in bench.engine.describe(bench.source.name)[1]:
            for batch in bench.engine.values(bench.source.name, name):
                redactor.surrogates.avoid(pl.DataFrame(pl.from_arrow(batch))["value"])
    for part in _parts(bench, look, column, thread):
        redactor.learn(_passages(part))
    cells: Counter[str] = Counter()

    def redacted() -> Iterator[pa.RecordBatch]:
        for part in _parts(bench, look, column, thread):
            beside = [part[BESIDE].to_list()] if thread else []
            new = _redacted(redactor, part, cells)
            yield pa.record_batch([*beside, part["value"].to_list(), new], schema=WITHIN if thread else LABELS)
            redactor.forget()

    table = bench.table(redacted(), WITHIN if thread else LABELS)
    bench.add(Beside((column,), table, thread) if thread else Labels((column,), table))
    return dict(sorted(cells.items()))


def _column_of(bench: Bench, column: str, named: str) -> str:
    """The engine's column of a thread; "" for none."""
    columns = {name: one for one, name in bench.source.fields.items()}
    if named and named not in columns:
        raise PlanError(f"{bench.named(column)}: its 'thread' names no column {named!r}{nearest(named, columns)}")
    return columns[named] if named else ""


def _parts(bench: Bench, look: str, column: str, thread: str) -> Iterator[pl.DataFrame]:
    """The different texts with their `rows`, thousands at a time, with their thread where there are threads."""
    if not thread:
        for frame in filled(bench, look, column):
            yield from frame.iter_slices(AT_ONCE)
        return
    told = pl.DataFrame(pl.from_arrow(bench.engine.distinct(look, [thread, column])))
    told = told.rename({thread: BESIDE, column: "value"}).filter(pl.col("value").str.strip_chars() != "")
    part = told.sort(BESIDE, "value").with_columns(part=(pl.int_range(pl.len()) // AT_ONCE).min().over(BESIDE))
    yield from part.partition_by("part", maintain_order=True)


def _passages(part: pl.DataFrame) -> list[Passage]:
    named = part[BESIDE if BESIDE in part.columns else "value"]
    return [Passage(thread, text) for thread, text in zip(named, part["value"], strict=True)]


def _redacted(redactor: Redactor, part: pl.DataFrame, cells: Counter[str]) -> list[str]:
    """The texts as they are now; counts the cells in which each kind was found."""
    passages = _passages(part)
    found = redactor.swaps(passages)
    for passage, rows in zip(passages, part["rows"], strict=True):
        cells.update(dict.fromkeys({swap.kind for swap in found[passage]}, rows))
    return [applied(passage.text, found[passage]) for passage in passages]
