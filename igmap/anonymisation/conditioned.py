"""A search under all conditions of a plan: k, its further models, and those on the release as a whole."""

from collections.abc import Sequence

import numpy as np

from igmap.anonymisation.axes import Axes
from igmap.anonymisation.groups import Groups
from igmap.anonymisation.models import KAnonymity, Measured, Model, check_reachable, fitted, model_of, reached
from igmap.anonymisation.models.fitting import shortfalls
from igmap.anonymisation.plan import Plan
from igmap.anonymisation.searching import Limits, Solution, search
from igmap.anonymisation.table import Table
from igmap.errors import TargetError


def models_of(plan: Plan) -> tuple[Measured, ...]:
    """All that the plan asks of every class.

    Raises:
        PlanError: an unknown model, key or figure.
    """
    return (KAnonymity(plan.k), *(model_of(settings) for settings in plan.models))


def sensitive_columns(plan: Plan, table: Table) -> dict[str, str]:
    """Engine column by field, of the kept columns that models ask about."""
    asked = {model.column for model in models_of(plan)} - {column.field for column in table.planned.quasi_identifiers}
    return {column.field: table.source_of(column) for column in table.planned.kept if column.field in asked}


def conditioned(plan: Plan, axes: Axes) -> Solution:
    """The recoding that loses least of those that meet all conditions.

    Raises:
        PlanError: a condition that contradicts the data.
        TargetError: a condition that cannot be met: which one, by how much, and the cheapest relaxation.
    """
    quasi = [column.field for table in plan.tables for column in table.quasi_identifiers]
    models = fitted(models_of(plan), axes.tuples, quasi)
    check_reachable(models, axes.tuples, suppression=plan.suppression_limit)
    limits = Limits(plan.suppression_limit, plan.seconds or Limits().seconds, plan.seed)

    def attempt(asked: Sequence[Model]) -> tuple[Solution, Groups]:
        try:
            found = search(plan.search, axes.tuples, axes.axes, asked, limits)
        except TargetError as error:
            missed = [said for _, said in shortfalls(models, axes.tuples)]
            raise TargetError("; ".join([str(error), *missed])) from None
        kept = np.flatnonzero(found.released)
        return found, Groups(axes.tuples.only(kept), found.classes[kept], len(found.costs))

    return reached(models, attempt)
