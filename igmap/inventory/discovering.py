"""Discovery: every distinct value of every column passes every detector; names of fields count as evidence too."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Literal

from igmap.errors import SourceError
from igmap.inventory.attributes import attribute_votes
from igmap.inventory.companions import companion_votes
from igmap.inventory.deciding.applied import applied
from igmap.inventory.decisions import Decisions
from igmap.inventory.detectors import DETECTORS, Detector
from igmap.inventory.evidence import gather
from igmap.inventory.inventory import DatasetInventory, Field, Inventory
from igmap.inventory.kin import kin_votes
from igmap.inventory.labels import Located, shown
from igmap.inventory.own_names import own_name_votes
from igmap.inventory.tally import Evidence
from igmap.inventory.verdict import Judging
from igmap.inventory.votes import Reason, Vote
from igmap.sources import Column, Exports, Problem
from igmap.vocabulary.tokens import are_nameless

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
    columns = _columns(places, look)
    gathered = [Evidence() for _ in columns] if look == "headers" else gather(exports.engine, columns, detectors)
    judging = Judging(today or date.today(), detectors)  # noqa: DTZ011 - the analyst's own day
    judged = _judged(exports, places, gathered, judging, look)
    return Inventory(tuple(_dataset(at, one, decisions or Decisions()) for at, one in zip(places, judged, strict=True)))


def _judged(
    exports: Exports,
    places: Sequence[Located],
    gathered: Sequence[Evidence | SourceError],
    judging: Judging,
    look: Look,
) -> Iterator[list[Field] | SourceError]:
    """The fields of each table by themselves, their neighbours and their kin; or why they cannot be judged."""
    evidence = [one if isinstance(one, Counter) else Evidence() for one in gathered]
    columns = _columns(places, look)
    shown_as = [name for at in places for name in [*at.columns, RAW][: len(columns_of(at))]]
    cast = [votes for table in _cast(places, evidence, judging, look) for votes in table]
    fields = list(map(judging.verdict, shown_as, cast, evidence))
    for ask in (kin_votes, own_name_votes, companion_votes, partial(attribute_votes, judging)):
        for position, vote in ask(exports.engine, columns, fields, evidence).items():
            cast[position].append(vote)
            fields[position] = judging.verdict(shown_as[position], cast[position], evidence[position])
    start = 0
    for at in places:
        part = slice(start, start := start + len(columns_of(at)))
        lost = [one for one in gathered[part] if isinstance(one, SourceError)]
        yield lost[0] if lost else fields[part]


def _cast(
    places: Sequence[Located], evidence: Sequence[Evidence], judging: Judging, look: Look
) -> Iterator[list[list[Vote]]]:
    """Of each table the votes on each of its fields."""
    held = iter(evidence)
    for at in places:
        names = _names(at, look)
        title = "" if look == "values" else f"{at.dataset.source} {at.dataset.table}"
        yield judging.table(names, [*at.columns, RAW], [next(held) for _ in names], title)


def _columns(places: Sequence[Located], look: Look) -> list[Column]:
    """The columns of all tables, under the names that the evaluation lets be seen."""
    return [
        replace(column, name=name)
        for at in places
        for column, name in zip(columns_of(at), _names(at, look), strict=True)
    ]


def _names(at: Located, look: Look) -> list[str]:
    """The names of a table's columns, as the evaluation lets them be seen; where they only count, they are none."""
    counted = look == "values" or are_nameless([column.name for column in at.dataset.columns])
    return [f"({i})" if counted else column.name for i, column in enumerate(columns_of(at), 1)]


def cast_votes(exports: Exports, *, today: date) -> Iterator[list[list[Vote]]]:
    """Of each table the votes on each of its fields, for whoever fits or inspects their weights."""
    places = shown(exports)
    gathered = gather(exports.engine, [column for at in places for column in columns_of(at)], DETECTORS)
    evidence = [one if isinstance(one, Counter) else Evidence() for one in gathered]
    yield from _cast(places, evidence, Judging(today), "all")


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
        seen = (reason for reason in judged[-1].reasons if reason["code"] not in {"no_evidence", "rests_on"})
        look: Reason = {"code": "look_quarantined", "records": located.dataset.quarantined}
        raw = replace(judged[-1], verdict="undecided", category="none", identifiability="none", free_text=True)
        raw = replace(raw, reasons=(*seen, look))
        fields.append(applied(raw, decisions.field(located.source, located.table, raw.name)))
    return fields


def columns_of(located: Located) -> list[Column]:
    """The columns of a dataset, and its raw quarantined records as one more, so that what hides there is found too."""
    quarantine = located.dataset.quarantine
    return [*located.dataset.columns, *([Column(RAW, quarantine, "c1")] if quarantine else [])]
