"""Columns in which identifiers of several kinds stand, or one kind between other things: `contact`, `waarde`."""

from collections.abc import Iterator, Sequence

from igmap.inventory.detectors import Detector
from igmap.inventory.tally import Evidence
from igmap.inventory.votes import FULL, MOST, PARTLY, UNLIKE_ANY, Reason, Vote, share_of, weights
from igmap.vocabulary import CATEGORIES

SOME = 0.2  # of the values: so many are no accident
LEAST = 4  # different values: a check digit is met by chance once in ten, four times in a row hardly
SURE = 3.8  # log-odds of a column full of it: forms that much else has too are left out


def mixed_votes(evidence: Evidence, detectors: Sequence[Detector], *, of_things: bool) -> Iterator[Vote]:
    """What speaks where most values identify somebody, each in one of several ways, or many values among others do.

    Args:
        evidence: counts over the field's distinct values.
        detectors: those whose counts are in the evidence.
        of_things: whether the name of the field says that things are numbered, as invoices are: some numbers of these
            are like numbers of persons, none is like an address.
    """
    asked = [one for one in detectors if not of_things or one.id in UNLIKE_ANY]
    held = {one: share_of(evidence, f"whole:{one.id}") for one in asked if _tells(one, evidence)}
    kinds = sorted(held, key=lambda one: (-held[one], one.id))
    together = min(1.0, round(sum(held.values()), 3))  # a value is no more than one of them as a whole
    if together < SOME or held[kinds[0]] >= FULL:
        return
    first, *others = kinds
    if others and together >= FULL:
        own = max(0.0, (held[first] - first.noise) / (FULL - first.noise))
        said: Reason = {"code": "mixed", "share": together, "detector": first.id, "second": others[0].id}
        yield Vote(first.category, f"detector:{first.id}", 1.0 - own, said, first.weight)
    else:
        yield Vote(first.category, PARTLY, 0.0, {"code": "partly", "share": held[first], "detector": first.id})


def _tells(detector: Detector, evidence: Evidence) -> bool:
    """Whether values that it takes for one surely are, in this column: more than by chance."""
    whole, shaped = evidence[f"whole:{detector.id}"], evidence[f"shape:{detector.id}"]
    sure = weights().get(f"detector:{detector.id}", detector.weight) >= SURE and detector.category != "address"
    meaning = CATEGORIES[detector.category]
    counts = meaning.identifiability == "direct" or meaning.secret  # versions look like keys, such as 10.2.0.1
    return sure and counts and whole >= LEAST and not (detector.chance and whole < MOST * shaped)
