"""What sentences say: whether somebody tells of somebody in them, or a thing is described."""

from collections.abc import Iterator, Sequence

from igmap.inventory.detectors import Detector
from igmap.inventory.tally import Evidence
from igmap.inventory.votes import Vote, is_free_text, share_of

ADDRESSED = 0.15  # of the texts, where people write to people
TOLD = 0.5  # of the texts, where people tell of people; of what is sold, taught or logged .40 and less
PERSONAL = 0.005  # of the texts hold a name or number of somebody
NAMING = frozenset({"email", "phone", "bsn", "bank_account"})


def text_votes(evidence: Evidence, detectors: Sequence[Detector]) -> Iterator[Vote]:
    """The vote of a column of sentences that differ.

    Args:
        evidence: counts over the field's distinct values.
        detectors: those whose counts are in the evidence.
    """
    if is_free_text(evidence):
        words = round(evidence["words"] / evidence["distinct"], 1)
        kind = f"text:{_kind(evidence, detectors)}"
        yield Vote("message_content", kind, 1.0, {"code": "free_text", "words": words})


def _kind(evidence: Evidence, detectors: Sequence[Detector]) -> str:
    """Somebody is in it; somebody tells of somebody; the same few texts; to somebody; or none of these."""
    personal = evidence["text:name"] + sum(evidence[f"hit:{d.id}"] for d in detectors if d.category in NAMING)
    if personal > PERSONAL * evidence["distinct"]:
        return "personal"
    if is_told(evidence):
        return "told"
    if evidence["distinct"] < evidence["rows"] / 4:
        return "repeated"
    return "addressing" if share_of(evidence, "addressing") > ADDRESSED else "plain"


def is_told(evidence: Evidence) -> bool:
    """Whether most texts have the small words of whoever tells of somebody: `niet`, `graag`, `her`, `because`."""
    return share_of(evidence, "telling") >= TOLD
