"""Tables of organisations, places and things: their address, tax number or language is nobody's (GDPR, recital 14).

A table is one of them when each record names or numbers another and no field tells of a person as whom the table is
about; somebody to turn to, or who made the record, may stand in it.
"""

from collections.abc import Iterator, Mapping, Sequence

from igmap.inventory.context.scenes import is_of_visits
from igmap.inventory.context.table import listed, lists
from igmap.inventory.inventory import Field
from igmap.inventory.tally import Evidence
from igmap.inventory.votes import EVERYWHERE, FEW, MOST, Vote, share_of
from igmap.vocabulary.places import words_of
from igmap.vocabulary.tokens import name_tokens

# What a table tells of a person only where it is about persons.
OF_ITS_SUBJECT = frozenset({
    "name", "birth_date", "bsn", "gender", "age", "username", "nationality", "marital_status", "income", "occupation",
    "education_level", "learning_result", "document_number", "device_id", "ip_address",
})  # fmt: skip
OF_ITSELF = frozenset({"bank_account", "employer", "address", "postcode", "city", "tax_number", "location"})
OF_ITS_KIND = frozenset({"religion", "education_level", "political_opinion"})  # a school's own, where its name says so
OF_A_THING = frozenset({"language", "learning_activity", "age", "education_level", "city", "location"})
AT_ITS_PLACE = frozenset({"address", "postcode", "city", "location"})  # of a tree, a bin, a polling station
WHERE_IT_IS = frozenset({"language", "city", "location", "browser_settings", "employer"})  # of what is planned or owned
REACHING = frozenset({"email", "phone", "address", "postcode", "account_id", "bank_account", "url", "licence_plate"})
REACHED = {"email": "role_mailbox", "phone": "switchboard"}  # by all who work there, where values have the sign
LISTS = "organisations.yaml"
NUMBERING = frozenset({"id", "code", "nr", "nummer", "number", "no"})
LEAST_FIELDS = 3  # of a table of which can be said what it is about
APART = 0.8  # of the values that differ where each record is another one
WEIGHT = -16.0  # log-odds: more than a header and its values together


def organisation_votes(fields: Sequence[Field], evidence: Sequence[Evidence]) -> Iterator[tuple[int, Vote]]:
    """Of a table of organisations or things the fields that are their own, with the vote against persons.

    Args:
        fields: as they were judged by themselves.
        evidence: counts over each field's distinct values.
    """
    yield from _of_desks(fields, evidence)
    if len(fields) < LEAST_FIELDS or is_of_visits(fields):
        return
    words = {kind: listed(LISTS, kind) for kind in lists(LISTS)}
    tokens = [name_tokens(field.name) for field in fields]
    own = [at for at, field in enumerate(fields) if field.category in OF_ITS_KIND and words["own"] & set(tokens[at])]
    contacts = [at for at, field in enumerate(fields) if _tells(field) and _is_contact(tokens[at], words)]
    if any(_tells(field) for at, field in enumerate(fields) if at not in (*contacts, *own)):
        return
    apart = [at for at, counts in enumerate(evidence) if counts["rows"] >= FEW and is_apart(counts)]
    named = any(_is_body(tokens[at], words) for at in apart)
    served = any(map(_are_served, tokens, evidence))
    bodies = named or served or any(share_of(evidence[at], "list:employer") > MOST for at in apart)
    whose = any(map(is_key, fields))
    things = not whose and any(_is_named(tokens[at], words["things"], words["names"]) for at in apart)
    placed = not whose and _is_placed(fields, tokens, words)
    planned = bool(contacts) and not things and _is_planned(fields, tokens, words)
    nobodys = {*(WHERE_IT_IS if planned else ()), *(AT_ITS_PLACE if placed else ()), *(OF_A_THING if things else ())}
    for at in (at for at, field in enumerate(fields) if field.verdict == "found"):
        category = fields[at].category
        if category in nobodys or (things and _is_number(fields[at], tokens[at], words["names"])):
            yield at, Vote(category, "organisations", 1.0, {"code": "catalogue"}, unfitted=WEIGHT)
        elif bodies and (at in own or _is_its_own(category, evidence[at], reached=named and not contacts)):
            yield at, Vote(category, "organisations", 1.0, {"code": "organisations"}, unfitted=WEIGHT)


def _of_desks(fields: Sequence[Field], evidence: Sequence[Evidence]) -> Iterator[tuple[int, Vote]]:
    """The votes against a few addresses, all of desks: nobody is reached by `info@` and `support@`."""
    for at, (field, counts) in enumerate(zip(fields, evidence, strict=True)):
        few = counts["distinct"] > 1 and not is_apart(counts)
        if field.category == "email" and few and share_of(counts, REACHED["email"]) > EVERYWHERE:
            yield at, Vote("email", "organisations", 1.0, {"code": "organisations"}, unfitted=WEIGHT)


def _is_planned(fields: Sequence[Field], tokens: Sequence[Sequence[str]], words: Mapping[str, frozenset[str]]) -> bool:
    """Whether a table is of events, courses or goods that come back, and reaches nobody but who serves them."""
    reaching = (at for at, field in enumerate(fields) if field.verdict == "found" and field.category in REACHING)
    others = any(not _is_contact(tokens[at], words) for at in reaching)
    kinds = words["things"] | words["planned"]
    return not others and any(_is_named(one, kinds, words["names"]) for one in tokens)


def _is_placed(fields: Sequence[Field], tokens: Sequence[Sequence[str]], words: Mapping[str, frozenset[str]]) -> bool:
    """Whether a table is of what stands in the open, and reaches nobody but who looks after it."""
    kinds = {"email", "phone", "account_id", "bank_account", "invoice"}
    reaching = (at for at, field in enumerate(fields) if field.verdict == "found" and field.category in kinds)
    others = any(not set(tokens[at]) & (words["placed"] | words["contacts"] | words["names"]) for at in reaching)
    used = any(words["used"] & set(one) for one in tokens)
    return not (others or used) and any(_is_named(one, words["placed"], words["names"]) for one in tokens)


def _tells(field: Field) -> bool:
    """Whether it tells of a person."""
    return field.verdict == "found" and (field.category in OF_ITS_SUBJECT or field.special in {"art9", "art10", "bsn"})


def is_apart(counts: Evidence) -> bool:
    """Whether nearly every record has another value."""
    return counts["distinct"] >= APART * counts["rows"]


def _is_contact(tokens: Sequence[str], words: Mapping[str, frozenset[str]]) -> bool:
    """Whether a field is of somebody to turn to: `contactpersoon`, `T.a.v.`."""
    return bool(words["contacts"] & {*tokens, "".join(tokens)})


def _are_served(tokens: Sequence[str], counts: Evidence) -> bool:
    """Whether companies stand under a name for customers: the records are theirs, though some come back."""
    return " ".join(tokens) in words_of("customers") and share_of(counts, "list:employer") > MOST


def _is_named(tokens: Sequence[str], kinds: frozenset[str], names: frozenset[str]) -> bool:
    """Whether a field is called as what names or numbers one of the kinds."""
    return bool(kinds & set(tokens)) and (len(tokens) == 1 or tokens[-1] in names)


def _is_body(tokens: Sequence[str], words: Mapping[str, frozenset[str]]) -> bool:
    """Whether a field names an organisation or numbers it; `relatienr` numbers who may be a person."""
    numbered = tokens[-1:] and tokens[-1] in NUMBERING
    kinds = words["bodies"] - words["anybody"] if numbered else words["bodies"]
    return _is_named(tokens, kinds, words["names"])


def is_key(field: Field) -> bool:
    """Whether it says by number whom a record is about: `user_id` beside `session_id`."""
    tokens = set(name_tokens(field.name))
    found = field.verdict == "found" and field.category == "account_id"
    things, placed, contacts, names = (listed(LISTS, kind) for kind in ("things", "placed", "contacts", "names"))
    own = tokens <= names and len(tokens) == 1  # `id`; an `ID number` is given to somebody
    return found and not tokens & (things | placed | contacts) and not own


def _is_number(field: Field, tokens: Sequence[str], names: frozenset[str]) -> bool:
    """Whether it numbers the records, and its name does not say of whom."""
    return field.category == "account_id" and set(tokens) <= names


def _is_its_own(category: str, counts: Evidence, *, reached: bool) -> bool:
    """Whether a field is the organisation's own, or one by which anybody there is `reached`."""
    if category in REACHED:
        return reached or share_of(counts, REACHED[category]) > MOST
    return category in OF_ITSELF
