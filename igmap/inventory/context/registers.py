"""Registers of things and tables of totals: what they tell of is no person, though its words and forms are a person's.

A serial number or an IP address tells of a person where that person has the device, a sex where somebody has it. In a
register of machines, goods, dishes or buildings, or a report of advertisements, nobody is named, reached or numbered,
and some fields have words of one kind of such a table.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from igmap.inventory.context.table import lists
from igmap.inventory.inventory import Field
from igmap.inventory.tally import Evidence
from igmap.inventory.text_votes import is_told
from igmap.inventory.votes import Vote, is_free_text, share_of
from igmap.vocabulary.themes import is_staff
from igmap.vocabulary.tokens import name_tokens

WEIGHT = -16.0  # log-odds: more than a header and its values together
NAMED = 0.02  # of the remarks: more names are of somebody
# What shows that somebody is in any table, whatever it registers.
SOMEBODY = frozenset({
    "name", "email", "phone", "username", "birth_date", "bsn", "bank_account", "user_agent", "licence_plate",
    "payment_card", "invoice", "biometric", "document_number",
})  # fmt: skip


def register_votes(fields: Sequence[Field], evidence: Sequence[Evidence]) -> Iterator[tuple[int, Vote]]:
    """The votes against what is of a thing in a register of things, by position.

    Args:
        fields: as they were judged by themselves.
        evidence: counts over each field's distinct values.
    """
    found = {one.category for one in fields if one.verdict == "found" and not is_staff(one.name)}
    tokens = [frozenset((*(words := name_tokens(field.name)), "".join(words))) for field in fields]
    kinds = [kind for kind in lists("registers.yaml").values() if _is_of(kind, tokens, found)]
    nobodys = {category for kind in kinds for category in kind["nobodys"]}
    for at, (field, counts) in enumerate(zip(fields, evidence, strict=True)):
        told = field.category if field.verdict == "found" else field.runner_up
        if told in nobodys and (told != "message_content" or _is_of_things(counts)):
            yield at, Vote(told, "registers", 1.0, {"code": "impersonal"}, unfitted=WEIGHT)


def _is_of(kind: Mapping[str, Any], tokens: Sequence[frozenset[str]], found: set[str]) -> bool:
    """Whether a table with such names is of a kind: enough fields have a word, each another, and nobody was found."""
    somebody = (SOMEBODY | set(kind["shown"])) - set(kind["nobodys"])
    if found & somebody or any(not one.isdisjoint(kind["unless"]) for one in tokens):
        return False
    held = ({one & frozenset(words) for one in tokens} - {frozenset()} for words in kind["words"].values())
    return any(len(told) >= kind["least"] for told in held)


def _is_of_things(counts: Evidence) -> bool:
    """Whether remarks are short, hold no names and do not tell of somebody."""
    return not is_free_text(counts) and not is_told(counts) and share_of(counts, "text:name") <= NAMED
