"""Tables of any export as batches: cells of the chosen fields redacted, all others and the order of records kept."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path

import polars as pl

from igmap.errors import RedactionError, nearest
from igmap.inventory import discover
from igmap.inventory.labels import mask_all
from igmap.inventory.people.known import Known
from igmap.inventory.people.known.tabled import known_from_workspace, named_together
from igmap.redaction.batches import Batch, Content, Found
from igmap.redaction.categories import categories
from igmap.redaction.reading import PERSON, Passage
from igmap.redaction.records import ALL, RECORD, Named, heads_of, thread_field, threads_of, within
from igmap.redaction.settings import Keeping, placeholders
from igmap.redaction.swaps import applied
from igmap.sources import open_exports
from igmap.sources.kinds import kind_of, reader_of
from igmap.sources.reading import Inner, Reading, Sound, text_names
from igmap.workspace import COMPUTED, inert

JUDGED = 2_000  # records by which fields are judged
WHOLE = {"direct", "key"}


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of a file.

    Args:
        path: of the file.
        place: which of its tables, from 0.
        names: of its fields.
        keeping: which fields, and which tells threads apart: `*` for none, "" where each record is one.
        chosen: the places of the fields, each with what all of its cells are; "" for texts that are read.
        left: by place of a field, the values that are categories and stay.
        people: the fields that name persons.
    """

    path: Path
    place: int
    names: Sequence[str]
    keeping: Keeping
    chosen: Sequence[tuple[int, str]] = ()
    left: Mapping[int, frozenset[str]] = field(default_factory=dict)
    people: Sequence[Named] = ()

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

    def heads(self) -> Sequence[str]:
        """What stands above the fields: their names, masked where a name tells of a person itself."""
        shown = mask_all(list(self.names))
        return [inert(shown[name]) for name in self.names]

    def _left(self, place: int) -> frozenset[str]:
        """The values of a field that stay: none of one that was asked for by its name."""
        return frozenset() if self.names[place] in self.keeping.fields else self.left.get(place, frozenset())

    def batch(self, frame: pl.DataFrame, content: Content, *, is_first: bool) -> Batch:
        """Some records: distinct texts with their threads."""
        frame = frame.with_columns(pl.all().cast(pl.String))
        places = [place for place, _ in self.chosen]
        told = frame.with_columns(threads_of(frame, self.names, self.keeping.thread, places).alias("thread"))
        asked = {
            place: [one for one in _asked(told, f"c{place + 1}", kind) if one.text not in self._left(place)]
            for place, kind in self.chosen
        }

        def written(found: Found) -> bytes:
            now = told
            for place, kind in self.chosen:
                new = {one: applied(one.text, content.saw(one, found)) for one in asked[place]}
                now = now.with_columns(_put(told, f"c{place + 1}", kind, new))
            return _csv(
                now.drop("thread").rename(dict(zip(frame.columns, self.heads(), strict=True))), is_first=is_first
            )

        others = pl.concat([frame[name].unique().alias("other") for name in frame.columns]).drop_nulls().to_list()
        texts = [one for passages in asked.values() for one in passages]
        names = [place for place, kind in self.chosen if kind == PERSON]
        return Batch(texts, frame.height, written, others, list(heads_of(told, self.people, names)))


def _asked(frame: pl.DataFrame, column: str, kind: str) -> list[Passage]:
    """The distinct texts of a column in each thread."""
    told = frame.select(text=pl.col(column), thread=within(column, kind)).unique(maintain_order=True)
    return [Passage(who, text, kind) for text, who in told.filter(pl.col("text").str.strip_chars() != "").iter_rows()]


def _put(frame: pl.DataFrame, column: str, kind: str, new: dict[Passage, str]) -> pl.Series:
    """The redacted texts of a column."""
    schema = {"thread": pl.String, "text": pl.String, "new": pl.String}
    told = pl.DataFrame([(one.thread, one.text, now) for one, now in new.items()], schema=schema, orient="row")
    asked = frame.select(thread=within(column, kind), text=pl.col(column))
    joined = asked.join(told, on=["thread", "text"], how="left", nulls_equal=True, maintain_order="left")
    return joined.select(pl.coalesce("new", "text").alias(column)).to_series()


def _csv(frame: pl.DataFrame, *, is_first: bool) -> bytes:
    """The records; a cell that a spreadsheet would compute gets an apostrophe, as `inert` says."""
    computed = pl.all().str.contains(COMPUTED)
    told = frame.select(pl.when(computed).then(pl.lit("'") + pl.all()).otherwise(pl.all()).name.keep())
    return told.write_csv(include_header=is_first).encode()


def _readings(path: Path) -> Generator[Reading, None, None]:
    """The tables of a file, each to be read before the next is asked for; files inside it are none of them."""
    for one in reader_of(kind_of(path))(path):
        if not isinstance(one, Inner):
            yield one.otherwise() if isinstance(one, Sound) else one


def tables(path: Path, keeping: Keeping) -> tuple[list[Content], Known]:
    """The tables of an export, and the persons whose names stand in fields of their own in them.

    Args:
        path: of the file.
        keeping: which fields, and which tells threads apart.

    Raises:
        SourceError: the file cannot be read.
        RedactionError: a field that no table has, with the nearest one.
    """
    read, named = [], dict[str, pl.DataFrame]()
    for place, one in enumerate(_readings(path)):
        if one.names:
            names, batches = text_names(one.names), _frames(one)
            kinds, people = judged_of(names, some := (first := next(batches)).head(JUDGED))
            left = {at: categories(some[:, at].cast(pl.String)) for at, kind in enumerate(kinds) if not kind}
            thread = replace(keeping, thread=keeping.thread or thread_field(names, some))
            read.append((_Table(path, place, names, thread, left=left, people=people), one.counted, kinds))
            named[f"table {place}"] = _of_persons(names, kinds, chain([first], batches))
    known = [name for table, *_ in read for name in table.names]
    for name in (*keeping.fields, *({keeping.thread} - {ALL, RECORD})):
        if name not in known:
            raise RedactionError(f"{path.name}: has no field {name!r}{nearest(name, known)}")
    return [_content(*one) for one in read], _persons(named)


def _frames(reading: Reading) -> Iterator[pl.DataFrame]:
    """The records of a table, thousands at a time; an empty frame where there are none."""
    batches = map(pl.DataFrame, map(pl.from_arrow, reading.stream))
    yield next(batches, pl.DataFrame(pl.from_arrow(reading.stream.schema.empty_table())))
    yield from batches


def _of_persons(names: Sequence[str], kinds: Sequence[str], batches: Iterator[pl.DataFrame]) -> pl.DataFrame:
    """The different records of the fields that hold names; the others are not read on."""
    told = [pl.col(f"c{place + 1}").alias(names[place]) for place, kind in enumerate(kinds) if kind == PERSON]
    return pl.concat([batch.select(told).unique(maintain_order=True) for batch in batches]) if told else pl.DataFrame()


def _persons(named: Mapping[str, pl.DataFrame]) -> Known:
    """The persons of tables: their names may stand in the texts of any record."""
    with open_exports({name: records for name, records in named.items() if len(records)}) as exports:
        return known_from_workspace(exports, discover(exports))


def judged_of(names: Sequence[str], records: pl.DataFrame) -> tuple[Sequence[str], Sequence[Named]]:
    """What all cells of each field are, and which fields name persons, as the inventory says.

    Args:
        names: of the fields.
        records: some of them, the fields in the same order.

    Returns:
        Of each field the identifier that has a placeholder, "" for texts; and the fields of each person.
    """
    if records.is_empty() or len(set(names)) < len(names):
        return [""] * len(names), ()
    with open_exports({"table": records.rename(dict(zip(records.columns, names, strict=True)))}) as exports:
        inventory = discover(exports)
        judged = inventory.datasets[0].fields
        _, groups, addresses = next(named_together(exports, inventory))
        at = {column.column: place for place, column in enumerate(exports.datasets[0].columns)}
        boxes = [at[one.column] for one in addresses]
        people = [Named({part: at[one.column] for part, one in group.items()}, *boxes) for group in groups]
    told = placeholders()
    kinds = [
        one.category
        if one.verdict == "found" and one.identifiability in WHOLE and not one.free_text and one.category in told
        else ""
        for one in judged
    ]
    return kinds, people


def _content(table: _Table, counted: int, kinds: Sequence[str]) -> Content:
    """The table with its fields: those that are asked for as texts; else all, those of identifiers as such."""
    known = {ALL, *table.names}
    keeping = replace(table.keeping, thread=table.keeping.thread if table.keeping.thread in known else RECORD)
    chosen = [
        (place, "" if keeping.fields or name == keeping.thread else kinds[place])
        for place, name in enumerate(table.names)
        if not keeping.fields or name in keeping.fields
    ]
    whole = replace(table, chosen=chosen, keeping=keeping)
    shown = mask_all(list(table.names))
    fields = {shown[table.names[place]]: kind for place, kind in chosen}
    thread = shown.get(keeping.thread, keeping.thread)
    content = Content("table", ".csv", lambda: iter(()), counted, fields=fields, threads=thread)
    return replace(content, batches=lambda: whole.batches(content))
