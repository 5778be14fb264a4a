"""Whether confidence means what it says: `PYTHONPATH=. python benchmarks/calibration.py [--seeds 1 2 3]`.

Over both corpora of benchmarks/evaluate.py, with headers and blind: verdicts in bins of confidence with the share that
is right, apart for found and for none; "of verdicts at 0.9 at least 90 % are right" with a 95 % interval; and the
expected calibration error. An undecided field claims nothing and is only counted. Sealed tables take part in the sums.
"""

import argparse
from collections.abc import Sequence

from benchmarks.evaluate import judgements
from igmap.inventory.discovering import Look
from igmap.inventory.evaluation import Evaluation, Judgement, figures
from igmap.inventory.evaluation.judged import Judged
from igmap.inventory.evaluation.scores import SURE, rate

PROMISE = 0.9
LOOKS: tuple[Look, ...] = ("all", "values")
CORPORA = ("unseen", "second")


def fields(corpora: Sequence[str], look: Look, seeds: Sequence[int]) -> list[Judgement]:
    """Every field of the corpora as it is judged."""
    return [j for corpus in corpora for seed in seeds for _, held in judgements(corpus, seed, look) for j in held]


def main() -> None:
    """Print the curves and the promise."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    asked = parser.parse_args()
    for look in LOOKS:
        for corpora in ((CORPORA[0],), (CORPORA[1],), CORPORA):
            held = fields(corpora, look, asked.seeds)
            told = figures(Judged(tuple(held), (), ()), look)
            print(f"{' and '.join(corpora)}, {'headers and values' if look == 'all' else 'blind'}: {len(held)} fields")
            _bins(told)
            _promise(held, told)


def _bins(told: Evaluation) -> None:
    for one in told.calibration:
        rate_of, mean = one.rate, one.confidence
        print(
            f"  {one.verdict:6} from {one.lowest:.2f}: mean confidence {mean:.3f}, right {rate_of.share:.3f} "
            f"[{rate_of.low:.3f}, {rate_of.high:.3f}] of {rate_of.of}"
        )


def _promise(held: list[Judgement], told: Evaluation) -> None:
    sure = [j for j in held if j.field.confidence >= SURE]
    for verdict in ("found", "none"):
        own = rate(j.right for j in sure if j.field.verdict == verdict)
        kept = "kept" if own.low >= PROMISE else "broken" if own.high < PROMISE else "not shown"
        print(f"  {verdict} at {SURE}: {own.share:.3f} right [{own.low:.3f}, {own.high:.3f}] of {own.of}: {kept}")
    print(f"  undecided {told.undecided.count}, expected calibration error {told.calibration_error:.3f}")


if __name__ == "__main__":
    main()
