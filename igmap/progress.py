"""What long work tells while it goes on, to whoever shows it."""

from collections.abc import Callable
from typing import TypeAlias

Step: TypeAlias = Callable[..., object]  # told of each step as it begins: its key (`step.…` in the texts) and figures


def silent(_: str, **__: int) -> None:
    """A step that nobody is told of."""
