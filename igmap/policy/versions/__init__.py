"""Two versions of a register compared: what became looser or stricter, was it announced, what of the data held."""

from igmap.policy.versions.affected import Affected, affected
from igmap.policy.versions.announcement import Announcement, announcement
from igmap.policy.versions.beside import Beside, beside
from igmap.policy.versions.diff import Change, Diff, diff
from igmap.policy.versions.kept import Kept, kept_registers, predecessor

__all__ = [
    "Affected",
    "Announcement",
    "Beside",
    "Change",
    "Diff",
    "Kept",
    "affected",
    "announcement",
    "beside",
    "diff",
    "kept_registers",
    "predecessor",
]
