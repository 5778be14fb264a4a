"""SQL dumps: read, never run; each record of each table is a row or is quarantined, however the dump is broken."""

import random
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from igmap.errors import SourceError
from igmap.sources import Dataset
from igmap.sources.sql import count as sql_count
from igmap.sources.sql import statements as sql_statements
from igmap.sources.sql import tables as sql_tables
from igmap.sources.sql import window
from igmap.sources.sql.columns import created_columns
from igmap.sources.sql.dialect import Dialect, dialect_of
from igmap.sources.sql.dump import read
from tests.export_cases import account, cells, opened, raw, read_one, rows

MYSQL = r"""-- MySQL dump 10.13  Distrib 8.0 ; it's a comment with a ' and a (
/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
# another; isn't it
DROP TABLE IF EXISTS `learners`;
CREATE TABLE `learners` (
  `id` int(11) NOT NULL COMMENT 'a, (b',
  `na``am` varchar(20) DEFAULT 'x;y',
  `note` text,
  PRIMARY KEY (`id`), UNIQUE KEY `u` (`id`,`note`(10)), KEY `k` (`note`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
LOCK TABLES `learners` WRITE;
/*!40000 ALTER TABLE `learners` DISABLE KEYS */;
INSERT INTO `learners` VALUES (1,'O\'Brien; (x) );',NULL),(2,'a''b\nc\\','"dub""bel" \"'),(3,"say ""hi"" \"x'",''),
(-4, now(), 1.5e3) , (5, 'INSERT INTO `learners` VALUES (9,9,9);', /* c ' */ 'x');
INSERT INTO `learners` VALUES (6,'\0\Z\%','é');
INSERT IGNORE INTO `learners` (`note`,`id`) VALUES ('only',7) ON DUPLICATE KEY UPDATE `id`=VALUES(`id`);
REPLACE INTO learners VALUES (8,'x','y');
UNLOCK TABLES;
DELIMITER ;;
CREATE TRIGGER t BEFORE INSERT ON learners FOR EACH ROW BEGIN
INSERT INTO log VALUES (NEW.id);
END ;;
DELIMITER ;
CREATE TABLE `leeg` (`a` int, `b` varchar(3));
"""
POSTGRES = r"""--
-- PostgreSQL database dump
--
\restrict abc'(
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
CREATE FUNCTION public.f() RETURNS trigger LANGUAGE plpgsql AS $_$ BEGIN
INSERT INTO log VALUES ('$1'); END; $_$;
CREATE TABLE public.users (
    id integer NOT NULL,
    "Na am" text DEFAULT 'x,y'::text,
    key character varying(20),
    CONSTRAINT c CHECK ((id > 0))
);
CREATE TABLE crm.users (a integer, b text);
COPY public.users (id, "Na am", key) FROM stdin;
1	a\tb\\c\n	\N
2	too few
3	C:\\x;' ( INSERT INTO public.users VALUES (1);	\x41\101

5	a	b	c
\.

COPY crm.users FROM stdin;
\.
INSERT INTO crm.users VALUES (1, 'C:\');
INSERT INTO crm.users VALUES (2, E'it\'s\n\u00e9');
INSERT INTO crm.users (b, a) VALUES ('it''s', 3);
INSERT INTO crm.users VALUES (4, $a$it's ) ; $$$a$), (5, '2026-01-01'::date), (6, 'line
INSERT INTO crm.users VALUES (7);');
INSERT INTO "we(ird;" VALUES ('x') ON CONFLICT (a) DO UPDATE SET a = (1);
"""
SQLITE = r"""PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE IF NOT EXISTS "a b"(id integer primary key, t text, key blob);
INSERT INTO "a b" VALUES(1,replace('x\ny','\n',char(10)),X'00FF');
INSERT INTO "a b" VALUES(2,unistr('a\u000ab'),NULL);
CREATE TRIGGER tr AFTER INSERT ON "a b" BEGIN
INSERT INTO log VALUES(new.id);
SELECT CASE WHEN 1 THEN 2 END;
END;
INSERT INTO "a b" VALUES(3,'C:\',X'4A616E');
COMMIT;
"""


def told(folder: Path, content: bytes | str) -> dict[str, tuple[tuple[int, int, int], list[tuple[object, ...]]]]:
    """The account and the records of each table of one dump; the accounts add up."""
    with opened(folder, dump_sql=content) as exports:
        assert all(dataset.kind == "sql_dump" for dataset in exports.datasets)
        assert all(dataset.rows == dataset.parsed + dataset.quarantined for dataset in exports.datasets)
        return {dataset.table: (account(dataset), cells(exports, dataset)) for dataset in exports.datasets}


def problems(dataset: Dataset) -> list[tuple[int | None, str]]:
    return [(problem.record, problem.problem) for problem in dataset.problems]


def test_a_mysql_dump_is_read_with_its_escapes_and_nothing_in_it_is_run(tmp_path: Path) -> None:
    found = told(tmp_path, MYSQL)
    assert set(found) == {"learners", "leeg"}
    assert found["leeg"] == ((0, 0, 0), [])
    assert found["learners"] == (
        (8, 8, 0),
        [
            ("1", "O'Brien; (x) );", None),
            ("2", "a'b\nc\\", '"dub""bel" "'),
            ("3", 'say "hi" "x\'', None),
            ("-4", "now()", "1.5e3"),
            ("5", "INSERT INTO `learners` VALUES (9,9,9);", "x"),
            ("6", "\0\x1a%", "é"),
            ("7", None, "only"),
            ("8", "x", "y"),
        ],
    )


def test_a_postgres_dump_is_read_with_its_copies_schemas_and_dollars(tmp_path: Path) -> None:
    with opened(tmp_path, dump_sql=POSTGRES) as exports:
        users, crm, weird = exports.datasets
        assert [dataset.table for dataset in exports.datasets] == ["users", "crm.users", "we(ird;"]
        assert [column.name for column in users.columns] == ["id", "Na am", "key"]
        assert (account(users), account(crm), account(weird)) == ((5, 2, 3), (6, 6, 0), (1, 1, 0))
        assert cells(exports, users) == [
            ("1", "a\tb\\c\n", None),
            ("3", "C:\\x;' ( INSERT INTO public.users VALUES (1);", "AA"),
        ]
        assert [row["record"] for row in rows(exports, users)] == [1, 3]
        assert raw(exports, users) == [(2, "2\ttoo few"), (4, ""), (5, "5\ta\tb\tc")]
        assert problems(users) == [(2, "too few columns"), (4, "too few columns"), (5, "too many columns")]
        assert cells(exports, crm) == [
            ("1", "C:\\"),
            ("2", "it's\né"),
            ("3", "it's"),
            ("4", "it's ) ; $$"),
            ("5", "2026-01-01"),
            ("6", "line\nINSERT INTO crm.users VALUES (7);"),
        ]


def test_a_sqlite_dump_is_read_with_its_functions_for_line_ends(tmp_path: Path) -> None:
    assert told(tmp_path, SQLITE) == {
        "a b": ((3, 3, 0), [("1", "x\ny", "0x00FF"), ("2", "a\nb", None), ("3", "C:\\", "Jan")])
    }


def test_records_that_fit_no_row_are_quarantined_by_number(tmp_path: Path) -> None:
    content = (
        "CREATE TABLE `t` (a int, b int);\nINSERT INTO `t` VALUES (1,2),(3),(4,5,6)x(7,8);\n"
        "INSERT INTO `t` SELECT 1;\nINSERT INTO `t` VALUES (9,10;\nINSERT INTO `t` VALUES (11,12),(13,'af"
    )
    with opened(tmp_path, dump_sql=content) as exports:
        (dataset,) = exports.datasets
        assert account(dataset) == (9, 3, 6)
        assert cells(exports, dataset) == [("1", "2"), ("7", "8"), ("11", "12")]
        assert problems(dataset) == [
            (None, "the dump breaks off inside a record; export it again"),
            (2, "too few columns"),
            (3, "too many columns"),
            (4, "text between two records"),
            (6, "an INSERT that lists no values"),
            (7, "it is cut off: the file ends or a statement begins inside it"),
            (9, "it is cut off: the file ends or a statement begins inside it"),
        ]
        assert [text for _, text in raw(exports, dataset)][:3] == ["(3)", "(4,5,6)", "x"]
        assert [row["record"] for row in rows(exports, dataset)] == [1, 5, 8]


def test_a_copy_that_is_cut_keeps_what_is_whole(tmp_path: Path) -> None:
    content = "COPY t (a, b) FROM stdin;\n1\t2\n3\t4\n5\t"
    with opened(tmp_path, dump_sql=content) as exports:
        (dataset,) = exports.datasets
        assert (account(dataset), raw(exports, dataset)) == ((3, 2, 1), [(3, "5\t")])
    assert told(tmp_path, "COPY t (a) FROM stdin;\n1\n\\.")["t"][0] == (1, 1, 0)


def test_a_dump_from_windows_has_no_carriage_returns_in_its_cells(tmp_path: Path) -> None:
    content = "-- PostgreSQL dump\nCOPY t (a, b) FROM stdin;\n1\t2\n\\.\nINSERT INTO t (a, b) VALUES\n(3,4);\n"
    assert told(tmp_path, content.replace("\n", "\r\n"))["t"] == ((2, 2, 0), [("1", "2"), ("3", "4")])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("size", [64, 1 << 22])
@pytest.mark.ci
def test_dumps_in_other_encodings_are_read_however_small_the_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str, size: int
) -> None:
    for module in (window, sql_statements, sql_count, sql_tables):
        monkeypatch.setattr(module, "BLOCK_BYTES", size)
    content = "".join(
        f"CREATE TABLE `t{i}` (a int, b text);\nINSERT INTO `t{i}` VALUES ({i},'é'),(2,'x');\n"
        f"INSERT INTO `t0` VALUES ({i},'€');\n"
        for i in range(5)
    )
    found = told(tmp_path, content.encode(encoding))
    assert {table: account for table, (account, _) in found.items()} == {
        "t0": (7, 7, 0), "t1": (2, 2, 0), "t2": (2, 2, 0), "t3": (2, 2, 0), "t4": (2, 2, 0),
    }  # fmt: skip
    assert found["t0"][1][2:] == [(str(i), "€") for i in (0, 1, 2, 3, 4)][0:5]
    assert found["t4"][1] == [("4", "é"), ("2", "x")]


@pytest.mark.parametrize("size", [*range(30, 40), 1 << 22])
def test_a_copy_ends_at_its_last_line_wherever_a_block_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    for module in (window, sql_statements, sql_count, sql_tables):
        monkeypatch.setattr(module, "BLOCK_BYTES", size)
    monkeypatch.setattr(sql_statements, "HEAD_BYTES", size)
    monkeypatch.setattr(sql_count, "LEAD_BYTES", size)
    content = "COPY t (a, b) FROM stdin;\n1\tx\n22\ty\n\\.\nINSERT INTO t (a) VALUES (3);\n"
    (path := tmp_path / "x.sql").write_text(content)
    (reading,) = read(path)
    found = [tuple(row.values()) for row in reading.stream.read_all().to_pylist()]
    assert (found, reading.counted) == ([("1", "x"), ("22", "y"), ("3", None)], 3)
    assert not reading.quarantine.records


def test_foreign_bytes_are_quarantined_unless_they_are_bytes_by_their_own_word(tmp_path: Path) -> None:
    line = "INSERT INTO `t` VALUES (1,'é',NULL);\n".encode()
    content = line * 9 + b"INSERT INTO `t` VALUES (2,'x',_binary '\xff\xfe\\0'),(3,'\xff','y');\n"
    with opened(tmp_path, dump_sql=content) as exports:
        (dataset,) = exports.datasets
        assert account(dataset) == (11, 10, 1)
        assert cells(exports, dataset)[-1] == ("2", "x", "0xFFFE00")
        assert problems(dataset) == [(11, "bytes that fit no encoding")]
        assert raw(exports, dataset) == [(11, "3,'ÿ','y'")]


def test_zero_bytes_lose_no_record(tmp_path: Path) -> None:
    found = told(
        tmp_path, b"INSERT INTO `t` VALUES (1,'a\0b'),(\0\0\0),(2,'\0');\n\0\0\0INSERT INTO `t` VALUES (3,4);\n"
    )
    assert found["t"][0][0] == 3
    assert found["t"][1][0] == ("1", "a\0b")


@pytest.mark.ci
def test_a_table_of_5000_columns_is_read(tmp_path: Path) -> None:
    names = ", ".join(f"`column {i}` text" for i in range(5000))
    listed = ", ".join(f"`column {i}`" for i in range(5000))
    values = ",".join(f"'{i}'" for i in range(5000))
    content = (
        f"CREATE TABLE `t` ({names});\nINSERT INTO `t` VALUES ({values}),({values});\n"
        f"INSERT INTO `t` ({listed}) VALUES ({values},1),({values});"
    )
    (path := tmp_path / "wide.sql").write_text(content)
    (reading,) = read(path)
    table = reading.stream.read_all()
    assert (table.num_rows, table.num_columns, reading.counted, len(reading.quarantine.records)) == (3, 5000, 4, 1)
    assert table.column(4999).to_pylist() == ["4999"] * 3
    assert reading.names[4999] == "column 4999"


def test_columns_listed_differently_and_tables_of_several_databases_stay_apart(tmp_path: Path) -> None:
    content = (
        "USE `a`;\nCREATE TABLE t (Id int, x text);\nINSERT INTO T (id, X, `extra`) VALUES (1,'a','e');\n"
        "INSERT INTO t VALUES (2,'b');\nUSE `b`;\nINSERT INTO t VALUES (3,'c','d');\n"
    )
    found = told(tmp_path, content)
    assert found["a.t"] == ((1, 1, 0), [("2", "b")])
    assert found["b.t"] == ((1, 1, 0), [("3", "c", "d")])
    assert found["a.T"] == ((1, 1, 0), [("1", "a", "e")])


def test_statements_that_change_records_are_told_and_not_carried_out(tmp_path: Path) -> None:
    content = "INSERT INTO t VALUES (1);\nDELETE FROM t;\nUPDATE t SET a = 1;\nDROP TABLE t;\n"
    _, found, dataset = read_one(tmp_path, "x_sql", content)
    assert found == [("1",)]
    assert problems(dataset)[0][1].startswith("2 statements that may change records")


@pytest.mark.parametrize(
    "content", ["SELECT * FROM learners WHERE id = 'a';\n", "naam;mail\nJan;j@x.nl\n", "-- leeg\n"]
)
def test_a_sql_file_without_tables_is_refused(tmp_path: Path, content: str) -> None:
    _, _, dataset = read_one(tmp_path, "query_sql", content)
    assert not dataset.readable
    assert "holds no tables" in dataset.problems[0].problem


def test_a_quote_that_is_never_closed_in_a_huge_file_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window, "LONGEST_BYTES", 1 << 16)
    monkeypatch.setattr(window, "BLOCK_BYTES", 1 << 12)
    (path := tmp_path / "x.sql").write_text("INSERT INTO t VALUES ('" + "x" * 500_000)
    with pytest.raises(SourceError, match="never closed"):
        list(read(path))


@pytest.mark.parametrize("name", ["dump_sql", "dump_txt", "dump_dump"])
@pytest.mark.parametrize("content", [MYSQL, POSTGRES, SQLITE, "/* x */ insert into t (a) values (1);"])
def test_a_dump_is_known_by_its_content(tmp_path: Path, name: str, content: str) -> None:
    with opened(tmp_path, **{name: content}) as exports:
        assert {dataset.kind for dataset in exports.datasets} == {"sql_dump"}


@pytest.mark.parametrize(
    "content",
    [
        "naam;opmerking\nJan;INSERT INTO t VALUES (1);\n",
        'naam,opmerking\nJan,"weet niet\nINSERT INTO t VALUES (1);\nCREATE TABLE t (a int);"\n',
        "update;naam\n1;Jan\n",
        "create,naam\n\nINSERT INTO t,Jan\n",
        "# uitleg\nset;naam\nCREATE TABLE;Jan\n",
    ],
)
def test_a_csv_that_speaks_of_sql_stays_a_csv(tmp_path: Path, content: str) -> None:
    with opened(tmp_path, tabel_csv=content) as exports:
        assert [dataset.kind for dataset in exports.datasets] == ["delimited"]


def test_columns_are_told_from_keys_by_dialect() -> None:
    text = b"(id int, key text, `index` int, check (id > 0), LIKE_name text)"
    assert created_columns(text, Dialect(escapes=False)) == ("id", "key", "index", "LIKE_name")
    assert created_columns(text, Dialect(escapes=True)) == ("id", "index", "LIKE_name")
    assert created_columns(b"(LIKE other)", Dialect(escapes=False)) is None
    assert created_columns(b"(a int) INHERITS (b)", Dialect(escapes=False)) is None


@pytest.mark.parametrize(
    ("start", "escapes"),
    [
        (b"INSERT INTO `t` VALUES (1)", True),
        (b"insert into t values ('O\\'Brien')", True),
        (b"insert into t values ('C:\\')", False),
        (b"PRAGMA foreign_keys=OFF;\ninsert into t values ('O\\'Brien')", False),
    ],
)
def test_the_dialect_is_told_by_its_signs(start: bytes, escapes: bool) -> None:  # noqa: FBT001 - a case
    assert dialect_of(start).escapes is escapes


TEXT = st.text(st.characters(codec="utf-8", exclude_characters=[chr(0xF700 + i) for i in range(256)]), max_size=20)
SPECIAL = st.text(st.sampled_from("'\"`\\();,\n\r\t$-#/*NULab\0 "), max_size=12)
CELL = st.none() | TEXT | SPECIAL
TABLES = st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), max_size=6))


def _mysql(table: list[list[str | None]]) -> str:
    def literal(cell: str | None) -> str:
        escapes = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\0": "\\0", "\x1a": "\\Z", '"': '\\"'}
        return "NULL" if cell is None else "'" + "".join(escapes.get(ch, ch) for ch in cell) + "'"

    records = ",".join(f"({','.join(map(literal, record))})" for record in table)
    return "-- MySQL dump 10.13\n" + (
        f"INSERT INTO `t` VALUES {records};\n" if table else "CREATE TABLE `t` (a int);\n"
    )


def _postgres(table: list[list[str | None]]) -> str:
    def copied(cell: str | None) -> str:
        escapes = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\b": "\\b", "\f": "\\f", "\v": "\\v"}
        return "\\N" if cell is None else "".join(escapes.get(ch, ch) for ch in cell)

    def literal(cell: str | None) -> str:
        return "NULL" if cell is None else "'" + cell.replace("'", "''") + "'"

    names = ", ".join(f'"c {i}"' for i in range(len(table[0]) if table else 1))
    lines = "".join("\t".join(map(copied, record)) + "\n" for record in table)
    inserts = "".join(f"INSERT INTO u VALUES ({', '.join(map(literal, record))});\n" for record in table)
    return f"-- PostgreSQL database dump\nCOPY public.t ({names}) FROM stdin;\n{lines}\\.\n\n{inserts}"


def _read_back(folder: Path, content: str) -> dict[str, list[tuple[str | None, ...]]]:
    (path := folder / "x.sql").write_bytes(content.encode())
    tables = {}
    for reading in read(path):
        found = [tuple(row.values()) for row in reading.stream.read_all().to_pylist()]
        assert len(found) == reading.counted
        assert not reading.quarantine.records
        tables[reading.table] = found
    return tables


@settings(deadline=None)
@given(TABLES)
def test_any_table_comes_back_from_a_mysql_dump(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[str | None]]
) -> None:
    assert _read_back(tmp_path_factory.mktemp("m"), _mysql(table)) == {"t": list(map(tuple, table))}


@settings(deadline=None)
@given(TABLES)
def test_any_table_comes_back_from_a_postgres_dump(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[str | None]]
) -> None:
    expected = list(map(tuple, table))
    found = _read_back(tmp_path_factory.mktemp("p"), _postgres(table))
    assert found == ({"t": expected, "u": expected} if table else {"t": []})


PIECES = (
    "'", '"', "`", "(", ")", ";", ",", "\\", "\n", "-- ", "#", "/*", "*/", "$$", "$a$", "\nINSERT INTO t VALUES (",
    "E'", "\\.\n", "\nCOPY t FROM stdin;\n", "\0", " ON ", "DELIMITER //\n", "\nCREATE TABLE x (a);", "\r", "\t",
)  # fmt: skip


def _mutated(dump: str, draw: random.Random) -> str:
    for _ in range(draw.randint(1, 5)):
        at, kind = draw.randrange(len(dump) + 1), draw.randrange(4)
        changes = (
            dump[:at] + draw.choice(PIECES) + dump[at:],
            dump[:at] + dump[at + draw.choice((1, 2, 50)) :],
            dump[:at],
            dump + dump[at : at + 200],
        )
        dump = changes[kind]
    return dump


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.ci
def test_two_counts_of_a_broken_dump_agree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    draw = random.Random(seed)
    outcomes: Counter[str] = Counter()
    for number in range(40):
        for module in (window, sql_statements, sql_count, sql_tables):
            monkeypatch.setattr(module, "BLOCK_BYTES", draw.choice((16, 256, 1 << 22)))
        dump = _mutated(draw.choice((MYSQL, POSTGRES, SQLITE)), draw)
        (path := tmp_path / f"{number}.sql").write_bytes(dump.encode())
        try:
            for reading in read(path):
                parsed = sum(map(len, reading.stream))
                assert parsed + len(reading.quarantine.records) == reading.counted, number
                outcomes["tables"] += 1
        except SourceError:
            outcomes["refused"] += 1
    assert outcomes["tables"] > 40
