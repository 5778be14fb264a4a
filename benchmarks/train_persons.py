"""Remake `igmap/inventory/people/tagger/model.npz`, the tagger of persons in running text.

    PYTHONPATH=. python benchmarks/train_persons.py

A conditional random field over hashed attributes, fitted by AdaGrad on texts that are drawn anew every few rounds
(`person_corpus` below), from four seeds; their mean is kept. Each time a name is seen it may be hidden from the
lists, with its spelling judged by weights that were learnt without it, and other words may be forgotten: so the tagger
learns to do without. Places and other names are labels of their own, so that what is no person is learnt as what it is;
where they are not marked a word that names no person may be any of them or none, and an unmarked word that looks like
a name may be anything, so that nothing is learnt of a mark that was forgotten. Prints seconds of the processor and how
well persons are found in sentences held out.
"""

import random
import resource
import time
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from benchmarks import person_texts
from benchmarks.business_text import training_documents, training_sentences
from benchmarks.drawn_names import Names
from benchmarks.make_spelling import is_held
from benchmarks.person_texts import (
    FOLDER,
    Marked,
    abbreviated,
    about_somebody,
    alone,
    business,
    common_voice,
    copies,
    is_nameless,
    noise,
    ordinary_words,
    pages,
    persons_only,
    replaced,
    sentences,
)
from igmap.inventory.people.tagger import Tagger, kinds, model
from igmap.inventory.people.tagger.context import TITLED, WORD, together
from igmap.inventory.people.tagger.features import COLUMNS, SIZE, Vocabulary, bucket
from igmap.inventory.people.tagger.model import BEGINS, GOES_ON, GROUP, LABELS, NOBODY, PLACE, Model, normal, passes
from igmap.inventory.people.tagger.words import BREAK, Words, words_of

SEEDS = (1, 2, 3, 4)  # each draws texts of its own; the mean of what they learn wavers less than any one
PROCESSES = 2  # seeds that are learnt at once
ROUNDS, BATCH, RATE, SHRINK, START = 8, 800, 0.3, 5e-7, 1.0
TIMES = 4  # rounds with the same texts, each time with other names hidden
SELDOM = 10  # batches after which weights are shrunk, and taken into the mean
MEAN_FROM = 4  # the round from which on weights are averaged, so that the last texts do not count most
HIDDEN, PARTLY = 0.45, 0.2  # of persons: no word of theirs is in a list; about half of their words are in none
FORGOTTEN = {True: 0.15, False: 0.1}  # of words with a capital, and of others
SHORTEST = 3  # letters of a name that is hidden
BUSINESS, MADE, NOISE, ALONE, PLAIN, HELD = 13_000, 9_000, 300, 600, 18_000, 1_500  # texts
AFFIXES = (8, 9, 11, 12)  # columns of beginnings and ends of three letters and more
NEVER = np.float32(-9)
STEPS = 50  # of nearly all weights, so that the packed model stays small; those beyond go up to 127
ALLOWED = np.eye(LABELS + 2, LABELS, dtype=np.bool_)  # which labels a word may have, by what is marked
ALLOWED[UNMARKED := LABELS, [NOBODY, GROUP, PLACE]] = True
ALLOWED[DOUBTED := LABELS + 1] = True
MARKED = {
    person_texts.GROUP: GROUP, person_texts.PLACE: PLACE, person_texts.UNKNOWN: UNMARKED, person_texts.DOUBTED: DOUBTED,
}  # fmt: skip

Floats = npt.NDArray[np.float32 | np.float64]
Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int32]
Hashes = npt.NDArray[np.uint64]
Labels = npt.NDArray[np.int64]


class Row(NamedTuple):
    """A row of words ready to be learnt from: the attributes of each, which are breaks, the label of each."""

    numbers: Numbers
    breaks: Flags
    labels: Labels


class Read(NamedTuple):
    """Texts as words with the label of each."""

    words: list[str]
    breaks: Flags
    labels: Labels


class Hiding:
    """Makes rows in which some names are in no list and some words were never seen."""

    def __init__(self, seed: int) -> None:
        """Start with no word seen."""
        none = frozenset[str]()
        folds = [np.load(FOLDER / f"spelling_fold{fold}.npz") for fold in (0, 1)]
        hidden = [kinds.Lists(none, none, none, (fold["steps"], float(fold["step"]))) for fold in folds]
        self.vocabularies = [Vocabulary(kinds.lists()), *map(Vocabulary, hidden)]
        self.chance = np.random.default_rng(seed)

    def row(self, read: Read) -> Row:
        """Texts as one row, each time with other names hidden."""
        numbers, classes = self._looked_up(read.words, self._variants(read.words, read.labels))
        around = [np.roll(numbers[:, columns], -place, axis=0) for place, columns in COLUMNS.items()]
        return Row(
            np.concatenate([*around, together(classes, read.breaks, alone=True)], axis=1), read.breaks, read.labels
        )

    def _variants(self, words: list[str], labels: Labels) -> Labels:
        """Which vocabulary each word is looked up in: that with the lists, or the one that was learnt without it."""
        draw = self.chance.random(len(labels) + 1)[np.cumsum(labels == BEGINS)]
        some = (draw < HIDDEN + PARTLY) & (self.chance.random(len(labels)) < 0.5)  # noqa: PLR2004 - one in two
        variants = np.zeros(len(labels), np.int64)
        for at in np.flatnonzero(np.isin(labels, (BEGINS, GOES_ON)) & ((draw < HIDDEN) | some)).tolist():
            word = words[at].lower()
            if len(word) >= SHORTEST and word not in kinds.closed():
                variants[at] = 1 if is_held(word, 2) else 2
        return variants

    def _looked_up(self, words: list[str], variants: Labels) -> tuple[Numbers, Hashes]:
        codes = self.vocabularies[0].codes(words)
        numbers, classes = self.vocabularies[0].numbers[codes], self.vocabularies[0].classes[codes]
        share = np.where((classes[:, 3] & TITLED) > 0, FORGOTTEN[True], FORGOTTEN[False])
        forgotten = (self.chance.random(len(words)) < share) & ((classes[:, 3] & WORD) > 0)
        for fold in (1, 2):
            at = np.flatnonzero(variants == fold)
            codes = self.vocabularies[fold].codes([words[i] for i in at])
            numbers[at], classes[at] = self.vocabularies[fold].numbers[codes], self.vocabularies[fold].classes[codes]
        self._forget(numbers, classes, np.flatnonzero(forgotten | (variants > 0)))
        return numbers, classes

    def _forget(self, numbers: Numbers, classes: Hashes, at: Labels) -> None:
        """Words as if they were never seen: what stays is how they are written, listed and spelled."""
        for place, columns in COLUMNS.items():
            numbers[at, columns.start] = bucket(f"{place}?")
        classes[at, 0] = 1
        for column in AFFIXES:
            numbers[at[self.chance.random(len(at)) < 0.5], column] = bucket("?")  # noqa: PLR2004 - one in two


def read_at_once(texts: list[Marked]) -> Read:
    """Texts that are learnt from together."""
    read = words_of([marked.text for marked in texts])
    return Read(read.words, np.array([word == BREAK for word in read.words]), labelled(read, texts))


def labelled(read: Words, texts: list[Marked]) -> Labels:
    """The label of each word, or which ones it may have (`UNMARKED`, `DOUBTED`)."""
    labels = np.full(len(read.words), NOBODY)
    bounds = np.searchsorted(read.text[2:], np.arange(len(texts) + 1)) + 2
    for marked, low, high in zip(texts, bounds, bounds[1:], strict=False):
        starts, ends = read.starts[low:high], read.ends[low:high]
        others = [(start, end, MARKED[kind]) for start, end, kind in marked.others]
        for start, end, label in (*others, *((*person, GOES_ON) for person in marked.persons)):
            first, last = np.searchsorted(ends, start, "right"), np.searchsorted(starts, end, "left")
            labels[low + first : low + last] = label
            if label == GOES_ON:
                labels[low + first] = BEGINS
    labels[[word == BREAK for word in read.words]] = NOBODY
    return labels


class Learnt:
    """Weights that are being learnt, each with the squares of its slopes so far."""

    def __init__(self) -> None:
        """Know nothing."""
        self.weights = np.zeros((LABELS, SIZE), np.float32)
        self.squares = np.full((LABELS, SIZE), START, np.float32)
        self.moves = np.zeros((LABELS, LABELS), np.float32)
        self.moves[NOBODY, GOES_ON] = NEVER
        self.move_squares = np.full((LABELS, LABELS), START, np.float32)
        self.is_used, self.places = np.zeros(SIZE, np.bool_), np.zeros(SIZE, np.int32)
        self.times, self.mean, self.mean_moves = 0, np.zeros_like(self.weights), np.zeros_like(self.moves)

    def learn(self, row: Row, rate: float) -> float:
        """A step from what is expected of a row towards what is expected once its marks are known.

        Returns:
            The summed negative log of how likely the labels are that each word may have.
        """
        odds = np.stack([weights[row.numbers].sum(axis=1) for weights in self.weights], axis=1)
        allowed = ALLOWED[row.labels]
        likely, moves = self._expected(odds, row.breaks)
        wanted, wanted_moves = self._expected(np.where(allowed, odds, -np.inf), row.breaks)
        right = (likely * allowed).sum(axis=1)
        self._step(row, likely - wanted, rate)
        slope = moves - wanted_moves
        slope[NOBODY, GOES_ON] = 0
        self.move_squares += slope**2
        self.moves -= rate * slope / np.sqrt(self.move_squares)
        return -float(np.log(np.maximum(right[~row.breaks], 1e-9)).sum())

    def _expected(self, odds: Floats, breaks: Flags) -> tuple[Floats, Floats]:
        """How likely each label is for each word; how often one label is likely to follow another."""
        forward, backward, odds = passes(odds, breaks, self.moves)
        paired = forward[:-1, :, None] * np.exp(self.moves) * (odds * backward)[1:, None, :]
        return normal(forward * backward), (paired / paired.sum(axis=(1, 2), keepdims=True)).sum(axis=0)

    def _step(self, row: Row, error: Floats, rate: float) -> None:
        used, width = row.numbers.ravel(), row.numbers.shape[1]
        self.is_used[used] = True
        at = np.flatnonzero(self.is_used)
        self.is_used[at], self.places[at] = False, np.arange(len(at), dtype=np.int32)
        places = self.places[used]
        for label in range(LABELS):
            slope = np.bincount(places, np.repeat(error[:, label], width), len(at)).astype(np.float32)
            self.squares[label, at] += slope**2
            self.weights[label, at] -= np.float32(rate) * slope / np.sqrt(self.squares[label, at])

    def shrink(self, strength: float) -> None:
        """Draw all weights towards nothing; those that were often right hold out longest."""
        self.weights -= np.float32(strength) * self.weights / np.sqrt(self.squares)

    def remember(self) -> None:
        """Take the weights as they are now into the mean."""
        self.times += 1
        self.mean += (self.weights - self.mean) / np.float32(self.times)
        self.mean_moves += (self.moves - self.mean_moves) / np.float32(self.times)


def person_corpus(seed: int) -> tuple[Callable[[int], Iterator[Marked]], list[Marked]]:
    """What draws the texts of a round; and sentences held out."""
    chance, always = random.Random(seed), random.Random(1)
    names = Names(chance)
    wiki = list(sentences(FOLDER / "multiconer1-nl-recased.tsv.gz", always))
    always.shuffle(wiki)
    held, wiki = wiki[:HELD], wiki[HELD:]
    own = [persons_only(*one[:2]) for one in sentences(FOLDER / "own-templated-sample-per.tsv.gz", chance)]
    voice = [persons_only(line, []) for line in common_voice()[0] if is_nameless(line)]
    named = [marked for marked in wiki if marked.persons]
    words = ordinary_words(one.text for one in voice)
    plain = [marked for marked in (*wiki, *voice) if not marked.persons]

    def drawn(turn: int) -> Iterator[Marked]:
        somebody = (about_somebody(marked, names) for marked in (*voice, *wiki))
        texts = [
            *named, *(replaced(abbreviated(marked, chance), names) for marked in (*named, *named, *own, *own)),
            *(marked for marked in somebody if marked), *chance.sample(plain, PLAIN),
            *map(business, training_documents(BUSINESS, 100 * seed + turn)),
            *map(business, training_sentences(MADE, 100 * seed + turn)), *(noise(chance) for _ in range(NOISE)),
            *(alone(names) for _ in range(ALONE)),
        ]  # fmt: skip
        return copies(pages(texts, words, names), chance)

    return drawn, held


def fitted(seed: int) -> tuple[Floats, Floats]:
    """The mean weights of all later rounds, each slower than the one before, and those of moves."""
    drawn, _ = person_corpus(seed)
    learnt, hiding, chance = Learnt(), Hiding(seed), random.Random(seed)
    batches: list[Read] = []
    for turn in range(ROUNDS):
        began, rate = time.process_time(), RATE * (1 - 0.7 * turn / ROUNDS)
        if turn % TIMES == 0:
            texts = list(drawn(turn))
            chance.shuffle(texts)
            batches = [read_at_once(texts[at : at + BATCH]) for at in range(0, len(texts), BATCH)]
        chance.shuffle(batches)
        loss, words = 0.0, 0
        for number, batch in enumerate(batches, 1):
            row = hiding.row(batch)
            loss, words = loss + learnt.learn(row, rate), words + len(row.labels)
            if number % SELDOM == 0:
                learnt.shrink(rate * SHRINK * words)
                words = 0
                if turn >= MEAN_FROM:
                    learnt.remember()
        spent = time.process_time() - began
        print(f"seed {seed}, round {turn + 1}: {loss / len(batches):.0f} a batch, {spent:.0f} CPU s", flush=True)
    return learnt.mean, learnt.mean_moves


def in_steps(mean: Floats, moves: Floats) -> Model:
    """Weights in whole steps."""
    sizes = np.abs(mean)
    step = float(np.quantile(sizes[sizes > 0.01], 0.9995)) / STEPS  # noqa: PLR2004 - those that say something
    steps = np.clip(np.rint(mean.T / step), -127, 127).astype(np.int8, order="C")  # packs smaller by attribute
    return Model(steps, step, moves)


def measured(learnt: Model, texts: list[Marked]) -> str:
    """Precision and recall of exact places."""
    found = Tagger(kinds.lists(), learnt).persons([marked.text for marked in texts])
    right = sum(len({one[:2] for one in some} & set(marked.persons)) for some, marked in zip(found, texts, strict=True))
    precision, recall = right / sum(map(len, found)), right / sum(len(marked.persons) for marked in texts)
    return f"precision {precision:.3f}, recall {recall:.3f} of {len(texts)} sentences held out"


def main() -> None:
    """Train, measure, write."""
    _, sentences_held = person_corpus(SEEDS[0])
    with get_context("spawn").Pool(PROCESSES) as pool:
        means, moves = zip(*pool.map(fitted, SEEDS), strict=True)
    learnt = in_steps(np.mean(means, axis=0), np.mean(moves, axis=0))
    path = Path(model.__file__).parent / "model.npz"
    held = np.frombuffer(model.packed(learnt.steps), np.uint8)
    np.savez(path, packed=held, step=np.float64(learnt.step), moves=learnt.moves)
    print(measured(learnt, sentences_held))
    spent = time.process_time() + resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    attributes = int((learnt.steps != 0).any(axis=1).sum())
    print(f"{attributes:,} attributes, {path.stat().st_size / 1e6:.2f} MB, {spent:.0f} CPU s")


if __name__ == "__main__":
    main()
