"""What every part of the embedded engine stands on: running a statement, and having a table ready for it."""

from collections.abc import Sequence
from typing import Any


class Asking:
    """Asks DuckDB; `DuckDBEngine` says how."""

    def _run(self, statement: str, parameters: Sequence[Any] = (), **tables: Any) -> Any:
        raise NotImplementedError

    def _query(self, statement: str, **tables: Any) -> Any:
        raise NotImplementedError

    def _ready(self, name: str) -> str:
        raise NotImplementedError

    def describe(self, name: str) -> tuple[int, Sequence[str]]:
        """Number of rows and the column names."""
        raise NotImplementedError

    def forget(self, name: str) -> None:
        """Drop a table or view."""
        raise NotImplementedError
