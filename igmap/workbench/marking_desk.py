"""The marking desk: one redacted text at a time, and how many persons and identifiers are left in it.

A text travels as a message, and only when the page asks: the saved state of the widget holds none. What is written is a
hash and a count.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from igmap.errors import IgmapError
from igmap.release.free_text import Mark, add_marks, progress, read_marks, undo_mark
from igmap.release.free_text.telling import lines
from igmap.vocabulary import load_yaml
from igmap.workbench.desk import Desk, script

if TYPE_CHECKING:
    from collections.abc import Callable

    from igmap.release.free_text import Scanned
    from igmap.workbench.views import Language
    from igmap.workspace import Workspace

_HOME = Path(__file__).parent


def marking_desk(
    texts: Scanned, workspace: Workspace, lang: Language = "nl", *, by: str = "", today: date | None = None
) -> MarkingDesk:
    """A desk at which redacted texts are looked at, in the order in which they were drawn.

    Args:
        texts: of a release in staging (`scanned_release`), or of no release (`scanned_texts`).
        workspace: in whose private/ the marks are written.
        lang: nl or en.
        by: who looks; may be filled in at the desk.
        today: the day of the marks; by default today.
    """
    return MarkingDesk(texts, workspace, lang, by, today or date.today())  # noqa: DTZ011 - the analyst's own day


class MarkingDesk(Desk):
    """Where an analyst looks at redacted texts.

    Args:
        texts: in the order in which they are to be looked at.
        workspace: in whose private/ the marks are written.
        lang: nl or en.
        by: who looks.
        today: the day of the marks.
    """

    _esm = script("marking_desk.js")
    _css = "\n".join((_HOME / name).read_text("utf-8") for name in ("desk.css", "marking_desk.css"))

    def __init__(self, texts: Scanned, workspace: Workspace, lang: Language, by: str, today: date) -> None:
        """Show the first text; nothing is written before somebody counts."""
        super().__init__()
        self.texts, self.workspace, self.lang, self.by, self.today = texts, workspace, lang, by, today
        self.on_msg(self._asked)

    def __repr__(self) -> str:
        """How many texts there are; the saved notebook holds this line."""
        return f"MarkingDesk({self.texts.sample.texts.height} texts)"

    def answers(self) -> dict[str, Callable[[dict[str, Any]], dict[str, Any]]]:
        """The next text, a mark, and the last mark taken back."""
        return {"next": self._next, "mark": self._mark, "undo": self._undo}

    def shown(self) -> str:
        """How far it has come."""
        from igmap.report import Items, fragment

        now = progress(self.texts, read_marks(self.workspace))
        return fragment((Items(tuple(lines(now, self.lang))),), lang=self.lang)

    def _next(self, _: dict[str, Any], key: str = "") -> dict[str, Any]:
        """The text to look at, with the words of the page and how far it has come."""
        marks = read_marks(self.workspace)
        words = load_yaml("igmap.workbench", "texts.yaml")["marking"]
        everything = self.texts.sample.texts
        open_ones = everything.filter(hash=key) if key else self.texts.sample.to_look_at(marks, 1)
        return {
            "words": {name: one[self.lang] for name, one in words.items()},
            "progress": list(lines(progress(self.texts, marks), self.lang)),
            "by": self.by,
            "shown": next(iter(open_ones.select("hash", "text", "stratum", "rows").to_dicts()), None),
        }

    def _mark(self, content: dict[str, Any]) -> dict[str, Any]:
        """Write what somebody saw, and give the next text."""
        key, left = content.get("text"), content.get("left")
        if key not in self.texts.sample.texts["hash"] or not (left is None or (type(left) is int and left >= 0)):
            raise IgmapError("no such text or count; run this cell again")
        self.by = str(content.get("by", "")).strip()
        add_marks(self.workspace, [Mark(str(key), left, self.by, self.today)])
        return self._next({})

    def _undo(self, _: dict[str, Any]) -> dict[str, Any]:
        """Take the last mark back and show its text again."""
        undone = undo_mark(self.workspace)
        here = undone is not None and undone.text in self.texts.sample.texts["hash"]
        return self._next({}, undone.text if undone and here else "")
