"""Room 4: a plan for every column, the best recoding that keeps k persons together, and a release in staging.

Everything is imported when first used, so that whoever asks for little waits for little.
"""

from typing import TYPE_CHECKING

from igmap.lazily import fetcher

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
__getattr__ = fetcher(__name__, _PLACES)
