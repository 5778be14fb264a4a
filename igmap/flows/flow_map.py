"""One graph of who gets what for which purpose; every picture and the Article 30 record are views of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from igmap.flows import routes
from igmap.flows.words import Words
from igmap.policy.values import Open
from igmap.vocabulary import CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    import networkx as nx
    import pandas as pd

    from igmap.flows.routes import Status
    from igmap.inventory.decisions import Decisions
    from igmap.inventory.inventory import DatasetInventory, Field, Inventory
    from igmap.policy import Policy

Kind = Literal["dataset", "category", "purpose", "recipient"]
Mark = Literal["art9", "art10", "bsn", "secret"]
KINDS: tuple[Kind, ...] = ("dataset", "category", "purpose", "recipient")
MARKS: tuple[Mark, ...] = ("art9", "art10", "bsn", "secret")
End: TypeAlias = "tuple[Kind, str]"
Flow: TypeAlias = "tuple[End, End, Status]"
_WORST: tuple[Status, ...] = ("declared", "open", "outside")


@dataclass(frozen=True, slots=True)
class Node:
    """A dataset, category, purpose or recipient.

    Args:
        kind: which of the four.
        key: its source (and table), category, purpose id or recipient id.
        label: as people call it; a field, file or register name is untrusted.
        open: whether it stands for something that nobody decided, or is itself undecided (a country).
        country: of a recipient, two capitals; "" when open or not a recipient.
        marks: what its fields hold that needs special care.
    """

    kind: Kind
    key: str
    label: Words
    open: bool = False
    country: str = ""
    marks: tuple[Mark, ...] = ()

    @property
    def id(self) -> str:
        """Unique in the map."""
        return f"{self.kind}:{self.key}"


@dataclass(frozen=True, slots=True)
class Edge:
    """A flow from one node to the next.

    Args:
        source: id of a node.
        target: id of a node of the next kind.
        fields: how many fields flow; a field counts for each purpose it serves.
        status: declared (register and decisions agree), open (nobody decided) or outside (of the register).
    """

    source: str
    target: str
    fields: int
    status: Status


@dataclass(frozen=True, slots=True)
class FlowMap:
    """Where personal data flow: dataset -> category -> purpose -> recipient.

    Args:
        nodes: datasets without personal data too; by kind, in the order of the inventory.
        edges: with counts of fields.
        basis: which version of the policy it rests on.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    basis: Words

    def graph(self) -> nx.DiGraph[str]:
        """The same as a networkx graph, for questions such as what can reach a recipient."""
        import networkx as nx

        graph: nx.DiGraph[str] = nx.DiGraph()
        for node in self.nodes:
            graph.add_node(
                node.id, kind=node.kind, label=node.label.en, open=node.open, country=node.country, marks=node.marks
            )
        for edge in self.edges:
            graph.add_edge(edge.source, edge.target, fields=edge.fields, status=edge.status)
        return graph

    def to_frame(self) -> pd.DataFrame:
        """The flows as a table: source_kind, source, target_kind, target, fields, status."""
        import pandas as pd

        ends = [
            (*edge.source.split(":", 1), *edge.target.split(":", 1), edge.fields, edge.status) for edge in self.edges
        ]
        return pd.DataFrame(ends, columns=["source_kind", "source", "target_kind", "target", "fields", "status"])

    def _repr_svg_(self) -> str:
        from igmap.flows.pictures import sankey, svg

        return svg(sankey(self, "nl"))

    def _repr_html_(self) -> str:
        from igmap.report import Figure, fragment, text

        return fragment([Figure(self._repr_svg_(), text("picture.flows", "nl"))], lang="nl")


def map_flows(inventory: Inventory, policy: Policy | None, decisions: Decisions) -> FlowMap:
    """Draw what was found, promised and decided together.

    A field flows to the purposes declared for it, else to those of its dataset; a dataset nobody bound flows to an
    explicit open purpose. A purpose reaches the recipients named for the dataset, else those the register names for it,
    and ends there when there are none.

    Args:
        inventory: what was found.
        policy: the register, with the answers of decisions.yaml filled in; None when there is none.
        decisions: which dataset serves which purpose.
    """
    flows: Counter[Flow] = Counter()
    marks: dict[End, set[Mark]] = {("dataset", dataset_key(one)): set() for one in inventory.datasets}
    for dataset in inventory.datasets:
        for field, category in routes.personal_fields(dataset):
            legs = _legs(dataset, field, category, policy=policy, decisions=decisions)
            flows.update(list(legs))
            for end in (end for leg in legs for end in leg[:2]):
                marks.setdefault(end, set()).update(marks_of(field))
    ordered = sorted(marks, key=lambda end: KINDS.index(end[0]))
    nodes = tuple(_node(kind, key, marks[kind, key], policy) for kind, key in ordered)
    return FlowMap(nodes, tuple(_edges(flows)), basis(policy))


def basis(policy: Policy | None) -> Words:
    """Which version of the policy a picture rests on."""
    if policy is None:
        return Words.of("picture.no_policy", open=True)
    if isinstance(policy.version, Open):
        return Words.of("picture.version_open", open=True)
    return Words.of("picture.version", version=policy.version)


def dataset_key(dataset: DatasetInventory) -> str:
    """How a dataset is called: its file, and the sheet or table in it."""
    return f"{dataset.source} › {dataset.table}" if dataset.table else dataset.source


def marks_of(field: Field) -> tuple[Mark, ...]:
    """What in the field needs special care."""
    return tuple(mark for mark in MARKS if mark == field.special or (mark == "secret" and field.secret))


def _legs(
    dataset: DatasetInventory, field: Field, category: str, *, policy: Policy | None, decisions: Decisions
) -> dict[Flow, None]:
    """The legs along which one field flows, each once, in order."""
    binding = decisions.binding(dataset.source, dataset.table)
    kind: End = ("category", category)
    legs: dict[Flow, None] = {
        (("dataset", dataset_key(dataset)), kind, "open" if field.verdict == "undecided" else "declared"): None
    }
    for purpose in routes.purposes_of(dataset, field, decisions):
        legs[kind, ("purpose", purpose), routes.purpose_status(category, purpose, policy)] = None
        for recipient, status in routes.recipients_of(purpose, binding, policy):
            legs[("purpose", purpose), ("recipient", recipient), status] = None
    return legs


def _edges(flows: Counter[Flow]) -> Iterator[Edge]:
    """One edge per pair of nodes, with the worst of its statuses."""
    pairs: dict[tuple[End, End], tuple[int, Status]] = {}
    for (source, target, status), fields in flows.items():
        before, known = pairs.get((source, target), (0, status))
        pairs[source, target] = (before + fields, max(known, status, key=_WORST.index))
    for (source, target), (fields, status) in sorted(pairs.items(), key=lambda pair: KINDS.index(pair[0][0][0])):
        yield Edge(":".join(source), ":".join(target), fields, status)


def _node(kind: Kind, key: str, marks: set[Mark], policy: Policy | None) -> Node:
    kept = tuple(mark for mark in MARKS if mark in marks)
    if kind == "recipient":
        recipient = policy.recipient(key) if policy else None
        country = recipient.country if recipient and isinstance(recipient.country, str) else ""
        return Node(kind, key, label_of(kind, key, policy), not country, country, kept)
    unnamed = kind == "purpose" and policy is None and key != routes.NO_PURPOSE
    unknown = unnamed or key in {routes.OPEN, routes.UNDECIDED}
    return Node(kind, key, label_of(kind, key, policy), unknown, marks=kept)


def label_of(kind: Kind, key: str, policy: Policy | None) -> Words:
    """What people call a node: the vocabulary's or the register's words, else its own name."""
    if key in {routes.OPEN, routes.NO_PURPOSE, routes.UNDECIDED}:
        return Words.of(f"flow.{kind}.{key.strip('()')}", open=key != routes.NO_PURPOSE)
    if kind == "category" and key in CATEGORIES:
        return Words(CATEGORIES[key].nl, CATEGORIES[key].en)
    stated = policy and {"purpose": policy.purpose, "recipient": policy.recipient}.get(kind, lambda _: None)(key)
    return Words(stated.label.nl, stated.label.en) if stated else Words.same(key)
