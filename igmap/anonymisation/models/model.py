"""What a privacy model is: a condition on classes, and what a search may conclude from it."""

from typing import Protocol

from igmap.anonymisation.groups import Flags, Groups


class Model(Protocol):
    """A condition that every released class has to meet."""

    @property
    def hereditary(self) -> bool:
        """Whether a class that fails has parts that all fail too: what fails at a node fails at every finer one."""

    @property
    def mergeable(self) -> bool:
        """Whether two classes that meet it meet it together."""

    @property
    def column(self) -> str:
        """The sensitive column it is about; "" when it is about none."""

    def met(self, groups: Groups) -> Flags:
        """[class], whether it holds."""
