"""Opening the database of a library: SQLite in one file, or PostgreSQL by its URL, at the newest revision."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from parcc_nlp.errors import LibraryError
from parcc_nlp.library.schema import META

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine

__all__ = ["connect", "location_of", "migrate", "revision_of", "writing"]

_BUSY_SECONDS = 60
_CACHE_KIB = 65_536
_SQLITE = "sqlite"
_POSTGRESQL = "postgresql"
WRITER_LOCK = 0x70617263
"""The advisory lock ("parc") that whoever writes into a PostgreSQL library holds."""


def location_of(where: str | Path) -> tuple[str, Path | None]:
    """Give the URL of a database and, for SQLite, its file.

    Parameters
    ----------
    where
        A path, or a URL (``postgresql+psycopg://...``).

    Examples
    --------
    >>> location_of("postgresql://kho/tuphap")
    ('postgresql+psycopg://kho/tuphap', None)
    >>> location_of("tuphap.db")[1].name
    'tuphap.db'
    """
    text = str(where)
    if "://" not in text:
        path = Path(text).absolute()
        return f"sqlite:///{path}", path
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise LibraryError("E504", detail=str(error)) from error
    if url.drivername in {"postgres", "postgresql"}:
        url = url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() == _SQLITE and url.database:
        return url.render_as_string(hide_password=False), Path(url.database).absolute()
    return url.render_as_string(hide_password=False), None


def connect(url: str) -> Engine:
    """Make the engine of a library.

    Raises
    ------
    LibraryError
        E504: the address is no database's; E512: its driver is not installed.
    """
    try:
        engine = create_engine(url, **_options(url))
    except (ArgumentError, NoSuchModuleError) as error:
        raise LibraryError("E504", detail=str(error)) from error
    except ModuleNotFoundError as error:
        raise LibraryError("E512") from error
    if engine.dialect.name == _SQLITE:
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def migrate(engine: Engine) -> None:
    """Bring the tables to the newest revision; a new database gets them all, and one of another program is not touched.

    Raises
    ------
    LibraryError
        E501: something else stands there; E503: a newer version of the program wrote it; E504: it cannot be reached.
    """
    config = _configuration()
    scripts = ScriptDirectory.from_config(config)
    try:
        with engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_heads()
            tables = inspect(connection).get_table_names()
        if tables and META.name not in tables:
            raise LibraryError("E501", path=_named(engine), detail="tables of another program")
        known = {script.revision for script in scripts.walk_revisions()}
        if not known.issuperset(current):
            raise LibraryError("E503", path=_named(engine), revision=", ".join(current))
        if engine.dialect.name == _SQLITE:
            _keep_log(engine)
        if current != (scripts.get_current_head(),):
            # Of two processes that open a new library at once the second finds the tables made.
            with writing(engine) as connection:
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
    except DBAPIError as error:
        broken = isinstance(error.orig, sqlite3.DatabaseError) and not isinstance(error.orig, sqlite3.OperationalError)
        raise LibraryError("E501" if broken else "E504", path=_named(engine), detail=str(error.orig)) from error


def revision_of(engine: Engine) -> str | None:
    """Give the revision of the tables."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Open one transaction that writes: all of it or nothing is kept.

    It takes the lock for writing at once, so that what it reads first cannot have changed when it writes: SQLite has
    one, and under PostgreSQL all who write into a library wait for each other by an advisory lock.
    """
    options = {"isolation_level": "READ COMMITTED"} if engine.dialect.name == _POSTGRESQL else {"writes": True}
    with engine.connect().execution_options(**options) as connection, connection.begin():
        if engine.dialect.name == _POSTGRESQL:
            # What is read behind it must be as the one before left it, not as it was before waiting.
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITER_LOCK})
        yield connection


def _configuration() -> Config:
    config = Config()
    config.set_main_option("script_location", str(files("parcc_nlp.library") / "migrations"))
    return config


def _options(url: str) -> dict[str, Any]:
    """Give what the drivers are told: who reads sees one moment, and SQLite waits while another process writes."""
    if url.startswith(_SQLITE):
        return {"connect_args": {"timeout": _BUSY_SECONDS}}
    return {"isolation_level": "REPEATABLE READ"}


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    """Keep references whole; nothing here writes into a file, for it may be another program's."""
    connection.isolation_level = None  # transactions are begun by us (below), as SQLAlchemy's manual advises for SQLite
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")


def _keep_log(engine: Engine) -> None:
    """Make readers and the one writer independent of each other: changes are written ahead into a log."""
    with closing(engine.raw_connection()) as connection:
        connection.cursor().execute("PRAGMA journal_mode = WAL")


def _begin_sqlite(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _named(engine: Engine) -> str:
    """Name a database in an error, without its password."""
    return engine.url.database or engine.url.render_as_string() if engine.dialect.name == _SQLITE else str(engine.url)
