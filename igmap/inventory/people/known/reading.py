"""The words of texts as they are meant: misspelt ones taken for the known word next to them."""

from dataclasses import dataclass, field

import numpy as np
import polars as pl

from igmap.inventory.people.known.forms import Forms, is_ordinary
from igmap.inventory.people.known.letters import Flags, Hashes, Integers, Words
from igmap.inventory.people.known.misspelt import LONGEST, STEM, Vocabulary
from igmap.inventory.people.known.walking import Read
from igmap.inventory.people.names import listed


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
    named: Flags = field(default_factory=lambda: np.zeros(0, bool))
    ordinary: Flags = field(default_factory=lambda: np.zeros(0, bool))
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
        ordinary, named = np.zeros(len(keys), bool), np.zeros(len(keys), bool)
        ordinary[wrong] = is_ordinary(written.gather(wrong)).to_numpy()
        named[wrong] = written.gather(wrong).is_in(listed()["name"].implode()).to_numpy()
        columns = {
            "keys": keys,
            "meant": meant,
            "times": np.zeros(len(keys), np.int64),
            "named": named,
            "ordinary": ordinary,
        }
        order = np.argsort(np.concatenate([self.keys, keys]), kind="stable")
        for name, fresh_ones in columns.items():
            setattr(self, name, np.concatenate([getattr(self, name), fresh_ones])[order])

    def judged(self, found: pl.DataFrame) -> pl.DataFrame:
        """Runs with a misspelt word that may be one, when all texts have been read.

        A word that is a word too is misspelt only with a capital beside another name of the same person. A word that is
        another name of the lists is misspelt beside another name of the person, or where the known one is written more
        often in these texts: Janssen is Jansen where Jansen prevails.
        """
        wrong = pl.col("wrong").is_not_null()
        place = np.searchsorted(self.keys, found["wrong"].fill_null(0).to_numpy()).clip(max=max(len(self.keys) - 1, 0))
        if not found["wrong"].is_not_null().any():
            return found
        several = pl.col("first") < pl.col("last")
        rarer = self.times[place] < self.exact[self.meant[place]]
        told = found.with_columns(word=self.ordinary[place], other=self.named[place], rarer=rarer)
        sound = (
            pl.when(several)
            .then(pl.col("capital") | ~pl.col("word"))
            .otherwise(~pl.col("word") & (~pl.col("other") | pl.col("rarer")))
        )
        return told.filter(~wrong | sound).drop("word", "other", "rarer")
