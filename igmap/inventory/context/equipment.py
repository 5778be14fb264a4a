"""Machines of an organisation: what is in stock, serves or measures has addresses and numbers, and they are nobody's.

A serial number or an IP address tells of a person where that person has the device. In a register of stock, a network,
a cluster or a park of sensors no field names, reaches or numbers anybody, and two fields have words of such a register.
"""

from collections.abc import Iterator, Sequence
from functools import partial

from igmap.inventory.context.table import listed, lists
from igmap.inventory.inventory import Field
from igmap.inventory.votes import Vote
from igmap.vocabulary.tokens import name_tokens

LISTS = "equipment.yaml"
FEWEST = 2  # fields with a word of a kind
WEIGHT = -16.0  # log-odds: more than a header and its values together
# What shows that somebody is in the table; what a machine has as well.
SOMEBODY = frozenset({
    "name", "email", "phone", "username", "birth_date", "bsn", "address", "bank_account", "user_agent", "age", "gender",
    "licence_plate", "payment_card", "invoice", "photo", "biometric", "employer", "occupation",
})  # fmt: skip
MACHINES = frozenset({
    "device_id", "ip_address", "account_id", "browser_settings", "location", "city", "url", "learning_activity",
    "message_content",
})  # fmt: skip
_words = partial(listed, LISTS)


def equipment_votes(fields: Sequence[Field]) -> Iterator[tuple[int, Vote]]:
    """The votes against what a machine has in a table of machines, by position.

    Args:
        fields: as they were judged by themselves.
    """
    tokens = [frozenset(name_tokens(field.name)) for field in fields]
    if any(field.verdict == "found" and field.category in SOMEBODY for field in fields):
        return
    if any(one & _words("unless") for one in tokens) or not _is_a_register(tokens):
        return
    for at, field in enumerate(fields):
        told = field.category if field.verdict == "found" else field.runner_up
        if told in MACHINES and not (told == "message_content" and field.free_text):
            yield at, Vote(told, "equipment", 1.0, {"code": "impersonal"}, unfitted=WEIGHT)


def _is_a_register(tokens: Sequence[frozenset[str]]) -> bool:
    """Whether so many fields have words of one kind, each another."""
    return any(
        len({one & words for one in tokens if one & words}) >= FEWEST
        for words in (_words(kind) for kind in lists(LISTS) if kind != "unless")
    )
