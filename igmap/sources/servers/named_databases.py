"""databases.yaml: which databases are read in place, and where their passwords are kept; never a password itself."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from igmap.errors import SourceError, nearest
from igmap.vocabulary.files import Lines, Place, read_yaml

TOLD = {"extra_forbidden": "unknown key", "missing": "this key is needed"}
INSIDE = re.compile(r"://[^@]*:.*@|://[^?]*:[^?]*@|[?&]\w*pass\w*=", re.IGNORECASE | re.DOTALL)
USER = re.compile(r"://([^:/@]*)@")
REFUSED = (
    "a password may not stand in this file; take it out of the url and say where it is kept, "
    "password: {env: NAME} or password: {keyring: SERVICE}"
)
MISSING = 'keyring is missing; run: pip install "igmap[db]"'


class Entry(BaseModel):
    """Part of databases.yaml: frozen, and a key it does not know is an error. It shows nothing of itself."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True, populate_by_name=True)

    def __repr__(self) -> str:
        """Its kind only: addresses and names of users are no part of a notebook."""
        return f"{type(self).__name__}()"

    __str__ = __repr__


class Password(Entry):
    """Where a password is kept.

    Args:
        env: the environment variable that holds it.
        keyring: the service under which the system's keyring holds it, for the user in the URL.
    """

    env: str = ""
    keyring: str = ""

    @model_validator(mode="after")
    def _one(self) -> "Password":
        if bool(self.env) == bool(self.keyring):
            raise ValueError("name either env or keyring")
        return self


class Database(Entry):
    """A database that is read in place.

    Args:
        id: the `source` of its tables.
        url: SQLAlchemy's, of PostgreSQL or MySQL.
        schema_: which schema is read; without it every one of PostgreSQL, the URL's database of MySQL.
        tables: patterns of the names of tables and views; without them all.
        password: where it is kept; without it the driver finds its own, or needs none.
        timeout_seconds: how long the server may work on one statement.
    """

    id: str = Field(min_length=1)
    url: str
    schema_: str = Field("", alias="schema")
    tables: tuple[str, ...] = ()
    password: Password | None = None
    timeout_seconds: int = Field(3600, ge=1, le=2_000_000)

    def secret(self) -> str | None:
        """The password, if it is kept somewhere.

        Raises:
            SourceError: it is not there.
        """
        if self.password is None:
            return None
        if self.password.keyring:
            user = USER.search(self.url)
            return _of_keyring(self.password.keyring, unquote(user[1]) if user else "")
        if not (secret := os.environ.get(self.password.env, "")):
            raise SourceError(f"the environment variable {self.password.env} is empty; put the password in it")
        return secret


class Databases(Entry):
    """The whole file."""

    databases: tuple[Database, ...] = ()


def _of_keyring(service: str, user: str) -> str:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ModuleNotFoundError:
        raise SourceError(MISSING) from None
    try:
        secret = keyring.get_password(service, user)
    except KeyringError:
        raise SourceError("the keyring of this system cannot be read; unlock it, or use an env variable") from None
    if secret is None:
        raise SourceError(f"no password in the keyring; run: keyring set {service} USER, with the user of the url")
    return secret


def load_databases(path: Path) -> tuple[Database, ...]:
    """The databases that a workspace names; none without the file.

    Raises:
        SourceError: the file cannot be read, has an unknown key or an id twice, or holds a password; with its line.
    """
    if not path.exists():
        return ()
    lines, content = read_yaml(path, SourceError)
    try:
        databases = Databases.model_validate({} if content is None else content).databases
    except ValidationError as error:
        raise SourceError("\n".join(f"{path.name}, {told}" for told in _told(error, lines))) from None
    for position, database in enumerate(databases):
        place = f"{path.name}, line {lines['databases', position]}"
        if INSIDE.search(database.url):
            raise SourceError(f"{place}: {REFUSED}")
    return databases


def _told(error: ValidationError, lines: Lines) -> Iterator[str]:
    """What is wrong where, without what stands there."""
    for problem in error.errors(include_input=False, include_url=False):
        place: Place = ()
        for part in problem["loc"]:
            place = (*place, part) if (*place, part) in lines else place
        known = {field.alias or name for kind in Entry.__subclasses__() for name, field in kind.model_fields.items()}
        hint = nearest(str(problem["loc"][-1]), known) if problem["type"] == "extra_forbidden" else ""
        message = TOLD.get(problem["type"], problem["msg"].removeprefix("Value error, "))
        named = ".".join(map(str, problem["loc"])) or "the file as a whole"
        yield f"line {lines.get(place, 1)}: {named}: {message}{hint}"
