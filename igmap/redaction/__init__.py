"""Free text redacted: what it tells of persons becomes a placeholder, something made up, or something coarser."""

from typing import TYPE_CHECKING

from igmap.lazily import fetcher

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
__getattr__ = fetcher(__name__, _PLACES)
