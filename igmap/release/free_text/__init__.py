"""What is left of persons in the free text of a release, and how many may have been missed."""

from igmap.release.free_text.gate import FreeText, Progress, free_text, progress
from igmap.release.free_text.marks import Mark, Marks, add_marks, read_marks, undo_mark
from igmap.release.free_text.rest import Rest, rest, sought
from igmap.release.free_text.scanning import Scanned, scanned, scanned_release, scanned_texts

__all__ = [
    "FreeText",
    "Mark",
    "Marks",
    "Progress",
    "Rest",
    "Scanned",
    "add_marks",
    "free_text",
    "progress",
    "read_marks",
    "rest",
    "scanned",
    "scanned_release",
    "scanned_texts",
    "sought",
    "undo_mark",
]
