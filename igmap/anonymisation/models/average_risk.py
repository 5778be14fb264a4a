"""Average risk: on average over the released persons, picking one of a class hits with at most this probability."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import ClassVar, TypeVar

import numpy as np

from igmap.anonymisation.groups import Flags, Groups, Shares
from igmap.anonymisation.models.model import CLOSE, Model
from igmap.errors import TargetError

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class AverageRisk:
    """Released classes over the persons in them (one over the mean class size) is at most `risk`.

    This speaks of the whole release, which a search that decides class by class cannot see. A least class size can:
    with `least` persons in every class the risk is at most 1 / least. So the condition on a class is `least`, and
    `reached` looks for the lowest one at which the whole meets the risk.

    Source: El Emam 2013, "Guide to the de-identification of personal health information" (marketer risk); as in ARX.
    """

    risk: float
    least: int = 1
    column: ClassVar[str] = ""
    hereditary: ClassVar[bool] = True
    mergeable: ClassVar[bool] = True

    @property
    def enough(self) -> int:
        """The least class size at which no release can fail."""
        return ceil(1 / self.risk - CLOSE)

    def figure(self, groups: Groups) -> Shares:
        """[class], what it would be if all were like this class."""
        return np.divide(1, groups.persons, out=np.zeros(groups.count), where=groups.persons > 0)

    def met(self, groups: Groups) -> Flags:
        """[class], whether it has the least size."""
        return groups.persons >= self.least

    def whole(self, groups: Groups) -> bool:
        """Whether a release of these classes meets the risk."""
        return bool(np.count_nonzero(groups.persons) <= (self.risk + CLOSE) * groups.persons.sum())


def reached(models: Sequence[Model], attempt: Callable[[Sequence[Model]], tuple[Found, Groups]]) -> Found:
    """What a search finds when the release as a whole has to meet the average risk too.

    Without such a model it searches once. Otherwise the lowest least class size is looked for by halving: a release
    is only accepted when it meets the risk, and with 1 / risk persons in every class it does.

    Args:
        models: that every class has to meet.
        attempt: searches with some models, and gives what it found with the released classes.

    Raises:
        TargetError: of the search that came nearest, when none stays within its limits.
    """
    risks = [model for model in models if isinstance(model, AverageRisk)]
    low, high, least = 1, max((model.enough for model in risks), default=1), 1
    best: Found | None = None
    failure: TargetError | None = None
    while low <= high:
        try:
            found, groups = attempt([replace(m, least=least) if isinstance(m, AverageRisk) else m for m in models])
        except TargetError as error:
            high, failure = least - 1, error
        else:
            met = all(model.whole(groups) for model in risks)
            best, low, high = (found, low, least - 1) if met else (best, least + 1, high)
        least = (low + high) // 2
    if best is None:
        raise failure or TargetError("average_risk: no recoding meets it")
    return best
