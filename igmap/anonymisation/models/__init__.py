"""Privacy models: one small class each, combinable; a class is released only when it meets all of them."""

from collections.abc import Sequence
from functools import reduce

import numpy as np

from igmap.anonymisation.groups import Flags, Groups
from igmap.anonymisation.models.average_risk import AverageRisk, reached
from igmap.anonymisation.models.beta_likeness import BetaLikeness
from igmap.anonymisation.models.delta_disclosure import DeltaDisclosure
from igmap.anonymisation.models.delta_presence import DeltaPresence
from igmap.anonymisation.models.distinct_l import DistinctL
from igmap.anonymisation.models.entropy_l import EntropyL
from igmap.anonymisation.models.fitting import check_reachable, fitted, mergeable, population_of
from igmap.anonymisation.models.hierarchical_t import HierarchicalT
from igmap.anonymisation.models.k_anonymity import KAnonymity
from igmap.anonymisation.models.k_map import KMap
from igmap.anonymisation.models.model import Measured, Model
from igmap.anonymisation.models.ordered_t import OrderedT
from igmap.anonymisation.models.planned import MODELS, described, model_of
from igmap.anonymisation.models.recursive_l import RecursiveL
from igmap.anonymisation.models.t_closeness import EqualT

__all__ = [
    "MODELS",
    "AverageRisk",
    "BetaLikeness",
    "DeltaDisclosure",
    "DeltaPresence",
    "DistinctL",
    "EntropyL",
    "EqualT",
    "HierarchicalT",
    "KAnonymity",
    "KMap",
    "Measured",
    "Model",
    "OrderedT",
    "RecursiveL",
    "check_reachable",
    "described",
    "fitted",
    "mergeable",
    "met",
    "model_of",
    "population_of",
    "reached",
]


def met(models: Sequence[Model], groups: Groups) -> Flags:
    """[class], whether it holds somebody and all models hold."""
    return reduce(np.logical_and, (model.met(groups) for model in models), groups.persons > 0)
