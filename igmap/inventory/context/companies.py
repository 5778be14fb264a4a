"""Tables of companies that trade: debtors, suppliers and their open items, whose addresses and numbers are nobody's.

A table is one of them when companies stand under the name of whom its records are, and nobody else is told of in it
but who may be turned to, made the record or has it in hand.
"""

from collections.abc import Iterator, Sequence
from functools import cache, partial

from igmap.inventory.context.table import listed
from igmap.inventory.inventory import Field
from igmap.inventory.tally import Evidence
from igmap.inventory.votes import EVERYWHERE, MOST, Vote, share_of
from igmap.vocabulary.places import words_of
from igmap.vocabulary.themes import is_staff
from igmap.vocabulary.tokens import name_tokens

LISTS = "organisations.yaml"
APART = 0.6  # of the names that differ in a list of companies: a branch has its company's
FEWEST = 8  # records by which a list is known
LONG = 6  # letters of a word that may end a longer one: `hoofdcontact`
WEIGHT = -24.0  # log-odds: more than a profile, a header and values together
# What tells of a person as whom the records are about.
OF_PERSONS = frozenset({
    "name", "birth_date", "bsn", "gender", "age", "nationality", "marital_status", "occupation", "education_level",
    "learning_result", "ip_address", "user_agent", "income",
})  # fmt: skip
# What a company has too, and the numbers of what it orders and owes.
OF_COMPANIES = frozenset({
    "name", "employer", "address", "postcode", "city", "location", "tax_number", "bank_account", "language",
    "account_id", "invoice", "bsn", "device_id", "document_number", "phone",
})  # fmt: skip
REACHED = "role_mailbox"
_words = partial(listed, LISTS)


def company_votes(
    fields: Sequence[Field], evidence: Sequence[Evidence], votes: Sequence[Sequence[Vote]]
) -> Iterator[tuple[int, Vote]]:
    """Of a table of companies the fields that are theirs, with the votes against persons.

    Args:
        fields: as they were judged by themselves.
        evidence: counts over each field's distinct values.
        votes: of the neighbours of each field.
    """
    most = max((counts["rows"] for counts in evidence), default=0)
    companies = [share_of(counts, "list:employer") > MOST for counts in evidence]
    tokens = [name_tokens(field.name) for field in fields]
    if most < FEWEST or not any(
        held and _is_whose(name, counts, most) for held, name, counts in zip(companies, tokens, evidence, strict=True)
    ):
        return
    others = [field.category == "username" or serves(field.name) for field in fields]
    told = zip(fields, companies, others, evidence, strict=True)
    if any(_tells(field, counts) and not held and not other for field, held, other, counts in told):
        return
    reached = all(map(_reaches_all, fields, evidence, others))
    for at, field in enumerate(fields):
        if others[at] or (field.category == "phone" and not reached):
            continue
        theirs = OF_COMPANIES | ({"email"} if share_of(evidence[at], REACHED) > MOST else set())
        said = {field.category, field.runner_up, *(vote.category for vote in votes[at])} & theirs
        for category in sorted(said | ({"name", "employer"} if companies[at] else set())):
            yield at, Vote(category, "organisations", 1.0, {"code": "organisations"}, unfitted=WEIGHT)


def _reaches_all(field: Field, counts: Evidence, other: bool) -> bool:  # noqa: FBT001
    """Whether no mail reaches one person there, whom the phone may reach too."""
    mailed = field.verdict == "found" and field.category == "email" and not other
    return not mailed or share_of(counts, REACHED) > MOST


def _is_whose(tokens: Sequence[str], counts: Evidence, most: int) -> bool:
    """Whether a field says whose a record is, in nearly every record: customers, or names of which each is another."""
    if counts["rows"] < EVERYWHERE * most or not tokens:
        return False
    if " ".join(tokens) in words_of("customers") or (set(tokens) & _words("traders") and set(tokens) <= _named()):
        return True
    apart = counts["distinct"] >= APART * counts["rows"]
    return apart and set(tokens) <= _named()


def serves(name: str) -> bool:
    """Whether a field is of somebody to turn to, or of who made or keeps the record."""
    tokens = name_tokens(name)
    theirs = set(tokens) & (_words("traders") | _words("bodies"))  # `leveranciersnummer`
    if is_staff(name) and not theirs:
        return True
    turned_to = tuple(word for word in _words("contacts") if len(word) >= LONG)
    words = {*tokens, "".join(tokens)}
    return bool(words & (_words("contacts") | _words("kept"))) or any(word.endswith(turned_to) for word in tokens)


def _tells(field: Field, counts: Evidence) -> bool:
    """Whether it tells of a person; a name over nothing does not."""
    special = field.special in {"art9", "art10"}
    return field.verdict == "found" and bool(counts["rows"]) and (field.category in OF_PERSONS or special)


@cache
def _named() -> frozenset[str]:
    """Words of which the name of such a field is made."""
    return _words("traders") | _words("bodies") | _words("names") | _words("called")
