"""Ledgers under private/: small SQLite files, written whole or not at all, by one at a time."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from igmap.errors import WorkspaceError

FORM = 1  # of the tables; another is another igmap's
PATIENCE_SECONDS = 60.0


@contextmanager
def ledger(path: Path, tables: Sequence[str], *, damaged: str) -> Iterator[sqlite3.Connection]:
    """A ledger, kept for oneself; what was written stays if the block ends well, and nothing of it otherwise.

    Args:
        path: of the file under private/; made when it is not there.
        tables: the statements that make them.
        damaged: what to say, and what to do, when it is no such ledger.

    Raises:
        WorkspaceError: it is damaged, another igmap's, or somebody else's for too long.
    """
    name = f"private/{path.name}"
    try:
        with closing(sqlite3.connect(path, timeout=PATIENCE_SECONDS, isolation_level=None)) as base:
            path.chmod(0o600)
            base.execute("PRAGMA synchronous = FULL")
            base.execute("BEGIN IMMEDIATE")
            (form,) = base.execute("PRAGMA user_version").fetchone()
            if form not in {0, FORM}:
                raise WorkspaceError(f"{name}: was made by another version of igmap (form {form}); move it elsewhere")
            for statement in () if form else (*tables, f"PRAGMA user_version = {FORM}"):
                base.execute(statement)
            yield base
            base.execute("COMMIT")
    except sqlite3.OperationalError as error:
        raise WorkspaceError(
            f"{name}: cannot be read or written ({error.sqlite_errorname}); is another program using it?"
        ) from None
    except sqlite3.DatabaseError:
        raise WorkspaceError(f"{name}: {damaged}") from None
