"""Tables of learners: what somebody in a record follows and does is told of them, in a catalogue of nobody.

The name of a field must be made of the words of `learners.yaml` as a whole, so that the price, place, teacher or
version of a course stays nobody's.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

from igmap.inventory.context.neighbours import BARE
from igmap.inventory.context.organisations import is_apart
from igmap.inventory.context.scenes import numbers_a_visit
from igmap.inventory.context.table import Table, listed, lists
from igmap.inventory.context.themes import themes_of
from igmap.inventory.inventory import Field
from igmap.inventory.tally import Evidence
from igmap.inventory.text_votes import is_told
from igmap.inventory.votes import FEW, FULL, MOST, Reason, Vote, is_free_text, recurs, share_of
from igmap.vocabulary.asked import is_question
from igmap.vocabulary.themes import headings, is_staff, wholly
from igmap.vocabulary.tokens import header_words, name_tokens

Said = tuple[str, str]  # a category and the word of our lists that says it

LISTS = "learners.yaml"
WHO = frozenset({"name", "email", "username", "account_id", "bsn", "birth_date"})
CALLED = frozenset({"account_id", "name", "username"})  # who is, is more than who serves many
SEEN = frozenset({"device_id", "ip_address", "username", "account_id"})  # of whoever looks at pages
BROWSING = frozenset({"device_id", "browser_settings", "user_agent"})
WEIGHT = 4.5  # log-odds, argued: the recipe has no tables of learners
OVERRULED = frozenset({
    "none", "learning_activity", "learning_result", "account_id", "message_content", "city", "employer", "health",
    "occupation",
})  # fmt: skip
KEPT = ("detector", "names", "inside", "particles", "profile")  # kinds of votes that values or the maker cast
SHORTEST = 3  # letters of a word for what is taken
SCHOOLED = 0.25  # of the values that are levels of schooling: they are no courses
LEARNT = frozenset({"learning_activity", "learning_result"})
IN_PASSING = ("header:inside", "header:weak")
BY_NAME = ("header:head", "header:inside", "header:weak", "theme:")  # kinds of votes that single words of a name cast
NOT_TITLES = ("numbers", "flag", "list:learning_result", "amount", "fraction")
_words = partial(listed, LISTS)


def learner_votes(table: Table, cast: Sequence[list[Vote]]) -> list[list[Vote]]:
    """The votes on the fields of a table, with what its persons follow and do in place of what single words say.

    Args:
        table: as it was judged without.
        cast: the votes on each field.
    """
    names, fields, evidence = table.names, table.fields, table.evidence
    called = any(map(_is_called, names, fields))
    many = not called and any(map(_counts_learners, names, evidence))
    about = _about(table, courses=(courses := _is_catalogue(names, evidence)), many=many)
    if not about.somebody:
        taken = [courses and _followed(name, Evidence(), taught=True) is not None for name in names]
        cast = [_unfollowed(*one) for one in zip(cast, evidence, taken, strict=True)]
    cast = [_unset(*one, many=many) for one in zip(names, cast, strict=True)]
    judged = list(map(list, cast))
    for at, (name, counts) in enumerate(zip(names, evidence, strict=True)):
        said = about.says(name, counts) if _is_open(fields[at], cast[at]) else None
        if said := said or (_hinted(name, fields[at], cast[at], counts) if about.taught else None):
            kept = [vote for vote in cast[at] if vote.kind.startswith(KEPT)]
            reason: Reason = {"code": "learner", "cue": said[1]}
            judged[at] = [*kept, Vote(said[0], "learner", 1.0, reason, unfitted=WEIGHT)]
    return judged


@dataclass(frozen=True, slots=True)
class About:
    """Of whom a table tells.

    Args:
        somebody: persons who are neither teachers nor somebody to turn to.
        taught: and they learn.
        buying: or they pay, and nothing says that they learn.
        seen: or they visit pages.
        paged: and each record tells of pages that they saw.
        tested: or of marks, so that questions are answered in a test.
    """

    somebody: bool
    taught: bool
    buying: bool
    seen: bool
    paged: bool
    tested: bool

    def says(self, name: str, counts: Evidence) -> Said | None:
        """What a field tells of them, if anything."""
        if _is_set(name):
            return None
        said = _followed(name, counts, taught=self.taught) if self.somebody and not self.buying else None
        said = said or (_done(name, counts) if self.taught else None)
        said = said or (_answered(name, counts) if self.tested else None)
        said = said or (_looked(name, counts) if self.seen else None)
        return said or (_watched(name, counts) if self.paged else None)


def _about(table: Table, *, courses: bool, many: bool) -> About:
    """Of whom a table tells; in a list of courses not of whom one may turn to, nor where many are counted."""
    served = listed("organisations.yaml", "contacts") if courses else frozenset()
    pairs = list(zip(table.names, table.fields, strict=True))
    named = any(_is_of(WHO, name, field) and not served & set(name_tokens(name)) for name, field in pairs)
    somebody = named and not many
    taught = somebody and _is_of_learners(table)
    buying = not taught and any(_told(field) == "invoice" for field in table.fields)
    visits = any(map(numbers_a_visit, table.names))
    seen = visits or any(_is_of(SEEN, name, field) for name, field in pairs)
    told = set(map(_told, table.fields))
    paged = seen and "url" in told and (visits or bool(told & BROWSING))
    marked = any(_told(field) == "learning_result" and not _is_asked(name) for name, field in pairs)
    return About(somebody, taught, buying, seen, paged, taught and marked)


def _unfollowed(cast: Sequence[Vote], counts: Evidence, taken: bool) -> list[Vote]:  # noqa: FBT001
    """The votes without what words say of moments, and of a course that is listed: nobody is there to follow it."""
    fall = (*(("theme:",) if share_of(counts, "dates") > MOST else ()), *(("header",) if taken else ()))
    return [one for one in cast if one.category != "learning_activity" or not one.kind.startswith(fall)]


def _hinted(name: str, field: Field, cast: Sequence[Vote], counts: Evidence) -> Said | None:
    """What a word of the name leaves open elsewhere: `Global score (%)`, `Last course activity time`."""
    left_open = field.verdict != "found" and share_of(counts, "dates") <= MOST
    if not left_open or _is_set(name) or _is_given(name) or _words("classes") & set(name_tokens(name)):
        return None
    said = ((one.category, str(one.reason.get("cue"))) for one in cast if one.kind in IN_PASSING)
    taken = _words("courses") | _words("parts") | _words("titled")  # `ModuleSequence` is of the module
    return next((one for one in said if one[0] in LEARNT and not taken & set(one[1].split())), None)


def _unset(name: str, cast: Sequence[Vote], *, many: bool) -> list[Vote]:
    """The votes without what words say of learning, where a course sets it or learners judge or are counted."""
    given = _is_given(name)
    fall = ("header", "theme:") if many else BY_NAME if given or _is_set(name) else ()
    votes = [one for one in cast if one.category not in LEARNT or not one.kind.startswith(fall)]
    return [one for one in votes if not (given and one.category == "learning_result" and one.kind != "profile")]


def _is_set(name: str) -> bool:
    """Whether it says what a course allows, requires or weighs: `Attempts allowed`, `Correct answer`."""
    return bool(_words("limits") & set(name_tokens(name))) or any(map(_whole("keyed")["none"].search, headings(name)))


def _is_given(name: str) -> bool:
    """Whether it asks somebody what they think of it: `Geef een rapportcijfer`, `Wat vond je van de trainer?`."""
    return len(tokens := name_tokens(name)) >= FEW and bool(_words("you") & set(tokens))


def _is_asked(name: str) -> bool:
    """Whether it is the text of a question, or asks for a mark."""
    return name.rstrip().endswith("?") or is_question(name_tokens(name)) or _is_given(name)


def _is_of(categories: frozenset[str], name: str, field: Field) -> bool:
    """Whether a field says whose a record is, and not who served them."""
    if field.verdict != "found" or field.category not in categories or is_staff(name):
        return False
    tokens, things = set(name_tokens(name)), set(map(str, header_words()["things"]))
    return field.category != "account_id" or not (tokens <= BARE or tokens & things)


def _is_catalogue(names: Sequence[str], evidence: Sequence[Evidence]) -> bool:
    """Whether each record is another course: then whom one may turn to does not follow it."""
    apart = (name for name, counts in zip(names, evidence, strict=True) if counts["rows"] >= FEW and is_apart(counts))
    return any(_followed(name, Evidence(), taught=True) for name in apart)


def _is_called(name: str, field: Field) -> bool:
    """Whether its name says who is in a record, be it only `userid`."""
    said = headings(name)[0].replace(" ", "") in lists("registers.yaml")["unless"]["totals"]
    return said or (_is_of(CALLED, name, field) and field.reasons[0]["code"] == "header")


def _counts_learners(name: str, counts: Evidence) -> bool:
    """Whether each record has a number of learners, so that it tells of a course or a meeting."""
    words = {word for heading in headings(name) for word in heading.split()}
    numbers = share_of(counts, "numbers") > MOST and max(share_of(counts, one) for one in ("dates", "flag")) <= MOST
    named = words & _words("many") and words <= _words("many") | _words("counting")
    return bool(named) and numbers and counts["distinct"] > 1


def _is_of_learners(table: Table) -> bool:
    """Whether a table is about learning, or names learners."""
    called = tuple(_words("learners"))
    headers = (table.title, *table.names)
    named = any(token.startswith(called) for name in headers for token in name_tokens(name))
    return named or any(told.theme.id == "learning" for told in themes_of(table))


def _told(field: Field) -> str:
    return field.category if field.verdict == "found" else "none"


def _is_open(field: Field, cast: Sequence[Vote]) -> bool:
    """Whether nothing but words has said what it is: a maker's profile and a value's form are surer."""
    return _told(field) in OVERRULED and not any(vote.kind == "profile" for vote in cast)


def _followed(name: str, counts: Evidence, *, taught: bool) -> Said | None:
    """What somebody takes, where the whole name says so, or the end of a path, and the values may be its titles."""
    courses = _words("courses") | (_words("parts") | _words("titled") if taught else frozenset())
    steps = name.split(".")
    for path in (".".join(steps[at:]) for at in range(len(steps))):
        tokens = [part for token in name_tokens(path) for part in _parted(token)]
        taken = [token for token in tokens if token in courses]
        if taken and set(tokens) - courses <= _words("heads") | _words("between"):
            return _taken(taken, counts, numbered=bool(set(tokens) & _words("numbering")))
    return None


def _taken(taken: Sequence[str], counts: Evidence, *, numbered: bool) -> Said | None:
    """What the words say, unless the values number what only has a title, or are no titles."""
    if numbered and set(taken) <= _words("titled"):
        return None
    if not numbered and not _may_be_titles(counts, tested=bool(set(taken) & _words("tested"))):
        return None
    return "learning_activity", taken[0]


def _may_be_titles(counts: Evidence, *, tested: bool) -> bool:
    """Whether values may say what is taken: no moments, no texts about it, no marks under what is marked."""
    if share_of(counts, "dates") > MOST or share_of(counts, "list:education_level") > SCHOOLED:
        return False
    if is_free_text(counts) and is_told(counts):
        return False
    signs = NOT_TITLES if tested else NOT_TITLES[1:]
    return max(share_of(counts, sign) for sign in signs) <= MOST


def _done(name: str, counts: Evidence) -> Said | None:
    """What a learner did or how it was judged, where the whole name says so, or all values do."""
    if is_free_text(counts) and is_told(counts):
        return None
    kinds = ["flagged", "acts"] if share_of(counts, "flag") > MOST else ["acts"]
    kinds = ["dated"] if share_of(counts, "dates") > MOST else kinds
    heard = [(kind, heading) for kind in kinds for heading in headings(name)]
    heard += [(kind, rest) for rest in _counted(name, counts) for kind in ("counted", "acts")]
    whole = ((pair, heading) for kind, heading in heard for pair in _whole(kind).items())
    found = ((category, heading) for (category, words), heading in whole if words.search(heading))
    return next(found, _stood(counts))


def _stood(counts: Evidence) -> Said | None:
    """How somebody stands with it, where the values say so: `in progress` and `passed` in one."""
    did, got = (share_of(counts, f"theme:learning:{one}") for one in sorted(LEARNT))
    stood = did > 0 and did + got >= FULL and counts["distinct"] > 1
    return ("learning_activity" if did >= got else "learning_result", "status") if stood else None


def _counted(name: str, counts: Evidence) -> Sequence[str]:
    """What a name counts, adds up or averages in numbers: `te laat` of `aantal te laat`."""
    if counts and share_of(counts, "digit") <= MOST:
        return []
    words = [heading.split() for heading in headings(name)]
    rests = [[word for word in one if word not in _words("counting")] for one in words]
    return [" ".join(rest) for one, rest in zip(words, rests, strict=True) if len(rest) < len(one)]


def _answered(name: str, counts: Evidence) -> Said | None:
    """What a learner chose, where the name is a question of a test and the same answers come back."""
    chosen = counts["distinct"] > 1 and not is_free_text(counts) and recurs(counts)
    thought = _words("opinions") & set(name_tokens(name))
    return ("learning_activity", "answer") if chosen and _is_asked(name) and not thought else None


def _looked(name: str, counts: Evidence) -> Said | None:
    """How much a visitor looked at."""
    words = _whole("looked")["learning_activity"]
    numbers = share_of(counts, "digit") > MOST or not counts
    return ("learning_activity", "pageviews") if numbers and any(map(words.search, headings(name))) else None


def _watched(name: str, counts: Evidence) -> Said | None:
    """What a visitor looked at or did there, and how much."""
    words = _whole("measured" if share_of(counts, "digit") > MOST else "watched")["learning_activity"]
    told = share_of(counts, "dates") <= MOST and any(map(words.search, headings(name)))
    return ("learning_activity", "pageviews") if told else None


def _parted(token: str) -> Sequence[str]:
    """`lehrgangsbezeichnung` as what is taken and what it is called."""
    firsts = _words("courses") | _words("parts")
    for end in range(len(token) - 1, SHORTEST - 1, -1):
        first = next((one for one in (token[:end], token[:end].removesuffix("s")) if one in firsts), "")
        if first and token[end:] in _words("heads"):
            return first, token[end:]
    return (token,)


@cache
def _whole(kind: str) -> Mapping[str, re.Pattern[str]]:
    """Of each category one pattern of its whole headers."""
    words = lists(LISTS)[kind]
    held = words if isinstance(words, dict) else {"learning_activity": words}
    return {category: wholly(words) for category, words in held.items()}
