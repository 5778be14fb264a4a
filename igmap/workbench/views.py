"""Views for notebook cells: one question each, answered in counts and shares, never with a value of the source."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from igmap.flows import FlowMap, Node
from igmap.flows.flow_map import dataset_key
from igmap.flows.pictures import svg
from igmap.inventory import DatasetInventory, Decisions, Field, Inventory
from igmap.inventory.account import account as account_of
from igmap.inventory.deciding.words import (
    conflict_table,
    label,
    reason_in_words,
    verdict_in_words,
    what_was_seen,
    what_would_change,
)
from igmap.inventory.locations import hidden as hidden_in
from igmap.inventory.types import types as types_of
from igmap.policy import Findings, Policy, open_values
from igmap.policy.findings import Outcome
from igmap.policy.messages import term
from igmap.report import Badge, Block, Cell, Figure, Table, fragment, number, percentage, text
from igmap.sources import Exports
from igmap.vocabulary import load_yaml

Language = Literal["nl", "en"]
OUTCOMES: dict[Outcome, str] = {
    "violation": "run.violations",
    "open": "run.opens",
    "warning": "run.warnings",
    "pass": "run.passes",
}


@dataclass(frozen=True, slots=True, repr=False)
class View:
    """Blocks that show themselves in a notebook.

    Args:
        blocks: as the report has them.
        lang: nl or en.
    """

    blocks: tuple[Block, ...]
    lang: Language = "nl"

    def _repr_html_(self) -> str:
        return fragment(self.blocks, lang=self.lang)


def picture(figure: Any, caption: str, lang: Language = "nl") -> View:
    """One of igmap's own matplotlib figures, as a drawing whose texts stay text."""
    return View((Figure(svg(figure), caption),), lang)


def account(exports: Exports, lang: Language = "nl") -> View:
    """What was opened, how each table was read, and where every record is; personal names masked."""
    return View(account_of(exports, lang), lang)


def types(exports: Exports, lang: Language = "nl", *, today: date) -> View:
    """What the text of each column is as a type, and for which share of its records."""
    return View((types_of(exports, lang, today=today),), lang)


def telling(inventory: Inventory, lang: Language = "nl") -> View:
    """The evidence for the field in which most kinds of data were recognised; `evidence` shows that for any field."""
    fields = ((dataset, field) for dataset in inventory.datasets for field in dataset.fields)
    most = max(fields, key=lambda place: (len(place[1].detections), len(place[1].reasons)), default=None)
    if most is None:
        return View((_table(("run.field", "run.reasons"), (), lang, _say("evidence", lang)),), lang)
    return evidence(most[1], lang, place=dataset_key(most[0]))


def evidence(field: Field, lang: Language = "nl", *, place: str = "") -> View:
    """Why a field got its verdict: the reasons, the runner-up and what would change it; every detector that fired.

    Args:
        field: of an inventory.
        lang: nl or en.
        place: the dataset it is of, for the caption.
    """
    seen = tuple(what_was_seen(field, lang))
    other = (label(field.runner_up, lang), tuple(what_would_change(field, lang)))
    verdict = (field.name, label(field.category, lang), verdict_in_words(field, lang), seen, *other)
    fired = [(label(d.detector, lang), d.count, percentage(d.share, lang)) for d in field.detections]
    heads = ("run.field", "run.category", "reason.verdict", "run.reasons", "second", "decide.sheet.change")
    why = _table(heads, [verdict], lang, ": ".join(filter(None, (_say("evidence", lang), place))))
    return View((why, *([_table(("detected", "count", "share"), fired, lang)] if fired else [])), lang)


def hidden(inventory: Inventory, lang: Language = "nl") -> View:
    """What detectors recognised in fields that are about something else, remarks above all."""
    rows = [
        (dataset_key(dataset), field.name, tuple(f"{label(kind, lang)}: {count}" for kind, count in held.items()))
        for dataset in inventory.datasets
        for field in dataset.fields
        if (held := hidden_in(field))
    ]
    return View((_table(("run.dataset", "run.field", "hidden"), rows, lang, _say("hidden_in", lang)),), lang)


def conflicts(inventory: Inventory, lang: Language = "nl") -> View:
    """Which decisions are contradicted by what is found now."""
    return View((conflict_table(inventory, lang),), lang)


def undecided(inventory: Inventory, lang: Language = "nl") -> View:
    """Which fields a person has to look at, with what igmap saw."""
    rows = [
        (
            dataset_key(dataset),
            field.name,
            label(field.runner_up, lang),
            tuple(reason_in_words(reason, lang) for reason in field.reasons),
        )
        for dataset in inventory.datasets
        for field in dataset.fields
        if field.verdict == "undecided"
    ]
    return View(
        (_table(("run.dataset", "run.field", "runner_up", "reason"), rows, lang, _say("undecided", lang)),), lang
    )


def by_rule(findings: Findings, policy: Policy, lang: Language = "nl") -> View:
    """How often each rule is violated, open or in order, with the sentence of the policy and the law behind it."""
    asks = dict(findings.checks) | {rule.id: rule.check for rule in policy.rules}
    titles = {rule: f"{rule}. {term(check, lang)}" for rule, check in asks.items()}
    counts = Counter((finding.rule, finding.outcome) for finding in findings)
    heads = {outcome: text(key, lang) for outcome, key in OUTCOMES.items()}
    firsts = {rule: findings.of(rule)[0] for rule in dict.fromkeys(finding.rule for finding in findings)}
    rows = [
        (
            titles.get(rule, rule),
            tuple(Badge(outcome, heads[outcome], counts[rule, outcome]) for outcome in heads if counts[rule, outcome]),
            (*([f"§ {one.policy.section}: “{one.policy.quote}”"] if one.policy.quote else []), *one.law),
        )
        for rule, one in firsts.items()
    ]
    caption = f"{_say('by_rule', lang)}: {len(rows)}"
    return View((_table(("rule", "run.findings", "basis"), rows, lang, caption),), lang)


def side_by_side(policy: Policy, inventory: Inventory, decisions: Decisions, lang: Language = "nl") -> View:
    """What the register promises, what is in the exports, and what a person confirmed, in counts."""
    fields = [field for dataset in inventory.datasets for field in dataset.fields]
    personal = [d for d in inventory.datasets if any(field.verdict == "found" for field in d.fields)]
    bindings = (decisions.binding(d.source, d.table) for d in personal)
    counts = (
        {"purposes": len(policy.purposes), "terms": len(policy.retention.rules), "opens": len(open_values(policy))},
        {
            "datasets": len(personal),
            "fields": sum(f.verdict == "found" for f in fields),
            "undecided": sum(f.verdict == "undecided" for f in fields),
        },
        {
            "bound": sum(one is not None and one.purposes is not None for one in bindings),
            "decided": len(decisions.fields),
            "answers": len(decisions.values),
        },
    )
    told = ([f"{number(n, lang)} {_say_of(key, lang)}" for key, n in each.items()] for each in counts)
    return View((_table(("promised", "found", "confirmed"), zip(*told, strict=True), lang),), lang)


def _say_of(key: str, lang: Language) -> str:
    return str(load_yaml("igmap.workbench", "texts.yaml")["counted"][key][lang])


def most_violated(findings: Findings, inventory: Inventory) -> DatasetInventory | None:
    """The dataset with most violations that nobody accepted; None when there is none."""
    broken = (one for one in findings if one.outcome == "violation" and one.accepted is None and one.dataset)
    counts = Counter(one.dataset for one in broken)
    places = {"#".join(part for part in (d.source, d.table) if part): d for d in inventory.datasets}
    return next((places[name] for name, _ in counts.most_common() if name in places), None)


def reach(flows: FlowMap, lang: Language = "nl") -> View:
    """What can reach whom, per recipient.

    Purposes with their fields, and what among these needs special care, are exact. The categories are an upper bound:
    everything from which some path of the map leads to the recipient.
    """
    rows = [tuple(_reaching(node, flows, lang)) for node in flows.nodes if node.kind == "recipient"]
    heads = ("recipient", "country", "purposes", "care", "categories")
    return View((_table(heads, rows, lang, _say("reach", lang)),), lang)


def _reaching(recipient: Node, flows: FlowMap, lang: Language) -> Iterator[Cell]:
    import networkx as nx

    graph = flows.graph()
    upstream = nx.ancestors(graph, recipient.id)
    labels = {node.id: getattr(node.label, lang) for node in flows.nodes}
    yield labels[recipient.id]
    yield recipient.country or Badge("open", _say("open", lang))
    yield tuple(
        f"{labels[name]}: {graph.edges[name, recipient.id]['fields']}" for name in graph.predecessors(recipient.id)
    )
    yield tuple(text(f"picture.{mark}", lang) for mark in recipient.marks)
    yield ", ".join(labels[node.id] for node in flows.nodes if node.kind == "category" and node.id in upstream)


def _table(heads: Iterable[str], rows: Iterable[tuple[Cell, ...]], lang: Language, caption: str = "") -> Table:
    return Table(tuple(text(head, lang) if "." in head else _say(head, lang) for head in heads), tuple(rows), caption)


def _say(key: str, lang: Language) -> str:
    return str(load_yaml("igmap.workbench", "texts.yaml")[key][lang])
