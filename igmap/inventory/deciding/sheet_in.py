"""`igmap decide --from`: a spreadsheet that a colleague filled in. Every row is right, or nothing is written."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from igmap.errors import DecisionError
from igmap.inventory.deciding.cells import SheetRow, day_of, read_rows
from igmap.inventory.deciding.decide import Choice, category_of, named
from igmap.inventory.deciding.ledger import open_ledger
from igmap.inventory.deciding.places import Name, Places, places_of
from igmap.inventory.deciding.series import unnumbered
from igmap.inventory.deciding.sheet import key_of
from igmap.inventory.decisions import DatasetBinding, Decisions, FieldDecision

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from igmap.inventory.inventory import Inventory
    from igmap.sources import Exports
    from igmap.workspace import Workspace

Entry = TypeVar("Entry", FieldDecision, DatasetBinding)


@dataclass(frozen=True, slots=True)
class Taken(Generic[Entry]):
    """What became of a spreadsheet.

    Args:
        decided: what was written, one entry per series.
        unchanged: rows that say what was decided before.
        skipped: rows without a decision.
        remarks: numbers of the rows that give a reason and no decision; they are among the skipped.
        decisions: everything decided, for the next `discover`.
    """

    decided: tuple[Entry, ...]
    unchanged: int
    skipped: int
    remarks: tuple[int, ...]
    decisions: Decisions

    def line(self, lang: str) -> str:
        """What became of it, in words."""
        from igmap.report import text

        counts = {"decided": len(self.decided), "unchanged": self.unchanged, "skipped": self.skipped}
        told = text("decide.taken", lang, **counts)
        rows = ", ".join(map(str, self.remarks))
        return f"{told} {text('decide.remarks', lang, rows=rows)}" if self.remarks else told


@dataclass(frozen=True, slots=True)
class _Reading:
    """What rows are read against."""

    places: Places
    decisions: Decisions
    given: Choice
    today: date

    @property
    def by_key(self) -> dict[str, Name]:
        return {key_of(*key, name): (*key, name) for key, names in self.places.fields.items() for name in names}


def read_sheet(
    workspace: Workspace, what: Inventory | Exports, path: Path, given: Choice, *, today: date
) -> Taken[FieldDecision]:
    """Take the decisions of a filled-in spreadsheet over into decisions.yaml.

    Rows may be sorted and columns deleted; categories may be in Dutch or English. A row without a decision is skipped.

    Args:
        workspace: whose decisions.yaml it is.
        what: the inventory, or the open exports.
        path: an XLSX, ODS or CSV file.
        given: `by`, `why` and `on` for rows that do not say so themselves; `exactly` for these very files only.
        today: a decision is of no later day.

    Returns:
        What was written, and how many rows were unchanged or skipped.

    Raises:
        DecisionError: with every row that is wrong, and why; nothing is written then.
    """
    ledger = open_ledger(workspace.decisions)
    places = places_of(what, workspace.root / "private" / "names.json")
    reading = _Reading(places, ledger.decisions, given, today)
    rows, by_key = read_rows(path), reading.by_key
    problems: dict[int, str] = {}
    read: dict[int, tuple[Name, FieldDecision] | None] = {}
    for row in rows:
        if row.decision:
            try:
                read[row.number] = _decision(row, reading, by_key)
            except DecisionError as error:
                problems[row.number] = str(error)
    said = {number: one for number, one in read.items() if one}
    problems |= _contradictions(said)
    problems |= {} if problems else _overruled(said, ledger.decisions)
    if problems:
        raise DecisionError(all_wrong(path.name, problems))
    skipped = [row for row in rows if not row.decision]
    new = tuple({(one.dataset, one.field): one for _, one in said.values()}.values())
    remarks = tuple(row.number for row in skipped if row.why)
    return Taken(new, len(read) - len(said), len(skipped), remarks, ledger.with_added(new).decisions)


def _decision(row: SheetRow, reading: _Reading, by_key: Mapping[str, Name]) -> tuple[Name, FieldDecision] | None:
    """The decision of a row about a field; None when it says what was decided before."""
    place = _place(row, reading, by_key)
    category, given = category_of(row.decision), reading.given
    held = reading.decisions.field(*place)
    day = day_of(row.on, reading.today) if row.on not in {None, ""} else None
    if held and _repeats(held, category, row, day):
        return None
    by, why = row.by or given.by, row.why or given.why
    if not by or not why:
        raise DecisionError("fill in why" if by else "fill in by whom, or give --by")
    decision = FieldDecision(
        dataset=named(*place[:2], reading.places, exactly=given.exactly),
        field=place[2] if given.exactly else unnumbered(place[2]),
        category=category,
        purposes=held.purposes if held else (),
        by=by,
        on=day or given.on or reading.today,
        why=why,
    )
    return place, _effective(decision, place, reading.decisions)


def _repeats(held: FieldDecision, category: str, row: SheetRow, day: date | None) -> bool:
    same_words = row.why in {"", held.why.strip()} and row.by in {"", held.by.strip()}
    return held.category == category and same_words and day in {None, held.on}


def _effective(decision: FieldDecision, place: Name, decisions: Decisions) -> FieldDecision:
    """The decision under the name of the one it replaces, where that is more specific and would hold otherwise."""
    held = decisions.field(*place)
    both = decisions.model_copy(update={"fields": (held, decision)})
    if held is None or both.field(*place) == decision:
        return decision
    return decision.model_copy(update={"dataset": held.dataset, "field": held.field})


def _place(row: SheetRow, reading: _Reading, by_key: Mapping[str, Name]) -> Name:
    """Which field a row is about: by its key, and by its names where there is none."""
    keyed, named_so = by_key.get(row.key), None
    everywhere = reading.places.fields
    if row.field in everywhere.get((row.dataset, row.table), ()):
        named_so = (row.dataset, row.table, row.field)
    if keyed and named_so and keyed != named_so:
        raise DecisionError("the names and the hidden key are of different fields; copy whole rows, or delete the key")
    if keyed or named_so:
        return keyed or named_so  # type: ignore[return-value]
    if not row.dataset or not row.field:
        raise DecisionError("says of no field of the present exports that it is about it")
    (source, table), *more = reading.places.datasets(row.dataset, row.table, reading.decisions)
    name = reading.places.field([(source, table), *more], row.field)
    if more:
        raise DecisionError("the field is in several tables; keep the column with the sheet or table")
    return source, table, name


def _contradictions(said: Mapping[int, tuple[Name, FieldDecision]]) -> dict[int, str]:
    """Rows about the same field of two months that say different things."""
    rows: defaultdict[tuple[str, str], dict[int, str]] = defaultdict(dict)
    for number, (_, decision) in said.items():
        rows[decision.dataset, decision.field][number] = decision.category
    return {
        number: f"row {next(n for n in alike if alike[n] != category)} is of the same field in another month;"
        " let both say the same, or use --exactly"
        for alike in rows.values()
        if len(set(alike.values())) > 1
        for number, category in alike.items()
    }


def _overruled(said: Mapping[int, tuple[Name, FieldDecision]], decisions: Decisions) -> dict[int, str]:
    """Rows that would not hold because of a decision of a later day."""
    new = tuple(decision for _, decision in said.values())
    after = decisions.model_copy(update={"fields": (*decisions.fields, *new)})
    wrong = {}
    for number, (place, decision) in said.items():
        holding = after.field(*place)
        if holding and holding.category != decision.category:
            wrong[number] = f"a decision of {holding.on.isoformat()} holds; leave the date empty, or give a later one"
    return wrong


def all_wrong(file: str, problems: Mapping[int, str]) -> str:
    """Every row that is wrong, with why, in one message."""
    lines = (f"\n  row {number}: {problems[number]}" for number in sorted(problems))
    return f"{file}: nothing was written; rows that are not right ({len(problems)}):{''.join(lines)}"
