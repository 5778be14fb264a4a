"""A word in a field's name and the form of its values: together they say what neither says alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from igmap.inventory.tally import Evidence
from igmap.inventory.votes import FULL, Reason, Vote, share_of
from igmap.vocabulary import load_yaml
from igmap.vocabulary.tokens import name_tokens

FEWEST = 3  # different values have a form


@dataclass(frozen=True, slots=True)
class Worded:
    """What a word means where the values have a form.

    Args:
        category: of the field then.
        sign: that most of its values show.
        words: one of them is in the name.
        beside: and one of these, where there are any.
    """

    category: str
    sign: str
    words: frozenset[str]
    beside: frozenset[str]


def worded_votes(name: str, evidence: Evidence) -> Iterator[Vote]:
    """The votes of the words in a name that the form of the values bears out.

    Args:
        name: as the export prints it.
        evidence: counts over the field's distinct values.
    """
    if evidence["distinct"] - evidence["neutral"] < FEWEST:
        return
    tokens = frozenset(name_tokens(name))
    for one in _worded():
        said = tokens & one.words and (not one.beside or tokens & one.beside)
        if said and share_of(evidence, one.sign) >= FULL:
            figures: Reason = {"code": "shape", "shape": one.sign, "share": share_of(evidence, one.sign)}
            yield Vote(one.category, "worded", 1.0, figures)
            return


@cache
def _worded() -> tuple[Worded, ...]:
    return tuple(
        Worded(one["category"], one["sign"], frozenset(one["words"]), frozenset(one.get("beside", ())))
        for one in load_yaml("igmap.vocabulary", "worded.yaml")
    )
