"""Every term of every dataset held against its records: each table's date columns are read in one pass together."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Literal

import polars as pl
import pyarrow as pa

from igmap.engine import Dated, Engine
from igmap.inventory.decisions import DatasetBinding
from igmap.inventory.holds import Hold
from igmap.inventory.inventory import DatasetInventory, Field
from igmap.inventory.labels import Located
from igmap.policy.case import Case
from igmap.policy.events import event_of
from igmap.policy.keeping.counting import Count, Ends, count, since_event
from igmap.policy.keeping.days import NEVER, Notation, Reason, counted_parts, days_of, parts_of, placed
from igmap.policy.keeping.holding import fields_held, holds_of, persons_held
from igmap.policy.keeping.starts import end_of
from igmap.policy.keeping.terms import Term, terms_of
from igmap.policy.limits import StartEvent

State = Literal["counted", "no_term", "no_start", "no_start_column", "column_absent", "in_list", "not_read"]


AT_ONCE = 100_000  # texts


@dataclass(frozen=True, slots=True)
class Bound:
    """A dataset with what was declared about it, where its table is, and who holds its records.

    Args:
        fields: its personal ones.
        place: its table; None when the exports are not open.
        holds: that are about it and run.
        kept: its fields that a hold of the register keeps.
    """

    dataset: DatasetInventory
    fields: tuple[Field, ...]
    binding: DatasetBinding
    place: Located | None = None
    holds: tuple[Hold, ...] = ()
    kept: frozenset[str] = frozenset()

    @property
    def table(self) -> str:
        """The engine's table."""
        return self.place.dataset.name if self.place else ""

    @property
    def rows(self) -> int:
        """Its records, those in quarantine among them."""
        return self.place.dataset.rows if self.place else self.dataset.rows

    def column(self, name: str) -> str:
        """The engine's column of a field of the records themselves; "" where there is none."""
        at = self.place.columns.get(name) if self.place and name else None
        return at.column if at is not None and at.table == self.table else ""

    @property
    def all_held(self) -> bool:
        """Whether every record is held: nobody is named, or nothing in the dataset tells who is meant."""
        nobody_known = not self.column(self.binding.person_key or "")
        return any(hold.persons is None or nobody_known for hold in self.holds)


@dataclass(frozen=True, slots=True)
class Reading:
    """A date column of a dataset.

    Args:
        notation: how it writes its dates.
        days: `first`, `last`, `reason`, `held` and `rows`.
        texts: with what each says, where they are few.
    """

    notation: Notation
    days: pl.DataFrame
    texts: pl.DataFrame | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """What one term says of one dataset.

    Args:
        bound: the dataset.
        term: that applies to some of its fields.
        state: counted, or why it cannot be.
        event: that starts the term.
        column: that gives its date.
        by_person: whether the latest date of a person decides.
        spread: the records over days; None when they were not read.
        count: the records against the term.
        readings: the date columns of the dataset that were read.
        others: fields that it does not speak of: those that serve other purposes only.
        stay: fields of the term that a hold of the register keeps.
    """

    bound: Bound
    term: Term
    state: State
    event: StartEvent | None = None
    column: str = ""
    by_person: bool = False
    spread: pl.DataFrame | None = None
    count: Count | None = None
    readings: Mapping[str, Reading] = field(default_factory=dict)
    others: frozenset[str] = frozenset()
    stay: tuple[str, ...] = ()

    @property
    def ends(self) -> Ends:
        """The last day within the term, given the date in the column."""
        event = self.event or StartEvent(id="")
        return partial(end_of, event=event, period=self.term.period)

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that the term ends: of its categories, serving its purpose."""
        found = (one for one in self.bound.fields if one.name not in self.others)
        return tuple(one.name for one in found if one.category in self.term.categories)

    @property
    def all_held(self) -> bool:
        """Whether nothing of it may go: every record is held, or every field it is about."""
        return self.bound.all_held or (bool(self.stay) and self.stay == self.fields)


def judge(case: Case) -> Iterator[Judged]:
    """Hold every term against the records of every dataset whose purposes were declared."""
    places = case.located()
    for dataset, fields, binding in case.bound():
        holds = holds_of(case, dataset, binding)
        kept = fields_held(case, dataset, fields, binding)
        bound = Bound(dataset, fields, binding, places.get((dataset.source, dataset.table)), holds, kept)
        terms = list(terms_of(case, dataset, fields, binding))
        readings = read_columns(case, bound) if terms else {}
        for term in terms:
            others = frozenset(f.name for f in fields if term.purpose not in case.purposes(dataset, binding, f.name))
            yield from _apart(replace(_judged(case, bound, term, readings), others=others), case)


def _apart(judged: Judged, case: Case) -> Iterator[Judged]:
    """What was judged; what a hold of the register keeps of it is counted apart from what may go."""
    stay = tuple(name for name in judged.fields if name in judged.bound.kept)
    leaving = {*judged.fields} - {*stay}
    if judged.spread is None or not stay:
        yield judged
        return
    if leaving:
        yield replace(_about(judged, leaving), stay=stay)
    held = count(judged.spread, judged.ends, case.today, rows=judged.bound.rows, all_held=True)
    yield replace(_about(judged, {*stay}), stay=stay, count=held)


def _about(judged: Judged, names: set[str]) -> Judged:
    """What was judged, of some of its fields only."""
    held = {one.category for one in judged.bound.fields if one.name in names}
    term = replace(judged.term, categories=tuple(name for name in judged.term.categories if name in held))
    return replace(judged, term=term, others=judged.others | ({*judged.fields} - names))


def read_columns(case: Case, bound: Bound) -> dict[str, Reading]:
    """The start columns of a dataset as days, read in one pass over its table."""
    names = [name for name in dict.fromkeys(bound.binding.start_columns.values()) if bound.column(name)]
    if case.exports is None or not names:
        return {}
    kept: list[pl.DataFrame] = []
    columns = [bound.column(name) for name in names]
    for batch in together(case.exports.engine.moments(bound.table, columns), AT_ONCE):
        parts = parts_of(batch, case.today)
        whole = not kept and len(parts) < AT_ONCE
        kept.append(parts if whole else counted_parts(parts, "place"))
    texts = kept[0] if len(kept) == 1 and "value" in kept[0].columns else None
    return {name: _reading(kept, texts, place, case) for place, name in enumerate(names)}


def _reading(kept: list[pl.DataFrame], texts: pl.DataFrame | None, place: int, case: Case) -> Reading:
    here = pl.col("place") == place
    notation, days = days_of([counted_parts(parts.filter(here)) for parts in kept], case.today)
    few = None if texts is None else texts.filter(here)
    return Reading(notation, days.with_columns(held=pl.lit(value=False)), few)


def together(batches: Iterable[pa.RecordBatch], rows: int) -> Iterator[pa.RecordBatch]:
    """Small batches as larger ones of at least so many rows: reading dates has a price per batch."""
    held: list[pa.RecordBatch] = []
    for batch in batches:
        held.append(batch)
        if sum(map(len, held)) >= rows:
            yield pa.Table.from_batches(held).combine_chunks().to_batches()[0]
            held = []
    yield from pa.Table.from_batches(held).combine_chunks().to_batches() if held else []


def dated(case: Case, judged: Judged, engine: Engine) -> Dated:
    """A date column of a dataset as the engine can join it: what each of its texts means, and whose the records are."""
    bound, notation = judged.bound, judged.readings[judged.column].notation
    column = bound.column(judged.column)
    texts = judged.readings[judged.column].texts
    batches = together(engine.moments(bound.table, [column]), AT_ONCE) if texts is None else ()
    few = [texts] if texts is not None else (parts_of(batch, case.today) for batch in batches)
    read = [placed(parts.drop_nulls("value"), notation, case.today).select(DAYS.names) for parts in few]
    person = bound.column(bound.binding.person_key or "") or None
    held = persons_held(case, bound.holds) if person and not bound.all_held else None
    days = since_event(pl.concat(read), judged.event).to_arrow().cast(DAYS)
    blank_day = NEVER if judged.event and judged.event.blank == "not_yet" else None
    return Dated(column, days, int(Reason.BLANK), person, judged.by_person, held, blank_day)


DAYS = pa.schema([("value", pa.string()), ("first", pa.int64()), ("last", pa.int64()), ("reason", pa.int32())])


def _judged(case: Case, bound: Bound, term: Term, readings: dict[str, Reading]) -> Judged:
    rule, known = term.rule, term.known
    if rule is None or known is None:
        return Judged(bound, term, "no_start" if term.period else "no_term", readings=readings)
    event = event_of(known[0], case.register.retention)
    column = bound.binding.start_columns.get(known[0], "")
    by_person = event.of == "person" and bool(bound.column(bound.binding.person_key or ""))
    told = Judged(bound, term, "counted", event, column, by_person, readings=readings)
    state = _uncounted(case, bound, column, readings)
    if state:
        return replace(told, state=state)
    spread = _spread(case, told)
    counted = count(spread, told.ends, case.today, rows=bound.rows, all_held=bound.all_held)
    return replace(told, spread=spread, count=counted)


def _uncounted(case: Case, bound: Bound, column: str, readings: dict[str, Reading]) -> State | None:
    """Why the records of a term with a start event cannot be counted, if so."""
    if case.exports is None or bound.place is None:
        return "not_read"
    if column not in bound.place.columns:
        return "column_absent" if column else "no_start_column"
    return None if column in readings else "in_list"


def _spread(case: Case, judged: Judged) -> pl.DataFrame:
    """The records over days: by person where the latest date of a person decides, or where persons are held."""
    bound = judged.bound
    named = [hold for hold in bound.holds if hold.persons] if not bound.all_held else []
    if case.exports is None or not (judged.by_person or (named and bound.column(bound.binding.person_key or ""))):
        return since_event(judged.readings[judged.column].days, judged.event)
    engine = case.exports.engine
    read = pl.DataFrame(pl.from_arrow(engine.spread(bound.table, dated(case, judged, engine))))
    return read.with_columns(pl.col("first", "last", "rows").cast(pl.Int64), pl.col("reason").cast(pl.Int32))
