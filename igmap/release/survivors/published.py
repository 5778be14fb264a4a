"""The folder that is about to be published, searched as a whole: the last look before the rename."""

import os
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path

import polars as pl

from igmap.errors import TargetError
from igmap.release.staged import Staged, sha256
from igmap.release.survivors.artefacts import holding, texts_of
from igmap.release.survivors.forms import grams_of
from igmap.release.survivors.sought import read_sought
from igmap.release.wording import texts
from igmap.vocabulary import load_yaml


def dated(folder: Path, day: date) -> None:
    """Give a folder and its files the day of publication: when they were made is nobody's business."""
    noon = datetime.combine(day, time(12), UTC).timestamp()
    for path in (*folder.iterdir(), folder):
        os.utime(path, (noon, noon))


def check_folder(folder: Path, staged: Staged, beside: Sequence[str], day: date) -> None:
    """Refuse a folder that holds anything but what was proved and what is said of it.

    Args:
        folder: as it would be published.
        staged: what was proved, with what was sought beside it.
        beside: names of the files besides the data.
        day: of publication.

    Raises:
        TargetError: names the check and the file; never what was found.
    """
    try:
        forms = read_sought(staged.data.parent)
    except OSError:
        raise TargetError(f"{staged.plan['name']}: was not searched; nothing was published; prove it again") from None
    data = {one.data.name: one.data for one in staged.tables}
    ours = [text for path in data.values() for text in (sha256(path), str(path.stat().st_size))]
    for path in sorted(folder.rglob("*")):
        shown = path.name if path.name in {*data, *beside} else "a file that nobody planned"
        for check in _wrong(path, data, beside, day):
            _refuse(staged, check, shown)
        told = [] if path.name in data else [_without(text, ours) for text in texts_of(path)]
        if holding(told, forms, ours=_own_words()):
            _refuse(staged, "identifiers_in_published_files", shown)
    if missing := {*data, *beside} - {path.name for path in folder.iterdir()}:
        _refuse(staged, "published_files_not_as_planned", min(missing))


def _wrong(path: Path, data: dict[str, Path], beside: Sequence[str], day: date) -> Iterator[str]:
    if path.name not in {*data, *beside} or not path.is_file() or path.is_symlink():
        yield "published_files_not_as_planned"
    elif path.name in data and sha256(path) != sha256(data[path.name]):
        yield "published_data_not_as_proved"
    elif datetime.fromtimestamp(path.stat().st_mtime, UTC).date() != day:
        yield "published_files_not_of_the_day"


@cache
def _own_words() -> pl.Series:
    """Words in a row of igmap's own texts: "per kolom" may be somebody called so, and stands in every certificate."""
    told = [words for known in (texts(), load_yaml("igmap.report", "texts.yaml")) for words in known.values()]
    return grams_of(pl.Series([text for one in told for text in one.values()], dtype=pl.String))["form"].unique()


def _without(text: str, ours: Sequence[str]) -> str:
    """A text without hashes and sizes of the data, which may coincide with a number."""
    for known in ours:
        text = text.replace(known, "")
    return text


def _refuse(staged: Staged, check: str, file: str) -> None:
    name = staged.plan["name"]
    raise TargetError(f"{name}: not published, because of {check} in {file}; change plan or texts")
