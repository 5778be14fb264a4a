"""Discovery: every distinct value of every column passes every detector; names of fields count as evidence too."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from igmap.errors import SourceError
from igmap.inventory.deciding.applied import applied
from igmap.inventory.decisions import Decisions
from igmap.inventory.detectors import DETECTORS, Detector
from igmap.inventory.evidence import gather
from igmap.inventory.inventory import DatasetInventory, Field, Inventory
from igmap.inventory.labels import Located, shown
from igmap.inventory.tally import Evidence
from igmap.inventory.verdict import Judging
from igmap.inventory.votes import Vote
from igmap.sources import Column, Exports, Problem

Look = Literal["all", "values", "headers"]
RAW = "(quarantined)"  # the field of raw records that fit no row


def discover(
    exports: Exports,
    decisions: Decisions | None = None,
    *,
    today: date | None = None,
    look: Look = "all",
    detectors: Sequence[Detector] = DETECTORS,
) -> Inventory:
    """Say of every field what personal data it holds, how sure that is, and why.

    Args:
        exports: open tables; unreadable ones come out with their problem and no fields, those of a server that is gone
            among them.
        decisions: what a person confirmed; it is never overwritten by what is found.
        today: against which birth dates are judged.
        look: for an evaluation, `values` withholds the names of the fields and `headers` their values.
        detectors: which to ask: igmap's own, or those of `detectors_of`, with the workspace's.

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
    columns = [column for located in places for column in columns_of(located)]
    gathered = iter([Evidence() for _ in columns] if look == "headers" else gather(exports.engine, columns, detectors))
    judging = Judging(today or date.today(), detectors)  # noqa: DTZ011 - the analyst's own day
    return Inventory(
        tuple(
            _dataset(
                located,
                _judged(located, [next(gathered) for _ in columns_of(located)], judging, look),
                decisions or Decisions(),
            )
            for located in places
        )
    )


def _judged(
    located: Located, gathered: Sequence[Evidence | SourceError], judging: Judging, look: Look
) -> list[Field] | SourceError:
    """The fields of a table by themselves, then by what their neighbours say; or why they cannot be judged."""
    lost = [one for one in gathered if isinstance(one, SourceError)]
    if lost:
        return lost[0]
    evidence = [one for one in gathered if isinstance(one, Counter)]
    names = [f"({i})" if look == "values" else column.name for i, column in enumerate(columns_of(located), 1)]
    cast = judging.table(names, [*located.columns, RAW], evidence)
    return list(map(judging.verdict, [*located.columns, RAW], cast, evidence))


def cast_votes(exports: Exports, *, today: date) -> Iterator[list[list[Vote]]]:
    """Of each table the votes on each of its fields, for whoever fits or inspects their weights."""
    places = shown(exports)
    gathered = iter(gather(exports.engine, [column for at in places for column in columns_of(at)], DETECTORS))
    for located in places:
        evidence = [one for _ in columns_of(located) if isinstance(one := next(gathered), Counter)]
        names = [column.name for column in columns_of(located)]
        yield Judging(today).table(names, [*located.columns, RAW], evidence)


def _dataset(located: Located, judged: list[Field] | SourceError, decisions: Decisions) -> DatasetInventory:
    source = located.dataset
    lost = [Problem(None, str(judged))] if isinstance(judged, SourceError) else []
    return DatasetInventory(
        source=located.source,
        table=located.table,
        rows=source.rows,
        parsed=source.parsed,
        quarantined=source.quarantined,
        sha256=source.sha256,
        problems=(*source.problems, *lost),
        fields=() if isinstance(judged, SourceError) else tuple(_fields(located, judged, decisions)),
    )


def _fields(located: Located, judged: list[Field], decisions: Decisions) -> list[Field]:
    """The fields with what a person decided; the raw quarantined records, if there are any, are the last."""
    fields = [
        applied(field, decisions.field(located.source, located.table, field.name))
        for field in judged[: len(located.columns)]
    ]
    if located.dataset.quarantine:
        raw = replace(judged[-1], verdict="undecided", category="none", identifiability="none", free_text=True)
        fields.append(applied(raw, decisions.field(located.source, located.table, raw.name)))
    return fields


def columns_of(located: Located) -> list[Column]:
    """The columns of a dataset, and its raw quarantined records as one more, so that what hides there is found too."""
    quarantine = located.dataset.quarantine
    return [*located.dataset.columns, *([Column(RAW, quarantine, "c1")] if quarantine else [])]
