"""Which field tells persons apart, and which dataset is worth anonymising first."""

from igmap.errors import PlanError
from igmap.inventory import DatasetInventory, Decisions, Inventory, locate
from igmap.sources import Exports

KEYS = ("account_id", "bsn", "email", "username")
MEASURES = ("learning_activity", "learning_result")  # the second is what releases are mostly asked for


def guess_person_key(exports: Exports, found: DatasetInventory, decisions: Decisions | None = None) -> str | None:
    """The field that tells persons apart: the decided one, else the first kind of key of which values repeat.

    Where no key repeats each record is a person of its own, and there is nothing to guess.

    Args:
        exports: where values are counted.
        found: the dataset.
        decisions: a binding of the dataset may name its person key.
    """
    binding = (decisions or Decisions()).binding(found.source, found.table)
    if binding and binding.person_key:
        return binding.person_key
    located = locate(exports, found.source, found.table)
    own = {name: column.column for name, column in located.columns.items() if column.table == located.dataset.name}
    keys = [field for kind in KEYS for field in found.fields if field.category == kind and field.name in own]
    profiles = exports.engine.profile(located.dataset.name, [own[field.name] for field in keys])
    for field in keys:
        profile = profiles[own[field.name]]
        if profile.distinct < profile.rows - profile.blanks:
            return field.name
    return None


def choose_dataset(exports: Exports, inventory: Inventory, decisions: Decisions | None = None) -> DatasetInventory:
    """The dataset to anonymise when nobody said which: with quasi-identifiers, a measure, and the most persons.

    Results count for more than activity; a dataset with quasi-identifiers only is chosen where none has a measure.

    Raises:
        PlanError: no dataset holds a quasi-identifier.
    """
    suited = [found for found in inventory.datasets if any(field.identifiability == "quasi" for field in found.fields)]
    if not suited:
        raise PlanError("no dataset holds quasi-identifiers; name the one to anonymise in a plan")
    return max(suited, key=lambda found: (_measured(found), _persons(exports, found, decisions)))


def _measured(found: DatasetInventory) -> int:
    return max((MEASURES.index(field.category) + 1 for field in found.fields if field.category in MEASURES), default=0)


def _persons(exports: Exports, found: DatasetInventory, decisions: Decisions | None) -> int:
    key, located = guess_person_key(exports, found, decisions), locate(exports, found.source, found.table)
    if key not in located.columns:
        return found.parsed
    column = located.columns[key].column
    return exports.engine.profile(located.dataset.name, [column])[column].distinct
