"""Internal controls: each run is written down, so that a trend and a day's work can be told without a new scan."""

from igmap.control.run import Run
from igmap.control.runs import Runs, logged
from igmap.control.status import Status, status

__all__ = ["Run", "Runs", "Status", "logged", "status"]
