"""What the values of personal columns say that their names do not: nothing at all, or that somebody is a child."""

from collections.abc import Iterator
from datetime import date

import polars as pl

from igmap.inventory.inventory import DatasetInventory, Field
from igmap.policy.case import Case, Draft
from igmap.policy.findings import Words
from igmap.policy.rules.periods import earlier
from igmap.sources.exports import Exports
from igmap.sources.typed.dates import counted, date_parts, readings
from igmap.vocabulary import CATEGORIES

LEAST_RECORDS = 20  # in fewer, a column of one value says nothing about the column
CAPTURES = {"har", "cookies"}  # of one visit by one person
ADULT, CONSENTING = 18, 16
TELLING = ("birth_date", "age")


def personal_columns_say_something(case: Case) -> Iterator[Draft]:
    """R20: personal columns that are empty, or hold one value in every record; nobody needs those."""
    if case.exports is None:
        yield Draft(case.rule.when_open, "not_read")
        return
    for dataset, fields in case.personal():
        place = case.located().get((dataset.source, dataset.table))
        if place is None or dataset.parsed < LEAST_RECORDS or place.dataset.kind in CAPTURES:
            continue
        told = [(field, _saying(case, case.exports, dataset, field)) for field in fields]
        for words in ("empty", "constant"):
            names = tuple(Words(field.name, field.name) for field, saying in told if saying == words)
            if names:
                yield Draft(case.rule.effect, words, dataset, item=words, figures={"columns": names})


def _saying(case: Case, exports: Exports, dataset: DatasetInventory, field: Field) -> str:
    at = _column(case, dataset, field)
    if at is None:
        return "unknown"
    profile = exports.engine.profile(at[0], [at[1]])[at[1]]
    if profile.blanks == profile.rows:
        return "empty"
    return "constant" if profile.distinct == 1 and not profile.blanks and not field.secret else "values"


def _column(case: Case, dataset: DatasetInventory, field: Field) -> tuple[str, str] | None:
    """The engine's table and column of a field; None when it stands in a list of its own, or was not read."""
    place = case.located().get((dataset.source, dataset.table))
    column = place.columns.get(field.name) if place else None
    return (column.table, column.column) if place and column and column.table == place.dataset.name else None


def minors_are_foreseen(case: Case) -> Iterator[Draft]:
    """R25: records of persons under 18 and under 16, where the register does not foresee children.

    Counted are records whose date of birth, or age in years, says so for certain.
    """
    telling = [(d, field) for d, fields in case.personal() for field in fields if field.category in TELLING]
    if telling and case.exports is None:
        yield Draft(case.rule.when_open, "not_read")
        return
    for dataset, field in telling:
        at = _column(case, dataset, field)
        if at is None or case.exports is None or (said := _children(case, dataset)) == "foreseen":
            continue
        young, minor = _younger(case.exports, at, field, case.today)
        figures = {"records": minor, "young": young, "category": CATEGORIES[field.category]}
        if minor:
            outcome = case.rule.effect if said == "denied" else case.rule.when_open
            yield Draft(outcome, said, dataset, field.name, figures=figures)


def _children(case: Case, dataset: DatasetInventory) -> str:
    """Whether children are foreseen among the persons of a dataset, denied, or not spoken of."""
    binding = case.binding(dataset)
    named = binding.data_subjects if binding else ()
    kinds = [kind.child_possible for name in named if (kind := case.register.data_subject(name))]
    if True in kinds:
        return "foreseen"
    return "denied" if kinds and all(kind is False for kind in kinds) else "silent"


def _younger(exports: Exports, at: tuple[str, str], field: Field, today: date) -> tuple[int, int]:
    """Records of persons who may not consent themselves yet, and of minors: fewer years old than that."""
    values = [pl.DataFrame(pl.from_arrow(batch)) for batch in exports.engine.values(*at)]
    if field.category == "age":
        number = pl.col("value").cast(pl.String).str.strip_chars().cast(pl.Float64, strict=False)
        below = [(number >= 0) & (number < years) for years in (CONSENTING, ADULT)]
        young, minor = (sum(_rows(frame, kept) for frame in values) for kept in below)
        return young, minor
    births = [counted(date_parts(frame, today)) for frame in values]
    since = [earlier(today, f"P{years}Y") for years in (CONSENTING, ADULT)]
    young, minor = (sum(_between(days, day, today) for days in births) for day in since)
    return young, minor


def _between(days: pl.DataFrame, after: date, until: date) -> int:
    """Records dated after a day and not after another, however day and month are read."""
    read = list(readings(days).values())
    return _rows(days, (pl.min_horizontal(read) > after) & (pl.max_horizontal(read) <= until))


def _rows(frame: pl.DataFrame, kept: pl.Expr) -> int:
    return int(frame.filter(kept)["rows"].sum())
