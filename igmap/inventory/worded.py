"""A word in a field's name and the form of its values: together they say what neither says alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from igmap.inventory.tally import Evidence
from igmap.inventory.votes import FULL, Reason, Vote, share_of
from igmap.vocabulary import load_yaml
from igmap.vocabulary.tokens import name_tokens

LONGEST_RUN, SHORTEST = 3, 3  # words of a name that are one word in the list, and their letters: `KvK` is one
FEWEST = 3  # different values have a form
OF_TWO = frozenset({"flag", "urgency"})  # forms that have but few values


@dataclass(frozen=True, slots=True)
class Worded:
    """What a word means where the values have a form.

    Args:
        category: of the field then.
        sign: that most of its values show.
        words: one of them is in the name.
        beside: and one of these, where there are any.
        unless: and none of these.
        least: share of the values that must show the sign.
    """

    category: str
    sign: str
    words: frozenset[str]
    beside: frozenset[str]
    unless: frozenset[str]
    least: float


def worded_votes(name: str, evidence: Evidence) -> Iterator[Vote]:
    """The votes of the words in a name that the form of the values bears out.

    Args:
        name: as the export prints it.
        evidence: counts over the field's distinct values.
    """
    tokens, telling = _runs(name_tokens(name)), evidence["distinct"] - evidence["neutral"]
    for one in _worded():
        if telling < (FEWEST - 1 if one.sign in OF_TWO else FEWEST):
            continue
        said = tokens & one.words and (not one.beside or tokens & one.beside) and not tokens & one.unless
        if said and share_of(evidence, one.sign) >= one.least:
            figures: Reason = {"code": "shape", "shape": one.sign, "share": share_of(evidence, one.sign)}
            yield Vote(one.category, "worded", 1.0, figures)
            return


def _runs(tokens: Sequence[str]) -> frozenset[str]:
    """The words and those that stand together in one piece: `sleutelkluis` is taken apart, and is one word here."""
    runs = (tokens[at : at + many] for many in range(2, LONGEST_RUN + 1) for at in range(len(tokens) - many + 1))
    return frozenset((*tokens, *("".join(run) for run in runs if min(map(len, run)) >= SHORTEST)))


@cache
def _worded() -> tuple[Worded, ...]:
    return tuple(
        Worded(
            category=one["category"],
            sign=one["sign"],
            words=frozenset(one["words"]),
            beside=frozenset(one.get("beside", ())),
            unless=frozenset(one.get("unless", ())),
            least=one.get("least", FULL),
        )
        for one in load_yaml("igmap.vocabulary", "worded.yaml")
    )
