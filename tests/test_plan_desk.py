"""The plan desk: it shows what becomes of every column, takes changes that fit, and says what they cost."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from igmap.anonymisation import PlannedColumn, load_plan, write_plan
from igmap.inventory import DatasetInventory, Field, Inventory
from igmap.sources import Exports, open_exports
from igmap.workbench.plan_desk import PlanDesk
from tests.release_cases import AGE, plan, quasi
from tests.test_lab import desk_in_lab, save

HOSTILE = "<img src=x onerror=\"document.title='gehackt'\">"
FRAME = pd.DataFrame({
    "naam": [f"Kanarie {n}" for n in range(40)],
    "age": [str(20 + n) for n in range(40)],
    HOSTILE: ["a", "b"] * 20,
    "mark": [str(n % 5) for n in range(40)],
})  # fmt: skip
PLAN = plan(
    PlannedColumn("naam", "direct", "drop", category="name"),
    quasi("age", AGE),
    PlannedColumn(HOSTILE, "other", "drop"),
    PlannedColumn("mark", "measure", "keep", category="learning_result"),
    k=4,
)
NAMED = Field("naam", "found", "name", "direct", "none", secret=False, free_text=False, confidence=0.9, runner_up="")
INVENTORY = Inventory((DatasetInventory("t", "", 40, 40, 0, "", (), (NAMED,)),))
AGE_FORM = {"role": "quasi", "treatment": "generalise", "hierarchy": "0", "least": "0", "weight": "1", "transform": ""}
AIMS = {"k": "4", "limit": "1", "search": "global", "models": ""}


@pytest.fixture(scope="module")
def exports() -> Iterator[Exports]:
    with open_exports({"t": FRAME}) as held:
        yield held


class Desk:
    """A desk and what it says to its page."""

    def __init__(self, folder: Path, exports: Exports, lang: Any = "nl") -> None:
        """Sit down."""
        self.path = write_plan(folder / "plan.yaml", PLAN)
        self.before = self.path.read_bytes()
        self.widget = PlanDesk(exports, INVENTORY, self.path, lang)
        self.sent: list[dict[str, Any]] = []
        self.widget.send = lambda content, *_: self.sent.append(content)

    def ask(self, kind: str, **more: Any) -> dict[str, Any]:
        """Say something as the page would, and hear the answer."""
        self.widget._asked(None, {"kind": kind, **more}, None)
        return self.sent[-1]


@pytest.mark.parametrize(("lang", "words"), [("nl", "wijst een persoon aan"), ("en", "points at a person")])
def test_the_page_gets_every_column_in_words_when_it_asks(
    tmp_path: Path, exports: Exports, lang: str, words: str
) -> None:
    answer = Desk(tmp_path, exports, lang).ask("rows")
    assert [row[0] for row in answer["rows"]] == ["naam", "age", HOSTILE, "mark"]
    assert answer["rows"][0][2] == words
    assert answer["targets"] == {"k": 4, "limit": 1.0, "search": "global", "models": ""}
    assert {"change", "targets", "cost", "save", "least"} <= set(answer["words"])


def test_the_hierarchies_that_fit_are_offered_with_their_levels_and_no_others(tmp_path: Path, exports: Exports) -> None:
    desk = Desk(tmp_path, exports)
    offered = [words for _, words in desk.ask("evidence", at=1)["hierarchies"]]
    assert offered[0] == "de waarde zelf › intervallen van 5 › intervallen van 10 › intervallen van 20 › alles samen"
    assert "de waarde zelf › alles samen" in offered
    assert not [words for words in offered if "gemeente" in words or "kwartaal" in words]
    assert "Kanarie" not in json.dumps(desk.sent)


def test_a_change_is_taken_over_told_and_written_only_when_asked(tmp_path: Path, exports: Exports) -> None:
    desk = Desk(tmp_path, exports)
    answer = desk.ask("change", at=1, **AGE_FORM | {"weight": "2", "least": "1"})
    assert "age (2)" in " ".join(answer["sentences"])
    assert desk.path.read_bytes() == desk.before
    assert desk.ask("save")["text"] == "plan.yaml is geschreven."
    column = load_plan(desk.path).columns[1]
    assert (column.weight, column.least_level) == (2.0, 1)


def test_a_dropped_column_can_be_kept_as_a_quasi_identifier(tmp_path: Path, exports: Exports) -> None:
    desk = Desk(tmp_path, exports)
    categorical = next(at for at, words in desk.ask("evidence", at=2)["hierarchies"] if words.endswith("alles samen"))
    desk.ask("change", at=2, **AGE_FORM | {"hierarchy": categorical})
    column = desk.widget.plan.columns[2]
    assert (column.role, column.treatment, dict(column.hierarchy or {})) == (
        "quasi",
        "generalise",
        {"categorical": True},
    )
    assert column.becomes["nl"].startswith("blijft, of wordt *")


def test_the_cost_of_a_change_is_counted_without_writing(tmp_path: Path, exports: Exports) -> None:
    desk = Desk(tmp_path, exports)
    fine = desk.ask("cost")["text"]
    desk.ask("targets", **AIMS | {"k": "20"})
    assert desk.ask("cost")["text"].startswith("Met k = 20: verlies ")
    assert fine.startswith("Met k = 4: verlies 10,3")
    assert desk.path.read_bytes() == desk.before


def test_models_are_written_one_a_line(tmp_path: Path, exports: Exports) -> None:
    desk = Desk(tmp_path, exports)
    answer = desk.ask("targets", **AIMS | {"models": "{model: distinct_l, column: mark, l: 3}\n"})
    assert desk.widget.plan.models == ({"model": "distinct_l", "column": "mark", "l": 3},)
    assert answer["targets"]["models"] == "{model: distinct_l, column: mark, l: 3}"
    assert any("3 verschillende waarden van mark" in one for one in answer["sentences"])


@pytest.mark.parametrize(
    ("kind", "said", "told"),
    [
        ("change", {"at": 1} | AGE_FORM | {"treatment": "drop"}, "k niet te tellen"),
        ("change", {"at": 1} | AGE_FORM | {"role": "measure"}, "rol quasi"),
        ("change", {"at": 0} | AGE_FORM | {"treatment": "keep"}, "wijst een persoon aan"),
        ("change", {"at": 0} | AGE_FORM | {"role": "direct", "treatment": "keep"}, "de rol is direct"),
        ("change", {"at": 1} | AGE_FORM | {"weight": "0"}, "weight moet boven 0"),
        ("change", {"at": 1} | AGE_FORM | {"weight": "veel"}, "moet een getal zijn"),
        ("change", {"at": 1} | AGE_FORM | {"transform": "round"}, "transform, regel 1"),
        ("change", {"at": 9} | AGE_FORM, "zo’n rij is er niet"),
        ("targets", AIMS | {"k": "1"}, "k moet 2 of meer"),
        ("targets", AIMS | {"search": "magic"}, "kies uit auto, global"),
        ("targets", AIMS | {"models": "{model: distinct, column: mark}"}, "bedoeld?"),
        ("targets", AIMS | {"models": "{model: ["}, "models, regel 1"),
    ],
)
def test_a_contradiction_is_told_in_igmaps_own_words_and_the_plan_stays(
    tmp_path: Path, exports: Exports, kind: str, said: dict[str, Any], told: str
) -> None:
    desk = Desk(tmp_path, exports)
    answer = desk.ask(kind, **said)
    assert answer["kind"] == "problem"
    assert told in answer["text"]
    assert desk.widget.plan == PLAN


def test_a_target_that_cannot_be_met_is_told(tmp_path: Path, exports: Exports) -> None:
    desk = Desk(tmp_path, exports)
    desk.ask("targets", **AIMS | {"k": "41"})
    assert desk.ask("cost")["kind"] == "problem"


def test_what_is_saved_of_the_widget_holds_no_name_of_a_column(tmp_path: Path, exports: Exports) -> None:
    desk = Desk(tmp_path, exports)
    desk.ask("rows")
    desk.ask("evidence", at=1)
    desk.ask("change", at=1, **AGE_FORM)
    saved = json.dumps({k: v for k, v in desk.widget.get_state().items() if k not in {"_esm", "_css"}}, default=str)
    assert not [word for word in ("naam", '"age"', "mark", "Kanarie") if word in saved]
    bundle, _ = PlanDesk(exports, INVENTORY, desk.path)._repr_mimebundle_()
    assert bundle["text/plain"] == "PlanDesk(4 columns)"
    assert "<img" not in bundle["text/html"]
    assert "Kanarie" not in bundle["text/html"]


NOTEBOOK = """
from pathlib import Path
from igmap.inventory import Inventory
from igmap.sources import open_exports
from igmap.workbench.plan_desk import PlanDesk
from igmap.workspace import open_workspace

exports = open_exports(open_workspace(".."))
PlanDesk(exports, Inventory(()), Path("../plan.yaml"))
"""


@contextmanager
def desk_in_browser(folder: Path) -> Iterator[Any]:
    """A plan, opened in JupyterLab with its desk."""
    from dataclasses import replace

    (folder / "exports").mkdir()
    FRAME.to_csv(folder / "exports" / "t.csv", index=False)
    write_plan(folder / "plan.yaml", replace(PLAN, source="t.csv"))
    with desk_in_lab(folder, NOTEBOOK, ".igmap-plan .line") as page:
        yield page


@pytest.mark.ci
def test_in_the_browser_a_column_is_changed_priced_written_and_saved_without_a_trace(tmp_path: Path) -> None:
    with desk_in_browser(tmp_path) as page:
        page.locator(".igmap-plan .line:not(.head)").nth(1).click()
        page.wait_for_selector(".igmap-plan form[name=column]:not([hidden])")
        page.locator(".igmap-plan input[name=weight]").fill("3")
        page.locator(".igmap-plan button[name=change]").click()
        page.wait_for_selector(".igmap-plan .said:has-text('Overgenomen')")
        page.locator(".igmap-plan button[name=cost]").click()
        page.wait_for_selector(".igmap-plan .said:has-text('Met k = 4')", timeout=60_000)
        page.screenshot(path=os.environ.get("IGMAP_SCREENSHOT", str(tmp_path / "desk.png")))
        page.locator(".igmap-plan input[name=k]").fill("2")
        page.locator(".igmap-plan textarea[name=models]").fill("{model: nonsense}")
        page.locator(".igmap-plan button[name=targets]").click()
        page.wait_for_selector(".igmap-plan .said.problem")
        problem, title = page.locator(".igmap-plan .said").inner_text(), page.title()
        page.locator(".igmap-plan button[name=save]").click()
        page.wait_for_selector(".igmap-plan .said:has-text('geschreven')")
        images = page.locator(".igmap-plan img").count()
        page.evaluate("document.activeElement.blur()")  # keys pressed in the desk are the desk's own
        save(page)
    assert "onbekend model" in problem
    assert (images, "gehackt" in title) == (0, False)
    assert load_plan(tmp_path / "plan.yaml").columns[1].weight == 3
    saved = (tmp_path / "notebooks" / "desk.ipynb").read_text("utf-8")
    assert not [word for word in ("naam", "Kanarie", "intervallen") if word in saved]
