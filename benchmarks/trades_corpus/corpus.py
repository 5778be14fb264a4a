"""Exports of trades and offices: personnel, books, shops, telephony, lodging, systems. See README.md beside it."""

from pathlib import Path

from benchmarks.second_corpus.corpus import SecondTable, parts_drawn

__all__ = ["trades_tables"]


def trades_tables(seed: int = 1) -> list[SecondTable]:
    """All tables of both parts, see `parts_drawn`."""
    return parts_drawn(Path(__file__).parent, ("first", "further"), seed)
