"""The plan desk: what becomes of every column, said and changed by a person, and what a change would cost.

The plan lives here and is written when a button is pressed. Names of columns travel as messages, and only when the
page asks: the saved state of the widget holds none, and no value of a cell is anywhere.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from igmap.anonymisation import check_against, check_plan, find_recoding, load_plan, write_plan
from igmap.anonymisation.checking import KEPT_ROLES
from igmap.anonymisation.hierarchies import in_words
from igmap.anonymisation.searching import AUTO, SEARCHES
from igmap.anonymisation.telling import becomes, fits, role, sentences, treatment
from igmap.errors import IgmapError, PlanError
from igmap.inventory.deciding.words import label
from igmap.report import Paragraph, fragment, percentage
from igmap.vocabulary import load_yaml
from igmap.workbench.desk import Desk, script

if TYPE_CHECKING:
    from collections.abc import Callable

    from igmap.anonymisation import Plan, PlannedColumn
    from igmap.inventory import Inventory
    from igmap.sources import Exports
    from igmap.workbench.views import Language

_HOME = Path(__file__).parent
_TREATMENTS = ("drop", "keep", "generalise")


class PlanDesk(Desk):
    """Where an analyst changes a plan.

    Args:
        exports: hold the plan's dataset.
        inventory: what was found; what points at a person cannot be kept.
        path: of the plan, which is written when asked.
        lang: nl or en.
    """

    _esm = script("plan_desk.js")
    _css = "\n".join((_HOME / part).read_text("utf-8") for part in ("desk.css", "plan_desk.css"))

    def __init__(self, exports: Exports, inventory: Inventory, path: Path, lang: Language = "nl") -> None:
        """Show the plan; nothing is written before a button is pressed."""
        super().__init__()
        self.exports, self.inventory, self.path, self.lang = exports, inventory, path, lang
        self.plan: Plan = load_plan(path)
        self.on_msg(self._asked)

    def __repr__(self) -> str:
        """How many columns there are; the saved notebook holds this line."""
        return f"PlanDesk({len(self.plan.columns)} columns)"

    def answers(self) -> dict[str, Callable[[dict[str, Any]], dict[str, Any]]]:
        """The columns, what one may become, a change, the targets, what it costs, and writing it."""
        return {
            "rows": self._rows,
            "evidence": self._evidence,
            "change": self._change,
            "targets": self._targets,
            "cost": self._cost,
            "save": self._save,
        }

    def shown(self) -> str:
        """That the desk stands here where it can; the plan itself is told by `plan_views.in_words`."""
        here = load_yaml("igmap.workbench", "texts.yaml")["plan"]["here"][self.lang]
        return fragment([Paragraph(here)], lang=self.lang)

    def _rows(self, _: dict[str, Any]) -> dict[str, Any]:
        """Every column as a row, the targets, the words of the page, and what may be chosen."""
        plan, lang = self.plan, self.lang
        roles = dict.fromkeys((*KEPT_ROLES, *(column.role for column in plan.columns)))
        return {
            "rows": [_row(column, lang) for column in plan.columns],
            "targets": {
                "k": plan.k,
                "limit": plan.suppression_limit,
                "search": plan.search,
                "models": _written(plan.models),
            },
            "sentences": list(sentences(plan, lang)),
            "words": {key: one[lang] for key, one in load_yaml("igmap.workbench", "texts.yaml")["plan"].items()},
            "offered": {
                "role": [[one, role(one, lang)] for one in roles],
                "treatment": [[one, treatment(one, lang)] for one in _TREATMENTS],
                "search": [[one, one] for one in dict.fromkeys((AUTO, *SEARCHES))],
            },
        }

    def _chosen(self, content: dict[str, Any]) -> PlannedColumn:
        at = content.get("at")
        if not isinstance(at, int) or not 0 <= at < len(self.plan.columns):
            raise IgmapError("no such row; run this cell again")
        return self.plan.columns[at]

    def _evidence(self, content: dict[str, Any]) -> dict[str, Any]:
        """All there is about one column, and the hierarchies that fit its values."""
        column = self._chosen(content)
        offered = fits(self.exports, self.plan, column, self.lang)
        held = next((str(place) for place, (one, _) in enumerate(offered) if one == column.hierarchy), "")
        return {
            "at": content["at"],
            "becomes": becomes(column, self.lang),
            "values": {
                "role": column.role,
                "treatment": column.treatment,
                "hierarchy": held,
                "least": column.least_level,
                "weight": column.weight,
                "transform": _written(column.transform),
            },
            "hierarchies": [[str(place), words] for place, (_, words) in enumerate(offered)],
        }

    def _change(self, content: dict[str, Any]) -> dict[str, Any]:
        """Take over what was said of one column, unless the plan would contradict itself."""
        column = self._chosen(content)
        offered = fits(self.exports, self.plan, column, self.lang)
        place = str(content.get("hierarchy", ""))
        hierarchy = offered[int(place)][0] if place.isdigit() and int(place) < len(offered) else column.hierarchy
        made = replace(
            column,
            role=_one_of(content, "role", (*KEPT_ROLES, column.role)),
            treatment=_one_of(content, "treatment", _TREATMENTS),
            least_level=int(_number(content, "least")),
            weight=_number(content, "weight"),
            transform=_steps(content, "transform"),
        )
        generalised = made.treatment == "generalise"
        made = replace(made, hierarchy=hierarchy if generalised else None, type="string" if generalised else made.type)
        made = replace(
            made, least_level=made.least_level if generalised else 0, follows=made.follows if generalised else ""
        )
        if (made.treatment, made.hierarchy) != (column.treatment, column.hierarchy):
            made = replace(made, becomes=in_words(made.hierarchy) if made.hierarchy else {})
        columns = (made if one.field == made.field else one for one in self.plan.columns)
        return self._taken(content, replace(self.plan, columns=tuple(columns)))

    def _targets(self, content: dict[str, Any]) -> dict[str, Any]:
        """Take over what is asked of the plan as a whole."""
        search = _one_of(content, "search", (AUTO, *SEARCHES))
        k, limit = int(_number(content, "k")), _number(content, "limit")
        models = _steps(content, "models")
        return self._taken(content, replace(self.plan, k=k, suppression_limit=limit, search=search, models=models))

    def _taken(self, content: dict[str, Any], plan: Plan) -> dict[str, Any]:
        self.plan = check_against(check_plan(plan), self.inventory)
        told = load_yaml("igmap.workbench", "texts.yaml")["plan"]["taken"][self.lang]
        return {"at": content.get("at"), "text": told, **self._rows({})}

    def _cost(self, _: dict[str, Any]) -> dict[str, Any]:
        """What the plan as it stands would cost; nothing is written."""
        found = find_recoding(self.exports, self.plan)
        said = load_yaml("igmap.anonymisation", "texts.yaml")["telling"]["found"][self.lang]
        rows = max(int(found.tuples.rows.sum()), 1)
        gone = found.suppressed_rows
        loss, share = percentage(found.loss, self.lang), percentage(gone / rows, self.lang)
        return {"text": said.format(k=self.plan.k, loss=loss, rows=gone, share=share)}

    def _save(self, _: dict[str, Any]) -> dict[str, Any]:
        """Write the plan."""
        path = write_plan(self.path, self.plan)
        return {"text": load_yaml("igmap.workbench", "texts.yaml")["plan"]["saved"][self.lang].format(path.name)}


def _row(column: PlannedColumn, lang: Language) -> list[Any]:
    return [
        column.field,
        label(column.category, lang),
        role(column.role, lang),
        column.treatment,
        becomes(column, lang),
    ]


def _written(settings: tuple[Any, ...]) -> str:
    """Models or steps as a person writes them, one a line."""
    lines = (
        yaml.safe_dump(dict(one), default_flow_style=True, sort_keys=False, allow_unicode=True, width=10_000)
        for one in settings
    )
    return "".join(lines).strip()


def _steps(content: dict[str, Any], name: str) -> tuple[dict[str, Any], ...]:
    """Models or steps, one a line.

    Raises:
        PlanError: a line is no mapping.
    """
    found = []
    for number, line in enumerate(str(content.get(name, "")).splitlines(), start=1):
        if line.strip():
            try:
                read = yaml.safe_load(line.strip().removeprefix("- "))
            except yaml.YAMLError:
                read = None
            if not isinstance(read, dict):
                raise PlanError(
                    f"{name}, line {number}: write it as {{model: distinct_l, column: …, l: 2}} or {{round: 5}}"
                )
            found.append(read)
    return tuple(found)


def _one_of(content: dict[str, Any], name: str, known: tuple[str, ...]) -> Any:
    if content.get(name) not in known:
        raise PlanError(f"{name}: choose out of {', '.join(known)}")
    return content[name]


def _number(content: dict[str, Any], name: str) -> float:
    try:
        return float(str(content.get(name, "")).replace(",", "."))
    except ValueError:
        raise PlanError(f"{name}: must be a number") from None
