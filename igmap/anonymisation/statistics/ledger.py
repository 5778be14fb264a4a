"""private/statistics.sqlite: what was told of each dataset so far, and what its releases with noise have cost.

An entry is there before anything is told: a release that is broken off counts, and two at once wait for each other.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from igmap.anonymisation.statistics.joint import Told
from igmap.anonymisation.statistics.specification import Budget
from igmap.errors import StatisticsError
from igmap.ledgers import ledger
from igmap.stages import from_plain, to_plain

FILE = "statistics.sqlite"
DAMAGED = "is damaged, or no ledger; put back a copy, for without it nothing more may be told"
ROUNDING_ERRORS = 1e-9  # of sums of epsilons
_TABLES = (
    "CREATE TABLE told (number INTEGER PRIMARY KEY AUTOINCREMENT, dataset TEXT NOT NULL, told TEXT NOT NULL)",
    "CREATE TABLE spent (number INTEGER PRIMARY KEY AUTOINCREMENT, dataset TEXT NOT NULL, spent TEXT NOT NULL)",
    "CREATE TABLE keys (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
)


@dataclass(frozen=True, slots=True)
class Spent:
    """What one table with noise cost.

    Args:
        release: its name.
        table: its name in the release.
        epsilon: of differential privacy, per person.
        delta: the same.
    """

    release: str
    table: str
    epsilon: float
    delta: float


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger of one workspace, while nobody else writes in it.

    Args:
        base: the open database.
    """

    base: sqlite3.Connection

    def told(self, dataset: str) -> list[Told]:
        """What was told of a dataset, the first first."""
        rows = self.base.execute("SELECT told FROM told WHERE dataset = ? ORDER BY number", (dataset,)).fetchall()
        return [from_plain(Told, json.loads(content)) for (content,) in rows]

    def tell(self, dataset: str, told: Told) -> None:
        """Write down what is about to be told."""
        self.base.execute("INSERT INTO told (dataset, told) VALUES (?, ?)", (dataset, json.dumps(to_plain(told))))

    def spent(self, dataset: str) -> list[Spent]:
        """What was spent on a dataset, the first first."""
        rows = self.base.execute("SELECT spent FROM spent WHERE dataset = ? ORDER BY number", (dataset,)).fetchall()
        return [from_plain(Spent, json.loads(content)) for (content,) in rows]

    def book(self, dataset: str, spent: Spent, budget: Budget) -> None:
        """Write down what is about to be spent.

        Raises:
            StatisticsError: it is more than is left.
        """
        before = self.spent(dataset)
        epsilon, delta = composed([*before, spent], budget)
        if epsilon > budget.epsilon + ROUNDING_ERRORS or delta > budget.delta + ROUNDING_ERRORS * budget.delta:
            had = composed(before, budget)
            raise StatisticsError(
                f"table {spent.table!r}: epsilon {spent.epsilon:g} and delta {spent.delta:g} are more than the budget "
                f"of {dataset!r} leaves: {had[0]:.4g} of {budget.epsilon:g} and {had[1]:.4g} of {budget.delta:g} are "
                "spent; ask for less, or raise the budget, and say why"
            )
        row = (dataset, json.dumps(to_plain(spent)))
        self.base.execute("INSERT INTO spent (dataset, spent) VALUES (?, ?)", row)

    def key(self, name: str, drawn: str) -> str:
        """A secret that stays the same; the drawn one if there is none yet."""
        self.base.execute("INSERT OR IGNORE INTO keys VALUES (?, ?)", (name, drawn))
        (value,) = self.base.execute("SELECT value FROM keys WHERE name = ?", (name,)).fetchone()
        return str(value)


def composed(spent: Sequence[Spent], budget: Budget) -> tuple[float, float]:
    """The epsilon and delta that several releases have together."""
    delta = sum(one.delta for one in spent)
    if budget.composition == "basic" or not spent:
        return sum(one.epsilon for one in spent), delta
    from igmap.anonymisation.statistics.noise import concentrated

    if delta >= budget.delta:
        return float("inf"), delta
    return concentrated([one.epsilon for one in spent], budget.delta - delta), budget.delta


@contextmanager
def written(path: Path) -> Iterator[Ledger]:
    """The ledger, kept for oneself; what was written stays if the block ends well, and nothing of it otherwise.

    Raises:
        WorkspaceError: it is damaged, another igmap's, or somebody else's for too long.
    """
    with ledger(path, _TABLES, damaged=DAMAGED) as base:
        yield Ledger(base)
