"""Looking at redacted texts: a random order in strata, marks that hold no text, a sheet out and in."""

import json
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import polars as pl
import pytest
from typer.testing import CliRunner
from xlsxwriter import Workbook

from igmap.cli import app
from igmap.errors import DecisionError, WorkspaceError
from igmap.inventory.deciding.cells import read_form
from igmap.release.free_text import Mark, add_marks, read_marks, undo_mark
from igmap.release.free_text.estimate import missed, needed
from igmap.release.free_text.marks import Marks, text_hash
from igmap.release.free_text.sample import CERTAIN, Sample, draw
from igmap.release.free_text.sheet import _FORM, read_texts, write_texts
from igmap.workspace import Workspace

ON = date(2026, 11, 26)


def sample(texts: int = 40, certain: int = 2, suspected: int = 4, seed: int = 1) -> Sample:
    told = [f"tekst {n} " + "woord " * (n % 9) for n in range(texts)]
    sure = ["certain"] * certain + ["likely"] * suspected + [None] * (texts - certain - suspected)
    return draw(pl.DataFrame({"text": told, "rows": 1, "sure": sure}, schema_overrides={"sure": pl.String}), seed)


def marks(texts: list[str], left: int | None = 0) -> Marks:
    return Marks(tuple(Mark(one, left, "A", ON) for one in texts))


def test_every_text_is_in_one_stratum_and_drawn_once() -> None:
    told = sample().texts
    assert dict(told.group_by("stratum").len().rows()) == {"certain": 2, "suspected": 4, "long": 18, "short": 16}
    assert all(sorted(one["draw"]) == list(range(one.height)) for one in told.partition_by("stratum"))


def test_the_order_depends_on_the_seed_and_on_every_text_and_on_nothing_else() -> None:
    told = sample(suspected=0, certain=0).texts.select("text", "rows").with_columns(sure=pl.lit(None, pl.String))
    assert draw(told, 1).texts.equals(draw(told.sort("text", descending=True), 1).texts)
    assert not sample(seed=2).texts.equals(sample().texts)
    orders = [dict(one.texts.select("text", "draw").rows()) for one in (sample(40), sample(41))]
    assert any(orders[1][text] != at for text, at in orders[0].items())


@pytest.mark.ci
def test_every_text_is_as_likely_to_be_first() -> None:
    first = [sample(20, 0, 0, seed).texts.filter(stratum="short", draw=0)["text"][0] for seed in range(600)]
    counts = [first.count(text) for text in set(first)]
    assert len(counts) == 10
    assert max(counts) < 95  # 60 expected; 95 is 4.8 standard deviations
    assert min(counts) > 25


def test_the_certain_ones_come_first_and_the_others_in_proportion() -> None:
    shown = sample(400, 3, 40).to_look_at(Marks(), 53)["stratum"].to_list()
    assert shown[:3] == [CERTAIN] * 3
    assert [shown[3:].count(name) for name in ("suspected", "long", "short")] == pytest.approx([6, 20, 24], abs=3)


@pytest.mark.parametrize(("texts", "suspected"), [(400, 40), (400, 1), (3000, 7)])
def test_as_many_texts_as_are_needed_suffice_in_the_order_in_which_they_are_shown(texts: int, suspected: int) -> None:
    one = sample(texts, 0, suspected)
    more = needed(one.strata(Marks()), 0.05)
    assert more
    shown = one.to_look_at(Marks(), more)["hash"].to_list()
    assert missed(one.strata(marks(shown))).bound <= 0.05
    assert missed(one.strata(marks(shown[:-1]))).bound > 0.05


def test_marks_count_as_drawn_up_to_the_first_gap_and_as_known_behind_it() -> None:
    one = sample(40, 0, 0)
    short = one.texts.filter(stratum="short").sort("draw")["hash"].to_list()
    told = {s.name: s for s in one.strata(marks([*short[:3], *short[4:6]]))}["short"]
    assert (told.drawn, told.found, told.known, told.known_found) == (3, 0, 2, 0)
    wrong = {s.name: s for s in one.strata(marks([short[0], short[5]], left=1))}["short"]
    assert (wrong.drawn, wrong.found, wrong.known, wrong.known_found) == (1, 1, 1, 1)


def test_the_certain_ones_are_known_and_never_a_sample() -> None:
    one = sample()
    told = one.strata(marks(one.texts.filter(stratum=CERTAIN)["hash"].to_list()))[0]
    assert (told.name, told.drawn, told.known) == (CERTAIN, 0, 2)


def test_of_a_text_the_last_mark_holds_and_the_last_can_be_taken_back(tmp_path: Path) -> None:
    place = Workspace(tmp_path)
    add_marks(place, [Mark("a" * 24, 1, "A", ON)])
    add_marks(place, [Mark("a" * 24, 0, "B", ON)])
    assert read_marks(place).holding["a" * 24].left == 0
    assert undo_mark(place) == Mark("a" * 24, 0, "B", ON)
    assert read_marks(place).holding["a" * 24].left == 1
    assert (undo_mark(place) is None, undo_mark(place)) == (False, None)


def test_the_list_is_for_its_owner_alone_and_holds_no_text(tmp_path: Path) -> None:
    place = Workspace(tmp_path)
    add_marks(place, [Mark(text_hash("Beste Fatima"), None, "A", ON)])
    path = tmp_path / "private" / "free_text_marks.json"
    assert path.stat().st_mode & 0o777 == 0o600
    assert "Fatima" not in path.read_text("utf-8")
    assert json.loads(path.read_text("utf-8"))["marks"][0]["left"] is None


def test_a_damaged_list_and_a_mark_by_nobody_are_told_and_nothing_is_written(tmp_path: Path) -> None:
    place = Workspace(tmp_path)
    for wrong in (Mark("a" * 24, 0, " ", ON), Mark("a" * 24, -1, "A", ON)):
        with pytest.raises(WorkspaceError):
            add_marks(place, [wrong])
    assert read_marks(place) == Marks()
    (place.private / "free_text_marks.json").write_text("{", "utf-8")
    with pytest.raises(WorkspaceError, match="mark again"):
        read_marks(place)


def filled(path: Path, *cells: object) -> Path:
    rows = [row for _, row in read_form(path, _FORM)]
    target = path.with_name("terug.xlsx")
    with Workbook(target) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Nog in de tekst", "Kenmerk (niet wijzigen)"])
        for number, (row, cell) in enumerate(zip(rows, cells, strict=False), start=1):
            sheet.write_row(number, 0, [cell, row["key"]])
    return target


def test_what_is_counted_in_a_sheet_comes_back_as_marks(tmp_path: Path) -> None:
    place, texts = Workspace(tmp_path), sample().to_look_at(Marks(), 6)
    path = tmp_path / "teksten.xlsx"
    assert write_texts(path, texts, "nl", on=datetime(2026, 11, 26)) == 6  # noqa: DTZ001 - of the file's properties
    assert path.stat().st_mode & 0o777 == 0o600
    taken = read_texts(place, filled(path, 0, "2", "?", "niets", "cannot tell", ""), by="FG", on=ON)
    assert (taken.marked, taken.skipped) == (5, 1)
    told = read_marks(place).holding
    assert [told[key].left for key in texts["hash"][:5]] == [0, 2, None, 0, None]


@pytest.mark.parametrize("cell", ["veel", "-1", "1.5"])
def test_a_row_that_is_no_count_is_told_by_its_number_and_nothing_is_written(tmp_path: Path, cell: str) -> None:
    path = tmp_path / "teksten.xlsx"
    write_texts(path, sample().to_look_at(Marks(), 2), "nl", on=datetime(2026, 11, 26))  # noqa: DTZ001 - as above
    with pytest.raises(DecisionError, match="row 3: give a number"):
        read_texts(Workspace(tmp_path), filled(path, 0, cell), by="FG", on=ON)
    assert read_marks(Workspace(tmp_path)) == Marks()


def test_a_sheet_ends_before_a_text_that_a_cell_cannot_hold(tmp_path: Path) -> None:
    texts = pl.DataFrame({"text": ["kort", "x" * 40_000, "kort 2"], "hash": ["a" * 24, "b" * 24, "c" * 24]})
    assert write_texts(tmp_path / "t.xlsx", texts, "en", on=datetime(2026, 11, 26)) == 1  # noqa: DTZ001 - as above


PLAN = """
name: berichten
source: b.csv
k: 2
seed: 7
search: global
suppression_limit: 1
thresholds: {free_text: {missed: 0.2, fragments: 1}}
signed: {by: A, "on": "2026-11-26", why: few}
columns:
- {field: plaats, role: quasi, treatment: generalise, hierarchy: {categorical: true}}
- {field: bericht, role: measure, treatment: keep, category: message_content}
"""


@pytest.mark.ci
def test_without_jupyterlab_texts_go_out_come_back_and_then_the_release_is_published(tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    said = [
        "ik kom morgen wat later naar de les",
        "kan iemand mij de opdracht sturen",
        "de toets ging best goed vandaag",
    ]
    rows = [{"plaats": "GZ"[n % 2] + "oes", "bericht": said[n % 3] + " nog een keer" * (n % 4)} for n in range(60)]
    pd.DataFrame(rows).to_csv(tmp_path / "exports" / "b.csv", index=False)
    (tmp_path / "plan.yaml").write_text(PLAN, "utf-8")

    def igmap(*told: str) -> str:
        done = CliRunner().invoke(app, [told[0], str(tmp_path), *told[1:], "--lang", "en"], catch_exceptions=False)
        return done.output

    with pytest.raises(Exception, match="look at"):
        igmap("anonymise")
    out = igmap("mark", "--to", str(tmp_path / "t.xlsx"))
    assert "0 of 12 texts looked at" in out
    count = len(read_form(tmp_path / "t.xlsx", _FORM))
    assert f"Still to look at for the target: {count}." in out
    back = igmap("mark", "--from", str(filled(tmp_path / "t.xlsx", *[0] * count)), "--by", "FG")
    assert "The target is met." in back
    assert "berichten" in igmap("anonymise")
    assert "The last mark was taken back." in igmap("mark", "--undo")
