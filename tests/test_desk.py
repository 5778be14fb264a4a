"""The field desk: it answers the page by messages, writes what is decided, and keeps no name in what is saved."""

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from igmap.inventory import Inventory, discover, load_decisions
from igmap.sources import open_exports
from igmap.workbench.desk import FieldDesk
from igmap.workspace import Workspace
from tests.test_lab import desk_in_lab, save

DAY = date(2026, 11, 1)
HOSTILE = "<img src=x onerror=\"document.title='gehackt'\">"


@pytest.fixture
def inventory() -> Inventory:
    mails = [f"kanarie{i}@nest.example" for i in range(20)]
    frame = pd.DataFrame({"mail": mails, HOSTILE: ["a"] * 20, "=1+1": [str(i) for i in range(20)]})
    with open_exports({"crm_2026-11.csv": frame, "crm_2026-10.csv": frame[["mail"]]}) as exports:
        return discover(exports, today=DAY)


class Desk:
    """A desk and what it says to its page."""

    def __init__(self, folder: Path, inventory: Inventory, lang: Any = "nl") -> None:
        """Sit down."""
        self.widget = FieldDesk(Workspace(folder), inventory, lang, today=DAY)
        self.sent: list[dict[str, Any]] = []
        self.widget.send = lambda content, *_: self.sent.append(content)

    def ask(self, kind: str, **more: Any) -> dict[str, Any]:
        """Say something as the page would, and hear the answer."""
        self.widget._asked(None, {"kind": kind, **more}, None)
        return self.sent[-1]


def test_the_page_gets_every_field_with_its_verdict_when_it_asks(tmp_path: Path, inventory: Inventory) -> None:
    answer = Desk(tmp_path, inventory).ask("rows")
    assert [row[:2] for row in answer["rows"]] == [
        ["crm_2026-11.csv", "mail"],
        ["crm_2026-11.csv", HOSTILE],
        ["crm_2026-11.csv", "=1+1"],
        ["crm_2026-10.csv", "mail"],
    ]
    assert answer["rows"][0][2:4] == ["found", "e-mailadres"]
    assert ["none", "geen persoonsgegeven"] in answer["categories"]


@pytest.mark.parametrize(("lang", "word"), [("nl", "e-mailadres"), ("en", "e-mail address")])
def test_the_evidence_is_in_words_and_says_for_which_files_a_decision_would_hold(
    tmp_path: Path, inventory: Inventory, lang: str, word: str
) -> None:
    answer = Desk(tmp_path, inventory, lang).ask("evidence", at=0)
    assert any(word in reason for reason in answer["reasons"])
    assert answer["change"]
    assert answer["fired"][0][:2] == [word, 20]
    assert answer["written"] == "crm_*.csv"
    assert "kanarie" not in json.dumps(answer)


def test_a_decision_is_written_and_what_changed_is_shown(tmp_path: Path, inventory: Inventory) -> None:
    desk = Desk(tmp_path, inventory)
    answer = desk.ask("decide", at=0, category="username", by="FG", why="inlognaam", exactly=False)
    assert [row[2:4] for row in answer["rows"] if row[1] == "mail"] == [["conflict", "gebruikersnaam"]] * 2
    assert answer["text"].startswith("Vastgelegd in decisions.yaml: mail in crm_*.csv is gebruikersnaam.")
    held = load_decisions(tmp_path / "decisions.yaml").field("crm_2026-12.csv", "", "mail")
    assert held
    assert (held.category, held.by, held.why, held.on) == ("username", "FG", "inlognaam", DAY)
    assert "inlognaam" in desk.widget.changes._repr_html_()
    assert desk.ask("evidence", at=0)["held"] == ["username", "FG", "inlognaam"]


def test_deciding_again_as_it_was_found_is_no_conflict(tmp_path: Path, inventory: Inventory) -> None:
    desk = Desk(tmp_path, inventory)
    for category in ("username", "email"):
        answer = desk.ask("decide", at=0, category=category, by="FG", why="w")
    assert [row[2] for row in answer["rows"] if row[1] == "mail"] == ["decided"] * 2


@pytest.mark.ci
@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"at": 0, "category": "emial", "by": "A", "why": "w"}, "'email' bedoeld?"),
        ({"at": 0, "category": "email", "by": " ", "why": "w"}, "--by"),
        ({"at": 99, "category": "email", "by": "A", "why": "w"}, "zo’n rij is er niet"),
        ({"at": "0", "category": "email", "by": "A", "why": "w"}, "zo’n rij is er niet"),
    ],
)
def test_a_mistake_is_told_on_the_page_and_nothing_is_written(
    tmp_path: Path, inventory: Inventory, said: dict[str, Any], told: str
) -> None:
    answer = Desk(tmp_path, inventory).ask("decide", **said)
    assert answer["kind"] == "problem"
    assert told in answer["text"]
    assert not (tmp_path / "decisions.yaml").exists()


def test_what_is_saved_of_the_widget_holds_no_name_of_a_field(tmp_path: Path, inventory: Inventory) -> None:
    desk = Desk(tmp_path, inventory)
    desk.ask("rows")
    desk.ask("decide", at=0, category="username", by="Bakker", why="geheime reden")
    saved = json.dumps({k: v for k, v in desk.widget.get_state().items() if k not in {"_esm", "_css"}}, default=str)
    assert not [word for word in ("mail", "crm", "Bakker", "geheime") if word in saved]
    bundle, _ = desk.widget._repr_mimebundle_()
    assert bundle["text/plain"] == "FieldDesk(4 fields)"
    assert "<img" not in bundle["text/html"]
    assert "kanarie" not in bundle["text/html"]


def test_the_table_without_a_widget_has_the_decisions_of_this_session(tmp_path: Path, inventory: Inventory) -> None:
    desk = Desk(tmp_path, inventory)
    assert "nog niets beslist" in desk.widget.changes._repr_html_()
    desk.ask("decide", at=2, category="gender", by="FG", why="w")
    assert "bevestigd door FG" in desk.widget._repr_mimebundle_()[0]["text/html"]


NOTEBOOK = """
from datetime import date
from igmap import discover, open_exports
from igmap.workbench.desk import FieldDesk
from igmap.workspace import open_workspace

place = open_workspace("..")
with open_exports(place) as exports:
    inventory = discover(exports, today=date(2026, 11, 1))
FieldDesk(place, inventory, today=date(2026, 11, 1))
"""


@contextmanager
def desk_in_browser(folder: Path) -> Iterator[Any]:
    """A workspace with a hostile header, opened in JupyterLab with its desk."""
    header = "mail;" + '"' + HOSTILE.replace('"', '""') + '";' + ";".join(f"kolom{i}" for i in range(300))
    rows = "".join(f"kanarie{i}@nest.example;a;{';'.join(['x'] * 300)}\n" for i in range(20))
    (folder / "exports").mkdir()
    (folder / "exports" / "crm_2026-11.csv").write_text(f"{header}\n{rows}", "utf-8")
    with desk_in_lab(folder, NOTEBOOK, ".igmap-desk .row[aria-rowindex]") as page:
        yield page


@pytest.mark.ci
def test_in_the_browser_a_field_is_found_by_keyboard_decided_and_saved_without_a_trace(tmp_path: Path) -> None:
    with desk_in_browser(tmp_path) as page:
        page.locator(".igmap-desk .grid").focus()
        page.keyboard.press("/")
        page.keyboard.type("mail")
        page.keyboard.press("Enter")
        page.wait_for_selector(".igmap-desk form:not([hidden])")
        evidence = page.locator(".igmap-desk .about").inner_text()
        page.keyboard.press("Enter")
        page.locator(".igmap-desk select").select_option("username")
        page.locator(".igmap-desk input[name=by]").fill("FG Bakker")
        page.locator(".igmap-desk input[name=why]").fill("inlognaam")
        page.keyboard.press("Enter")
        page.wait_for_selector(".igmap-desk .said:not(:empty)")
        told = page.locator(".igmap-desk .said").inner_text()
        page.screenshot(path=os.environ.get("IGMAP_SCREENSHOT", str(tmp_path / "desk.png")))
        save(page)
        title = page.title()
    assert "e-mailadres" in evidence
    assert "mail in crm_*.csv is gebruikersnaam" in told
    assert "gehackt" not in title
    assert re.search(
        r"field: \"mail\", category: username, by: \"FG Bakker\"", (tmp_path / "decisions.yaml").read_text()
    )
    saved = (tmp_path / "notebooks" / "desk.ipynb").read_text("utf-8")
    assert not [word for word in ("kanarie", "kolom7", "Bakker", "inlognaam") if word in saved]


@pytest.mark.ci
def test_in_the_browser_three_hundred_columns_scroll_and_filter_and_a_hostile_one_is_only_text(tmp_path: Path) -> None:
    with desk_in_browser(tmp_path) as page:
        drawn = page.locator(".igmap-desk .row[aria-rowindex]").count()
        page.locator(".igmap-desk .grid").focus()
        page.keyboard.press("End")
        page.wait_for_selector(".igmap-desk .row[aria-selected=true]")
        last = page.locator(".igmap-desk .row[aria-selected=true]").inner_text()
        page.locator(".igmap-desk input[type=search]").fill("onerror")
        page.wait_for_function("document.querySelectorAll('.igmap-desk .row[aria-rowindex]').length === 1")
        page.locator(".igmap-desk .row[aria-rowindex]").click()
        page.locator(".igmap-desk .about .title", has_text="onerror").wait_for()
        images = page.locator(".igmap-desk img").count()
        title, named = page.title(), page.locator(".igmap-desk .about .title").inner_text()
    assert drawn < 40
    assert "kolom299" in last
    assert images == 0
    assert "gehackt" not in title
    assert HOSTILE in named
