"""What is left of persons in the free text of a release, and how many may have been missed."""

from igmap.release.free_text.rest import Known, Rest, rest, sought

__all__ = ["Known", "Rest", "rest", "sought"]
