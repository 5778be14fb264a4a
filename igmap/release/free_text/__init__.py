"""What is left of persons in the free text of a release, and how many may have been missed."""

from igmap.release.free_text.gate import FreeText, free_text, sampled
from igmap.release.free_text.marks import Mark, Marks, add_marks, read_marks, undo_mark
from igmap.release.free_text.rest import Rest, rest, sought
from igmap.release.free_text.sample import Sample

__all__ = [
    "FreeText",
    "Mark",
    "Marks",
    "Rest",
    "Sample",
    "add_marks",
    "free_text",
    "read_marks",
    "rest",
    "sampled",
    "sought",
    "undo_mark",
]
