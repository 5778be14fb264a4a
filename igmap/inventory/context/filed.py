"""Numbers of files and orders: in a table about persons that of a ticket, contract or parcel leads to one of them."""

from collections.abc import Iterator, Sequence

from igmap.inventory.context.neighbours import OF_PERSONS, counts_on
from igmap.inventory.context.organisations import is_apart
from igmap.inventory.context.table import Table
from igmap.inventory.inventory import Field
from igmap.inventory.tally import Evidence
from igmap.inventory.votes import FULL, MOST, Vote, recurs, share_of
from igmap.vocabulary.filed import Filed, filed, is_bare, speaks_of, titled
from igmap.vocabulary.phrases import listed
from igmap.vocabulary.themes import is_staff
from igmap.vocabulary.tokens import name_tokens

# Of whoever has a file; what else a field may be found to be and still be its number.
TOLD_OF = OF_PERSONS | {"gender", "health", "postcode", "income"} - {"url", "device_id"}
NUMBERS_TOO = frozenset({"none", "account_id", "invoice", "device_id"})
# What else, where the name says that it is a number.
LIKE_NUMBERS = {"head": ("name", "learning_result", "phone"), "alone": ("learning_result",)}
FORMS = {"head": ("digit",), "device": ("workplace",), "proven": ("secret",)}
NOT_NUMBERS = ("amount", "dates", "flag", "fraction", "tracked", "picture", "linked", "two_letters")


def filed_votes(table: Table, cast: Sequence[list[Vote]]) -> list[list[Vote]]:
    """The votes on the fields of a table, those that number a file or an order of somebody told so.

    Args:
        table: as it was judged without.
        cast: the votes on each field.
    """
    names, fields, evidence = table.names, table.fields, table.evidence
    asked = [filed(name) for name in names]
    titles = titled(table.title)
    whose = next((field for field, of in zip(fields, asked, strict=True) if _is_somebodys(field, of)), None)
    if whose is None or not (titles or any(asked)) or any(vote.kind == "organisations" for one in cast for vote in one):
        return list(cast)
    without = _without(table.title, names)
    told = list(map(list, cast))
    for at, votes in enumerate(told):
        of = (titles if is_bare(names[at], table.title) else None) or asked[at]
        if of and of.how not in without and of.word not in without and fields[at].name != whose.name:
            told[at] = list(_with(of, votes, whose.name)) if _holds(of, fields[at], evidence[at], votes) else votes
    return told


def _without(title: str, names: Sequence[str]) -> set[str]:
    """How and by what words nothing leads to somebody in a table: what is scanned in a shop, chips of animals."""
    sold = any(speaks_of("wares", name) for name in names)
    proof = any(speaks_of("proofs", name) for name in (title, *names))
    herd = any(listed("animals") & set(name_tokens(name)) for name in (title, *names))
    return ({"scanned"} if sold else set()) | (set() if proof else {"proven"}) | ({"chip"} if herd else set())


def _is_somebodys(field: Field, of: Filed | None) -> bool:
    """Whether a field tells of a person, and not only of who serves them or of the file."""
    return field.verdict == "found" and field.category in TOLD_OF and of is None and not is_staff(field.name)


def _holds(of: Filed, field: Field, counts: Evidence, votes: Sequence[Vote]) -> bool:
    """Whether the values may be such numbers, and no kind of export says otherwise."""
    asked = field.category in {*NUMBERS_TOO, *LIKE_NUMBERS.get(of.how, ())} and not field.free_text
    if not asked or any(vote.kind == "profile" for vote in votes):
        return False
    if not counts:
        return of.how in {"head", "code", "serial"}
    signs = ("whole:uuid", *FORMS.get(of.how, ("reference", "locator")))
    formed = max(share_of(counts, sign) for sign in signs) >= FULL
    return formed and not _are_kinds(of, counts) and max(share_of(counts, sign) for sign in NOT_NUMBERS) <= MOST


def _are_kinds(of: Filed, counts: Evidence) -> bool:
    """Whether the values rather say of which kind something is, or in which row it stands."""
    few = of.how != "head" and recurs(counts)
    return few or (of.apart and not is_apart(counts)) or (of.how == "alone" and counts_on(counts))


def _with(of: Filed, votes: Sequence[Vote], beside: str) -> Iterator[Vote]:
    """The votes without what a word in the name says of anything, with that of the file."""
    yield from (vote for vote in votes if not _falls(vote, of.category))
    yield Vote(of.category, "filed", 1.0, {"code": "filed", "cue": of.word, "field": beside})


def _falls(vote: Vote, category: str) -> bool:
    """Whether a vote speaks against the category, or for another one by its name only."""
    by_name = vote.kind.startswith(("header", "neighbour:key", "neighbour:account_id")) and vote.category != category
    return by_name or vote.kind in {"impersonal", "against"}
