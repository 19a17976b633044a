"""One importer a library: an OS lock on a file beside an SQLite library, a session's advisory lock in PostgreSQL.

Both are let go by the system when the process ends, however it ends. Who holds the lock is noted in the library only to
be told to others.
"""

from __future__ import annotations

import os
import socket
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout
from sqlalchemy import Connection, delete, insert, select, text
from sqlalchemy.exc import DBAPIError

from parcc_nlp.errors import LibraryError
from parcc_nlp.library.schema import META

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.library.library import Library

__all__ = ["Lock", "lock_file", "sole_importer"]

_HOLDER = "importer"
IMPORTER_LOCK = 0x70617269
"""The advisory lock ("pari") that the importer of a PostgreSQL library holds."""


@dataclass(frozen=True, slots=True)
class Lock:
    """The right to import; `connection` is the session that holds it in PostgreSQL."""

    connection: Connection | None = None

    def assure(self) -> None:
        """See that the lock is still held: a server that was restarted has forgotten it.

        Raises
        ------
        LibraryError
            E528: it is not.
        """
        if self.connection is None:
            return
        try:
            self.connection.execute(text("SELECT 1"))
            self.connection.commit()
        except DBAPIError as error:
            raise LibraryError("E528") from error


@contextmanager
def sole_importer(library: Library) -> Iterator[Lock]:
    """Hold the right to import into a library.

    Raises
    ------
    LibraryError
        E507: another process holds it; E529: the file of the lock cannot be written.
    """
    path = lock_file(library)
    with _file_lock(library, path) if path is not None else _session_lock(library) as lock:
        _note_holder(library)
        try:
            yield lock
        finally:
            _forget_holder(library)


def lock_file(library: Library) -> Path | None:
    """Give the file whose lock the importer of an SQLite library holds; None for PostgreSQL."""
    database = library.engine.url.database
    if library.engine.dialect.name != "sqlite" or not database:
        return None
    return Path(f"{database}.import.lock")


@contextmanager
def _file_lock(library: Library, path: Path) -> Iterator[Lock]:
    lock = FileLock(path, timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise LibraryError("E507", path=str(path), holder=_holder(library)) from error
    except OSError as error:
        raise LibraryError("E529", path=str(path), detail=str(error)) from error
    try:
        yield Lock()
    finally:
        lock.release()


@contextmanager
def _session_lock(library: Library) -> Iterator[Lock]:
    key = {"key": IMPORTER_LOCK}
    with library.engine.connect() as connection:
        got = connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), key)
        connection.commit()  # the lock is the session's; an open transaction would only hold old rows back
        if not got:
            raise LibraryError("E507", holder=_holder(library))
        try:
            yield Lock(connection)
        finally:
            connection.invalidate()  # closing the session lets go, also where the server can no longer be asked


def _holder(library: Library) -> str:
    with library.reading() as connection:
        noted = connection.scalar(select(META.c.value).where(META.c.name == _HOLDER))
    return noted or "?"


def _note_holder(library: Library) -> None:
    _forget_holder(library)
    value = f"{socket.gethostname()}, pid {os.getpid()}, {library.now()[:19]}Z"
    with library.writing() as connection:
        connection.execute(insert(META).values(name=_HOLDER, value=value))


def _forget_holder(library: Library) -> None:
    with library.writing() as connection:
        connection.execute(delete(META).where(META.c.name == _HOLDER))
