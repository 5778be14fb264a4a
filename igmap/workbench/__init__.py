"""The workbench: JupyterLab with igmap's manners, notebooks as pages that stand on their own, and views for cells."""

from igmap.workbench.lab import start_lab
from igmap.workbench.notebooks import copy_notebooks

__all__ = ["copy_notebooks", "start_lab"]
