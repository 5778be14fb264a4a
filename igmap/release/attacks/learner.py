"""A learner of a told column: naive Bayes over released cells, asked about persons of whom source values are known.

Of each quasi-identifier it counts, for each told value, the rows whose cell may be about the person asked about: so it
reads labels of any level, sets, and persons who are not in the release. What it would say without the rows of a person
follows from its counts less theirs.

Source: Kononenko 1990, Cestnik 1990 (the m-estimate).
"""

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from igmap.release.attacks.coding import UNSEEN, Coded
from igmap.release.attacks.covering import Codes, Covering, Matrix

Numbers: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]
PRIOR = 1.0  # rows that the share over all values counts for
CLEAR = 1.5  # times as likely as the next
LEAST = 1e-12


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Own:
    """Released rows of the persons asked about: the place of the person, and the row."""

    person: Codes
    row: Codes


NOBODY = Own(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Learner:
    """What a release teaches of a told column.

    Args:
        known: the released rows (as classes), asked about persons.
        told: the column.
        fitting: per quasi-identifier, rows by known value and told value; those of unseen values stand last.
    """

    known: Covering
    told: Coded
    fitting: tuple[Numbers, ...]

    def success(self, asked: Codes, true: Codes, without: Own = NOBODY) -> Numbers:
        """Whether the guess about each person is right, as 0 or 1: the likeliest value, where it is clearly so.

        Among values that are nearly as likely a single person tips the balance, so that leaving out the person asked
        about would look like a leak wherever values are evenly spread; there the commonest value of all is guessed.

        Args:
            asked: places of the persons among those that are known.
            true: the told value of each.
            without: rows that are left out, of the person asked about only.
        """
        score = self._score(asked, without)
        chances = np.exp(score - score.max(axis=1, keepdims=True)) @ self.told.right
        likeliest = chances.argmax(axis=1)
        shared = self.told.right.T.astype(np.int64) @ self.told.right > 0  # guesses that are right about one value
        next_best = np.where(shared[likeliest], 0.0, chances).max(axis=1)
        clear = chances.max(axis=1) >= CLEAR * next_best
        guess = np.where(clear, likeliest, self.told.rows.argmax())
        return np.asarray(self.told.right[true, guess] & (true != UNSEEN), dtype=np.float64)

    def _score(self, asked: Codes, without: Own) -> Numbers:
        """The logarithm of what each told value is worth, [person, value]."""
        told, size = self.told.codes, len(self.told.right)
        values = np.bincount(np.where(told == UNSEEN, size, told), minlength=size + 1)
        rows = values - self._own(asked, without, np.ones(len(without.row), dtype=bool))
        score: Numbers = np.log(np.maximum(rows[:, :size], LEAST))
        for fitting, (matrix, known, cells) in zip(self.fitting, self.known.columns.values(), strict=True):
            about = matrix[known[asked[without.person]], cells[without.row]]
            fit = fitting[known[asked]] - self._own(asked, without, about)
            share = fit.sum(axis=1, keepdims=True) / np.maximum(rows.sum(axis=1, keepdims=True), 1)
            likely = (fit + PRIOR * share) / (rows + PRIOR)
            score += np.where(share > 0, np.log(np.maximum(likely, LEAST)), 0)[:, :size]
        return score

    def _own(self, asked: Codes, without: Own, about: Matrix) -> Numbers:
        """How many of their own rows are about each person, by told value."""
        size = len(self.told.right)
        found: Numbers = np.zeros((len(asked), size + 1))
        told = self.told.codes[without.row]
        np.add.at(found, (without.person, np.where(told == UNSEEN, size, told)), about)
        return found


def learner(known: Covering, told: Coded) -> Learner:
    """Learn a told column from a release."""
    return Learner(known, told, tuple(_fitting(matrix, cells, told) for matrix, _, cells in known.columns.values()))


def _fitting(matrix: Matrix, cells: Codes, told: Coded) -> Numbers:
    """Rows by known value and told value, of cells that may be about the known value."""
    width = len(told.right) + 1
    asked = np.asarray(matrix.any(axis=0))
    place = np.cumsum(asked) - 1
    rows = asked[cells]
    values = np.where(told.codes == UNSEEN, width - 1, told.codes)[rows]
    counted = np.bincount(place[cells[rows]] * width + values, minlength=int(asked.sum()) * width)
    found: Numbers = matrix[:, asked].astype(np.float64) @ counted.reshape(-1, width).astype(np.float64)
    return found
