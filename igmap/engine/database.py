"""A DuckDB database in a folder of its own: nothing is fetched by it, and its errors quote no cell."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from igmap.engine.scanning import quoted
from igmap.errors import EngineError

ROW_GROUP = 20_480  # rows that are packed together: they are held in memory until then, and mails are long
PLAIN_LIMIT = re.compile(r"[1-9]\d*(?:\.\d+)?[KMGT]B")  # of memory, as DuckDB is known to take it


class Database:
    """A database in a folder, which starts when it is first asked for: that takes as long as counting a small table.

    Args:
        folder: for the database and its spill files.
        memory_limit: what DuckDB may hold in memory before it spills; by default what IGMAP_MEMORY says, or 2GB.
    """

    def __init__(self, folder: Path, memory_limit: str) -> None:
        """Store what it is made of; a limit that may be none is tried at once.

        Raises:
            EngineError: the memory limit is not one; the folder is removed then.
        """
        self._folder, self._limit = folder, memory_limit or os.environ.get("IGMAP_MEMORY", "2GB")
        self._connection: duckdb.DuckDBPyConnection | None = None
        if not PLAIN_LIMIT.fullmatch(self._limit):
            self._connection = self._started()

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor of its own; tables in the folder are called `staged`, those in memory `memory`."""
        self._connection = self._connection or self._started()
        cursor = self._connection.cursor()
        cursor.execute("SET search_path = 'staged.main,memory.main'")
        return cursor

    def close(self) -> None:
        """Close it; its files stay."""
        if self._connection:
            self._connection.close()

    def _started(self) -> duckdb.DuckDBPyConnection:
        settings = {
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "memory_limit": self._limit,
            "temp_directory": str(self._folder / "spill"),
            "preserve_insertion_order": True,
        }
        try:
            connection = duckdb.connect(config=settings)
        except (duckdb.ParserException, duckdb.InvalidInputException):
            shutil.rmtree(self._folder, ignore_errors=True)
            raise EngineError("the memory limit is not one; write it as 1500MB or 4GB (IGMAP_MEMORY)") from None
        connection.execute("PRAGMA disable_checkpoint_on_shutdown")  # the file is removed then
        path = quoted(str(self._folder / "tables.duckdb"))
        connection.execute(f"ATTACH {path} AS staged (ROW_GROUP_SIZE {ROW_GROUP})")
        return connection


@contextmanager
def values_withheld(*kinds: type[Exception]) -> Iterator[None]:
    """Turn DuckDB's errors into ours, and other kinds: those of conversion and of CSV quote the cell they failed on."""
    try:
        yield
    except (duckdb.Error, *kinds) as error:
        raise EngineError(
            f"the engine refused a statement ({type(error).__name__}); its message may quote data and is withheld"
        ) from None
