"""The findings desk: what the checks say in a table that filters, and a form that accepts what is chosen for a while.

Names travel as messages, and only when the page asks: the saved state of the widget holds none, and no value of a cell
is anywhere.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from igmap.errors import DecisionError, IgmapError
from igmap.inventory import load_decisions
from igmap.policy.accepting import Consent, accept_findings, with_acceptances
from igmap.policy.findings import OUTCOMES, SEVERITIES
from igmap.policy.messages import term
from igmap.policy.telling import Told, asked, told_together
from igmap.report import text
from igmap.vocabulary import load_yaml
from igmap.workbench.desk import Desk, script

if TYPE_CHECKING:
    from collections.abc import Callable

    from igmap.policy import Findings
    from igmap.policy.findings import Language
    from igmap.workspace import Workspace

_HOME = Path(__file__).parent


def findings_desk(
    findings: Findings, lang: Language = "nl", *, workspace: Workspace | None = None, today: date | None = None
) -> FindingsDesk:
    """A desk at which findings are looked through, and accepted for a while where a workspace is given.

    Args:
        findings: of one check.
        lang: nl or en.
        workspace: whose decisions.yaml is written; without one nothing can be accepted here.
        today: the day of the acceptances; by default today.
    """
    return FindingsDesk(findings, lang, workspace, today or date.today())  # noqa: DTZ011 - the analyst's own day


class FindingsDesk(Desk):
    """Where an analyst looks findings through.

    Args:
        findings: of one check.
        lang: nl or en.
        workspace: whose decisions.yaml is written, if any.
        today: the day of the acceptances.
    """

    _esm = script("findings_desk.js")
    _css = "\n".join((_HOME / name).read_text("utf-8") for name in ("desk.css", "findings_desk.css"))

    def __init__(self, findings: Findings, lang: Language, workspace: Workspace | None, today: date) -> None:
        """Show the findings; nothing is written before a button is pressed."""
        super().__init__()
        self.findings, self.lang, self.workspace, self.today = findings, lang, workspace, today
        self.rows: tuple[Told, ...] = told_together(findings, passes=True)
        self.on_msg(self._asked)

    def __repr__(self) -> str:
        """How many findings there are; the saved notebook holds this line."""
        return f"FindingsDesk({len(self.findings)} findings)"

    def answers(self) -> dict[str, Callable[[dict[str, Any]], dict[str, Any]]]:
        """The findings, and an acceptance."""
        return {"rows": self._rows, "accept": self._accept}

    def shown(self) -> str:
        """The table of the report."""
        return self.findings._repr_html_()

    def _rows(self, _: dict[str, Any]) -> dict[str, Any]:
        """Every row, the words of the page, and what it can be filtered by."""
        words = load_yaml("igmap.workbench", "texts.yaml")["findings"]
        return {
            "rows": [self._row(row) for row in self.rows],
            "words": {key: one[self.lang] for key, one in words.items()},
            "outcomes": [[one, term(one, self.lang)] for one in OUTCOMES],
            "severities": [[one, text(f"told.{one}", self.lang)] for one in SEVERITIES],
            "writes": self.workspace is not None,
        }

    def _row(self, row: Told) -> dict[str, Any]:
        """What the page shows of findings that are told together."""
        one, other = row.first, "en" if self.lang == "nl" else "nl"
        return {
            "ids": [finding.id for finding in row.findings],
            "rule": one.rule,
            "asks": asked(self.findings, one.rule, self.lang),
            "outcome": one.outcome,
            "severity": one.severity,
            "datasets": list(row.datasets),
            "lines": list(row.lines(self.lang)),
            "other": list(row.lines(other)),  # type: ignore[arg-type]
            "beside": [asked(self.findings, rule, self.lang) for rule in dict.fromkeys(x.rule for x in row.beside)],
            "records": row.records,
            "quote": f"{one.policy.section}: “{one.policy.quote}”" if one.policy.quote else "",
            "law": list(one.law),
            "remedy": getattr(one.remedy, self.lang),
            "stood": self._stood(row),
        }

    def _stood(self, row: Told) -> list[str]:
        """What became of the acceptances of a row."""
        ids = {finding.id for finding in row.findings}
        return [one.line(self.lang) for one in self.findings.stands if one.finding and one.finding.id in ids]

    def _accept(self, content: dict[str, Any]) -> dict[str, Any]:
        """Write the acceptance of all findings of a row, and show what holds now."""
        at, until = content.get("at"), _day(content.get("until"))
        if self.workspace is None or not isinstance(at, int) or not 0 <= at < len(self.rows):
            raise IgmapError("no such row; run this cell again")
        row = self.rows[at]
        by, why = (str(content.get(name, "")) for name in ("by", "why"))
        consent = Consent(by=by, why=why, until=until, on=self.today, whatever=content.get("whatever") is True)
        ids = [finding.id for finding in (*row.findings, *row.beside)]
        written = accept_findings(self.workspace, self.findings, ids, consent)
        self.findings = with_acceptances(self.findings, load_decisions(self.workspace.decisions), self.today)
        self.rows = told_together(self.findings, passes=True)
        said = text("accept.written", self.lang, count=len(written), until=until, by=consent.by)
        return {"text": said, **self._rows({})}


def _day(given: object) -> date:
    try:
        return date.fromisoformat(str(given))
    except ValueError:
        raise DecisionError("an acceptance ends: choose its last day") from None
