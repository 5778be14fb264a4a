"""The arithmetic of an evaluation: from judgements to figures."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from igmap.inventory.detectors import DETECTORS
from igmap.inventory.discovering import Look
from igmap.inventory.evaluation.evaluation import Bin, Confusion, Evaluation, HiddenRecall, Miss, Rate, Score
from igmap.inventory.evaluation.judged import Judged, Judgement
from igmap.inventory.evaluation.truth import Hidden, Place
from igmap.inventory.inventory import Field, Verdict

EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)
SURE = 0.9
NORMAL_95 = 1.959963984540054  # two-sided quantile of the standard normal distribution
ALSO = {"account_id": {"url"}}  # an account number hides in links; the detector of personal links finds it


def figures(fields: Judged, look: Look = "all", hidden: Iterable[Hidden] = ()) -> Evaluation:
    """Every figure of an evaluation.

    Args:
        fields: truth beside verdict.
        look: what discovery was shown.
        hidden: identifiers in fields that are something else.
    """
    all_of, claims = fields.judgements, [j for j in fields.judgements if j.field.verdict != "undecided"]
    scored, bins = tuple(scores(all_of)), tuple(calibration(claims))
    ordinary = [j for j in all_of if j.truth.category == "none"]
    return Evaluation(
        look=look,
        fields=rate(j.right for j in all_of),
        macro_f1=sum(score.f1 for score in scored) / len(scored) if scored else 1.0,
        direct=rate(j.right for j in all_of if j.truth.identifiability == "direct"),
        alarms=rate(j.field.verdict == "found" for j in ordinary),
        undecided=rate(j.field.verdict == "undecided" for j in all_of),
        undecided_none=rate(j.field.verdict == "undecided" for j in ordinary),
        calibration_error=calibration_error(bins),
        sure=rate(j.right for j in claims if j.field.confidence >= SURE),
        scores=scored,
        confusions=confusions(all_of),
        calibration=bins,
        misses=tuple(_miss(j) for j in all_of if not j.right),
        hidden=tuple(hidden_recall(hidden, all_of)),
        unmatched=fields.unmatched,
        untold=fields.untold,
    )


def rate(outcomes: Iterable[bool]) -> Rate:
    """How many are true, with the bounds within which the share lies with 95 % certainty.

    Source: Wilson 1927, doi 10.1080/01621459.1927.10502953.

    Example:
        >>> rate([True] * 9 + [False])
        Rate(count=9, of=10, low=0.5958, high=0.9821)
    """
    seen = list(outcomes)
    count, of = sum(seen), len(seen)
    if not of:
        return Rate(0, 0, 0.0, 1.0)
    share, spread = count / of, NORMAL_95**2 / of
    middle = (share + spread / 2) / (1 + spread)
    half = NORMAL_95 / (1 + spread) * math.sqrt(share * (1 - share) / of + spread / (4 * of))
    return Rate(count, of, round(max(0.0, middle - half), 4), round(min(1.0, middle + half), 4))


def scores(judgements: Sequence[Judgement]) -> Iterator[Score]:
    """A score for every category that is somewhere or was found, by name."""
    truth = Counter(j.truth.category for j in judgements)
    found = Counter(j.field.category for j in judgements)
    right = Counter(j.truth.category for j in judgements if j.right)
    for category in sorted(truth | found):
        yield Score(category, truth[category], found[category], right[category])


def confusions(judgements: Iterable[Judgement]) -> tuple[Confusion, ...]:
    """What was taken for what, the most frequent first."""
    pairs = Counter((j.truth.category, j.field.category) for j in judgements if not j.right)
    return tuple(Confusion(*pair, count) for pair, count in sorted(pairs.items(), key=lambda item: (-item[1], item[0])))


def calibration(judgements: Iterable[Judgement]) -> Iterator[Bin]:
    """Found and none verdicts by confidence; bins in which nothing falls are left out."""

    def key(judgement: Judgement) -> tuple[Verdict, float]:
        return judgement.field.verdict, max(edge for edge in EDGES if edge <= judgement.field.confidence)

    for (verdict, lowest), members in groupby(sorted(judgements, key=key), key):
        held = list(members)
        yield Bin(verdict, lowest, sum(j.field.confidence for j in held) / len(held), rate(j.right for j in held))


def calibration_error(bins: Iterable[Bin]) -> float:
    """The expected calibration error: distance of confidence and share right, weighted by count; 0 without verdicts.

    Source: Naeini et al. 2015, doi 10.1609/aaai.v29i1.9602.
    """
    held = list(bins)
    total = sum(one.rate.of for one in held)
    return sum(one.rate.of * abs(one.confidence - one.rate.share) for one in held) / total if total else 0.0


def hidden_recall(hidden: Iterable[Hidden], judgements: Iterable[Judgement]) -> Iterator[HiddenRecall]:
    """Per category how many hidden identifiers were counted: a field's detections, up to what is hidden in it."""
    fields = {j.truth.place: j.field for j in judgements}
    wanted: Counter[tuple[str, Place]] = Counter((one.category, one.place) for one in hidden)
    for category, members in groupby(sorted(wanted.items()), lambda item: item[0][0]):
        held = [(fields.get(place), count) for (_, place), count in members]
        found = sum(min(_detected(field, category), count) for field, count in held if field)
        of = sum(count for _, count in held)
        yield HiddenRecall(category, rate([True] * found + [False] * (of - found)))


def _detected(field: Field, category: str) -> int:
    speak = {d.id for d in DETECTORS if d.category == category} | ALSO.get(category, set()) | {category}
    return max((d.count for d in field.detections if d.detector in speak), default=0)


def _miss(judgement: Judgement) -> Miss:
    field = judgement.field
    return Miss(
        judgement.shown, judgement.truth.category, field.category, field.verdict, field.confidence, field.reasons
    )
