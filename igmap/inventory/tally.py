"""Counts per field and sign, as the values of many fields stream by together."""

from collections import Counter
from collections.abc import Iterator

import numpy as np

Evidence = Counter[str]


class Tally:
    """Counts per field, by sign.

    Args:
        fields: of each value the field it is of; those of a field stand together.
        rows: of each value the records that hold it.
    """

    def __init__(self, fields: np.ndarray, rows: np.ndarray) -> None:
        """Nothing is counted yet."""
        starts = np.append(0, np.flatnonzero(fields[1:] != fields[:-1]) + 1)[: len(fields)]
        self._names = fields[starts]
        self._bounds = np.append(starts, len(fields))
        self._rows = rows
        self._counts: dict[str, np.ndarray] = {}

    def add(self, sign: str, at: np.ndarray, weights: np.ndarray | None = None) -> None:
        """Count the values at the positions, which are in order, or add up what each of them weighs."""
        if not len(at):
            return
        ends = np.searchsorted(at, self._bounds)
        self._counts[sign] = np.diff(ends if weights is None else np.append(0, np.cumsum(weights))[ends])

    def add_records(self, sign: str, at: np.ndarray) -> None:
        """Count the records that hold the values at the positions."""
        self.add(sign, at, self._rows[at])

    def fields(self, at: np.ndarray) -> np.ndarray:
        """The fields that the values at the positions are of."""
        fields: np.ndarray = np.searchsorted(self._bounds, at, side="right") - 1
        return fields

    def years(self, at: np.ndarray, years: np.ndarray, sign: str = "dates") -> None:
        """Count how many values are of which year, and how many there are; added to those counted before."""
        for key, places in [(sign, at), *((f"year:{year}", at[years == year]) for year in np.unique(years))]:
            if len(places):
                self._counts[key] = np.diff(np.searchsorted(places, self._bounds)) + self._counts.get(key, 0)

    def evidence(self) -> Iterator[tuple[int, Evidence]]:
        """Each field with its counts."""
        bags: list[Evidence] = [Counter() for _ in self._names]
        for sign, counts in self._counts.items():
            for at in np.flatnonzero(counts):
                bags[at][sign] = int(counts[at])
        yield from zip(self._names.tolist(), bags, strict=True)
