"""Discovery: every distinct value of every column passes every detector; names of fields count as evidence too."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from igmap.inventory.decisions import Decisions, FieldDecision
from igmap.inventory.evidence import gather
from igmap.inventory.inventory import DatasetInventory, Field, Inventory
from igmap.inventory.labels import Located, shown
from igmap.inventory.verdict import judge
from igmap.sources import Column, Exports
from igmap.vocabulary import CATEGORIES, Profile, profile_of


def discover(exports: Exports, decisions: Decisions | None = None, *, today: date | None = None) -> Inventory:
    """Say of every field what personal data it holds, how sure that is, and why.

    Args:
        exports: open tables; unreadable ones come out with their problem and no fields.
        decisions: what a person confirmed; it is never overwritten by what is found.
        today: against which birth dates are judged.

    Returns:
        Counts and shares; no value of any cell. Blank cells are left out of every share.

    Example:
        >>> import pandas as pd
        >>> from igmap.sources import open_exports
        >>> with open_exports({"t": pd.DataFrame({"contact": ["a@b.example", "c@d.example"]})}) as exports:
        ...     discover(exports).datasets[0].fields[0].category
        'email'
    """
    places = shown(exports)
    columns = [column for located in places for column in _columns(located)]
    gathered = gather(exports.engine, columns)
    day = today or date.today()  # noqa: DTZ011 - the analyst's own day
    profiles = [profile for located in places for profile in _profiles(located)]
    found = (
        judge(column.name, evidence, profile=profile, today=day)
        for column, evidence, profile in zip(columns, gathered, profiles, strict=True)
    )
    return Inventory(tuple(_dataset(located, found, decisions or Decisions()) for located in places))


def _dataset(located: Located, found: Iterator[Field], decisions: Decisions) -> DatasetInventory:
    source = located.dataset
    fields = [
        _decided(replace(next(found), name=name), decisions.field(located.source, located.table, name))
        for name in located.columns
    ]
    if source.quarantine:
        fields.append(
            replace(next(found), verdict="undecided", category="none", identifiability="none", free_text=True)
        )
    return DatasetInventory(
        source=located.source,
        table=located.table,
        rows=source.rows,
        parsed=source.parsed,
        quarantined=source.quarantined,
        sha256=source.sha256,
        problems=source.problems,
        fields=tuple(fields),
    )


def _columns(located: Located) -> list[Column]:
    """The columns of a dataset, and its raw quarantined records as one more, so that what hides there is found too."""
    quarantine = located.dataset.quarantine
    return [*located.dataset.columns, *([Column("(quarantined)", quarantine, "c1")] if quarantine else [])]


def _profiles(located: Located) -> list[Profile | None]:
    """The dataset's profile, once per column."""
    columns = _columns(located)
    return [profile_of(column.name for column in columns)] * len(columns)


def _decided(field: Field, decision: FieldDecision | None) -> Field:
    if decision is None:
        return field
    meaning = CATEGORIES[decision.category]
    return replace(
        field,
        verdict="none" if decision.category == "none" else "found",
        category=decision.category,
        identifiability=meaning.identifiability,
        special=meaning.special,
        secret=meaning.secret,
        confidence=1.0,
        reasons=({"code": "confirmed", "by": decision.by, "on": decision.on.isoformat()}, *field.reasons),
    )
