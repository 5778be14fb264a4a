"""Where a table is prepared: the steps so far, and views of what they have made of it."""

import hmac
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyarrow as pa

from igmap.engine import Engine
from igmap.engine.changes import Change
from igmap.engine.derives import Whose
from igmap.engine.draws import Draw, Per

if TYPE_CHECKING:
    from igmap.inventory.people.known import Known


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A table that is to be prepared.

    Args:
        name: the engine's table.
        person: the column that tells persons apart; None when each record is a person.
        fields: what messages call the columns; their engine name when it is not said.
        known: persons of the workspace, who are looked for in texts.
    """

    name: str
    person: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    known: "Known | None" = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class ReleaseKey:
    """What all chance of a release follows from; destroyed with it, it cannot be repeated.

    Args:
        secret: key material, the same for all tables of a release, another for the next.
        seed: tells noise, exchanged and swapped values of the tables apart; pseudonyms, made-up values, shifts of
            dates and samples do not depend on it, so that they fit over tables.
    """

    secret: bytes = field(repr=False)
    seed: int = field(default=0, repr=False)

    def named(self, purpose: str) -> bytes:
        """The key for one purpose, the same in all tables."""
        return hmac.digest(self.secret, purpose.encode(), "sha256")

    def drawn(self, purpose: str) -> bytes:
        """The key for draws of one purpose in this table."""
        return self.named(f"{purpose} {self.seed}")


class Bench:
    """A table with the changes so far; nothing is written before `keep`, and `clear` leaves nothing behind.

    Args:
        engine: holds the table.
        source: the table.
        key: for what is drawn.
        share: of the persons that are taken, 0-1.
    """

    def __init__(self, engine: Engine, source: SourceTable, key: ReleaseKey, share: float = 1.0) -> None:
        """Nothing has changed yet."""
        self.engine, self.source, self.key = engine, source, key
        self.decimals: dict[str, int] = {}  # of columns that hold plain numbers
        self.dated: set[str] = set()  # columns that hold dates as yyyy-mm-dd
        self._whose = Whose(source.person, share, key.named("sample"))
        self._changes: list[Change] = []
        self._draws: Counter[str] = Counter()
        self._made: list[str] = []
        self.unread: dict[str, int] = {}  # cells that were made blank
        self.different: dict[str, int] = {}  # values that a column is to have in the end

    def named(self, column: str) -> str:
        """What messages call a column."""
        return f"column {self.source.fields.get(column, column)!r}"

    def draw(self, column: str, step: str, per: str) -> Draw:
        """A draw for a step of a column, one for each value of a person or for each of a record.

        It does not depend on the steps of other columns.
        """
        self._draws[column] += 1
        each: Per = "record" if per == "record" or self.source.person is None else "value"
        return Draw(self.key.drawn(f"{step} {column} {self._draws[column]}"), each)

    def add(self, change: Change) -> None:
        """What becomes of columns next; whoever adds it says what they hold then."""
        self._changes.append(change)
        self.dated -= set(change.columns)
        for column in change.columns:
            self.decimals.pop(column, None)

    def look(self, columns: Sequence[str]) -> str:
        """A view of the table in which these columns are as they have become."""
        needed, chosen = set(columns), list[Change]()
        for change in reversed(self._changes):
            if needed & set(change.columns):
                needed |= set(change.columns)
                chosen.insert(0, change)
        name = self.fresh()
        self.engine.derive(self.source.name, name, chosen, self._whose, kept=False)
        return name

    def table(self, batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> str:
        """A table of the engine that is looked up in, filled as it streams by."""
        name = self.fresh()
        self.engine.load(name, pa.RecordBatchReader.from_batches(schema, batches))
        return name

    def fresh(self) -> str:
        """A name for a table that is not left behind."""
        self._made.append(f"{self.source.name}_step{len(self._made)}")
        return self._made[-1]

    def keep(self, target: str) -> Mapping[str, int]:
        """Write the table with all changes; the cells changed by column."""
        return self.engine.derive(self.source.name, target, self._changes, self._whose, kept=True)

    def clear(self) -> None:
        """Drop what was made on the way, the last first."""
        while self._made:
            self.engine.forget(self._made.pop())
