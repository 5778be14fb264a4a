"""What becomes of the cells of a column, row by row: the steps a new table is derived by, in plain SQL."""

from dataclasses import dataclass, field

from igmap.engine.draws import Draw, hmac_sha256, integer, uniform
from igmap.engine.scanning import TRIMMED, quoted

LETTERS = 12  # of base 32 that fit an integer
MOST_DECIMALS = 9
FILLERS = (1000, 2999)  # years outside are no dates but fillers; shifted, each would tell the shift
FORMULAS = {
    "top": "least({x}, {amount})",
    "bottom": "greatest({x}, {amount})",
    "round": "round({x} / {amount}) * {amount}",
    "laplace": "{x} - {amount} * sign({u} - 0.5) * ln(1 - 2 * abs({u} - 0.5))",
    "gaussian": "{x} + {amount} * sqrt(-2 * ln({u})) * cos(2 * pi() * {v})",
}


@dataclass(frozen=True, slots=True)
class Change:
    """A step of columns, in whose SQL `s` is the row, `s.h` its draw and `m` what is joined to it.

    Args:
        columns: that are rewritten; their blanks stay as they are.
    """

    columns: tuple[str, ...]

    @property
    def drawn(self) -> str:
        """The digest `h`; "" when nothing is drawn."""
        return ""

    @property
    def join(self) -> str:
        """What is joined; "" for nothing."""
        return ""

    def cell(self, column: str) -> str:
        """What a cell that is not blank becomes."""
        raise NotImplementedError


def number(cell: str) -> str:
    """The expression of a cell as a number; null where it is blank."""
    return f"TRY_CAST({cell} AS DOUBLE)"


def printed(value: str, decimals: int) -> str:
    """The expression of a number as text; never with three decimals, which may be read as thousands."""
    places = min(decimals + (decimals == 3), MOST_DECIMALS)  # noqa: PLR2004 - see above
    text = f"({value})::DECIMAL(38, {places})::VARCHAR"
    return f"rtrim(rtrim({text}, '0'), '.')" if 0 < places < 3 else text  # noqa: PLR2004 - 1.50 is 1.5


@dataclass(frozen=True, slots=True)
class Normalised(Change):
    """Values without outer spaces and capitals, as persons are told apart."""

    def cell(self, column: str) -> str:
        """What a cell becomes."""
        return TRIMMED.format(f"s.{column}")


@dataclass(frozen=True, slots=True)
class Reckoned(Change):
    """Numbers by a formula: top, bottom, round, laplace or gaussian.

    Args:
        formula: its name.
        amount: the bound, the width of rounding, or the scale of the noise.
        decimals: that are written.
        draw: for noise.
    """

    formula: str
    amount: float
    decimals: int
    draw: Draw | None = None

    @property
    def drawn(self) -> str:
        """The digest, for noise."""
        return self.draw.digest(self.columns[0]) if self.draw else ""

    def cell(self, column: str) -> str:
        """What a cell becomes."""
        parts = {"x": number(f"s.{column}"), "u": uniform("s.h"), "v": uniform("s.h", 1), "amount": f"{self.amount!r}"}
        return printed(FORMULAS[self.formula].format(**parts), self.decimals)


@dataclass(frozen=True, slots=True)
class Binned(Change):
    """Numbers by the class they are in.

    Args:
        edges: the first number of each class but the lowest, in order.
        labels: one more than edges.
    """

    edges: tuple[float, ...]
    labels: tuple[str, ...]

    def cell(self, column: str) -> str:
        """What a cell becomes."""
        arms = zip(self.edges, self.labels, strict=False)
        tried = " ".join(f"WHEN {number(f's.{column}')} < {edge!r} THEN {quoted(label)}" for edge, label in arms)
        return f"CASE {tried} ELSE {quoted(self.labels[-1])} END"


@dataclass(frozen=True, slots=True)
class Shifted(Change):
    """Dates (yyyy-mm-dd, a time may follow) moved by up to so many steps back or forth, never by none.

    Args:
        most: steps.
        days: of a step: 1, or 7 so that days of the week stay.
        draw: one for all dates of a person keeps what lies between them.
    """

    most: int
    days: int
    draw: Draw

    @property
    def drawn(self) -> str:
        """The digest."""
        return self.draw.digest(self.columns[0])

    def cell(self, column: str) -> str:
        """What a cell becomes."""
        place = f"floor({uniform('s.h')} * {2 * self.most})::INTEGER"
        steps = f"({place} - {self.most} + CASE WHEN {place} >= {self.most} THEN 1 ELSE 0 END)"
        day = f"TRY_CAST(left(s.{column}, 10) AS DATE)"
        moved = f"({day} + {steps} * {self.days})::VARCHAR || substr(s.{column}, 11)"
        return f"CASE WHEN year({day}) BETWEEN {FILLERS[0]} AND {FILLERS[1]} THEN {moved} ELSE s.{column} END"


@dataclass(frozen=True, slots=True)
class Pseudonymised(Change):
    """Values by the first letters of their HMAC-SHA-256 in base 32 (RFC 4648, section 7), small; at most 24."""

    key: bytes = field(repr=False)
    length: int

    @property
    def drawn(self) -> str:
        """The digest."""
        return hmac_sha256(self.key, self.columns[0])

    def cell(self, _column: str) -> str:
        """What a cell becomes."""
        parts = range(1 + (self.length > LETTERS))
        letters = " || ".join(f"to_base({integer('s.h', part)}, 32, {LETTERS})" for part in parts)
        return f"lower(left({letters}, {self.length}))"
