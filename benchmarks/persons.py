"""How well persons are found in text: `PYTHONPATH=. python benchmarks/persons.py [FOLDER]`.

FOLDER holds the corpora that only measure (CoNLL-2002 `ned.testb`, WikiNEuRal `nl/test.conllu`); igmap learns nothing
of them and does not ship them.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.person_corpora import Corpus, corpora, lowered
from benchmarks.person_scores import Finder, Score, one_by_one, scored
from igmap.inventory.people import find_persons


def of_corpus(corpus: Corpus, find: Finder) -> dict[str, Score]:
    """Scores sentence by sentence, with whole documents, and without capitals."""
    return {
        "sentence": scored(corpus.sentences, find),
        "document": scored(corpus.texts, find),
        "lower-cased": scored([lowered(one) for one in corpus.sentences], find),
    }


def _told(corpus: Corpus, found: dict[str, Score]) -> Iterator[str]:
    part = "a sample: " if corpus.is_sample else ""
    persons = found["sentence"].total[0]
    size = f"{len(corpus.sentences)} sentences in {len(corpus.documents)} documents, {persons} persons"
    yield f"{corpus.name} ({part}{size})"
    for name, score in found.items():
        low, high = score.interval
        yield (
            f"  {name:12} exact F1 {score.f1:.3f} [{low:.3f}, {high:.3f}], precision {score.precision:.3f}, "
            f"recall {score.recall:.3f}; overlap recall {score.overlap_recall:.3f}"
        )


def main() -> None:
    """Print the figures."""
    for name, corpus in corpora(Path(sys.argv[1])).items():
        if corpus is None:
            print(f"{name}: not in {sys.argv[1]}")
            continue
        print("\n".join(_told(corpus, of_corpus(corpus, one_by_one(find_persons)))))


if __name__ == "__main__":
    main()
