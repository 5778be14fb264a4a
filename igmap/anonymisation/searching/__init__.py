"""Searches for the recoding that loses least; each takes distinct tuples and gives every one of them a class."""

from collections.abc import Sequence
from importlib import import_module

from igmap.anonymisation.models import Model
from igmap.anonymisation.searching.axis import Axis
from igmap.anonymisation.searching.choosing import choose
from igmap.anonymisation.searching.limits import Limits
from igmap.anonymisation.searching.solution import Solution
from igmap.anonymisation.tuples import Tuples

__all__ = ["AUTO", "SEARCHES", "Axis", "Limits", "Solution", "search"]

AUTO = "auto"
SEARCHES = {  # the function of that name in the module of that name, imported by whom asks for it
    "global": "global_recoding",
    "local": "local_recoding",
    "top_down": "top_down",
    "sets": "set_labels",
}


def search(how: str, tuples: Tuples, axes: Sequence[Axis], models: Sequence[Model], limits: Limits) -> Solution:
    """The recoding that a search finds.

    Args:
        how: its name, out of SEARCHES, or auto.
        tuples: the distinct quasi-identifier tuples.
        axes: their columns.
        models: that every class has to meet.
        limits: on suppression and time.

    Raises:
        TargetError: the models cannot be met within the limits.
    """
    name = SEARCHES[choose(models) if how == AUTO else how]
    found: Solution = getattr(import_module(f"{__name__}.{name}"), name)(tuples, axes, models, limits)
    return found
