"""The retention calendar: how many records pass their term when, per dataset and term."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from igmap.inventory.labels import titled
from igmap.policy.keeping.counting import passing, past_by_age
from igmap.policy.keeping.judging import Judged

AHEAD = 24  # months


@dataclass(frozen=True, slots=True)
class Passing:
    """The records of one dataset under one term.

    Args:
        dataset: as it may be shown.
        purpose: its id.
        term: where it stands in the register.
        at_end: anonymise, delete or review.
        past: records that are past already, by how long: `P3M` is at most three months, "" longer than all others.
        months: records that pass within the coming months, by month (`2026-11`), and `later`.
        untold: records of which nobody can tell.
        held: records that a person holds.
        not_begun: records whose event has not happened yet.
    """

    dataset: str
    purpose: str
    term: str
    at_end: str
    past: dict[str, int]
    months: dict[str, int]
    untold: int
    held: int
    not_begun: int = 0


def calendar_of(judged: Iterable[Judged], today: date) -> tuple[Passing, ...]:
    """What passes when, of everything that could be counted; the parts of a row are the records of its dataset."""
    return tuple(_passing(one, today) for one in judged if one.count is not None)


def _passing(one: Judged, today: date) -> Passing:
    count, spread = one.count, one.spread
    if count is None or spread is None:
        raise ValueError("only what was counted has a calendar")
    dataset = one.bound.dataset
    past = past_by_age(spread, one.ends, today)
    return Passing(
        dataset=titled(dataset.source, dataset.table),
        purpose=one.term.purpose.id,
        term=one.term.path,
        at_end=one.term.at_end,
        past=dict.fromkeys(past, 0) if one.all_held else past,
        months=passing(spread, one.ends, today, months=AHEAD),
        untold=count.untold,
        held=count.held,
        not_begun=count.not_begun,
    )
