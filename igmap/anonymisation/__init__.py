"""Room 4: a plan for every column, the best recoding that keeps k persons together, and a release in staging.

Everything is imported when first used, so that whoever asks for little waits for little.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from igmap.anonymisation.checking import check_against, check_plan
    from igmap.anonymisation.draft import draft_plan
    from igmap.anonymisation.hierarchies import Hierarchy, build_hierarchy
    from igmap.anonymisation.persons import choose_dataset, guess_person_key
    from igmap.anonymisation.plan import DEFAULT_K, LinkedTable, Plan, PlannedColumn
    from igmap.anonymisation.plan_file import load_plan, write_plan
    from igmap.anonymisation.recode import anonymise, find_recoding
    from igmap.anonymisation.release import Release

_PLACES = {
    "DEFAULT_K": "plan",
    "Hierarchy": "hierarchies",
    "LinkedTable": "plan",
    "Plan": "plan",
    "PlannedColumn": "plan",
    "Release": "release",
    "anonymise": "recode",
    "build_hierarchy": "hierarchies",
    "check_against": "checking",
    "check_plan": "checking",
    "choose_dataset": "persons",
    "draft_plan": "draft",
    "find_recoding": "recode",
    "guess_person_key": "persons",
    "load_plan": "plan_file",
    "write_plan": "plan_file",
}
__all__ = [
    "DEFAULT_K",
    "Hierarchy",
    "LinkedTable",
    "Plan",
    "PlannedColumn",
    "Release",
    "anonymise",
    "build_hierarchy",
    "check_against",
    "check_plan",
    "choose_dataset",
    "draft_plan",
    "find_recoding",
    "guess_person_key",
    "load_plan",
    "write_plan",
]


def __getattr__(name: str) -> Any:
    """Fetch a name from its module on first use."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
    globals()[name] = found
    return found
