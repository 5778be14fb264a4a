"""A small register, inventory and decisions that the tests of policy share; each test changes what it is about."""

from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from igmap.inventory import DatasetInventory, Decisions, Detection, Field, Inventory
from igmap.policy import Findings, Policy, check
from igmap.policy.catalogue import catalogue
from igmap.policy.findings import Finding
from igmap.policy.reading import checked
from igmap.sources import Exports, open_exports
from igmap.vocabulary import CATEGORIES

TODAY = date(2026, 11, 1)
RULES = {known.rule.id: known.rule.model_dump(exclude_unset=True) for known in catalogue().values()}
REGISTER = yaml.safe_load("""
schema: igmap.policy/1
policy:
  id: example
  title: {nl: Reglement, en: Policy}
  language: nl
  version: "1"
  announced: 2026-01-01
  effective_from: 2026-02-01
controller: {name: Example B.V., country: NL, contact: {email: info@school.example}, websites: [www.school.example]}
data_subjects: [{id: learner, label: {nl: cursist, en: learner}, iri: "dpv:Student", child_possible: false}]
purposes:
  - id: teaching
    label: {nl: lesgeven, en: teaching}
    iri: dpv:ServiceProvision
    source: {section: "5", quote: "om onze diensten te leveren"}
    legal_basis: eu-gdpr:A6-1-b
    data_subjects: [learner]
    data_categories: [name, learning_result]
recipients:
  - {id: host, label: {nl: host, en: host}, role: processor, iri: "dpv:DataProcessor", country: NL,
     agreement: {required: true, reference: A1}, purposes: [teaching], grounds: [instruction]}
sharing_grounds: [instruction]
retention:
  rules: [{id: term, purpose: teaching, start: completed, period: P2Y, at_end: anonymise,
           source: {section: "8", quote: "zolang het nodig is"}}]
cookies: {allowed_classes: [functional], declared: [{name: own_session, class: functional}]}
""")


SECOND = {
    "id": "improving",
    "label": {"nl": "verbeteren", "en": "improving"},
    "iri": "dpv:ServiceOptimisation",
    "legal_basis": "eu-gdpr:A6-1-f",
    "data_subjects": ["learner"],
    "data_categories": ["learning_result"],
}


def register(**changes: Any) -> dict[str, Any]:
    """The small register as plain values, with dotted paths changed: `purposes__0__legal_basis=...`."""
    content: dict[str, Any] = deepcopy(REGISTER)
    for path, value in changes.items():
        *parents, last = [int(part) if part.isdigit() else part for part in path.split("__")]
        holder: Any = content
        for part in parents:
            holder = holder[part]
        holder[last] = value
    return content


def policy(rule: str, **changes: Any) -> Policy:
    """The small register with one rule only."""
    return checked(register(rules=[RULES[rule]], **changes))


def write_register(folder: Path, **changes: Any) -> Path:
    """The small register as a file."""
    path = folder / "policy.yaml"
    path.write_text(yaml.safe_dump(register(**changes), sort_keys=False), "utf-8")
    return path


def field(name: str, category: str, *, detections: dict[str, int] | None = None, verdict: Any = "found") -> Field:
    """A field of the inventory."""
    meaning = CATEGORIES[category]
    return Field(
        name=name,
        verdict=verdict,
        category=category,
        identifiability=meaning.identifiability,
        special=meaning.special,
        secret=meaning.secret,
        free_text=meaning.free_text,
        confidence=1.0,
        runner_up="none",
        detections=tuple(Detection(name, count, 1.0) for name, count in (detections or {}).items()),
    )


def inventory(*fields: Field, source: str = "learners", table: str = "") -> Inventory:
    """An inventory of one dataset."""
    return Inventory((DatasetInventory(source, table, 3, 3, 0, "", (), fields),))


def decisions(*, purposes: list[str] | None = None, **more: Any) -> Decisions:
    """Decisions that bind every dataset to purposes, with a start column."""
    said = {"by": "fg", "on": "2026-10-01", "why": "test"}
    bound = {
        "id": "all",
        "files": "*",
        "role": "controller",
        "purposes": purposes,
        "start_columns": {"completed": "done"},
    }
    top = {key: [said | entry for entry in more.pop(key)] for key in ("fields", "values", "accepted") if key in more}
    return Decisions.model_validate({"datasets": [said | bound | more], **top})


def opened(**tables: dict[str, list[str | None]]) -> Exports:
    """Exports of tables in memory."""
    return open_exports({name: pd.DataFrame(columns) for name, columns in tables.items()})


def outcomes(findings: Findings) -> list[str]:
    """What the findings are, in order."""
    return [finding.outcome for finding in findings]


def only(findings: Findings) -> Finding:
    """The one finding there is."""
    (finding,) = findings
    return finding


def judge(
    held: Policy | None, found: Inventory, decided: Decisions | None = None, exports: Exports | None = None
) -> Findings:
    """Check as of the day of the samples, and keep what the register's own rules say."""
    findings = check(found, held, decided or decisions(purposes=["teaching"]), exports, today=TODAY)
    named = {rule.id for rule in held.rules} if held else set(findings.checks)
    return Findings(tuple(one for one in findings if one.rule in named), findings.checks)
