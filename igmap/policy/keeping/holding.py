"""Holds: a person or the register says that data stay, whatever their term. Who is meant lies in `private/` only."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from igmap.errors import DecisionError
from igmap.inventory.decisions import DatasetBinding
from igmap.inventory.holds import Hold
from igmap.inventory.inventory import DatasetInventory, Field
from igmap.policy.case import Case
from igmap.policy.limits import LegalHold
from igmap.policy.values import Open


def holds_of(case: Case, dataset: DatasetInventory, binding: DatasetBinding) -> tuple[Hold, ...]:
    """The holds that are about a dataset and run today."""
    return tuple(
        hold
        for hold in case.decisions.holds
        if hold.until >= case.today and hold.reaches(dataset.source, dataset.table, binding.id)
    )


def fields_held(
    case: Case, dataset: DatasetInventory, fields: Sequence[Field], binding: DatasetBinding
) -> frozenset[str]:
    """The fields of a dataset that a hold of the register keeps: of its categories, serving one of its purposes."""
    holds = [hold for hold in case.register.retention.legal_holds if _runs(hold, case)]
    return frozenset(
        field.name
        for field in fields
        for hold in holds
        if (not hold.categories or field.category in hold.categories)
        and (not hold.purposes or {p.id for p in case.purposes(dataset, binding, field.name)} & {*hold.purposes})
    )


def _runs(hold: LegalHold, case: Case) -> bool:
    """Whether a hold of the register runs today; one of which nobody can say when it began or ends does."""
    begun = isinstance(hold.since, Open) or hold.since <= case.today
    return begun and (isinstance(hold.until, Open) or hold.until >= case.today)


def persons_held(case: Case, holds: Sequence[Hold]) -> pa.Table | None:
    """The persons of some holds, trimmed and in small letters; None when no hold names any.

    Raises:
        DecisionError: a list is not there or cannot be read.
    """
    lists = [hold.persons for hold in holds if hold.persons]
    if not lists or case.exports is None or case.exports.workspace is None:
        return None
    keys = {key for name in lists for key in _listed(case.exports.workspace.private, name)}
    return pa.table({"value": pa.array(sorted(keys), pa.string())})


def _listed(private: Path, name: str) -> set[str]:
    path = private / name
    if not path.resolve().is_relative_to(private.resolve()):
        raise DecisionError(f"decisions.yaml: holds: persons: {name!r} lies outside private/; put the list in private/")
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DecisionError(
            f"decisions.yaml: holds: persons: private/{name} cannot be read ({type(error).__name__}); "
            "one person key on a line, as UTF-8"
        ) from None
    return {line.strip().lower() for line in lines} - {""}
