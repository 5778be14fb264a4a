"""What several test files need: the sample workspace, and one run over it."""

import gc
import os
import shutil
import sys
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import typer.testing
from hypothesis import settings

from tests.examples import examples

if TYPE_CHECKING:
    from igmap.inventory import Inventory
    from igmap.job import Outcome
    from igmap.sources import Exports

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what is compiled once, modules of tests too, is kept for next time
sys.dont_write_bytecode = False
gc.disable()  # until all tests are collected: what they import stays
sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment] # jsonschema reads its 38 grammars for two seconds

typer.testing._get_command = cache(typer.testing._get_command)  # type: ignore[attr-defined] # put together once
settings.register_profile("igmap", deadline=None, max_examples=examples(100))  # a busy machine is no failure
settings.load_profile("igmap")

SAMPLES = Path(__file__).parent.parent / "data" / "samples" / "ig-learning"
SAMPLE_DAY = date(2026, 11, 1)
BROWSERS = {"chromium", "running_lab"}
SHARED = {"sample_run", "sample_exports", "sample_inventory"}
READERS = {  # of texts, whose lists and patterns take seconds to be made ready
    f"test_{name}"
    for name in ("anonymise_transformed", "find_persons", "mentions", "prove_transformed", "recall", "redact",
                 "redact_mail", "remarks", "rest", "text_faults", "who_is_meant")
}  # fmt: skip


def fixtures_of(item: pytest.Item) -> Iterator[Any]:
    """The definitions of the fixtures that a test uses."""
    known = getattr(item, "_fixtureinfo", None)
    yield from (found[-1] for found in known.name2fixturedefs.values()) if known else ()


def pytest_itemcollected(item: pytest.Item) -> None:
    """What needs the samples goes to one worker, so that they are opened and judged once; and so does every browser.

    What reads texts or shares a fixture of its file goes to one worker too.
    """
    names = vars(getattr(item, "module", item))
    if SHARED & set(getattr(item, "fixturenames", ())):
        item.add_marker(pytest.mark.xdist_group("samples"))
        item.add_marker(pytest.mark.ci)  # half a minute; `make demo` walks the same way
    elif BROWSERS & names.keys() and item.get_closest_marker("ci"):
        item.add_marker(pytest.mark.xdist_group("browser"))
    elif item.path.stem in READERS and not item.get_closest_marker("ci"):
        item.add_marker(pytest.mark.xdist_group("texts"))
    elif any(fixture.scope == "module" for fixture in fixtures_of(item)) and not item.get_closest_marker("xdist_group"):
        item.add_marker(pytest.mark.xdist_group(item.nodeid.split("::")[0]))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What goes to one worker takes longest: it begins first."""
    items.sort(key=lambda item: item.get_closest_marker("xdist_group") is None)


def pytest_collection_finish() -> None:
    """What was imported is not looked through again for what can go, nor the rest at every few hundred new objects."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """An empty workspace folder with exports/."""
    (tmp_path / "exports").mkdir()
    return tmp_path


@pytest.fixture(scope="session")
def sample_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample workspace that a test may write in."""
    root = tmp_path_factory.mktemp("samples") / "ig-learning"
    shutil.copytree(SAMPLES, root, ignore=shutil.ignore_patterns("out", "private", "plan.yaml"))
    return root


@pytest.fixture(scope="session")
def sample_run(sample_workspace: Path) -> "tuple[Path, Outcome]":
    """The sample workspace after the main job, and what the job says of it."""
    from igmap.job import Settings, run
    from igmap.workspace import open_workspace

    return sample_workspace, run(open_workspace(sample_workspace), Settings(SAMPLE_DAY))


@pytest.fixture(scope="session")
def sample_exports() -> "Iterator[Exports]":
    """The samples, opened where they lie."""
    from igmap.sources import open_exports

    with open_exports(SAMPLES) as exports:
        yield exports


@pytest.fixture(scope="session")
def sample_inventory(sample_exports: "Exports") -> "Inventory":
    """What is found in the samples when nothing is decided."""
    from igmap.inventory import discover

    return discover(sample_exports, today=SAMPLE_DAY)
