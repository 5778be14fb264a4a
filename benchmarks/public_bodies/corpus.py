"""Exports of schools, care, municipalities, registers, associations, meters and research. See README.md beside it."""

from pathlib import Path
from random import Random

from benchmarks.second_corpus.corpus import SecondTable, described, drawn

__all__ = ["public_tables"]

FOLDER = Path(__file__).parent
ROUNDS = ("first", "later")


def public_tables(seed: int = 1) -> list[SecondTable]:
    """All tables of both rounds, `first` and `later`; the same for the same seed.

    Args:
        seed: of the values; the descriptions are fixed.
    """
    return [
        drawn(name, entry, part, Random(f"public {seed} {name}"))
        for part in ROUNDS
        for name, entry in described(FOLDER / part).items()
    ]
