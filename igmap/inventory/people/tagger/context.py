"""Attributes of several words at once, for all words of a row together."""

import zlib
from functools import cache

import numpy as np
import numpy.typing as npt

from igmap.inventory.people.tagger.features import BITS
from igmap.inventory.people.tagger.kinds import told

Hashes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int32]
ONE, OTHER, PLACE = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9)
COLON = np.uint64(zlib.crc32(b":"))
SIZES = np.array([2, 3, 4, 5, 7, 11])  # words from which on a sentence is longer
LINE = 7  # words from which on a sentence is no line of a list or a signature
REACH = 3  # places between a word and the one before it that is no mark
WORD, SMALL, CAPITAL, TITLED, LONG = (np.uint64(1 << bit) for bit in range(5))


def together(classes: Hashes, breaks: npt.NDArray[np.bool_], *, alone: bool = False) -> Numbers:
    """Attributes of pairs and triples of words.

    Args:
        classes: per word of the row itself, its kind, how it is written and listed, its case, its last letters.
        breaks: which of them are breaks between sentences; two stand at either end of the row.
        alone: whether a short text of one sentence is seen as a line; so it is learnt of lines of mail, but whoever
            gives sentences one by one says nothing of their lines.
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
    head, key, earlier, later, place = _sentences(word, breaks, alone=alone)
    is_mark = ~is_word & ~breaks
    marks = _nearest(word, is_mark), _nearest(word[::-1], is_mark[::-1])[::-1]
    letters = _letters(word, breaks)
    pairs += [
        (head, form), (key, form), (key, kind), (place, form), (earlier, _mixed(place, form)), (earlier, form),
        (later, form), (_mixed(*marks), form), (letters, form), (letters, kind),
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


def _sentences(
    word: Hashes, breaks: npt.NDArray[np.bool_], *, alone: bool
) -> tuple[Hashes, Hashes, Hashes, Hashes, Hashes]:
    """Of each word the first one of its sentence, the one before its last colon, the first ones around, the place."""
    places, number = np.arange(len(word)), np.cumsum(breaks) - 1
    first = np.flatnonzero(breaks)
    heads = word.take(first + 1, mode="clip")
    heads[np.append(np.diff(first) == 1, True)] = 0
    sizes = np.append(np.diff(first) - 1, 0)
    bare, long = np.append(np.uint64(0), heads), np.searchsorted(SIZES, sizes, "right")
    follows = np.append(heads[1:], np.uint64(0))
    sort = long + 8 * (bare[:-1] == 0) + 16 * (follows == 0) + 32 * np.append(0, long[:-1] + 1)
    is_line = (sizes < LINE) & (alone | (bare[:-1] > 0) | (follows > 0))
    sort, earlier, later = np.where(is_line, sort, long), bare[:-1] * is_line, follows * is_line
    colon = np.maximum.accumulate(np.where(word == COLON, places, -1))
    is_keyed = (colon > first[number]) & (colon < places)
    key = np.where(is_keyed, word.take(colon - 1, mode="clip"), np.uint64(0))
    return heads[number], key, earlier[number], later[number], sort.astype(np.uint64)[number]


def _letters(word: Hashes, breaks: npt.NDArray[np.bool_]) -> Hashes:
    """Whether the text of each word is written by somebody to somebody."""
    text = np.cumsum(breaks & np.append(breaks[1:], np.False_))
    return (np.bincount(text, np.isin(word, _to_somebody())) > 0).astype(np.uint64)[text]


@cache
def _to_somebody() -> Hashes:
    return np.array(sorted(zlib.crc32(word.encode()) for word in told("letter")), np.uint64)
