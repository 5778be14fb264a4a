"""Tables of any export as batches: cells of the chosen fields redacted, all others and the order of records kept."""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import polars as pl

from igmap.errors import RedactionError, nearest
from igmap.redaction.batches import Batch, Content, Found
from igmap.redaction.reading import Passage
from igmap.redaction.settings import Keeping
from igmap.redaction.swaps import applied
from igmap.sources.kinds import kind_of, reader_of
from igmap.sources.reading import Inner, Reading, Sound, text_names


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of a file.

    Args:
        path: of the file.
        place: which of its tables, from 0.
        names: of its fields.
        keeping: which fields, and which tells threads apart.
    """

    path: Path
    place: int
    names: Sequence[str]
    keeping: Keeping
    chosen: Sequence[int] = ()

    def batches(self, content: Content) -> Iterator[Batch]:
        """Its records in order, thousands at a time."""
        reading = next(islice(found := _readings(self.path), self.place, None))
        begun = False
        for batch in reading.stream:
            frame = pl.DataFrame(pl.from_arrow(batch))
            yield self.batch(frame, content, is_first=not begun)
            begun = True
        found.close()
        content.left_out["records"], content.left_out["lists"] = len(reading.quarantine.records), len(reading.nested)
        if not begun:
            empty = pl.DataFrame(schema=[f"c{i}" for i, _ in enumerate(self.names, 1)])
            yield self.batch(empty, content, is_first=True)

    def batch(self, frame: pl.DataFrame, content: Content, *, is_first: bool) -> Batch:
        """Some records: distinct texts with their threads."""
        frame = frame.with_columns(pl.all().cast(pl.String))
        thread = pl.col(f"c{1 + self.names.index(self.keeping.thread)}") if self.keeping.thread else None
        asked = {place: _asked(frame, f"c{place + 1}", thread) for place in self.chosen}

        def written(found: Found) -> bytes:
            now = frame
            for place, passages in asked.items():
                new = {one: applied(one.text, content.saw(one, found)) for one in passages}
                now = _put(now, f"c{place + 1}", thread, new)
            return _csv(now.rename(dict(zip(now.columns, self.names, strict=True))), is_first=is_first)

        others = pl.concat([frame[name].unique().alias("other") for name in frame.columns]).drop_nulls().to_list()
        return Batch([one for passages in asked.values() for one in passages], frame.height, written, others)


def _asked(frame: pl.DataFrame, column: str, thread: pl.Expr | None) -> list[Passage]:
    """The distinct texts of a column; without threads each is one of its own."""
    told = frame.select(text=pl.col(column), thread=thread if thread is not None else pl.col(column)).unique(
        maintain_order=True
    )
    return [Passage(who, text) for text, who in told.filter(pl.col("text").str.strip_chars() != "").iter_rows()]


def _put(frame: pl.DataFrame, column: str, thread: pl.Expr | None, new: dict[Passage, str]) -> pl.DataFrame:
    """The frame with the redacted texts of a column."""
    schema = {"thread": pl.String, "text": pl.String, "new": pl.String}
    told = pl.DataFrame([(one.thread, one.text, now) for one, now in new.items()], schema=schema, orient="row")
    asked = frame.with_columns(thread=thread if thread is not None else pl.col(column), text=pl.col(column))
    joined = asked.join(told, on=["thread", "text"], how="left", nulls_equal=True, maintain_order="left")
    return joined.with_columns(pl.coalesce("new", column).alias(column)).select(frame.columns)


def _csv(frame: pl.DataFrame, *, is_first: bool) -> bytes:
    return frame.write_csv(include_header=is_first).encode()


def _readings(path: Path) -> Generator[Reading, None, None]:
    """The tables of a file, each to be read before the next is asked for; files inside it are none of them."""
    for one in reader_of(kind_of(path))(path):
        if not isinstance(one, Inner):
            yield one.otherwise() if isinstance(one, Sound) else one


def tables(path: Path, keeping: Keeping) -> list[Content]:
    """The tables of an export.

    Args:
        path: of the file.
        keeping: which fields, and which tells threads apart.

    Raises:
        SourceError: the file cannot be read.
        RedactionError: a field that no table has, with the nearest one.
    """
    read = [(place, text_names(one.names), one.counted) for place, one in enumerate(_readings(path)) if one.names]
    known = [name for _, names, _ in read for name in names]
    for name in (*keeping.fields, *filter(None, [keeping.thread])):
        if name not in known:
            raise RedactionError(f"{path.name}: has no field {name!r}{nearest(name, known)}")
    return [_content(_Table(path, place, names, _own(keeping, names)), counted) for place, names, counted in read]


def _own(keeping: Keeping, names: Sequence[str]) -> Keeping:
    return replace(keeping, thread=keeping.thread if keeping.thread in names else "")


def _content(table: _Table, counted: int) -> Content:
    chosen = [
        place for place, name in enumerate(table.names) if not table.keeping.fields or name in table.keeping.fields
    ]
    whole = replace(table, chosen=chosen)
    content = Content("table", ".csv", lambda: iter(()), counted)
    return replace(content, batches=lambda: whole.batches(content))
