"""Exports opened in a process of their own that is watched: what it writes, starts or asks the network, and how long.

A process that hangs or dies is ended from outside, which works on every system; Python's own audit hook sees every
file, process and connection that Python code opens, and the listing of all folders it knows sees the rest.
"""

import hashlib
import multiprocessing
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.sources.oracles import Told, missing
from tests.sources.seeds import CANARY, canaries

FORBIDDEN = (
    "socket.connect", "socket.getaddrinfo", "socket.gethostby", "socket.sendto", "urllib.Request", "subprocess.Popen",
    "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.startfile", "pty.spawn", "ctypes.dlopen",
)  # fmt: skip
CHANGES = ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.truncate", "os.link", "os.symlink", "os.chmod")
AT_ONCE = 200  # columns: the engine needs minutes to group by thousands
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


class HangError(AssertionError):
    """The process did not answer in time."""


class CrashError(AssertionError):
    """The process ended, or opening raised what only a mistake in igmap raises."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of opening a folder.

    Args:
        sources: what igmap says, by file.
        faults: what was wrong with a file, by file; under "" what was wrong with the whole.
    """

    sources: dict[str, list[Told]]
    faults: list[tuple[str, str]]


class Watched:
    """A process that opens folders, one after the other, in a `with` block."""

    def __enter__(self) -> Self:
        """Start."""
        self._scratch = tempfile.TemporaryDirectory()
        folder = Path(self._scratch.name)
        context = multiprocessing.get_context("spawn")
        self._own, other = context.Pipe()
        (folder / "home").mkdir()
        self._process = context.Process(target=_serve, args=(other, folder / "home", folder / "said.txt"), daemon=True)
        self._process.start()
        other.close()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it."""
        self._process.kill()
        self._process.join()
        self._own.close()
        self._scratch.cleanup()

    def open(self, workspace: Path, *, seconds: float) -> Seen:
        """Open the exports of a workspace there.

        Raises:
            HangError: it took longer.
            CrashError: it raised, or the process died.
        """
        self._own.send(workspace)
        if not self._own.poll(seconds):
            self._again()
            raise HangError(f"not opened in {seconds} s")
        try:
            answer = self._own.recv()
        except EOFError:
            self._process.join()
            code = self._process.exitcode
            self._again()
            raise CrashError(f"the process died with status {code}") from None
        if isinstance(answer, str):
            raise CrashError(answer)
        seen: Seen = answer
        return seen

    def _again(self) -> None:
        self.__exit__(None, None, None)
        self.__enter__()


def _serve(connection: Connection, home: Path, said: Path) -> None:
    """What the process does: open a folder, check, answer. What libraries say on the terminal goes to `said`."""
    scratch = str(home)
    os.dup2(os.open(said, os.O_WRONLY | os.O_CREAT | os.O_APPEND), 2)
    os.environ |= {"HOME": scratch, "USERPROFILE": scratch, "TMPDIR": scratch, "TMP": scratch, "TEMP": scratch}
    sys.dont_write_bytecode = True
    tempfile.tempdir = scratch
    os.chdir(scratch)
    import igmap.inventory.labels
    import igmap.sources  # noqa: F401 - before the hook: loading libraries opens and asks what reading may not

    seen: list[str] = []
    allowed = [scratch]
    sys.addaudithook(lambda event, arguments: _audit(event, arguments, allowed, seen))
    while True:
        workspace: Path = connection.recv()
        allowed[:] = [scratch, str(workspace / "private")]
        seen.clear()
        answer = _opened(workspace, home, seen)
        if isinstance(answer, Seen) and CANARY.search(said.read_text("utf-8", "replace")):
            answer = replace(answer, faults=[*answer.faults, ("", "a value was printed on the terminal")])
        os.truncate(said, 0)
        connection.send(answer)


def _audit(event: str, arguments: tuple[Any, ...], allowed: list[str], seen: list[str]) -> None:
    own = event == "subprocess.Popen" and Path(arguments[1][2]).name == "pdf_pages.py"  # igmap's own reader of PDF
    if event.startswith(FORBIDDEN) and not own:
        seen.append(f"{event} was called")
        raise PermissionError(event)
    paths = [arguments[0]] if event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING else []
    paths = [*arguments[:2]] if event.startswith(CHANGES) else paths
    outside = [path for path in paths if isinstance(path, str | bytes | os.PathLike) and not _within(path, allowed)]
    if outside:
        seen.append(f"{event} outside the folders given")


def _within(path: Any, allowed: list[str]) -> bool:
    told = os.path.realpath(os.fsdecode(path))
    return told == os.devnull or any(told.startswith(os.path.realpath(folder)) for folder in allowed)


def _opened(workspace: Path, home: Path, seen: list[str]) -> Seen | str:
    """Everything that can be told of one opening; a sentence when it raised."""
    from igmap.sources import open_exports

    before, files = _listing(home), _digests(workspace / "exports")
    try:
        with open_exports(workspace) as exports:
            sources: dict[str, list[Told]] = {}
            faults = [("", what) for what in dict.fromkeys(seen)]
            for dataset in exports.datasets:
                sources.setdefault(dataset.source, []).append(_told(exports, dataset))
    except BaseException as error:  # noqa: BLE001 - a panic of a library is no Exception either
        return f"opening raised {type(error).__name__} in {_place(error)}"
    faults += [(source, fault) for source, told in sources.items() for fault in _faults(told)]
    for source, told in sources.items():
        if (workspace / "exports" / source).is_file():
            content = (workspace / "exports" / source).read_bytes()
            faults += [(source, fault) for fault in _missing(content, told)]
    for path in files:
        source = Path(path).relative_to(workspace / "exports").as_posix()
        told_of = any(one == source or one.startswith(f"{source}/") for one in sources)
        faults += [] if told_of else [(source, "the file stands nowhere in the account")]
    faults += [("", "something is left in a temporary folder")] if _listing(home) != before else []
    faults += [("", "something is left in staging")] if any((workspace / "private" / "staging").rglob("*")) else []
    faults += [("", "a file in exports was changed")] if _digests(workspace / "exports") != files else []
    return Seen(sources, faults)


def _missing(content: bytes, told: list[Told]) -> list[str]:
    try:
        return list(missing(content, told))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told with the file's number
        return [f"igmap read it, and the oracle raised {type(error).__name__} in {_place(error)}"]


def _place(error: BaseException) -> str:
    """Where it was raised: module and line."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"


def _listing(folder: Path) -> list[str]:
    return sorted(str(path) for path in folder.rglob("*"))


def _digests(folder: Path) -> dict[str, str]:
    return {str(p): hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.rglob("*") if p.is_file()}


def _told(exports: Any, dataset: Any) -> Told:
    return Told(
        table=dataset.table,
        kind=dataset.kind,
        readable=dataset.readable,
        rows=dataset.rows,
        parsed=dataset.parsed,
        quarantined=dataset.quarantined,
        read_as=dataset.read_as,
        problems=tuple(problem.problem for problem in dataset.problems),
        held=Counter(canaries("\n".join(_texts(exports, dataset)))),
    )


def _texts(exports: Any, dataset: Any) -> Iterator[str]:
    """Every cell of a dataset as often as it stands there, what was quarantined, and the names."""
    yield from (column.name for column in dataset.columns)
    places: dict[str, list[str]] = {dataset.quarantine: ["c1"]} if dataset.quarantine else {}
    for column in dataset.columns:
        places.setdefault(column.table, []).append(column.column)
    for table, columns in places.items():
        for start in range(0, len(columns), AT_ONCE):
            some = columns[start : start + AT_ONCE]
            for row in exports.engine.distinct(table, some).to_pylist():
                yield from (row[column] for column in some for _ in range(row["rows"]) if row[column])


def _faults(told: Iterable[Told]) -> Iterator[str]:
    for one in told:
        if one.rows != one.parsed + one.quarantined:
            yield f"{one.table!r} ({one.kind}): {one.rows} rows, {one.parsed} parsed, {one.quarantined} quarantined"
        if CANARY.search(" ".join([*one.problems, one.read_as, one.kind])):
            yield f"{one.kind}: a value stands in a problem or in how it was read"
        if not one.readable and not one.problems:
            yield "not readable, and no reason"
