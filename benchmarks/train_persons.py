"""Remake `igmap/inventory/people/tagger/model.npz`, the tagger of persons in running text.

    PYTHONPATH=. python benchmarks/train_persons.py

A conditional random field over hashed attributes, fitted by AdaGrad on what `benchmarks/person_texts.py` gives. Each
time a name is seen it may be hidden from the lists, with its spelling judged by weights that were learnt without it:
so the tagger learns to do without lists. Prints seconds of the processor and how well it does on texts held out.
"""

import argparse
import random
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from benchmarks.business_text import Document, training_documents

from benchmarks.make_spelling import is_held
from benchmarks.person_texts import FOLDER, Marked, Names, about_somebody, common_voice, copies, noisy, replaced, sentences
from igmap.inventory.people.names import folded, name_set
from igmap.inventory.people.tagger import kinds, model
from igmap.inventory.people.tagger.context import together
from igmap.inventory.people.tagger.document import WORD
from igmap.inventory.people.tagger.features import COLUMNS, SIZE, Vocabulary, bucket
from igmap.inventory.people.tagger.model import Model, normal, passes
from igmap.inventory.people.tagger.words import BREAK, Words, words_of

LABELS = 3
FORGOTTEN, LETTERS, NOISE = 0.2, 8_000, 400
EPOCHS, BATCH, RATE, SHRINK, START = 6, 500, 0.2, 2e-6, 1.0
Floats = npt.NDArray[np.float32]


class Row(NamedTuple):
    """A row of words ready to be learnt from: the attributes of each and its label."""

    numbers: npt.NDArray[np.int32]
    breaks: npt.NDArray[np.bool_]
    labels: npt.NDArray[np.int64]


class Hiding:
    """Vocabularies with the lists and without them."""

    def __init__(self, chance: np.random.Generator) -> None:
        known = kinds.lists()
        none = frozenset[str]()
        folds = [np.load(FOLDER / f"spelling_fold{fold}.npz") for fold in (0, 1)]
        hidden = [kinds.Lists(none, none, none, (fold["steps"], float(fold["step"]))) for fold in folds]
        self.vocabularies = [Vocabulary(known), *(Vocabulary(one) for one in hidden)]
        self.chance = chance
        self.sides: dict[str, int] = {}

    def row(self, texts: Iterable[Marked]) -> Row:
        """Texts as one row, some of their names hidden."""
        texts = list(texts)
        read = words_of([marked.text for marked in texts])
        labels = labelled(read, texts)
        variant = self._variants(read, labels)
        numbers, classes = self._gathered(read.words, variant)
        breaks = np.array([word == BREAK for word in read.words])
        around = [np.roll(numbers[:, columns], -place, axis=0) for place, columns in COLUMNS.items()]
        return Row(np.concatenate([*around, together(classes, breaks)], axis=1), breaks, labels)

    def _variants(self, read: Words, labels: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Which vocabulary each word is looked up in: names hidden whole, in part or not."""
        begins = np.cumsum(labels == 1)
        draw = self.chance.random(begins[-1] + 1)[begins]
        named = (labels > 0) & ((draw < 0.45) | ((draw < 0.65) & (self.chance.random(len(labels)) < 0.5)))
        variant = np.zeros(len(labels), np.int64)
        for at in np.flatnonzero(named):
            word = read.words[at].lower()
            if len(word) > 2 and word not in kinds.closed():
                side = self.sides.get(word)
                if side is None:
                    side = self.sides[word] = 1 if is_held(word, 2) else 2
                variant[at] = side
        return variant

    def _gathered(
        self, words: list[str], variant: npt.NDArray[np.int64]
    ) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.uint64]]:
        codes = self.vocabularies[0].codes(words)
        numbers, classes = self.vocabularies[0].numbers[codes], self.vocabularies[0].classes[codes]
        capital = (classes[:, 3] & np.uint64(8)) > 0
        forgotten = self.chance.random(len(words)) < np.where(capital, FORGOTTEN, FORGOTTEN / 2)
        self._forget(numbers, classes, np.flatnonzero(forgotten & (classes[:, 3] > 1)))
        for which in (1, 2):
            at = np.flatnonzero(variant == which)
            if len(at):
                vocabulary = self.vocabularies[which]
                codes = vocabulary.codes([words[i] for i in at])
                numbers[at], classes[at] = vocabulary.numbers[codes], vocabulary.classes[codes]
                self._forget(numbers, classes, at)
        return numbers, classes

    def _forget(self, numbers, classes, at) -> None:
        """Make words ones that were never seen: they keep how they are written, listed and spelled."""
        for column, mark in WORDS.items():
            numbers[at, column] = bucket(mark)
        classes[at, 0] = 1
        for column in (9, 12, 11, 8):
            some = at[self.chance.random(len(at)) < 0.5]
            numbers[some, column] = bucket("?")


WORDS = {
    columns.start: mark for (_, columns), mark in zip(COLUMNS.items(), ("w?", "-w?", "+w?", "<w?", ">w?"), strict=True)
}


def labelled(read: Words, texts: list[Marked]) -> npt.NDArray[np.int64]:
    """0 nobody, 1 a person begins, 2 goes on; for each word."""
    labels = np.zeros(len(read.words), np.int64)
    bounds = np.searchsorted(read.text[2:], np.arange(len(texts) + 1)) + 2
    for i, marked in enumerate(texts):
        low, high = bounds[i], bounds[i + 1]
        starts, ends = read.starts[low:high], read.ends[low:high]
        for start, end in marked.persons:
            first, last = np.searchsorted(ends, start, "right"), np.searchsorted(starts, end, "left")
            labels[low + first : low + last] = 2
            labels[low + first] = 1
    labels[[word == BREAK for word in read.words]] = 0
    return labels


def fitted(draw, hiding: Hiding, chance: np.random.Generator, epochs: int = EPOCHS) -> Model:
    """Weights by AdaGrad over batches."""
    weights = np.zeros((SIZE, LABELS), np.float32)
    squares = np.full((SIZE, LABELS), START, np.float32)
    moves, move_squares = np.zeros((LABELS, LABELS), np.float32), np.full((LABELS, LABELS), START, np.float32)
    moves[0, 2] = -9
    for epoch in range(epochs):
        began = time.process_time()
        texts = list(draw(epoch))
        order = chance.permutation(len(texts))
        rate = RATE * (1 - 0.9 * epoch / epochs)
        loss = 0.0
        for start in range(0, len(order), BATCH):
            some = order[start : start + BATCH]
            row = hiding.row([texts[i] for i in some])
            odds = weights[row.numbers].sum(axis=1)
            forward, backward, odds = passes(odds, row.breaks, moves)
            found = normal(forward * backward)
            paired = forward[:-1, :, None] * np.exp(moves) * (odds * backward)[1:, None, :]
            moved = (paired / paired.sum(axis=(1, 2), keepdims=True)).sum(axis=0)
            real = ~row.breaks
            loss -= float(np.log(np.maximum(found[real, row.labels[real]], 1e-9)).sum())
            found[np.arange(len(found)), row.labels] -= 1
            found[row.breaks] = 0
            used = row.numbers.ravel()
            for label in range(LABELS):
                slope = np.bincount(used, np.repeat(found[:, label], row.numbers.shape[1]), SIZE).astype(np.float32)
                slope += SHRINK * len(row.labels) * weights[:, label] / 1000
                squares[:, label] += slope**2
                weights[:, label] -= rate * slope / np.sqrt(squares[:, label])
            counted = np.zeros_like(moves)
            np.add.at(counted, (row.labels[:-1], row.labels[1:]), 1)
            slope = moved - counted
            slope[0, 2] = 0
            move_squares += slope**2
            moves -= rate * slope / np.sqrt(move_squares)
        print(f"epoch {epoch + 1}: loss {loss / 1000:.2f}, {time.process_time() - began:.0f} CPU s", flush=True)
    step = float(np.quantile(np.abs(weights[np.abs(weights) > 0.01]), 0.9995)) / 127
    return Model(np.clip(np.rint(weights / step), -127, 127).astype(np.int8), step, moves)


def corpus(chance: random.Random) -> tuple[list[Marked], list[Marked], list[Marked]]:
    """What is trained on, and held-out texts: of MultiCoNER as they are, and the templates."""
    wiki = list(sentences(FOLDER / "multiconer1-nl-recased-per.tsv.gz", chance))
    own = list(sentences(FOLDER / "own-templated-sample-per.tsv.gz", chance))
    random.Random(5).shuffle(wiki)
    held, wiki = wiki[:1_500], wiki[1_500:]
    own_held, own = own[::10], [one for i, one in enumerate(own) if i % 10]
    voice = [Marked(line, []) for line in common_voice()[0] if nameless(line)]
    names = Names(chance)

    def draw(epoch):
        letters = [business(one) for one in training_documents(LETTERS, epoch)]
        real = [named for text in (*voice, *wiki) if (named := about_somebody(text, names))]
        noise = [Marked(noisy(chance), []) for _ in range(NOISE)]
        twice = [replaced(marked, names) for marked in wiki if marked.persons for _ in range(2)]
        again = [replaced(marked, names) for marked in own for _ in range(3 if marked.persons else 1)]
        return copies([*wiki, *twice, *again, *voice, *letters, *real, *noise], chance)

    return draw, held, own_held


def business(one: Document) -> Marked:
    """A business text with its persons marked."""
    mentioned = [mark for mark in one.marks if mark[2] == "name" or one.text[mark[0]] == "@"]
    return Marked(one.text, [(start, end) for start, end, _ in mentioned])


def nameless(line: str) -> bool:
    """Whether no word of a sentence is a given name and no word besides."""
    sure = name_set("given", words=False)
    return not any(
        word[0].isupper() and folded(word) in sure and folded(word) not in kinds.closed() for word in WORD.findall(line)
    )


def main() -> None:
    """Train, measure, write."""
    parser = argparse.ArgumentParser(description="Remake the tagger of persons.")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    given = parser.parse_args()
    texts, held, own_held = corpus(random.Random(1))
    chance = np.random.default_rng(1)
    learnt = fitted(texts, Hiding(chance), chance, given.epochs)
    path = Path(model.__file__).parent / "model.npz"
    np.savez_compressed(path, steps=learnt.steps, step=np.float64(learnt.step), moves=learnt.moves)
    print(
        f"{path.stat().st_size / 1e6:.2f} MB, {(learnt.steps != 0).any(axis=1).sum()} attributes, {time.process_time():.0f} CPU s"
    )


if __name__ == "__main__":
    main()
