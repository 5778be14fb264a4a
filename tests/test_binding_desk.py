"""The binding desk: it proposes, fills nothing in by itself, writes what is confirmed, and saves no name."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

from igmap.inventory import load_decisions
from igmap.policy.binding import Known
from igmap.sources import Exports
from igmap.workbench.binding_desk import BindingDesk, binding_desk
from igmap.workspace import Workspace
from tests.binding_cases import DAY, REGISTER, TABLES, known, opened
from tests.test_lab import desk_in_lab, save

MEMBERS, LIST = "leden/ledenlijst_2026-10.csv", "overig/lijst.csv"
HOSTILE = "<img src=x onerror=\"document.title='gehackt'\">"


@pytest.fixture(scope="module")
def exports() -> Iterator[Exports]:
    with opened(MEMBERS, **{LIST: TABLES[LIST] | {HOSTILE: ["a"] * 30}}) as held:
        yield held


@pytest.fixture(scope="module")
def club(exports: Exports) -> Known:
    return known(exports)


class Desk:
    """A desk and what it says to its page."""

    def __init__(self, folder: Path, of: Known, lang: Any = "nl") -> None:
        """Sit down."""
        self.widget = BindingDesk(Workspace(folder), of, lang)
        self.sent: list[dict[str, Any]] = []
        self.widget.send = lambda content, *_: self.sent.append(content)

    def ask(self, kind: str, **more: Any) -> dict[str, Any]:
        """Say something as the page would, and hear the answer."""
        self.widget._asked(None, {"kind": kind, **more}, None)
        return self.sent[-1]

    def confirm(self, at: int, **more: Any) -> dict[str, Any]:
        """Send the form back."""
        form = {"purposes": ["ledenadministratie"], "none": False, "role": "controller", "person_key": "Lidnummer"}
        form |= {"start_columns": {"membership_end": "Lid tot"}, "data_subjects": ["lid"], "recipients": []}
        return self.ask("confirm", at=at, **form | {"collected_under": "", "by": "FG", "why": "ledenlijst"} | more)


def test_the_page_gets_every_dataset_with_its_state_and_what_may_be_chosen(tmp_path: Path, club: Known) -> None:
    answer = Desk(tmp_path, club).ask("rows")
    assert answer["rows"] == [[MEMBERS, "proposed", "ledenadministratie"], [LIST, "unsure", ""]]
    assert ["loon", "salarissen betalen"] in answer["offered"]["purposes"]
    assert "membership_end" in answer["offered"]["start_columns"]
    assert set(answer["offered"]) | {"confirm", "take"} <= set(answer["words"])


@pytest.mark.parametrize(("lang", "word"), [("nl", "‘ledenlijst’: leden"), ("en", "members")])
def test_a_proposal_comes_with_its_reasons_and_the_form_is_empty(
    tmp_path: Path, club: Known, lang: str, word: str
) -> None:
    answer = Desk(tmp_path, club, lang).ask("evidence", at=0)
    assert any(word in reason for reason in answer["reasons"]["purposes"])
    assert answer["proposed"]["person_key"] == "Lidnummer"
    assert answer["held"] == {}
    assert answer["written"] == "leden/ledenlijst_*.csv"
    assert not [value for value in ("Amrani", "L1001", "otter.example") if value in json.dumps(answer)]


def test_what_is_confirmed_is_written_and_the_row_is_bound(tmp_path: Path, club: Known) -> None:
    desk = Desk(tmp_path, club)
    answer = desk.confirm(0)
    assert answer["rows"][0] == [MEMBERS, "bound", "ledenadministratie"]
    assert "leden/ledenlijst_*.csv dient ledenadministratie" in answer["text"]
    held = load_decisions(tmp_path / "decisions.yaml").binding("leden/ledenlijst_2026-12.csv")
    assert held
    assert (held.purposes, held.person_key, held.by, held.on) == (("ledenadministratie",), "Lidnummer", "FG", DAY)
    again = desk.ask("evidence", at=0)
    assert (again["held"]["purposes"], again["held"]["why"], again["proposed"]) == (
        ["ledenadministratie"], "ledenlijst", None,
    )  # fmt: skip


def test_what_is_cleared_in_the_form_is_gone(tmp_path: Path, club: Known) -> None:
    desk = Desk(tmp_path, club)
    desk.confirm(0)
    desk.confirm(0, person_key="", start_columns={}, purposes=["mailing"])
    held = load_decisions(tmp_path / "decisions.yaml").binding(MEMBERS)
    assert held
    assert (held.id, held.purposes, held.person_key, held.start_columns) == ("ledenlijst", ("mailing",), None, {})


def test_no_purpose_has_a_box_of_its_own(tmp_path: Path, club: Known) -> None:
    form = {"purposes": [], "person_key": "", "start_columns": {}, "data_subjects": []}
    answer = Desk(tmp_path, club).confirm(1, **form, none=True)
    assert answer["rows"][1] == [LIST, "bound", "geen enkel doel"]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"purposes": []}, "de doelen zijn niet genoemd"),
        ({"none": True}, "doelen of helemaal geen"),
        ({"purposes": "loon"}, "de doelen zijn niet genoemd"),
        ({"purposes": ["lon"]}, "'loon' bedoeld?"),
        ({"role": None}, "de rol is niet genoemd"),
        ({"by": ""}, "--by"),
        ({"by": 7}, "--by"),
        ({"person_key": "x"}, "geen veld"),
        ({"start_columns": {"x": "Lid tot"}}, "het register kent geen 'x'"),
        ({"at": 9}, "zo’n rij is er niet"),
        ({"at": "0"}, "zo’n rij is er niet"),
    ],
)
def test_a_mistake_is_told_on_the_page_and_nothing_is_written(
    tmp_path: Path, club: Known, more: dict[str, Any], told: str
) -> None:
    answer = Desk(tmp_path, club).confirm(**{"at": 0} | more)
    assert answer["kind"] == "problem"
    assert told in answer["text"]
    assert not (tmp_path / "decisions.yaml").exists()


def test_what_is_saved_of_the_widget_holds_no_name(tmp_path: Path, exports: Exports, club: Known) -> None:
    desk = Desk(tmp_path, club)
    desk.ask("rows")
    desk.confirm(0, by="Bakker", why="geheime reden")
    saved = json.dumps({k: v for k, v in desk.widget.get_state().items() if k not in {"_esm", "_css"}}, default=str)
    assert not [word for word in ("leden", "Lidnummer", "Bakker", "geheime") if word in saved]
    widget = binding_desk(Workspace(tmp_path), exports, club.inventory, club.policy, club.relations)
    bundle, _ = widget._repr_mimebundle_()
    assert bundle["text/plain"] == "BindingDesk(2 datasets)"
    assert "<img" not in bundle["text/html"]
    assert "Amrani" not in bundle["text/html"]


NOTEBOOK = """
from datetime import date
from igmap import discover, open_exports
from igmap.policy import load_policy
from igmap.workbench.binding_desk import binding_desk
from igmap.workspace import open_workspace

place = open_workspace("..")
exports = open_exports(place)
inventory = discover(exports, today=date(2026, 11, 1))
binding_desk(place, exports, inventory, load_policy(place.policy))
"""


@contextmanager
def desk_in_browser(folder: Path) -> Iterator[Any]:
    """A workspace of the club, opened in JupyterLab with its desk."""
    import pandas as pd

    for name in (MEMBERS, LIST):
        (folder / "exports" / name).parent.mkdir(parents=True, exist_ok=True)
        pd.DataFrame(TABLES[name] | {HOSTILE: ["a"] * 30}).to_csv(folder / "exports" / name, index=False)
    (folder / "policy.yaml").write_text(yaml.safe_dump(REGISTER, sort_keys=False, allow_unicode=True), "utf-8")
    with desk_in_lab(folder, NOTEBOOK, ".igmap-binding .line") as page:
        yield page


@pytest.mark.ci
def test_in_the_browser_a_proposal_is_filled_in_on_request_confirmed_and_saved_without_a_trace(tmp_path: Path) -> None:
    with desk_in_browser(tmp_path) as page:
        page.locator(".igmap-binding .line").first.click()
        page.wait_for_selector(".igmap-binding form:not([hidden])")
        reasons = page.locator(".igmap-binding .about").inner_text()
        empty = page.locator(".igmap-binding input[name=purposes]:checked").count()
        page.locator(".igmap-binding button[name=take]").click()
        filled = page.locator(".igmap-binding input[name=purposes]:checked").get_attribute("value")
        page.locator(".igmap-binding input[name=by]").fill("FG Bakker")
        page.locator(".igmap-binding input[name=why]").fill("ledenlijst")
        page.screenshot(path=os.environ.get("IGMAP_SCREENSHOT", str(tmp_path / "desk.png")))
        page.locator(".igmap-binding button[name=confirm]").click()
        page.wait_for_selector(".igmap-binding .said:not(:empty)")
        told, title = page.locator(".igmap-binding .said").inner_text(), page.title()
        images = page.locator(".igmap-binding img").count()
        save(page)
    assert "‘ledenlijst’: leden" in reasons
    assert (empty, filled) == (0, "ledenadministratie")
    assert "leden/ledenlijst_*.csv dient ledenadministratie" in told
    assert (images, "gehackt" in title) == (0, False)
    held = load_decisions(tmp_path / "decisions.yaml").binding(MEMBERS)
    assert held
    assert (held.person_key, held.by) == ("Lidnummer", "FG Bakker")
    saved = (tmp_path / "notebooks" / "desk.ipynb").read_text("utf-8")
    assert not [word for word in ("Amrani", "Lidnummer", "Bakker", "ledenlijst") if word in saved]
