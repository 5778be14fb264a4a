"""Exports of trades and offices: personnel, books, shops, telephony, lodging, systems. See README.md beside it."""

from pathlib import Path
from random import Random

from benchmarks.second_corpus.corpus import SecondTable, described, drawn

__all__ = ["PARTS", "trades_tables"]

FOLDER = Path(__file__).parent
PARTS = ("first", "further")


def trades_tables(seed: int = 1) -> list[SecondTable]:
    """All tables of both parts; the same for the same seed.

    Args:
        seed: of the values; the descriptions are fixed.
    """
    return [
        drawn(name, entry, part, Random(f"trades {seed} {name}"))
        for part in PARTS
        for name, entry in described(FOLDER / part).items()
    ]
