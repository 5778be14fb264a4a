"""What evaluating costs: every rule of the catalogue, repeated under other ids, over an inventory of 5,000 fields.

`PYTHONPATH=. python benchmarks/checks.py`: 250 datasets of 20 fields, bound by pattern to one or two of a dozen
purposes, against 100 rules. The tables are left out (no exports): what a scan of them costs is `retention.py`'s to
say. Seconds of the best of three, the findings made, and the ratio to the target of 2 seconds.
"""

import random
import time
from datetime import date
from itertools import cycle, islice
from typing import Any

from igmap.inventory import DatasetInventory, Decisions, Field, Inventory
from igmap.policy import Policy, check
from igmap.policy.catalogue import catalogue
from igmap.policy.reading import checked
from igmap.vocabulary import CATEGORIES

DATASETS, FIELDS, RULES, PURPOSES, TARGET_SECONDS = 250, 20, 100, 12, 2.0
TODAY = date(2026, 11, 1)
ORDINARY = [name for name, one in CATEGORIES.items() if one.special == "none" and not one.secret and name != "none"]


def main() -> None:
    """Print the seconds."""
    draw = random.Random(5)
    inventory, policy, decisions = _inventory(draw), _register(draw), _decisions(draw)
    seconds, findings = [], 0
    for _ in range(3):
        began = time.perf_counter()
        findings = len(check(inventory, policy, decisions, today=TODAY))
        seconds.append(time.perf_counter() - began)
    ratio = min(seconds) / TARGET_SECONDS
    print(
        f"{DATASETS * FIELDS} fields x {len(policy.rules)} rules: {min(seconds):.2f} s, {findings} findings; "
        f"{ratio:.2f} of the target of {TARGET_SECONDS} s"
    )


def _inventory(draw: random.Random) -> Inventory:
    return Inventory(
        tuple(
            DatasetInventory(f"system_{number % 50}/export_{number}.csv", "", 1000, 1000, 0, "", (), _fields(draw))
            for number in range(DATASETS)
        )
    )


def _fields(draw: random.Random) -> tuple[Field, ...]:
    chosen = [CATEGORIES[draw.choice(ORDINARY)] for _ in range(FIELDS)]
    return tuple(
        Field(f"c{number}", "found", one.id, one.identifiability, one.special, one.secret, one.free_text, 1.0, "none")
        for number, one in enumerate(chosen)
    )


def _register(draw: random.Random) -> Policy:
    known = islice(cycle(catalogue().values()), RULES)
    rules = [one.rule.model_dump(exclude_unset=True) | {"id": f"B{number}"} for number, one in enumerate(known)]
    return checked(
        {
            "schema": "igmap.policy/1",
            "policy": {"id": "bench", "title": {"nl": "Reglement", "en": "Policy"}, "language": "nl", "version": "1"}
            | {"announced": "2026-01-01", "effective_from": "2026-02-01"},
            "controller": {"name": "Bench B.V.", "country": "NL", "contact": {"email": "info@bench.example"}},
            "data_subjects": [{"id": "learner", "label": {"nl": "cursist", "en": "learner"}, "iri": "dpv:Student"}],
            "purposes": [_purpose(draw, number) for number in range(PURPOSES)],
            "recipients": [_recipient(number) for number in range(6)],
            "sharing_grounds": ["instruction"],
            "rules": rules,
        }
    )


def _purpose(draw: random.Random, number: int) -> dict[str, Any]:
    return {
        "id": f"purpose_{number}",
        "label": {"nl": f"doel {number}", "en": f"purpose {number}"},
        "iri": "dpv:ServiceProvision",
        "legal_basis": "eu-gdpr:A6-1-b",
        "data_subjects": ["learner"],
        "data_categories": draw.sample(ORDINARY, 34),
    }


def _recipient(number: int) -> dict[str, Any]:
    return {
        "id": f"recipient_{number}",
        "label": {"nl": f"ontvanger {number}", "en": f"recipient {number}"},
        "role": "processor",
        "iri": "dpv:DataProcessor",
        "country": "NL",
        "agreement": {"required": True, "reference": "A1", "terms": ["instructions"]},
        "purposes": [f"purpose_{number}", f"purpose_{number + 6}"],
        "grounds": ["instruction"],
    }


def _decisions(draw: random.Random) -> Decisions:
    said = {"by": "fg", "on": "2026-10-01", "why": "bench"}
    bound = [
        said
        | {"id": f"d{number}", "files": f"system_*/export_{number}.csv", "role": "controller"}
        | {"recipients": [f"recipient_{number % 6}"], "data_subjects": ["learner"]}
        | {"purposes": [f"purpose_{one}" for one in draw.sample(range(PURPOSES), draw.choice([1, 1, 1, 2]))]}
        for number in range(DATASETS)
    ]
    return Decisions.model_validate({"datasets": bound})


if __name__ == "__main__":
    main()
