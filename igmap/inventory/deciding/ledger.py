"""decisions.yaml as a person keeps it: entries are added to its text, and every letter that was there stays.

What was added is read back and compared before it takes the place of the old file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from igmap.errors import DecisionError
from igmap.inventory.assessments import Assessment
from igmap.inventory.deciding.entries import added, line_of
from igmap.inventory.decisions import (
    Acceptance,
    DatasetBinding,
    Decisions,
    FieldDecision,
    ValueDecision,
    parsed_decisions,
)
from igmap.workspace import write_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from igmap.inventory.decision import Decision

_BY_HAND = "add the decision by hand, or write the list of {name!r} as lines that begin with '- '"
_LISTS: dict[type[Decision], str] = {
    FieldDecision: "fields",
    DatasetBinding: "datasets",
    ValueDecision: "values",
    Acceptance: "accepted",
    Assessment: "assessments",
}


@dataclass(frozen=True, slots=True)
class Ledger:
    """decisions.yaml as it was when it was read.

    Args:
        path: where it lies, if it is there.
        content: its bytes; None when there was no file.
        decisions: what it says.
    """

    path: Path
    content: bytes | None
    decisions: Decisions

    def with_added(self, entries: Sequence[Decision]) -> Ledger:
        """Write decisions of one kind below those that are there, by one rename; no decision, no writing.

        Raises:
            DecisionError: the file was changed meanwhile, or leaves no place to add to, or a decision is signed on a
                day that lies ahead; nothing is written.
        """
        if not entries:
            return self
        refuse_ahead(max(entry.on for entry in entries))
        text = self._text()
        name = _LISTS[type(entries[0])]
        longer = added(text, [line_of(entry) for entry in entries], name)
        wanted = self.decisions.model_copy(update={name: (*getattr(self.decisions, name), *entries)})
        if parsed_decisions(longer, self.path.name) != wanted:
            raise DecisionError(f"{self.path.name}: cannot be added to as it is written; {_BY_HAND.format(name=name)}")
        if _bytes(self.path) != self.content:
            raise DecisionError(f"{self.path.name}: was changed meanwhile; nothing was written, decide again")
        mode = self.path.stat().st_mode if self.content is not None else None
        real = write_file(self.path.resolve(), longer.encode())
        if mode is not None:
            real.chmod(mode & 0o7777)
        return Ledger(self.path, longer.encode(), wanted)

    def _text(self) -> str:
        return (self.content or b"").decode()


def refuse_ahead(signed: date) -> None:
    """Nobody signs on a day that is still to come.

    Raises:
        DecisionError: the day lies ahead.
    """
    if signed > date.today():  # noqa: DTZ011 - the analyst's own day
        raise DecisionError(f"{signed.isoformat()} lies ahead: sign on the day itself, or give the day it was decided")


def open_ledger(path: Path) -> Ledger:
    """Read decisions.yaml; without a file there are no decisions yet.

    Raises:
        DecisionError: it is not sound; it has to be before anything is added.
    """
    content = _bytes(path)
    try:
        text = (content or b"").decode()
    except UnicodeDecodeError:
        raise DecisionError(f"{path.name}: is not UTF-8; save it as UTF-8") from None
    return Ledger(path, content, parsed_decisions(text, path.name))


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise DecisionError(f"{path.name}: cannot be read ({error.strerror})") from None
