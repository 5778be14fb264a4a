"""The binding desk: per dataset what igmap proposes and why, and a form in which a person says what it is for.

Nothing is filled in before a person asks for the proposal, and nothing written before they confirm. Names travel as
messages, and only when the page asks: the saved state of the widget holds none, and no value of a cell is anywhere.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from igmap.errors import IgmapError
from igmap.inventory import load_decisions
from igmap.inventory.decisions import DatasetBinding
from igmap.inventory.labels import titled
from igmap.policy import answered
from igmap.policy.binding import Known, Said, confirm
from igmap.policy.binding.dates import events_of
from igmap.policy.binding.faults import versions_of
from igmap.policy.binding.proposal import PARTS, Proposal
from igmap.policy.binding.told import overview, parts_told
from igmap.report import text
from igmap.vocabulary import load_yaml
from igmap.workbench.desk import Desk, script

if TYPE_CHECKING:
    from collections.abc import Callable

    from igmap.inventory import Inventory
    from igmap.inventory.kinships import Relations
    from igmap.policy import Policy
    from igmap.sources import Exports
    from igmap.workbench.views import Language
    from igmap.workspace import Workspace

_HOME = Path(__file__).parent
_LISTS, _WORDS = ("data_subjects", "recipients"), ("by", "why", "role", "person_key", "collected_under")


def binding_desk(
    workspace: Workspace, exports: Exports, inventory: Inventory, policy: Policy, relations: Relations | None = None
) -> BindingDesk:
    """A desk at which to say what each dataset is for, in Dutch; `BindingDesk` has it in English too.

    Args:
        workspace: whose decisions.yaml is written.
        exports: open tables, in which dates are looked at.
        inventory: what was found.
        policy: the register, answered or as published.
        relations: how the tables hang together; looked for when not given.
    """
    from igmap.inventory.kinships import relate

    decisions = load_decisions(workspace.decisions)
    today = date.today()  # noqa: DTZ011 - the analyst's own day
    related = relations or relate(exports, inventory)
    return BindingDesk(workspace, Known(inventory, answered(policy, decisions), decisions, exports, related, today))


class BindingDesk(Desk):
    """Where an analyst says which dataset serves which purpose.

    Args:
        workspace: whose decisions.yaml is written.
        known: what the proposals rest on; its day is that of the decisions.
        lang: nl or en.
    """

    _esm = script("binding_desk.js")
    _css = _HOME / "desk.css"

    def __init__(self, workspace: Workspace, known: Known, lang: Language = "nl") -> None:
        """Show the datasets; nothing is written before a button is pressed."""
        super().__init__()
        self.workspace, self.lang = workspace, lang
        self.seen = overview(known)
        self.on_msg(self._asked)

    def __repr__(self) -> str:
        """How many datasets there are; the saved notebook holds this line."""
        return f"BindingDesk({len(self._datasets())} datasets)"

    def answers(self) -> dict[str, Callable[[dict[str, Any]], dict[str, Any]]]:
        """The datasets, the proposal for one, and a binding."""
        return {"rows": self._rows, "evidence": self._evidence, "confirm": self._confirm}

    def shown(self) -> str:
        """The datasets."""
        return self.seen._repr_html_()

    def _datasets(self) -> list[tuple[str, str, DatasetBinding | Proposal | None, str]]:
        """Those a person has to say something of, or did."""
        return [row for row in self.seen.rows() if row[2] is not None]

    def _rows(self, _: dict[str, Any]) -> dict[str, Any]:
        """Every dataset as a row, the words of the page, and what may be chosen."""
        policy, lang = self.seen.known.policy, self.lang
        words = {key: one[lang] for key, one in load_yaml("igmap.workbench", "texts.yaml")["binding"].items()}
        lists: dict[str, Any] = {
            "purposes": policy.purposes,
            "data_subjects": policy.data_subjects,
            "recipients": policy.recipients,
        }
        return {
            "rows": [[titled(*row[:2]), row[3], _purposes(row[2], lang)] for row in self._datasets()],
            "words": words | {name: text(f"bind.part.{name}", lang) for name in PARTS},
            "offered": {name: [[one.id, getattr(one.label, lang)] for one in items] for name, items in lists.items()}
            | {"role": [[role, text(f"bind.role.{role}", lang)] for role in ("controller", "processor")]}
            | {"start_columns": list(events_of(policy))}
            | {"collected_under": [[version, version] for version in versions_of(policy)]},
        }

    def _chosen(self, content: dict[str, Any]) -> tuple[str, str, DatasetBinding | Proposal | None, str]:
        rows, at = self._datasets(), content.get("at")
        if not isinstance(at, int) or not 0 <= at < len(rows):
            raise IgmapError("no such row; run this cell again")
        return rows[at]

    def _evidence(self, content: dict[str, Any]) -> dict[str, Any]:
        """All there is about one dataset: what is proposed and why, or what was said."""
        source, table, one, _ = self._chosen(content)
        dataset = self.seen.known.inventory.dataset(source, table)
        proposal, held = (one, None) if isinstance(one, Proposal) else (None, one)
        parts = parts_told(proposal, self.lang) if proposal else ()
        reasons = {name: [value, *told] if value else list(told) for name, value, told in parts}
        proposed = {name: _plain(proposal.part(name).value) for name in PARTS} if proposal else None
        scope = (proposal.files, proposal.sheet) if proposal else held.scope if held else (source, table)
        return {
            "at": content["at"],
            "fields": [field.name for field in dataset.fields] if dataset else [],
            "reasons": reasons,
            "proposed": proposed,
            "held": _held(held),
            "written": titled(*scope),
        }

    def _confirm(self, content: dict[str, Any]) -> dict[str, Any]:
        """Write what was said, and show where every dataset stands now."""
        source, table, one, _ = self._chosen(content)
        dataset, table = (one.id, "") if isinstance(one, DatasetBinding) else (source, table)
        told: dict[str, Any] = {name: _listed(content, name) for name in _LISTS}
        told |= {name: _word(content, name) for name in _WORDS}
        told |= {"purposes": _said_purposes(content), "start_columns": _columns(content)}
        said = Said(dataset=dataset, table=table, on=self.seen.known.today, **told)
        done = confirm(self.workspace, self.seen.known, said)
        known = self.seen.known.decided(done.decisions)
        left = tuple(one for one in self.seen.proposals if (one.source, one.table) not in done.reached)
        self.seen = replace(self.seen, known=known, proposals=left)
        return {"text": "\n".join(done.lines(self.lang)), **self._rows({})}


def _purposes(one: DatasetBinding | Proposal | None, lang: str) -> str:
    if isinstance(one, DatasetBinding):
        return ", ".join(one.purposes or ()) or text("bind.no_purpose", lang)
    return ", ".join(one.purposes.value or ()) if one else ""


def _held(binding: DatasetBinding | None) -> dict[str, Any]:
    """What was said, as the form shows it; empty when nothing was."""
    if binding is None:
        return {}
    values = {name: _plain(getattr(binding, name)) for name in PARTS}
    return values | {"by": binding.by, "why": binding.why, "none": binding.purposes == ()}


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _word(content: dict[str, Any], name: str) -> str:
    """A word of a message; anything else is none."""
    value = content.get(name)
    return value.strip() if isinstance(value, str) else ""


def _listed(content: dict[str, Any], name: str) -> tuple[str, ...]:
    value = content.get(name)
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def _columns(content: dict[str, Any]) -> dict[str, str]:
    value = content.get("start_columns")
    return {str(event): str(field) for event, field in value.items()} if isinstance(value, dict) else {}


def _said_purposes(content: dict[str, Any]) -> tuple[str, ...] | None:
    """The purposes ticked; none at all only when that box was ticked, and not both.

    Raises:
        IgmapError: both were.
    """
    named = _listed(content, "purposes")
    if named and content.get("none") is True:
        raise IgmapError("either purposes or none at all; take one of the two away")
    return named or (() if content.get("none") is True else None)
