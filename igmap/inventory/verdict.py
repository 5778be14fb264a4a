"""One verdict per field: evidence of name and values as log-odds per category, with the reasons.

The weights are set by hand and will be fitted; they live beside the votes and in the detectors.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from igmap.inventory.detectors import DETECTORS, Detector
from igmap.inventory.evidence import Evidence
from igmap.inventory.header_votes import header_votes
from igmap.inventory.inventory import Detection, Field, Verdict
from igmap.inventory.votes import FEW, Vote, is_free_text, value_votes
from igmap.vocabulary import CATEGORIES, Profile

PROFILE_WEIGHT = 6.0
PRIOR = -2.5
FOUND, UNDECIDED = 0.6, 0.3


def judge(
    name: str,
    evidence: Evidence,
    *,
    profile: Profile | None = None,
    today: date,
    detectors: Sequence[Detector] = DETECTORS,
) -> Field:
    """The verdict on a field from its name and the evidence of its values.

    Args:
        name: as the export prints it.
        evidence: counts over the field's distinct values.
        profile: the known kind of export the table is; what it says of a field stands in place of the name.
        today: against which ages are reckoned.
        detectors: those whose counts are in the evidence.
    """
    known = profile.category(name) if profile else None
    named = (
        [Vote(known, PROFILE_WEIGHT, {"code": "profile", "profile": profile.name})]
        if profile and known
        else header_votes(name, evidence, detectors)
    )
    votes = [*named, *value_votes(evidence, today, detectors)]
    weights: dict[str, float] = {}
    for vote in votes:
        weights[vote.category] = weights.get(vote.category, 0.0) + vote.weight
    none = weights.pop("none", 0.0)
    ranked = sorted(((weight + PRIOR, category) for category, weight in weights.items()), reverse=True)
    best, category = ranked[0] if ranked else (-math.inf, "none")
    share = 1 / (1 + math.exp(none - best)) if ranked else 0.0
    runner_up = ranked[1][1] if len(ranked) > 1 else ("none" if share >= FOUND else category)
    field = _field(
        name, category if share >= FOUND else "none", share, runner_up if share >= FOUND else category, votes, evidence
    )
    return replace(field, detections=tuple(_detections(evidence, field.category, detectors)))


def _field(name: str, category: str, share: float, runner_up: str, votes: list[Vote], evidence: Evidence) -> Field:  # noqa: PLR0913, PLR0917 - a field is made of these
    meaning = CATEGORIES[category]
    verdict: Verdict = "found" if share >= FOUND else "undecided" if share >= UNDECIDED else "none"
    reasons = [vote.reason for vote in votes] or [{"code": "no_evidence"}]
    return Field(
        name=name,
        verdict=verdict,
        category=category,
        identifiability=meaning.identifiability,
        special=meaning.special,
        secret=meaning.secret,
        free_text=meaning.free_text or is_free_text(evidence),
        confidence=round(share if share >= FOUND else 1 - share, 3),
        runner_up=runner_up,
        reasons=tuple(reasons),
    )


def _detections(evidence: Evidence, category: str, detectors: Sequence[Detector]) -> Iterator[Detection]:
    """Every detector that fired, in records; a checksum met as often as by chance is no detection.

    A word by itself is counted only where the column is of its kind: else `Best` is a place, `Ziekenhuis` an employer.
    """
    own_kind = CATEGORIES[category].special == "art9" or category == "name"
    chance = {
        d.id
        for d in detectors
        if d.chance and evidence[f"whole:{d.id}"] < 0.5 * evidence[f"shape:{d.id}"] and evidence[f"shape:{d.id}"] > FEW
    }
    for key in sorted(evidence):
        kind, _, detector = key.partition(":")
        spoken = f"spoken:{detector}" if own_kind and f"spoken:{detector}" in evidence else key
        count = evidence[f"text:{detector}" if detector in chance else spoken]
        if kind == "rows" and detector and count:
            yield Detection(detector, count, round(count / evidence["rows"], 6))
