"""One read-only transaction on a server. No write, no log, no message that quotes a cell.

A connection that is gone is never made again: the rows behind it may be others.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from igmap.engine.servers import DIALECTS, Dialect, Found
from igmap.errors import SourceError

BATCH_ROWS = 10_000
CONNECT_SECONDS = 10
REASONS = {
    "password": "the server refused the password; check it where it is kept, and the user in the url",
    "no_password": "the server asks for a password; name where it is kept under 'password' in databases.yaml",
    "login": "the server refused the login; check user and database in the url",
    "unreachable": "the server cannot be reached; check host and port in the url, and the network",
    "forbidden": "this user may not read all of it; grant SELECT, and BYPASSRLS where rows are hidden from some",
    "timeout": "took longer on the server than timeout_seconds allows; raise it, or leave the table out",
    "writes": "would write on the server, which igmap never does; leave it out under 'tables'",
    "encoding": "holds text that is not in the encoding of the database; export it as CSV",
    "lost": "the connection to the server ended; run igmap again",
}


class Snapshot:
    """A connection inside its one transaction, which reads and never writes.

    Args:
        connection: with the transaction begun.
        dialect: of the server.
        counts: whether the server can count as the embedded engine does.
    """

    def __init__(self, connection: sa.Connection, dialect: Dialect, *, counts: bool) -> None:
        """Store what it is made of."""
        self.dialect = dialect
        self.counts = counts
        self._connection = connection

    def batches(self, statement: sa.Select[Any], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
        """The rows of a statement as they stream by; read to the end before anything else is asked."""
        options = {"yield_per": BATCH_ROWS}
        with (
            _reasons(self.dialect),
            self._connection.begin_nested(),  # what fails here fails alone
            self._connection.execute(statement, execution_options=options) as result,
            self._forgotten(result.cursor),
        ):
            for rows in result.partitions():
                cells = zip(*rows, strict=True)
                yield pa.RecordBatch.from_arrays(
                    [pa.array(column, field.type) for column, field in zip(cells, schema, strict=True)], schema=schema
                )

    @contextmanager
    def _forgotten(self, cursor: Any) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError:
            self.dialect.forget(cursor)
            raise

    def numbers(self, statement: sa.Select[Any]) -> tuple[int, ...]:
        """The numbers in the one row that a statement gives."""
        with _reasons(self.dialect), self._connection.begin_nested():
            return tuple(map(int, self._connection.execute(statement).one()))

    def catalogue(self) -> tuple[str | None, Sequence[Found]]:
        """The schema that the user means without saying so, if any, and every column of every table and view."""
        with _reasons(self.dialect):
            schema = self._connection.exec_driver_sql(self.dialect.SCHEMA).scalar()
            rows = self._connection.exec_driver_sql(self.dialect.CATALOGUE).all()
        return schema, [Found(*row) for row in rows]

    def close(self) -> None:
        """End the transaction and the connection."""
        with suppress(SQLAlchemyError):
            self._connection.close()


def open_snapshot(url: str, *, password: str | None, timeout_seconds: int) -> Snapshot:
    """Connect and begin the transaction.

    Args:
        url: SQLAlchemy's, of PostgreSQL or MySQL.
        password: if it is not in the URL.
        timeout_seconds: how long one statement may take.

    Raises:
        SourceError: the server cannot be reached, or refuses.
    """
    address, dialect = _address(url, password)
    with _reasons(dialect):
        engine = _engine(address, dialect)
        with _quiet(dialect.LOGGER):
            connection = engine.connect()
        try:
            connection.execution_options(**dialect.TRANSACTION)
            for statement in dialect.begin(connection, timeout_seconds):
                connection.exec_driver_sql(statement)
            return Snapshot(connection, dialect, counts=dialect.counts(connection))
        except BaseException:
            connection.close()
            raise


def _address(url: str, password: str | None) -> tuple[sa.URL, Dialect]:
    try:
        address = sa.make_url(url)
    except (ArgumentError, ValueError):
        raise SourceError("its url is not one; write it as postgresql://USER@HOST/DATABASE") from None
    dialect = DIALECTS.get(address.get_backend_name())
    if dialect is None:
        raise SourceError("igmap reads PostgreSQL and MySQL in place; export the data of other databases as CSV")
    return address.set(drivername=dialect.DRIVER, password=password or address.password), dialect


def _engine(address: sa.URL, dialect: Dialect) -> sa.Engine:
    """An engine that logs nothing, whatever the loggers of the process are set to: it would log SQL, rows and host."""
    for kind in ("engine.Engine", "pool.impl.NullPool"):
        logging.getLogger(f"sqlalchemy.{kind}.igmap").setLevel(logging.CRITICAL)
    arguments = {"connect_timeout": CONNECT_SECONDS} if "connect_timeout" not in address.query else {}
    return sa.create_engine(
        address,
        poolclass=NullPool,
        hide_parameters=True,
        logging_name="igmap",
        pool_logging_name="igmap",
        connect_args=arguments | dialect.ARGUMENTS,
    )


@contextmanager
def _quiet(name: str) -> Iterator[None]:
    """A logger that says nothing meanwhile: drivers tell where they connect to."""
    logger = logging.getLogger(name)
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


@contextmanager
def _reasons(dialect: Dialect) -> Iterator[None]:
    """Turn the errors of servers and drivers into ours: theirs quote SQL, host, user and cells."""
    try:
        yield
    except (UnicodeDecodeError, pa.ArrowInvalid):
        raise SourceError(REASONS["encoding"]) from None
    except SQLAlchemyError as error:
        raise SourceError(_reason(error, dialect)) from None


def _reason(error: SQLAlchemyError, dialect: Dialect) -> str:
    if not isinstance(error, DBAPIError) or error.connection_invalidated:
        return REASONS["lost"]
    code = dialect.code(error.orig)
    return REASONS.get(dialect.CODES.get(code, str(code))) or f"the server refused to read it (its code {code})"
