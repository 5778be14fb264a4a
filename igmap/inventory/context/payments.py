"""What a payment is for: the words beside an amount and an account tell of somebody (`verjaardag oma`)."""

from collections.abc import Iterator, Sequence

from igmap.inventory.inventory import Field
from igmap.inventory.tally import Evidence
from igmap.inventory.votes import MOST, Vote, is_free_text, name_share, share_of

LEAST = 6  # different ones: fewer are kinds of payment


def payment_votes(fields: Sequence[Field], evidence: Sequence[Evidence]) -> Iterator[tuple[int, Vote]]:
    """For each field of a table of payments that holds what they are for, by position, a vote that says so.

    Args:
        fields: as they were judged by themselves.
        evidence: counts over each field's distinct values.
    """
    account = next((field.name for field in fields if field.category == "bank_account"), None)
    if account is None or not any(share_of(counts, "amount") > MOST for counts in evidence):
        return
    for position, (field, counts) in enumerate(zip(fields, evidence, strict=True)):
        if _is_open(field) and _is_told_for(counts):
            yield position, Vote("message_content", "neighbour:payment", 1.0, {"code": "neighbour", "field": account})


def _is_open(field: Field) -> bool:
    """Whether nothing has settled what it is, its name least of all."""
    named = {reason["code"] for reason in field.reasons} & {"header", "profile", "closed_list", "words"}
    return field.verdict != "found" and (not named or field.runner_up == "message_content")


def _is_told_for(counts: Evidence) -> bool:
    """Whether most values are a few words of a sentence, and no names."""
    several = counts["distinct"] - counts["neutral"] >= LEAST
    return several and not name_share(counts) and (share_of(counts, "phrase") > MOST or is_free_text(counts))
