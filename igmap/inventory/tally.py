"""Counts per field and sign, as the values of many fields stream by together."""

from collections import Counter
from collections.abc import Iterator

import numpy as np

Evidence = Counter[str]


class Tally:
    """Counts per field, by sign.

    Args:
        fields: of each value the field it is of.
        rows: of each value the records that hold it.
    """

    def __init__(self, fields: np.ndarray, rows: np.ndarray) -> None:
        """Nothing is counted yet."""
        self._fields, self._rows = fields, rows
        self._counts: dict[str, np.ndarray] = {}

    def add(self, sign: str, at: np.ndarray, weights: np.ndarray | None = None) -> None:
        """Count the values at the positions, which may come once only, or add up what each of them weighs."""
        if len(at):
            self._counts[sign] = np.bincount(self._fields[at], weights)

    def add_records(self, sign: str, at: np.ndarray) -> None:
        """Count the records that hold the values at the positions."""
        self.add(sign, at, self._rows[at])

    def years(self, at: np.ndarray, years: np.ndarray) -> None:
        """Count how many values are of which year."""
        self.add("dates", at)
        for year in np.unique(years):
            self.add(f"year:{year}", at[years == year])

    def evidence(self) -> Iterator[tuple[int, Evidence]]:
        """Each field with its counts."""
        for field in np.unique(self._fields).tolist():
            yield (
                field,
                Counter({sign: int(n[field]) for sign, n in self._counts.items() if field < len(n) and n[field]}),
            )
