"""SQLite databases: every table and view that can be read is read."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.export_cases import account, cells, opened


def _saved(folder: Path, *statements: str) -> bytes:
    path = folder / "made.sqlite"
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()
    return path.read_bytes()


def test_tables_with_odd_names_views_blobs_and_broken_texts_are_read(tmp_path: Path) -> None:
    made = _saved(
        tmp_path,
        'CREATE TABLE "a ""b"";--" (naam, "naam 2", foto)',
        """INSERT INTO "a ""b"";--" VALUES ('Jan', 1.5, x'00FF'), (NULL, '', CAST(x'41FF' AS TEXT))""",
        'CREATE VIEW v AS SELECT naam, naam AS naam FROM "a ""b"";--"',
        "CREATE TABLE leeg (naam)",
    )
    with opened(tmp_path, app_sqlite=made) as exports:
        told = {dataset.table: dataset for dataset in exports.datasets}
        assert cells(exports, told['a "b";--']) == [("Jan", "1.5", "(2 bytes)"), (None, None, "A\ufffd")]
        assert account(told["v"]) == (2, 2, 0)
        assert len({column.name for column in told["v"].columns}) == 2
        assert account(told["leeg"]) == (0, 0, 0)


def test_a_view_that_is_broken_hides_no_table(tmp_path: Path) -> None:
    made = _saved(
        tmp_path,
        "CREATE TABLE t (naam)",
        "INSERT INTO t VALUES ('Jan')",
        "CREATE TABLE weg (naam)",
        "CREATE VIEW a AS SELECT * FROM weg",
        "DROP TABLE weg",
    )
    with opened(tmp_path, app_sqlite=made) as exports:
        told = [(dataset.table, dataset.rows, dataset.readable) for dataset in exports.datasets]
        assert told == [("t", 1, True), ("", 0, False)]
        assert "tables or views in it (1)" in exports.datasets[1].problems[0].problem


def test_damage_says_so_and_nothing_is_written_beside_the_database(tmp_path: Path) -> None:
    numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
    fill = f"{numbers} INSERT INTO t SELECT hex(randomblob(50)) FROM n"
    made = _saved(tmp_path, "CREATE TABLE t (naam)", fill)
    with opened(tmp_path, cut_sqlite=made[: len(made) // 2], head_sqlite=made[:60], ok_sqlite=made) as exports:
        assert {dataset.source: dataset.readable for dataset in exports.datasets} == {
            "cut.sqlite": False, "head.sqlite": False, "ok.sqlite": True,
        }  # fmt: skip
        assert len(list((tmp_path / "exports").iterdir())) == 3


def test_changes_that_wait_in_a_journal_are_said(tmp_path: Path) -> None:
    made = _saved(tmp_path, "CREATE TABLE t (naam)")
    with opened(tmp_path, app_sqlite=made, **{"app_sqlite-wal": b"\x37\x7f\x06\x82" + b"\0" * 50}) as exports:
        assert "-wal" in exports.datasets[0].problems[0].problem
        assert not exports.datasets[1].readable


def test_a_column_whose_name_is_no_text_hides_no_other_table(tmp_path: Path) -> None:
    made = _saved(tmp_path, "CREATE TABLE a (naam)", "CREATE TABLE b (mail)", "INSERT INTO a VALUES ('Jan')")
    with opened(tmp_path, app_sqlite=made.replace(b"b (mail)", b"b (m\xff\xfel)")) as exports:
        told = [(dataset.table, dataset.rows, dataset.readable) for dataset in exports.datasets]
        assert told == [("a", 1, True), ("", 0, False)]


def test_a_database_without_tables_is_in_the_account(tmp_path: Path) -> None:
    made = _saved(tmp_path, "CREATE TABLE t (naam)", "DROP TABLE t")
    with opened(tmp_path, app_sqlite=made) as exports:
        assert [(d.readable, d.problems[0].problem) for d in exports.datasets] == [
            (False, "holds no table; export it again")
        ]
