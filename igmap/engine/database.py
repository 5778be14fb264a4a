"""A DuckDB database in a folder of its own: nothing is fetched by it, and its errors quote no cell."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from igmap.engine.scanning import quoted
from igmap.errors import EngineError

ROW_GROUP = 20_480  # rows that are packed together: they are held in memory until then, and mails are long


def connected(folder: Path, memory_limit: str) -> duckdb.DuckDBPyConnection:
    """A connection with a database in the folder, of which `staged` is the name.

    Args:
        folder: for the database and its spill files; it is removed when the connection cannot be made.
        memory_limit: what DuckDB may hold in memory before it spills; by default what IGMAP_MEMORY says, or 2GB.

    Raises:
        EngineError: the memory limit is not one.
    """
    settings = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "memory_limit": memory_limit or os.environ.get("IGMAP_MEMORY", "2GB"),
        "temp_directory": str(folder / "spill"),
        "preserve_insertion_order": True,
    }
    try:
        connection = duckdb.connect(config=settings)
    except (duckdb.ParserException, duckdb.InvalidInputException):
        shutil.rmtree(folder, ignore_errors=True)
        raise EngineError("the memory limit is not one; write it as 1500MB or 4GB (IGMAP_MEMORY)") from None
    connection.execute("PRAGMA disable_checkpoint_on_shutdown")  # the file is removed then
    connection.execute(f"ATTACH {quoted(str(folder / 'tables.duckdb'))} AS staged (ROW_GROUP_SIZE {ROW_GROUP})")
    return connection


@contextmanager
def values_withheld() -> Iterator[None]:
    """Turn DuckDB's errors into ours: its conversion and CSV errors quote the cell they failed on."""
    try:
        yield
    except duckdb.Error as error:
        raise EngineError(
            f"the engine refused a statement ({type(error).__name__}); its message may quote data and is withheld"
        ) from None
