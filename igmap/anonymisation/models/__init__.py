"""Privacy models: one small class each, combinable; a class is released only when it meets all of them."""

from collections.abc import Sequence
from functools import reduce

import numpy as np

from igmap.anonymisation.groups import Flags, Groups
from igmap.anonymisation.models.distinct_l import DistinctL
from igmap.anonymisation.models.k_anonymity import KAnonymity
from igmap.anonymisation.models.model import Model
from igmap.anonymisation.models.t_closeness import EqualT

__all__ = ["DistinctL", "EqualT", "KAnonymity", "Model", "met"]


def met(models: Sequence[Model], groups: Groups) -> Flags:
    """[class], whether it holds somebody and all models hold."""
    return reduce(np.logical_and, (model.met(groups) for model in models), groups.persons > 0)
