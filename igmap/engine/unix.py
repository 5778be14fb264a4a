"""Unix time as a number: cut to the parts of a day that are one day wherever the reader is.

Figures are grouped as numbers, which is several times as fast as texts. The engine reads more than figures as a number;
a text of so many signs and a number of as many figures is figures only, or has an exponent and so ends in two noughts.
"""

from dataclasses import dataclass

DAY, HOUR = 86_400, 3_600  # seconds
EARLY = 22  # an instant before this hour in Greenwich is on the same day there and up to two hours east of it


@dataclass(frozen=True, slots=True)
class Unix:
    """A way of writing Unix time since 2001, as SQL with {0} for the text and {m} for it as a number.

    Args:
        figures: of each.
        unit: how many of it go into a second.
    """

    figures: int
    unit: int

    @property
    def holds(self) -> str:
        """Whether a text is one."""
        figures_only = "({m} & 3) <> 0 OR NOT contains(lower({0}), 'e')"
        return f"strlen({{0}}) = {self.figures} AND {{m}} >= {10 ** (self.figures - 1)} AND ({figures_only})"

    @property
    def begin(self) -> str:
        """Where the part of the day it lies in begins: at midnight in Greenwich, or at an hour that is not early."""
        since, parts = f"({{m}} % {DAY * self.unit})", range(EARLY, DAY // HOUR)
        late = "".join(
            f" + ({since} >= {hour * HOUR * self.unit})::BIGINT * {(hour if hour == EARLY else 1) * HOUR * self.unit}"
            for hour in parts
        )
        return f"{{m}} - {since}{late}"


UNIX = (Unix(10, 1), Unix(13, 1_000), Unix(16, 1_000_000), Unix(19, 1_000_000_000))
