"""The pictures: every label whole and apart, hostile names or not, and the same bytes each time."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from matplotlib import rc_context, rcParams
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image

from igmap.control.trend import trend
from igmap.flows import map_flows
from igmap.flows.pictures import Held, draw, heat_map, purpose_map, sankey, svg
from igmap.flows.pictures.canvas import STYLE, sheet, tiles
from igmap.flows.pictures.crowd import most
from igmap.flows.pictures.labels import legible, measured, wrapped
from igmap.inventory.decisions import Decisions
from igmap.inventory.inventory import Inventory
from tests.control_cases import run
from tests.flow_cases import (
    ON,
    binding,
    dataset,
    field,
    hostile_decisions,
    hostile_inventory,
    small_decisions,
    small_inventory,
    small_policy,
)

CASES = {
    "small": (small_inventory(), small_policy(), small_decisions()),
    "hostile": (hostile_inventory(), small_policy(), hostile_decisions()),
    "hostile without a policy": (hostile_inventory(), None, Decisions()),
    "empty": (Inventory(()), None, Decisions()),
}
IN_TIME = [("nl", "small"), ("en", "small"), ("nl", "empty")]  # the hostile take seconds each


def pictures(lang: str, *names: str) -> Iterator[Figure]:
    for inventory, policy, decisions in map(CASES.__getitem__, names):
        yield sankey(map_flows(inventory, policy, decisions), lang, on=ON)
        yield heat_map(inventory, lang, policy=policy, on=ON)
        yield purpose_map(Held(inventory, policy, decisions), lang, on=ON)
        for one in inventory.datasets[:1]:
            yield purpose_map(Held(inventory, policy, decisions, one), lang, on=ON)


def quads(figure: Figure, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, np.ndarray]]:
    """The corners of every text that is really drawn, in pixels."""
    drawn: list[Text] = []
    draw_text = Text.draw

    def spy(self: Text, renderer: object) -> None:
        if self.get_visible() and self.get_text().strip():
            drawn.append(self)
        draw_text(self, renderer)  # type: ignore[arg-type]

    monkeypatch.setattr(Text, "draw", spy)
    canvas = FigureCanvasAgg(figure)
    with rc_context(STYLE):
        canvas.draw()  # type: ignore[no-untyped-call]
    monkeypatch.undo()
    return [(text.get_text(), _corners(text, canvas)) for text in drawn]


def _corners(text: Text, canvas: FigureCanvasAgg) -> np.ndarray:
    turn = text.get_rotation()
    text.set_rotation(0)
    box = text.get_window_extent(canvas.get_renderer())  # type: ignore[no-untyped-call]
    text.set_rotation(turn)
    corners = np.array([(box.x0, box.y0), (box.x1, box.y0), (box.x1, box.y1), (box.x0, box.y1)])
    anchor = text.get_transform().transform(text.get_position())
    angle = np.deg2rad(turn)
    rotation = np.array([(np.cos(angle), np.sin(angle)), (-np.sin(angle), np.cos(angle))])
    turned: np.ndarray = (corners - anchor) @ rotation + anchor
    return turned


def near(corners: np.ndarray) -> np.ndarray:
    """The pairs whose upright bounding boxes meet."""
    low, high = corners.min(axis=1), corners.max(axis=1)
    meet = (low[:, None] < high[None]).all(axis=2) & (low[None] < high[:, None]).all(axis=2)
    return np.argwhere(np.triu(meet, 1))


def overlap(first: np.ndarray, second: np.ndarray) -> bool:
    """Separating axes: two convex quads overlap when no edge direction keeps them apart."""
    for quad in (first, second):
        for edge in np.roll(quad, -1, axis=0) - quad:
            normal = np.array((-edge[1], edge[0]))
            one, other = first @ normal, second @ normal
            if one.max() <= other.min() + 1e-6 or other.max() <= one.min() + 1e-6:
                return False
    return True


@pytest.mark.parametrize(
    ("lang", "name"),
    [
        pytest.param(lang, name, marks=() if (lang, name) in IN_TIME else pytest.mark.ci)
        for lang in ("nl", "en")
        for name in CASES
    ],
)
@pytest.mark.ci
def test_no_label_is_cut_and_no_two_overlap(lang: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for figure in pictures(lang, name):
        assert_legible(figure, monkeypatch)


def assert_legible(figure: Figure, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = quads(figure, monkeypatch)
    width, height = figure.canvas.get_width_height()
    assert texts
    for words, quad in texts:
        assert quad.min() >= 0, words
        assert quad[:, 0].max() <= width, words
        assert quad[:, 1].max() <= height, words
    for one, other in near(np.array([quad for _, quad in texts])):
        assert not overlap(texts[one][1], texts[other][1]), (texts[one][0], texts[other][0])


@pytest.mark.parametrize("many", [1, 2, 80])
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_trend_is_whole_with_one_run_and_with_eighty(lang: str, many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    runs = [run(n, past_term=10**9 - n, policy_sha256=str(n // 20)) for n in range(many)]
    assert_legible(trend(runs, lang), monkeypatch)


def test_the_overlap_test_sees_an_overlap() -> None:
    square = np.array([(0, 0), (2, 0), (2, 1), (0, 1)], dtype=float)
    assert overlap(square, square + 0.5)
    assert not overlap(square, square + np.array([2.1, 0]))


@pytest.mark.ci
def test_no_label_leaves_its_box(monkeypatch: pytest.MonkeyPatch) -> None:
    figure = sankey(map_flows(hostile_inventory(), small_policy(), hostile_decisions()), "nl")
    boxes = [
        patch.get_window_extent() for patch in figure.axes[0].patches if getattr(patch, "get_width", lambda: 0)() > 2
    ]
    lefts = {round(box.x0) for box in boxes}
    assert len(lefts) == 4
    for words, quad in quads(figure, monkeypatch):
        inside = [box for box in boxes if box.x0 < quad[:, 0].min() < box.x1 and box.y0 < quad[:, 1].mean() < box.y1]
        for box in inside:
            assert quad[:, 0].max() <= box.x1, words
            assert box.y0 <= quad[:, 1].min(), words
            assert quad[:, 1].max() <= box.y1, words


def test_a_crowded_column_is_drawn_as_25_boxes_and_keeps_what_needs_care() -> None:
    flow_map = map_flows(hostile_inventory(), small_policy(), hostile_decisions())
    texts = [text.get_text() for text in sankey(flow_map, "en").axes[0].texts]
    assert sum(text.endswith("others") for text in texts) == 2
    for special in ("★ health", "◆ citizen service number (BSN)", "▲ password"):
        assert any(special in " ".join(text.split()) for text in texts), special


def test_most_keeps_the_largest_and_what_goes_first_in_their_order() -> None:
    sizes = {"a": 1, "b": 5, "c": 3, "d": 0}
    assert most(sizes, 4) == ["a", "b", "c", "d"]
    assert most(sizes, 3) == ["b", "c"]
    assert most(sizes, 3, first={"d"}) == ["b", "d"]


def test_both_carry_the_version_and_date_and_a_legend() -> None:
    flow_map = map_flows(small_inventory(), small_policy(), small_decisions())
    for figure in (sankey(flow_map, "nl", on=ON), heat_map(small_inventory(), "nl", policy=small_policy(), on=ON)):
        words = "\n".join(text.get_text() for text in figure.axes[0].texts)
        assert "Privacyreglement versie 3 · Stand van 22-11-2026" in words
        assert "bijzonder persoonsgegeven (art. 9 AVG)" in words
        assert "geheim (wachtwoord of sleutel)" in words


def test_a_cell_of_the_heat_map_counts_fields_and_hatches_the_undecided() -> None:
    axes = heat_map(small_inventory(), "en").axes[0]
    words = [text.get_text() for text in axes.texts]
    assert words.count("2") == 1
    assert words.count("1★") == 1
    assert words.count("1▲") == 1
    assert words.count("1") == 4
    hatched = [outline for patch in axes.patches if patch.get_hatch() for outline in patch.get_path().to_polygons()]
    assert len(hatched) == 2 + 1  # two cells and the legend


def cells_of(figure: Figure) -> list[str]:
    """The counts in the cells of a heat map of purposes, in reading order, with their signs."""
    centred = [t.get_text() for t in figure.axes[0].texts if t.get_horizontalalignment() == "center"]
    return [words for words in centred if words not in "★◆▲■"]


def test_the_purposes_show_what_may_what_may_not_and_what_nobody_said() -> None:
    figure = purpose_map(Held(small_inventory(), small_policy(), small_decisions()), "en", on=ON)
    words = [t.get_text() for t in figure.axes[0].texts]
    assert cells_of(figure) == [
        *("1 ?", "1 ?"),  # name: for a purpose whose data are open, and of a dataset nobody bound
        *("2 ✓", "2 ?"),  # e-mail: allowed for contact, open for the service
        "1 ✕",  # password: its dataset serves no purpose
        "1 ✓",  # IP address for security
        "1 ✕",  # health for contact
        "1 ?",  # the undecided field
    ]
    assert words.index("Keep in touch") < words.index("Service") < words.index("Security")
    assert "health ★" in words
    assert "✕ outside the purpose" in words
    hatches = {patch.get_hatch() for patch in figure.axes[0].patches}
    assert {"/////", "xxxx"} <= hatches


def test_a_purpose_that_may_have_what_was_not_found_for_it_has_a_dash() -> None:
    unbound = Decisions(datasets=small_decisions().datasets[1:2])
    assert "–" in cells_of(purpose_map(Held(small_inventory(), small_policy(), unbound), "nl"))


def test_the_fields_of_one_dataset_are_rows_of_their_own() -> None:
    held = Held(small_inventory(), small_policy(), small_decisions(), small_inventory().datasets[0])
    words = [t.get_text() for t in purpose_map(held, "nl").axes[0].texts]
    assert "Welk doel dienen de velden van crm.csv?" in words
    assert words.index("mail") < words.index("mail2") < words.index("ziek ★")
    assert "x" not in words


def test_more_rows_than_there_is_room_for_are_taken_together_and_those_outside_stay() -> None:
    names = [field(f"veld {number}", "phone") for number in range(80)]
    wide = dataset("breed.csv", *names, field("iban", "bank_account"))
    held = Held(Inventory((wide,)), small_policy(), Decisions(datasets=(binding("b*", purposes=("contact",)),)), wide)
    words = [t.get_text() for t in purpose_map(held, "en").axes[0].texts]
    assert "22 others" in words


@pytest.mark.ci
def test_drawing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    flow_map = map_flows(hostile_inventory(), small_policy(), hostile_decisions())
    first, second = (draw(sankey(flow_map, "nl"), tmp_path / name, "flows") for name in ("a", "b"))
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_files_are_sharp_and_their_text_stays_text(tmp_path: Path) -> None:
    png, drawing = draw(heat_map(small_inventory(), "nl"), tmp_path, "heat")
    with Image.open(png) as image:
        assert round(image.info["dpi"][0]) >= 150
    content = drawing.read_text("utf-8")
    assert "crm.csv" in "".join(ET.fromstring(content).itertext())  # noqa: S314 - our own drawing
    assert "<dc:date>" not in content


def test_the_png_shows_every_pixel_that_was_drawn_and_leaves_the_figure_as_it_was(tmp_path: Path) -> None:
    figure, axes = sheet(1.2, 431 / 150)  # a hair under 431 pixels in some reckonings
    tiles(axes, [(0.1, 0.1, 0.5, 0.3), (0.4, 0.9, 0.5, 1.0)], facecolor="#f3b48f", hatch="/////")
    own = figure.get_dpi()
    png, _ = draw(figure, tmp_path, "flat")
    assert figure.get_dpi() == own
    figure.savefig(tmp_path / "other.png", dpi=150)
    with Image.open(png) as image, Image.open(tmp_path / "other.png") as other:
        assert np.array_equal(np.asarray(image), np.asarray(other.convert("RGB")))


def test_hostile_names_are_text_in_the_svg() -> None:
    content = svg(sankey(map_flows(hostile_inventory(), small_policy(), hostile_decisions()), "nl"))
    assert "<script" not in content
    words = "".join(ET.fromstring(content).itertext())  # noqa: S314 - our own drawing
    assert "<script>" in words


def test_drawing_leaves_the_settings_of_the_notebook_alone() -> None:
    before = dict(rcParams)
    svg(heat_map(small_inventory(), "nl"))
    assert dict(rcParams) == before


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a_$x^2$", "a_$x^2$"), ("één\r\ntwee\t", "één twee"), ("名前", r"\u540d\u524d"), ("👩", r"\U0001f469"),
        ("a\x00b", r"a\x00b"), ("\u202ea", r"\u202ea"), (" ", "—"),
    ],
)  # fmt: skip
def test_what_the_font_lacks_is_shown_as_its_code(name: str, shown: str) -> None:
    assert legible(name) == shown


@pytest.mark.parametrize("name", ["W" * 300, "a_b" * 90, "kort", "een naam met spaties en-streepjes", "map/" * 80])
def test_wrapping_keeps_every_letter_and_the_width(name: str) -> None:
    lines = wrapped(name, 2.0, 9)
    assert "".join(lines).replace(" ", "") == name.replace(" ", "")
    assert all(measured(line, 9) <= 2.0 for line in lines)
