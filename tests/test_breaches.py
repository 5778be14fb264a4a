"""Every planted breach is found with the right outcome, nothing beyond: in the samples and a second organisation."""

import csv
from collections.abc import Iterable
from pathlib import Path

from igmap.found import find
from igmap.policy import Finding, check
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


def test_a_second_organisation_with_its_own_register_and_exports_is_judged_right(tmp_path: Path) -> None:
    root = write_second_organisation(tmp_path)
    with find(open_workspace(root), today=TODAY) as found:
        findings = check(found.inventory, found.policy, found.decisions, found.exports, today=TODAY)
    assert told("second organisation", findings, HERE / "breaches.csv") == ([], [])
