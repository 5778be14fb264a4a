"""How many examples a law is tried on: a twentieth at every change, all of them by .ci/run (IGMAP_THOROUGH=1)."""

import os

FEWEST = 5


def examples(most: int) -> int:
    """How many of them now."""
    return most if "IGMAP_THOROUGH" in os.environ else max(FEWEST, most // 20)
