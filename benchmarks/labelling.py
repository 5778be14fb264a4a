"""How far those who labelled the corpora agree, and igmap with each: `PYTHONPATH=. python benchmarks/labelling.py`.

Macro F1 of one as if it were a tool and the other the truth, the mean of both ways; over each part of a corpus, first
seed. Of igmap macro F1, recall of direct identifiers and false alarms, by the author, by each reader, and by what two
of the three say (docs/labelling.md), which is what benchmarks/evaluate.py counts. Prints totals only.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from benchmarks.evaluate import DRAWN, PARTS, judgements
from benchmarks.labelled import called, read, readings
from igmap.inventory.evaluation import Evaluation, Score, figures
from igmap.inventory.evaluation.judged import Judged

WHO = ("author", "one", "other", "settled")


def agreement(one: Sequence[str], other: Sequence[str]) -> float:
    """Macro F1 of one list of labels by another: each way the same, since precision and recall change places.

    Example:
        >>> agreement(["name", "none", "none"], ["name", "name", "none"])
        0.6666666666666666
    """
    counts, others = Counter(one), Counter(other)
    right = Counter(a for a, b in zip(one, other, strict=True) if a == b)
    scored = [Score(c, counts[c], others[c], right[c]).f1 for c in counts | others]
    return sum(scored) / len(scored) if scored else 1.0


def main() -> None:
    """Print a block per part that others than its author have read."""
    for corpus in DRAWN:
        for part in PARTS[corpus]:
            if readings(corpus, part):
                _part(corpus, part)


def _part(corpus: str, part: str) -> None:
    held = [j for drawn, own in judgements(corpus, 1, "all") if drawn.part == part for j in own]
    readings = [read(corpus, part, j.truth) for j in held]
    said = {who: [getattr(reading, who) for reading in readings] for who in WHO}
    pairs = {f"{a} and {b}": (said[a], said[b]) for a, b in (("one", "other"), ("author", "one"), ("author", "other"))}
    print(f"{corpus}, {part}: {len(held)} fields; {_changed(said)} settled otherwise than by the author")
    for name, (a, b) in pairs.items():
        same = sum(x == y for x, y in zip(a, b, strict=True)) / len(held)
        print(f"  {name}: same label {same:.3f}, macro F1 {agreement(a, b):.3f}")
    for who in WHO:
        by = [replace(j, truth=called(j.truth, c)) for j, c in zip(held, said[who], strict=True)]
        print(f"  igmap by {who}: {_told(figures(Judged(tuple(by), (), ())))}")


def _changed(said: dict[str, list[str]]) -> int:
    return sum(a != b for a, b in zip(said["author"], said["settled"], strict=True))


def _told(told: Evaluation) -> str:
    return f"macro F1 {told.macro_f1:.3f}, direct recall {told.direct.share:.3f}, false alarms {told.alarms.share:.3f}"


if __name__ == "__main__":
    main()
