"""What a privacy model is: a condition on classes, and what a search may conclude from it."""

from typing import Protocol

from igmap.anonymisation.groups import Flags, Groups, Shares

CLOSE = 1e-9  # what sums of shares may differ by when the order of adding differs


class Model(Protocol):
    """A condition that every released class has to meet."""

    @property
    def hereditary(self) -> bool:
        """Whether a class that fails has parts that all fail too: what fails at a node fails at every finer one."""

    @property
    def mergeable(self) -> bool:
        """Whether two classes that meet it meet it together, when no person stands in both.

        A person who stands in both counts once in the union, which may shift its shares: ask `mergeable` of the room
        when persons have several rows. Of a hereditary model it holds always.
        """

    @property
    def column(self) -> str:
        """The sensitive column it is about; "" when it is about none."""

    def met(self, groups: Groups) -> Flags:
        """[class], whether it holds."""


class Measured(Model, Protocol):
    """A model that tells how far a class is from it, as those of plans do."""

    def figure(self, groups: Groups) -> Shares:
        """[class], what is reached, on the scale of the model's first parameter; finite where somebody stands."""
