"""Copying a library while others write into it: a folder that opens as a library itself."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tempfile
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from parcc_nlp.errors import LibraryError
from parcc_nlp.library.database import connect, location_of, migrate, writing
from parcc_nlp.library.keeping.copying import copy_rows
from parcc_nlp.library.schema import DOCUMENT, ORIGINAL, TASK

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Engine

    from parcc_nlp.library.library import Library
    from parcc_nlp.library.originals import Originals

__all__ = ["DATABASE", "BackedUp", "backup", "restore"]

DATABASE = "library.db"
"""The database of a copy; its originals and its registry stand beside it, as `open_library` looks for them."""
_ASIDE = ".part"
_LOGS = ("-wal", "-shm")


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What a copy holds: `database` opens as a library.

    `originals` are the files it should have, `copied` those that had not been copied before, `missing` those that the
    library itself lacks or has damaged.
    """

    database: Path
    documents: int
    originals: int
    copied: int
    missing: tuple[str, ...] = ()


def backup(library: Library, folder: Path) -> BackedUp:
    """Copy a library: all of it as of one moment, while others write.

    Parameters
    ----------
    library
        The library, in whatever database.
    folder
        Where to. A copy that is there is brought up to date: of the originals only what is missing is copied.

    Returns
    -------
    BackedUp
        The copy is a library in SQLite: open it with `open_library`, or bring it to another place with `restore`.

    Raises
    ------
    LibraryError
        E560: the folder is the library's own; E561: it cannot be written to.

    Notes
    -----
    A copy that is broken off leaves the one before as it was. Files are copied and not linked: a link on the same disk
    would be lost with it.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> import parcc_nlp as parcc
    >>> from parcc_nlp.library import open_library
    >>> with TemporaryDirectory() as place, open_library(Path(place) / "tuphap.db") as library:
    ...     added = library.add(parcc.extract("Căn cứ Nghị định số 63/2010/NĐ-CP của Chính phủ;"))
    ...     copy = backup(library, Path(place) / "sao-luu")
    ...     with open_library(copy.database) as copied:
    ...         len(copied)
    1
    """
    database = folder.absolute() / DATABASE
    _, own = location_of(library.places.url)
    files = library.places.files.absolute()
    if own == database or folder.absolute() == files or files in folder.absolute().parents:
        raise LibraryError("E560", path=str(folder))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _copy_database(library, own, database)
        return _filled(library, database)
    except (OSError, sqlite3.Error) as error:
        raise LibraryError("E561", path=str(folder), detail=str(error)) from error


def restore(folder: Path, where: str | Path, *, files: Path | None = None) -> BackedUp:
    """Bring a copy that `backup` made to a place where there is no library yet, in SQLite or PostgreSQL.

    Parameters
    ----------
    folder
        The copy.
    where
        A file, or the URL of an empty PostgreSQL database.
    files
        The folder of the originals there, as for `parcc_nlp.library.open_library`.

    Raises
    ------
    LibraryError
        E502: there is no copy in the folder; E510: there is a library at the place; E517: PostgreSQL without `files`.
    """
    from parcc_nlp.library.library import open_library  # noqa: PLC0415 - the library imports what keeps it

    _, path = location_of(where)
    if path is not None and path.exists():
        raise LibraryError("E510", path=str(path))
    with open_library(folder / DATABASE, create=False) as copy, open_library(where, files=files) as library:
        with copy.reading() as source, writing(library.engine) as target:
            if target.scalar(select(func.count()).select_from(DOCUMENT)) or target.scalar(select(TASK.c.id).limit(1)):
                raise LibraryError("E510", path=str(where))
            copy_rows(source, target)
        kept = _copy_originals(copy.originals, _named(library.engine), library.places.files)
        _copy_sqlite(copy.places.registry, library.places.registry)
        return BackedUp(path or folder / DATABASE, len(library), *kept)


def _copy_database(library: Library, own: Path | None, database: Path) -> None:
    """Copy the rows as of one moment, and put the copy in the place of the one before at once."""
    aside = database.with_name(database.name + _ASIDE)
    _forget(aside)
    if own is not None:
        _online_copy(own, aside)
    else:
        engine = connect(f"sqlite:///{aside}")
        try:
            migrate(engine)
            with library.reading() as source, writing(engine) as target:
                copy_rows(source, target)
        finally:
            engine.dispose()
    # What another program left of the log of the copy before is none of this one.
    for log in _LOGS:
        database.with_name(database.name + log).unlink(missing_ok=True)
    aside.replace(database)


def _filled(library: Library, database: Path) -> BackedUp:
    """Copy the originals that the copied database names, and the registry, which may know more but never less."""
    engine = connect(f"sqlite:///{database}")
    try:
        named = _named(engine)
        with engine.connect() as connection:
            documents = connection.scalar(select(func.count()).select_from(DOCUMENT)) or 0
    finally:
        engine.dispose()
    kept = _copy_originals(library.originals, named, database.with_suffix(".files"))
    _copy_sqlite(library.places.registry, database.with_suffix(".registry.sqlite"))
    return BackedUp(database, documents, *kept)


def _named(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.scalars(select(ORIGINAL.c.sha256).order_by(ORIGINAL.c.sha256)))


def _copy_originals(source: Originals, named: Iterable[str], target: Path) -> tuple[int, int, tuple[str, ...]]:
    """Copy what is not there; give how many are named, how many were copied, and which cannot be."""
    count, copied = 0, 0
    missing: list[str] = []
    for sha256 in named:
        count += 1
        place = target / sha256[:2] / sha256
        if place.exists():
            continue
        if _copy_file(source, sha256, place):
            copied += 1
        else:
            missing.append(sha256)
    return count, copied, tuple(missing)


def _copy_file(source: Originals, sha256: str, place: Path) -> bool:
    """Copy one original whole or not at all; one that does not have its hash is not copied."""
    if not source.has(sha256):
        return False
    data = source.get(sha256)
    if hashlib.sha256(data).hexdigest() != sha256:
        return False
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(suffix=_ASIDE, dir=place.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    Path(aside).replace(place)
    return True


def _copy_sqlite(source: Path, target: Path) -> None:
    """Copy a file of the registry, where there is one."""
    if source.exists():
        aside = target.with_name(target.name + _ASIDE)
        _forget(aside)
        target.parent.mkdir(parents=True, exist_ok=True)
        _online_copy(source, aside)
        aside.replace(target)


def _online_copy(source: Path, target: Path) -> None:
    """Copy an SQLite file that others may write into (SQLite Online Backup API): in one step, so as of one moment."""
    with closing(sqlite3.connect(source)) as opened, closing(sqlite3.connect(target)) as copy:
        opened.backup(copy)


def _forget(path: Path) -> None:
    for name in (path.name, *(path.name + log for log in ("-journal", *_LOGS))):
        with suppress(FileNotFoundError):
            path.with_name(name).unlink()
