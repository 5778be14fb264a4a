"""The lists of persons that concern an extract, each joined by the field of the dataset that its key is the same as."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from igmap.disclosing.agreed import Agreed, Request
from igmap.disclosing.persons import NO_KEY, Listed, listed, reasons, table_of
from igmap.engine.recoding import Mapping
from igmap.errors import DisclosureError, nearest
from igmap.found import Found
from igmap.inventory.decision import matches
from igmap.inventory.kinships.kinds import kinds
from igmap.inventory.labels import Located, shown
from igmap.inventory.person_lists import PersonList
from igmap.policy.values import Open

OPPOSABLE = {"eu-gdpr:A6-1-e", "eu-gdpr:A6-1-f"}  # GDPR Art. 21(1)


@dataclass(frozen=True, slots=True)
class Joins:
    """What is joined before rows leave.

    Args:
        lists: ids of the lists.
        mappings: per field that says who: from each of its values to why its records stay, or `inside`.
    """

    lists: tuple[str, ...] = ()
    mappings: tuple[Mapping, ...] = ()


def joins(found: Found, what: Agreed, place: Located, request: Request) -> Joins:
    """The lists that concern an extract, held against the persons in it.

    Raises:
        DisclosureError: the ground asks for consent and no list has it, or a list cannot be matched with the dataset.
        DecisionError: a list lacks a column that decisions.yaml names.
    """
    concerned = _concerned(found, what, request)
    by_field: dict[str, list[PersonList]] = defaultdict(list)
    says = {entry.id: _says(found, entry) for entry in concerned}
    for entry in concerned:
        if says[entry.id].active or says[entry.id].ended:
            by_field[_field(found, what, entry, request)].append(entry)
        elif entry.kind == "consent":
            raise DisclosureError(
                f"decisions.yaml: person_lists: {entry.id}: lists nobody; on consent nothing may leave"
            )
    mappings = tuple(
        _mapping(found, place, name, [says[entry.id] for entry in entries]) for name, entries in by_field.items()
    )
    return Joins(tuple(entry.id for entry in concerned), mappings)


def _concerned(found: Found, what: Agreed, request: Request) -> list[PersonList]:
    lists = [one for one in found.decisions.person_lists if one.concerns(what.purpose.id, what.recipient.id)]
    rules = found.register.disclosures if found.register else None
    needed = rules is not None and request.ground in rules.consent_required
    if needed and not any(one.kind == "consent" for one in lists):
        raise DisclosureError(
            f"ground {request.ground!r} needs recorded consent; say under person_lists in decisions.yaml where it is"
        )
    basis = what.purpose.legal_basis
    opposable = isinstance(basis, Open) or basis in OPPOSABLE
    counts = {"consent": needed, "restriction": True, "objection": opposable}
    return [one for one in lists if counts[one.kind] or (one.kind == "objection" and one.purposes)]


def _says(found: Found, entry: PersonList) -> Listed:
    places = _places(found, entry)
    return listed(found.exports.engine, entry, places, found.today, form=_form(_category(found, places[0], entry.key)))


def _form(category: str) -> str:
    return kinds()[category].form if category in kinds() else ""


def _places(found: Found, entry: PersonList) -> list[Located]:
    places = [
        place
        for place in shown(found.exports)
        if matches(place.source, entry.files) and entry.table in {"", "*", place.table} and place.dataset.name
    ]
    if not places:
        raise DisclosureError(f"decisions.yaml: person_lists: {entry.id}: no export matches {entry.files!r}")
    return places


def _field(found: Found, what: Agreed, entry: PersonList, request: Request) -> str:
    """The field of the dataset that says who in the way of the list: --match, the person key, or the only one.

    Raises:
        DisclosureError: there is none; then nobody can be left out, and nothing leaves.
    """
    categories = {_category(found, place, entry.key) for place in _places(found, entry)}
    alike = [f.name for f in what.dataset.fields if f.verdict == "found" and f.category in categories - {"none"}]
    chosen = next((name for name in (request.match, what.binding.person_key) if name and name in alike), None)
    if chosen is None and len(alike) == 1:
        chosen = alike[0]
    if chosen is None:
        asked = request.match or what.binding.person_key or ""
        raise DisclosureError(
            f"{what.dataset.source}: no field says who as list {entry.id!r} does ({', '.join(sorted(categories))}); "
            f"say --match with one of: {', '.join(alike) or 'none found'}{nearest(asked, alike)}"
        )
    return chosen


def _category(found: Found, place: Located, key: str) -> str:
    dataset = found.inventory.dataset(place.source, place.table)
    field = dataset.field(key) if dataset else None
    return field.category if field and field.verdict == "found" else "none"


def _mapping(found: Found, place: Located, name: str, says: Sequence[Listed]) -> Mapping:
    column = place.columns[name]
    if column.table != place.dataset.name:
        raise DisclosureError(f"{place.source}: {name} lies in a list within the record; say --match")
    batches = [pl.DataFrame(pl.from_arrow(b)) for b in found.exports.engine.values(column.table, column.column)]
    values = pl.concat([pl.Series("value", [], dtype=pl.String), *(b["value"].cast(pl.String) for b in batches)])
    needed = any(one.kind == "consent" for one in says)
    told = reasons(values, says, consent_needed=needed, form=_form(_category(found, place, name)))
    blanks = pl.Series("value", [None, ""], dtype=pl.String)
    return Mapping(column.column, table_of(pl.concat([values, blanks]), pl.concat([told, _both(NO_KEY)])))


def _both(reason: str) -> pl.Series:
    """The reason for the two ways of being blank."""
    return pl.Series("reason", [reason, reason])
