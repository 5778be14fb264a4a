"""Free text in which what was recognised is replaced: by what it is, by something made up, or by something coarser."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl
import pyarrow as pa

from igmap.anonymisation.transforming.bench import Bench
from igmap.anonymisation.transforming.reading import LABELS, filled
from igmap.engine.lookups import Labels
from igmap.redaction import redaction
from igmap.redaction.redactor import Passage, Redactor
from igmap.redaction.surrogates import Surrogates
from igmap.redaction.swaps import applied

AT_ONCE = 10_000  # texts that are looked through together


def redact(bench: Bench, column: str, settings: Mapping[str, Any]) -> dict[str, int]:
    """What texts tell of persons is replaced, `{redact: {}}` or `{redact: {way: surrogate, only: [name, email]}}`.

    A text is a thread of its own: `[PERSOON-1]` in two texts may be two persons, and the same text becomes the same. A
    surrogate stands for the same person in all tables of the release. What is not recognised stays, so that a text
    that was redacted is not anonymous: health, nicknames, misspelt names, or a story that tells who it is about.
    """
    asked = redaction(settings["way"], settings["only"], settings["language"])
    redactor, look = Redactor(asked, Surrogates(bench.key.named("redact"))), bench.look([column])
    if asked.draws:
        for name in bench.engine.describe(bench.source.name)[1]:
            for batch in bench.engine.values(bench.source.name, name):
                redactor.surrogates.avoid(pl.DataFrame(pl.from_arrow(batch))["value"])
    cells: Counter[str] = Counter()

    def redacted() -> Iterator[pa.RecordBatch]:
        for frame in filled(bench, look, column):
            for part in frame.iter_slices(AT_ONCE):
                yield pa.record_batch([part["value"].to_list(), _redacted(redactor, part, cells)], schema=LABELS)
                redactor.forget()

    bench.add(Labels((column,), bench.table(redacted(), LABELS)))
    return dict(sorted(cells.items()))


def _redacted(redactor: Redactor, part: pl.DataFrame, cells: Counter[str]) -> list[str]:
    """The texts as they are now; counts the cells in which each kind was found."""
    passages = [Passage(text, text) for text in part["value"]]
    found = redactor.swaps(passages)
    for passage, rows in zip(passages, part["rows"], strict=True):
        cells.update(dict.fromkeys({swap.kind for swap in found[passage]}, rows))
    return [applied(passage.text, found[passage]) for passage in passages]
