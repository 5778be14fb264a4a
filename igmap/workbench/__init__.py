"""The workbench: JupyterLab with igmap's manners, notebooks as pages that stand on their own, and views for cells."""

from igmap.workbench.lab import start_lab
from igmap.workbench.render import render_notebook

__all__ = ["render_notebook", "start_lab"]
