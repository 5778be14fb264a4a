"""What may be asked of an engine that derives tables from others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import pyarrow as pa

if TYPE_CHECKING:
    from igmap.engine.changes import Change
    from igmap.engine.draws import Draw


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose the records of a table are, and which persons are taken.

    Args:
        person: the column that tells them apart, after trimming, in small letters; None when each record is one.
        share: of the persons that are taken, 0-1, by a draw with `key`.
        key: of HMAC, never shown.
    """

    person: str | None = None
    share: float = 1.0
    key: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Summed:
    """A column with one value per person.

    Args:
        function: count, sum, mean, min, max, first, last, any; smallest and largest compare numbers.
        column: over whose cells; blank ones are left out.
        decimals: of sums and means.
    """

    function: str
    column: str
    decimals: int = 0


class Derives(Protocol):
    """What an engine answers that derives tables."""

    def derive(
        self, name: str, target: str, changes: Sequence["Change"], whose: Whose, *, kept: bool
    ) -> Mapping[str, int]:
        """A new table with the same records and columns, after changes in order; the cells changed by column.

        When it is not kept it is a view with `who`, and nothing is counted. A person column that is rewritten is there
        a second time, as it was, with `before_` before its name.
        """

    def numbers(self, name: str, columns: Sequence[str], *, persons: bool) -> pa.Table:
        """The distinct combinations of numbers (`v0` …) of a view with their `rows`, by person (`who`) if asked."""

    def swap(self, name: str, target: str, column: str, draw: "Draw", *, share: float) -> int:
        """A new table of the partner (`who`, `value`, `label`) of each value in a view; how many there are.

        Partners lie within a share (0-1) of the ranks.
        """

    def aggregate(self, name: str, target: str, person: str | None, columns: Sequence[Summed]) -> int:
        """A new table of a view with one row per person: c1 the person, c2 … what was summed; its rows."""
