"""databases.yaml: what a person may write in it, and that no password is ever in it."""

from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend

from igmap.errors import SourceError
from igmap.sources import open_exports
from igmap.sources.servers.named_databases import Database, load_databases
from igmap.workspace import new_workspace, open_workspace

WORD = "Kanarie-woord"


def read(folder: Path, text: str) -> tuple[Database, ...]:
    (folder / "databases.yaml").write_text(text, "utf-8")
    return load_databases(folder / "databases.yaml")


def one(folder: Path, *lines: str, url: str = "postgresql://reader@host/db") -> Database:
    text = "\n".join(["databases:", "- id: boekingen", f"  url: '{url}'", *(f"  {line}" for line in lines)])
    (database,) = read(folder, text)
    return database


def test_a_database_is_named_with_its_schema_tables_and_limit(tmp_path: Path) -> None:
    made = one(tmp_path, "schema: public", 'tables: ["klant*"]', "timeout_seconds: 60", "password: {env: X}")
    assert (made.id, made.url, made.schema_) == ("boekingen", "postgresql://reader@host/db", "public")
    assert (made.tables, made.timeout_seconds) == (("klant*",), 60)
    assert made.password is not None
    assert made.password.env == "X"


def test_without_the_file_and_in_its_template_no_database_is_named(tmp_path: Path) -> None:
    assert load_databases(tmp_path / "databases.yaml") == ()
    assert read(tmp_path, "") == ()
    new_workspace(tmp_path / "new")
    assert load_databases(open_workspace(tmp_path / "new").databases) == ()
    template = (tmp_path / "new" / "databases.yaml").read_text("utf-8").removesuffix("databases: []\n")
    (example,) = read(tmp_path, "\n".join(line.removeprefix("# ") for line in template.splitlines()[2:]))
    assert example.password is not None
    assert example.tables == ("klant*", "boeking*")


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["pasword: {env: X}"], "line 4: databases.0.pasword: unknown key; did you mean 'password'?"),
        (["shema: public"], "line 4: databases.0.shema: unknown key; did you mean 'schema'?"),
        (["password: {env: X, keyring: Y}"], "line 4: databases.0.password: name either env or keyring"),
        (["password: {}"], "line 4: databases.0.password: name either env or keyring"),
        (["tables: []", "timeout_seconds: 0"], "line 5: databases.0.timeout_seconds: Input should be greater"),
        (["- id: boekingen", "  url: x"], "not readable as YAML"),
        (["url: x"], "line 4: the key 'url' is there twice"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_the_nearest_key(tmp_path: Path, lines: list[str], message: str) -> None:
    with pytest.raises(SourceError) as refused:
        one(tmp_path, *lines)
    assert str(refused.value).startswith("databases.yaml, line")
    assert message in str(refused.value)
    assert refused.value.__suppress_context__


def test_a_missing_key_and_an_id_twice_are_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"line 2: databases.0.url: this key is needed"):
        read(tmp_path, "databases:\n- id: a\n")
    with pytest.raises(SourceError, match=r"line 3: the id 'a' is there twice"):
        read(tmp_path, "databases:\n- {id: a, url: mysql://host/x}\n- {id: a, url: mysql://host/y}\n")


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql+psycopg://reader:{WORD}@host/db",
        f"mysql://reader:{WORD}@host:3306/db",
        f"mysql://reader@school.example:{WORD}@host/db",
        f"mysql://reader:{WORD}/?x@host/db",
        f"postgresql://reader@host/db?password={WORD}",
        f"postgresql://reader@host/db?sslmode=require&sslpassword={WORD}",
        f"postgresql://:{WORD}@host/db",
    ],
)
def test_a_password_in_the_url_is_refused_with_a_remedy_and_not_quoted(tmp_path: Path, url: str) -> None:
    with pytest.raises(
        SourceError, match=r"line 2: a password may not stand in this file.*password: \{env: NAME\}"
    ) as no:
        one(tmp_path, url=url)
    assert WORD not in str(no.value)
    assert "host" not in str(no.value)


@pytest.mark.parametrize(
    "url",
    ["postgresql://reader@host:5432/db", "mysql://host:3306/db", "postgresql://reader@[::1]:5432/db?sslmode=require"],
)
def test_a_port_is_no_password(tmp_path: Path, url: str) -> None:
    assert one(tmp_path, url=url).url == url


def test_an_entry_shows_neither_address_nor_user(tmp_path: Path) -> None:
    made = one(tmp_path, "password: {env: BOOKING_PASSWORD}")
    assert f"{made!r} {made} {made.password!r}" == "Database() Database() Password()"


def test_a_password_comes_from_the_environment_or_the_keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    of_environment = one(tmp_path, "password: {env: BOOKING_PASSWORD}")
    with pytest.raises(SourceError, match="the environment variable BOOKING_PASSWORD is empty"):
        of_environment.secret()
    monkeypatch.setenv("BOOKING_PASSWORD", WORD)
    assert of_environment.secret() == WORD
    before = keyring.get_keyring()
    keyring.set_keyring(Kept())  # type: ignore[no-untyped-call]
    try:
        of_keyring = one(tmp_path, "password: {keyring: boekingen}", url="mysql://re%40der@host/db")
        assert of_keyring.secret() == WORD
        with pytest.raises(SourceError, match="no password in the keyring; run: keyring set elders USER"):
            one(tmp_path, "password: {keyring: elders}").secret()
    finally:
        keyring.set_keyring(before)
    assert one(tmp_path).secret() is None


class Kept(KeyringBackend):
    """A keyring with one password."""

    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        """The one password."""
        return WORD if (service, username) == ("boekingen", "re@der") else None

    def set_password(self, service: str, username: str, password: str) -> None:
        """Nothing is kept."""


def test_a_database_that_cannot_be_opened_stops_no_file(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("naam\nJan\n", "utf-8")
    one(tmp_path, "password: {env: IGMAP_TEST_NOTHING}")
    with open_exports(tmp_path) as exports:
        (table, lost) = exports.datasets
        assert (table.source, table.rows, lost.source, lost.readable) == ("a.csv", 1, "boekingen", False)
        assert "IGMAP_TEST_NOTHING is empty" in lost.problems[0].problem
