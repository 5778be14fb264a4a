"""Holds that a person puts: records that may not be deleted for the time being."""

from datetime import date

from igmap.inventory.decision import Decision, matches, names_of


class Hold(Decision):
    """That records stay, whatever their term says, until a day: a claim, an inspection, a request.

    Args:
        dataset: the id of a binding, a file, or a pattern of files, as for a field.
        until: the last day.
        persons: a list in `private/`, one person key on a line; without one it holds for everybody.
    """

    dataset: str
    until: date
    persons: str | None = None

    def reaches(self, source: str, table: str, binding: str) -> bool:
        """Whether it is about a table that is bound by a binding of that id."""
        return self.dataset == binding or any(matches(name, self.dataset) for name in names_of(source, table))
