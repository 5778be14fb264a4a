"""igmap: what personal data is where, may it be there, and how it can be kept anonymised.

The verbs in the order of the work:

    exports = open_exports("my-workspace")
    inventory = discover(exports, load_decisions("my-workspace/decisions.yaml"))
    decide(workspace, inventory, Choice(file="crm_2026-11.csv", field="code", category="none", by=..., why=...))
    drift(last_month, inventory)
    findings = check(inventory, load_policy("my-workspace/policy.yaml"), decisions, exports)
    plan = draft_plan(inventory, ...)
    release = anonymise(exports, plan, ...)
    proof = prove(release, ...)
    publish(release, proof, ...)
    redacted = redact("mail.mbox", "redacted.mbox")
    flows = map_flows(inventory, policy, decisions)

Everything is imported when first used, so that `import igmap` takes no time.
"""

from importlib import import_module
from typing import Any

_ROOMS = {
    "open_exports": "igmap.sources",
    "discover": "igmap.inventory",
    "load_decisions": "igmap.inventory",
    "presidio_recognisers": "igmap.inventory.presidio",
    "decide": "igmap.inventory",
    "drift": "igmap.inventory",
    "load_policy": "igmap.policy",
    "check": "igmap.policy",
    "draft_plan": "igmap.anonymisation",
    "load_plan": "igmap.anonymisation",
    "anonymise": "igmap.anonymisation",
    "redact": "igmap.redaction",
    "prove": "igmap.release",
    "publish": "igmap.release",
    "verify": "igmap.release",
    "map_flows": "igmap.flows",
    "article_30": "igmap.flows",
    "run": "igmap.job",
    "IgmapError": "igmap.errors",
}
__version__ = "0.1.0"
__all__ = [  # noqa: PLE0604 - one list of names, above
    *_ROOMS
]


def __getattr__(name: str) -> Any:
    """Fetch a public name from its room on first use."""
    if name not in _ROOMS:
        raise AttributeError(f"module 'igmap' has no attribute {name!r}")
    return getattr(import_module(_ROOMS[name]), name)


def __dir__() -> list[str]:
    """The public names, for completion in a notebook."""
    return __all__
