"""What changed between two runs: findings that are new, worse, solved or accepted since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from igmap.control.run import Result, Run  # noqa: TC001 - written by pydantic
from igmap.policy.findings import OUTCOMES

if TYPE_CHECKING:
    from datetime import date

    from igmap.control.run import Detail
    from igmap.control.runs import Runs


@dataclass(frozen=True, slots=True)
class Since:
    """A run beside an earlier one.

    Args:
        before: the earlier run; None when there is none to compare with.
        now: the later one.
        new: findings that were not there, or passed, or had been accepted.
        worse: findings with a worse outcome or about more records than before.
        solved: findings that are gone or pass.
        accepted: findings that were accepted in between.
    """

    before: Run | None
    now: Run
    new: tuple[Result, ...] = ()
    worse: tuple[Result, ...] = ()
    solved: tuple[Result, ...] = ()
    accepted: tuple[Result, ...] = ()

    @property
    def violations(self) -> tuple[Result, ...]:
        """The violations among what is new or worse."""
        return tuple(one for one in (*self.new, *self.worse) if one.outcome == "violation")

    @property
    def other_policy(self) -> bool:
        """Whether the register was changed in between."""
        return self.before is not None and self.before.policy_sha256 != self.now.policy_sha256


def compare(before: Run | None, now: Run, old: Detail, new: Detail) -> Since:
    """What changed from one run to the other."""
    if before is None:
        return Since(None, now)
    was = {one.id: one for one in old.results if one.counts}
    known = {one.id: one for one in old.results}
    current = {one.id: one for one in new.results}
    return Since(
        before,
        now,
        new=tuple(one for one in current.values() if one.counts and one.id not in was),
        worse=tuple(one for one in current.values() if one.counts and one.id in was and _worse(was[one.id], one)),
        solved=tuple(one for key, one in was.items() if key not in current or current[key].outcome == "pass"),
        accepted=tuple(one for key, one in current.items() if one.accepted and not _accepted(known.get(key))),
    )


def _accepted(one: Result | None) -> bool:
    return one is not None and one.accepted


def _worse(before: Result, now: Result) -> bool:
    worse = OUTCOMES.index(now.outcome) < OUTCOMES.index(before.outcome)
    return worse or (now.outcome == before.outcome and now.records > before.records)


def period(runs: tuple[Run, ...], since: date | int) -> tuple[Run, ...]:
    """The runs from the one to compare with up to the last.

    Args:
        runs: that came as far as findings, the first first.
        since: so many runs back; or a day, when the last run on or before it is the first of the period.

    Example:
        >>> period((), 1)
        ()
    """
    if not isinstance(since, int):
        earlier = [at for at, run in enumerate(runs) if run.began.date() <= since]
        return runs[earlier[-1] :] if earlier else runs
    return runs[-since - 1 :]


def since_runs(runs: Runs, shown: tuple[Run, ...]) -> Since | None:
    """The first and last of some runs, compared; None when there is none."""
    if not shown:
        return None
    before = shown[0] if len(shown) > 1 else None
    return compare(before, shown[-1], runs.detail(shown[0]), runs.detail(shown[-1]))
