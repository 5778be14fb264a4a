"""Databases in place: read-only, counted on the server as igmap counts itself, and silent about where they are."""

import logging
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from igmap.dutch import known
from igmap.engine import DuckDBEngine, Engine, Mapping, Valued
from igmap.engine.server import MISSING, ServerEngine
from igmap.engine.servers.dialect import BLANKS
from igmap.engine.snapshot import REASONS
from igmap.errors import SourceError
from igmap.inventory import discover
from igmap.job import Settings, run
from igmap.sources import Dataset, Exports, open_exports
from igmap.workspace import open_workspace
from tests.conftest import SAMPLES
from tests.database_servers import NAME, OWNER, READER, SERVERS, Made, Server
from tests.examples import examples
from tests.export_cases import account, cells

CANARY = "Kanarievogel"
TODAY = date(2026, 11, 1)
SECRETS = (NAME, OWNER, READER, "127.0.0.1", "geheimdb")
EDGES = ["Jan", "jan", "JAN", "Jan ", " Jan", "JAN\u00a0", "é", "e\u0301", "É", "", " ", "\t\n", "\u00a0", "\u3000"]
EDGES += ["ß", "ss", "😀", "Z", "_", "a", "Å", "0", "00", "0.0", "İ", "i", "I", "ǆ", "100% 'x' \\ \"y\""]
EDGES += ["x" * 2000 + "a", "x" * 2000 + "b"]
Columns = list[list[str | None]]


pytestmark = pytest.mark.ci  # they start servers


@pytest.fixture(scope="module", params=["postgresql", "mysql"])
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    with SERVERS[request.param]() as running:
        yield running


only_postgresql = pytest.mark.parametrize("server", ["postgresql"], indirect=True)
only_mysql = pytest.mark.parametrize("server", ["mysql"], indirect=True)


@pytest.fixture(scope="module")
def database(server: Server) -> Made:
    """A database that several tests fill, one after the other."""
    return server.made()


def filled(made: Made, columns: Columns, name: str = "t") -> None:
    """A table of text columns a, b, c … with these cells."""
    kind = {"postgresql": "text", "mysql": "longtext"}[made.server.kind]
    names = "abcdef"[: len(columns)]
    made.run(f"DROP TABLE IF EXISTS {name}", f"CREATE TABLE {name} ({', '.join(f'{c} {kind}' for c in names)})")
    if made.server.kind == "postgresql":
        made.run(f"GRANT SELECT ON {name} TO {NAME}")
    inserted(made, name, list(zip(*columns, strict=True)))


def inserted(made: Made, table: str, rows: list[tuple[Any, ...]]) -> None:
    with made.server.owner(made.name).connect() as connection:
        if rows:
            connection.exec_driver_sql(f"INSERT INTO {table} VALUES ({', '.join(['%s'] * len(rows[0]))})", rows)


def framed(columns: Columns) -> pa.Table:
    """The same table in memory."""
    return pa.table({name: pa.array(column, pa.string()) for name, column in zip("abcdef", columns, strict=False)})


def same_answers(one: Engine, other: Engine, name: str = "t1") -> None:
    """Every question about every set of columns has the same answer, to the last row and in the same order."""
    assert one.describe(name) == other.describe(name)
    columns = list(one.describe(name)[1])
    assert one.profile(name, columns) == other.profile(name, columns)
    for column in columns:
        assert values(one, name, column) == values(other, name, column)
    for size in range(1, min(len(columns), 3) + 1):
        for chosen in combinations(columns, size):
            assert one.distinct(name, chosen).equals(other.distinct(name, chosen))
            assert one.tuples(name, [chosen]) == other.tuples(name, [chosen])
    forms = [Valued(name, column, form) for column in columns for form in ("login", "name")]
    shared, again = (engine.shared(forms) for engine in (one, other))
    assert (shared.pairs() == again.pairs()).all()
    assert [numbers[:3] for numbers in shared.numbers] == [numbers[:3] for numbers in again.numbers]
    assert [one.few(name, c, 5).to_pylist() for c in columns] == [other.few(name, c, 5).to_pylist() for c in columns]


def values(engine: Engine, name: str, column: str) -> list[tuple[str, int]]:
    return sorted((row["value"], row["rows"]) for batch in engine.values(name, column) for row in batch.to_pylist())


def in_place(exports: Exports) -> ServerEngine:
    assert isinstance(exports.engine, ServerEngine)
    return exports.engine


def told(exports: Exports) -> dict[str, str | tuple[int, int, int]]:
    """The account of each table that was read, the problem of each that was not."""
    return {d.table: account(d) if d.readable else problem(d) for d in exports.datasets}


def problem(dataset: Dataset) -> str:
    return dataset.problems[0].problem


def named(folder: Path, made: Made, *more: str) -> Path:
    """A workspace that names the database; its password is in the environment."""
    url = made.server.url(made.name, password=None)
    lines = ["databases:", "- id: boekingen", f"  url: {url}", "  password: {env: IGMAP_TEST_PASSWORD}"]
    (folder / "databases.yaml").write_text("\n".join([*lines, *(f"  {line}" for line in more)]), "utf-8")
    (folder / "exports").mkdir(exist_ok=True)
    return folder


@pytest.fixture(autouse=True)
def _password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IGMAP_TEST_PASSWORD", READER)


def test_answers_equal_those_of_the_embedded_engine_to_the_last_row_and_in_the_same_order(database: Made) -> None:
    size = 2 * len(EDGES) + 2
    columns: Columns = [
        [*EDGES, *EDGES, None, None],
        [str(i % 3) if i % 4 else None for i in range(size)],
        [*EDGES, *reversed(EDGES), None, "x"],
    ]
    filled(database, columns)
    with open_exports({"db": database.url}) as there, open_exports({"db": framed(columns)}) as here:
        assert account(there.datasets[0]) == account(here.datasets[0]) == (size, size, 0)
        assert [column.name for column in there.datasets[0].columns] == ["a", "b", "c"]
        same_answers(there.engine, here.engine)
        assert in_place(there)._tables  # nothing was copied for these questions
        for person in ("c1", "c3"):
            asked = there.engine.distinct("t1", ["c2"], person=person)
            assert asked.equals(here.engine.distinct("t1", ["c2"], person=person))
        assert not in_place(there)._tables
        same_answers(there.engine, here.engine)
        assert sorted(map(repr, cells(there, there.datasets[0]))) == sorted(map(repr, cells(here, here.datasets[0])))


CELL = st.none() | st.text(st.sampled_from(f"aAéE\u0301 ßs\t0%'\\{BLANKS}😀"), max_size=3)


@given(st.lists(st.tuples(CELL, CELL), max_size=12))
@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_table_gets_the_same_answers(database: Made, rows: list[tuple[str | None, str | None]]) -> None:
    columns: Columns = [[row[0] for row in rows], [row[1] for row in rows]]
    filled(database, columns)
    with open_exports({"db": database.url}) as there, open_exports({"db": framed(columns)}) as here:
        same_answers(there.engine, here.engine)


def test_a_server_calls_blank_what_igmap_calls_blank_in_files() -> None:
    every = [chr(point) for point in range(0x110000) if not 0xD800 <= point < 0xE000]
    trimmed = pc.utf8_trim_whitespace(pa.array(every)).to_pylist()
    assert "".join(one for one, rest in zip(every, trimmed, strict=True) if rest == "") == BLANKS


def test_a_copy_is_numbered_by_the_primary_key_and_can_be_rewritten_and_written(server: Server, tmp_path: Path) -> None:
    text = {"postgresql": "text", "mysql": "varchar(20)"}[server.kind]
    made = server.made(
        f"CREATE TABLE t (naam {text}, groep int, nummer int, PRIMARY KEY (groep, nummer))",
        "INSERT INTO t VALUES ('d', 2, 1), ('b', 1, 2), ('a', 1, 1), ('c', 1, 3)",
    )
    with open_exports({"db": made.url}) as exports:
        assert cells(exports, exports.datasets[0]) == [
            ("a", "1", "1"),
            ("b", "1", "2"),
            ("c", "1", "3"),
            ("d", "2", "1"),
        ]
        name = exports.engine.rewrite("t1", [Mapping("c1")], keep=None, seed=1)
        assert exports.engine.describe(name) == (4, ["out0"])
        exports.engine.write("t1", ["c1"], tmp_path / "x.csv", schema=pa.schema([("naam", pa.string())]))
        assert (tmp_path / "x.csv").read_text() == '"naam"\n"a"\n"b"\n"c"\n"d"\n'


@only_postgresql
def test_a_collation_that_ignores_capitals_merges_no_values(server: Server) -> None:
    made = server.made(
        "CREATE COLLATION gelijk (provider = icu, locale = 'und-u-ks-level1', deterministic = false)",
        "CREATE TABLE t (naam text COLLATE gelijk)",
        "INSERT INTO t VALUES ('Jan'), ('jan'), ('Ján'), ('jan')",
    )
    with open_exports({"db": made.url}) as exports:
        assert values(exports.engine, "t1", "c1") == [("Jan", 1), ("Ján", 1), ("jan", 2)]
        assert exports.engine.profile("t1", ["c1"])["c1"].distinct == 3


@only_postgresql
def test_every_type_of_postgresql_reads_as_text(server: Server) -> None:
    typed = {
        "int": ("7", "7"),
        "numeric(10,2)": ("10.5", "10.50"),
        "float8": ("0.1", "0.1"),
        "boolean": ("'yes'", "true"),
        "date": ("'2026-01-05'", "2026-01-05"),
        "timestamp": ("'2026-01-05 10:00'", "2026-01-05 10:00:00"),
        "timestamptz": ("'2026-01-05 10:00+01'", "2026-01-05 09:00:00+00"),
        "bytea": (r"'\x00ff'", "(2 bytes)"),
        "pasfoto": (r"'\x00'", "(1 bytes)"),
        "json": ("""'{"a": 1}'""", '{"a": 1}'),
        "jsonb": ("""'{"a":1}'""", '{"a": 1}'),
        "text[]": ("""'{a,"b c"}'""", '{a,"b c"}'),
        "uuid": ("'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
        "inet": ("'192.0.2.1'", "192.0.2.1"),
        "cidr": ("'192.0.2.0/24'", "192.0.2.0/24"),
        "stemming": ("'blij'", "blij"),
        "postcode": ("'1234 AB'", "1234 AB"),
        "char(5)": ("'ab'", "ab"),
        "interval": ("'26 hours'", "26:00:00"),
        "varchar(9)": ("'  '", None),
    }
    columns = ", ".join(f"k{i} {kind}" for i, kind in enumerate(typed))
    made = server.made(
        "CREATE TYPE stemming AS ENUM ('blij')",
        "CREATE DOMAIN postcode AS text",
        "CREATE DOMAIN pasfoto AS bytea",
        f"CREATE TABLE t (nr int PRIMARY KEY, {columns})",
        f"INSERT INTO t VALUES (1, {', '.join(given for given, _ in typed.values())})",
        "INSERT INTO t (nr) VALUES (2)",
    )
    with open_exports({"db": made.url}) as exports:
        names = [column.column for column in exports.datasets[0].columns]
        counted = exports.engine.distinct("t1", names)
        first, second = counted.select(names).to_pylist()
        assert list(first.values()) == ["1", *(read for _, read in typed.values())]
        assert list(second.values()) == ["2", *(None for _ in typed)]
        assert cells(exports, exports.datasets[0]) == [tuple(first.values()), tuple(second.values())]


@only_mysql
def test_every_type_of_mysql_reads_as_text(server: Server) -> None:
    typed = {
        "int": ("7", "7"),
        "decimal(10,2)": ("10.5", "10.50"),
        "double": ("0.1", "0.1"),
        "boolean": ("true", "1"),
        "bit(3)": ("5", "5"),
        "date": ("'2026-01-05'", "2026-01-05"),
        "datetime": ("'2026-01-05 10:00'", "2026-01-05 10:00:00"),
        "blob": ("x'00ff'", "(2 bytes)"),
        "json": ("""'{"a": "é"}'""", '{"a": "é"}'),
        "point": ("point(1, 2)", "POINT(1 2)"),
        "enum('blij')": ("'blij'", "blij"),
        "varchar(9) CHARACTER SET latin1": ("'é€'", "é€"),
        "varchar(9)": ("'  '", None),
    }
    columns = ", ".join(f"k{i} {kind}" for i, kind in enumerate(typed))
    made = server.made(
        f"CREATE TABLE t (nr int PRIMARY KEY, {columns})",
        f"INSERT INTO t VALUES (1, {', '.join(given for given, _ in typed.values())})",
        "INSERT INTO t (nr) VALUES (2)",
    )
    with open_exports({"db": made.url}) as exports:
        names = [column.column for column in exports.datasets[0].columns]
        first, second = exports.engine.distinct("t1", names).select(names).to_pylist()
        assert list(first.values()) == ["1", *(read for _, read in typed.values())]
        assert list(second.values()) == ["2", *(None for _ in typed)]


def test_the_server_refuses_to_write_whoever_asks(server: Server) -> None:
    made = server.made("CREATE TABLE t (a int)", "INSERT INTO t VALUES (1)")
    code = {"postgresql": "25006", "mysql": 1792}[server.kind]
    with open_exports({"db": server.url(made.name, user="eigenaar", password=OWNER)}) as exports:
        snapshot = in_place(exports)._snapshots[0]
        for statement in ("INSERT INTO t VALUES (2)", "DELETE FROM t", "DROP TABLE t"):
            for _ in ("in the transaction", "in a later one"):
                with pytest.raises(sa.exc.DBAPIError) as refused:
                    snapshot._connection.exec_driver_sql(statement)
                assert snapshot.dialect.code(refused.value.orig) == code
                snapshot._connection.rollback()
    with server.owner(made.name).connect() as connection:
        assert connection.exec_driver_sql("SELECT a FROM t").all() == [(1,)]


def test_what_is_written_while_igmap_reads_is_not_seen(server: Server) -> None:
    made = server.made("CREATE TABLE t (a int)", "INSERT INTO t VALUES (1)")
    with open_exports({"db": made.url}) as exports:
        made.run("INSERT INTO t VALUES (2)")
        assert values(exports.engine, "t1", "c1") == [("1", 1)]
        assert cells(exports, exports.datasets[0]) == [("1",)]
        assert exports.engine.describe("t1") == (1, ["c1"])


def test_answers_may_be_read_in_any_order_and_left_unread(database: Made) -> None:
    filled(database, [[str(i) for i in range(25_000)], ["x"] * 25_000])
    with open_exports({"db": database.url}) as exports:
        one, other = exports.engine.values("t1", "c1"), exports.engine.values("t1", "c1")
        assert len(next(one)) == len(next(other)) == 10_000
        assert exports.engine.profile("t1", ["c2"])["c2"].distinct == 1
        assert sum(map(len, one)) == 15_000
        staged = [path for path in in_place(exports)._staging.rglob("*") if path.is_file()]
        assert all("engine-" in str(path) for path in staged)


def test_views_and_odd_names_are_read_and_what_fails_fails_alone(server: Server) -> None:
    quote = {"postgresql": '"{}"', "mysql": "`{}`"}[server.kind].format
    odd = quote("Kl%%nten '; DROP TABLE x;--:a")
    text = {"postgresql": "text", "mysql": "varchar(20)"}[server.kind]
    made = server.made(
        f"CREATE TABLE {odd} ({quote('na%%am :x')} {text}, {quote('Na%%am :Y')} {text}, nul int)",
        f"INSERT INTO {odd} VALUES ('Jan', '', 0)",
        f"CREATE VIEW v AS SELECT * FROM {odd}",
        "CREATE TABLE geheim (a int)",
        "CREATE TABLE weg (a int)",
        "CREATE VIEW kapot AS SELECT a FROM weg",
    )
    if server.kind == "postgresql":
        made.run(f"REVOKE SELECT ON geheim FROM {NAME}")
        broken: object = (0, 0, 0)  # a view keeps its table from being dropped
    else:
        made.run("DROP TABLE weg", "DROP TABLE geheim", "CREATE VIEW geheim AS SELECT 1")
        made.run(f"REVOKE ALL ON {made.name}.* FROM {NAME}@'%%'")
        made.run(f"GRANT SELECT ON {made.name}.v TO {NAME}@'%%'", f"GRANT SELECT ON {made.name}.kapot TO {NAME}@'%%'")
        made.run(f"GRANT SELECT ON {made.name}.{odd} TO {NAME}@'%%'")
        broken = REASONS["forbidden"]
    with open_exports({"db": made.url}) as exports:
        found = told(exports)
        assert found["Kl%nten '; DROP TABLE x;--:a"] == found["v"] == (1, 1, 0)
        assert found.get("kapot", broken) == broken
        assert found.get("geheim", REASONS["forbidden"]) == REASONS["forbidden"]
        dataset = next(d for d in exports.datasets if d.table == "v")
        assert [column.name for column in dataset.columns] == ["na%am :x", "Na%am :Y", "nul"]
        assert cells(exports, dataset) == [("Jan", None, "0")]


@only_postgresql
def test_partitions_and_materialised_views_are_read_once_and_hidden_rows_are_told(server: Server) -> None:
    made = server.made(
        "CREATE TABLE meting (a int) PARTITION BY RANGE (a)",
        "CREATE TABLE meting_1 PARTITION OF meting FOR VALUES FROM (0) TO (10)",
        "CREATE TABLE meting_2 PARTITION OF meting FOR VALUES FROM (10) TO (20)",
        "INSERT INTO meting VALUES (1), (2), (11)",
        "CREATE MATERIALIZED VIEW som AS SELECT sum(a) FROM meting",
        "CREATE TABLE leeg ()",
        "CREATE TABLE rij (a int)",
        "ALTER TABLE rij ENABLE ROW LEVEL SECURITY",
        f"CREATE POLICY p ON rij FOR SELECT TO {NAME} USING (a > 1)",
        "CREATE SEQUENCE teller",
        f"GRANT USAGE ON SEQUENCE teller TO {NAME}",
        "CREATE VIEW schrijft AS SELECT nextval('teller')",
        "CREATE VIEW deelt AS SELECT 1 / (a - 1) AS q FROM meting",
    )
    made.run(f"GRANT USAGE ON SEQUENCE teller TO {NAME}")
    with open_exports({"db": made.url}) as exports:
        found = told(exports)
        assert found["meting"] == (3, 3, 0)
        assert found["som"] == (1, 1, 0)
        assert not {"meting_1", "meting_2"} & set(found)
        assert found["leeg"] == "a table without columns; there is nothing to read in it"
        assert found["rij"] == REASONS["forbidden"]
        assert found["schrijft"] == REASONS["writes"]
        inventory = discover(exports, today=TODAY)
        lost = inventory.dataset("db", "deelt")
        assert lost is not None
        assert (lost.fields, [one.problem for one in lost.problems]) == (
            (),
            ["the server refused to read it (its code 22012)"],
        )
        assert len(inventory.dataset("db", "meting").fields) == 1  # type: ignore[union-attr]


@only_postgresql
def test_a_schema_is_told_when_several_are_read_and_patterns_choose(server: Server, tmp_path: Path) -> None:
    made = server.made(
        "CREATE TABLE klant (a int)",
        "CREATE TABLE order_2026 (a int)",
        "CREATE SCHEMA verkoop",
        f"GRANT USAGE ON SCHEMA verkoop TO {NAME}",
        "CREATE TABLE verkoop.klant (b int)",
        f"GRANT SELECT ON verkoop.klant TO {NAME}",
    )

    def tables(*more: str) -> list[str]:
        with open_exports(named(tmp_path, made, *more)) as exports:
            assert {dataset.source for dataset in exports.datasets} == {"boekingen"}
            return [dataset.table if dataset.readable else problem(dataset) for dataset in exports.datasets]

    assert tables() == ["public.klant", "public.order_2026", "verkoop.klant"]
    assert tables("schema: verkoop") == ["klant"]
    assert tables('tables: ["order_*"]') == ["order_2026"]
    assert tables('tables: ["klant", "facturen"]', "schema: public") == [
        "klant",
        "pattern 2 under 'tables' fits no table or view; correct it",
    ]
    assert "holds no table or view" in tables("schema: weg")[0]


@only_postgresql
def test_a_statement_that_takes_too_long_is_ended(server: Server, tmp_path: Path) -> None:
    made = server.made("CREATE VIEW traag AS SELECT pg_sleep(20)::text", "CREATE TABLE vlot AS SELECT 1 AS a")
    with open_exports(named(tmp_path, made, "timeout_seconds: 1")) as exports:
        assert told(exports) == {"traag": REASONS["timeout"], "vlot": (1, 1, 0)}


def test_what_keeps_a_database_closed_is_said_without_saying_where_it_is(server: Server) -> None:
    made = server.made("CREATE TABLE t (a int)")
    closed = {
        server.url(made.name, password=OWNER): REASONS["password"],
        server.url("geheimdb_weg"): REASONS["login"],
        f"{server.kind}://{NAME}:{READER}@127.0.0.1:1/geheimdb": REASONS["unreachable"],
    }
    for url, reason in closed.items():
        with pytest.raises(SourceError) as refused:
            open_exports({"db": url})
        assert str(refused.value) == f"db: {reason}"
        assert refused.value.__cause__ is None
        assert refused.value.__suppress_context__


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("oracle://scott:tijger@host/geheimdb", "igmap reads PostgreSQL and MySQL"),
        ("sqlite:///geheimdb", "igmap reads PostgreSQL and MySQL"),
        ("://geheimdb", "postgresql://USER@HOST/DATABASE"),
    ],
)
def test_other_databases_are_refused_with_what_to_do(url: str, words: str) -> None:
    with pytest.raises(SourceError, match=words) as refused:
        open_exports({"db": url})
    assert not {"scott", "tijger", "geheimdb"} & set(str(refused.value).split())


@pytest.mark.parametrize("package", ["sqlalchemy", "psycopg"])
def test_a_missing_package_is_told_with_its_remedy(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.delitem(sys.modules, "igmap.engine.snapshot")
    with pytest.raises(SourceError, match="pip install") as missing:
        open_exports({"db": "postgresql://reader@127.0.0.1:1/x"})
    assert str(missing.value) == f"db: {MISSING}"


def test_every_reason_can_be_told_in_dutch() -> None:
    for reason in [*REASONS.values(), MISSING]:
        assert known(reason)


def test_a_server_that_goes_away_costs_its_tables_and_nothing_else(server: Server, tmp_path: Path) -> None:
    text = {"postgresql": "text", "mysql": "varchar(20)"}[server.kind]
    made = server.made(f"CREATE TABLE t (mail {text})", "INSERT INTO t VALUES ('a@b.example')")
    (named(tmp_path, made) / "exports" / "a.csv").write_text("e-mail\na@b.example\n", "utf-8")
    with open_exports(tmp_path) as exports:
        assert made.cut() == 1
        inventory = discover(exports, today=TODAY)
        assert [field.category for field in inventory.dataset("a.csv").fields] == ["email"]  # type: ignore[union-attr]
        lost = inventory.dataset("boekingen", "t")
        assert lost is not None
        assert (lost.fields, [one.problem for one in lost.problems]) == ((), [REASONS["lost"]])
        with pytest.raises(SourceError, match="the connection to the server ended"):
            exports.engine.distinct("t2", ["c1"])


class Cutting(DuckDBEngine):
    """An engine that loses the server after the first batch of a table."""

    made: Made

    def load(self, name: str, reader: pa.RecordBatchReader, *, items: bool = False) -> None:
        """Take in a table of which only the beginning comes."""

        def batches() -> Iterator[pa.RecordBatch]:
            for batch in reader:
                yield batch
                self.made.cut()

        super().load(name, pa.RecordBatchReader.from_batches(reader.schema, batches()), items=items)


def many(made: Made) -> None:
    """A table of 90,000 long records, which no buffer holds."""
    filled(made, [[f"{i:0200}" for i in range(300)]])
    made.run("INSERT INTO t SELECT one.a FROM t AS one CROSS JOIN t AS other")


def test_a_server_that_goes_away_while_a_table_is_copied_leaves_no_half_of_it(database: Made, tmp_path: Path) -> None:
    many(database)
    engine = Cutting(tmp_path / "staging")
    engine.made = database
    with open_exports({"db": database.url}, engine) as exports:
        with pytest.raises(SourceError, match="the connection to the server ended"):
            exports.engine.distinct("t1", ["record"])
        with pytest.raises(SourceError, match="the connection to the server ended"):
            exports.engine.rewrite("t1", [Mapping("c1")], keep=None, seed=1)
        assert engine._run("SELECT table_name FROM information_schema.tables").fetchall() == []


@only_postgresql
def test_other_encodings_are_streamed_with_the_same_answers(server: Server, tmp_path: Path) -> None:
    made = server.made(options="TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    columns: Columns = [["é", "\u00a0", "", "É", None, "é"]]
    filled(made, columns)
    with open_exports({"db": made.url}) as there, open_exports({"db": framed(columns)}) as here:
        assert told(there) == {"t": (6, 6, 0)}
        assert there.datasets[0].read_as == "postgresql, streamed"
        same_answers(there.engine, here.engine)
    many(made)
    (named(tmp_path, made) / "exports" / "a.csv").write_text("e-mail\na@b.example\n", "utf-8")
    engine = Cutting(tmp_path / "staging")
    engine.made = made
    with open_exports(tmp_path, engine) as exports:
        assert told(exports) == {"": (1, 1, 0), "t": REASONS["lost"]}


@only_postgresql
def test_bytes_without_an_encoding_are_told(server: Server) -> None:
    made = server.made(options="TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'")
    made.run("CREATE TABLE goed AS SELECT 'Jan' AS naam", "CREATE TABLE fout (naam text)")
    made.run(r"INSERT INTO fout VALUES (E'Ren\351')", f"GRANT SELECT ON goed, fout TO {NAME}")
    with open_exports({"db": made.url}) as exports:
        assert told(exports) == {"fout": REASONS["encoding"], "goed": (1, 1, 0)}


def booking_system(made: Made, sample: Path) -> None:
    """The sample's database with the types a server would have, where their text is the same."""
    stamp = {"postgresql": "timestamp", "mysql": "datetime"}[made.server.kind]
    made.run(
        "CREATE TABLE deelnemers (deelnemer_id int PRIMARY KEY, naam text NOT NULL, emailadres text NOT NULL, "
        "telefoon text, geboortedatum date, werkgever varchar(200), dieetwensen text)",
        "CREATE TABLE sessies (sessie_id bigint PRIMARY KEY, cursus text NOT NULL, locatie text, plaats text, "
        "trainer text, begint_op text, max_deelnemers smallint)",
        "CREATE TABLE boekingen (boeking_id int PRIMARY KEY, deelnemer_id int NOT NULL REFERENCES deelnemers, "
        f"sessie_id bigint NOT NULL REFERENCES sessies, geboekt_op {stamp}, status varchar(20), "
        "aanwezig smallint, opmerking text)",
    )
    with closing(sqlite3.connect(sample)) as source:
        for table in ("deelnemers", "sessies", "boekingen"):
            inserted(made, table, source.execute(f"SELECT * FROM {table}").fetchall())
    if made.server.kind == "postgresql":
        made.run(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {NAME}")


def test_the_sample_booking_system_gives_the_same_inventory_from_its_file_and_from_a_server(
    server: Server, tmp_path: Path
) -> None:
    sample = SAMPLES / "exports" / "boekingen" / "klassikaal.sqlite"
    made = server.made()
    booking_system(made, sample)
    (tmp_path / "exports").mkdir()
    shutil.copy(sample, tmp_path / "exports" / "b.sqlite")
    with open_exports({"b": made.url}) as there, open_exports(tmp_path) as here:
        found, expected = discover(there, today=TODAY), discover(here, today=TODAY)
        assert in_place(there)._tables  # counted on the server
        assert [d.table for d in found.datasets] == ["boekingen", "deelnemers", "sessies"]
        for one, other in zip(found.datasets, expected.datasets, strict=True):
            assert (one.table, one.rows, one.parsed) == (other.table, other.rows, other.parsed)
            assert one.fields == other.fields  # category, verdict, identifiability, confidence, reasons, detections
        for name in ("t1", "t2", "t3"):
            same_answers(there.engine, here.engine, name)


def test_a_run_over_a_database_says_nothing_of_it_and_publishes_or_says_why_not(
    server: Server, tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    made = server.made()
    booking_system(made, SAMPLES / "exports" / "boekingen" / "klassikaal.sqlite")
    if server.kind == "postgresql":  # a view that talks
        noisy = "BEGIN RAISE WARNING 'roept felamrani@'; RETURN 1; END"
        made.run(f"CREATE FUNCTION roept() RETURNS int LANGUAGE plpgsql AS $$ {noisy} $$")
        made.run("CREATE VIEW roeper AS SELECT roept() AS r", f"GRANT SELECT ON roeper TO {NAME}")
    for logger in ("", "sqlalchemy", "sqlalchemy.engine", "sqlalchemy.pool", "sqlalchemy.dialects", "psycopg"):
        caplog.set_level(logging.DEBUG, logger)
    workspace = open_workspace(named(tmp_path, made))
    outcome = run(workspace, Settings(TODAY))
    assert outcome.exit_status in {0, 3, 4}
    assert outcome.released.proof or "too few persons" in outcome.released.refused
    said = capfd.readouterr()
    written = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    del written[tmp_path / "databases.yaml"]
    assert len(written) > 5
    with open_exports(workspace) as exports:
        shown = "".join(map(repr, [outcome, exports, exports.datasets, vars(exports), vars(exports.engine)]))
        shown += exports._repr_html_()
    for secret in (*SECRETS, f":{server.port}", "felamrani@"):
        assert secret not in said.out + said.err + caplog.text + shown
        assert not [path.name for path, content in written.items() if secret.encode() in content]
    assert not list((tmp_path / "private").glob("staging/*"))
