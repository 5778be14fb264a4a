"""What the name of a field says for which category, and whether its values are of such a kind at all."""

import re
from collections.abc import Iterator

from igmap.inventory.evidence import Evidence, special_patterns
from igmap.inventory.votes import FEW, Reason, Vote, share_of
from igmap.vocabulary import CATEGORIES, Cue, header_cue

HEADER_WEIGHT = {"whole": 4.0, "head": 3.4, "inside": 1.8, "weak": 1.2}
BARE = {
    "id",
    "ids",
    "uid",
    "guid",
    "uuid",
    "identifier",
    "nummer",
    "number",
}  # of what? behind another word they number anything
# A header of these categories is doubted when hardly any value shows one of the signs.
TELLING = {
    "email": ("hit:email",),
    "bank_account": ("hit:iban", "dialled"),
    "ip_address": ("hit:ip_address",),
    "bsn": ("shape:bsn", "dialled"),
    "user_agent": ("hit:user_agent",),
    "phone": ("hit:phone", "dialled"),
}
WORDS_ONLY = {"name", "city", "employer", "occupation"}
OF_FLAGS = {"marital_status", "gender", "income", "education_level", "learning_result", "learning_activity", "none"}
PERSON_BY = {"account_id": "numbered", "username": "handle"}  # what a column named after a person holds if not names
MOST = 0.5
SHORTEST_TEXT = 1.5  # words per value: `Gesprek: 3` is no text
CONTRADICTED = 0.25


def header_votes(name: str, evidence: Evidence) -> Iterator[Vote]:
    """The vote of a name, weak when the values are of another kind.

    Args:
        name: as the export prints it.
        evidence: counts over the field's distinct values.
    """
    cue = header_cue(name)
    if cue is None:
        yield from _special_votes(name)
        return
    weight = HEADER_WEIGHT[
        "inside" if cue.place == "head" and cue.phrase in BARE else "weak" if cue.weak else cue.place
    ]
    said: Reason = {"code": "header", "cue": cue.phrase, "place": cue.place}
    if evidence["rows"] < FEW or not _contradicted(cue, evidence):
        yield Vote(cue.category, weight, said)
        return
    yield Vote(cue.category, CONTRADICTED * weight, said)
    yield Vote(cue.category, 0.0, {"code": "contradicted", "cue": cue.phrase})
    for category, sign in PERSON_BY.items() if cue.person else ():
        if share_of(evidence, sign) > MOST:
            yield Vote(category, HEADER_WEIGHT["head"], said)
            return


def _special_votes(name: str) -> Iterator[Vote]:
    """A name may speak of health or faith in a word that no list of headers has: `medicijngebruik`."""
    for category, pattern in special_patterns().items():
        if word := re.search(pattern, name.lower()):
            yield Vote(category, HEADER_WEIGHT["head"], {"code": "header", "cue": word[0], "place": "inside"})


def _contradicted(cue: Cue, evidence: Evidence) -> bool:
    """Whether the values are of a kind that the category does not have."""
    category = cue.category
    points = CATEGORIES[category].identifiability in {"direct", "key"}
    if share_of(evidence, "flag") > MOST:
        return CATEGORIES[category].special == "none" and category not in OF_FLAGS
    if (points and share_of(evidence, "amount") > MOST) or evidence["dates"] > MOST * evidence["distinct"]:
        return points
    if category in TELLING:
        return max(share_of(evidence, sign) for sign in TELLING[category]) < CONTRADICTED
    return _no_words(cue, evidence)


def _no_words(cue: Cue, evidence: Evidence) -> bool:
    if cue.category == "message_content":
        return evidence["words"] < SHORTEST_TEXT * evidence["distinct"]
    numbers = cue.category in WORDS_ONLY and share_of(evidence, "numbers") > MOST
    return numbers or (cue.category == "name" and not _may_be_names(evidence, cue))


def _may_be_names(evidence: Evidence, cue: Cue) -> bool:
    """A column `klant` may hold companies, a column `achternaam` hardly."""
    return sum(share_of(evidence, sign) for sign in ("name:hit", "name:part", "text:name", "foreign")) >= (
        CONTRADICTED if cue.person else CONTRADICTED / 2
    )
