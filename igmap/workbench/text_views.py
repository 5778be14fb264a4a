"""Free text in notebook cells: which mail a workspace holds, and a redaction shown as the analyst wants it."""

from contextlib import suppress
from pathlib import Path

from igmap.errors import SourceError, WorkspaceError
from igmap.redaction import Redacted
from igmap.redaction.redacted import SideBySide
from igmap.sources.kinds import kind_of
from igmap.workspace import Workspace


def mail_of(workspace: Workspace, source: str = "") -> Path:
    """The mail of a workspace that is to be looked at.

    Args:
        workspace: whose exports.
        source: the export, as the inventory calls it; by default the first that is mail.

    Raises:
        WorkspaceError: there is no such export, or no mail.
    """
    for name, path in workspace.files():
        if source:
            if name == source:
                return path
            continue
        with suppress(SourceError):
            if kind_of(path) == "mail":
                return path
    raise WorkspaceError(f"{source or 'exports'}: holds no mail; name an export with messages in SOURCE")


def shown(redacted: Redacted, show: str) -> Redacted | SideBySide:
    """The texts side by side when they may be shown, else the counts.

    Args:
        redacted: a redaction.
        show: `texts`, or anything else for counts; a notebook that becomes a page shows counts.
    """
    return redacted.side_by_side() if show == "texts" else redacted
