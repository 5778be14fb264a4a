"""The folder a job runs in: exports, register and decisions go in; `out/` may be shown, `private/` may not."""

import atexit
import getpass
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, BinaryIO

from igmap.errors import WorkspaceError

OWN = frozenset(
    {"policy.yaml", "decisions.yaml", "databases.yaml", "detectors.yaml", "plan.yaml", "statistics.yaml"}
    | {"out", "private", "notebooks"}
)
FORMER = re.compile(r"policy-[\w.-]+\.yaml")  # the register of a former version
TEMPLATES = ("policy.yaml", "decisions.yaml", "databases.yaml", "detectors.yaml")
ROOM = "IGMAP_TEMP"  # names a folder for staging, when the workspace's disk is too small
COMPUTED = r"(?s)^(?:[=@\t\r]|[+-].*[^\d\s.,()/%€eE-])"  # what a spreadsheet takes for a formula: no number, no phone
CLOCK_SECONDS = 2.0  # what file systems round times to


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where everything of one job lies. Nothing is created until something is written.

    Args:
        root: the folder that holds `exports/`.
    """

    root: Path

    @property
    def exports(self) -> Path:
        """What was exported: the folder `exports`, or the root itself without one. Igmap changes nothing in it."""
        folder = self.root / "exports"
        return folder if folder.is_dir() else self.root

    def files(self) -> Iterator[tuple[str, Path]]:
        """The exports: path relative to their folder with forward slashes, and where they lie; igmap's own left out.

        A folder that may not be read is given itself, so that whoever opens it can say so. Links are not followed.
        """
        folder = self.exports
        own = OWN if folder == self.root else frozenset()
        for path in _files(folder):
            relative = path.relative_to(folder)
            first = "".join(relative.parts[:1])
            if first not in own and not (own and FORMER.fullmatch(first)):
                yield relative.as_posix(), path

    @property
    def policy(self) -> Path:
        """The register, if there is one."""
        return self.root / "policy.yaml"

    @property
    def decisions(self) -> Path:
        """What a person confirmed, if anyone did."""
        return self.root / "decisions.yaml"

    @property
    def databases(self) -> Path:
        """Which databases are read in place, if any."""
        return self.root / "databases.yaml"

    @property
    def detectors(self) -> Path:
        """Detectors of the user's own, if any."""
        return self.root / "detectors.yaml"

    @property
    def plan(self) -> Path:
        """How the chosen dataset is anonymised; drafted by igmap, edited by a person."""
        return self.root / "plan.yaml"

    @property
    def statistics(self) -> Path:
        """Which tables of counts, sums and means are wanted, if any."""
        return self.root / "statistics.yaml"

    @property
    def out(self) -> Path:
        """Everything that may be shown."""
        return made(self.root / "out")

    @property
    def private(self) -> Path:
        """Staging, keys, dossiers: readable by the owner only where the file system knows owners."""
        return made(self.root / "private", mode=0o700)

    @property
    def staging(self) -> Path:
        """Where this process keeps copies of the exports while it works on them."""
        return own_staging(self.staging_area)

    @property
    def staging_area(self) -> Path:
        """Where every process has its folder: in `private/`, or where IGMAP_TEMP says there is room."""
        return temporary_staging() if os.environ.get(ROOM) else self.private / "staging"

    def sweep(self) -> None:
        """Remove what processes left in staging that were killed, and this one's folder if nothing is in it."""
        sweep(self.staging_area)


def own_staging(area: Path) -> Path:
    """This process's own folder in a staging area; it goes when the process ends."""
    folder = made(area / str(os.getpid()), mode=0o700)
    _removed_at_exit(folder)
    return folder


@cache
def _removed_at_exit(folder: Path) -> None:
    """Once per folder: an end in the middle of a statement, or a forgotten close, leaves no copy behind."""
    atexit.register(shutil.rmtree, folder, ignore_errors=True)


def temporary_staging() -> Path:
    """A staging area of this user, for tables that belong to no workspace; in IGMAP_TEMP if that is set."""
    return Path(os.environ.get(ROOM) or tempfile.gettempdir()) / f"igmap-{getpass.getuser()}"


def sweep(area: Path) -> None:
    """Remove from a staging area this process's folder if nothing is in it, and what killed processes left."""
    with suppress(OSError):
        (area / str(os.getpid())).rmdir()
    for folder in area.glob("*"):
        if not _is_worked_on(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _is_worked_on(folder: Path) -> bool:
    """Whether the process it is named after lives, and is no later one that was given the same number."""
    import psutil

    try:
        return psutil.Process(int(folder.name)).create_time() <= folder.stat().st_mtime + CLOCK_SECONDS
    except (ValueError, OSError, psutil.Error):
        return False


def open_workspace(root: Path | str) -> Workspace:
    """The workspace at `root`.

    Raises:
        WorkspaceError: there is no such folder.
    """
    workspace = Workspace(Path(root))
    if not workspace.root.is_dir():
        what = "is a file, no folder" if workspace.root.exists() else "no such folder"
        raise WorkspaceError(f"{workspace.root.name}: {what}; run 'igmap init FOLDER' to make a workspace")
    return workspace


def _files(folder: Path) -> Iterator[Path]:
    try:
        inner = sorted(folder.iterdir())
    except OSError:
        yield folder
        return
    for path in inner:
        yield from _files(path) if path.is_dir() and not path.is_symlink() else [path]


def new_workspace(root: Path) -> tuple[Path, ...]:
    """Make a workspace: `exports/`, and what is to be filled in. Files that are there already stay as they are.

    Returns:
        What was made.
    """
    made(root / "exports")
    templates = files("igmap.templates")
    missing = [name for name in TEMPLATES if not (root / name).exists()]
    return (root / "exports", *(write_file(root / name, templates.joinpath(name).read_bytes()) for name in missing))


def made(folder: Path, *, mode: int = 0o777) -> Path:
    """The folder, made if it was not there.

    Raises:
        WorkspaceError: it cannot be made.
    """
    try:
        folder.mkdir(mode=mode, parents=True, exist_ok=True)
    except OSError as error:
        raise WorkspaceError(
            f"{folder.name}: cannot be made ({error.strerror}); choose a folder you may write in"
        ) from None
    return folder


def write_file(path: Path, content: bytes | str) -> Path:
    """Write a file so that readers see the old content or the new, never a part.

    Raises:
        WorkspaceError: the disk or the rights do not allow it.
    """
    with being_written(path) as file:
        file.write(content.encode() if isinstance(content, str) else content)
    return path


@contextmanager
def being_written(path: Path, *, mode: int = 0o644) -> Iterator[BinaryIO]:
    """A file to write in that takes its place when the block ends well; until then, and else, nothing changes there.

    Args:
        path: where it will lie.
        mode: who may read it.

    Raises:
        WorkspaceError: the disk or the rights do not allow it.
    """
    made(path.parent)
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    except OSError as error:
        raise WorkspaceError(f"{path.name}: cannot be written ({error.strerror})") from None
    scratch = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        scratch.chmod(mode)
        scratch.replace(path)
    except OSError as error:
        raise WorkspaceError(f"{path.name}: cannot be written ({error.strerror})") from None
    finally:
        scratch.unlink(missing_ok=True)


def write_json(path: Path, content: Any) -> Path:
    """Write plain values as JSON, readable and with a stable order."""
    return write_file(path, json.dumps(content, indent=1, ensure_ascii=False) + "\n")


def inert(cell: str) -> str:
    """A cell of a CSV that goes out, with an apostrophe before it where a spreadsheet would take it for a formula.

    Example:
        >>> inert("=1+1"), inert("-12,50"), inert("+31 6 1234"), inert("-2+3")
        ("'=1+1", '-12,50', '+31 6 1234', "'-2+3")
    """
    return f"'{cell}" if re.match(COMPUTED, cell) else cell
