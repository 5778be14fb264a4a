"""Steps of columns that look up in another table of the engine what a cell becomes."""

from dataclasses import dataclass

from igmap.engine.changes import Change, number, printed
from igmap.engine.draws import RECORD_UNIT, Draw, Per, uniform
from igmap.engine.scanning import quoted

BESIDE = "beside"
CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?"


@dataclass(frozen=True, slots=True)
class Labels(Change):
    """Values by the labels of a table (`value`, `label`); one that is not in it becomes blank."""

    table: str

    @property
    def join(self) -> str:
        """The table of labels."""
        return f"LEFT JOIN {self.table} AS m ON m.value = s.{self.columns[0]}"

    def cell(self, _column: str) -> str:
        """What a cell becomes."""
        return "m.label"


@dataclass(frozen=True, slots=True)
class Beside(Labels):
    """Values by the labels of a table, in which they stand for each value of another column (`beside`).

    Args:
        other: that column, as it was before anything changed; the engine fills in what that is called.
    """

    other: str

    @property
    def join(self) -> str:
        """The table of labels."""
        return f"{super(Beside, self).join} AND m.{BESIDE} IS NOT DISTINCT FROM s.{self.other}"


@dataclass(frozen=True, slots=True)
class Days(Change):
    """Dates in any notation as yyyy-mm-dd, by a table (`value` = what `moments` gave of it, `label` = the date).

    Args:
        table: its name.
        asked: the table whose moments were asked for.
        clock: whether the time of day stays behind the date, as it is written.
        key: what of a cell tells the day, with {0} for the cell; the engine fills it in.
    """

    table: str
    asked: str
    clock: bool
    key: str = "{0}"

    @property
    def join(self) -> str:
        """The table of days."""
        return f"LEFT JOIN {self.table} AS m ON m.value = {self.key.format(f's.{self.columns[0]}')}"

    def cell(self, column: str) -> str:
        """What a cell becomes."""
        time = f"regexp_extract(s.{column}, {quoted(CLOCK)})"
        return f"m.label || CASE WHEN {time} = '' THEN '' ELSE ' ' || {time} END" if self.clock else "m.label"


@dataclass(frozen=True, slots=True)
class Exchanged(Change):
    """A share of the values replaced by ones drawn from a table, by the alias method (Walker 1977).

    Args:
        table: `place` from 0, `threshold` (0-1), `label` below it and `other` above it.
        size: its rows.
        share: of the values, 0-1.
        draw: one for each.
    """

    table: str
    size: int
    share: float
    draw: Draw

    @property
    def drawn(self) -> str:
        """The digest."""
        return self.draw.digest(self.columns[0])

    @property
    def _point(self) -> str:
        return f"({uniform('s.h')} / {self.share!r} * {self.size})"

    @property
    def join(self) -> str:
        """The place that is drawn, where a value is replaced."""
        place = f"least(floor({self._point}), {self.size - 1})::BIGINT"
        return f"LEFT JOIN {self.table} AS m ON m.place = CASE WHEN {uniform('s.h')} < {self.share!r} THEN {place} END"

    def cell(self, column: str) -> str:
        """What a cell becomes."""
        drawn = f"WHEN {self._point} - m.place < m.threshold THEN m.label ELSE m.other"
        return f"CASE WHEN m.place IS NULL THEN s.{column} {drawn} END"


@dataclass(frozen=True, slots=True)
class Means(Change):
    """Numbers by the means of their group, by a table (`v0` … the numbers of the columns, `l0` … the means).

    Args:
        table: its name.
        decimals: that are written, by column.
    """

    table: str
    decimals: tuple[int, ...]

    @property
    def join(self) -> str:
        """The table of means; a blank matches a blank."""
        same = (f"m.v{i} IS NOT DISTINCT FROM {number(f's.{column}')}" for i, column in enumerate(self.columns))
        return f"LEFT JOIN {self.table} AS m ON {' AND '.join(same)}"

    def cell(self, column: str) -> str:
        """What a cell becomes."""
        place = self.columns.index(column)
        return printed(f"m.l{place}", self.decimals[place])


@dataclass(frozen=True, slots=True)
class Swapped(Change):
    """Values by those they are swapped with, by a table (`who`, `value`, `label`).

    Args:
        table: as `swap` makes it.
        per: what was swapped: values of persons, or of records.
    """

    table: str
    per: Per

    @property
    def join(self) -> str:
        """The table of partners."""
        who = RECORD_UNIT.format("s.") if self.per == "record" else "s.who"
        return f"LEFT JOIN {self.table} AS m ON m.who = {who} AND m.value = s.{self.columns[0]}"

    def cell(self, _column: str) -> str:
        """What a cell becomes."""
        return "m.label"
