"""The findings desk: it answers the page by messages, accepts what is chosen, and keeps no name in what is saved."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from igmap.inventory import Inventory, load_decisions
from igmap.policy import Findings, check
from igmap.workbench.findings_desk import findings_desk
from igmap.workspace import Workspace
from tests.policy_cases import TODAY, decisions, field, inventory, policy
from tests.test_lab import desk_in_lab, save

HOSTILE = "<img src=x onerror=\"document.title='gehackt'\">"
SAID: dict[str, Any] = {"by": "FG", "why": "loopt af", "until": "2026-12-31"}


def found(*names: str) -> Findings:
    files = tuple(inventory(field("bsn", "bsn"), field(HOSTILE, "email"), source=name).datasets[0] for name in names)
    return check(Inventory(files), policy("R2"), decisions(purposes=["teaching"]), today=TODAY)


class Desk:
    """A desk and what it says to its page."""

    def __init__(self, folder: Path | None = None, lang: Any = "nl", findings: Findings | None = None) -> None:
        """Sit down."""
        place = Workspace(folder) if folder else None
        self.widget = findings_desk(findings or found("a.csv", "b.csv"), lang, workspace=place, today=TODAY)
        self.sent: list[dict[str, Any]] = []
        self.widget.send = lambda content, *_: self.sent.append(content)

    def ask(self, kind: str, **more: Any) -> dict[str, Any]:
        """Say something as the page would, and hear the answer."""
        self.widget._asked(None, {"kind": kind, **more}, None)
        return self.sent[-1]

    def at(self, rule: str) -> int:
        """The first row of a rule."""
        return next(i for i, row in enumerate(self.ask("rows")["rows"]) if row["rule"] == rule)


def test_the_page_gets_every_finding_once_and_what_it_can_be_filtered_by() -> None:
    desk = Desk()
    answer = desk.ask("rows")
    told = {one for row in answer["rows"] for one in row["ids"]}
    beside = {one.id for row in desk.widget.rows for one in row.beside}
    assert told | beside == {one.id for one in desk.widget.findings}
    assert not told & beside
    worst = answer["rows"][0]
    assert (worst["rule"], worst["outcome"], worst["severity"]) == ("R9", "violation", "high")
    assert worst["datasets"] == ["a.csv", "b.csv"]
    assert [one for one, _ in answer["outcomes"]] == ["violation", "open", "warning", "pass"]
    assert answer["writes"] is False


@pytest.mark.parametrize(("lang", "words"), [("nl", "Accepteer tijdelijk"), ("en", "Accept for a while")])
def test_it_speaks_both_languages(lang: str, words: str) -> None:
    assert Desk(lang=lang).ask("rows")["words"]["accept"] == words


def test_accepting_a_row_accepts_all_its_findings_and_those_that_say_the_same(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    answer = desk.ask("accept", at=desk.at("R9"), **SAID)
    held = load_decisions(tmp_path / "decisions.yaml").accepted
    assert len(held) == 4
    assert {(one.by, one.reason, one.until, one.on) for one in held} == {("FG", "loopt af", date(2026, 12, 31), TODAY)}
    assert answer["text"].startswith("Vastgelegd in decisions.yaml: 4 bevindingen")
    assert any("geaccepteerd tot en met 31-12-2026" in line for row in answer["rows"] for line in row["stood"])
    assert {one.rule for one in desk.widget.findings if one.accepted} == {"R9", "R2"}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"by": " "}, "--by"),
        ({"until": ""}, "kies de laatste dag"),
        ({"until": "2026-10-01"}, "is voorbij"),
        ({"at": 99}, "zo’n rij is er niet"),
        ({"at": "0"}, "zo’n rij is er niet"),
    ],
)
def test_a_mistake_is_told_on_the_page_and_nothing_is_written(tmp_path: Path, said: dict[str, Any], told: str) -> None:
    answer = Desk(tmp_path).ask("accept", **({"at": 0} | SAID | said))
    assert (answer["kind"], told in answer["text"]) == ("problem", True)
    assert not (tmp_path / "decisions.yaml").exists()


def test_without_a_workspace_nothing_can_be_accepted() -> None:
    assert Desk().ask("accept", at=0, **SAID)["kind"] == "problem"


def test_what_is_saved_of_the_widget_holds_no_name(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.ask("rows")
    desk.ask("accept", at=0, **SAID)
    saved = json.dumps({k: v for k, v in desk.widget.get_state().items() if k not in {"_esm", "_css"}}, default=str)
    assert not [word for word in ("a.csv", "bsn", "loopt af") if word in saved]
    bundle, _ = desk.widget._repr_mimebundle_()
    assert bundle["text/plain"].startswith("FindingsDesk(")
    assert "<img" not in bundle["text/html"]


def test_an_unknown_message_is_not_answered() -> None:
    desk = Desk()
    desk.widget._asked(None, {"kind": "__class__"}, None)
    assert desk.sent == []


NOTEBOOK = """
from datetime import date
from igmap import check, discover, load_decisions, load_policy, open_exports
from igmap.workbench.findings_desk import findings_desk
from igmap.workspace import open_workspace

place, today = open_workspace(".."), date(2026, 11, 1)
with open_exports(place) as exports:
    decisions = load_decisions(place.decisions)
    findings = check(discover(exports, decisions, today=today), None, decisions, exports, today=today)
findings_desk(findings, workspace=place, today=today)
"""


@contextmanager
def desk_in_browser(folder: Path) -> Iterator[Any]:
    """A workspace with a hostile header, opened in JupyterLab with its desk."""
    (folder / "exports").mkdir()
    header = "bsn;" + '"' + HOSTILE.replace('"', '""') + '"'
    (folder / "exports" / "crm.csv").write_text(f"{header}\n111222333;kanarie1@nest.example\n", "utf-8")
    (folder / "exports" / "hr.csv").write_text("wachtwoord\nkanarie\n", "utf-8")
    with desk_in_lab(folder, NOTEBOOK, ".igmap-findings .line") as page:
        yield page


@pytest.mark.ci
def test_in_the_browser_findings_are_filtered_accepted_and_saved_without_a_trace(tmp_path: Path) -> None:
    with desk_in_browser(tmp_path) as page:
        every = page.locator(".igmap-findings .line").count()
        page.locator(".igmap-findings select[name=outcome]").select_option("violation")
        violations = page.locator(".igmap-findings .line").count()
        page.locator(".igmap-findings .list").focus()
        page.keyboard.press("/")
        page.keyboard.type("crm burgerservicenummer")
        page.keyboard.press("Enter")
        page.wait_for_selector(".igmap-findings form:not([hidden])")
        page.keyboard.press("Enter")
        page.keyboard.type("FG Bakker")
        page.locator(".igmap-findings input[name=why]").fill("wordt gewist")
        page.locator(".igmap-findings input[name=until]").fill("2026-12-31")
        page.locator(".igmap-findings button[type=submit]").click()
        page.wait_for_selector(".igmap-findings .said:not(:empty)")
        told = page.locator(".igmap-findings .said").inner_text()
        page.screenshot(path=os.environ.get("IGMAP_SCREENSHOT", str(tmp_path / "desk.png")))
        save(page)
        title, images = page.title(), page.locator(".igmap-findings img").count()
    assert every > violations > 0
    assert told.startswith("Vastgelegd in decisions.yaml")
    assert ("gehackt" in title, images) == (False, 0)
    assert 'by: "FG Bakker"' in (tmp_path / "decisions.yaml").read_text("utf-8")
    saved = (tmp_path / "notebooks" / "desk.ipynb").read_text("utf-8")
    assert not [word for word in ("kanarie", "Bakker", "gewist", "hr.csv") if word in saved]
