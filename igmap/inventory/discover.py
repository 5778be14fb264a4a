"""Discovery: every distinct value of every column passes every detector; names of fields count as evidence too."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from igmap.errors import SourceError
from igmap.inventory.deciding.applied import applied
from igmap.inventory.decisions import Decisions
from igmap.inventory.evidence import gather
from igmap.inventory.inventory import DatasetInventory, Field, Inventory
from igmap.inventory.labels import Located, shown
from igmap.inventory.verdict import judge
from igmap.sources import Column, Exports, Problem
from igmap.vocabulary import Profile, profile_of


def discover(exports: Exports, decisions: Decisions | None = None, *, today: date | None = None) -> Inventory:
    """Say of every field what personal data it holds, how sure that is, and why.

    Args:
        exports: open tables; unreadable ones come out with their problem and no fields, those of a server that is gone
            among them.
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
        evidence if isinstance(evidence, SourceError) else judge(column.name, evidence, profile=profile, today=day)
        for column, evidence, profile in zip(columns, gathered, profiles, strict=True)
    )
    return Inventory(tuple(_dataset(located, found, decisions or Decisions()) for located in places))


def _dataset(located: Located, found: Iterator[Field | SourceError], decisions: Decisions) -> DatasetInventory:
    source = located.dataset
    judged = [next(found) for _ in _columns(located)]
    lost = [Problem(None, str(one)) for one in judged if isinstance(one, SourceError)]
    fields = [] if lost else _fields(located, [one for one in judged if isinstance(one, Field)], decisions)
    return DatasetInventory(
        source=located.source,
        table=located.table,
        rows=source.rows,
        parsed=source.parsed,
        quarantined=source.quarantined,
        sha256=source.sha256,
        problems=(*source.problems, *lost[:1]),
        fields=tuple(fields),
    )


def _fields(located: Located, judged: list[Field], decisions: Decisions) -> list[Field]:
    """The fields with what a person decided; the raw quarantined records, if there are any, are the last."""
    fields = [
        applied(replace(field, name=name), decisions.field(located.source, located.table, name))
        for name, field in zip(located.columns, judged, strict=False)
    ]
    if located.dataset.quarantine:
        raw = replace(judged[-1], verdict="undecided", category="none", identifiability="none", free_text=True)
        fields.append(applied(raw, decisions.field(located.source, located.table, raw.name)))
    return fields


def _columns(located: Located) -> list[Column]:
    """The columns of a dataset, and its raw quarantined records as one more, so that what hides there is found too."""
    quarantine = located.dataset.quarantine
    return [*located.dataset.columns, *([Column("(quarantined)", quarantine, "c1")] if quarantine else [])]


def _profiles(located: Located) -> list[Profile | None]:
    """The dataset's profile, once per column."""
    columns = _columns(located)
    return [profile_of(column.name for column in columns)] * len(columns)
