"""What can go wrong, one class per thing a person can put right.

A message names file, column, count or record number and what to do. It never holds a cell value:
messages end up in logs, notebooks and tickets. It is raised in English; its Dutch stands in `dutch.yaml`.
"""

from difflib import get_close_matches
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterable


class IgmapError(Exception):
    """Base of all errors that igmap raises on purpose.

    Args:
        exit_status: what the command line returns.
        lang: in which the command that raised it was asked to speak.
    """

    exit_status: ClassVar[int] = 1
    lang: str = "nl"

    def said(self, lang: str) -> str:
        """The message in a language: Dutch from the catalogue, English as `str` gives it."""
        from igmap.dutch import said

        return said(str(self), lang)

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows: the message in both languages, without the lines of igmap that led to it."""
        return [f"{type(self).__name__}: {told}" for told in dict.fromkeys((self.said("nl"), str(self)))]


class WorkspaceError(IgmapError):
    """The folder is not a workspace, or cannot be read or written."""

    exit_status = 2


class ReleaseExistsError(WorkspaceError):
    """Another release of that name, from another plan or input, was published before."""


class SourceError(IgmapError):
    """An export that cannot be read."""

    exit_status = 5


class EngineError(IgmapError):
    """The engine refused a statement; its own message is withheld because it may quote cell values."""


class DetectorError(IgmapError):
    """A detector of the user's own that is not sound, or fails its own cases."""


class PolicyError(IgmapError):
    """The register has an unknown key, category or term."""


class DecisionError(IgmapError):
    """decisions.yaml has an unknown key, category or purpose."""


class DisclosureError(IgmapError):
    """An extract that may not leave: no ground, no purpose, no consent, or more than the purpose needs."""

    exit_status = 4


class TruthError(IgmapError):
    """truth.csv or hidden.csv lacks a column, or has an unknown category."""


class PlanError(IgmapError):
    """A plan that cannot be carried out, for example k above the number of persons."""


class RedactionError(IgmapError):
    """A redaction that cannot be done as asked: an unknown way, kind or field, or a key file that is there already."""


class RestError(IgmapError):
    """A redaction in which something of a person is left; nothing was written."""

    exit_status = 4


class HierarchyError(IgmapError):
    """A generalisation hierarchy that is inconsistent or lacks a value."""


class StatisticsError(IgmapError):
    """Tables that cannot be made as asked, would tell of too few persons, or cost more than the privacy budget."""


class ReleaseError(IgmapError):
    """A published release that is not as it was: gone, changed, or without its dossier; or a register of them."""


class TargetError(IgmapError):
    """A release that does not meet its thresholds; nothing was published. Changes that would help may stand beside."""

    def __init__(self, message: str, remedies: object = None) -> None:
        """Store the message, and the changes that were tried."""
        super().__init__(message)
        self.remedies = remedies


def nearest(word: str, known: "Iterable[str]") -> str:
    """The end of a message about an unknown word: the nearest known one, if any is near.

    Example:
        >>> nearest("emial", ["email", "name"])
        "; did you mean 'email'?"
    """
    close = get_close_matches(word, list(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""
