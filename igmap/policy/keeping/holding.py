"""Holds: a person says that records stay, whatever their term says. Who they are about lies in `private/` only."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from igmap.errors import DecisionError
from igmap.inventory.decisions import DatasetBinding
from igmap.inventory.holds import Hold
from igmap.inventory.inventory import DatasetInventory
from igmap.policy.case import Case


def holds_of(case: Case, dataset: DatasetInventory, binding: DatasetBinding) -> tuple[Hold, ...]:
    """The holds that are about a dataset and run today."""
    return tuple(
        hold
        for hold in case.decisions.holds
        if hold.until >= case.today and hold.reaches(dataset.source, dataset.table, binding.id)
    )


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
