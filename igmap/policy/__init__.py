"""What was promised (the register), the law as data, and the checks that hold the inventory against both."""

from igmap.policy.answers import OpenValue, answered, open_values
from igmap.policy.check import check
from igmap.policy.findings import Finding, Findings, read_findings
from igmap.policy.reading import load_policy
from igmap.policy.register import (
    DataCategory,
    DataSubject,
    Policy,
    Purpose,
    Recipient,
    Rule,
)
from igmap.policy.values import Open, Source, Text

__all__ = [
    "DataCategory",
    "DataSubject",
    "Finding",
    "Findings",
    "Open",
    "OpenValue",
    "Policy",
    "Purpose",
    "Recipient",
    "Rule",
    "Source",
    "Text",
    "answered",
    "check",
    "load_policy",
    "open_values",
    "read_findings",
]
