"""Room 4: a plan for every column, the best recoding that keeps k persons together, and a release in staging."""

from igmap.anonymisation.checking import check_against, check_plan
from igmap.anonymisation.draft import draft_plan
from igmap.anonymisation.hierarchies import Hierarchy, build_hierarchy
from igmap.anonymisation.persons import choose_dataset, guess_person_key
from igmap.anonymisation.plan import DEFAULT_K, LinkedTable, Plan, PlannedColumn
from igmap.anonymisation.plan_file import load_plan, write_plan
from igmap.anonymisation.recode import anonymise, find_recoding
from igmap.anonymisation.release import Release

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
