"""What a table is about says what its words mean: a weight is somebody's in a clinic, a thing's in a warehouse."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from igmap.inventory.context.neighbours import OF_PERSONS
from igmap.inventory.context.table import Table
from igmap.inventory.header_votes import PLAIN_PLACES
from igmap.inventory.inventory import Field
from igmap.inventory.tally import Evidence
from igmap.inventory.votes import MOST, Vote, share_of
from igmap.vocabulary.themes import Said, Theme, is_a_sum, is_of_another, is_staff, leads_elsewhere, themes

TITLED, HINTED, WORDED = 1.0, 0.5, 0.25  # what says it of a table: its title, a field of the theme, a word that may be
ENOUGH = 2.0  # of what says it: then nothing is left to doubt
ENOUGH_OF_ITS_OWN = 1.0  # the same of a narrow theme, of which only words of its own tell
LEAST, UNNAMED = 0.5, 1.0  # strength below which a theme says nothing, and where nobody is named in the table
NARROW = 0.75  # the same of a narrow theme: its title, or two headers
USUAL = 15  # fields of a table: in a wider one a few words of a theme make it about nothing yet
OF_WORDS = 0.75  # of the values are of the theme's
SPOKEN = ("detector", "list")  # kinds of evidence in which values speak for themselves
PLAINLY = "theme:plainly"  # a word that says it of codes or moments, so that other words of the name say nothing
GIVING_WAY = frozenset(
    {"message_content", "learning_activity", "gender", "birth_date"}
)  # to a theme, where they rest on hearsay
OF_MONEY = frozenset({"income", "union_membership", "religion"})  # may be told in an amount
HEARSAY = ("header", "shape:sex_code", "impersonal", "birth_years", "text:plain", "text:repeated")
TOLD_IN_WORDS = frozenset({"criminal", "religion", "union_membership", "political_opinion"})  # never in numbers


@dataclass(frozen=True, slots=True)
class Told:
    """A theme of a table and how sure it is, 0-1."""

    theme: Theme
    strength: float


def themed(table: Table, cast: Sequence[list[Vote]]) -> list[list[Vote]]:
    """The votes on the fields of a table with its themes' among them; these take the place of what a single word says.

    Args:
        table: as it was judged without.
        cast: the votes on each field.
    """
    told = themes_of(table)
    return [
        list(votes if field.verdict == "found" and not _gives_way(field, votes) else _with(told, name, counts, votes))
        for name, field, counts, votes in zip(table.names, table.fields, table.evidence, cast, strict=True)
    ]


def _gives_way(field: Field, cast: Sequence[Vote]) -> bool:
    """Whether it was found by so little that the theme of its table goes before it: `aanwezigheid` of who is ill."""
    kinds = {vote.kind for vote in cast if vote.category == field.category and vote.strength}
    return field.category in GIVING_WAY and all(kind.startswith(HEARSAY) for kind in kinds)


def themes_of(table: Table) -> list[Told]:
    """The themes of a table, the surest first; where it names nobody, or only who serves, only those beyond doubt."""
    fields = zip(table.names, table.fields, strict=True)
    somebody = any(_told(field) in OF_PERSONS and not is_staff(name) for name, field in fields)
    told = [Told(theme, _strength(theme, table)) for theme in themes()]
    least = LEAST if somebody else UNNAMED
    heard = (one for one in told if one.strength >= (NARROW if one.theme.narrow else least))
    return sorted((one for one in heard if somebody or not one.theme.narrow), key=lambda one: -one.strength)


def _strength(theme: Theme, table: Table) -> float:
    headings = (table.title, *table.names)
    if any(map(theme.is_not, headings)):
        return 0.0
    hints = sum(_hint(theme, name, field) for name, field in zip(table.names, table.fields, strict=True))
    if theme.narrow and not any(map(theme.is_of, headings)):
        return 0.0
    enough = ENOUGH_OF_ITS_OWN if theme.narrow else ENOUGH
    return min(1.0, (TITLED * theme.is_of(table.title) + hints * USUAL / max(USUAL, len(table.fields))) / enough)


def _hint(theme: Theme, name: str, field: Field) -> float:
    """How much a field says that its table is about a theme."""
    found = field.verdict == "found"
    if theme.is_of(name) or (found and field.category in theme.categories and not theme.narrow):
        return HINTED
    may_be = not found and not theme.narrow and theme.said(name) and not leads_elsewhere(name)
    return WORDED if may_be else 0.0


def _told(field: Field) -> str:
    """What was found of a field, or may be."""
    return field.runner_up if field.verdict == "undecided" else field.category


def _with(told: Sequence[Told], name: str, counts: Evidence, cast: Sequence[Vote]) -> Iterator[Vote]:
    """The votes on a field with that of the first theme that says anything of it."""
    vote = next((vote for one in told if (vote := _vote(one, name, counts, cast))), None)
    plain = vote is not None and vote.kind == PLAINLY
    yield from (one for one in cast if not (vote and _falls(one, vote.category, plain=plain)))
    if vote:
        yield vote


def _falls(vote: Vote, told: str, *, plain: bool) -> bool:
    """Whether a vote is what a single word of the name says where there is no theme; any words where it is plain."""
    if vote.category in GIVING_WAY - {told}:
        return vote.kind.startswith(HEARSAY)
    single = " " not in str(vote.reason.get("cue", ""))
    return vote.kind.startswith("header") and vote.category == "none" and (plain or single)


def _vote(told: Told, name: str, counts: Evidence, cast: Sequence[Vote]) -> Vote | None:
    """What a theme makes of a field's name, or else of its values; nothing where these speak for themselves."""
    theme = told.theme
    others = (one for one in cast if one.category not in theme.categories and one.strength > MOST)
    if any(one.kind.startswith(SPOKEN) for one in others):
        return None
    if said := next((said for said in theme.said(name) if _holds(said, name, counts, cast)), None):
        reason = {"code": "theme", "theme": theme.id, "cue": said.word.replace("*", "…")}
        return Vote(said.category, PLAINLY if said.coded or said.dated else "theme:told", told.strength, {**reason})
    for category in sorted(theme.categories):
        share = share_of(counts, f"theme:{theme.id}:{category}")
        if share >= OF_WORDS and counts["distinct"] > 1:
            return Vote(
                category, "theme:values", told.strength, {"code": "theme_values", "theme": theme.id, "share": share}
            )
    return None


def _holds(said: Said, name: str, counts: Evidence, cast: Sequence[Vote]) -> bool:
    """Whether a word of a theme is what the name and the values are of."""
    dates = share_of(counts, "dates") > MOST
    if said.dated:
        return dates or not counts
    if said.coded:
        return not (dates or is_of_another(name) or (is_a_sum(name) and said.category not in OF_MONEY))
    if dates or leads_elsewhere(name) or _is_of_no_theme(said, counts, cast):
        return False
    return said.last or not any(one.kind in PLAIN_PLACES and one.category == "none" for one in cast)


def _is_of_no_theme(said: Said, counts: Evidence, cast: Sequence[Vote]) -> bool:
    """Whether the values are of a kind that tells nothing: money, codes of papers, kinds of things, yes and no."""
    if share_of(counts, "flag") > MOST:
        return said.category not in TOLD_IN_WORDS | {"health", "income"}
    if share_of(counts, "numbers") > MOST:
        heard = any(one.kind.startswith("header") and one.category == said.category for one in cast)
        counted = said.category == "learning_result" and heard  # `punten` counts what anybody has
        return (
            counted
            or said.category in TOLD_IN_WORDS
            or (share_of(counts, "amount") > MOST and said.category != "income")
        )
    codes = max(share_of(counts, "numbered"), share_of(counts, "keyed")) - share_of(counts, "numbers")
    return max(codes, share_of(counts, "list:none")) > MOST
