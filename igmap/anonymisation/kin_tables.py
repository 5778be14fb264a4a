"""Further tables about the same persons: proposed in words, and drafted into a plan when a person asks for them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from igmap.anonymisation.candidate import candidates
from igmap.anonymisation.checking import check_plan
from igmap.anonymisation.draft import drafted_columns
from igmap.anonymisation.persons import guess_person_key
from igmap.anonymisation.plan import LinkedTable, Plan, PlannedColumn
from igmap.anonymisation.purposes import forbidden, kept_for
from igmap.errors import PlanError, nearest
from igmap.inventory import DatasetInventory, Decisions, Inventory, locate
from igmap.inventory.kinships import Kinship, Place, Relations
from igmap.inventory.labels import titled
from igmap.policy import Findings, Policy
from igmap.sources import Exports
from igmap.vocabulary import load_yaml

MOST_EVENTS = 3  # rows per person
MOST_COLUMNS = 2  # quasi-identifiers of a linked table: each counts once for every row of a person


@dataclass(frozen=True, slots=True)
class Kin:
    """A table that is about the persons of a plan.

    Args:
        source: its file.
        table: its sheet or table.
        person_key: the field with values of the plan's own person key.
        shared: how many different ones both have.
    """

    source: str
    table: str
    person_key: str
    shared: int

    @property
    def name(self) -> str:
        """As `--with` takes it."""
        return "#".join(part for part in (self.source, self.table) if part)

    def words(self, lang: str) -> str:
        """The proposal in a sentence."""
        said: str = load_yaml("igmap.anonymisation", "texts.yaml")["telling"]["also"][lang]
        title = titled(self.source, self.table)
        return said.format(source=title, field=self.person_key, shared=self.shared, name=self.name)


@dataclass(frozen=True, slots=True)
class Known:
    """What a linked table is drafted from.

    Args:
        exports: where values are counted.
        inventory: what was found.
        decisions: of a person.
        policy: the register with a person's answers in it.
        findings: of a check.
    """

    exports: Exports
    inventory: Inventory
    decisions: Decisions
    policy: Policy | None = None
    findings: Findings | None = None


def kin_of(plan: Plan, relations: Relations) -> tuple[Kin, ...]:
    """The tables in which values of the plan's person key come back, those that share most first.

    Args:
        plan: with a person key.
        relations: how the tables of the workspace hang together.
    """
    own = Place(plan.source, plan.table, plan.person_key or "")
    found = [_kin(one, own) for one in relations.kinships if own in {one.first, one.second} and one.ground == "values"]
    best: dict[str, Kin] = {}
    for kin in sorted(found, key=lambda one: -one.shared):
        if (kin.source, kin.table) != own[:2]:
            best.setdefault(kin.name, kin)
    return tuple(best.values())


def _kin(kinship: Kinship, own: Place) -> Kin:
    other = kinship.second if kinship.first == own else kinship.first
    return Kin(other.source, other.table, other.field, kinship.shared)


def with_table(plan: Plan, name: str, known: Known, kin: tuple[Kin, ...] = ()) -> Plan:
    """The plan with one more table, of which at most two quasi-identifiers and three rows per person are released.

    Args:
        plan: to add to.
        name: the table's file, with its sheet or table behind a `#`.
        known: what it is drafted from.
        kin: tables about the same persons, as `kin_of` gives them; for another one its person key is guessed.

    Raises:
        PlanError: there is no such table, nobody can be told apart in one of the two, or nothing of it can stay.
    """
    places = {"#".join(part for part in (d.source, d.table) if part): d for d in known.inventory.datasets}
    if name not in places:
        raise PlanError(f"--with {name}: no such dataset{nearest(name, places)}")
    found = places[name]
    told = next((one.person_key for one in kin if one.name == name), None)
    key = told or guess_person_key(known.exports, found, known.decisions)
    if not plan.person_key or not key:
        raise PlanError(f"--with {name}: both tables need a field that tells persons apart; bind one as person_key")
    columns = tuple(_few(_columns(found, key, plan.k, known)))
    if not any(column.treatment == "generalise" for column in columns):
        raise PlanError(f"--with {name}: nothing in it can be generalised; release it by itself, or leave it out")
    linked = LinkedTable(_short(name, plan), found.source, key, _joining(columns, key), found.table, MOST_EVENTS)
    return check_plan(replace(plan, columns=_joining(plan.columns, plan.person_key), linked=(*plan.linked, linked)))


def _joining(columns: tuple[PlannedColumn, ...], key: str) -> tuple[PlannedColumn, ...]:
    """The columns, with the person key as a pseudonym: tables that count together can be joined."""
    becomes = load_yaml("igmap.anonymisation", "texts.yaml")["telling"]["link"]
    made = {"role": "link", "treatment": "keep", "becomes": becomes, "transform": ({"pseudonym": {}},)}
    return tuple(replace(one, **made) if one.field == key else one for one in columns)


def _columns(found: DatasetInventory, key: str, k: int, known: Known) -> tuple[PlannedColumn, ...]:
    located = locate(known.exports, found.source, found.table)
    gone = forbidden(known.findings, found.source, found.table, known.policy)
    held = candidates(known.exports, found, located, key=key, k=k)
    judged = [replace(one, forbidden=gone.get(one.field.name, "")) for one in held]
    purposes = kept_for(known.policy, known.decisions, found.source, found.table)
    return drafted_columns(known.exports, located, judged, key=key, purposes=purposes)


def _few(columns: tuple[PlannedColumn, ...]) -> Iterator[PlannedColumn]:
    """The columns, with the first two quasi-identifiers only: what was found goes before what is unknown."""
    said = load_yaml("igmap.anonymisation", "texts.yaml")["telling"]["too_many_events"]
    words = {lang: said[lang].format(count=MOST_COLUMNS) for lang in ("nl", "en")}
    quasi = sorted((one for one in columns if one.treatment == "generalise"), key=lambda one: one.category == "none")
    kept = {one.field for one in quasi[:MOST_COLUMNS]}
    for one in columns:
        if one.treatment == "generalise" and one.field not in kept:
            yield PlannedColumn(one.field, "other", "drop", category=one.category, becomes=words)
        else:
            yield one if one.follows in kept else replace(one, follows="")


def _short(name: str, plan: Plan) -> str:
    """A name for its file that no other table of the release has."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60] or "table"
    taken = {one.name for one in plan.tables}
    return next(one for one in (plain, *(f"{plain}-{n}" for n in range(2, 99))) if one not in taken)
