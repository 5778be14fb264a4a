"""Which search suits what a plan asks, and why."""

from collections.abc import Sequence

from igmap.anonymisation.models import (
    BetaLikeness,
    DeltaDisclosure,
    DeltaPresence,
    EqualT,
    HierarchicalT,
    KMap,
    Model,
    OrderedT,
)

LIKE_THE_WHOLE = (EqualT, OrderedT, HierarchicalT, BetaLikeness, DeltaDisclosure)
COUNTED_ELSEWHERE = (KMap, DeltaPresence)


def choose(models: Sequence[Model]) -> str:
    """The name of the search that suits the models; `search.<name>` in texts.yaml says why.

    Set labels are never chosen: they cannot be generalised further by who receives them, so a person asks for them.
    """
    if any(isinstance(model, LIKE_THE_WHOLE) for model in models):
        return "top_down"
    if any(isinstance(model, COUNTED_ELSEWHERE) for model in models):
        return "global"
    return "local"
