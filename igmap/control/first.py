"""What to do first in a workspace: at most five tasks, the most pressing first, each with the command that does it."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from igmap.report import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from igmap.control.status import Status

MOST_TASKS = 5
SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do.

    Args:
        key: which of the texts `task.…` tells it.
        command: that does it, or shows what there is to do.
        figures: of the text.
    """

    key: str
    command: str
    figures: dict[str, Any]

    def line(self, lang: str) -> str:
        """In a sentence."""
        return text(f"task.{self.key}", lang, **self.figures)


def first_tasks(state: Status) -> tuple[Task, ...]:
    """The most pressing tasks of a workspace, in order."""
    root = shlex.quote(str(state.workspace.root))
    told = ((key, command.format(root=root), figures) for key, command, figures in _tasks(state))
    return tuple(Task(*one) for one in told)[:MOST_TASKS]


def _tasks(state: Status) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every task there is: what is overdue, then what makes figures old, then what was found, then what is open."""
    if state.keep_until and state.keep_until < state.today:
        yield "close", "igmap close {root}", {"until": state.keep_until}
    if state.last is None:
        yield "first_run", "igmap run {root}", {}
    elif state.moved:
        yield "run", "igmap run {root}", {}
    yield from _found(state)
    yield from _unsaid(state)
    if state.keep_until and state.today <= state.keep_until <= state.today + SOON:
        yield "close_soon", "igmap close {root}", {"until": state.keep_until}


def _found(state: Status) -> Iterator[tuple[str, str, dict[str, Any]]]:
    worst = [one for one in state.findings if one.outcome == "violation" and one.accepted is None]
    new = state.since.violations if state.since and state.since.before else ()
    if new:
        yield "new_violations", "igmap report {root} --since 1", {"count": len(new)}
    if state.past_term:
        yield "past_term", "igmap retention due {root}", {"records": state.past_term}
    if state.returned:
        yield "returned", "igmap accept {root} --list", {"count": len(state.returned)}
    high = [one for one in worst if one.severity == "high"]
    if high and not new:
        yield "violations", "igmap lab {root}", {"count": len(high)}


def _unsaid(state: Status) -> Iterator[tuple[str, str, dict[str, Any]]]:
    if not state.registered:
        yield "register", "igmap policy new {root}/policy.yaml --name NAME", {}
    elif state.unbound:
        yield "unbound", "igmap bind {root}", {"count": len(state.unbound)}
    if state.opens:
        yield "opens", "igmap policy open {root}", {"count": len(state.opens)}
    if state.last and state.last.undecided:
        yield "undecided", "igmap decide {root} --to velden.xlsx", {"count": state.last.undecided}
    if state.ending:
        yield "ending", "igmap accept {root} --list", {"count": len(state.ending)}
