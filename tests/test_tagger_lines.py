"""What the tagger sees of lines, and how its weights are packed."""

import numpy as np
import numpy.typing as npt

from igmap.inventory.people.tagger.context import together
from igmap.inventory.people.tagger.features import SIZE, Vocabulary
from igmap.inventory.people.tagger.kinds import codes, lists
from igmap.inventory.people.tagger.model import LABELS, packed, unpacked
from igmap.inventory.people.tagger.words import BREAK, words_of

VOCABULARY = Vocabulary(lists())


def attributes(text: str, word: str) -> npt.NDArray[np.int32]:
    """Those that a word has by others."""
    read = words_of([text])
    breaks = np.array([one == BREAK for one in read.words])
    spellings = VOCABULARY.codes(read.words)
    seen: npt.NDArray[np.int32] = together(VOCABULARY.classes[spellings], breaks)[read.words.index(word)]
    return seen


def differ(one: str, other: str, word: str = "Xyq") -> int:
    """How many attributes of a word are others in the second text."""
    return int((attributes(one, word) != attributes(other, word)).sum())


def test_a_word_sees_what_stands_before_the_last_colon_however_far() -> None:
    assert differ("Wel aanwezig: a, b, c, d, Xyq", "Wel afwezig: a, b, c, d, Xyq") == 2


def test_a_word_sees_how_its_sentence_begins() -> None:
    assert differ("Aan a, b, c, d, Xyq", "Voor a, b, c, d, Xyq") == 1


def test_a_line_sees_those_around_it_and_a_long_sentence_does_not() -> None:
    line, sentence = "Xyq 1 a b", "Xyq 1 a b c d e f"
    assert differ(f"Namens o p q\n{line}", f"Tegen o p q\n{line}") == 2
    assert differ(f"{line}\nNamens o", f"{line}\nTegen o") == 1
    assert differ(f"Namens o p q\n{sentence}", f"Tegen o p q\n{sentence}") == 0


def test_a_short_text_alone_is_a_line_only_if_that_is_asked() -> None:
    read = words_of(["Xyq 1 a b"])
    spellings, breaks = VOCABULARY.codes(read.words), np.array([one == BREAK for one in read.words])
    lone, line = (together(VOCABULARY.classes[spellings], breaks, alone=alone)[2] for alone in (False, True))
    assert (lone != line).sum() == 2


def test_a_given_name_with_an_s_is_told_from_other_words() -> None:
    assert "q" in codes(["Fatimas"], lists())[0]
    assert "q" not in "".join(codes(["Fatima", "tafels", "s"], lists()))


def test_weights_are_the_same_once_unpacked() -> None:
    steps = np.zeros((SIZE, LABELS), np.int8)
    steps[::300] = np.random.default_rng(1).integers(-128, 128, steps[::300].shape)
    assert np.array_equal(unpacked(packed(steps)), steps)
