"""Attributes of several words at once, for all words of a row together."""

import numpy as np
import numpy.typing as npt

from igmap.inventory.people.tagger.features import BITS

Hashes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int32]
ONE, OTHER, PLACE = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9)
REACH = 3  # places between a word and the one before it that is no mark
WORD, SMALL, CAPITAL, TITLED, LONG = (np.uint64(1 << bit) for bit in range(5))


def together(classes: Hashes, breaks: npt.NDArray[np.bool_]) -> Numbers:
    """Attributes of pairs and triples of words.

    Args:
        classes: per word of the row itself, its kind, how it is written and listed, its case, its last letters.
        breaks: which of them are breaks between sentences; two stand at either end of the row.
    """
    word, kind, form, case, end = classes.T
    around = np.arange(len(word)) + np.arange(-2, 3)[:, None]
    words, kinds, forms, ends = (hashes.take(around, mode="clip") for hashes in (word, kind, form, end))
    is_word = (case & WORD) > 0
    before, after = _nearest(word, is_word), _nearest(word[::-1], is_word[::-1])[::-1]
    mode = _modes(case, breaks)
    before_two, before_one = forms[[0, 2, 1]], forms[[1, 3, 2]]  # of each word, of the next but one, of the next
    further = zip(_mixed(before_two, before_one), forms[[2, 4, 3]], strict=True)
    pairs = [
        (kinds[1], kind), (kind, kinds[3]), (kinds[1], kinds[3]), (words[1], form), (form, words[3]), (before, form),
        (form, after), (mode, kind), (mode, form), (ends[1], form), (form, ends[3]), (_mixed(words[0], words[1]), form),
        (form, _mixed(words[3], words[4])), (_mixed(words[1], form), words[3]), *further,
    ]  # fmt: skip
    ones, others = np.stack([one for one, _ in pairs]), np.stack([other for _, other in pairs])
    mixed = _mixed(ones, others + PLACE * np.arange(len(pairs), dtype=np.uint64)[:, None])
    return (mixed >> np.uint64(64 - BITS)).astype(np.int32).T


def _mixed(one: Hashes, other: Hashes) -> Hashes:
    """One hash of two, whose order counts."""
    both = (one * ONE) ^ (other * OTHER + PLACE)
    mixed: Hashes = (both ^ (both >> np.uint64(29))) * ONE
    return mixed


def _nearest(word: Hashes, is_word: npt.NDArray[np.bool_]) -> Hashes:
    """The last real word before each place, 0 if there is none near."""
    places = np.arange(len(word))
    last = np.maximum.accumulate(np.where(is_word, places, -REACH))
    last = np.append(-REACH, last[:-1])
    return np.where(places - last <= REACH, word[last], np.uint64(0))


def _modes(case: Hashes, breaks: npt.NDArray[np.bool_]) -> Hashes:
    """How the sentence of each word is written: without capitals, only the first word with one, all capitals, mixed."""
    sentence = np.cumsum(breaks)
    inner = np.append(False, ~breaks[:-1])
    small = np.bincount(sentence, (case & SMALL) > 0) > 0
    capital = np.bincount(sentence, (case & CAPITAL) > 0) > 0
    titled = np.bincount(sentence, ((case & TITLED) > 0) & inner) > 0
    shouted = np.bincount(sentence, ((case & CAPITAL) > 0) & ((case & LONG) > 0)) > 1
    mode = np.where(~small & shouted, 3, np.where(titled, 2, np.where(capital, 1, 0)))
    return mode.astype(np.uint64)[sentence]
