"""One verdict per field: evidence of name and values as log-odds per category, with the reasons.

A category's score is the sum of the weights of what speaks for it; scores become probabilities together, `none` among
them. The weights are fitted so that those probabilities are met (`benchmarks/fit_weights.py`, `weights.yaml`).
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from igmap.inventory.context.filed import filed_votes
from igmap.inventory.context.keys import key_votes
from igmap.inventory.context.learners import learner_votes
from igmap.inventory.context.neighbours import neighbour_votes
from igmap.inventory.context.registers import register_votes
from igmap.inventory.context.scenes import at_the_scene, of_visits
from igmap.inventory.context.table import Table
from igmap.inventory.context.themes import themed
from igmap.inventory.context.unnamed import unnamed_votes
from igmap.inventory.cues import are_spelled
from igmap.inventory.detectors import DETECTORS, Detector
from igmap.inventory.header_votes import against, header_votes, is_rather, says_a_thing, says_of_children, spoken
from igmap.inventory.inventory import Detection, Field, Verdict
from igmap.inventory.mixture import mixed_votes
from igmap.inventory.tally import Evidence
from igmap.inventory.text_votes import text_votes
from igmap.inventory.votes import FEW, PARTLY, SPELLED, Reason, Vote, is_free_text, share_of, value_votes, weights
from igmap.inventory.worded import worded_votes
from igmap.vocabulary import CATEGORIES, Profile, profile_of

FOUND, UNDECIDED = 0.58, 0.3
FOUND_AGAINST = 0.9  # where the name of the field says plainly that it is something else
TIED = 9  # decimals to which two categories are as probable
# Asked in turn; those of one turn of the same verdicts.
OF_TABLES = ((filed_votes, key_votes, unnamed_votes), (themed, learner_votes, unnamed_votes, register_votes))
UNDER_A_NAME = ("phone", "email")  # a cell with a name and a number is a name
MIXED = "attributes"  # evidence of values of many kinds: anything may stand there, as in a text
UNSEEN = "unseen"  # a category that nothing speaks for: what is left of certainty where there is no evidence


@dataclass(frozen=True, slots=True)
class Judging:
    """How fields are judged.

    Args:
        today: against which ages are reckoned.
        detectors: those whose counts are in the evidence.
    """

    today: date
    detectors: Sequence[Detector] = DETECTORS

    def votes(self, name: str, evidence: Evidence, profile: Profile | None = None, bare: str = "") -> Iterator[Vote]:
        """All that speaks for any category.

        Args:
            name: as the export prints it.
            evidence: counts over the field's distinct values.
            profile: the known kind of export the table is; what it says of a field stands in place of the name.
            bare: the name without what the table's names begin with, where that is another.
        """
        known = profile.category(name) if profile else None
        name = bare or name
        worded = list(worded_votes(name, evidence))  # `email_sha256`: not the digest of a file, as the last word says
        if profile and known and not is_rather(known, evidence):
            named = [Vote(known, "profile", 1.0, {"code": "profile", "profile": profile.name})]
        else:
            fall = {"none", *(UNDER_A_NAME if "name" in {vote.category for vote in worded} else ())}
            named = [vote for vote in header_votes(name, evidence) if not worded or vote.category not in fall]
            named += against(named, evidence, self.detectors)
        yield from (*named, *worded)
        children = says_of_children(named, evidence, self.today)
        told = value_votes(evidence, self.today, self.detectors)
        yield from (vote for vote in told if not (children and vote.kind == "recent_dates"))
        yield from mixed_votes(evidence, self.detectors, of_things=says_a_thing(named))
        if {vote.category for vote in named} <= {"name"} and are_spelled(evidence, said=bool(named)):
            yield Vote("name", SPELLED, 0.0, {"code": "spelled", "share": share_of(evidence, "name:alike")})
        yield from () if "name" in {vote.category for vote in worded} else text_votes(evidence, self.detectors)

    def table(
        self, names: Sequence[str], shown: Sequence[str], evidence: Sequence[Evidence], title: str = ""
    ) -> list[list[Vote]]:
        """The votes on each field of a table, its neighbours' and its themes' among them.

        Args:
            names: of the fields as the export prints them.
            shown: the same as they may be shown.
            evidence: of each field.
            title: the file and the sheet or table in it.
        """
        profile = profile_of(names)
        bare = spoken(names)
        own = [
            at_the_scene(rest, self.votes(name, counts, profile, rest))
            for name, rest, counts in zip(names, bare, evidence, strict=True)
        ]
        alone = list(map(self.verdict, shown, own, evidence))
        more = neighbour_votes(alone, evidence)
        cast = [at_the_scene(rest, [*v, *m]) for rest, v, m in zip(bare, own, more, strict=True)]
        cast = of_visits(bare, alone, cast)
        for reasons in OF_TABLES:
            table = Table(title, bare, list(map(self.verdict, shown, cast, evidence)), evidence)
            for votes in reasons:
                cast = votes(table, cast)
        return cast

    def verdict(self, name: str, cast: Sequence[Vote], evidence: Evidence) -> Field:
        """The verdict that the votes amount to, with what it rests on; the name as it may be shown."""
        decision, category, share, runner_up = _decided(cast)
        meaning = CATEGORIES[category]
        reasons = [vote.reason for vote in cast] or [{"code": "no_evidence"}]
        return Field(
            name=name,
            verdict=decision,
            category=category,
            identifiability=meaning.identifiability,
            special=meaning.special,
            secret=meaning.secret,
            free_text=meaning.free_text or is_free_text(evidence) or any(vote.kind == MIXED for vote in cast),
            confidence=round(share, 3),
            runner_up=runner_up,
            reasons=(*reasons, *_what_would_change(cast, decision, category, runner_up)),
            detections=tuple(_detections(evidence, category, self.detectors, remarks=_is_for_remarks(cast))),
        )


def probabilities(cast: Sequence[Vote]) -> dict[str, float]:
    """How probable each category is that has a vote, and `none`; the rest, up to 1, is what nothing speaks for."""
    scores = {"none": 0.0, UNSEEN: weights()[UNSEEN]}
    for vote in cast:
        scores[vote.category] = scores.get(vote.category, weights()["prior"]) + vote.weight
    highest = max(scores.values())
    odds = {category: math.exp(score - highest) for category, score in scores.items()}
    return {category: odds[category] / sum(odds.values()) for category in odds if category != UNSEEN}


def _decided(cast: Sequence[Vote]) -> tuple[Verdict, str, float, str]:
    """Verdict, category, how probable the verdict is, and the category that comes second; by name where they tie."""
    shares = probabilities(cast)
    best, *others = sorted(shares, key=lambda c: (c == "none", -round(shares[c], TIED), c))
    against = any(vote.kind == "against" and vote.category == best for vote in cast)
    alone = any(vote.kind == "constant" and vote.category == best for vote in cast)
    if best != "none" and not alone and shares[best] >= (FOUND_AGAINST if against else FOUND):
        return "found", best, shares[best], max(others, key=lambda c: round(shares[c], TIED))
    if sum(share for category, share in shares.items() if category != "none") >= UNDECIDED:
        return "undecided", "none", shares["none"], best
    among = next((vote.category for vote in cast if vote.kind in {PARTLY, SPELLED}), "")
    return ("undecided", "none", shares["none"], among) if among else ("none", "none", shares["none"], best)


def _what_would_change(cast: Sequence[Vote], decision: Verdict, category: str, runner_up: str) -> Iterator[Reason]:
    """What to look at where it is undecided; elsewhere the evidence without which it would be another verdict."""
    if decision == "undecided" and any(vote.kind == PARTLY for vote in cast):
        yield {"code": "look_among", "category": runner_up}
    elif decision == "undecided":
        yield {"code": "look", "category": runner_up, "share": round(probabilities(cast)[runner_up], 3)}
    for kind in dict.fromkeys(vote.kind.partition(":")[0] for vote in cast if vote.strength):
        other = _decided([vote for vote in cast if vote.kind.partition(":")[0] != kind])
        if decision != "undecided" and other[:2] != (decision, category):
            otherwise = other[1] if other[0] == "found" else other[0]
            yield {"code": "rests_on", "evidence": kind, "otherwise": otherwise}


def _is_for_remarks(cast: Sequence[Vote]) -> bool:
    """Whether the name of the field says that people write in it what they like."""
    return any(vote.category == "message_content" and vote.kind.startswith("header") for vote in cast)


def _detections(
    evidence: Evidence, category: str, detectors: Sequence[Detector], *, remarks: bool
) -> Iterator[Detection]:
    """Every detector that fired, in records; a checksum met as often as by chance is no detection.

    A word by itself is counted only where the column is of its kind: else `Best` is a place, `Ziekenhuis` an employer.
    In a column for remarks a word on a special category is one: `notenallergie`.
    """
    own_kind = CATEGORIES[category].special == "art9" or category == "name"
    chance = {
        d.id
        for d in detectors
        if d.chance and evidence[f"whole:{d.id}"] < 0.5 * evidence[f"shape:{d.id}"] and evidence[f"shape:{d.id}"] > FEW
    }
    told = {key.removeprefix("spoken:") for key in evidence if remarks and key.startswith("spoken:")} - {"name"}
    for detector in sorted(told | {key.removeprefix("rows:") for key in evidence if key.startswith("rows:")}):
        spoken = f"spoken:{detector}" if own_kind or detector in told else ""
        key = spoken if spoken in evidence else f"rows:{detector}"
        count = evidence[f"text:{detector}" if detector in chance else key]
        if count:
            yield Detection(detector, count, round(count / evidence["rows"], 6))
