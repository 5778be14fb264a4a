"""Transformed columns: what the writer makes is recognised as right, and every planted fault is told."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest

from igmap.anonymisation import LinkedTable, Plan, PlannedColumn, anonymise
from igmap.errors import SourceError
from igmap.release import prove
from igmap.release.free_text import scanned_release
from igmap.release.reading import dates, numbers
from igmap.release.source import Source, read_source
from igmap.release.staged import Staged, read_staged
from igmap.release.steps import Cells, exactly
from igmap.release.transformed import cells_not_as_transformed, pseudonyms_apart
from igmap.sources import open_exports
from tests.release_cases import SIGNED, plan, quasi

PERSONS = 40
ROWS = range(2 * PERSONS)
Change = Callable[[pl.Expr], pl.Expr]
Made = tuple[Staged, Source, Callable[[], Mapping[str, int]]]
STEPS: dict[str, tuple[Mapping[str, Any], ...]] = {
    "round": ({"round": 5},),
    "top": ({"top": 90},),
    "bottom": ({"bottom": {"at": 18}},),
    "bin": ({"bin": [18, 40, 65]},),
    "mean": ({"microaggregate": 5},),
    "swap": ({"rank_swap": 0.2},),
    "pram": ({"pram": {"share": 0.3}},),
    "noise": ({"noise": 2},),
    "seen": ({"date_shift": {"days": 30}},),
    "weeks": ({"date_shift": {"weeks": 4}},),
    "code": ({"pseudonym": {}},),
    "name": ({"fake": "first_name"},),
    "remark": ({"redact": {}},),
    "told": ({"redact": {"way": {"name": "surrogate", "email": "surrogate", "age": "generalise"}}},),
    "capped": ({"top": 70}, {"round": 10}),
    "rounded_mean": ({"round": 5}, {"microaggregate": 5}),
    "noise_capped": ({"noise": 3}, {"top": 80}),
    "noise_named": ({"pram": 0.2}, {"pseudonym": {}}),
}


CELLS: Mapping[str, Callable[[int, int], str]] = {
    "seen": lambda person, row: ["2024-03-{:02}", "{:02}-04-2023"][row % 2].format(1 + person % 28),
    "weeks": lambda person, row: ["{} mei 2024", "{:02}/04/2023"][row % 2].format(1 + person % 28),
    "code": lambda person, row: ["A{}", "a{} "][row % 2].format(person),
    "pram": lambda person, row: "abcde"[(person * 7 + row) % 5],
    "noise_named": lambda person, row: "abcde"[(person * 7 + row) % 5],
    "name": lambda person, _: ["Jan", "Fatima", "Ada"][person % 3],
    "remark": lambda person, row: f"mail l{person}@school.example over vrijdag" if row % 2 else "geen bijzonderheden",
    "told": lambda person, _: (
        f"Fatima Jansen, {30 + person % 20} jaar oud, l{person}@school.example, 06-1234{person:04}"
    ),
    "round": lambda _, row: f"{(row * 13) % 97},5",
}


def _cell(column: str, row: int) -> str | None:
    if row % 11 == 5:  # some are blank
        return None
    made = CELLS.get(column)
    return made(row // 2, row) if made else str((row * 13) % 97)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """A release with a column for every step, its source, and what gives the checks of its proof."""
    frame = pd.DataFrame({column: [_cell(column, row) for row in ROWS] for column in STEPS}, dtype="object")
    frame["who"] = [None if row in {0, 3} else f"p{row // 2}" for row in ROWS]
    frame["town"] = "Goes"
    kept = [PlannedColumn(column, "measure", "keep", transform=steps) for column, steps in STEPS.items()]
    asked = plan(*kept, quasi("town", {"categorical": True}), k=5, person="who")
    wanted = replace(asked, thresholds={"free_text": {"missed": 1.0}})
    with open_exports({"t": frame}) as exports:
        release = anonymise(exports, wanted, tmp_path_factory.mktemp("made"), secret=b"known")
        staged = read_staged(release.folder)
        yield staged, read_source(exports, staged), lambda: prove(exports, release).checks


@pytest.mark.ci
def test_what_the_writer_makes_is_as_planned(made: Made) -> None:
    staged, source, checks = made
    assert {name: wrong for name, wrong in checks().items() if wrong} == {}
    for column in STEPS:
        assert _wrong(staged, source, column) == 0, column


def _wrong(staged: Staged, source: Source, column: str) -> int:
    columns = [one for one in staged.plan["columns"] if one["field"] == column]
    return cells_not_as_transformed(replace(staged, plan={**staged.plan, "columns": columns}), source)


def _at(row: int, value: str | None) -> Change:
    return lambda cell: pl.when(pl.col("record") == row).then(pl.lit(value, pl.String)).otherwise(cell)


def _swapped(row: int, other: int) -> Change:
    """The cells of two records exchanged."""
    return lambda cell: (
        pl.when(pl.col("record") == row)
        .then(cell.filter(pl.col("record") == other).first())
        .when(pl.col("record") == other)
        .then(cell.filter(pl.col("record") == row).first())
        .otherwise(cell)
    )


def _days(number: int, rows: pl.Expr) -> Change:
    moved = (pl.lit(number) * pl.duration(days=1)).alias("moved")
    return lambda cell: pl.when(rows).then((cell.str.to_date() + moved).dt.strftime("%Y-%m-%d")).otherwise(cell)


ANY, ONE = pl.lit(value=True), pl.col("record") == 41
SOURCE_TEXT: Change = lambda _: pl.col("source")  # noqa: E731 - nothing done at all


@pytest.mark.parametrize(
    ("column", "fault"),
    [
        ("round", _at(8, "1")),
        ("round", lambda cell: (cell.cast(pl.Float64) + 5).cast(pl.String)),
        ("round", _at(8, None)),
        ("round", _at(6, "5")),  # was blank
        ("top", SOURCE_TEXT),
        ("bottom", SOURCE_TEXT),
        ("bin", _at(8, "18-40")),
        ("mean", SOURCE_TEXT),
        ("mean", _at(8, "500")),
        ("mean", lambda cell: (cell.cast(pl.Float64) + 1).cast(pl.String)),
        ("swap", _at(8, "96")),
        ("swap", lambda cell: cell.sort_by(cell.cast(pl.Float64), descending=True)),
        ("pram", _at(8, "z")),
        ("pram", _at(6, "a")),
        ("noise", SOURCE_TEXT),
        ("noise", _at(8, "much")),
        ("seen", SOURCE_TEXT),
        ("seen", _days(1, ONE)),
        ("seen", _days(100, ANY)),
        ("weeks", _days(1, ANY)),
        ("code", _at(8, "a4")),
        ("code", _swapped(9, 21)),
        ("code", lambda cell: pl.when(cell.is_not_null()).then(pl.lit("same"))),
        ("name", _at(8, "ada")),
        ("name", _swapped(9, 11)),
        ("remark", SOURCE_TEXT),
        ("remark", _at(8, "mail [E-MAIL] over donderdag")),  # something else was changed
        ("told", SOURCE_TEXT),
        ("told", lambda cell: cell.str.replace(r"[\w.]+@example\.nl", "l5@school.example")),  # somebody else's
        ("told", lambda cell: cell.str.replace(r"\[TELEFOON\]", "06-12345678")),
        ("capped", _at(8, "80")),
        ("capped", _at(8, "11")),
        ("rounded_mean", _at(8, "12.345")),
        ("noise_capped", _at(8, "99")),
        ("noise_named", _at(8, "b")),
        ("noise_named", _at(8, None)),
    ],
)
def test_a_planted_fault_is_told(made: Made, column: str, fault: Change) -> None:
    staged, source, _ = made
    assert source.prepared is not None
    was = pl.DataFrame({"record": range(1, len(ROWS) + 1), "source": [_cell(column, row) for row in ROWS]})
    table = source.prepared.join(was, on="record").sort("record").with_columns(fault(pl.col(column)).alias(column))
    assert _wrong(staged, replace(source, prepared=table), column) > 0


def test_a_column_that_lacks_its_prepared_cells_is_wrong(made: Made) -> None:
    staged, source, _ = made
    assert source.prepared is not None
    assert _wrong(staged, replace(source, prepared=source.prepared.drop("round")), "round") == len(ROWS)
    assert _wrong(staged, replace(source, prepared=source.prepared.head(3)), "round") == len(ROWS)


def test_a_step_that_nobody_knows_is_not_taken_for_done(made: Made) -> None:
    staged, source, _ = made
    columns = [{**one, "transform": [{"turn": 1}]} for one in staged.plan["columns"] if one["field"] == "round"]
    assert cells_not_as_transformed(replace(staged, plan={**staged.plan, "columns": columns}), source) > 0


@pytest.mark.parametrize(("after", "wrong"), [("12.7", 0), ("12.6", 0), ("12.8", 1), ("12.65", 1), ("13", 1)])
def test_a_half_that_binary_fractions_do_not_have_may_go_either_way(after: str, wrong: int) -> None:
    cell = pl.Series(["x"])
    assert exactly(Cells(cell, cell, pl.Series(["12,65"]), pl.Series([after])), {"round": 0.1}) == wrong


def test_texts_are_read_in_every_way_they_can_be() -> None:
    texts = pl.Series(["1.234", "1.234,5", "1,5", "+7", "x", " 8 "])
    assert [list(read) for read in numbers(texts)] == [
        [1.234, None, None, 7.0, None, 8.0],
        [1234.0, 1234.5, 1.5, 7.0, None, 8.0],
    ]
    days = pl.Series(["2024-03-01 10:00", "01-02-2024", "3 mei 2024", "20240301", "x"])
    assert [[str(day) for day in read] for read in dates(days)] == [
        ["2024-03-01", "2024-02-01", "2024-05-03", "2024-03-01", "None"],
        ["2024-03-01", "2024-01-02", "2024-05-03", "2024-03-01", "None"],
    ]


def test_names_of_dropped_columns_inside_redacted_texts_survive(tmp_path: Path) -> None:
    rows = [(f"Zoë{n} Vos", "Vos", f"gesprek met zoë{n} vos over de les") for n in range(6)]
    frame = pd.DataFrame(rows, columns=["name", "family", "remark"]).assign(town="Goes")
    hidden = [PlannedColumn(field, "direct", "drop") for field in ("name", "family")]
    remark = PlannedColumn("remark", "measure", "keep", transform=({"redact": {"only": ["email"]}},))
    with open_exports({"t": frame}) as exports:
        release = anonymise(exports, plan(*hidden, remark, quasi("town", {"categorical": True})), tmp_path)
        proof = prove(exports, release)
        assert proof.checks["surviving_identifiers"] >= 6
        cleaned = pl.read_parquet(release.data).with_columns(remark=pl.lit("gesprek over de les"))
        cleaned.write_parquet(release.data)
        assert prove(exports, release).checks["surviving_identifiers"] == 0


def test_persons_of_other_tables_are_taken_out_of_redacted_texts_and_looked_for_again(tmp_path: Path) -> None:
    people = pd.DataFrame({"voornaam": ["Piet", "Kees", "Margriet", "Roos"], "achternaam": ["Bos"] * 4})
    posts = [f"Hoi, vraag het {name} of wacht tot les {n}." for n in range(3) for name in people["voornaam"]]
    frame = pd.DataFrame({"remark": posts, "town": "Goes"})
    remark = PlannedColumn("remark", "measure", "keep", transform=({"redact": {}},))
    wanted = plan(remark, quasi("town", {"categorical": True}))
    with open_exports({"posts": frame, "leden": people}) as exports:
        release = anonymise(exports, replace(wanted, source="posts"), tmp_path)
        told = pl.read_parquet(release.data)["remark"]
        assert told.str.contains(r"vraag het \[PERSOON-1\] of").all()
        known = scanned_release(exports, release).found.findings
        assert known.filter(pl.col("why") == "known_person").is_empty()
        back = told.str.replace("[PERSOON-1]", "Piet, Kees, Margriet, Roos", literal=True)
        pl.DataFrame({"remark": back, "town": ["Goes"] * len(back)}).write_parquet(release.data)
        assert "known_person" in scanned_release(exports, release).found.counts


LINK = PlannedColumn("who", "link", "keep", transform=({"pseudonym": {}},))


def test_a_person_has_one_pseudonym_in_all_tables(tmp_path: Path) -> None:
    people = pd.DataFrame({"who": list("abcdef"), "age": ["21", "22", "23", "41", "42", "43"]})
    visits = pd.DataFrame({"who": ["A", "a ", "b", "c", "d", "e", "f"], "course": list("xxxxyyy")})
    linked = LinkedTable("visits", "visits", "who", (LINK, quasi("course", {"categorical": True})), most=1)
    columns = (LINK, quasi("age", {"intervals": [10]}))
    told = {"person_key": "who", "k": 3, "suppression_limit": 1, "linked": (linked,), "signed": SIGNED}
    wanted = Plan("trial", "people", columns, 7, **told)  # type: ignore[arg-type] # each has its own type
    with open_exports({"people": people, "visits": visits}) as exports:
        release = anonymise(exports, wanted, tmp_path)
        assert prove(exports, release).met
        staged = read_staged(release.folder)
        tables = [(one, read_source(exports, one)) for one in staged.tables]
        (first, source), other = tables
        assert source.prepared is not None
        moved = source.prepared.with_columns(pl.col("who").reverse())
        assert pseudonyms_apart(tables) == 0
        assert pseudonyms_apart([(first, replace(source, prepared=moved)), other]) > 0


def _sampled(folder: Path, change: Callable[[pl.DataFrame], pl.DataFrame] = lambda drawn: drawn) -> Any:
    frame = pd.DataFrame({"who": [f"p{n // 3}" for n in range(300)], "age": ["21", "22", "38"] * 100})
    wanted = replace(plan(quasi("age", {"intervals": [5]}), person="who", limit=0), sample=0.5)
    with open_exports({"t": frame}) as exports:
        release = anonymise(exports, wanted, folder, secret=b"known")
        path = release.folder / "sampled.parquet"
        change(pl.read_parquet(path)).write_parquet(path)
        return prove(exports, release)


def test_who_was_not_drawn_is_not_suppressed(tmp_path: Path) -> None:
    proof = _sampled(tmp_path)
    assert proof.met
    assert proof.suppressed_rows == 0
    assert 90 < proof.rows < 210
    assert proof.loss.ncp == pytest.approx((1 / 17 + 1 / 17 + 0) / 3, abs=0.1)


@pytest.mark.parametrize(
    ("change", "unmet"),
    [
        (lambda drawn: drawn.sort("record").slice(1), {"persons_not_drawn_whole", "rows_of_others"}),
        (lambda drawn: pl.concat([drawn, drawn.select(pl.col("record") + 1000)]), {"persons_not_drawn_whole"}),
        (lambda _: pl.DataFrame({"record": range(1, 301)}), {"persons_not_drawn_whole", "suppression_limit"}),
    ],
)
def test_persons_are_drawn_whole_and_as_many_as_planned(
    tmp_path: Path, change: Callable[[pl.DataFrame], pl.DataFrame], unmet: set[str]
) -> None:
    assert unmet <= set(_sampled(tmp_path, change).unmet)


def test_a_sample_that_is_not_told_is_an_incomplete_folder(tmp_path: Path) -> None:
    frame = pd.DataFrame({"age": ["21"] * 60})
    with open_exports({"t": frame}) as exports:
        release = anonymise(exports, replace(plan(quasi("age", {"intervals": [5]})), sample=0.5), tmp_path)
        (release.folder / "sampled.parquet").unlink()
        with pytest.raises(SourceError, match="not a complete staging folder"):
            prove(exports, release)
