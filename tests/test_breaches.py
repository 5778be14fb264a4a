"""Every planted breach is found with the right outcome, nothing beyond: in the samples and a second organisation."""

import csv
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from igmap.found import find
from igmap.inventory import load_decisions
from igmap.job import Outcome
from igmap.policy import Finding, answered, check, load_policy
from igmap.policy.values import Open
from igmap.workspace import open_workspace
from tests.second_organisation import HERE, TODAY, write_second_organisation

PLACE = ("rule", "outcome", "dataset", "field", "purpose")


def unmatched(findings: Iterable[Finding], breaches: Path) -> tuple[list[str], list[str]]:
    """Breaches that no finding tells, and findings that no breach accounts for; each pairs with one of the other."""
    with breaches.open(encoding="utf-8", newline="") as file:
        planted = list(csv.DictReader(file))
    left = [finding for finding in findings if finding.outcome != "pass"]
    missed = []
    for row in planted:
        place = tuple(row[part] for part in PLACE)
        told = [f for f in left if tuple(getattr(f, part) for part in PLACE) == place]
        hit = next((f for f in told if row["mentions"] in f.message.nl), None)
        if hit is None:
            missed.append(" | ".join([*place, row["mentions"]]))
        else:
            left.remove(hit)
    return missed, [" | ".join([*(str(getattr(f, part)) for part in PLACE), f.message.nl]) for f in left]


def told(name: str, findings: Iterable[Finding], breaches: Path) -> tuple[list[str], list[str]]:
    """The same, with recall and precision printed."""
    found = [finding for finding in findings if finding.outcome != "pass"]
    missed, beyond = unmatched(found, breaches)
    with breaches.open(encoding="utf-8", newline="") as file:
        planted = sum(1 for _ in csv.DictReader(file))
    right = planted - len(missed)
    print(  # noqa: T201 - the figures are what the test is asked for
        f"{name}: {planted} breaches planted, {len(found)} found; recall {right / planted:.3f}, "
        f"precision {right / max(1, len(found)):.3f}"
    )
    return missed, beyond


@pytest.mark.ci
def test_a_second_organisation_with_its_own_register_and_exports_is_judged_right(tmp_path: Path) -> None:
    root = write_second_organisation(tmp_path)
    with find(open_workspace(root), today=TODAY) as found:
        findings = check(found.inventory, found.policy, found.decisions, found.exports, today=TODAY)
    assert told("second organisation", findings, HERE / "breaches.csv") == ([], [])


def planted(breaches: Path, rule: str, outcome: str) -> set[tuple[str, str]]:
    """Where a rule is broken, as dataset and field."""
    with breaches.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {(row["dataset"], row["field"]) for row in rows if (row["rule"], row["outcome"]) == (rule, outcome)}


def test_every_planted_breach_of_the_samples_is_found_and_none_beyond_it(sample_run: tuple[Path, Outcome]) -> None:
    workspace, outcome = sample_run
    assert told("sample workspace", outcome.findings, workspace / "breaches.csv") == ([], [])


def test_breaches_about_fields_follow_from_what_the_samples_are_known_to_hold(sample_run: tuple[Path, Outcome]) -> None:
    workspace, _ = sample_run
    decisions = load_decisions(workspace / "decisions.yaml")
    policy = answered(load_policy(workspace / "policy.yaml"), decisions)
    outside = set()
    for row in _rows(workspace / "truth.csv"):
        binding = decisions.binding(row["file"], row["table"])
        served = [policy.purpose(name) for name in (binding.purposes if binding else None) or ()]
        needed = [one.data_categories for one in served if one]
        stated = [categories for categories in needed if not isinstance(categories, Open)]
        asked = row["category"] not in {"none", "password"} and needed and len(stated) == len(needed)
        if asked and not any(row["category"] in categories for categories in stated):
            outside.add(_place(row))
    hidden = {_place(row) for row in _rows(workspace / "hidden.csv") if row["category"] == "bsn"}
    columns = {_place(row) for row in _rows(workspace / "truth.csv") if row["category"] == "bsn"}
    breaches = workspace / "breaches.csv"
    assert {_masked(place) for place in outside} == planted(breaches, "R2", "violation")
    assert {_masked(place) for place in hidden | columns} == planted(breaches, "R9", "violation")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _place(row: dict[str, str]) -> tuple[str, str]:
    return f"{row['file']}#{row['table']}".removesuffix("#"), row["field"]


def _masked(place: tuple[str, str]) -> tuple[str, str]:
    """As igmap shows it: the samples' file names that hold a name."""
    return re.sub(r"(aanmelding|verzuim)_\w+\.", r"\1_‹name›.", place[0]), place[1]
