"""The marking desk: one text at a time, counts that are written at once, and no text in what is saved."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from igmap.release.free_text import Scanned, read_marks, scanned_texts
from igmap.workbench.marking_desk import marking_desk
from igmap.workspace import Workspace
from tests.test_lab import desk_in_lab, save

TODAY = date(2026, 11, 26)
HOSTILE = "<img src=x onerror=\"document.title='gehackt'\"> kanarie"
TEXTS = ["ik sprak Fatima Jansen", "de bus was te laat", HOSTILE, "tot morgen op school"]


@cache
def scanned() -> Scanned:
    texts = pl.Series(TEXTS)
    return scanned_texts(texts, texts)


class Desk:
    """A desk and what it says to its page."""

    def __init__(self, folder: Path, lang: Any = "nl") -> None:
        """Sit down."""
        self.widget = marking_desk(scanned(), Workspace(folder), lang, today=TODAY)
        self.sent: list[dict[str, Any]] = []
        self.widget.send = lambda content, *_: self.sent.append(content)

    def ask(self, kind: str, **more: Any) -> dict[str, Any]:
        """Say something as the page would, and hear the answer."""
        self.widget._asked(None, {"kind": kind, **more}, None)
        return self.sent[-1]


def test_texts_are_shown_one_at_a_time_the_certain_ones_first_until_all_were_looked_at(tmp_path: Path) -> None:
    desk, seen = Desk(tmp_path), []
    answer = desk.ask("next")
    assert answer["shown"]["stratum"] == "certain"
    while answer["shown"]:
        seen.append(answer["shown"]["text"])
        answer = desk.ask("mark", text=answer["shown"]["hash"], left=0, by="FG")
    assert (seen[0], sorted(seen)) == (TEXTS[0], sorted(TEXTS))
    assert answer["progress"][0].startswith("4 van 4 teksten bekeken; in 0 stond nog iets.")
    assert answer["progress"][-1] == "Het doel is gehaald."
    assert {one.by for one in read_marks(Workspace(tmp_path)).marks} == {"FG"}


def test_another_session_goes_on_where_the_last_one_stopped(tmp_path: Path) -> None:
    first = Desk(tmp_path)
    shown = first.ask("next")["shown"]
    following = first.ask("mark", text=shown["hash"], left=2, by="FG")["shown"]
    assert Desk(tmp_path).ask("next")["shown"] == following


def test_the_last_mark_is_taken_back_and_its_text_is_shown_again(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    shown = desk.ask("next")["shown"]
    desk.ask("mark", text=shown["hash"], left=None, by="FG")
    assert desk.ask("undo")["shown"] == shown
    assert read_marks(Workspace(tmp_path)).marks == ()
    assert desk.ask("undo")["shown"] == shown


@pytest.mark.parametrize("said", [{"by": " "}, {"left": -1}, {"left": "2"}, {"left": True}, {"text": "f" * 24}])
def test_a_mistake_is_told_on_the_page_and_nothing_is_written(tmp_path: Path, said: dict[str, Any]) -> None:
    desk = Desk(tmp_path)
    right = {"text": desk.ask("next")["shown"]["hash"], "left": 0, "by": "FG"}
    assert desk.ask("mark", **(right | said))["kind"] == "problem"
    assert read_marks(Workspace(tmp_path)).marks == ()


@pytest.mark.parametrize(("lang", "words"), [("nl", "Er staat niets meer in (0)"), ("en", "Nothing is left (0)")])
def test_it_speaks_both_languages(tmp_path: Path, lang: str, words: str) -> None:
    assert Desk(tmp_path, lang).ask("next")["words"]["nothing"] == words


def test_what_is_saved_of_the_widget_holds_no_text(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.ask("next")
    saved = json.dumps({k: v for k, v in desk.widget.get_state().items() if k not in {"_esm", "_css"}}, default=str)
    bundle, _ = desk.widget._repr_mimebundle_()
    assert not [word for word in ("Fatima", "kanarie") if word in saved + bundle["text/html"] + bundle["text/plain"]]
    assert bundle["text/plain"] == "MarkingDesk(4 texts)"


NOTEBOOK = """
import polars as pl
from igmap.release.free_text import scanned_texts
from igmap.workbench.marking_desk import marking_desk
from igmap.workspace import open_workspace

texts = pl.read_csv("../exports/b.csv")["tekst"]
marking_desk(scanned_texts(texts, texts), open_workspace(".."))
"""


@contextmanager
def desk_in_browser(folder: Path) -> Iterator[Any]:
    """A workspace with a hostile text, opened in JupyterLab with its desk."""
    (folder / "exports").mkdir()
    pl.DataFrame({"tekst": TEXTS}).write_csv(folder / "exports" / "b.csv")
    with desk_in_lab(folder, NOTEBOOK, ".igmap-marking .text:not(:empty)") as page:
        yield page


@pytest.mark.ci
def test_in_the_browser_texts_are_counted_by_keys_and_buttons_and_saved_without_a_trace(tmp_path: Path) -> None:
    with desk_in_browser(tmp_path) as page:
        told = page.locator(".igmap-marking ul")
        page.locator(".igmap-marking .text").focus()
        page.keyboard.press("2")
        page.wait_for_selector(".igmap-marking .said.problem")  # nobody said who looks
        page.locator(".igmap-marking input[name=by]").fill("FG Bakker")
        page.locator(".igmap-marking .text").focus()
        page.keyboard.press("2")
        page.wait_for_selector(".igmap-marking ul:has-text('1 van 4')")
        page.locator(".igmap-marking button[name=nothing]").click()
        page.wait_for_selector(".igmap-marking ul:has-text('2 van 4')")
        for key, looked in (("?", 3), ("Backspace", 2), ("0", 3)):
            page.keyboard.press(key)
            page.wait_for_selector(f".igmap-marking ul:has-text('{looked} van 4')")
        page.screenshot(path=os.environ.get("IGMAP_SCREENSHOT", str(tmp_path / "desk.png")))
        page.keyboard.press("0")
        page.wait_for_selector(".igmap-marking .text:has-text('Alle teksten zijn bekeken')")
        said, title, images = told.inner_text(), page.title(), page.locator(".igmap-marking img").count()
        page.evaluate("document.activeElement.blur()")
        save(page)
    assert "in 1 stond nog iets" in said
    assert ("gehackt" in title, images) == (False, 0)
    assert [one.left for one in read_marks(Workspace(tmp_path)).marks] == [2, 0, 0, 0]
    saved = (tmp_path / "notebooks" / "desk.ipynb").read_text("utf-8")
    assert not [word for word in ("kanarie", "Fatima", "Bakker") if word in saved]
