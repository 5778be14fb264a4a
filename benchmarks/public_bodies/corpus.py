"""Exports of schools, care, municipalities, registers, associations, meters and research. See README.md beside it."""

from pathlib import Path

from benchmarks.second_corpus.corpus import SecondTable, parts_drawn

__all__ = ["public_tables"]


def public_tables(seed: int = 1) -> list[SecondTable]:
    """All tables of both parts, see `parts_drawn`."""
    return parts_drawn(Path(__file__).parent, ("first", "later"), seed)
