"""Which field tells persons apart, and which dataset is worth anonymising first."""

import polars as pl

from igmap.anonymisation.tuples import same_person
from igmap.engine import Engine
from igmap.errors import PlanError
from igmap.inventory import DatasetInventory, Decisions, Inventory, Located, locate
from igmap.inventory.inventory import Field
from igmap.sources import Exports

KEYS = ("account_id", "bsn", "email", "username")
ONE_EACH = ("bsn", "email", "username")  # an account id that never repeats may number the visits
OTHERS = ("direct", "key")
NOT_TELLING = {"photo", "address", "message_content"}
NEARLY_ALL = 0.95  # of the records
MEASURES = ("learning_activity", "learning_result")  # the second is what releases are mostly asked for


def guess_person_key(exports: Exports, found: DatasetInventory, decisions: Decisions | None = None) -> str | None:
    """The field that tells persons apart; None when each record is a person, or nothing can tell.

    It is the decided field, else the first kind of key (account id, BSN, e-mail, user name) of which values repeat.
    Where a BSN, e-mail address or user name stands in nearly every record and never repeats, each record is a
    person. Otherwise it is a name, phone number or other direct identifier that repeats, or else another key that
    does: of several the one with the most values. So k is never overstated by counting the records of one person as
    persons; two persons who share the value count as one, and one who has two values (a second phone) as two, unless
    a person decides on a better key.

    Args:
        exports: where values are counted.
        found: the dataset.
        decisions: a binding of the dataset may name its person key.
    """
    binding = (decisions or Decisions()).binding(found.source, found.table)
    if binding and binding.person_key:
        return binding.person_key
    located = locate(exports, found.source, found.table)
    own = own_columns(located)
    fields = [field for field in found.fields if field.name in own and _may_tell(field)]
    counts = {field.name: _counts(exports.engine, located.dataset.name, own[field.name]) for field in fields}
    again = [field for field in fields if counts[field.name][1] < counts[field.name][0]]
    for kind in KEYS:
        if repeated := [field.name for field in again if field.category == kind]:
            return repeated[0]
    least = NEARLY_ALL * located.dataset.parsed
    if any(field.category in ONE_EACH and counts[field.name][0] >= least > 0 for field in fields):
        return None
    best = max(again, key=lambda one: (-OTHERS.index(one.identifiability), counts[one.name][1]), default=None)
    return best.name if best else None


def _may_tell(field: Field) -> bool:
    return field.identifiability in OTHERS and not field.free_text and field.category not in NOT_TELLING


def own_columns(located: Located) -> dict[str, str]:
    """Engine column by field, of the fields with one value per record."""
    return {name: one.column for name, one in located.columns.items() if one.table == located.dataset.name}


def _counts(engine: Engine, table: str, column: str) -> tuple[int, int]:
    """Records that name somebody, and how many different persons they name."""
    counted = engine.distinct(table, [column])
    named = pl.DataFrame({"who": same_person(counted[column]), "rows": pl.from_arrow(counted["rows"])}).drop_nulls()
    return int(named["rows"].sum()), named["who"].n_unique()


def count_persons(exports: Exports, located: Located, key: str | None) -> int:
    """Persons in a dataset, given the field that tells them apart; all records with a blank are one person."""
    own, records = own_columns(located), located.dataset.parsed
    if key not in own:
        return records
    named, persons = _counts(exports.engine, located.dataset.name, own[key])
    return persons + (named < records)


def count_unnamed(exports: Exports, located: Located, key: str) -> int:
    """Records of which the field that tells persons apart is blank."""
    return located.dataset.parsed - _counts(exports.engine, located.dataset.name, own_columns(located)[key])[0]


def choose_dataset(exports: Exports, inventory: Inventory, decisions: Decisions | None = None) -> DatasetInventory:
    """The dataset to anonymise when nobody said which: with quasi-identifiers, a measure, and the most persons.

    Results count for more than activity; a dataset with quasi-identifiers only is chosen where none has a measure.

    Raises:
        PlanError: no dataset holds a quasi-identifier.
    """
    suited = [found for found in inventory.datasets if any(field.identifiability == "quasi" for field in found.fields)]
    if not suited:
        raise PlanError("no dataset holds quasi-identifiers; name the one to anonymise in a plan")
    best = max(map(_measured, suited))
    return max((f for f in suited if _measured(f) == best), key=lambda found: _persons(exports, found, decisions))


def _measured(found: DatasetInventory) -> int:
    return max((MEASURES.index(field.category) + 1 for field in found.fields if field.category in MEASURES), default=0)


def _persons(exports: Exports, found: DatasetInventory, decisions: Decisions | None) -> int:
    key = guess_person_key(exports, found, decisions)
    return count_persons(exports, locate(exports, found.source, found.table), key)
