"""What the corpora's fields are: two of three readers settle it, and their file fits the corpora."""

import csv
from pathlib import Path

import pytest

from benchmarks.evaluate import DRAWN, PARTS, samples
from benchmarks.labelled import FOLDER, Reading, called, readings
from benchmarks.labelling import agreement
from benchmarks.written import figure, renew
from igmap.inventory.evaluation import Truth
from igmap.vocabulary import CATEGORIES


@pytest.mark.parametrize(
    ("author", "one", "other", "settled"),
    [
        ("name", "name", "email", "name"),
        ("none", "employer", "employer", "employer"),
        ("none", "employer", "none", "none"),
        ("city", "location", "address", "city"),
    ],
)
def test_two_of_three_settle_and_the_author_where_all_differ(author: str, one: str, other: str, settled: str) -> None:
    assert Reading(author, one, other).settled == settled


def test_another_category_brings_what_it_identifies() -> None:
    truth = Truth("staff", "", "afdeling", "none", "none")
    assert called(truth, "none") is truth
    assert called(truth, "employer") == Truth("staff", "", "afdeling", "employer", "quasi")


def test_agreement_is_the_mean_f1_of_the_categories_that_either_names() -> None:
    assert agreement(["name", "none"], ["name", "none"]) == 1
    assert agreement(["name", "name", "none", "none"], ["name", "none", "none", "none"]) == pytest.approx(
        (2 / 3 + 4 / 5) / 2
    )
    assert agreement(["name"], ["email"]) == 0


@pytest.mark.ci
def test_readings_are_of_fields_that_the_corpora_have_and_tell_their_authors_truth() -> None:
    files = {f"{corpus}-{part}" for corpus in DRAWN for part in PARTS[corpus]}
    assert {path.stem for path in FOLDER.glob("*.csv")} == files
    for corpus, draw in DRAWN.items():
        drawn = {(t.half, t.name, row.field): row.category for t in draw(1) for row in t.truth}
        told = {(part, *place): r for part in PARTS[corpus] for place, r in readings(corpus, part).items()}
        assert {place: r.author for place, r in told.items()} == {place: drawn[place] for place in told}
        assert all({r.one, r.other} <= set(CATEGORIES) and {r.one, r.other} != {r.author} for r in told.values())


@pytest.mark.ci
def test_samples_have_the_settled_truth() -> None:
    told = readings("second", "open")
    differing = {place: r.settled for place, r in told.items() if r.settled != r.author}
    truth = {(row.source, row.field): row for one in samples("second", 1) for row in one.truth}
    assert len(differing) > 50
    assert {place: truth[place].category for place in differing} == differing
    assert all(truth[p].identifiability == CATEGORIES[c].identifiability for p, c in differing.items())


def test_a_field_stands_once_in_a_file() -> None:
    for path in FOLDER.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as lines:
            places = [(row["table"], row["field"]) for row in csv.DictReader(lines)]
        assert len(places) == len(set(places)) > 0


def test_a_table_is_written_between_its_marks_and_nowhere_else(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- here -->\nold\n<!-- /here -->\nafter\n", encoding="utf-8")
    renew(page, "here", ("part", "share"), [("one", figure(0.25))])
    told = "| part | share |\n| --- | --- |\n| one | .250 |"
    assert page.read_text("utf-8") == f"before\n<!-- here -->\n{told}\n<!-- /here -->\nafter\n"
    with pytest.raises(ValueError, match=r"page\.md has no marks"):
        renew(page, "elsewhere", ("part",), [])
