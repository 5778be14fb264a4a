"""The verdict on a release: what other programs need to know of it, and nothing about who made or signed it."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from igmap.release.prove import Proof

Perspective = Literal["own", "recipient", "public"]
Key = Literal["none", "destroyed", "kept"]
DRAWN_BY_KEY = {"pseudonym", "fake"}


@dataclass(frozen=True, slots=True)
class Looked:
    """What was seen of the free text of a release.

    Args:
        texts: different texts in it.
        looked: of these, texts that a person looked at.
        found: of these, texts in which something of a person was left, or of which nobody can tell.
        bound: the share of the texts in which something may be left, 0-1, at most, with 95 % certainty.
    """

    texts: int
    looked: int
    found: int
    bound: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """verdict.json.

    Args:
        name: of the release.
        thresholds: what was asked.
        met: whether all thresholds hold; a release that does not meet them is never published.
        status: provisional while the source is still identifiable, final when its deletion was verified.
        published_on: the day.
        look_again_on: when to judge it again.
        perspective: whose means the figures are about: own organisation, a named recipient, or everybody.
        recipient: who gets it; "" when nobody in particular.
        undecided: attacks of which nothing could be told; a person signed for them.
        signed: whether a person did; who and why stands in the dossier.
        key: what became of the key of pseudonyms; none where the release has none.
        final_on: the day on which the deletion of the source was verified.
        free_text: what was seen of its free text; None where it has none.
    """

    name: str
    thresholds: dict[str, int | float]
    met: bool
    status: Literal["provisional", "final"]
    published_on: date
    look_again_on: date
    perspective: Perspective = "public"
    recipient: str = ""
    undecided: tuple[str, ...] = ()
    signed: bool = False
    key: Key = "none"
    final_on: date | None = None
    free_text: Looked | None = None
    schema: Literal["igmap.verdict/1"] = "igmap.verdict/1"


def provisional(plan: dict[str, Any], proof: Proof, *, on: date, look_again: date, kept: bool) -> Verdict:
    """The verdict on the day of publication.

    Args:
        plan: as it was carried out.
        proof: of the release.
        on: the day.
        look_again: when to judge it again.
        kept: whether a key of pseudonyms lies in the dossier.
    """
    return Verdict(
        name=proof.name,
        thresholds=proof.thresholds,
        met=proof.met,
        status="provisional",
        published_on=on,
        look_again_on=look_again,
        perspective=plan.get("perspective", "public"),
        recipient=plan.get("recipient", ""),
        undecided=proof.attacks.undecided,
        signed=bool(plan.get("signed")),
        key=key_of(plan, kept=kept),
        free_text=_looked(proof),
    )


def _looked(proof: Proof) -> Looked | None:
    told = proof.free_text
    return Looked(told.texts, told.looked, told.found, told.missed.bound) if told else None


def key_of(plan: dict[str, Any], *, kept: bool) -> Key:
    """What became of the key of pseudonyms, by what lies in the dossier rather than by what the plan asked."""
    tables = (plan, *(plan.get("linked") or ()))
    steps = {
        name
        for table in tables
        for column in table["columns"]
        if column["treatment"] != "drop"
        for step in column.get("transform") or ()
        for name in step
    }
    return "kept" if kept else "destroyed" if steps & DRAWN_BY_KEY else "none"
