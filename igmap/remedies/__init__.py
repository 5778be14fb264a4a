"""A release that does not meet its thresholds: the cheapest changes of the plan that do."""

from igmap.remedies.finding import find_remedies
from igmap.remedies.told import Change, Remedies, Remedy

__all__ = ["Change", "Remedies", "Remedy", "find_remedies"]
