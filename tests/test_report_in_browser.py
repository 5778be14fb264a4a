"""The report of a run as people see it: it loads nothing, complains of nothing, and fits any screen."""

from pathlib import Path
from typing import Any

import pytest

from igmap.job import Outcome
from igmap.report import text
from tests.browser import chromium

SECTIONS = (
    *("summary", "since", "unchecked", "account", "inventory", "findings", "devices", "release", "pictures", "record"),
)
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


@pytest.mark.ci
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_report_fits_and_loads_nothing(
    sample_run: tuple[Path, Outcome], tmp_path: Path, scheme: str, viewport: dict[str, int]
) -> None:
    report = sample_run[1].report
    with chromium(tmp_path / "profile", color_scheme=scheme, viewport=viewport) as page:
        asked, said = watched(page)
        page.goto(report.resolve().as_uri())
        opened = page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        headings = page.locator("h2").all_inner_texts()
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        light = page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        scripts = page.evaluate("document.scripts.length")
    assert opened is None
    assert asked == [report.resolve().as_uri()]
    assert said == []
    assert headings == [text(f"run.{key}", "nl") for key in SECTIONS]
    assert overflow <= 0
    assert light == (scheme == "light")
    assert scripts == 0


@pytest.mark.ci
def test_the_contents_lead_by_keyboard_to_the_findings(sample_run: tuple[Path, Outcome], tmp_path: Path) -> None:
    with chromium(tmp_path / "profile", viewport=WIDE) as page:
        page.goto(sample_run[1].report.resolve().as_uri())
        page.keyboard.press("Tab")
        first = page.evaluate("document.activeElement.className")
        page.locator("nav a", has_text=text("run.findings", "nl")).focus()
        page.keyboard.press("Enter")
        reached = page.evaluate("location.hash")
        top = page.evaluate("document.getElementById('findings').getBoundingClientRect().top")
    assert first == "skip"
    assert reached == "#findings"
    assert abs(top) < WIDE["height"] / 2


def watched(page: Any) -> tuple[list[str], list[str]]:
    """Every request and every complaint of a page from now on."""
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return asked, said
