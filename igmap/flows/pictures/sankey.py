"""Boxes for datasets, categories, purposes and recipients, with bands between them as wide as the number of fields."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline

from igmap.flows.flow_map import KINDS, MARKS, Edge, Node
from igmap.flows.pictures import canvas
from igmap.flows.pictures.crowd import most
from igmap.flows.pictures.labels import line_height, wrapped
from igmap.flows.words import Words
from igmap.report import text
from igmap.vocabulary import CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from igmap.flows.flow_map import FlowMap

MOST_BOXES = 25
COLOURS = {"direct": "#0072b2", "key": "#56b4e9", "quasi": "#009e73", "none": "#f0e442"}  # Okabe and Ito
_BOX, _GAP, _STRIP, _PAD, _APART = 2.4, 1.7, 0.12, 0.08, 0.13
_WIDTH = 4 * _BOX + 3 * _GAP + 2 * canvas.MARGIN
_WIDEST_FIELD, _TALLEST_COLUMN, _THINNEST = 0.07, 6.0, 0.02


@dataclass(frozen=True, slots=True)
class _Box:
    node: Node
    lines: tuple[str, ...]
    left: float
    height: float
    top: float = 0.0

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


@canvas.styled
def sankey(flow_map: FlowMap, lang: str, *, on: date | None = None) -> Figure:
    """Where personal data flow, from dataset to recipient, for a board to read.

    Every column shows at most 25 boxes; the smallest beyond that are drawn as one, `n others`.

    Args:
        flow_map: what to draw.
        lang: nl or en.
        on: the date of the data, for the foot.
    """
    edges = _gathered(flow_map)
    width = _field_width(edges)
    columns = _columns(flow_map, edges, width, lang)
    title = text("picture.flows", lang)
    foot = canvas.Foot(_legend(flow_map, edges, lang), _notes(flow_map, lang, on), _WIDTH)
    top = canvas.title_height(title, _WIDTH) + 0.35
    tallest = max([0.4, *(_stacked(column) for column in columns)])
    figure, axes = canvas.sheet(_WIDTH, top + tallest + 0.3 + foot.height)
    boxes = {box.node.id: box for column in columns for box in _placed(column, top, tallest)}
    canvas.write_title(axes, title, _WIDTH)
    _write_heads(axes, top - 0.35, lang, empty=not edges)
    _draw_bands(axes, edges, boxes, width)
    for box in boxes.values():
        _draw_box(axes, box)
    foot.write(axes, top + tallest + 0.3)
    return figure


def _gathered(flow_map: FlowMap) -> list[Edge]:
    """The edges, with the smallest nodes of a crowded column taken together."""
    sizes: dict[str, dict[str, int]] = {kind: defaultdict(int) for kind in KINDS}
    for edge in flow_map.edges:
        for end in (edge.source, edge.target):
            sizes[end.split(":", 1)[0]][end] += edge.fields
    telling = {node.id for node in flow_map.nodes if node.open or node.marks}
    kept = {node for kind in KINDS for node in most(sizes[kind], MOST_BOXES, first=telling)}
    merged: dict[tuple[str, str], Edge] = {}
    for edge in flow_map.edges:
        source, target = (end if end in kept else _others(end) for end in (edge.source, edge.target))
        before = merged.get((source, target))
        status = max(edge.status, before.status if before else "declared", key=["declared", "open", "outside"].index)
        merged[source, target] = Edge(source, target, edge.fields + (before.fields if before else 0), status)
    return list(merged.values())


def _others(node: str) -> str:
    return node.split(":", 1)[0] + ":(others)"


def _field_width(edges: Sequence[Edge]) -> float:
    """Inches per field, so that the busiest column stays readable."""
    totals: dict[str, int] = defaultdict(int)
    for edge in edges:
        totals[edge.source.split(":", 1)[0]] += edge.fields
    return min(_WIDEST_FIELD, _TALLEST_COLUMN / max([1, *totals.values()]))


def _thickness(edge: Edge, width: float) -> float:
    return max(edge.fields * width, _THINNEST)


def _columns(flow_map: FlowMap, edges: Sequence[Edge], width: float, lang: str) -> list[list[_Box]]:
    """The boxes of each column, ordered by where their bands come from so that few bands cross."""
    nodes = {node.id: node for node in flow_map.nodes}
    drawn = _ends(edges)
    flowing = _ends(flow_map.edges) - drawn
    columns: list[list[_Box]] = []
    for index, kind in enumerate(KINDS):
        hidden = [node for node in flow_map.nodes if node.kind == kind and node.id in flowing]
        held = tuple(mark for mark in MARKS if any(mark in node.marks for node in hidden))
        others = Node(kind, "(others)", Words.of("picture.others", count=len(hidden)), marks=held)
        here = [node for node in (*nodes.values(), others) if node.kind == kind and node.id in drawn]
        ranks = {box.node.id: rank for rank, box in enumerate(columns[-1])} if columns else {}
        here.sort(key=partial(_barycentre, edges=edges, ranks=ranks))
        left = canvas.MARGIN + index * (_BOX + _GAP)
        columns.append([_box(node, edges, width=width, left=left, lang=lang) for node in here])
    return columns


def _ends(edges: Iterable[Edge]) -> set[str]:
    return {end for edge in edges for end in (edge.source, edge.target)}


def _barycentre(node: Node, edges: Iterable[Edge], ranks: Mapping[str, int]) -> tuple[float, int]:
    weighed = [(edge.fields, ranks[edge.source]) for edge in edges if edge.target == node.id and edge.source in ranks]
    total = sum(fields for fields, _ in weighed)
    out = sum(edge.fields for edge in edges if edge.source == node.id)
    return (sum(fields * rank for fields, rank in weighed) / total if total else 0.0, -out)


def _box(node: Node, edges: Iterable[Edge], *, width: float, left: float, lang: str) -> _Box:
    inward = [edge for edge in edges if edge.target == node.id]
    outward = [edge for edge in edges if edge.source == node.id]
    fields = sum(edge.fields for edge in inward or outward)
    counted = text("picture.count", lang, count=fields)
    signs = "".join(canvas.MARK_SIGNS[mark] for mark in node.marks)
    room = _BOX - _STRIP - 3 * _PAD
    lines = (*wrapped(f"{signs} {_name(node, lang)}" if signs else _name(node, lang), room, canvas.LABEL_SIZE), counted)
    bands = max(sum(_thickness(edge, width) for edge in side) for side in (inward, outward))
    return _Box(node, lines, left, max(len(lines) * line_height(canvas.LABEL_SIZE) + 2 * _PAD, bands + _PAD))


def _name(node: Node, lang: str) -> str:
    if node.kind != "recipient" or node.key in {"(open)", "(others)"}:
        return node.label.say(lang)
    return f"{node.label.say(lang)} ({node.country or text('picture.country_open', lang)})"


def _stacked(column: Sequence[_Box]) -> float:
    return sum(box.height for box in column) + _APART * max(0, len(column) - 1)


def _placed(column: Sequence[_Box], top: float, tallest: float) -> Iterable[_Box]:
    """The boxes spread over the height that the tallest column takes."""
    spare = tallest - _stacked(column)
    down = top + spare / 2
    for box in column:
        yield replace(box, top=down)
        down += box.height + _APART


def _write_heads(axes: Axes, top: float, lang: str, *, empty: bool) -> None:
    for index, kind in enumerate(KINDS):
        head = [text(f"picture.{kind}", lang)]
        canvas.write(axes, head, (canvas.MARGIN + index * (_BOX + _GAP), top), fontweight="bold", color=canvas.SOFT)
    if empty:
        canvas.write(axes, [text("picture.nothing", lang)], (canvas.MARGIN, top + 0.4))


def _draw_bands(axes: Axes, edges: Sequence[Edge], boxes: Mapping[str, _Box], width: float) -> None:
    starts = _berths(edges, boxes, width, outward=True)
    ends = _berths(edges, boxes, width, outward=False)
    for edge, start, end in sorted(zip(edges, starts, ends, strict=True), key=lambda band: -band[0].fields):
        x0, x1 = boxes[edge.source].left + _BOX, boxes[edge.target].left
        axes.add_artist(_band((x0, start), (x1, end), _thickness(edge, width), edge))


def _berths(edges: Sequence[Edge], boxes: Mapping[str, _Box], width: float, *, outward: bool) -> list[float]:
    """Where on its box each band begins (or ends): in the order of the boxes on the other side."""
    near, far = ("source", "target") if outward else ("target", "source")
    tops: dict[Edge, float] = {}
    down: dict[str, float] = {}
    totals: dict[str, float] = defaultdict(float)
    for edge in edges:
        totals[getattr(edge, near)] += _thickness(edge, width)
    for edge in sorted(edges, key=lambda edge: boxes[getattr(edge, far)].middle):
        end = getattr(edge, near)
        tops[edge] = down.setdefault(end, boxes[end].middle - totals[end] / 2)
        down[end] += _thickness(edge, width)
    return [tops[edge] for edge in edges]


def _band(start: tuple[float, float], end: tuple[float, float], thickness: float, edge: Edge) -> PathPatch:
    (x0, y0), (x1, y1), half = start, end, (start[0] + end[0]) / 2
    over = [(x0, y0), (half, y0), (half, y1), (x1, y1)]
    under = [(x1, y1 + thickness), (half, y1 + thickness), (half, y0 + thickness), (x0, y0 + thickness)]
    codes = [Outline.MOVETO, *[Outline.CURVE4] * 3, Outline.LINETO, *[Outline.CURVE4] * 3, Outline.CLOSEPOLY]
    face, hatch = _look(edge)
    outline = Outline([*over, *under, (x0, y0)], codes)
    return PathPatch(outline, facecolor=face, edgecolor=canvas.SOFT, hatch=hatch, linewidth=0.25, alpha=0.75)


def _look(edge: Edge) -> tuple[str, str]:
    """Colour and hatch of a band: its status first, else how directly its category points at a person."""
    if edge.status == "open":
        return canvas.OPEN_FACE, canvas.OPEN_HATCH
    if edge.status == "outside":
        return canvas.OUTSIDE_FACE, canvas.OUTSIDE_HATCH
    ends = [end.removeprefix("category:") for end in (edge.source, edge.target) if end.startswith("category:")]
    return _colour(ends[0]) if ends else canvas.PLAIN, ""


def _colour(category: str) -> str:
    return COLOURS[CATEGORIES[category].identifiability] if category in CATEGORIES else canvas.PLAIN


def _draw_box(axes: Axes, box: _Box) -> None:
    at, line = (box.left, box.top), "--" if box.node.open else "-"
    canvas.tile(axes, at, (_BOX, box.height), face=canvas.PAPER, linestyle=line)
    face = _colour(box.node.key) if box.node.kind == "category" else canvas.PLAIN
    look = {"face": canvas.OPEN_FACE, "hatch": canvas.OPEN_HATCH} if box.node.open else {"face": face}
    canvas.tile(axes, at, (_STRIP, box.height), **look)
    *name, counted = box.lines
    left = box.left + _STRIP + _PAD
    down = box.middle - len(box.lines) * line_height(canvas.LABEL_SIZE) / 2
    canvas.write(axes, name, (left, down))
    below = down + len(name) * line_height(canvas.LABEL_SIZE) + 0.02
    canvas.write(axes, [counted], (left, below), fontsize=canvas.SMALL_SIZE, color=canvas.SOFT)


def _legend(flow_map: FlowMap, edges: Sequence[Edge], lang: str) -> list[tuple[str, str, str]]:
    found = {CATEGORIES[n.key].identifiability for n in flow_map.nodes if n.kind == "category" and n.key in CATEGORIES}
    statuses = {edge.status for edge in edges} | {"open" for node in flow_map.nodes if node.open}
    marks = {mark for node in flow_map.nodes for mark in node.marks}
    looks = {
        "declared": (canvas.PLAIN, ""),
        "open": (canvas.OPEN_FACE, canvas.OPEN_HATCH),
        "outside": (canvas.OUTSIDE_FACE, canvas.OUTSIDE_HATCH),
    }
    return [
        *((colour, "", text(f"picture.{kind}", lang)) for kind, colour in COLOURS.items() if kind in found),
        *((*look, text(f"picture.{status}", lang)) for status, look in looks.items() if status in statuses),
        *((canvas.MARK_SIGNS[mark], "", text(f"picture.{mark}", lang)) for mark in MARKS if mark in marks),
    ]


def _notes(flow_map: FlowMap, lang: str, on: date | None) -> list[str]:
    flowing = _ends(flow_map.edges)
    silent = sum(node.kind == "dataset" and node.id not in flowing for node in flow_map.nodes)
    left_out = [text("picture.left_out", lang, count=silent)] if silent else []
    return [text("picture.width", lang), *left_out, canvas.dated(flow_map.basis, on, lang)]
