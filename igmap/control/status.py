"""Today: where a workspace stands and what to do first, by the last run and the files as they are; without a scan."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from igmap.control.first import Task, first_tasks
from igmap.control.run import Detail, ExportFile, files_of, sha256_of
from igmap.control.runs import FILE, Runs
from igmap.control.since import Since, compare
from igmap.inventory import Decisions, load_decisions
from igmap.policy import Findings, load_policy, open_values, read_findings
from igmap.policy.accepting import standings, with_acceptances
from igmap.policy.messages import term
from igmap.policy.named import refuse_unknown_fields, registered
from igmap.policy.telling import past_term
from igmap.policy.values import Open
from igmap.report import Badge, Badges, Block, Paragraph, Table, fragment, number, text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from igmap.control.run import Input, Run
    from igmap.policy import Policy
    from igmap.policy.accepting import Standing
    from igmap.policy.answers import OpenValue
    from igmap.policy.findings import Language
    from igmap.workspace import Workspace

SOON_DAYS = 30
MOST_NAMED = 5
MOST_HASHED = 32_000_000  # bytes of a file that is read through to see whether a copy or a touch changed it


@dataclass(frozen=True, slots=True)
class Moved:
    """What is no longer as the last run saw it.

    Args:
        exports: how many files are new, changed and gone.
        policy: whether policy.yaml is another.
        decisions: whether decisions.yaml is another.
    """

    exports: tuple[int, int, int] = (0, 0, 0)
    policy: bool = False
    decisions: bool = False

    def __bool__(self) -> bool:
        """Whether a run is due."""
        return any(self.exports) or self.policy or self.decisions


@dataclass(frozen=True, slots=True)
class Status:
    """Where a workspace stands.

    Args:
        workspace: it.
        today: the day it is reckoned to.
        last: the last run that came as far as findings; None when there is none.
        moved: what changed since.
        since: the last run beside the one before it.
        findings: of the last run, with the acceptances of today; empty without a run.
        stands: what became of acceptances.
        opens: what the register leaves open.
        unbound: datasets with personal data for which nobody said which purposes they serve.
        keep_until: how long the workspace may be kept; None when nobody said.
        unfinished: runs since the last one that were not finished.
        registered: whether there is a register.
        reviewed: when the policy was last reviewed, as the register says; None when it does not.
        lang: of what a notebook shows.
    """

    workspace: Workspace
    today: date
    last: Run | None = None
    moved: Moved = Moved()
    since: Since | None = None
    findings: Findings = field(default_factory=lambda: Findings(()))
    stands: tuple[Standing, ...] = ()
    opens: tuple[OpenValue, ...] = ()
    unbound: tuple[Input, ...] = ()
    keep_until: date | None = None
    unfinished: int = 0
    registered: bool = True
    reviewed: date | None = None
    lang: Language = "nl"

    @property
    def tasks(self) -> tuple[Task, ...]:
        """What to do first: at most five, the most pressing first."""
        return first_tasks(self)

    @property
    def ending(self) -> tuple[Standing, ...]:
        """Acceptances that end within 30 days."""
        return tuple(one for one in self.stands if one.ends_within(SOON_DAYS, self.today))

    @property
    def returned(self) -> tuple[Standing, ...]:
        """Acceptances that ended, or whose finding came back."""
        return tuple(one for one in self.stands if one.state in {"returned", "ended"})

    @property
    def past_term(self) -> int:
        """Records that are past a term."""
        return past_term(self.findings)

    def lines(self, lang: Language) -> Iterator[str]:
        """Where it stands, a sentence a line."""
        yield from _of_the_run(self, lang)
        yield from _of_the_findings(self, lang)
        yield from _of_the_register(self, lang)
        yield _of_the_workspace(self, lang)

    def blocks(self, lang: Language) -> Iterator[Block]:
        """For a cell or a page: counts, what to do first, and where it stands."""
        if self.last:
            counts = self.findings.counts.items()
            yield Badges(tuple(Badge(one, term(one, lang, count), count) for one, count in counts))
        heads = tuple(text(f"status.{key}", lang) for key in ("first", "how"))
        rows = tuple((task.line(lang), task.command) for task in self.tasks)
        yield Table(heads, rows, text("status.tasks", lang)) if rows else Paragraph(text("status.nothing", lang))
        yield Paragraph("\n".join(self.lines(lang)))

    def _repr_html_(self) -> str:
        return fragment(tuple(self.blocks(self.lang)), lang=self.lang)

    def __repr__(self) -> str:
        """Counts only."""
        return f"Status({len(self.tasks)} tasks, run {self.last.number if self.last else 'due'})"


def status(workspace: Workspace, *, today: date, lang: Language = "nl") -> Status:
    """Where a workspace stands today, without opening its exports.

    Args:
        workspace: with what the last run left in it.
        today: the day terms are reckoned to.
        lang: of what a notebook shows.

    Raises:
        PolicyError: the register is not sound.
        DecisionError: the decisions are not sound.
    """
    runs, decisions = Runs(workspace.root / "private" / FILE), load_decisions(workspace.decisions)
    policy = load_policy(workspace.policy) if workspace.policy.exists() else None
    register = registered(policy, decisions) if policy else None
    opens = tuple(open_values(register)) if register else ()
    until = decisions.workspace.keep_until if decisions.workspace else None
    every = runs.all()
    judged = tuple(run for run in every if run.judged)
    known = Status(
        workspace, today, opens=opens, keep_until=until, lang=lang,
        unfinished=_unfinished(every, judged), registered=policy is not None, reviewed=_reviewed(register),
    )  # fmt: skip
    return _with_run(known, runs, judged, decisions) if judged else known


def _unfinished(every: tuple[Run, ...], judged: tuple[Run, ...]) -> int:
    last = judged[-1].number if judged else 0
    return sum(run.exit_status is None for run in every if run.number > last)


def _reviewed(register: Policy | None) -> date | None:
    """When the policy was last reviewed, if the register says so."""
    day = register.review.last_review if register and register.review else None
    return None if day is None or isinstance(day, Open) else day


def _with_run(known: Status, runs: Runs, judged: tuple[Run, ...], decisions: Decisions) -> Status:
    """What the last run adds."""
    last, before = judged[-1], judged[-2] if len(judged) > 1 else None
    detail = runs.detail(last)
    _refuse_unknown(known.workspace, decisions, detail)
    path = known.workspace.root / "out" / "findings.json"
    found = Findings((), {one.rule: one.check for one in detail.results if one.check})
    if path.is_file():
        found = with_acceptances(Findings(read_findings(path).items, found.checks), decisions, known.today)
    return replace(
        known,
        last=last,
        moved=_moved(known.workspace, last, detail),
        since=compare(before, last, runs.detail(before) if before else Detail(), detail),
        findings=found,
        stands=standings(found, decisions, known.today),
        unbound=tuple(one for one in detail.inputs if one.personal and _is_unbound(one, decisions)),
    )


def _refuse_unknown(workspace: Workspace, decisions: Decisions, detail: Detail) -> None:
    """Decisions about fields are held against what was found, where that is known of the exports of the last run."""
    path = workspace.root / "out" / "inventory.json"
    if not decisions.fields or not path.is_file():
        return
    from igmap.inventory.drifting import read_inventory

    inventory = read_inventory(path)
    seen = {(one.source, one.table, one.sha256) for one in inventory.datasets}
    if seen == {(one.source, one.table, one.sha256) for one in detail.inputs}:
        refuse_unknown_fields(decisions, inventory)


def _is_unbound(one: Input, decisions: Decisions) -> bool:
    binding = decisions.binding(one.source, one.table)
    return binding is None or binding.purposes is None


def _moved(workspace: Workspace, last: Run, detail: Detail) -> Moved:
    before = {one.path: one for one in detail.files}
    now = {one.path: one for one in files_of(workspace)}
    digests = {one.source: one.sha256 for one in detail.inputs}
    touched = [one for path, one in now.items() if path in before and one != before[path]]
    changed = sum(one.size != before[one.path].size or _differs(workspace, one, digests) for one in touched)
    return Moved(
        (len(now.keys() - before.keys()), changed, len(before.keys() - now.keys())),
        sha256_of(workspace.policy) != last.policy_sha256,
        sha256_of(workspace.decisions) != last.decisions_sha256,
    )


def _differs(workspace: Workspace, one: ExportFile, digests: dict[str, str]) -> bool:
    """Whether a file of the same size and another time holds something else; yes when that cannot be told quickly."""
    known = digests.get(one.path)
    return not known or one.size > MOST_HASHED or sha256_of(workspace.exports / one.path) != known


def _of_the_run(state: Status, lang: Language) -> Iterator[str]:
    if state.last is None:
        yield text("status.no_run", lang)
        return
    yield text("status.last", lang, number=state.last.number, day=state.last.began.date(), verb=state.last.verb)
    if state.moved:
        new, changed, gone = state.moved.exports
        files = [text("status.exports", lang, new=new, changed=changed, gone=gone)] if any(state.moved.exports) else []
        others = [text(f"status.{name}", lang) for name in ("policy", "decisions") if getattr(state.moved, name)]
        yield text("status.due", lang, what=", ".join([*files, *others]))
    else:
        yield text("status.same", lang)
    if state.unfinished:
        yield text("status.unfinished", lang, count=state.unfinished)


def _of_the_findings(state: Status, lang: Language) -> Iterator[str]:
    if state.last is None or state.since is None:
        return
    if state.since.before is None:
        yield text("since.first", lang)
    else:
        counts = {"violations": len(state.since.violations), "solved": len(state.since.solved)}
        yield text("status.since", lang, day=state.since.before.began.date(), **counts)
        drift = state.last.drift
        yield text("status.drift", lang, new=drift.new, gone=drift.gone, changed=drift.changed)
    judged = state.registered and not state.unbound
    yield text("status.past_term" if judged else "status.past_term_known", lang, records=state.past_term)
    if state.unbound:
        names = _named((f"{one.source} / {one.table}" if one.table else one.source for one in state.unbound), lang)
        yield text("status.unbound", lang, count=len(state.unbound), names=names)
    for one in (*state.returned, *state.ending):
        yield one.line(lang)


def _of_the_register(state: Status, lang: Language) -> Iterator[str]:
    if not state.registered:
        yield text("status.no_register", lang)
    if state.reviewed:
        yield text("status.reviewed", lang, day=state.reviewed)
    if state.opens:
        names = _named((one.path for one in state.opens), lang)
        yield text("status.opens", lang, count=len(state.opens), names=names)


def _of_the_workspace(state: Status, lang: Language) -> str:
    if state.keep_until is None:
        return text("run.no_term", lang)
    return text("run.outlived" if state.keep_until < state.today else "run.within_term", lang, until=state.keep_until)


def _named(names: Iterator[str], lang: Language) -> str:
    """A few names, and how many more."""
    every = list(names)
    shown = every[:MOST_NAMED]
    more = len(every) - len(shown)
    return ", ".join([*shown, *([text("told.more", lang, count=number(more, lang))] if more else [])])
