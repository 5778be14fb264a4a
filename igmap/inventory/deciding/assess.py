"""Write a person's compatibility test into decisions.yaml, where the rest stays as it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from igmap.errors import DecisionError, nearest
from igmap.inventory.deciding.decide import refuse_purposes
from igmap.inventory.deciding.ledger import open_ledger
from igmap.inventory.decision import matches

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from igmap.inventory.assessments import Assessment
    from igmap.inventory.decisions import Decisions


def assess(
    path: Path, assessment: Assessment, *, purposes: Collection[str] | None, sources: Collection[str] = ()
) -> Decisions:
    """Add an assessment below those that are there; a later one of the same holds.

    Args:
        path: of decisions.yaml.
        assessment: the five answers, as far as they are given, and by whom.
        purposes: of the register; None when there is none to compare with.
        sources: the files that `dataset` may mean, as they are shown.

    Returns:
        Everything decided from now on.

    Raises:
        DecisionError: a purpose is unknown, `dataset` means nothing, or the file was changed meanwhile.
    """
    for name in ("by", "why"):
        if not getattr(assessment, name).strip():
            raise DecisionError(f"an assessment says by whom and why: fill in --{name}")
    ledger = open_ledger(path)
    refuse_purposes((assessment.collected_for, assessment.used_for), purposes)
    _refuse_unknown(assessment.dataset, [binding.id for binding in ledger.decisions.datasets], sources)
    return ledger.with_added([assessment]).decisions


def _refuse_unknown(dataset: str, bindings: Collection[str], sources: Collection[str]) -> None:
    names = [*bindings, *sources]
    if dataset and not any(matches(name, dataset) for name in names):
        raise DecisionError(f"there is no dataset {dataset!r}{nearest(dataset, names)}")
