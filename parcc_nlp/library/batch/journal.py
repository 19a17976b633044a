"""What a run keeps of itself in its output folder: with what it was started, its files, and which chunks are done.

One SQLite file: what is written to it is there whole or not at all, however the process ends, and a second process
that would write the same folder finds it locked. The list of files is made once, when a run starts, and sorted by
SQLite on disk; so the chunks of a run are the same each time it goes on, whatever happens to the folders meanwhile.
"""

from __future__ import annotations

import errno
import json
import os
import sqlite3
from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Self

from parcc_nlp.errors import UsageError
from parcc_nlp.library.batch.parquet import part_path
from parcc_nlp.library.batch.work import Chunk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from parcc_nlp.library.batch.inputs import Found
    from parcc_nlp.library.batch.work import Done

__all__ = ["Journal", "Parameters", "Totals"]

_FILE = ("_run", "run.sqlite")  # readers of Parquet folders pass over what begins with a line below
_CODES = {sqlite3.SQLITE_BUSY: "E454", sqlite3.SQLITE_NOTADB: "E451"}
_TABLES = (
    "CREATE TABLE IF NOT EXISTS run (parameters TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS inputs (number INTEGER PRIMARY KEY, path BLOB, size INTEGER, modified INTEGER)",
    """CREATE TABLE IF NOT EXISTS chunks
       (number INTEGER PRIMARY KEY, documents INTEGER, errors INTEGER, findings TEXT, sizes TEXT)""",
    """CREATE TEMP TABLE found
       (key BLOB PRIMARY KEY, argument INTEGER, line INTEGER, path BLOB, size INTEGER, modified INTEGER)""",
)
_NUMBERED = (
    "INSERT INTO inputs SELECT row_number() OVER (ORDER BY argument, line, path) - 1, path, size, modified FROM found"
)
_ONLY_IN = (
    "SELECT count(*) FROM (SELECT path, size, modified FROM {one} EXCEPT SELECT path, size, modified FROM {other})"
)
_FILES_OF_A_CHUNK = "SELECT path FROM inputs WHERE number >= ? AND number < ? ORDER BY number"


@dataclass(frozen=True, slots=True)
class Parameters:
    """What the rows of a run depend on; a run goes on only with what it was started with."""

    package: str
    registry: str
    today: str
    chunk: int
    paths: tuple[str, ...]
    listed: str | None


@dataclass(frozen=True, slots=True)
class Totals:
    """What the finished chunks of a run add up to."""

    chunks: int
    documents: int
    errors: int
    findings: tuple[tuple[str, int], ...]
    """How many of each severity."""


class Journal:
    """The journal of a run, locked while it is open.

    Parameters
    ----------
    output
        The folder of the results; it is made where there is none.

    Raises
    ------
    UsageError
        E308: it cannot be written there. E451: something else stands in the folder. E454: another process is writing
        there.
    """

    def __init__(self, output: Path) -> None:
        self.output = output
        path = output.joinpath(*_FILE)
        try:
            if not path.is_file() and output.is_dir() and any(output.iterdir()):
                raise UsageError("E451", path=str(output))
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            detail = os.strerror(error.errno or errno.EIO)
            raise UsageError("E308", path=str(output), detail=detail) from error
        self._database = sqlite3.connect(path, timeout=0, isolation_level=None)
        try:
            self._lock()
        except sqlite3.DatabaseError as error:
            self._database.close()
            code = _CODES.get(error.sqlite_errorcode, "E308")
            raise UsageError(code, path=str(output), detail=str(error)) from error

    def _lock(self) -> None:
        """Take the lock, which the connection keeps until it is closed or its process ends."""
        for pragma in ("locking_mode = EXCLUSIVE", "synchronous = FULL", "temp_store = FILE"):
            self._database.execute(f"PRAGMA {pragma}")
        self._database.execute("BEGIN EXCLUSIVE")
        for table in _TABLES:
            self._database.execute(table)
        self._database.execute("COMMIT")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    @property
    def parameters(self) -> Parameters | None:
        """What the run was started with; None where none was."""
        row = self._database.execute("SELECT parameters FROM run").fetchone()
        if row is None:
            return None
        kept = json.loads(row[0])
        return Parameters(**{**kept, "paths": tuple(kept["paths"])})

    def look(self, found: Iterable[Found]) -> int:
        """Take note of the files that there are now, each once however often it was named, and count them."""
        self._database.execute("BEGIN")
        self._database.execute("DELETE FROM found")
        self._database.executemany("INSERT OR IGNORE INTO found VALUES (?, ?, ?, ?, ?, ?)", map(_row, found))
        self._database.execute("COMMIT")
        return self._number("SELECT count(*) FROM found")

    def begin(self, parameters: Parameters) -> None:
        """Start anew with the files that were looked at last; what another run left is forgotten."""
        self._database.execute("BEGIN")
        for table in ("run", "inputs", "chunks"):
            self._database.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own
        self._database.execute(_NUMBERED)
        told = json.dumps(asdict(parameters), sort_keys=True)
        self._database.execute("INSERT INTO run VALUES (?)", (told,))
        self._database.execute("COMMIT")

    def changes(self) -> int:
        """Count the files that are new, gone, or other than when the run was started."""
        pairs = (("found", "inputs"), ("inputs", "found"))
        return max(self._number(_ONLY_IN.format(one=one, other=other)) for one, other in pairs)

    @property
    def files(self) -> int:
        """How many files the run has."""
        return self._number("SELECT count(*) FROM inputs")

    def check_parts(self) -> frozenset[int]:
        """Forget finished chunks whose files are not there as they were written, and give the numbers of the others."""
        rows = self._database.execute("SELECT number, sizes FROM chunks").fetchall()
        whole = frozenset(number for number, sizes in rows if self._is_whole(number, json.loads(sizes)))
        lost = [(number,) for number, _ in rows if number not in whole]
        self._database.executemany("DELETE FROM chunks WHERE number = ?", lost)
        return whole

    def waiting(self, size: int, *, done: frozenset[int]) -> Iterator[Chunk]:
        """Give the chunks that are not done, in the order of the input."""
        for number, first in enumerate(range(0, self.files, size)):
            if number not in done:
                rows = self._database.execute(_FILES_OF_A_CHUNK, (first, first + size)).fetchall()
                yield Chunk(number, first, tuple(os.fsdecode(path) for (path,) in rows))

    def finish(self, done: Done) -> None:
        """Take note that a chunk is done; its files are on the disk already."""
        sizes = {table: len(content) for table, content in done.parts.items()}
        row = (done.chunk, done.documents, done.errors, json.dumps(done.findings), json.dumps(sizes))
        self._database.execute("INSERT INTO chunks VALUES (?, ?, ?, ?, ?)", row)

    def totals(self) -> Totals:
        """Add up the finished chunks."""
        chunks, documents, errors = self._database.execute(
            "SELECT count(*), total(documents), total(errors) FROM chunks"
        ).fetchone()
        findings: Counter[str] = Counter()
        for (told,) in self._database.execute("SELECT findings FROM chunks"):
            findings.update(json.loads(told))
        return Totals(chunks, int(documents), int(errors), tuple(sorted(findings.items())))

    def _is_whole(self, number: int, sizes: dict[str, int]) -> bool:
        paths = ((part_path(self.output, table, number), size) for table, size in sizes.items())
        return all(path.is_file() and path.stat().st_size == size for path, size in paths)

    def _number(self, query: str) -> int:
        number: int = self._database.execute(query).fetchone()[0]
        return number


def _row(found: Found) -> tuple[Any, ...]:
    key, path = os.fsencode(os.path.normpath(found.path)), os.fsencode(found.path)
    return (key, *found.order, path, found.size, found.modified)
