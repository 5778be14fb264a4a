"""Proof: figures from the written file agree with hand counts, and every tampering is noticed."""

import ast
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from igmap.anonymisation import PlannedColumn, Release, anonymise
from igmap.anonymisation.loss import label_costs
from igmap.errors import SourceError
from igmap.release import Proof, prove
from igmap.release.checks import Standing, standing
from igmap.release.classes import class_sizes, distinct_l, equal_t, homogeneous_share
from igmap.release.coded import coded
from igmap.release.ncp import label_loss
from igmap.release.staged import Labels, read_table
from igmap.release.survivors.orders import rows_in_order
from igmap.report import text
from igmap.sources import Exports
from tests.release_cases import AGE, POSTCODE, Row, built, opened, plan, quasi

COLUMNS = ["id", "mail", "age", "grade", "health"]
AGES = ["21", "22", "23", "36", "37", "38", "52", None]
GRADES = ["7", "8", "7", "6", "6", "6", "9", "9"]


def _rows() -> list[Row]:
    """48 records of 24 learners, two each."""
    return [
        (f"u{n // 2}", f"l{n // 2}@school.example", AGES[n // 2 % 8], GRADES[n // 2 % 8], "ja" if n % 3 else None)
        for n in range(48)
    ]


def _staged(exports: Exports, folder: Path, *, k: int = 3) -> Release:
    columns = (
        PlannedColumn("id", "key", "drop"),
        PlannedColumn("mail", "direct", "drop"),
        quasi("age", AGE),
        PlannedColumn("grade", "measure", "keep", type="integer"),
        PlannedColumn("health", "sensitive", "keep"),
    )
    return anonymise(exports, replace(plan(*columns, k=k, person="id"), file_format="parquet"), folder)


def _proved(folder: Path, tamper: Callable[[Release], object] = bool) -> Proof:
    with opened(COLUMNS, _rows()) as exports:
        release = _staged(exports, folder)
        tamper(release)
        return prove(exports, release)


def test_the_figures_are_those_of_a_hand_count(tmp_path: Path) -> None:
    proof = _proved(tmp_path)
    assert proof.met
    assert (proof.rows, proof.persons, proof.suppressed_rows) == (48, 24, 0)
    assert (proof.k, proof.k_rows) == (3, 6)  # eight ages of three learners with two records each
    assert proof.l == {"grade": 1, "health": 2}
    assert proof.t["grade"] == pytest.approx(7 / 8)  # the grade 8 is one eighth of all
    assert proof.loss.ncp == 0
    assert proof.attacks.singling_out.risk == pytest.approx(1 / 3)
    assert proof.attacks.inference_per_column["grade"].risk == 1.0
    assert proof.attacks.inference == proof.attacks.inference_per_column["grade"]
    assert proof.attacks.inference_per_column["grade"].control == pytest.approx(3 / 8)
    assert proof.attacks.linkability.risk == pytest.approx(8 / 24)
    assert set(proof.checks.values()) == {0}
    assert proof.thresholds == {"k": 3, "suppression_limit": 1.0, "excess": 0.05}


def test_each_step_is_told_as_it_begins_and_has_a_text_in_both_languages(tmp_path: Path) -> None:
    told: list[tuple[str, dict[str, int]]] = []
    with opened(COLUMNS, _rows()) as exports:
        prove(exports, _staged(exports, tmp_path), step=lambda key, **figures: told.append((key, figures)))
    keys = [key for key, _ in told]
    assert list(dict.fromkeys(keys)) == ["count", "survivors", "attack"]
    attacks = [figures for key, figures in told if key == "attack"]
    assert [one["done"] for one in attacks] == list(range(1, attacks[0]["of"] + 1))
    last = f"{len(attacks)}"
    assert [text(f"step.{key}", "nl", **figures) for key, figures in told][-1] == f"Aanval {last} van {last}"
    assert [text(f"step.{key}", "en", **figures) for key, figures in told][-1] == f"Attack {last} of {last}"


def _rewrite(change: Callable[[pl.DataFrame], pl.DataFrame]) -> Callable[[Release], None]:
    return lambda release: change(pl.read_parquet(release.data)).write_parquet(release.data)


def _remap(change: Callable[[pl.DataFrame], pl.DataFrame]) -> Callable[[Release], None]:
    return lambda release: change(pl.read_parquet(release.persons)).write_parquet(release.persons)


def _first(column: str, value: object) -> Callable[[Release], None]:
    """The released table with one value in the first row changed."""
    return _rewrite(
        lambda table: table.with_columns(
            pl.when(pl.int_range(pl.len()) == 0).then(pl.lit(value)).otherwise(column).alias(column)
        )
    )


def _sorted(release: Release) -> None:
    order = pl.read_parquet(release.persons)["record"].arg_sort()
    _rewrite(lambda table: table[order])(release)
    _remap(lambda persons: persons[order])(release)


@pytest.mark.ci
@pytest.mark.parametrize(
    ("tamper", "unmet"),
    [
        (_first("age", "99"), "cells_not_as_planned"),
        (_first("age", None), "cells_not_as_planned"),
        (_first("grade", 10), "cells_not_as_planned"),
        (_first("health", "l3@school.example"), "surviving_identifiers"),
        (_first("health", "u7"), "surviving_identifiers"),
        (_rewrite(lambda table: table.with_columns(pl.col("grade").cast(pl.String))), "columns_not_as_planned"),
        (_rewrite(lambda table: table.with_columns(row=pl.int_range(pl.len()))), "columns_not_as_planned"),
        (_rewrite(lambda table: table.select("grade", "age", "health")), "columns_not_as_planned"),
        (_remap(lambda persons: persons.with_columns(person=pl.concat_str(pl.lit("x"), "person"))), "rows_of_others"),
        (_remap(lambda persons: persons.with_columns(record=pl.col("record") + 100)), "rows_of_others"),
        (_sorted, "rows_in_source_order"),
    ],
)
def test_tampering_is_noticed(tmp_path: Path, tamper: Callable[[Release], object], unmet: str) -> None:
    proof = _proved(tmp_path, tamper)
    assert not proof.met
    assert unmet in proof.unmet
    assert proof.checks[unmet] > 0


def test_a_class_that_lost_a_person_breaks_k(tmp_path: Path) -> None:
    def forget(release: Release) -> None:
        persons = pl.read_parquet(release.persons)
        kept = persons["person"] != "u0"
        _rewrite(lambda table: table.filter(kept))(release)
        _remap(lambda _: persons.filter(kept))(release)

    proof = _proved(tmp_path, forget)
    assert (proof.k, proof.k_rows, proof.unmet) == (2, 4, ("k",))


@pytest.mark.parametrize("file", ["persons.parquet", "plan.yaml", "hierarchies/1.csv", "trial.parquet"])
def test_an_incomplete_staging_folder_is_told(tmp_path: Path, file: str) -> None:
    with pytest.raises(SourceError, match="not a complete staging folder"):
        _proved(tmp_path, lambda release: (release.folder / file).unlink())


def test_a_missing_column_or_row_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="lacks rows or columns"):
        _proved(tmp_path, _rewrite(lambda table: table.drop("age")))
    with pytest.raises(SourceError, match="lacks rows or columns"):
        _proved(tmp_path, _rewrite(lambda table: table.head(20)))


def test_a_town_that_is_also_a_family_name_is_no_survivor(tmp_path: Path) -> None:
    rows: list[Row] = [("Zeist" if n == 3 else "Goes", ["Goes", "Zeist"][n % 2], str(n % 4)) for n in range(20)]
    columns = (
        PlannedColumn("name", "direct", "drop"),
        quasi("town", {"categorical": True}),
        PlannedColumn("n", "measure", "keep"),
    )
    with opened(["name", "town", "n"], rows) as exports:
        assert prove(exports, anonymise(exports, plan(*columns), tmp_path)).checks["surviving_identifiers"] == 0


@pytest.mark.ci
def test_csv_and_parquet_prove_alike(tmp_path: Path) -> None:
    with opened(COLUMNS, _rows()) as exports:
        staged = _staged(exports, tmp_path)
        csv = anonymise(exports, replace(staged.plan, file_format="csv"), tmp_path)
        one, other = prove(exports, staged), prove(exports, csv)
    assert other.met
    assert replace(one, data_sha256="", plan_sha256="") == replace(other, data_sha256="", plan_sha256="")


def test_suppression_tells_whom_it_hits(tmp_path: Path) -> None:
    rows: list[Row] = [("21",), ("21",), ("38",), ("38",), ("38",), (None,)]
    with opened(["age"], rows) as exports:
        proof = prove(exports, anonymise(exports, plan(quasi("age", AGE)), tmp_path))
    assert (proof.suppression["age"].groups, proof.suppression["age"].vanished) == (3, 1)
    assert proof.suppression["age"].worst_share == 1.0
    assert proof.loss.per_column["age"] == pytest.approx(1 / 6)


def _standing(labels: Labels, written: Sequence[str | None], source: Sequence[str | None]) -> Standing:
    return standing(labels, *(coded(pl.Series(texts, dtype=pl.String)) for texts in (written, source)))


def test_cells_may_stand_at_different_levels_and_each_costs_its_own() -> None:
    labels = built("age", ["21", "24", "38", None], AGE).labels
    mixed = _standing(labels, ["21", "20-24", None, "*"], ["21", "24", None, "38"])
    assert (mixed.level, mixed.misfits) == (None, 0)
    assert mixed.loss == pytest.approx(0 + 3 / 17 + 0 + 1)
    wrong = _standing(labels, ["20-24", "35-39", None, "21"], ["38", "38", "21", None])
    assert wrong.misfits == 3
    assert _standing(labels, ["*", "*"], ["21", "an unknown value"]).misfits == 1


@given(order=st.permutations(range(40)))
def test_the_order_of_the_rows_changes_no_digit_of_a_loss(order: list[int]) -> None:
    values = [str(age) for age in range(20, 60)]
    labels = built("age", values, AGE).labels
    one, other = ([str(labels[at, at % 3]) for at in rows] for rows in (range(40), order))
    pairs = (one, values), (other, [values[at] for at in order])
    assert len({_standing(labels, *pair).loss for pair in pairs}) == 1


ages = st.lists(st.one_of(st.none(), st.integers(0, 99).map(str)), min_size=1, max_size=12, unique=True)
postcodes = st.lists(
    st.one_of(st.none(), st.sampled_from(["3511 AB", "3511 AC", "3512 AB", "3584 XX", "1011 AA"])),
    min_size=1,
    max_size=6,
    unique=True,
)


@pytest.mark.ci
@given(ages=ages, postcodes=postcodes)
def test_two_programs_put_the_same_price_on_a_label(ages: list[str | None], postcodes: list[str | None]) -> None:
    for hierarchy in (built("age", ages, AGE), built("postcode", postcodes, POSTCODE)):
        costs = label_costs(hierarchy)
        for level in range(hierarchy.levels):
            prices = dict(label_loss(hierarchy.labels, level).iter_rows())
            assert [prices[label] for label in hierarchy.labels[:, level]] == pytest.approx(costs[:, level].tolist())


def test_blanks_count_in_every_figure() -> None:
    table = pl.DataFrame({"q": ["a", "a", None, None], "s": ["x", None, "y", "y"]})
    assert sorted(class_sizes(table, ["q"])["rows"].to_list()) == [2, 2]
    assert distinct_l(table, ["q"], "s") == 1
    assert distinct_l(table.head(2), ["q"], "s") == 2
    assert equal_t(table, ["q"], "s") == pytest.approx(0.5)
    assert homogeneous_share(table, ["q"], "s", pl.Series(["1", "2", "3", None])) == 0.5


@given(st.permutations(range(40)))
def test_an_order_and_its_reverse_are_judged_alike(order: list[int]) -> None:
    assert rows_in_order(pl.Series(order)) == rows_in_order(pl.Series(order[::-1]))


@pytest.mark.parametrize(("records", "told"), [(range(1, 31), 29), (range(30, 0, -1), 29), ([3, 1, 2], 0), ([1, 2], 0)])
def test_only_an_order_beyond_chance_is_told(records: range | list[int], told: int) -> None:
    assert rows_in_order(pl.Series(list(records))) == told


def test_a_proof_quotes_no_value(tmp_path: Path) -> None:
    told = repr(_proved(tmp_path))
    assert not any(value in told for value in ("school.example", "'ja'", "u17", "'36'"))


def test_the_verifier_shares_no_code_with_what_it_verifies() -> None:
    folder = Path(__file__).parents[1] / "igmap" / "release"
    for path in folder.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            assert not any("anonymise" in name for name in names), path.name


def test_awkward_values_prove_as_well_as_plain_ones(tmp_path: Path) -> None:
    awkward = [None, "a;b", 'c"d', "e\rf", "g\nh", "*", " i ", "é"]
    rows: list[Row] = [(value, value) for value in awkward for _ in range(3)]
    kept, measure = PlannedColumn("town", "quasi", "keep"), PlannedColumn("mark", "measure", "keep")
    with opened(["town", "mark"], rows) as exports:
        for file_format in ("parquet", "csv"):
            wanted = replace(plan(kept, measure, k=3), file_format=file_format)
            assert prove(exports, anonymise(exports, wanted, tmp_path)).met


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_empty_line_of_a_file_with_one_column_is_a_blank(tmp_path: Path, end: str) -> None:
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_bytes(end.join(["age", "21", "", '""', "38", ""]).encode())
    two.write_bytes(end.join(["age,town", "21,", "", "38,Ede", ""]).encode())
    assert read_table(one)[0]["age"].to_list() == ["21", None, "", "38"]
    assert read_table(two)[0].rows() == [("21", None), ("38", "Ede")]
