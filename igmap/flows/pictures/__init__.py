"""One picture per file: each makes a matplotlib figure of a flow map or an inventory; `draw` writes it."""

from igmap.flows.pictures.announcement_line import announcement_line
from igmap.flows.pictures.canvas import draw, svg
from igmap.flows.pictures.heat_map import heat_map
from igmap.flows.pictures.kinships import kinship_graph
from igmap.flows.pictures.purpose_change import purpose_change
from igmap.flows.pictures.purpose_map import Held, purpose_map
from igmap.flows.pictures.sankey import sankey

__all__ = [
    "Held", "announcement_line", "draw", "heat_map", "kinship_graph", "purpose_change", "purpose_map", "sankey", "svg",
]  # fmt: skip
