"""Searches for the recoding that loses least; each takes distinct tuples and gives every one of them a class."""

from collections.abc import Callable, Sequence

from igmap.anonymisation.models import Model
from igmap.anonymisation.searching.axis import Axis
from igmap.anonymisation.searching.choosing import choose
from igmap.anonymisation.searching.global_recoding import global_recoding
from igmap.anonymisation.searching.limits import Limits
from igmap.anonymisation.searching.local_recoding import local_recoding
from igmap.anonymisation.searching.set_labels import set_labels
from igmap.anonymisation.searching.solution import Solution
from igmap.anonymisation.searching.top_down import top_down
from igmap.anonymisation.tuples import Tuples

__all__ = ["AUTO", "SEARCHES", "Axis", "Limits", "Solution", "search"]

AUTO = "auto"
Search = Callable[[Tuples, Sequence[Axis], Sequence[Model], Limits], Solution]
SEARCHES: dict[str, Search] = {
    "global": global_recoding,
    "local": local_recoding,
    "top_down": top_down,
    "sets": set_labels,
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
    return SEARCHES[choose(models) if how == AUTO else how](tuples, axes, models, limits)
