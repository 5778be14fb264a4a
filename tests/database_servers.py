"""Real servers for the tests of databases: started on loopback as a user without rights, and stopped by the test."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from tests.browser import component

NUMBERS = count(1)
OWNER, READER = "Eigenaar-geheim", "Lezer-geheim"
NAME = "leesaccount77"
NOBODY = 65534


@dataclass(frozen=True)
class Server:
    """A server that runs, and how its owner and a reader reach it.

    Args:
        kind: postgresql or mysql.
        port: on loopback.
    """

    kind: str
    port: int

    def url(self, database: str = "", *, password: str | None = READER, user: str = NAME) -> str:
        """Where the reader finds a database."""
        secret = "" if password is None else f":{password}"
        return f"{self.kind}://{user}{secret}@127.0.0.1:{self.port}/{database}"

    def owner(self, database: str) -> sa.Engine:
        """The owner's way into a database."""
        driver = {"postgresql": "postgresql+psycopg", "mysql": "mysql+pymysql"}[self.kind]
        url = sa.make_url(self.url(database, password=OWNER, user="eigenaar")).set(drivername=driver)
        encoding = {"client_encoding": "utf8"} if self.kind == "postgresql" else {}
        return sa.create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args=encoding)

    def made(self, *statements: str, options: str = "") -> "Made":
        """A new database in which the owner ran some statements and the reader may read everything."""
        made = Made(self, f"geheimdb{next(NUMBERS)}")
        with self.owner({"postgresql": "postgres", "mysql": "mysql"}[self.kind]).connect() as connection:
            unicode = "CHARACTER SET utf8mb4" if self.kind == "mysql" else ""
            connection.exec_driver_sql(f"CREATE DATABASE {made.name} {options or unicode}")
        made.run(*statements)
        if self.kind == "postgresql":
            made.run(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {NAME}")
        else:
            made.run(f"GRANT SELECT, SHOW VIEW ON {made.name}.* TO {NAME}@'%%'")
        return made


@dataclass(frozen=True)
class Made:
    """A database of a test."""

    server: Server
    name: str

    @property
    def url(self) -> str:
        """Where the reader finds it, with the password."""
        return self.server.url(self.name)

    def run(self, *statements: str) -> None:
        """What the owner does."""
        with self.server.owner(self.name).connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    def cut(self) -> int:
        """End every connection of the reader; how many there were."""
        ask = {
            "postgresql": f"SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE usename = '{NAME}'",
            "mysql": f"SELECT id FROM information_schema.processlist WHERE user = '{NAME}'",
        }[self.server.kind]
        with self.server.owner(self.name).connect() as connection:
            found = connection.exec_driver_sql(ask).all()
            if self.server.kind == "mysql":
                for (number,) in found:
                    connection.exec_driver_sql(f"KILL {number}")
        return len(found)


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder that an unprivileged user may work in; pytest's own are closed to others."""
    folder = Path(tempfile.mkdtemp(prefix="igmap-server-"))
    try:
        if os.getuid() == 0:
            os.chown(folder, NOBODY, NOBODY)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _as_nobody(*command: str | Path) -> list[str]:
    """The command, run as a user without rights, since servers refuse to run as root."""
    lead = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"] if os.getuid() == 0 else []
    return [*lead, *map(str, command)]


def _run(*command: str | Path, cwd: Path, stdin: str = "") -> None:
    done = subprocess.run(_as_nobody(*command), input=stdin, capture_output=True, text=True, check=False, cwd=cwd)
    assert done.returncode == 0, done.stderr


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def postgresql() -> Iterator[Server]:
    """PostgreSQL of Debian's package; the cluster that the package makes is not touched."""
    newest = max(Path("/usr/lib/postgresql").glob("*/bin"), default=Path(), key=lambda path: int(path.parent.name))
    binaries = Path(component(str(newest / "initdb"))).parent
    with _folder() as folder:
        (folder / "password").write_text(OWNER)
        data, port = folder / "data", _free_port()
        initial = ["-U", "eigenaar", "-A", "scram-sha-256", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"]
        _run(binaries / "initdb", "-D", data, f"--pwfile={folder / 'password'}", *initial, cwd=folder)
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
        control = (binaries / "pg_ctl", "-D", data, "-w", "-l", folder / "log")
        try:
            _run(*control, "-o", options, "start", cwd=folder)
            server = Server("postgresql", port)
            with server.owner("postgres").connect() as connection:
                connection.exec_driver_sql(f"CREATE ROLE {NAME} LOGIN PASSWORD '{READER}'")
            yield server
        finally:
            subprocess.run(
                _as_nobody(*control, "-m", "immediate", "stop"), capture_output=True, check=False, cwd=folder
            )


@contextmanager
def mysql() -> Iterator[Server]:
    """MariaDB of Debian's packages mariadb-server-core and mariadb-client-core, which make no cluster."""
    program, install = component("mariadbd"), component("mariadb-install-db")
    with _folder() as folder:
        data, port = folder / "data", _free_port()
        _run(install, "--no-defaults", f"--datadir={data}", "--skip-test-db", cwd=folder)
        first = folder / "first.sql"
        first.write_text(
            f"CREATE USER eigenaar@'%' IDENTIFIED BY '{OWNER}'; GRANT ALL ON *.* TO eigenaar@'%' WITH GRANT OPTION;\n"
            f"CREATE USER {NAME}@'%' IDENTIFIED BY '{READER}';\n".replace("; ", ";\n")
        )
        options = ["--no-defaults", f"--datadir={data}", f"--port={port}", "--bind-address=127.0.0.1"]
        options += [f"--socket={folder / 'socket'}", f"--init-file={first}", "--skip-name-resolve"]
        command = _as_nobody(program, *options)
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=folder) as process:
            try:
                assert process.stderr is not None
                assert any("ready for connections" in line for line in process.stderr)
                yield Server("mysql", port)
            finally:
                process.kill()


SERVERS = {"postgresql": postgresql, "mysql": mysql}
