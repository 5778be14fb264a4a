"""6. One graph of who gets what for which purpose, its pictures, and the record of GDPR Article 30."""

from igmap.flows.flow_map import Edge, FlowMap, Node, map_flows
from igmap.flows.record import Record, article_30, write_record

__all__ = ["Edge", "FlowMap", "Node", "Record", "article_30", "map_flows", "write_record"]
