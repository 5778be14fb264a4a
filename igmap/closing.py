"""The end of a workspace: what it still holds of whom, since when and for which purpose; and how that is removed.

Exports and everything in `private/` are copies of personal data like any other (policy section 8). What may be shown
stays: `out/`, register and decisions.
"""

import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

from igmap.errors import WorkspaceError
from igmap.found import Found
from igmap.inventory.labels import shown
from igmap.report import text
from igmap.sources import Dataset
from igmap.vocabulary import CATEGORIES
from igmap.workspace import Workspace

Language = Literal["nl", "en"]
COPYING = {"apfs", "bcachefs", "btrfs", "overlay", "refs", "zfs"}  # write changed blocks elsewhere, old ones stay
REMOTE = {"9p", "cifs", "fuse.sshfs", "nfs", "nfs4", "smb", "smb2", "smbfs"}  # only the server knows
BLOCK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Held:
    """Personal data that a workspace still holds in one export.

    Args:
        source: the export as it may be shown, with its table behind a `#`.
        records: how many it has.
        since: the oldest day of its files; None where it lies in none, as a database.
        categories: what personal data was found in it.
        purposes: those declared for it, which may be none; None when nobody declared any.
    """

    source: str
    records: int
    since: date | None
    categories: tuple[str, ...]
    purposes: tuple[str, ...] | None

    def line(self, lang: Language) -> str:
        """In a sentence."""
        silent = text("close.no_purpose" if self.purposes is None else "close.declared_none", lang)
        purposes = ", ".join(self.purposes or ()) or silent
        categories = ", ".join(getattr(CATEGORIES[name], lang) for name in self.categories)
        figures = {"source": self.source, "records": self.records, "since": self.since or text("close.no_day", lang)}
        return text("close.holds", lang, **figures, categories=categories, purposes=purposes)


@dataclass(frozen=True, slots=True)
class Removal:
    """What became of the files.

    Args:
        overwritten: files whose content was overwritten before they were removed.
        removed: files that were removed without that, with the reasons and how many there are of each.
        kept: files that could not be removed, with the same.
    """

    overwritten: int
    removed: dict[str, int]
    kept: dict[str, int]

    def lines(self, lang: Language) -> list[str]:
        """In a sentence per outcome."""
        counts = {"overwritten": self.overwritten, **self.removed, **self.kept}
        return [text(f"close.{outcome}", lang, files=files) for outcome, files in counts.items() if files]


def held(found: Found) -> Iterator[Held]:
    """What a workspace holds, one entry per table in which personal data was found."""
    places = {(at.source, at.table): at.dataset for at in shown(found.exports)}
    for dataset in found.inventory.datasets:
        categories = tuple(dict.fromkeys(f.category for f in dataset.fields if f.verdict == "found"))
        binding = found.decisions.binding(dataset.source, dataset.table)
        if categories:
            name = f"{dataset.source}#{dataset.table}" if dataset.table else dataset.source
            since = _day_of(found.workspace, places[dataset.source, dataset.table])
            yield Held(name, dataset.rows, since, categories, binding.purposes if binding else None)


def _day_of(workspace: Workspace, dataset: Dataset) -> date | None:
    """The oldest day of the files a table came from, or of the file that one lies in; None for a database."""
    path = workspace.exports / dataset.source
    files = [path.with_name(name) for name, _ in dataset.files] or [path]
    outer = (next((one for one in (file, *file.parents) if one.is_file()), None) for file in files)
    days = [datetime.fromtimestamp(one.stat().st_mtime, UTC).date() for one in outer if one]
    return min(days, default=None)


def copies(workspace: Workspace) -> tuple[Path, ...]:
    """Every file in `exports/` and `private/`, links among them.

    Raises:
        WorkspaceError: the workspace is a folder of exports itself, where igmap cannot tell what else lies there.
    """
    if workspace.exports == workspace.root:
        raise WorkspaceError(f"{workspace.root.name}: has no exports/ of its own; remove its files yourself")
    folders = (workspace.exports, workspace.root / "private")
    return tuple(
        path for folder in folders for path in sorted(folder.rglob("*")) if path.is_symlink() or path.is_file()
    )


def staying(workspace: Workspace) -> int:
    """How many files in `out/` stay: they were made to be shown, and figures of small groups may be about somebody."""
    return sum(path.is_file() for path in (workspace.root / "out").rglob("*"))


def remove(workspace: Workspace) -> Removal:
    """Overwrite and remove everything in `exports/` and `private/`, and say where that was not possible."""
    outcomes = [_removed(path, _file_system(path)) for path in copies(workspace)]
    for folder in (workspace.exports, workspace.root / "private"):
        for path in sorted(folder.rglob("*"), reverse=True):
            if path.is_dir() and not any(path.iterdir()):
                path.rmdir()
    return Removal(
        outcomes.count(("removed", "")),
        _counted(why for outcome, why in outcomes if outcome == "removed" and why),
        _counted(why for outcome, why in outcomes if outcome == "kept"),
    )


def _counted(reasons: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for reason in reasons:
        counts[reason] = counts.get(reason, 0) + 1
    return counts


def _removed(path: Path, file_system: str) -> tuple[str, str]:
    """Whether a file was removed or kept, and why its content may still be there."""
    try:
        why = _why_not_overwritten(path, file_system)
        if not path.is_symlink() and path.stat().st_nlink == 1:
            _overwrite(path)
        nameless = path.with_name(secrets.token_hex(8))
        path.rename(nameless)
        nameless.unlink()
    except OSError:
        return "kept", "no_right"
    return "removed", why


def _why_not_overwritten(path: Path, file_system: str) -> str:
    if path.is_symlink():
        return "link"
    if path.stat().st_nlink > 1:
        return "other_name"
    return "copying" if file_system in COPYING else "remote" if file_system in REMOTE else ""


def _overwrite(path: Path) -> None:
    """Write zeros over the content, to the disk."""
    with path.open("r+b") as file:
        left = path.stat().st_size
        while left > 0:
            left -= file.write(bytes(min(left, BLOCK_BYTES)))
        file.flush()
        os.fsync(file.fileno())


def _file_system(path: Path) -> str:
    """The kind of file system a file lies on; "" when the system does not tell."""
    import psutil

    mounts = {part.mountpoint: part.fstype.lower() for part in psutil.disk_partitions(all=True)}
    folders = map(str, path.resolve().parents)
    return next((mounts[folder] for folder in folders if folder in mounts), "")
