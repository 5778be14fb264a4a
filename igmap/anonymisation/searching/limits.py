"""What a search may use up."""

from dataclasses import dataclass
from math import inf


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of a search.

    Args:
        suppression: share of the rows that may be left out, 0-1.
        seconds: after which the best recoding so far is taken.
        seed: for searches that draw.
    """

    suppression: float = 1.0
    seconds: float = inf
    seed: int = 0
