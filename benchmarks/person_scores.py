"""How well persons were found: spans compared with marked ones, with intervals."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.person_corpora import Marked, Span

Finder = Callable[[Sequence[str]], Sequence[Iterable[Span]]]
DRAWS, SEED = 2_000, 8


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over texts; shares are 0 where nothing was to be found, or nothing was.

    Attributes:
        counts: per text how many persons are marked, found, found exactly, and touched by something found.
    """

    counts: tuple[tuple[int, int, int, int], ...]

    @property
    def total(self) -> tuple[int, int, int, int]:
        """Persons marked, found, found exactly, touched."""
        marked, found, right, touched = (sum(column) for column in zip(*self.counts, strict=True))
        return marked, found, right, touched

    @property
    def precision(self) -> float:
        """Share of what was found that is exactly a marked person."""
        _, found, right, _ = self.total
        return right / found if found else 0.0

    @property
    def recall(self) -> float:
        """Share of the marked persons that were found exactly."""
        marked, _, right, _ = self.total
        return right / marked if marked else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        marked, found, right, _ = self.total
        return 2 * right / (marked + found) if marked + found else 0.0

    @property
    def overlap_recall(self) -> float:
        """Share of the marked persons of which at least a character was found."""
        marked, _, _, touched = self.total
        return touched / marked if marked else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """95 % interval of F1, by a bootstrap over texts (percentiles, always the same draws)."""
        return interval([(2 * right, marked + found) for marked, found, right, _ in self.counts])


def interval(parts: Sequence[tuple[int, int]]) -> tuple[float, float]:
    """95 % interval of a share, by a bootstrap over its parts (percentiles, always the same draws).

    Args:
        parts: of each text, or group of texts that are alike, what counts and out of how many.
    """
    drawn = np.random.default_rng(SEED).multinomial(len(parts), [1 / len(parts)] * len(parts), DRAWS) @ np.array(parts)
    low, high = np.quantile(drawn[:, 0] / np.maximum(drawn[:, 1], 1), [0.025, 0.975])
    return float(low), float(high)


def scored(texts: Sequence[Marked], find: Finder) -> Score:
    """Compare what is found with what is marked.

    Args:
        texts: with their persons.
        find: texts in, spans out, in the same order.
    """
    found = find([one.text for one in texts])
    return Score(tuple(_counted(one.persons, tuple(spans)) for one, spans in zip(texts, found, strict=True)))


def _counted(persons: tuple[Span, ...], found: tuple[Span, ...]) -> tuple[int, int, int, int]:
    touched = sum(any(begin < stop and start < end for begin, end in found) for start, stop in persons)
    return len(persons), len(found), len(set(persons) & set(found)), touched


def one_by_one(find: Callable[[str], Iterable[Span]]) -> Finder:
    """A function of one text as one of many."""
    return lambda texts: [list(find(text)) for text in texts]
