"""Verifying: what a release of any origin shows by itself, held against hand counts and pycanon's figures."""

import csv
import json
from math import e, log
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from pyarrow import parquet
from typer.testing import CliRunner

from igmap.cli import app
from igmap.errors import SourceError
from igmap.release import Roles, verify
from igmap.release.staged import sha256
from tests.release_cases import DATA, adult

PYCANON = json.loads((DATA / "pycanon.json").read_text("utf-8"))
LEVELS = {"age": 3, "education": 2, "marital-status": 1, "native-country": 1, "race": 0, "sex": 0, "workclass": 1}


def _file(folder: Path, content: str, name: str = "theirs.csv") -> Path:
    (folder / name).write_text(content, "utf-8")
    return folder


def _agrees(found: dict[str, float], theirs: dict[str, Any], *, ordered: bool) -> None:
    """Ours as pycanon prints it: it cuts entropy l to a whole number and takes natural logarithms."""
    assert found["distinct_l"] == theirs["l"]
    assert theirs["entropy_l"] <= found["entropy_l"] < theirs["entropy_l"] + 1 + 1e-9
    assert found["alpha"] == pytest.approx(theirs["alpha"])
    assert found["beta_likeness"] == pytest.approx(theirs["basic_beta"], abs=1e-12)
    assert found["t_closeness_ordered" if ordered else "t_closeness"] == pytest.approx(theirs["t"], abs=1e-9)


@pytest.mark.parametrize("name", PYCANON["tables"])
def test_figures_are_those_of_pycanon(tmp_path: Path, name: str) -> None:
    case = PYCANON["tables"][name]
    pl.DataFrame(case["rows"], schema=case["columns"], orient="row").write_parquet(tmp_path / "t.parquet")
    found = verify(tmp_path, Roles(tuple(case["quasi"]), ("s", "n")))
    assert found.k_rows == case["figures"]["k"]
    for column in ("s", "n"):
        theirs, ours = case["figures"][column], found.columns[column]
        _agrees(ours, theirs, ordered=column == "n")
        shares = pl.Series([row[case["columns"].index(column)] for row in case["rows"]]).value_counts()["count"]
        rarest = float(shares.min()) / len(case["rows"])  # type: ignore[arg-type] # a count is a number
        assert min(ours["beta_likeness"], -log(rarest)) == pytest.approx(theirs["enhanced_beta"], abs=1e-12)
        # pycanon looks at the values that a class has; one that lacks a value tells infinitely much by the paper
        if ours["delta_disclosure"] != float("inf"):
            assert ours["delta_disclosure"] == pytest.approx(theirs["delta"] / log(2), abs=1e-9)
    if name == "uniform":  # elsewhere pycanon takes the rarest value for the most frequent
        assert int(found.columns["s"]["recursive_l"] + 1) == case["figures"]["s"]["c"]


def _as_arx_writes_it() -> str:
    """Adult recoded to fixed levels, every rare row all `*` but for its occupation, semicolons between."""
    table = adult()
    for column, level in {**LEVELS, "salary-class": 0}.items():
        content = (DATA / "adult" / f"adult_hierarchy_{column}.csv").read_text("utf-8")
        rows = csv.reader(content.splitlines(), delimiter=";")
        table[column] = table[column].map({row[0]: row[level] for row in rows})
    quasi = [*LEVELS, "salary-class"]
    table.loc[table.groupby(quasi)["age"].transform("size") < 5, quasi] = "*"
    return table.sample(frac=1, random_state=1).to_csv(sep=";", index=False)


@pytest.mark.ci
def test_what_arx_writes_is_read_and_counted_as_pycanon_does(tmp_path: Path) -> None:
    case = PYCANON["adult"]
    found = verify(_file(tmp_path, _as_arx_writes_it()), Roles(tuple(case["quasi"]), (case["sensitive"],)))
    assert (found.rows, found.k_rows) == (case["rows"], case["figures"]["k"])
    assert (found.sizes.suppressed, found.sizes.k_rows_others, set(found.stars)) == (772, 5, set(case["quasi"]))
    _agrees(found.columns["occupation"], case["figures"]["occupation"], ordered=False)
    assert [trace.kind for trace in found.traces] == []


def test_figures_are_those_of_a_hand_count(tmp_path: Path) -> None:
    rows = ["town;age;ill", "Goes;20-29;x", "Goes;20-29;y", "Goes;20-29;y", "*;*;x", "*;*;x", ";20-29;z"]
    found = verify(_file(tmp_path, "\n".join(rows) + "\n"), Roles(("town", "age"), ("ill",)))
    sizes = found.sizes
    assert (found.rows, sizes.classes, sizes.k_rows, sizes.suppressed, sizes.k_rows_others) == (6, 3, 1, 2, 1)
    assert (sizes.average, sizes.alone, sizes.highest_risk, sizes.average_risk) == (2.0, 1, 1.0, 0.5)
    assert found.stars == {"town": 2, "age": 2}
    told = found.columns["ill"]
    assert (told["distinct_l"], told["alpha"], told["homogeneous"]) == (1, 1.0, 0.5)
    assert told["t_closeness"] == pytest.approx(5 / 6)  # z is one in six of all, and all of its class
    assert "t_closeness_ordered" not in told
    assert "1 (16.7%)" in found.text("en")


def test_entropy_is_that_of_its_formula(tmp_path: Path) -> None:
    found = verify(_file(tmp_path, "q,s\na,x\na,x\na,x\na,y\n"), Roles(("q",), ("s",)))
    assert found.columns["s"]["entropy_l"] == pytest.approx(e ** -(0.75 * log(0.75) + 0.25 * log(0.25)))
    assert found.columns["s"]["recursive_l"] == 3.0


def test_persons_are_counted_where_a_column_tells_them_apart(tmp_path: Path) -> None:
    _file(tmp_path, "who,age\nP1,20-29\np1 ,20-29\nP2,20-29\nP3,20-29\nP3,30-39\nP2,30-39\n", "a.csv")
    _file(tmp_path, "who,town\nP1,Goes\nP2,Goes\nP3,Goes\n", "b.csv")
    found = verify(tmp_path, Roles(("age", "town"), person="who"))
    assert (found.persons, found.k_rows, found.sizes.k_persons) == (3, 2, 2)
    assert found.k_together == 1  # P1 alone has no row of 30-39
    assert verify(tmp_path, Roles(("age", "town"), person="who", k=2)).unmet == ("k_together",)
    assert "k in persons" in found.text("en")


def test_blanks_are_values_and_what_is_quoted_is_none(tmp_path: Path) -> None:
    found = verify(_file(tmp_path, 'town,mark\nGoes,1\nGoes,\n,3\n"",4\n'), quasi_identifiers=["town"])
    assert (found.rows, found.k_rows, found.classes) == (4, 1, 3)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_encoding_and_separator_are_found_out(tmp_path: Path, encoding: str, separator: str) -> None:
    rows = [("plaats", "cijfer"), *[("Curaçao", "7,5"), ("Één", "8,0")] * 4]
    content = "".join(separator.join(f'"{cell}"' for cell in row) + "\r\n" for row in rows)
    (tmp_path / "t.csv").write_bytes(content.encode(encoding))
    assert verify(tmp_path, quasi_identifiers=["plaats"]).k_rows == 4


def test_each_file_is_counted_over_the_named_columns_that_it_has(tmp_path: Path) -> None:
    _file(tmp_path, "town,n\nGoes,1\nGoes,2\n", "a.csv")
    _file(tmp_path, "age\n21\n30\n", "b.csv")
    found = verify(tmp_path, quasi_identifiers=["town", "age"])
    assert [one.k_rows for one in found.files] == [2, 1]


PARQUET = pl.DataFrame({"town": ["Goes"] * 4, "mark": [1, 2, 3, 4]})


@pytest.mark.parametrize(
    ("files", "roles", "told"),
    [
        ({}, Roles(("town",)), "holds no data file"),
        ({"a.csv": "town\nx\n", "b.csv": "mark\nx\n"}, Roles(("town",)), "b.csv: nothing says which"),
        ({"a.csv": "town\nx\n", "b.csv": "town\nx\n"}, Roles(("twon",)), "did you mean 'town'"),
        ({"a.csv": "town\nx\n"}, Roles(("twon",)), "a.csv: no column 'twon'; did you mean 'town'"),
        ({"a.csv": "town,n\nx,1\n"}, Roles(("town",), ("m",)), "no column 'm'"),
        ({"a.csv": "town,n\nx,1\ny,1\n"}, Roles(("town",), ("n",), ("n",)), "'n' is given two roles"),
        ({"a.csv": "town,town\nx,1\n"}, Roles(("town",)), "1 columns have the name of another"),
        ({"a.csv": "town\nx\n"}, Roles(), "give quasi_identifiers"),
        ({"a.csv": "town\nx\n", "datapackage.json": "{}"}, Roles(), "give quasi_identifiers"),
        ({"a.csv": "town,n\nx,1\n", "datapackage.json": "{"}, Roles(("town",)), "datapackage.json: cannot be read"),
        ({"a.parquet": "not parquet"}, Roles(("town",)), "cannot be read.*cut off"),
        ({"a.csv": "town,n\nx,1\ny\n"}, Roles(("town",)), "1 rows do not have the 2 columns"),
        ({"a.csv": 'town,n\nx,1\ny,"1\nz,2\n'}, Roles(("town",)), "a quote is opened and never closed"),
        ({"a.csv": "town,n\n"}, Roles(("town",)), "holds no rows"),
        ({"a.csv": ""}, Roles(("town",)), "a.csv: cannot be read"),
        ({"a.csv": "town\nx\ny\n"}, Roles(("town",)), "holds one column"),
        ({"a.csv": "town,n\nx,1\n"}, Roles(("town",)), "is about one person"),
        ({"a.csv": "town,n\nx,A\nx,a\n"}, Roles(("town",), person="n"), "is about one person"),
    ],
)
def test_what_cannot_be_verified_is_refused_with_the_reason(
    tmp_path: Path, files: dict[str, str], roles: Roles, told: str
) -> None:
    for name, content in files.items():
        _file(tmp_path, content, name)
    with pytest.raises(SourceError, match=told):
        verify(tmp_path, roles)


def test_a_parquet_file_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    PARQUET.write_parquet(tmp_path / "a.parquet")
    content = (tmp_path / "a.parquet").read_bytes()
    (tmp_path / "a.parquet").write_bytes(content[: len(content) // 2])
    with pytest.raises(SourceError, match="damaged or cut off"):
        verify(tmp_path, quasi_identifiers=["town"])


def _sealed(folder: Path) -> Path:
    PARQUET.write_parquet(folder / "a.parquet", statistics=False)
    fields = [{"name": "town", "igmap:role": "quasi"}, {"name": "mark", "igmap:role": "sensitive"}]
    resource = {"path": "a.parquet", "hash": f"sha256:{sha256(folder / 'a.parquet')}", "schema": {"fields": fields}}
    _file(folder, json.dumps({"resources": [resource]}), "datapackage.json")
    return _file(folder, json.dumps({"thresholds": {"k": 5}}), "verdict.json")


def test_a_folder_of_igmap_tells_roles_and_thresholds_and_what_it_lacks(tmp_path: Path) -> None:
    found = verify(_sealed(tmp_path))
    assert (found.quasi_identifiers, list(found.columns), found.unmet) == (("town",), ["mark"], ("k",))
    assert found.missing == ("certificate.html",)


def test_a_file_that_was_edited_by_hand_is_told_as_is_one_that_is_gone_or_was_added(tmp_path: Path) -> None:
    PARQUET.head(3).write_parquet(_sealed(tmp_path) / "a.parquet")
    with pytest.raises(SourceError, match=r"a\.parquet: was changed after it was published"):
        verify(tmp_path)
    (tmp_path / "a.parquet").unlink()
    _file(tmp_path, "town\nx\n")
    with pytest.raises(SourceError, match=r"lacks a data file"):
        verify(tmp_path)
    _sealed(tmp_path)
    with pytest.raises(SourceError, match=r"1 data files that datapackage\.json does not list"):
        verify(tmp_path)


ROWS = 60
SHUFFLED = [(n * 37) % ROWS for n in range(ROWS)]
BSNS = ["999990019", "999990020"]  # only the first passes the eleven-test


@pytest.mark.parametrize(
    ("cells", "kind", "count"),
    [
        ([f"l{n % 3}@school.example" if n < 3 else "" for n in SHUFFLED], "identifier", 3),
        ([f"call 06-1234567{n % 2}" if n < 4 else str(n % 3) for n in SHUFFLED], "identifier", 4),
        ([f"see {BSNS[0]}" if n == 5 else str(n % 3) for n in SHUFFLED], "identifier", 1),
        (["NL91ABNA0417164300" if n == 5 else str(n % 3) for n in SHUFFLED], "identifier", 1),
        ([str(n + 100) for n in SHUFFLED], "index", ROWS),
        ([f"key {n}" for n in SHUFFLED], "unique", ROWS),
        ([str(n) for n in range(0, 3 * ROWS, 3)], "sorted", ROWS - 1),
        ([str(n // 2) for n in range(ROWS)], "sorted", ROWS // 2 - 1),
        (["xyz"[(n // 10 * 2) % 3] for n in range(ROWS)], "grouped", ROWS - 6),
        ([f"{max(n // 10 * 10, 3)}-{min(n // 10 * 10 + 9, 56)}" for n in SHUFFLED], "extremes", 2),
    ],
)
def test_what_a_file_gives_away_besides_is_told_by_its_kind(
    tmp_path: Path, cells: list[str], kind: str, count: int
) -> None:
    table = pl.DataFrame({"town": [("Goes", "Zeist")[n % 2] for n in SHUFFLED], "cells": cells})
    table.write_parquet(tmp_path / "t.parquet", statistics=False)
    found = [trace for trace in verify(tmp_path, quasi_identifiers=["town", "cells"]).traces if trace.column == "cells"]
    assert (kind, count) in [(trace.kind, trace.count) for trace in found]
    assert all(trace.kind in {kind, "unique", "index"} for trace in found)


def test_nine_digits_pass_the_eleven_test_by_chance_as_often_as_chance_has_it(tmp_path: Path) -> None:
    numbers = [str(100_000_000 + 7919 * n) for n in range(2_000)]
    table = pl.DataFrame(
        {"town": ["Goes", "Zeist"] * 1_000, "weight": [numbers[(n * 1_009) % 2_000] for n in range(2_000)]}
    )
    table.write_parquet(tmp_path / "t.parquet", statistics=False)
    assert "identifier" not in [trace.kind for trace in verify(tmp_path, quasi_identifiers=["town"]).traces]


def test_a_shuffled_file_has_no_order(tmp_path: Path) -> None:
    table = pl.DataFrame({"town": [("Goes", "Zeist", None)[n % 3] for n in range(3_000)], "n": range(3_000)})
    mixed = table.with_columns(pl.col("n") // 7).sample(fraction=1, shuffle=True, seed=5)
    mixed.write_parquet(tmp_path / "t.parquet", statistics=False)
    assert verify(tmp_path, quasi_identifiers=["town"]).traces == ()


def test_metadata_and_the_index_of_pandas_are_told(tmp_path: Path) -> None:
    pd.DataFrame({"town": ["Goes", "Goes"], "n": [4, 4]}, index=[7, 3]).to_parquet(tmp_path / "t.parquet")
    kinds = {trace.kind: trace.count for trace in verify(tmp_path, quasi_identifiers=["town"]).traces}
    assert kinds["pandas"] == 1
    assert "index" in kinds


def test_statistics_that_tell_what_the_cells_do_not_are_told(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    table = pa.table({"age": ["17", "20", "20", "99"], "n": [1, 2, 3, 4]})
    parquet.write_table(table, path, compression="none", use_dictionary=False)
    assert "statistics" not in {trace.kind for trace in verify(path, quasi_identifiers=["age"]).traces}
    content = path.read_bytes()  # the cells are made coarser, the statistics are forgotten
    path.write_bytes(content[: (cells := content.index(b"20"))].replace(b"17", b"20") + content[cells:])
    kinds = {trace.kind: trace.count for trace in verify(path, quasi_identifiers=["age"]).traces}
    assert kinds["statistics"] == 1


def test_a_dictionary_that_lists_what_no_cell_holds_is_told(tmp_path: Path) -> None:
    towns = pa.DictionaryArray.from_arrays([0, 1, 0, 1], ["Goes", "Zeist", "Tiel"])
    parquet.write_table(
        pa.table({"town": towns}).append_column("n", [[4] * 4]), tmp_path / "t.parquet", write_statistics=False
    )
    found = verify(tmp_path, quasi_identifiers=["town"])
    assert (found.classes, found.k_rows) == (2, 2)
    assert {trace.kind: trace.count for trace in found.traces}["statistics"] == 1


def test_a_last_line_without_end_is_told(tmp_path: Path) -> None:
    assert [one.kind for one in verify(_file(tmp_path, "a;b\n1;2\n1;3"), quasi_identifiers=["a"]).traces] == ["cut_off"]


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_no_value_of_the_file_is_told(tmp_path: Path, lang: str) -> None:
    content = "town;mail;ill\n" + "Verweg;a@b.example;zeldzaam\n" * 3
    told = verify(_file(tmp_path, content), Roles(("town",), ("ill",), ("mail",))).text(lang)
    assert not [value for value in ("Verweg", "a@b", "zeldzaam") if value in told]
    assert told.count("3") >= 2


def test_status_4_says_that_a_threshold_is_not_met(tmp_path: Path) -> None:
    _file(tmp_path, "town;ill\n" + "Goes;x\nGoes;y\nZeist;x\nZeist;x\n")
    command = ["verify", str(tmp_path), "--quasi", "town", "--sensitive", "ill", "--lang", "en"]
    statuses = [CliRunner().invoke(app, [*command, *more]) for more in ([], ["--k", "2"], ["--k", "3"], ["--l", "2"])]
    assert [one.exit_code for one in statuses] == [0, 0, 4, 4]
    assert "not meet what was set: a group has too few different values of ill (l)" in statuses[3].output
    assert "What cannot be told here" in statuses[0].output


@pytest.mark.ci
def test_of_free_text_nothing_is_passed_that_nobody_looked_at(tmp_path: Path) -> None:
    said = [f"ik sprak met {'Fatima Jansen' if n == 3 else 'iemand'} over opdracht {n} van deze week" for n in range(8)]
    table = pd.DataFrame({"town": ["Goes"] * 8, "remark": said})
    table.to_csv(tmp_path / "theirs.csv", index=False)
    found = verify(tmp_path, Roles(("town",)))
    assert (found.texts, found.met, found.untold) == ({"remark": 1}, True, True)
    assert "cannot be told without a person looking" in found.text("en")
    told = CliRunner().invoke(app, ["verify", str(tmp_path), "--quasi", "town", "--k", "2"])
    assert told.exit_code == 3
    assert "Fatima" not in told.output
    assert CliRunner().invoke(app, ["verify", str(tmp_path), "--quasi", "town", "--k", "9"]).exit_code == 4
    table.assign(remark="goed").to_csv(tmp_path / "theirs.csv", index=False)
    assert not verify(tmp_path, Roles(("town",))).untold
