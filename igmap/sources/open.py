"""Opening exports: every file is looked at, read by the adapter its content asks for, and accounted for."""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from igmap.engine import DuckDBEngine, Engine
from igmap.engine.protocol import RECORD
from igmap.errors import EngineError, IgmapError, SourceError
from igmap.sources.arrow import read_frame
from igmap.sources.encodings import raw_text
from igmap.sources.exports import Column, Dataset, Exports, Problem
from igmap.sources.kinds import READERS, kind_of
from igmap.sources.reading import Quarantine, Reading, sound_text, text_names
from igmap.workspace import Workspace, open_workspace

PROBLEMS_LISTED = 1000


def open_exports(where: Path | str | Workspace | Mapping[str, Any], engine: Engine | None = None) -> Exports:
    """Open everything a system exported, or tables that are in memory already.

    Args:
        where: a workspace (a folder that holds `exports/`), or tables by name: pandas or polars frames, Arrow tables.
        engine: where tables are counted; by default DuckDB under the workspace's `private/staging`.

    Returns:
        All tables, unreadable files among them with the reason. Close it, or use it in a `with` block.

    Raises:
        WorkspaceError: there is no `exports/` folder.
        SourceError: a table in memory is no table.

    Example:
        >>> import pandas as pd
        >>> with open_exports({"learners": pd.DataFrame({"name": ["Jan", None]})}) as exports:
        ...     exports.datasets[0].rows
        2
    """
    names = map("t{}".format, count(1))
    if isinstance(where, Mapping):
        workspace, staging = None, Path(tempfile.gettempdir())
    else:
        workspace = where if isinstance(where, Workspace) else open_workspace(where)
        staging = workspace.private / "staging"
    engine = engine or DuckDBEngine(staging)
    try:
        opened = _open_tables(engine, names, where) if isinstance(where, Mapping) else _open_path(engine, names, workspace)
        return Exports(engine, tuple(opened), workspace)
    except BaseException:
        engine.close()
        raise
