"""What long work tells while it goes on, to whoever shows it."""

from typing import Protocol


class Step(Protocol):
    """Told of each step as it begins: the key of its text (`step.…` in `report/texts.yaml`) and its figures."""

    def __call__(self, key: str, /, **figures: int) -> object:
        """Show it."""


def silent(_: str, /, **__: int) -> None:
    """A step that nobody is told of."""
