"""What a process does with a chunk of files: every file on its own, its rows or its error, never an exception."""

from __future__ import annotations

import hashlib
import threading
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import parcc_nlp
from parcc_nlp.errors import LibraryError, ParccError, ReadError
from parcc_nlp.library.batch.parquet import encoded
from parcc_nlp.library.batch.tables import error_rows, rows_of
from parcc_nlp.library.examining import examine_document
from parcc_nlp.read import read
from parcc_nlp.registry import Registry
from parcc_nlp.registry.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parcc_nlp.library.batch.tables import Rows

__all__ = ["Chunk", "Done", "Setting", "crashed", "done_with", "examine_chunk", "examine_rows", "opened"]

# PDFium is not safe in threads, and threads gain nothing for work that holds the interpreter: a Dask worker with
# several threads does one document at a time.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True)
class Setting:
    """What all documents of a run are examined with.

    `registry` is the file or folder, None for the shipped data; `version` and `package` are what a process on another
    machine must have as well, or the rows of one run would come from two.
    """

    registry: str | None
    version: str
    package: str
    today: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some files that follow each other in the input: the number of the chunk, that of its first file, the paths."""

    number: int
    first: int
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a chunk: a Parquet file for every table, and what they add up to."""

    chunk: int
    parts: dict[str, bytes]
    documents: int
    errors: int
    findings: dict[str, int]
    """How many of each severity."""


def examine_chunk(setting: Setting, chunk: Chunk) -> Done:
    """Examine the files of a chunk and write their rows as Parquet.

    Raises
    ------
    LibraryError
        E455: this process has another version of the program or of the registry. Errors of documents are rows.
    """
    return done_with(chunk.number, examine_rows(setting, chunk))


def examine_rows(setting: Setting, chunk: Chunk) -> tuple[Rows, ...]:
    """Examine the files of a chunk and give the rows of each (see `examine_chunk`)."""
    registry = _fitting(setting)
    today = date.fromisoformat(setting.today)
    return tuple(
        _examined(path, number=number, registry=registry, today=today)
        for number, path in enumerate(chunk.paths, start=chunk.first)
    )


def done_with(chunk: int, documents: Iterable[Rows]) -> Done:
    """Write the rows of a chunk as Parquet and count them."""
    gathered, parts = _fit(tuple(documents))
    severities = Counter(row["severity"] for rows in gathered for row in rows.get("findings", ()))
    errors = sum(len(rows.get("errors", ())) for rows in gathered)
    return Done(chunk, parts, len(gathered) - errors, errors, dict(severities))


def _fit(documents: tuple[Rows, ...]) -> tuple[tuple[Rows, ...], dict[str, bytes]]:
    """Write the rows; a document whose rows no table can hold becomes an error instead of stopping all others."""
    try:
        return documents, encoded(documents)
    except (ArithmeticError, TypeError, ValueError):  # pyarrow's own errors are of these
        if len(documents) > 1:
            fit = tuple(one for rows in documents for one in _fit((rows,))[0])
            return fit, encoded(fit)
        document = documents[0]["documents"][0]
        error = ReadError("E399", path=document["path"], detail="Parquet")
        told = error_rows(
            error, number=document["input_number"], path=document["path"], sha256=document["sha256"] or None
        )
        return (told,), encoded((told,))


def crashed(path: str, *, number: int) -> Rows:
    """Give the row of a file that took its process down (E398)."""
    return _failed(ReadError("E398", path=path), path, number)


def opened(registry: str | None) -> Registry:
    """Open a registry: a file, a folder of CSV files, or for None the shipped data.

    Raises
    ------
    RegistryError
        E201, E204, E205: it cannot be read.
    """
    if registry is None:
        return Registry.shipped()
    path = Path(registry)
    return Registry.from_directory(path) if path.is_dir() else Registry.open(path)


@lru_cache(maxsize=1)
def _kept(registry: str | None, version: str) -> Registry:  # noqa: ARG001 - a worker outlives a run; a new version is opened anew
    """Open a registry, once a process and version."""
    return opened(registry)


def _fitting(setting: Setting) -> Registry:
    """Give the registry of the run with nothing remembered: what it keeps of a million documents would fill memory."""
    if setting.package != parcc_nlp.__version__:
        detail = f"parcc_nlp {parcc_nlp.__version__} ≠ {setting.package}"
        raise LibraryError("E455", detail=detail)
    known = _kept(setting.registry, setting.version)
    if known.version != setting.version:
        raise LibraryError("E455", detail=f"registry {known.version} ≠ {setting.version}")
    return Registry(Store(known.layers))


def _examined(path: str, *, number: int, registry: Registry, today: date) -> Rows:
    """Give the rows of one file; whatever goes wrong with it becomes its row in ``errors``."""
    try:
        with _ONE_AT_A_TIME:
            found = examine_document(_read(path), registry=registry, today=today)
            return rows_of(found, number=number, path=_written(path))
    except ParccError as error:
        return _failed(error, path, number)
    except Exception as error:  # noqa: BLE001 - one document's failure of whatever kind must not stop a batch
        return _failed(ReadError("E399", path=path, detail=f"{type(error).__name__}: {error}"), path, number)


def _read(path: str) -> parcc_nlp.Document:
    """Read a file. The inputs hold a folder only where it could not be listed."""
    if "\0" not in path and Path(path).is_dir():
        raise ReadError("E105", path=path)
    return read(path)


def _failed(error: ParccError, path: str, number: int) -> Rows:
    return error_rows(error, number=number, path=_written(path), sha256=_digest(path))


def _digest(path: str) -> str | None:
    """Give the SHA-256 of a file that could not be examined, if it can be read at all."""
    try:
        if not Path(path).is_file():
            return None
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):  # the row says already that the file cannot be read
        return None


def _written(path: str) -> str:
    """Write a path in characters that Parquet holds: a byte that is no UTF-8 becomes its escape."""
    return path.encode("utf-8", "backslashreplace").decode("utf-8")
