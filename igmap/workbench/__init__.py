"""The workbench: JupyterLab with igmap's manners, notebooks as pages that stand on their own, and views for cells."""

from igmap.workbench.lab import start_lab

__all__ = ["start_lab"]
