"""A source table becomes a prepared table: every planned step carried out before anything is counted."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, TypeAlias

from igmap.anonymisation.transforming.bench import Bench, ReleaseKey, SourceTable
from igmap.anonymisation.transforming.steps import Step, read_steps
from igmap.engine import Engine
from igmap.errors import PlanError

Carry: TypeAlias = Callable[[Bench, Any, Mapping[str, Any]], dict[str, int]]
CARRIED = {  # the function of a step in its module, imported by whom asks for it
    "top": "numbers.top",
    "bottom": "numbers.bottom",
    "round": "numbers.round_to",
    "bin": "numbers.bins",
    "noise": "numbers.noise",
    "date_shift": "dates.date_shift",
    "pram": "exchanging.pram",
    "rank_swap": "exchanging.rank_swap",
    "pseudonym": "naming.pseudonym",
    "fake": "naming.fake",
    "redact": "redaction.redact",
    "microaggregate": "microaggregation.microaggregate",
}
TOGETHER = "microaggregate"  # the one step that columns may take together


@dataclass(frozen=True, slots=True)
class Done:
    """A step that was carried out.

    Args:
        columns: the engine's columns.
        step: its name.
        counts: what was counted on the way, by name; no cell values.
    """

    columns: tuple[str, ...]
    step: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A prepared table.

    Args:
        table: its name in the engine; it has the record numbers and columns of the source table.
        rows: it holds, fewer than the source when persons were sampled.
        changed: cells whose text is another now, by column that has steps.
        done: the steps, as they were carried out.
    """

    table: str
    rows: int
    changed: Mapping[str, int]
    done: tuple[Done, ...]


def prepare(
    engine: Engine,
    source: SourceTable,
    steps: Mapping[str, Sequence[Mapping[str, Any]]],
    key: ReleaseKey,
    *,
    sample: float = 1.0,
) -> Prepared:
    """Carry out the steps of columns on a table, which is not changed.

    The same key and seed give the same table, whatever the order of the rows; another secret gives another. Blanks
    stay blank. Persons are sampled first, so that every step counts those that are left.

    Args:
        engine: holds the table.
        source: the table, the column that tells its persons apart, and what messages call its columns.
        steps: by engine column.
        key: of the release.
        sample: share of the persons that is taken, above 0 to 1; who is taken depends on the secret only, so that it
            is the same persons in every table.

    Raises:
        PlanError: unknown steps or settings; cells that a step cannot read, with their number; a group that nobody
            can form.
    """
    if not 0 < sample <= 1:
        raise PlanError("sample is the share of the persons that is taken: above 0, at most 1")
    read = {column: read_steps(source.fields.get(column, column), given) for column, given in steps.items()}
    bench = Bench(engine, source, key, sample)
    try:
        done = tuple(_carried(bench, read))
        changed = bench.keep(target := f"{source.name}_prepared")
        _told_apart(bench, target)
    finally:
        bench.clear()
    return Prepared(target, engine.describe(target)[0], changed, done)


def _told_apart(bench: Bench, target: str) -> None:
    """Nothing, unless different values got the same pseudonym."""
    for column, values in bench.different.items():
        different = bench.engine.profile(target, [column])[column].distinct
        if different < values:
            bench.engine.forget(target)
            raise PlanError(
                f"{bench.named(column)}: {values} values got only {different} pseudonyms; raise 'length' of pseudonym"
            )


def _carried(bench: Bench, steps: Mapping[str, Sequence[Step]]) -> Iterator[Done]:
    """Column by column; columns that are grouped together wait for each other."""
    left = {column: list(read) for column, read in steps.items()}
    while any(left.values()):
        ready = next((column for column, rest in left.items() if rest and not _waits(rest[0], left)), None)
        if ready is None:
            raise PlanError("groups of microaggregate wait for each other; give the columns their groups in one order")
        step = left[ready][0]
        columns = _together(step, left) or (ready,)
        settings = _agreed(bench, columns, [left[column].pop(0) for column in columns])
        counts = _carry(step.name)(bench, columns if step.name == TOGETHER else ready, settings)
        blanked = sum(bench.unread.pop(column, 0) for column in columns)
        yield Done(columns, step.name, counts | ({"made blank": blanked} if blanked else {}))


def _carry(step: str) -> Carry:
    module, function = CARRIED[step].split(".")
    carry: Carry = getattr(import_module(f"igmap.anonymisation.transforming.{module}"), function)
    return carry


def _together(step: Step, left: Mapping[str, Sequence[Step]]) -> tuple[str, ...]:
    """The columns whose next step is of the same group."""
    group = step.settings.get("group")
    return tuple(c for c, rest in left.items() if group and rest and rest[0].settings.get("group") == group)


def _waits(step: Step, left: Mapping[str, Sequence[Step]]) -> bool:
    """Whether a column of the group has steps to take before."""
    group = step.settings.get("group")
    members = (c for c, rest in left.items() if any(group and one.settings.get("group") == group for one in rest))
    return any(left[column][0].settings.get("group") != group for column in members)


def _agreed(bench: Bench, columns: Sequence[str], steps: Sequence[Step]) -> Mapping[str, Any]:
    """The settings, which a group has in common."""
    if any(step.settings != steps[0].settings for step in steps):
        named = ", ".join(map(bench.named, columns))
        raise PlanError(f"{named}: are of one group of microaggregate; give them the same settings")
    return steps[0].settings
