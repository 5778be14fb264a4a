"""Free text redacted: what it tells of persons becomes a placeholder, something made up, or something coarser."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from igmap.redaction.redacted import Redacted
    from igmap.redaction.redacting import redact
    from igmap.redaction.settings import Keeping, Redaction, placeholders, redaction

_PLACES = {
    "Keeping": "settings",
    "Redacted": "redacted",
    "Redaction": "settings",
    "placeholders": "settings",
    "redact": "redacting",
    "redaction": "settings",
}
__all__ = ["Keeping", "Redacted", "Redaction", "placeholders", "redact", "redaction"]


def __getattr__(name: str) -> Any:
    """Fetch a name from its module on first use."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
    globals()[name] = found
    return found
