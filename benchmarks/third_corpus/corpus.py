"""The third corpus: exports of systems people really use, from general knowledge of them. See README.md beside it."""

from hashlib import sha256
from pathlib import Path
from random import Random

from benchmarks.second_corpus.corpus import SecondTable, described, drawn

__all__ = ["third_tables"]

FOLDER = Path(__file__).parent


def third_tables(seed: int = 1) -> list[SecondTable]:
    """All tables of both halves, `read` and `counted`; the same for the same seed.

    Args:
        seed: of the values; the descriptions are fixed.
    """
    return [
        drawn(name, entry, half_of(name), Random(f"third {seed} {name}")) for name, entry in described(FOLDER).items()
    ]


def half_of(name: str) -> str:
    """Which half a table is in: by a hash of its name, so that nobody chooses."""
    return "read" if sha256(f"third {name}".encode()).digest()[0] % 2 else "counted"
