"""What people saw who looked at redacted texts: a list in private/, with hashes and counts and no text."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import polars as pl
from pydantic import ValidationError

from igmap.errors import WorkspaceError
from igmap.stages import read_stage, write_stage
from igmap.workspace import Workspace

FILE = "free_text_marks.json"
LENGTH = 24  # hexadecimal signs of a hash


@dataclass(frozen=True, slots=True)
class Mark:
    """What somebody saw in one redacted text.

    Args:
        text: the hash of the text.
        left: persons and identifiers that are still in it; None when one cannot tell.
        by: who looked.
        on: the day.
    """

    text: str
    left: int | None
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Marks:
    """free_text_marks.json: marks in the order in which they were made; of a text the last one holds."""

    marks: tuple[Mark, ...] = ()
    schema: Literal["igmap.free_text_marks/1"] = "igmap.free_text_marks/1"

    @property
    def holding(self) -> dict[str, Mark]:
        """The mark that holds of each text, by its hash."""
        return {one.text: one for one in self.marks}


def text_hash(text: str) -> str:
    """What stands for a text in the list of marks.

    Example:
        >>> text_hash("[NAAM] belde")
        '2a8a8fd13ba9ec38ac42c7bc'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]


def hashes_of(texts: pl.Series) -> pl.Series:
    """The hash of each of some distinct texts."""
    return pl.Series(texts.name, [text_hash(text) for text in texts], dtype=pl.String)


def read_marks(workspace: Workspace | None) -> Marks:
    """What was marked so far; nothing without a workspace.

    Raises:
        WorkspaceError: the list cannot be read.
    """
    path = _path(workspace) if workspace else None
    if path is None or not path.exists():
        return Marks()
    try:
        return read_stage(path, Marks)
    except (OSError, ValidationError):
        raise WorkspaceError(f"private/{FILE}: cannot be read; restore it, or move it away and mark again") from None


def add_marks(workspace: Workspace, marks: Iterable[Mark]) -> Marks:
    """Write marks behind those that are there; the file appears whole.

    Raises:
        WorkspaceError: a mark is by nobody or counts less than nothing, or the list cannot be read or written.
    """
    new = tuple(marks)
    if any(not one.by.strip() for one in new):
        raise WorkspaceError("a mark is somebody's: say who looked at the text (by)")
    if any(one.left is not None and one.left < 0 for one in new):
        raise WorkspaceError("what is left is counted: 0 or more, or left open when one cannot tell")
    return _write(workspace, Marks((*read_marks(workspace).marks, *new)))


def undo_mark(workspace: Workspace) -> Mark | None:
    """Take the last mark back.

    Returns:
        The mark that was taken back; None when there was none.
    """
    marks = read_marks(workspace).marks
    if not marks:
        return None
    _write(workspace, Marks(marks[:-1]))
    return marks[-1]


def _write(workspace: Workspace, marks: Marks) -> Marks:
    path = _path(workspace)
    write_stage(path, marks)
    path.chmod(0o600)
    return marks


def _path(workspace: Workspace) -> Path:
    return workspace.private / FILE
