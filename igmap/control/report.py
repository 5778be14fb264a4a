"""The control report: which controls ran, what they found, and how it went since an earlier run."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from igmap.control.trend import trend
from igmap.errors import WorkspaceError
from igmap.flows.pictures import svg
from igmap.inventory.drifting import drift
from igmap.policy.findings import OUTCOMES, SEVERITIES
from igmap.policy.messages import term
from igmap.policy.telling import titled_rule
from igmap.report import Badge, Block, Cell, Figure, Paragraph, Section, Table, markdown, page, text
from igmap.stages import to_plain
from igmap.workspace import write_file, write_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from igmap.control.run import Result, Run
    from igmap.control.runs import Runs
    from igmap.control.since import Since
    from igmap.policy.findings import Language

_HEADS = (
    *("number", "began", "verb", "version", "register"),
    *("violations", "opens", "past_term", "open_values", "ended"),
)
MOST_ROWS = 200  # of findings in one table; findings.json has them all


def sections(runs: Runs, shown: tuple[Run, ...], since: Since, lang: Language) -> tuple[Section, ...]:
    """The report on a period.

    Args:
        runs: the log.
        shown: the runs of the period that came as far as findings.
        since: the first and last of them, compared.
        lang: nl or en.
    """
    told: dict[str, Iterable[Block]] = {
        "trend": (Paragraph(line(since, lang)), Figure(svg(trend(shown, lang)), text("trend.title", lang))),
        "changes": changes(since, lang),
        "drift": _drift(runs, since, lang),
        "controls": (_controls(runs, shown, lang),),
        "runs": (_table_of(runs, since, lang),),
    }
    return tuple(Section(key, text(f"control.{key}", lang), tuple(blocks)) for key, blocks in told.items())


def line(since: Since, lang: str) -> str:
    """What changed, in a sentence or two."""
    if since.before is None:
        return text("since.first", lang)
    counts = {name: len(getattr(since, name)) for name in ("new", "worse", "solved", "accepted")}
    told = text("since.line", lang, day=since.before.began.date(), number=since.before.number, **counts)
    return f"{told} {text('since.policy', lang)}" if since.other_policy else told


def changes(since: Since, lang: Language) -> Iterator[Block]:
    """What is new, worse, solved and accepted, as tables; or that there is nothing to compare with."""
    if since.before is None:
        yield Paragraph(text("since.first", lang))
        return
    heads = tuple(text(f"since.{key}", lang) for key in ("rule", "outcome", "place", "records"))
    for key in ("new", "worse", "solved", "accepted"):
        results: tuple[Result, ...] = getattr(since, key)
        if results:
            rows = tuple(_row(one, lang) for one in sorted(results, key=_rank)[:MOST_ROWS])
            yield Table(heads, rows, text(f"since.{key}", lang, count=len(results)))
    if not (since.new or since.worse or since.solved or since.accepted):
        yield Paragraph(text("since.nothing", lang))


def _rank(one: Result) -> tuple[int, int, int]:
    return OUTCOMES.index(one.outcome), SEVERITIES.index(one.severity), -one.records


def _row(one: Result, lang: Language) -> tuple[Cell, ...]:
    rule = titled_rule(one.rule, one.check, lang)
    place = tuple(part for part in (one.dataset, one.field, one.purpose) if part)
    return rule, Badge(one.outcome, term(one.outcome, lang)), place, one.records or None


def _drift(runs: Runs, since: Since, lang: str) -> Iterator[Block]:
    old, new = (runs.inventory(run) if run else None for run in (since.before, since.now))
    if old is None or new is None:
        yield Paragraph(text("since.first", lang))
        return
    moved = drift(old, new)
    yield Paragraph(moved.line(lang))
    yield from moved.tables(lang)


def _controls(runs: Runs, shown: tuple[Run, ...], lang: Language) -> Table:
    """Every rule that was evaluated in the period: how often, and with what outcome the last time (obligation 20)."""
    details = [runs.detail(run) for run in shown]
    ran = Counter(rule for detail in details for rule in {one.rule for one in detail.results})
    last = details[-1].results
    checks = {one.rule: one.check for detail in details for one in detail.results}
    heads = tuple(text(f"control.{key}", lang) for key in ("control", "times", "last"))
    missing = Badge("open", text("control.not_last", lang))
    rows = [
        (
            titled_rule(rule, check, lang),
            text("control.of", lang, count=ran[rule], runs=len(shown)),
            tuple(_outcomes([one for one in last if one.rule == rule], lang)) or missing,
        )
        for rule, check in checks.items()
    ]
    return Table(heads, tuple(rows), text("control.controls_caption", lang))


def _outcomes(results: list[Result], lang: Language) -> Iterator[Badge]:
    counted = Counter(one.outcome for one in results if not one.accepted)
    for outcome in OUTCOMES:
        if counted[outcome]:
            yield Badge(outcome, term(outcome, lang, counted[outcome]), counted[outcome])
    accepted = sum(one.accepted for one in results)
    if accepted:
        yield Badge("note", text("trend.accepted", lang), accepted)


def _table_of(runs: Runs, since: Since, lang: str) -> Table:
    """The runs of the period, those that ended otherwise among them."""
    first = since.before.number if since.before else since.now.number
    rows = (_run(run, lang) for run in runs.all() if run.number >= first)
    return Table(tuple(text(f"control.{key}", lang) for key in _HEADS), tuple(rows), text("control.runs_caption", lang))


def _run(run: Run, lang: str) -> tuple[Cell, ...]:
    register = " ".join(part for part in (run.policy, run.policy_version, run.policy_sha256[:8]) if part)
    counts = (run.outcomes["violation"], run.outcomes["open"], run.past_term, run.open_values) if run.judged else None
    ended = text("control.unfinished", lang) if run.exit_status is None else text("control.status", lang, **_end(run))
    began = text("control.at", lang, day=run.began.date(), time=f"{run.began:%H:%M}")
    return (run.number, began, run.verb, run.version, register, *(counts or (None,) * 4), ended)


def _end(run: Run) -> dict[str, object]:
    return {"status": run.exit_status, "seconds": run.seconds or 0.0}


def write_control(path: Path, told: tuple[Section, ...], since: Since, shown: tuple[Run, ...], lang: str) -> Path:
    """Write the control report by one rename, in the form that the name asks for.

    Raises:
        WorkspaceError: the name ends otherwise, or it cannot be written.
    """
    title = text("control.title", lang)
    match path.suffix.lower():
        case ".json":
            return write_json(path, {"since": to_plain(since), "runs": [to_plain(run) for run in shown]})
        case ".md":
            return write_file(path, markdown(title, told, lang=lang))
        case ".html" | ".htm":
            return write_file(path, page(title, told, lang=lang, note=_note(since, lang)))
    raise WorkspaceError(f"{path.name}: a control report is a .html, .md or .json file")


def _note(since: Since, lang: str) -> str:
    return text("control.note", lang, on=since.now.began.date(), version=since.now.version)
