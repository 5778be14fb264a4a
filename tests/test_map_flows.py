"""`map_flows`: one graph of what was found, promised and decided."""

import networkx as nx
import pytest

from igmap.flows import FlowMap, map_flows
from igmap.inventory.decisions import Decisions
from igmap.inventory.inventory import Inventory
from tests.flow_cases import hostile_decisions, hostile_inventory, small_decisions, small_inventory, small_policy

EMPTY = Inventory(())


def rows(flow_map: FlowMap) -> set[tuple[str, str, int, str]]:
    return {(edge.source, edge.target, edge.fields, edge.status) for edge in flow_map.edges}


def test_every_flow_of_the_small_case_is_there_with_its_count_and_status() -> None:
    assert rows(map_flows(small_inventory(), small_policy(), small_decisions())) == {
        ("dataset:crm.csv", "category:email", 2, "declared"),
        ("dataset:crm.csv", "category:health", 1, "declared"),
        ("dataset:log.csv", "category:ip_address", 1, "declared"),
        ("dataset:log.csv", "category:(undecided)", 1, "open"),
        ("dataset:users.xlsx › Blad1", "category:password", 1, "declared"),
        ("dataset:old.csv", "category:name", 1, "open"),
        ("dataset:klant.csv", "category:name", 1, "declared"),
        ("category:email", "purpose:contact", 2, "declared"),
        ("category:email", "purpose:service", 2, "open"),
        ("category:health", "purpose:contact", 1, "outside"),
        ("category:ip_address", "purpose:security", 1, "declared"),
        ("category:(undecided)", "purpose:security", 1, "open"),
        ("category:password", "purpose:(none)", 1, "outside"),
        ("category:name", "purpose:(open)", 1, "open"),
        ("category:name", "purpose:service", 1, "open"),
        ("purpose:contact", "recipient:mailer", 3, "declared"),
        ("purpose:service", "recipient:host", 3, "declared"),
        ("purpose:security", "recipient:police", 2, "declared"),
        ("purpose:security", "recipient:stranger", 2, "outside"),
    }


def test_a_dataset_nobody_bound_flows_to_an_open_purpose_and_ends_there() -> None:
    flow_map = map_flows(small_inventory(), small_policy(), Decisions())
    purposes = {node.id: node.open for node in flow_map.nodes if node.kind == "purpose"}
    assert purposes == {"purpose:(open)": True}
    assert not [node for node in flow_map.nodes if node.kind == "recipient"]


def test_without_a_policy_purposes_and_recipients_are_open() -> None:
    flow_map = map_flows(small_inventory(), None, small_decisions())
    ends = {node.key: node.open for node in flow_map.nodes if node.kind in {"purpose", "recipient"}}
    assert set(ends) == {"contact", "service", "security", "(none)", "(open)", "police", "stranger"}
    assert {key for key, unknown in ends.items() if not unknown} == {"(none)"}
    assert {edge.status for edge in flow_map.edges if edge.source == "category:email"} == {"open"}
    assert flow_map.basis.open


def test_a_recipient_carries_its_country_or_is_open() -> None:
    flow_map = map_flows(small_inventory(), small_policy(), small_decisions())
    recipients = {node.key: (node.country, node.open) for node in flow_map.nodes if node.kind == "recipient"}
    assert recipients == {"host": ("", True), "mailer": ("BR", False), "police": ("NL", False), "stranger": ("", True)}


def test_special_and_secret_data_mark_every_node_they_pass() -> None:
    flow_map = map_flows(small_inventory(), small_policy(), small_decisions())
    marked = {node.id: node.marks for node in flow_map.nodes if node.marks}
    assert marked == {
        "dataset:crm.csv": ("art9",),
        "dataset:users.xlsx › Blad1": ("secret",),
        "category:health": ("art9",),
        "category:password": ("secret",),
        "purpose:contact": ("art9",),
        "purpose:(none)": ("secret",),
        "recipient:mailer": ("art9",),
    }


def test_a_dataset_without_personal_data_is_a_node_without_flows() -> None:
    graph = map_flows(small_inventory(), small_policy(), small_decisions()).graph()
    assert list(nx.isolates(graph)) == ["dataset:empty.csv"]


def test_the_graph_answers_what_can_reach_a_recipient() -> None:
    graph = map_flows(small_inventory(), small_policy(), small_decisions()).graph()
    sources = {node for node in nx.ancestors(graph, "recipient:mailer") if node.startswith("dataset:")}
    assert sources == {"dataset:crm.csv"}


def test_the_frame_has_a_row_per_edge() -> None:
    flow_map = map_flows(hostile_inventory(), small_policy(), hostile_decisions())
    frame = flow_map.to_frame()
    assert list(frame.columns) == ["source_kind", "source", "target_kind", "target", "fields", "status"]
    assert len(frame) == len(flow_map.edges)
    assert set(frame["source_kind"]) == {"dataset", "category", "purpose"}


def test_every_field_leaves_its_dataset_exactly_once() -> None:
    inventory = hostile_inventory()
    personal = sum(1 for dataset in inventory.datasets for field in dataset.fields if field.verdict != "none")
    flow_map = map_flows(inventory, small_policy(), hostile_decisions())
    assert sum(edge.fields for edge in flow_map.edges if edge.source.startswith("dataset:")) == personal


@pytest.mark.parametrize("policy", [None, small_policy()])
def test_an_empty_inventory_gives_an_empty_map(policy: None) -> None:
    flow_map = map_flows(EMPTY, policy, Decisions())
    assert (flow_map.nodes, flow_map.edges) == ((), ())
    assert flow_map.to_frame().empty
    assert "<svg" in flow_map._repr_html_()


def test_a_map_in_a_notebook_shows_itself_with_every_name_escaped() -> None:
    html = map_flows(hostile_inventory(), small_policy(), hostile_decisions())._repr_html_()
    assert "<script" not in html
    assert "<svg" in html
