"""Where somebody lives, and where they were: towns and addresses are alike, so names and the table tell them apart."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from igmap.inventory.context.table import listed as words_under
from igmap.inventory.inventory import Field
from igmap.inventory.votes import Vote
from igmap.vocabulary.headers import header_cue
from igmap.vocabulary.phrases import listed
from igmap.vocabulary.places import words_of
from igmap.vocabulary.tokens import name_tokens

SAID = ("header:whole", "header:head", "profile", "worded")  # kinds of votes by which a name says plainly what it is
ALIKE = frozenset({"city", "address", "postcode", "nationality"})  # a place of birth, a stop, a visit has them too
ZONES = frozenset({"browser_settings"})  # whose list holds time zones
PROFILED = "detector:account"  # a link to somebody's profile is a link where the name says so
VISITED = frozenset({"ip_address", "device_id", "user_agent", "browser_settings"})
ONLY_LISTED = frozenset({"closed_list", "shape", "header", "rests_on"})
LEAST = 3  # fields: fewer do not say what a table is about
UNTOLD = -16.0  # log-odds, argued
AT_HOME = frozenset({"address", "postcode", "name"})


def at_the_scene(name: str, cast: Iterable[Vote]) -> list[Vote]:
    """The votes of a field, those for a home turned into a place where the name says that somebody was there.

    Args:
        name: as the export prints it.
        cast: the votes on it.
    """
    votes = list(cast)
    said = {vote.category for vote in votes if vote.kind in SAID}
    if any(vote.category == "url" and vote.kind.startswith("header") for vote in votes):
        return [replace(one, category="url") if one.kind == PROFILED else one for one in votes]
    if "location" in said:
        return turned(votes, ALIKE | ZONES, "location")
    if not any(vote.kind == "profile" for vote in votes) and _is_scene(name, said):
        return turned(votes, ALIKE - {"nationality"}, "location")
    return votes


def of_visits(names: Sequence[str], fields: Sequence[Field], cast: Sequence[Sequence[Vote]]) -> list[list[Vote]]:
    """The votes on the fields of a table, in which a browser may have told the time zone, or its address the town.

    Args:
        names: of the fields, as the export prints them.
        fields: as they were judged by themselves.
        cast: the votes on each field.
    """
    found = [field.category if field.verdict == "found" else "" for field in fields]
    zoned = [_is_zone(name) for name in names]
    told = {category for category, zone in zip(found, zoned, strict=True) if not zone}
    by_browser = bool(told & {"user_agent", "browser_settings"})
    visited = bool(told & VISITED) and not told & AT_HOME
    return [
        turned(votes, {"location"}, "browser_settings")
        if zone and (by_browser or _is_browsers(name))
        else turned(votes, {"city"}, "location")
        if visited and category == "city" and _is_any_town(votes)
        else list(votes)
        for name, zone, category, votes in zip(names, zoned, found, cast, strict=True)
    ]


def numbers_a_visit(name: str) -> bool:
    """Whether a field numbers visits or sessions by its name: each is somebody's, though the number is not."""
    words = set(name_tokens(name))
    numbered = bool(words & words_of("sessions")) and bool(words & words_of("numbering"))
    return numbered and words <= words_of("sessions") | words_of("numbering")


def is_of_visits(fields: Sequence[Field]) -> bool:
    """Whether each record is of somebody's visit: it is numbered, and a browser is told of."""
    told = {field.runner_up if field.verdict == "undecided" else field.category for field in fields}
    return "browser_settings" in told and any(numbers_a_visit(field.name) for field in fields)


def listed_votes(fields: Sequence[Field]) -> Iterator[tuple[int, Vote]]:
    """The votes against what only words of a list say, where the rest of the table does not: kinds of laptops in stock.

    Args:
        fields: as they were judged by themselves.
    """
    words = {word for field in fields for word in name_tokens(field.name)}
    taught = len(fields) < LEAST or any(field.category == "learning_activity" for field in fields)
    nobodys = {
        "browser_settings": bool(words & words_under("registers.yaml", "bought")),
        "learning_result": not (taught or words & listed("schooling")),
    }
    for at, field in enumerate(fields):
        if nobodys.get(field.category) and _is_of_a_list(field):
            yield at, Vote(field.category, "listed", 1.0, {"code": "impersonal"}, unfitted=UNTOLD)


def _is_of_a_list(field: Field) -> bool:
    """Whether nothing but its values says what it is, and these are words of a list."""
    codes = {reason["code"] for reason in field.reasons}
    cue = header_cue(field.name)
    return "closed_list" in codes and codes <= ONLY_LISTED and (cue is None or cue.category == "none")


def turned(votes: Iterable[Vote], categories: Iterable[str], into: str) -> list[Vote]:
    """The votes, those for the categories for another one."""
    return [replace(vote, category=into) if vote.category in categories else vote for vote in votes]


def _is_scene(name: str, said: set[str]) -> bool:
    """Whether a name says where something happened, or where somebody is said to be: `contact.location.city`."""
    words = frozenset(name_tokens(name))
    return bool(words & words_of("scenes")) or ("city" in said and bool(words & words_of("located")))


def _is_any_town(votes: Iterable[Vote]) -> bool:
    """Whether the whole name says that towns stand there, and not who lives in them."""
    return any(one.kind == "header:whole" and one.reason.get("cue") in words_of("towns") for one in votes)


def _is_zone(name: str) -> bool:
    """Whether a field holds a time zone by its name."""
    words = name_tokens(name)
    return bool(set(words) & words_of("zones")) or "time zone" in " ".join(words)


def _is_browsers(name: str) -> bool:
    return bool(set(name_tokens(name)) & words_of("browsers"))
