"""Two thousand mutated files: nothing crashes, hangs, is written elsewhere, is said aloud or is lost.

The file of a number that fails: `mutant(number)` of `tests.sources.fuzzing`.
"""

import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.sources.fuzzing import Mutant, mutant
from tests.sources.seeds import MADE, seed
from tests.sources.watching import CrashError, HangError, Seen, Watched

SECONDS = 20.0
BATCH = 50
BATCH_SECONDS = 120.0
Fault = tuple[int, str]


def written(workspace: Path, mutants: Iterable[Mutant]) -> Path:
    """A workspace with a folder per mutant."""
    for one in mutants:
        path = workspace / "exports" / str(one.number) / one.name
        path.parent.mkdir(parents=True)
        path.write_bytes(one.content)
    return workspace


def fuzzed(watched: Watched, folder: Path, numbers: Iterable[int], totals: Counter[str]) -> Iterator[Fault]:
    """Open the mutants together; one by one when that fails, takes longer than one may, or damages anything."""
    mutants = [mutant(number) for number in numbers]
    began = time.monotonic()
    try:
        seen = watched.open(written(folder / str(mutants[0].number), mutants), seconds=BATCH_SECONDS)
    except (HangError, CrashError):
        yield from _alone(watched, folder, mutants, totals)
        return
    if time.monotonic() - began > SECONDS or any(not source for source, _ in seen.faults):
        yield from _alone(watched, folder, mutants, totals)
        return
    yield from _faults(seen)
    _count(seen, totals)


def _alone(watched: Watched, folder: Path, mutants: list[Mutant], totals: Counter[str]) -> Iterator[Fault]:
    for one in mutants:
        try:
            seen = watched.open(written(folder / "alone" / str(one.number), [one]), seconds=SECONDS)
        except (HangError, CrashError) as error:
            yield one.number, str(error)
        else:
            yield from ((one.number, fault) for _, fault in seen.faults)
            _count(seen, totals)


def _faults(seen: Seen) -> Iterator[Fault]:
    yield from ((int(source.split("/")[0]), fault) for source, fault in seen.faults)


def _count(seen: Seen, totals: Counter[str]) -> None:
    every = [one for told in seen.sources.values() for one in told]
    files = {source.split("/")[0] for source in seen.sources}
    opened = len({s.split("/")[0] for s, told in seen.sources.items() if any(one.readable for one in told)})
    totals.update(
        files=len(files),
        opened=opened,
        refused=len(files) - opened,
        records=sum(one.rows for one in every),
        quarantined=sum(one.quarantined for one in every),
        lost=sum(one.rows - one.parsed - one.quarantined for one in every),
    )


def run(folder: Path, first: int, files: int) -> tuple[Counter[str], list[str]]:
    """Totals and faults of so many files from a number on."""
    totals: Counter[str] = Counter()
    with Watched() as watched:
        batches = (range(start, min(start + BATCH, first + files)) for start in range(first, first + files, BATCH))
        faults = [fault for batch in batches for fault in fuzzed(watched, folder, batch, totals)]
    return totals, [f"{number} ({mutant(number).done}): {fault}" for number, fault in faults]


@pytest.mark.ci
def test_sixty_mutated_files_lose_nothing(tmp_path: Path) -> None:
    totals, faults = run(tmp_path, 0, 60)
    assert faults == []
    assert totals["files"] == 60


@pytest.mark.ci
def test_two_thousand_mutated_files_lose_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    totals, faults = run(tmp_path, 10_000, 2000)
    line = (
        f"fuzz: {totals['files']} files, {totals['opened']} opened, {totals['refused']} refused, "
        f"{totals['records']} records, {totals['quarantined']} quarantined, {totals['lost']} lost"
    )
    with capsys.disabled():
        sys.stdout.write(f"\n{line}\n")
    assert faults == []
    assert (totals["files"], totals["lost"]) == (2000, 0)


@pytest.mark.ci
def test_the_sound_files_give_every_record_and_leave_no_reader_out(tmp_path: Path) -> None:
    from igmap.sources.kinds import READERS

    sound = [Mutant(number, name, seed(name), "") for number, name in enumerate(MADE)]
    with Watched() as watched:
        seen = watched.open(written(tmp_path, sound), seconds=BATCH_SECONDS)
    assert seen.faults == []
    assert {one.kind for told in seen.sources.values() for one in told if one.readable} >= set(READERS)


def test_a_number_always_gives_the_same_file() -> None:
    seed.cache_clear()
    first = [mutant(number).content for number in range(100)]
    seed.cache_clear()
    assert [mutant(number).content for number in range(100)] == first
