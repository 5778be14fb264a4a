"""Where texts have forms of names: word by word along what the forms begin with, all words of all texts at once."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from igmap.inventory.people.known.forms import Forms
from igmap.inventory.people.known.letters import APART, COMMA, LONGEST, POWERS, Hashes, Integers, Words


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """The words of texts as they are to be read.

    Args:
        words: as they are written.
        hashes: the number of each, that of a known word for a misspelt one.
        sizes: the letters of each, in the same way.
        scopes: the number that belongs to the scope of the text of each.
        meant: which known word a misspelt one is taken for, else -1.
    """

    words: Words
    hashes: Hashes
    sizes: Integers
    scopes: Hashes
    meant: Integers


@dataclass(frozen=True, slots=True, eq=False)
class _Walk:
    """Runs of words that some form begins with."""

    first: Integers
    last: Integers
    hashes: Hashes
    sizes: Integers
    breaks: Hashes
    commas: Hashes

    def among(self, which: Integers) -> "_Walk":
        return _Walk(*(getattr(self, name)[which] for name in self.__slots__))


def runs(read: Read, forms: Forms) -> pl.DataFrame:
    """Every run of words that is a form: `first` and `last` word, and the `form`; they may overlap."""
    size = len(read.hashes)
    none = np.zeros(size, np.uint64)
    walk = _Walk(np.arange(size), np.arange(size), read.hashes.copy(), read.sizes.copy(), none, none)
    found = []
    while len(walk.first):
        place = forms.beginnings.find(walk.hashes ^ read.scopes[walk.first])
        begun = np.flatnonzero(place >= 0)
        walk, form = walk.among(begun), forms.whole[place[begun]]
        fits = (form >= 0) & (walk.breaks & ~forms.breaks[form] == 0) & (walk.commas & ~forms.commas[form] == 0)
        found.append((walk.first[fits], walk.last[fits], form[fits]))
        walk = _longer(walk, read)
    columns = zip(*found, strict=True) if found else ((), (), ())
    arrays = [np.concatenate([np.zeros(0, np.int64), *column]) for column in columns]
    return pl.DataFrame(dict(zip(("first", "last", "form"), arrays, strict=True)))


def _longer(walk: _Walk, read: Read) -> _Walk:
    """The runs with the word behind each, where one is near."""
    gaps = read.words.gaps[walk.last]
    near = np.flatnonzero(gaps != APART)
    near = near[walk.sizes[near] + read.sizes[walk.last[near] + 1] <= LONGEST]
    walk, gaps = walk.among(near), gaps[near]
    added = walk.last + 1
    bit = np.left_shift(np.uint64(1), walk.sizes.astype(np.uint64))
    return _Walk(
        walk.first,
        added,
        walk.hashes + POWERS[walk.sizes] * read.hashes[added],
        walk.sizes + read.sizes[added],
        walk.breaks | bit,
        walk.commas | np.where(gaps == COMMA, bit, np.uint64(0)),
    )
