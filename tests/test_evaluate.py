"""igmap evaluate: what is found held against what is known."""

import csv
import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from stdnum import ean, iban, luhn
from stdnum.nl import bsn, btw
from typer.testing import CliRunner

from benchmarks.elearning_corpus.corpus import elearning_tables
from benchmarks.near_miss import TWINS, frame
from benchmarks.near_miss_columns import COLUMNS
from benchmarks.second_corpus.corpus import half_of, kinds, second_tables
from igmap.cli import app
from igmap.errors import TruthError
from igmap.inventory.discovering import Look, discover
from igmap.inventory.evaluation import Evaluation, Hidden, Judgement, Truth, evaluate, figures, load_truth, report
from igmap.inventory.evaluation.judged import Judged
from igmap.inventory.evaluation.scores import calibration_error, rate
from igmap.inventory.inventory import Detection, Field, Verdict
from igmap.sources import open_exports
from igmap.stages import from_plain, to_plain
from igmap.vocabulary import CATEGORIES

TODAY = date(2026, 11, 1)
CONTACTS = {
    "Naam": ["Jan Jansen", "Fatima el Amrani"],
    "contact": ["a@b.example", "c@d.example"],
    "prijs": ["1,50", "2,00"],
}


def judgement(truth: str, found: str, verdict: Verdict, confidence: float, *detections: Detection) -> Judgement:
    meaning = CATEGORIES[truth]
    kind = CATEGORIES[found].identifiability
    field = Field(
        "f",
        verdict,
        found,
        kind,
        "none",
        secret=False,
        free_text=False,
        confidence=confidence,
        runner_up="none",
        detections=detections,
    )
    return Judgement(Truth("t", "", truth, truth, meaning.identifiability), ("t", "", truth), field)


LITERAL = (
    judgement("name", "name", "found", 0.97),
    judgement("name", "none", "undecided", 0.55),
    judgement("email", "email", "found", 0.92),
    judgement("none", "none", "none", 1.0),
    judgement("none", "name", "found", 0.65),
    judgement("none", "none", "undecided", 0.5),
    judgement("city", "none", "none", 0.9),
)


def told() -> Evaluation:
    return figures(Judged(LITERAL, (), ()))


def contacts(look: Look = "all") -> Evaluation:
    truth = [Truth("t", "", name, c, CATEGORIES[c].identifiability) for name, c in
             {"Naam": "name", "contact": "email", "prijs": "none", "gone": "phone"}.items()]  # fmt: skip
    with open_exports({"t": pd.DataFrame({**CONTACTS, "extra": ["x", "y"]})}) as exports:
        return evaluate(exports, truth, look=look, today=TODAY)


def test_precision_recall_and_f1_are_those_of_the_literal_rows() -> None:
    scores = {s.category: (s.truth, s.found, s.right, round(s.precision, 3), round(s.recall, 3)) for s in told().scores}
    assert scores == {
        "city": (1, 0, 0, 0.0, 0.0),
        "email": (1, 1, 1, 1.0, 1.0),
        "name": (2, 2, 1, 0.5, 0.5),
        "none": (3, 4, 2, 0.5, 0.667),
    }
    assert told().macro_f1 == pytest.approx((0 + 1 + 0.5 + 4 / 7) / 4)


def test_direct_recall_alarms_and_undecided_are_counted_apart() -> None:
    evaluation = told()
    assert [(r.count, r.of) for r in (evaluation.direct, evaluation.alarms, evaluation.undecided)] == [
        (2, 3), (1, 3), (2, 7)
    ]  # fmt: skip
    assert (evaluation.undecided_none.count, evaluation.undecided_none.of) == (1, 3)
    assert [(c.truth, c.found, c.count) for c in evaluation.confusions] == [
        ("city", "none", 1), ("name", "none", 1), ("none", "name", 1)
    ]  # fmt: skip


def test_the_curve_counts_claims_only_and_found_apart_from_none() -> None:
    evaluation = told()
    assert [(b.verdict, b.lowest, b.rate.count, b.rate.of) for b in evaluation.calibration] == [
        ("found", 0.6, 0, 1), ("found", 0.9, 1, 1), ("found", 0.95, 1, 1), ("none", 0.9, 0, 1), ("none", 0.99, 1, 1)
    ]  # fmt: skip
    assert (evaluation.sure.count, evaluation.sure.of) == (3, 4)
    assert calibration_error(evaluation.calibration) == pytest.approx((0.65 + 0.08 + 0.03 + 0.9 + 0.0) / 5)


def test_an_interval_is_wilsons_and_nothing_is_bounded_by_nothing() -> None:
    assert rate([True] * 9 + [False]) == rate([False] + [True] * 9)
    assert (rate([True] * 9 + [False]).low, rate([True] * 9 + [False]).high) == (0.5958, 0.9821)
    assert (rate([]).share, rate([]).low, rate([]).high) == (1.0, 0.0, 1.0)


def test_a_hidden_identifier_counts_up_to_what_is_hidden_in_its_field() -> None:
    field = judgement(
        "message_content", "message_content", "found", 0.9, Detection("email", 5, 0.1), Detection("iban", 1, 0.1)
    )
    hidden = [Hidden("t", "", "message_content", n, "email") for n in (1, 2)]
    hidden += [Hidden("t", "", "message_content", n, "bank_account") for n in (3, 4, 5)]
    hidden += [Hidden("t", "", "elsewhere", None, "email")]
    evaluation = figures(Judged((field,), (), ()), hidden=hidden)
    assert [(h.category, h.rate.count, h.rate.of) for h in evaluation.hidden] == [
        ("bank_account", 1, 3),
        ("email", 2, 3),
    ]


def test_truth_without_a_field_and_fields_without_truth_are_listed_and_counted_nowhere() -> None:
    evaluation = contacts()
    assert (evaluation.unmatched, evaluation.untold) == ((("t", "", "gone"),), (("t", "", "extra"),))
    assert evaluation.fields.of == 3
    assert evaluation.macro_f1 == 1.0


def test_what_is_withheld_is_withheld() -> None:
    blind, headers = contacts("values"), contacts("headers")
    assert (blind.look, headers.look) == ("values", "headers")
    assert not any(reason["code"] == "header" for miss in blind.misses for reason in miss.reasons)
    with open_exports({"t": pd.DataFrame({"prijs": ["a@b.example", "c@d.example"], "e-mail": ["1", "2"]})}) as exports:
        seen = {look: [f.category for f in discover(exports, today=TODAY, look=look).datasets[0].fields]
                for look in ("values", "headers")}  # fmt: skip
        names = [f.name for f in discover(exports, today=TODAY, look="values").datasets[0].fields]
    assert seen["values"] == ["email", "none"]
    assert seen["headers"] == ["none", "email"]
    assert names == ["prijs", "e-mail"]


def test_an_evaluation_is_read_back_equal_and_shows_no_cell() -> None:
    evaluation = contacts("values")
    assert from_plain(Evaluation, to_plain(evaluation)) == evaluation
    shown = evaluation._repr_html_() + report(evaluation, "nl") + report(told(), "en")
    assert not any(value in shown for values in CONTACTS.values() for value in values)


def written(folder: Path, rows: list[tuple[str, ...]], head: str = "file,table,field,category") -> Path:
    path = folder / "truth.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([head.split(","), *rows])
    return path


def test_the_command_prints_the_figures_and_says_when_they_are_too_low(tmp_path: Path) -> None:
    (tmp_path / "w" / "exports").mkdir(parents=True)
    pd.DataFrame(CONTACTS).to_csv(tmp_path / "w" / "exports" / "a.csv", index=False)
    truth = written(tmp_path, [("a.csv", "", "contact", "email"), ("a.csv", "", "prijs", "age")])
    command: list[Any] = ["evaluate", str(tmp_path / "w"), "--truth", str(truth), "--lang", "en"]
    ran = CliRunner().invoke(app, [*command, "--out", str(tmp_path / "e.json"), "--today", "2026-11-01"])
    assert ran.exit_code == 0
    assert "Macro F1" in ran.stdout
    assert "a@b.example" not in ran.stdout
    assert json.loads((tmp_path / "e.json").read_text())["fields"] == {
        "count": 1,
        "of": 2,
        "low": 0.0945,
        "high": 0.9055,
    }
    assert CliRunner().invoke(app, [*command, "--at-least", "0.9"]).exit_code == 3
    assert CliRunner().invoke(app, [*command, "--blind"]).exit_code == 0
    assert "headers only" in CliRunner().invoke(app, [*command, "--headers-only"]).stdout


@pytest.mark.parametrize(
    ("head", "row", "message"),
    [
        ("file,table,field", ("a", "", "b"), "no column category"),
        ("file,table,field,category", ("a", "", "b", "emial"), "line 2: unknown category 'emial'"),
        ("file,table,field,category,identifiability", ("a", "", "b", "email", "drect"), "line 2: identifiability is"),
    ],
)
def test_a_truth_that_cannot_be_used_says_why(tmp_path: Path, head: str, row: tuple[str, ...], message: str) -> None:
    with pytest.raises(TruthError, match=message):
        load_truth(written(tmp_path, [row], head))


def test_a_truth_of_a_dutch_spreadsheet_is_read_and_a_field_comes_once(tmp_path: Path) -> None:
    path = tmp_path / "truth.csv"
    path.write_text('file;table;field;category\r\nt;;contact;E-mailadres\r\nt;;"naam\nvoluit";naam\r\n', "utf-8-sig")
    assert [(one.field, one.category) for one in load_truth(path)] == [("contact", "email"), ("naam\nvoluit", "name")]
    twice = written(tmp_path, [("t", "", "contact", "email"), ("t", "", "contact", "none")])
    with pytest.raises(TruthError, match="line 3: the same field as in line 2"):
        load_truth(twice)


def test_a_truth_about_other_exports_is_refused_and_nothing_of_nothing_is_no_share() -> None:
    with (
        open_exports({"t": pd.DataFrame(CONTACTS)}) as exports,
        pytest.raises(TruthError, match="no field of the truth is in the exports"),
    ):
        evaluate(exports, [Truth("u", "", "contact", "email", "direct")], today=TODAY)
    assert "100" not in report(figures(Judged((), (), ())), "en")


def test_a_miss_is_told_in_the_words_of_its_language() -> None:
    with open_exports({"t": pd.DataFrame({"x": ["M", "V", "V", "M"] * 5})}) as exports:
        told = report(evaluate(exports, [Truth("t", "", "x", "none", "none")], today=TODAY), "nl")
    assert "staat in de lijst geslacht" in told


@cache
def corpus() -> Any:
    """The second corpus, drawn once."""
    return second_tables(1)


@pytest.mark.ci
def test_the_second_corpus_is_the_same_each_time_and_holds_every_category_often_enough() -> None:
    once, again, other = corpus(), second_tables(1), second_tables(2)
    assert all(a.frame.equals(b.frame) and a.hidden == b.hidden for a, b in zip(once, again, strict=True))
    assert not all(a.frame.equals(b.frame) for a, b in zip(once, other, strict=True))
    truth = [row.category for table in once for row in table.truth]
    assert (len(once) >= 60, len(truth) >= 900, truth.count("none") >= 0.4 * len(truth)) == (True, True, True)
    assert [c for c in CATEGORIES if truth.count(c) < 8] == []
    assert all(list(table.frame.columns) == [row.field for row in table.truth] for table in once)
    assert all(8 <= len(table.frame) <= 400 for table in once)


@pytest.mark.ci
def test_the_halves_of_the_second_corpus_share_no_table_and_are_alike_in_size() -> None:
    halves = {half: second_tables(1, half=half) for half in ("open", "sealed")}
    sizes = {half: sum(len(table.truth) for table in tables) for half, tables in halves.items()}
    assert {half_of(table.name) for table in halves["open"]} == {"open"}
    assert min(sizes.values()) >= 0.4 * sum(sizes.values())


@pytest.mark.ci
def test_a_planted_identifier_stands_in_its_record() -> None:
    table = next(table for table in corpus() if any(h.category == "bank_account" for h in table.hidden))
    hidden = next(h for h in table.hidden if h.category == "bank_account")
    assert hidden.record is not None
    assert "NL" in table.frame[hidden.field][hidden.record - 1]
    assert kinds()["iban"][0] == "bank_account"


@cache
def elearning() -> Any:
    """The e-learning corpus, drawn once."""
    return elearning_tables(1)


def drawn_values(category: str, field: str) -> list[str]:
    """What stands in a field of the e-learning corpus, without spaces and without what says nothing."""
    cells = [
        cell
        for table in elearning()
        for row in table.truth
        if (row.category, row.field) == (category, field)
        for cell in table.frame[field].dropna()
    ]
    told = [cell.replace(" ", "") for cell in cells if any(letter.isdigit() for letter in cell)]
    assert len(told) >= 20, field
    return told


def test_the_elearning_corpus_is_the_same_each_time_and_nearly_half_of_it_is_nobodys() -> None:
    once, again, other = elearning(), elearning_tables(1), elearning_tables(2)
    assert all(a.frame.equals(b.frame) and a.hidden == b.hidden for a, b in zip(once, again, strict=True))
    assert not any(a.frame.equals(b.frame) for a, b in zip(once, other, strict=True))
    assert [sum(table.half == part for table in once) for part in ("first", "further")] == [45, 25]
    truth = [row.category for table in once for row in table.truth]
    assert (len(truth) >= 800, truth.count("none") >= 0.45 * len(truth)) == (True, True)
    assert set(truth) == set(CATEGORIES)
    assert all(list(table.frame.columns) == [row.field for row in table.truth] for table in once)


def test_what_is_hidden_in_the_elearning_corpus_stands_in_its_record() -> None:
    hidden = [(h, table.frame[h.field][h.record - 1]) for table in elearning() for h in table.hidden]
    assert {h.category for h, _ in hidden} == {"email", "phone", "bank_account", "bsn", "name", "postcode"}
    assert all("@" in cell for h, cell in hidden if h.category == "email")
    assert all(any(letter.isdigit() for letter in cell) for h, cell in hidden if h.category in {"bsn", "phone"})


def test_numbers_of_the_elearning_corpus_have_the_check_digits_their_systems_would_hold() -> None:
    assert all(bsn.is_valid(number) and number[0] == "9" for number in drawn_values("bsn", "BSN"))
    assert all(iban.is_valid(number, check_country=False) for number in drawn_values("bank_account", "REKNR"))
    assert all(btw.is_valid(number) for number in drawn_values("none", "BTW-nummer"))
    assert all(ean.is_valid(number) for number in drawn_values("none", "EAN"))
    assert all(luhn.is_valid(number) for number in drawn_values("none", "SIRET employeur"))


def test_the_near_misses_are_five_hundred_columns_and_the_same_each_time() -> None:
    some = list(COLUMNS)[:5]
    assert len(COLUMNS) * 4 >= 500
    assert set(COLUMNS) >= TWINS
    assert frame(some, 20, "fair", 1).equals(frame(some, 20, "fair", 1))
    assert list(frame(some, 20, "blind", 1).columns) == ["(1)", "(2)", "(3)", "(4)", "(5)"]
    assert frame(some, 20, "fair", 1).to_numpy().tolist() == frame(some, 20, "misleading", 1).to_numpy().tolist()
