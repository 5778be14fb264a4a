"""Keys in dumps of databases: somebody's own record, who made it, and what is kept in lists of its own.

A title says what each record of a table is: of `users` the bare `id` is a person's, of `messages` nobody's. Who made or
changed a record stands in it by number. In a table of persons `gender_id` tells what `gender` does.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from igmap.inventory.context.organisations import is_apart
from igmap.inventory.context.table import Table, listed, lists
from igmap.inventory.inventory import Field
from igmap.inventory.tally import Evidence
from igmap.inventory.votes import FEW, FULL, MOST, Vote, share_of
from igmap.vocabulary.filed import titled
from igmap.vocabulary.themes import headings, is_staff

LISTS = "keys.yaml"
WHO = frozenset({"name", "birth_date", "username", "email", "bsn", "gender"})
REACHED = frozenset({"name", "username", "email", "bsn", "phone", "birth_date"})
PLACED = frozenset({"city", "address", "postcode"})
OPEN = frozenset(
    {"none", "account_id", "username", "name", "learning_activity"}
)  # what it may be found to be until then
KEYS = ("numbers", "whole:uuid", "numbered", "keyed", "reference", "secret")
NOT_KEYS = ("flag", "dates", "amount", "fraction", "linked", "whole:email")
NAMED = ("called", "two_letters", "numbers", "list:location")
BARE = frozenset({"id", "rowid", "pk", "uuid", "guid", "oid", "uid", "code"})
GLUED_BY = re.compile(r"\b([a-z]{2,}ed)by\b")  # `openedby`
SHORTEST = 4  # letters of an ending
WEIGHT = 7.0  # log-odds, argued: the recipe has no dumps of databases
NOBODYS = -16.0
_words = partial(listed, LISTS)


def key_votes(table: Table, cast: Sequence[list[Vote]]) -> list[list[Vote]]:
    """The votes on the fields of a table, with what its keys lead to.

    Args:
        table: as it was judged without.
        cast: the votes on each field.
    """
    records = _records(table, cast)
    judged = list(map(list, cast))
    for at, (name, field, counts) in enumerate(zip(table.names, table.fields, table.evidence, strict=True)):
        if any(vote.kind == "profile" for vote in cast[at]):
            continue
        if records.of == "records" and field.category in OPEN and _is_own(name, records.word):
            judged[at].append(Vote("account_id", "key", 1.0, {"code": "key_of_record"}, unfitted=NOBODYS))
        elif said := records.says(name, field, counts):
            kept = [vote for vote in cast[at] if not vote.kind.startswith(("header", "neighbour", "filed", "list"))]
            judged[at] = [*kept, Vote(said[0], "key", 1.0, {"code": "key", "cue": said[1]}, unfitted=WEIGHT)]
    return judged


@dataclass(frozen=True, slots=True)
class Records:
    """Of what the records of a table are.

    Args:
        of: `persons` or `records` by its title, or nothing.
        word: of the title that says so.
        somebody: whether a field tells of a person who is not only staff.
        placed: whether one tells where they live.
        employed: whether one tells where they work.
        each: whether each record is of another of them.
    """

    of: str
    word: str
    somebody: bool
    placed: bool
    employed: bool
    each: bool

    def says(self, name: str, field: Field, counts: Evidence) -> tuple[str, str] | None:
        """The category of a field and the word that says it, if its name and values are of a key."""
        if not counts or field.free_text:
            return None
        if self.of == "persons" and _is_key(field, counts) and is_apart(counts) and _is_own(name, self.word):
            return "account_id", self.word
        if (who := self._another(name, counts) or _pointer(name)) and _is_key(field, counts):
            return "account_id", who
        return self._told(name, field, counts) if self.somebody else None

    def _another(self, name: str, counts: Evidence) -> str:
        """The word by which a name says that it numbers whom the record is of once more: `external_ref`, `other_id`."""
        if not (self.each and is_apart(counts) and share_of(counts, "digit") >= FULL):
            return ""
        for heading in headings(name):
            words = [one for one in heading.split() if not self.word.startswith(one)]
            known = {*words} <= _words("own") | _words("again") | _words("persons")
            if known and _words("own") & {*words}:
                return next((one for one in words if one in _words("again")), "")
        return ""

    def _told(self, name: str, field: Field, counts: Evidence) -> tuple[str, str] | None:
        """What is told of the persons by a number, a code or a link."""
        joined = _joined(name)
        said = _kept(joined) if field.category in OPEN and _is_code(counts) else None
        if said and (self.placed or said[0] != "location"):
            return said
        named = max(share_of(counts, sign) for sign in NAMED) > MOST and field.category in {"none", "nationality"}
        if self.placed and named and (region := _ends(joined, "regions")):
            return "location", region
        trades = self.word.removesuffix("s") in listed("organisations.yaml", "traders")
        own = self.of == "persons" and not (self.employed or trades) and share_of(counts, "linked") >= FULL
        page = _ends(joined, "pages") if own and field.category == "none" else ""
        return ("url", page) if page else None


def _records(table: Table, cast: Sequence[Sequence[Vote]]) -> Records:
    of, word = of_title(table.title)
    theirs = any(vote.kind == "organisations" for one in cast for vote in one)
    found = {field.category for field in table.fields if field.verdict == "found" and not is_staff(field.name)}
    somebody = bool(found & WHO) and not theirs
    each = somebody and any(
        field.category in REACHED and field.verdict == "found" and is_apart(counts) and not is_staff(field.name)
        for field, counts in zip(table.fields, table.evidence, strict=True)
    )
    of = "" if theirs and of == "persons" else of
    return Records(of, word, somebody, bool(found & PLACED), "employer" in found, each)


@lru_cache(maxsize=1024)
def of_title(title: str) -> tuple[str, str]:
    """Whether each record of a table is a person or their file (`persons`) or something written, and the word for it.

    Example:
        >>> of_title("koha_borrowers.csv"), of_title("user_roles")[0]
        (('persons', 'borrowers'), 'records')
    """
    words = [word for word in headings(title)[0].split() if not word.isdigit()] if headings(title) else []
    while words and words[-1] in _words("tail"):
        words.pop()
    last = words[-1] if words else ""
    for kind in ("records", "persons"):
        if last in _words(kind):
            return kind, last
    if last and (of := titled(last)):
        return ("persons" if of.category == "account_id" else ""), last
    kinds = ((kind, one) for kind in ("persons", "records") for one in _words(kind))
    return next(((kind, one) for kind, one in kinds if len(one) >= SHORTEST and last.endswith(one)), ("", ""))


def _is_own(name: str, word: str) -> bool:
    """Whether a name is that of the record's own key: bare, or with the word of the title before it."""
    stems = {word, word.removesuffix("s"), word.removesuffix("en"), word.removesuffix("n")} - {""}
    own = _words("own")
    for heading in headings(name):
        first, *rest = heading.split() or [""]
        joined = "".join((first, *rest))
        if joined in BARE | {f"{s}{o}" for s in stems for o in own}:
            return True
        if word in _words("persons") and rest in (["id"], ["rowid"]) and any(one.startswith(first) for one in stems):
            return True  # `per_ID` of `person_per`
    return False


def _pointer(name: str) -> str:
    """The word by which a name says that it leads to who did or has it."""
    for heading in headings(name):
        words = GLUED_BY.sub(r"\1 by", heading).split()
        bare = words[:-1] if len(words) > 1 and words[-1] in {"id", "uid", "user", "userid", "fk", "nr"} else words
        if len(bare) > 1 and bare[-1] in _words("by") and bare[-2].endswith(tuple(_words("done"))):
            return " ".join(bare[-2:])
        if bare and bare[-1] in _words("roles"):
            return bare[-1]
    joined = _joined(name)
    return next((one for one in joined if one in _words("pointers")), "")


def _kept(joined: Sequence[str]) -> tuple[str, str] | None:
    """What is kept in a list, where the name numbers it: `gender_id`, `fk_country`."""
    bare = {one.removesuffix(head) for one in joined for head in _words("heads") if one.endswith(head)}
    bare |= {one.removeprefix("fk") for one in joined if one.startswith("fk")}
    said = ((category, word) for category, words in lists(LISTS)["kept"].items() for word in words if word in bare)
    return next(said, None)


def _ends(joined: Sequence[str], kind: str) -> str:
    return next((word for word in joined if word in _words(kind)), "")


@lru_cache(maxsize=4096)
def _joined(name: str) -> tuple[str, ...]:
    """A name in one piece, and without its first word, which may stand before all names of the table."""
    pieces = (heading.split() for heading in headings(name))
    return tuple(dict.fromkeys(one for words in pieces for one in ("".join(words), "".join(words[1:])) if one))


def _is_key(field: Field, counts: Evidence) -> bool:
    """Whether the values may be keys, and are nothing surer."""
    if field.verdict == "found" and field.category not in OPEN:
        return False
    formed = max(share_of(counts, sign) for sign in KEYS) >= FULL
    return formed and max(share_of(counts, sign) for sign in NOT_KEYS) <= MOST


def _is_code(counts: Evidence) -> bool:
    """Whether the values are numbers or short codes of a list, each in several records."""
    short = max(share_of(counts, sign) for sign in ("numbers", "two_letters", "lettered", "numbered", "list:location"))
    return short >= FULL and (counts["rows"] < FEW or not is_apart(counts))
