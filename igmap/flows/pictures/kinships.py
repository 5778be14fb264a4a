"""Which datasets hold the same persons: boxes of datasets, boxes of fields that hold the same, lines between them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import networkx as nx

from igmap.flows.pictures import canvas
from igmap.flows.pictures.crowd import most
from igmap.flows.pictures.labels import line_height, wrapped
from igmap.inventory.labels import titled
from igmap.report import percentage, text
from igmap.vocabulary import CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from igmap.inventory.kinships import Kinship, Place, Relations

MOST_BOXES = 40
_BOX, _GAP, _PAD, _APART = 3.2, 3.4, 0.08, 0.13
_WIDTH = 2 * _BOX + _GAP + 2 * canvas.MARGIN
_WIDEST_LINE, _THINNEST = 9.0, 0.6  # points
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00")  # Okabe and Ito


@dataclass(frozen=True, slots=True)
class _Group:
    """Fields that hang together: the kinds they are of, how many values there are, and each dataset's part of them."""

    name: str
    distinct: int
    shares: Mapping[str, float]
    certain: bool


@dataclass(frozen=True, slots=True)
class _Box:
    name: str
    lines: tuple[str, ...]
    left: float
    top: float = 0.0

    @property
    def height(self) -> float:
        return len(self.lines) * line_height(canvas.LABEL_SIZE) + 2 * _PAD

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


@canvas.styled
def kinship_graph(relations: Relations, lang: str, *, on: date | None = None) -> Figure:
    """How datasets hang together through the persons and keys they share, for a board to read.

    A dataset shows its person column and how many persons that tells apart. A line is as thick as the part of a group's
    values that the dataset holds; it is broken where only the names of fields say that they are the same. Overlaps by
    chance are not drawn. Of more than 40 boxes on a side those with the most lines are drawn.

    Args:
        relations: what to draw.
        lang: nl or en.
        on: the date of the data, for the foot.
    """
    groups = _groups(relations, lang)
    left = list(_datasets(relations, groups, lang))
    right = [_group_box(name, group, lang) for name, group in groups.items()]
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(box.name for box in left)
    graph.add_edges_from((end, name) for name, group in groups.items() for end in group.shares if end in graph)
    left, right = _ordered(left, right, graph), _ordered(right, left, graph)
    title = text("picture.kin", lang)
    foot = canvas.Foot(_legend(groups), _notes(relations, left, lang, on), _WIDTH)
    top = canvas.title_height(title, _WIDTH) + 0.35
    tallest = max(0.4, _stacked(left), _stacked(right))
    figure, axes = canvas.sheet(_WIDTH, top + tallest + 0.3 + foot.height)
    canvas.write_title(axes, title, _WIDTH)
    boxes = {box.name: box for side in (left, right) for box in _placed(side, top, tallest)}
    _draw_lines(axes, groups, boxes)
    for box in boxes.values():
        _draw_box(axes, box)
    foot.write(axes, top + tallest + 0.3)
    return figure


def _groups(relations: Relations, lang: str) -> dict[str, _Group]:
    """Fields that hang together through kinships that are no chance, under names of no meaning; the largest first."""
    graph: nx.Graph[Place] = nx.Graph()
    kin = [one for one in relations.kinships if one.ground != "chance"]
    for one in kin:
        graph.add_edge(one.first, one.second, kin=one)
    counted = {group.fields: group.distinct for group in relations.persons}
    found = [_group(graph, part, counted, lang) for part in map(sorted, nx.connected_components(graph))]
    found.sort(key=lambda group: (-len(group.shares), -group.distinct, group.name))
    return {f"group:{number}": group for number, group in enumerate(found[:MOST_BOXES])}


def _group(graph: nx.Graph[Place], part: list[Place], counted: Mapping[tuple[Place, ...], int], lang: str) -> _Group:
    kin: list[Kinship] = [one["kin"] for _, _, one in graph.subgraph(part).edges(data=True)]
    sizes = {one.first: one.first_distinct for one in kin} | {one.second: one.second_distinct for one in kin}
    distinct = next((size for fields, size in counted.items() if set(fields) == set(part)), max(sizes.values()))
    shares: dict[str, float] = {}
    for place, size in sizes.items():
        end = _end(place.source, place.table)
        shares[end] = max(shares.get(end, 0.0), min(1.0, size / distinct))
    kinds = [kind for kind in CATEGORIES if any(one.kind == kind for one in kin)]
    name = ", ".join(str(getattr(CATEGORIES[kind], lang)) for kind in kinds) or text("kin.unknown", lang)
    return _Group(name, distinct, shares, all(one.ground == "values" for one in kin))


def _end(source: str, table: str) -> str:
    return "dataset:" + titled(source, table)


def _datasets(relations: Relations, groups: Mapping[str, _Group], lang: str) -> Iterator[_Box]:
    """A box per dataset that hangs together with another, or with itself."""
    kept = set(most(Counter(end for group in groups.values() for end in group.shares), MOST_BOXES))
    for dataset in relations.datasets:
        end, person = _end(dataset.source, dataset.table), dataset.person
        if end in kept:
            name = wrapped(titled(dataset.source, dataset.table), _BOX - 2 * _PAD, canvas.LABEL_SIZE)
            told = text("picture.kin_person", lang, field=person.field, persons=person.persons) if person else ""
            who = wrapped(told, _BOX - 2 * _PAD, canvas.LABEL_SIZE) if told else []
            yield _Box(end, (*name, *who), canvas.MARGIN)


def _group_box(name: str, group: _Group, lang: str) -> _Box:
    head = wrapped(group.name, _BOX - 2 * _PAD, canvas.LABEL_SIZE)
    counted = text("picture.kin_values", lang, count=group.distinct, datasets=len(group.shares))
    return _Box(name, (*head, *wrapped(counted, _BOX - 2 * _PAD, canvas.LABEL_SIZE)), canvas.MARGIN + _BOX + _GAP)


def _ordered(boxes: Sequence[_Box], others: Sequence[_Box], graph: nx.Graph[str]) -> list[_Box]:
    """The boxes of a side so that few lines cross: where their lines go to on the other side, on average."""
    ranks = {box.name: rank for rank, box in enumerate(others)}

    def place(box: _Box) -> tuple[float, str]:
        ends = [ranks[end] for end in graph[box.name] if end in ranks] if box.name in graph else []
        return (sum(ends) / len(ends) if ends else 0.0, box.name)

    return sorted(boxes, key=place)


def _stacked(boxes: Sequence[_Box]) -> float:
    return sum(box.height for box in boxes) + _APART * max(0, len(boxes) - 1)


def _placed(boxes: Sequence[_Box], top: float, tallest: float) -> Iterator[_Box]:
    """The boxes spread evenly over the height that the taller side takes."""
    apart = (tallest - sum(box.height for box in boxes)) / (len(boxes) + 1)
    down = top + apart
    for box in boxes:
        yield replace(box, top=down)
        down += box.height + apart


def _draw_lines(axes: Axes, groups: Mapping[str, _Group], boxes: Mapping[str, _Box]) -> None:
    for number, (name, group) in enumerate(groups.items()):
        for end, share in group.shares.items():
            if end in boxes:
                ends = (boxes[end], boxes[name])
                axes.plot(
                    (ends[0].left + _BOX, ends[1].left),
                    (ends[0].middle, ends[1].middle),
                    color=_COLOURS[number % len(_COLOURS)],
                    linewidth=max(_THINNEST, share * _WIDEST_LINE),
                    linestyle="-" if group.certain else (0, (2, 1)),
                    alpha=0.6,
                    solid_capstyle="butt",
                    zorder=0,
                )


def _draw_box(axes: Axes, box: _Box) -> None:
    canvas.tile(axes, (box.left, box.top), (_BOX, box.height), face=canvas.PAPER)
    canvas.write(axes, list(box.lines), (box.left + _PAD, box.top + _PAD))


def _legend(groups: Mapping[str, _Group]) -> list[tuple[str, str, str]]:
    kinds: dict[str, str] = {}
    for number, group in enumerate(groups.values()):
        kinds.setdefault(_COLOURS[number % len(_COLOURS)], group.name)
    return [(colour, "", name) for colour, name in kinds.items()] if len(groups) <= len(_COLOURS) else []


def _notes(relations: Relations, drawn: Sequence[_Box], lang: str, on: date | None) -> list[str]:
    chance = sum(one.ground == "chance" for one in relations.kinships)
    apart = len(relations.datasets) - len(drawn)
    thick = text("picture.kin_width", lang, share=percentage(1.0, lang)) if drawn else text("picture.kin_none", lang)
    return [
        thick,
        text("picture.kin_apart", lang, count=apart, chance=chance),
        *([text("picture.on", lang, on=on)] if on else []),
    ]
