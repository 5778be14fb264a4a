"""The log of runs: private/runs.sqlite. A run is written down when it begins and again when it ends, each in one go.

So a run that was killed is there without an end, and two runs at once wait for each other for a moment only.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path  # noqa: TC003 - of a dataclass
from typing import TYPE_CHECKING, Any

from igmap import __version__
from igmap.control.run import Detail, Drifted, ExportFile, Run, detail_of, figures_of, files_of, sha256_of
from igmap.control.since import Since, compare
from igmap.errors import IgmapError
from igmap.ledgers import ledger
from igmap.stages import from_plain, to_plain

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from igmap.found import Found
    from igmap.inventory import Inventory
    from igmap.policy import Findings
    from igmap.workspace import Workspace

FILE = "runs.sqlite"
DAMAGED = "is damaged, or no log of runs; move it elsewhere, and igmap begins another"
_TABLES = (
    "CREATE TABLE runs (number INTEGER PRIMARY KEY AUTOINCREMENT, figures TEXT NOT NULL, detail TEXT, inventory TEXT)",
    "CREATE TABLE inventories (sha256 TEXT PRIMARY KEY, content BLOB NOT NULL)",
)


@dataclass(frozen=True, slots=True)
class Runs:
    """The log of one workspace; nothing is made before something is written.

    Args:
        path: of the database.
    """

    path: Path

    def begin(self, run: Run) -> Run:
        """Write down that a run begins; it gets its number."""
        with self._open() as base:
            number = base.execute("INSERT INTO runs (figures) VALUES ('{}')").lastrowid or 0
            numbered = replace(run, number=number)
            base.execute("UPDATE runs SET figures = ? WHERE number = ?", (_written(numbered), number))
        return numbered

    def end(self, run: Run, detail: Detail | None = None, inventory: Inventory | None = None) -> None:
        """Write down how a run ended, and all it found, at once."""
        content = json.dumps(to_plain(inventory)).encode() if inventory else b""
        digest = hashlib.sha256(content).hexdigest() if inventory else None
        told = _written(detail) if detail else None
        with self._open() as base:
            if digest:
                base.execute("INSERT OR IGNORE INTO inventories VALUES (?, ?)", (digest, zlib.compress(content)))
            row = (_written(run), told, digest, run.number)
            base.execute("UPDATE runs SET figures = ?, detail = ?, inventory = ? WHERE number = ?", row)

    def all(self) -> tuple[Run, ...]:
        """Every run in figures, the first first."""
        rows = self._read("SELECT figures FROM runs ORDER BY number")
        return tuple(from_plain(Run, json.loads(figures)) for (figures,) in rows)

    def judged(self) -> tuple[Run, ...]:
        """The runs that came as far as findings."""
        return tuple(run for run in self.all() if run.judged)

    def detail(self, run: Run) -> Detail:
        """What stands behind the figures of a run."""
        rows = self._read("SELECT detail FROM runs WHERE number = ?", run.number)
        return next((from_plain(Detail, json.loads(told)) for (told,) in rows if told), Detail())

    def inventory(self, run: Run) -> Inventory | None:
        """What a run found where; None when it did not come so far."""
        from igmap.inventory import Inventory

        joined = "SELECT content FROM inventories JOIN runs ON inventory = sha256 WHERE number = ?"
        rows = self._read(joined, run.number)
        return next((from_plain(Inventory, json.loads(zlib.decompress(content))) for (content,) in rows), None)

    def _read(self, query: str, *arguments: int) -> list[Any]:
        if not self.path.is_file():
            return []
        with self._open() as base:
            rows: list[Any] = base.execute(query, arguments).fetchall()
            return rows

    def _open(self) -> AbstractContextManager[sqlite3.Connection]:
        """All or nothing, and nobody else at the same time."""
        return ledger(self.path, _TABLES, damaged=DAMAGED)


def _written(stage: Run | Detail) -> str:
    return json.dumps(to_plain(stage))


@dataclass(slots=True)
class Recording:
    """A run that goes on.

    Args:
        runs: where it is written down.
        run: as far as it is known.
        workspace: in which it goes on.
        detail: what stands behind the figures, once there are any.
        inventory: what was found, once it was.
        files: the exports as they lay there when it began.
    """

    runs: Runs
    run: Run
    workspace: Workspace
    detail: Detail | None = None
    inventory: Inventory | None = None
    files: tuple[ExportFile, ...] = ()

    @property
    def since(self) -> Since:
        """This run beside the one before it; after `saw`."""
        before, now = self.before, self.detail or Detail()
        return compare(before, self.run, self.runs.detail(before) if before else Detail(), now)

    @property
    def before(self) -> Run | None:
        """The last run before this one that came as far as findings."""
        return next((one for one in reversed(self.runs.judged()) if one.number < self.run.number), None)

    def saw(self, found: Found, findings: Findings, exit_status: int = 0) -> None:
        """Take down what was found and what the checks say; it is written when the run ends."""
        from igmap.inventory.drifting import drift

        before = self.before
        earlier = self.runs.inventory(before) if before else None
        moved = drift(earlier, found.inventory) if earlier else None
        told = Drifted(len(moved.new), len(moved.gone), len(moved.changed), moved.is_personal) if moved else Drifted()
        figures = figures_of(found, findings)
        self.run = replace(self.run, **figures, drift=told, exit_status=exit_status)
        self.detail = detail_of(found, findings, self.files)
        self.inventory = found.inventory


@contextmanager
def logged(
    workspace: Workspace, verb: str, *, today: date, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Iterator[Recording]:
    """Write a run down: that it begins, and how it ends, whatever happens in between.

    Args:
        workspace: in which it runs.
        verb: what is done.
        today: the day everything is reckoned to.
        now: the clock.

    Raises:
        WorkspaceError: the log cannot be written; the run does not begin.
    """
    runs, began = Runs(workspace.private / FILE), now()
    hashes = (sha256_of(workspace.policy), sha256_of(workspace.decisions))
    run = Run(0, verb, began, today, __version__, policy_sha256=hashes[0], decisions_sha256=hashes[1])
    run = runs.begin(run)
    going = Recording(runs, run, workspace, files=files_of(workspace))
    try:
        yield going
    except BaseException as error:
        going.run = replace(going.run, exit_status=_status_of(error))
        raise
    finally:
        ended = replace(going.run, seconds=round((now() - began).total_seconds(), 3))
        runs.end(ended, going.detail, going.inventory)


def _status_of(error: BaseException) -> int:
    if isinstance(error, IgmapError):
        return error.exit_status
    return error.code if isinstance(error, SystemExit) and isinstance(error.code, int) else 1
