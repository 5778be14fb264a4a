"""The field desk: every field in a table that filters, the evidence of the one chosen, and a button that decides it.

Names of fields travel as messages, and only when the page asks: the saved state of the widget holds none of them, and
no value of a cell is anywhere.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from anywidget import AnyWidget

from igmap.errors import IgmapError
from igmap.inventory import Choice, Decided, decide
from igmap.inventory.deciding.applied import is_decided, redecided
from igmap.inventory.deciding.decide import named
from igmap.inventory.deciding.places import places_of
from igmap.inventory.deciding.words import label, verdict_in_words, what_was_seen, what_would_change
from igmap.inventory.decisions import load_decisions
from igmap.inventory.labels import titled
from igmap.report import percentage, text
from igmap.vocabulary import CATEGORIES, load_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from igmap.inventory import DatasetInventory, Field, Inventory
    from igmap.workbench.views import Language, View
    from igmap.workspace import Workspace

_HOME = Path(__file__).parent


def script(name: str) -> str:
    """The code of a desk in the page, behind the kit that the desks share."""
    return "\n".join((_HOME / part).read_text("utf-8") for part in ("kit.js", name))


class Desk(AnyWidget):  # type: ignore[misc]
    """What every desk does: it answers what its page asks, and shows a table where no widget can live."""

    lang: Language = "nl"

    def answers(self) -> dict[str, Callable[[dict[str, Any]], dict[str, Any]]]:
        """What the page may ask, and what answers it."""
        raise NotImplementedError

    def shown(self) -> str:
        """The table for pages without a widget, as HTML."""
        raise NotImplementedError

    def _repr_mimebundle_(self, **options: Any) -> Any:
        given = super()._repr_mimebundle_(**options)
        if given is None:
            return None
        bundle, metadata = given if isinstance(given, tuple) else (given, {})
        return {**bundle, "text/html": self.shown(), "text/plain": repr(self)}, metadata

    def _asked(self, _: Any, content: dict[str, Any], __: Any) -> None:
        """Answer the page; what goes wrong is told there, in igmap's own words."""
        answer = self.answers().get(str(content.get("kind")))
        if answer:
            try:
                self.send({"kind": content["kind"], **answer(content)})
            except IgmapError as error:
                self.send({"kind": "problem", "text": error.said(self.lang)})


class FieldDesk(Desk):
    """Where an analyst looks fields up and decides what they are.

    Args:
        workspace: whose decisions.yaml is written.
        inventory: what was found.
        lang: nl or en.
        today: the day of the decisions.
    """

    _esm = script("desk.js")
    _css = _HOME / "desk.css"

    def __init__(self, workspace: Workspace, inventory: Inventory, lang: Language = "nl", *, today: date) -> None:
        """Show the fields; nothing is written before a button is pressed."""
        super().__init__()
        self.workspace, self.inventory, self.lang, self.today = workspace, inventory, lang, today
        self.decided: list[Decided] = []
        self.on_msg(self._asked)

    def __repr__(self) -> str:
        """How many fields there are; the saved notebook holds this line."""
        return f"FieldDesk({len(list(self._fields()))} fields)"

    @property
    def changes(self) -> View:
        """What was decided at this desk, as it stands in decisions.yaml."""
        from igmap.report import Paragraph, Table
        from igmap.workbench.views import View

        heads = tuple(text(key, self.lang) for key in ("run.dataset", "run.field", "run.category", "decide.sheet.why"))
        rows = [
            (one.decision.dataset, one.decision.field, label(one.decision.category, self.lang), one.decision.why)
            for one in self.decided
        ]
        nothing = Paragraph(_say("nothing", self.lang))
        return View((Table(heads, tuple(rows), _say("changes", self.lang)),) if rows else (nothing,), self.lang)

    def answers(self) -> dict[str, Callable[[dict[str, Any]], dict[str, Any]]]:
        """The fields, the evidence of one, and a decision."""
        return {"rows": self._rows, "evidence": self._evidence, "decide": self._decide}

    def shown(self) -> str:
        """The inventory."""
        return self.inventory._repr_html_()

    def _fields(self) -> Iterator[tuple[DatasetInventory, Field]]:
        return ((dataset, field) for dataset in self.inventory.datasets for field in dataset.fields)

    def _rows(self, _: dict[str, Any]) -> dict[str, Any]:
        """Every field as a row, with the words of the page."""
        return {
            "rows": [_row(dataset, field, self.lang) for dataset, field in self._fields()],
            "categories": [[one.id, label(one.id, self.lang)] for one in CATEGORIES.values()],
            "words": {key: one[self.lang] for key, one in load_yaml("igmap.workbench", "texts.yaml")["desk"].items()},
        }

    def _chosen(self, content: dict[str, Any]) -> tuple[DatasetInventory, Field]:
        fields, at = list(self._fields()), content.get("at")
        if not isinstance(at, int) or not 0 <= at < len(fields):
            raise IgmapError("no such row; run this cell again")
        return fields[at]

    def _evidence(self, content: dict[str, Any]) -> dict[str, Any]:
        """All there is about one field, as texts."""
        dataset, field = self._chosen(content)
        held = load_decisions(self.workspace.decisions).field(dataset.source, dataset.table, field.name)
        return {
            "at": content["at"],
            "verdict": verdict_in_words(field, self.lang),
            "reasons": list(what_was_seen(field, self.lang)),
            "runner_up": label(field.runner_up, self.lang),
            "change": list(what_would_change(field, self.lang)),
            "fired": [
                [label(d.detector, self.lang), d.count, percentage(d.share, self.lang)] for d in field.detections
            ],
            "written": named(dataset.source, dataset.table, places_of(self.inventory), exactly=False),
            "held": [held.category, held.by, held.why] if held else None,
        }

    def _decide(self, content: dict[str, Any]) -> dict[str, Any]:
        """Write the decision, and show what changed."""
        dataset, field = self._chosen(content)
        category, by, why = (str(content.get(name, "")) for name in ("category", "by", "why"))
        choice = Choice(
            file=dataset.source, field=field.name, table=dataset.table, category=category, by=by, why=why,
            on=self.today, exactly=content.get("exactly") is True,
        )  # fmt: skip
        done = decide(self.workspace, self.inventory, choice)
        self.inventory = redecided(self.inventory, done.decisions)
        self.decided.append(done)
        return {
            "at": content["at"],
            "text": "\n".join((done.line(self.lang), *done.lines(self.lang))),
            **self._rows({}),
        }


def _row(dataset: DatasetInventory, field: Field, lang: str) -> list[Any]:
    """What the table shows of a field, and the marks it is filtered by."""
    codes = {str(reason["code"]) for reason in field.reasons}
    verdict = "conflict" if "conflict" in codes else "decided" if is_decided(field) else field.verdict
    category = field.runner_up if field.verdict == "undecided" else field.category
    place = titled(dataset.source, dataset.table)
    return [place, field.name, verdict, label(category, lang), percentage(field.confidence, lang)]


def _say(key: str, lang: str) -> str:
    return str(load_yaml("igmap.workbench", "texts.yaml")["desk"][key][lang])
