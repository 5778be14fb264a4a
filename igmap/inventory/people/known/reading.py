"""The words of texts as they are meant: misspelt ones taken for the known word next to them."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import polars as pl

from igmap.inventory.people.known.forms import FAMILY, Forms
from igmap.inventory.people.known.letters import Flags, Hashes, Integers, Words
from igmap.inventory.people.known.misspelt import LONGEST, STEM, Vocabulary
from igmap.inventory.people.known.ordinary import ALIKE, signs_of
from igmap.inventory.people.known.walking import Read

WORST = -99.0  # of a word that is known to be one
SHOWN, UNSHOWN = -3.0, 2.0  # log-odds that a misspelt name is above, where it is shown to be a name and where it is not
FEW = 2  # times that a misspelt name may be written, however seldom the right one is


@dataclass(slots=True)
class Reader:
    """Reads texts block by block and remembers which words it has looked at; each spelling is judged once.

    Args:
        forms: of the known persons.
        vocabulary: the words of their names.
    """

    forms: Forms
    vocabulary: Vocabulary
    keys: Hashes = field(default_factory=lambda: np.zeros(0, np.uint64))
    meant: Integers = field(default_factory=lambda: np.zeros(0, np.int64))
    times: Integers = field(default_factory=lambda: np.zeros(0, np.int64))
    other: Flags = field(default_factory=lambda: np.zeros(0, bool))
    likeness: npt.NDArray[np.float64] = field(default_factory=lambda: np.zeros(0, np.float64))
    exact: Integers = field(init=False)

    def __post_init__(self) -> None:
        """Nothing has been counted yet."""
        self.exact = np.zeros(len(self.vocabulary.hashes), np.int64)

    def read(self, words: Words, scopes: Hashes) -> Read:
        """The words of a block as they are meant."""
        asked = words.hashes ^ scopes
        known = self.vocabulary.exact.keys.find(asked)
        np.add.at(self.exact, self.vocabulary.exact.words[known[known >= 0]], 1)
        sized = (words.sizes > STEM) & (words.sizes <= LONGEST)
        open_ones = np.flatnonzero((known < 0) & sized)
        open_ones = open_ones[self.forms.beginnings.find(asked[open_ones]) < 0]
        self._learn(words, scopes, open_ones)
        meant = np.full(len(asked), -1, np.int64)
        place = np.searchsorted(self.keys, asked[open_ones])
        np.add.at(self.times, place, 1)
        meant[open_ones] = self.meant[place]
        wrong = np.flatnonzero(meant >= 0)
        hashes, sizes = words.hashes.copy(), words.sizes.copy()
        hashes[wrong], sizes[wrong] = self.vocabulary.hashes[meant[wrong]], self.vocabulary.sizes[meant[wrong]]
        return Read(words, hashes, sizes, scopes, meant)

    def _learn(self, words: Words, scopes: Hashes, open_ones: Integers) -> None:
        """Judge the words that have not been seen before."""
        asked, first = np.unique(words.hashes[open_ones] ^ scopes[open_ones], return_index=True)
        fresh = ~np.isin(asked, self.keys)
        keys, which = asked[fresh], open_ones[first[fresh]]
        if not len(keys):
            return
        written = words.written(which)
        meant = self.vocabulary.nearest(written, scopes[which])
        wrong = np.flatnonzero(meant >= 0)
        signs = signs_of(written.gather(wrong))
        other, likeness = np.zeros(len(keys), bool), np.zeros(len(keys))
        other[wrong] = signs["name"].to_numpy()
        likeness[wrong] = signs.select(pl.when(pl.col("word") | pl.col("place")).then(WORST).otherwise("likeness"))[
            "literal"
        ]
        columns = {
            "keys": keys,
            "meant": meant,
            "times": np.zeros(len(keys), np.int64),
            "other": other,
            "likeness": likeness,
        }
        order = np.argsort(np.concatenate([self.keys, keys]), kind="stable")
        for name, fresh_ones in columns.items():
            setattr(self, name, np.concatenate([getattr(self, name), fresh_ones])[order])

    def judged(self, found: pl.DataFrame) -> pl.DataFrame:
        """Runs with a misspelt word that may be one, when all texts have been read.

        Beside another name of the same person only a word that is a word too is none, unless it has a capital. Alone it
        is one when it is rare, and spelled like a name: the more so the less its capital or a title says. Another name
        of the lists is a misspelling where the known one is written more often in these texts: Janssen is Jansen where
        Jansen prevails.
        """
        wrong = found["wrong"]
        if not wrong.is_not_null().any():
            return found
        place = np.searchsorted(self.keys, wrong.fill_null(0).to_numpy()).clip(max=len(self.keys) - 1)
        times, exact = self.times[place], self.exact[self.meant[place]]
        told = found.with_columns(
            likeness=self.likeness[place],
            rare=np.where(self.other[place], times < exact, (times <= exact) | (times <= FEW)),
        )
        capital, shown = pl.col("capital"), pl.col("introduced") | (pl.col("capital") & ~pl.col("opens"))
        beside = capital | (pl.col("likeness") > ALIKE)
        alone = pl.col("rare") & (pl.col("likeness") > pl.when(shown).then(SHOWN).otherwise(UNSHOWN))
        sound = pl.when(pl.col("kind") < FAMILY).then(beside).otherwise(alone)
        return told.filter(pl.col("wrong").is_null() | sound).drop("likeness", "rare")
