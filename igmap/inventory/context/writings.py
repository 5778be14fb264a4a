"""Texts about things: what is booked, logged, planned or sold tells of nobody, though it is in sentences.

A table is known as one of such by words in the names of two of its fields. Only what is called a description or a
subject counts; notes and comments are written by somebody there too, and so is a text in which somebody tells of
somebody or whose values hold names.
"""

from collections.abc import Iterator, Sequence
from functools import partial

from igmap.inventory.context.table import listed, lists
from igmap.inventory.inventory import Field
from igmap.inventory.tally import Evidence
from igmap.inventory.text_votes import is_told
from igmap.inventory.votes import Vote, share_of
from igmap.vocabulary.tokens import name_tokens

LISTS = "writings.yaml"
FEWEST = 2  # fields with a word of a kind
NAMED = 0.1  # of the texts: fewer names are by chance or a log-in
WEIGHT = -16.0  # log-odds: more than a header and its values together
_words = partial(listed, LISTS)


def writing_votes(fields: Sequence[Field], evidence: Sequence[Evidence]) -> Iterator[tuple[int, Vote]]:
    """The votes against the texts of a table that are about things, by position.

    Args:
        fields: as they were judged by themselves.
        evidence: counts over each field's distinct values.
    """
    tokens = [frozenset(name_tokens(field.name)) for field in fields]
    if any(one & _words("unless") and not one & _words("counted") for one in tokens):
        return
    for at, (field, counts) in enumerate(zip(fields, evidence, strict=True)):
        if field.category != "message_content" and field.runner_up != "message_content":
            continue
        kind = _kind([*tokens[:at], *tokens[at + 1 :]]) if tokens[at] & _words("texts") else None
        told = kind not in _words("whatever") and is_told(counts)
        if kind and not told and share_of(counts, "text:name") <= NAMED:
            yield at, Vote("message_content", "writings", 1.0, {"code": f"of_{kind}"}, unfitted=WEIGHT)


def _kind(tokens: Sequence[frozenset[str]]) -> str | None:
    """What the texts of a table are about, if these are the other fields of it."""
    for kind, words in lists(LISTS)["kinds"].items():
        held = [frozenset(words) & one for one in tokens if frozenset(words) & one]
        if len(set(held)) >= FEWEST:
            return str(kind)
    return None
