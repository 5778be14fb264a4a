"""How far those who labelled the corpora agree, and igmap with each: `PYTHONPATH=. python benchmarks/labelling.py`.

Macro F1 of one as if it were a tool and the other the truth (both ways the same), over each part of a corpus, first
seed: of both readers, and the mean of the author and either. Of igmap macro F1, recall of direct identifiers and false
alarms, by the author, by each reader, and by what two of the three say (docs/labelling.md), which is what
benchmarks/evaluate.py counts. Totals only; `--write` puts them into docs/detection.md.
"""

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from benchmarks.evaluate import DRAWN, PARTS, judgements
from benchmarks.labelled import called, read, readings
from benchmarks.written import DETECTION, figure, renew
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


HEAD = ("part", "readers", "author and readers", *(f"igmap by {who}" for who in WHO))


def main() -> None:
    """Print a line per part, or write the table of docs/detection.md."""
    rows = [_row(corpus, part) for corpus in DRAWN for part in PARTS[corpus] if readings(corpus, part)]
    if "--write" in sys.argv[1:]:
        renew(DETECTION, "labelling", HEAD, rows)
        return
    for row in rows:
        print("; ".join(f"{name} {told}" for name, told in zip(HEAD, row, strict=True)))


def _row(corpus: str, part: str) -> list[str]:
    held = [j for drawn, own in judgements(corpus, 1, "all") if drawn.part == part for j in own]
    by = [read(corpus, part, j.truth) for j in held]
    said = {who: [getattr(reading, who) for reading in by] for who in WHO}
    by_author = [agreement(said["author"], said[who]) for who in ("one", "other")]
    agreed = [figure(agreement(said["one"], said["other"])), figure(sum(by_author) / len(by_author))]
    told = [
        figures(
            Judged(tuple(replace(j, truth=called(j.truth, c)) for j, c in zip(held, said[who], strict=True)), (), ())
        )
        for who in WHO
    ]
    return [f"{corpus}, {part}", *agreed, *map(_told, told)]


def _told(told: Evaluation) -> str:
    return ", ".join(map(figure, (told.macro_f1, told.direct.share, told.alarms.share)))


if __name__ == "__main__":
    main()
