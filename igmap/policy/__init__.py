"""What was promised (the register), the law as data, and the checks that hold the inventory against both.

Everything is imported when first used, so that whoever asks for little waits for little.
"""

from typing import TYPE_CHECKING

from igmap.lazily import fetcher

if TYPE_CHECKING:
    from igmap.policy.answers import OpenValue, answered, open_values
    from igmap.policy.checking import check
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

_PLACES = {
    "DataCategory": "igmap.policy.register",
    "DataSubject": "igmap.policy.register",
    "Finding": "igmap.policy.findings",
    "Findings": "igmap.policy.findings",
    "Open": "igmap.policy.values",
    "OpenValue": "igmap.policy.answers",
    "Policy": "igmap.policy.register",
    "Purpose": "igmap.policy.register",
    "Recipient": "igmap.policy.register",
    "Rule": "igmap.policy.register",
    "Source": "igmap.policy.values",
    "Text": "igmap.policy.values",
    "answered": "igmap.policy.answers",
    "check": "igmap.policy.checking",
    "load_policy": "igmap.policy.reading",
    "open_values": "igmap.policy.answers",
    "read_findings": "igmap.policy.findings",
}
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
__getattr__ = fetcher(__name__, _PLACES)
