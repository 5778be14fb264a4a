"""Releases that were made, and changes of the policy that were announced."""

import json
from collections.abc import Iterator
from typing import Any

from igmap.policy.case import Case, Draft
from igmap.policy.rules.periods import later
from igmap.policy.values import Open


def anonymised_output_passes_risk_report(case: Case) -> Iterator[Draft]:
    """R14: what the recorded verdict of every release says; without a release there is nothing to judge."""
    workspace = case.exports.workspace if case.exports else None
    if workspace is None:
        yield Draft(case.rule.when_open, "not_read")
        return
    verdicts = sorted((workspace.root / "out" / "releases").glob("*/verdict.json"))
    if not verdicts:
        yield Draft(case.rule.when_open, "no_release")
    for path in verdicts:
        name = path.parent.name
        outcome, words = _judged(_content(path), case)
        if outcome != "pass":
            yield Draft(outcome, words, item=f"release.{name}", figures={"release": name})


def _judged(verdict: Any, case: Case) -> Any:
    met = verdict.get("met") if isinstance(verdict, dict) else None
    if not isinstance(met, bool):
        return case.rule.when_open, "unreadable"
    if not met:
        return case.rule.effect, "not_met"
    return ("pass", "pass") if verdict.get("status") == "final" else ("warning", "provisional")


def _content(path: Any) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None


def policy_change_announced_before_effective(case: Case) -> Iterator[Draft]:
    """R15: announced before it takes effect, and by the notice the policy gives itself where that is known."""
    header = case.register.header
    announced, effective = header.announced, header.effective_from
    if isinstance(announced, Open) or isinstance(effective, Open):
        yield Draft(case.rule.when_open, "open")
        return
    notice = header.announce_rule.minimum_notice if header.announce_rule else None
    figures = {"announced": announced, "effective": effective}
    if announced > effective:
        yield Draft(case.rule.effect, "late", figures=figures)
    elif isinstance(notice, str) and later(announced, notice) > effective:
        yield Draft(case.rule.effect, "short", figures=figures)
    elif isinstance(notice, Open):
        yield Draft(case.rule.when_open, "notice_open", figures=figures)
