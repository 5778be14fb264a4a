"""The spreadsheet of bindings: its columns, and the key that says what a row is about and which proposal it showed."""

from hashlib import sha256

from igmap.inventory.deciding.sheet import Form
from igmap.policy.binding.proposal import PARTS, Proposal
from igmap.policy.binding.told import value_told

BINDINGS = Form(
    "bind.sheet",
    told=("files", "table", "state", "categories", "proposal"),
    asked=("decision", *PARTS, "why", "by", "on"),
    named=("files",),
    needed=("decision", "purposes"),
)
ACCEPTED = {"akkoord", "accept", "accepted", "ja", "yes", "ok", "x"}


def key_of(files: str, table: str, proposal: Proposal | None) -> str:
    """What stands for a row: what it covers, and the proposal as it was shown."""
    return f"b-{_short(files, table, size=20)}-{shown_as(proposal)}"


def shown_as(proposal: Proposal | None) -> str:
    """What stands for the values of a proposal."""
    return _short(*(value_told(proposal.part(name).value) for name in PARTS), size=8) if proposal else "0"


def _short(*words: str, size: int) -> str:
    return sha256("\0".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:size]
