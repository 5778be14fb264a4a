"""Folders of files of one shape are one table; the name of the file is a field of it."""

from pathlib import Path

import pytest

from igmap.inventory import discover
from igmap.sources import open_exports
from tests.conftest import SAMPLE_DAY
from tests.export_cases import account, cells, raw, rows


def written(workspace: Path, **files: str) -> Path:
    """A workspace with the files; `logs__a_csv` is logs/a.csv."""
    for name, content in files.items():
        path = workspace / "exports" / ".".join(name.replace("__", "/").rsplit("_", 1))
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, "utf-8")
    return workspace


def test_files_of_one_shape_in_a_folder_are_one_table(workspace: Path) -> None:
    written(workspace, log__dag1_csv="naam;stad\nJan;Vught\nPiet;Ede\n", log__dag2_csv="naam;stad\nFatima;Breda\n")
    with open_exports(workspace) as exports:
        (dataset,) = exports.datasets
        assert dataset.source == "log/dag*.csv"
        assert account(dataset) == (3, 3, 0)
        assert rows(exports, dataset) == [
            {"record": 1, "naam": "Jan", "stad": "Vught", "(file)": "dag1"},
            {"record": 2, "naam": "Piet", "stad": "Ede", "(file)": "dag1"},
            {"record": 3, "naam": "Fatima", "stad": "Breda", "(file)": "dag2"},
        ]
        assert [file for file, sha256 in dataset.files if len(sha256) == 64] == ["dag1.csv", "dag2.csv"]


def test_quarantined_records_and_problems_keep_their_place_among_all(workspace: Path) -> None:
    written(workspace, log__a_csv="naam;stad\nJan;Vught\nx\nPiet;Ede\n", log__b_csv="naam;stad\na;b;c\nAnna;Ede\n")
    with open_exports(workspace) as exports:
        (dataset,) = exports.datasets
        assert account(dataset) == (5, 3, 2)
        assert raw(exports, dataset) == [(2, "x"), (4, "a;b;c")]
        assert [(p.record, p.problem) for p in dataset.problems] == [(2, "too few columns"), (4, "too many columns")]
        assert [row["record"] for row in rows(exports, dataset)] == [1, 3, 5]


def test_nested_records_of_a_folder_are_one_table_with_its_items(workspace: Path) -> None:
    one, two = '[{"a": "x", "b": [1, 2]}]', '[{"a": "y", "b": [3]}, {"a": "z", "b": []}]'
    written(workspace, lrs__1_json=one, lrs__2_json=two)
    with open_exports(workspace) as exports:
        (dataset,) = exports.datasets
        assert account(dataset) == (3, 3, 0)
        assert [column.name for column in dataset.columns] == ["a", "(file)", "b[]"]
        items = next(column.table for column in dataset.columns if column.name == "b[]")
        assert [(row["record"], row["b[]"]) for row in rows(exports, dataset, items)] == [(1, "1"), (1, "2"), (2, "3")]


def test_a_file_of_another_shape_keeps_them_apart(workspace: Path) -> None:
    written(workspace, log__a_csv="naam;stad\nJan;Vught\n", log__b_csv="naam;plaats\nJan;Vught\n", log__leeg_csv="")
    with open_exports(workspace) as exports:
        assert [dataset.source for dataset in exports.datasets] == ["log/a.csv", "log/b.csv", "log/leeg.csv"]


def test_an_empty_file_among_them_is_told_on_its_own(workspace: Path) -> None:
    written(workspace, log__a_csv="naam;stad\nJan;Vught\n", log__b_csv="naam;stad\nPiet;Ede\n", log__leeg_csv="")
    with open_exports(workspace) as exports:
        assert [dataset.source for dataset in exports.datasets] == ["log/*.csv", "log/leeg.csv"]


def test_the_exports_folder_itself_is_no_such_folder(workspace: Path) -> None:
    written(workspace, a_csv="naam;stad\nJan;Vught\n", b_csv="naam;stad\nPiet;Ede\n")
    with open_exports(workspace) as exports:
        assert [dataset.source for dataset in exports.datasets] == ["a.csv", "b.csv"]
        assert cells(exports, exports.datasets[0]) == [("Jan", "Vught")]


@pytest.mark.ci
def test_files_named_after_persons_are_found_as_names(workspace: Path) -> None:
    people = ("Jan_Jansen", "Fatima_Amrani", "Piet_de_Vries", "Anna_Bakker")
    for person in people:
        written(workspace, **{f"cijfers__{person}_csv": "vak;cijfer\nrekenen;7\ntaal;8\n"})
    with open_exports(workspace) as exports:
        inventory = discover(exports, today=SAMPLE_DAY)
    (dataset,) = inventory.datasets
    assert dataset.source == "cijfers/*.csv"
    file = next(field for field in dataset.fields if field.name == "(file)")
    assert (file.verdict, file.category) == ("found", "name")
