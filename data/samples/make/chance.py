"""Seeded chance: the same draws on every run."""

from random import Random

SEED = "igmap-2026-11-01"


def seeded(name: str) -> Random:
    """Give a file its own generator, so that a change in one export leaves the others as they are."""
    return Random(f"{SEED}:{name}")  # noqa: S311 - samples must repeat, not be secret


def chance(rng: Random, share: float) -> bool:
    """Be true in a share of the draws (0-1)."""
    return rng.random() < share
