"""Chromium for the tests that look at pages as people do."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

MANNERS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
MANNERS += ["--disable-component-update", "--disable-sync"]
PATIENCE = 90_000  # milliseconds: a machine that does other work too is slow, not broken


def component(name: str) -> str:
    """Where a program or package is that not every machine has; without it the test is skipped, and in CI fails."""
    found = shutil.which(name) or (name if find_spec(name) else None)
    if found is None and os.environ.get("CI"):
        pytest.fail(f"{name} is not installed, and CI has to have it")
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


@contextmanager
def chromium(profile: Path, **options: Any) -> Iterator[Any]:
    """A page in a browser without any history."""
    component("playwright")
    program = component("chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=program, headless=True, args=MANNERS, **options
        )
        context.set_default_timeout(PATIENCE)
        yield context.pages[0]
        context.close()
