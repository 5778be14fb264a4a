"""`igmap bind --from`: the spreadsheet as a colleague filled it in. Every row is right, or nothing is written."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from igmap.errors import DecisionError, IgmapError
from igmap.inventory.deciding.cells import as_text, day_of, one_line, read_form
from igmap.inventory.deciding.ledger import open_ledger
from igmap.inventory.deciding.sheet_in import Taken, all_wrong
from igmap.inventory.decisions import DatasetBinding, Decisions
from igmap.policy.binding.confirm import NONE, Said, bound
from igmap.policy.binding.known import Known
from igmap.policy.binding.proposal import PARTS
from igmap.policy.binding.propose import propose
from igmap.policy.binding.sheet import ACCEPTED, BINDINGS, key_of
from igmap.workspace import Workspace

LISTS = {"purposes", "data_subjects", "recipients"}


@dataclass(frozen=True, slots=True)
class _Row:
    """A row that was filled in.

    Args:
        number: as the spreadsheet shows it.
        scope: pattern of files and table it is about.
        cells: by column.
    """

    number: int
    scope: tuple[str, str]
    cells: Mapping[str, Any]

    def word(self, name: str) -> str:
        """A cell as text in one line."""
        return one_line(self.cells.get(name))

    @property
    def is_said(self) -> bool:
        """Whether anything but a remark was filled in."""
        return any(self.word(name) for name in ("decision", *PARTS))


def read_bindings(workspace: Workspace, known: Known, path: Path, given: Said) -> Taken[DatasetBinding]:
    """Take the bindings of a filled-in spreadsheet over into decisions.yaml.

    Rows may be sorted and removed. A row in which nothing was said is skipped; "accept" takes the proposal that was
    shown, and is refused when the proposal has changed since.

    Args:
        workspace: whose decisions.yaml it is.
        known: inventory, register, exports, relations.
        path: an XLSX, ODS or CSV file.
        given: `by`, `why` and `on` for rows that do not say so themselves.

    Raises:
        DecisionError: with every row that is wrong, and why; nothing is written then.
    """
    ledger = open_ledger(workspace.decisions)
    known = known.decided(ledger.decisions)
    rows = [_row(number, cells) for number, cells in read_form(path, BINDINGS)]
    shown = {(one.files, one.sheet): key_of(one.files, one.sheet, one) for one in propose(known)}
    read: dict[int, DatasetBinding | None] = {}
    problems: dict[int, str] = {}
    for row in rows:
        if row.is_said:
            try:
                read[row.number] = _binding(row, known, given, shown)
            except IgmapError as error:
                problems[row.number] = str(error)
    said = {number: one for number, one in read.items() if one}
    problems |= dict(_at_odds(said, ledger.decisions, known))
    if problems:
        raise DecisionError(all_wrong(path.name, problems))
    new = tuple(_apart(said.values(), ledger.decisions))
    skipped = [row for row in rows if not row.is_said]
    remarks = tuple(row.number for row in skipped if row.word("why"))
    return Taken(new, len(read) - len(said), len(skipped), remarks, ledger.with_added(new).decisions)


def _row(number: int, cells: Mapping[str, Any]) -> _Row:
    return _Row(number, (as_text(cells.get("files")), as_text(cells.get("table"))), cells)


def _binding(row: _Row, known: Known, given: Said, shown: Mapping[tuple[str, str], str]) -> DatasetBinding | None:
    """The binding of a row; None when it says what was said before."""
    decision = row.word("decision").casefold()
    if decision and decision not in ACCEPTED:
        raise DecisionError("the decision is 'akkoord' ('accept') or empty; what differs goes into the other columns")
    if decision and row.word("key") and row.word("key") != shown.get(row.scope, row.word("key")):
        raise DecisionError("the proposal is another than when this was written; write the spreadsheet again")
    held = next((one for one in known.decisions.bindings if one.scope == row.scope), None)
    day = day_of(row.cells["on"], known.today) if one_line(row.cells.get("on")) else None
    by, why = row.word("by") or given.by, as_text(row.cells.get("why")).strip() or given.why
    said = Said(
        dataset=held.id if held else row.scope[0], table="" if held else row.scope[1], by=by, why=why,
        on=day or given.on or known.today, accept=bool(decision), **{name: _part(name, row) for name in PARTS},
    )  # fmt: skip
    found = bound(known, said)[0]
    same = held and found.model_dump(exclude={"on"}) == held.model_dump(exclude={"on"}) and day in {None, held.on}
    return None if same else found


def _part(name: str, row: _Row) -> Any:
    """A cell as it is meant: None when empty, so that it stays as it was."""
    words = re.sub(r"[ \t]+", " ", as_text(row.cells.get(name)).replace("\r", "\n")).strip()
    if not words:
        return None
    if name in LISTS:
        none = words.casefold() in {*NONE, "-"}
        return () if none else tuple(filter(None, (one.strip() for one in re.split(r"[,;\n]", words))))
    if name == "start_columns":
        pairs = [
            line.split(":", 1) if ":" in line else line.split("=", 1) for line in re.split(r"[\n;]", words) if line
        ]
        if not all(len(pair) == 2 for pair in pairs):  # noqa: PLR2004 - an event and its column
            raise DecisionError("start columns are written as event: column, a line each")
        return {event.strip(): column.strip() for event, column in pairs}
    return words


def _at_odds(said: Mapping[int, DatasetBinding], decisions: Decisions, known: Known) -> Iterator[tuple[int, str]]:
    """Rows about the same datasets that say different things."""
    rows: dict[tuple[str, str], int] = {}
    for number, one in said.items():
        first = rows.setdefault(one.scope, number)
        if first != number and said[first] != one:
            yield number, f"row {first} is about the same; let both say the same"
    after = decisions.model_copy(update={"datasets": (*decisions.datasets, *_apart(said.values(), decisions))})
    for key in known.places.fields:
        try:
            after.binding(*key)
        except DecisionError as error:
            number = next((n for n, one in said.items() if one.reaches(*key)), 0)
            yield number, str(error)


def _apart(said: Any, decisions: Decisions) -> Iterator[DatasetBinding]:
    """The bindings once each, with ids of their own."""
    taken = {one.id: one.scope for one in decisions.datasets}
    for one in {one.scope: one for one in said}.values():
        names = (one.id, *(f"{one.id}_{number}" for number in range(2, len(taken) + 3)))
        name = next(name for name in names if taken.get(name, one.scope) == one.scope)
        taken[name] = one.scope
        yield one.model_copy(update={"id": name})
