"""Who is who: fields in which the same persons come back, and the field of each dataset that tells them apart."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

import networkx as nx

from igmap.inventory.kinships.kinds import kinds
from igmap.inventory.kinships.members import Group, Member
from igmap.inventory.kinships.overlaps import Overlap, Overlaps
from igmap.inventory.kinships.relations import PersonColumn, Reason
from igmap.vocabulary import header_cue
from igmap.vocabulary.tokens import name_tokens

NAMED, LINKED, MOST_LINKS, RECORD = 1.0, 0.5, 4, 2.0
RECORD_SHARE = 0.9  # another identifier that comes back this much more often says that an id numbers records
LEAST_SCORE, LEAST_FILLED = 0.4, 0.05
TELLING = 1.5  # kinds that weigh at least this may say that another one numbers records


class _Scored(NamedTuple):
    score: float
    member: Member
    reasons: tuple[Reason, ...]


def components(found: Overlaps, categories: Mapping[int, str]) -> list[tuple[list[int], int]]:
    """Positions of fields that hold the same persons, with the number of different values in them together.

    Args:
        found: all overlaps.
        categories: of every position; invoices and what is not known hold no persons.
    """
    graph: nx.Graph[int] = nx.Graph()
    graph.add_edges_from(
        (pair.first, pair.second)
        for pair in found.pairs
        if pair.ground != "chance" and pair.kind in kinds() and kinds()[pair.kind].person
    )
    parts = [sorted(part) for part in nx.connected_components(graph) if any(categories.get(one) for one in part)]
    together = found.shared.together if found.shared else len
    return [(part, together([found.places[one] for one in part])) for part in sorted(parts)]


def person_column(group: Group, found: Overlaps, datasets: Mapping[int, int]) -> PersonColumn | None:
    """The field that tells the persons of a dataset apart; None when there is none.

    Each identifying field is weighed: by its kind, whether its name says who, to how many datasets it links, and how
    many records have it. An id that is different in every record, where another identifier comes back, numbers the
    records and not the persons.

    Args:
        group: the dataset.
        found: all overlaps.
        datasets: position -> number of its dataset.
    """
    candidates = [member for member in group.members if _is_candidate(member, found)]
    scored = [_scored(member, candidates, _links(member.position, found.pairs, datasets)) for member in candidates]
    best = max(scored, key=lambda one: (one.score, -one.member.position), default=None)
    if best is None or best.score < LEAST_SCORE:
        return None
    member = best.member
    persons = found.distinct.get(member.position, member.distinct)
    first: Reason = {"code": "kind", "category": member.field.category, "distinct": persons, "rows": member.told.rows}
    return PersonColumn(member.name, member.field.category, persons, round(member.filled, 4), (first, *best.reasons))


def _is_candidate(member: Member, found: Overlaps) -> bool:
    kind = kinds().get(member.field.category)
    full = member.field.category != "name" or member.position in found.places
    return bool(kind and kind.person and full and member.distinct and member.filled >= LEAST_FILLED)


def _links(position: int, pairs: Sequence[Overlap], datasets: Mapping[int, int]) -> set[int]:
    """The other datasets that a field links to."""
    ends = [
        (pair.second if pair.first == position else pair.first)
        for pair in pairs
        if pair.ground != "chance" and position in {pair.first, pair.second}
    ]
    return {datasets[end] for end in ends} - {datasets[position]}


def _scored(member: Member, candidates: Collection[Member], links: set[int]) -> _Scored:
    kind = kinds()[member.field.category]
    reasons: list[Reason] = []
    score = kind.person
    if member.field.category == "account_id" and (who := _who(member.column.name)):
        score += NAMED
        reasons.append({"code": "who", "cue": who})
    if links:
        score += LINKED * min(len(links), MOST_LINKS) / MOST_LINKS * 2
        reasons.append({"code": "links", "datasets": len(links)})
    if record := next(_repeating(member, candidates), None):
        score -= RECORD
        reasons.append({"code": "record_id", "other": record.name})
    return _Scored(score * member.filled, member, tuple(reasons))


def _who(name: str) -> str:
    """The word of a name that says who it numbers: `deelnemer_id`; "" when none does: `boeking_id`."""
    cues = (header_cue(word) for word in name_tokens(name))
    return next((cue.phrase for cue in cues if cue and cue.person), "")


def _repeating(member: Member, candidates: Collection[Member]) -> Iterator[Member]:
    """Identifiers of persons that come back in records which an id tells apart."""
    if member.field.category not in {"account_id", "device_id", "username"} or not member.unique:
        return
    for other in candidates:
        filled = other.told.rows - other.told.blank
        telling = other is not member and kinds()[other.field.category].person >= TELLING
        if telling and other.column.table == member.column.table and other.distinct < RECORD_SHARE * filled:
            yield other
