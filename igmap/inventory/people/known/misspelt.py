"""Words one letter away from a word of a known name: one too many, one too few, another one, two that changed places.

Every known word is filed under what is left when a letter of it is taken away, so that a word of a text is asked for by
as many numbers as it has letters, whatever the number of persons.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
import polars as pl

from igmap.inventory.people.known.letters import BASE, POWERS, Flags, Hashes, Integers, words_of_texts
from igmap.inventory.people.known.tables import Table

SHORTEST, STEM, LONGEST = 5, 3, 30  # letters of a word that may be misspelt, of a name before its -s, of any word
UNDO = np.uint64(pow(BASE, -1, 1 << 64))
PLACES: Hashes = np.array([pow(3, 7 * place + 40, 1 << 64) for place in range(LONGEST + 1)], np.uint64)
NONE = np.int64(2**62)


@dataclass(frozen=True, slots=True, eq=False)
class _Filed:
    """Numbers, and the first word that each stands for."""

    keys: Table
    words: Integers

    @classmethod
    def of(cls, keys: Hashes, words: Integers) -> Self:
        order = np.lexsort((words, keys))
        different, first = np.unique(keys[order], return_index=True)
        return cls(Table.of(different), words[order][first])

    def find(self, asked: Hashes) -> Integers:
        """The word of each number, or a number higher than all."""
        place = self.keys.find(asked.ravel())
        found: Integers = np.where(place >= 0, self.words[place] if len(self.words) else NONE, NONE)
        return found.reshape(asked.shape)


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The words of known names; those that most persons have come first, then by the alphabet.

    Args:
        hashes: the number of each.
        sizes: its letters.
        exact: each under its number and scope.
        stems: those to which an -s may be added.
        long: those that may be misspelt.
        lacking: the same under all that is left of them without one letter.
        at: the same, the place of the letter mixed in.
    """

    hashes: Hashes
    sizes: Integers
    exact: _Filed
    stems: _Filed
    long: _Filed
    lacking: _Filed
    at: _Filed

    @classmethod
    def of(cls, parts: pl.DataFrame, scopes: Hashes) -> Self:
        """The words of names.

        Args:
            parts: as `parts_of` gives them.
            scopes: per person a number that is mixed into those of the words.
        """
        named = parts.filter(pl.col("role") != "initial")
        used = named.select("word", scope=pl.Series(scopes[named["who"].to_numpy()], dtype=pl.UInt64))
        ranked = used.group_by("word", "scope").len().sort(["len", "word", "scope"], descending=[True, False, False])
        words = words_of_texts(ranked["word"])
        single = np.flatnonzero(np.bincount(words.texts, minlength=len(ranked)) == 1)
        which = np.searchsorted(words.texts, single)
        hashes, sizes = words.hashes[which], words.sizes[which]
        scope = ranked["scope"].to_numpy()[single]
        letters, place = letters_of(words.written(which)), np.arange(len(which))
        long = np.flatnonzero((sizes >= SHORTEST) & (sizes <= LONGEST))
        left, there = without_one(letters[long], sizes[long])
        left ^= scope[long, None]
        again = np.broadcast_to(long[:, None], left.shape)
        keys = hashes ^ scope
        stems = sizes >= STEM
        return cls(
            hashes, sizes, _Filed.of(keys, place), _Filed.of(keys[stems], place[stems]), _Filed.of(keys[long], long),
            _Filed.of(left[there], again[there]), _Filed.of((left + PLACES[: left.shape[1]])[there], again[there]),
        )  # fmt: skip

    def nearest(self, written: pl.Series, scopes: Hashes) -> Integers:
        """For folded words that are none of them, the first one that each may be meant for; -1 for none.

        Args:
            written: of at most 30 letters.
            scopes: of each.
        """
        letters, sizes = letters_of(written), written.str.len_chars().cast(pl.Int64).to_numpy()
        whole = (letters * POWERS[: letters.shape[1]]).sum(axis=1, dtype=np.uint64) ^ scopes
        left, there = without_one(letters, sizes)
        left ^= scopes[:, None]
        last = np.take_along_axis(left, sizes[:, None] - 1, 1)[:, 0]
        ends_in_s = np.take_along_axis(letters, sizes[:, None] - 1, 1)[:, 0] == ord("s")
        owner = np.where(ends_in_s, self.stems.find(last), NONE)
        spans = [self.long.find(left), self.at.find(left + PLACES[: left.shape[1]])]
        spans += [self.long.find(_swapped(letters) ^ scopes[:, None])]
        best = np.minimum.reduce([np.where(there, span, NONE).min(axis=1) for span in spans])
        best = np.where(sizes >= SHORTEST, np.minimum(best, self.lacking.find(whole)), NONE)
        meant: Integers = np.where(owner < NONE, owner, best)
        return np.where(meant < NONE, meant, -1)


def letters_of(written: pl.Series) -> Hashes:
    """A row per word, a letter per column, 0 behind the last."""
    array = np.array(written.to_list(), dtype=f"<U{LONGEST + 1}")
    letters: npt.NDArray[np.uint32] = np.ascontiguousarray(array).view(np.uint32).reshape(len(written), LONGEST + 1)
    width = max(1, int((letters > 0).sum(axis=1).max(initial=0)))
    return letters[:, :width].astype(np.uint64)


def without_one(letters: Hashes, sizes: Integers) -> tuple[Hashes, Flags]:
    """The number of each word without its first letter, without its second …; and which of them there are."""
    terms = letters * POWERS[: letters.shape[1]]
    upto = np.cumsum(terms, axis=1, dtype=np.uint64)
    left = (upto - terms) + (upto[:, -1:] - upto) * UNDO
    return left, np.arange(letters.shape[1]) < sizes[:, None]


def _swapped(letters: Hashes) -> Hashes:
    """The number of each word with its first and second letter changed, its second and third …; 0 at the last."""
    terms = letters * POWERS[: letters.shape[1]]
    whole = terms.sum(axis=1, dtype=np.uint64)
    swapped = np.zeros(letters.shape, np.uint64)
    here, there = letters[:, :-1], letters[:, 1:]
    first, second = POWERS[: letters.shape[1] - 1], POWERS[1 : letters.shape[1]]
    swapped[:, :-1] = whole[:, None] + (there - here) * first + (here - there) * second
    return swapped
