"""One SQLite file of a registry, open for reading: rows by key, nothing decided.

The shipped file and an export are opened where they lie and read row by row. A file of additions may be written by
another process at any time: it is small, and taken into memory as it is on opening, so that one registry never answers
from two states of it.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
import threading
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import platformdirs

from parcc_nlp.errors import RegistryError
from parcc_nlp.registry.build import built, data_dir, manifest_of
from parcc_nlp.registry.digest import EMPTY, rows_digest
from parcc_nlp.registry.parts import NO_PARTS, read_parts
from parcc_nlp.registry.tables import (
    FORMAT,
    KEYS,
    SCHEMA,
    Clash,
    Disagreement,
    Edge,
    FieldRow,
    FileKind,
    Living,
    Reorganisation,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcc_nlp.registry.parts import Parts

__all__ = ["Layer", "folder_layer", "open_layer", "shipped_layer", "snapshot"]

_INSTRUMENT = (
    "id, number, doc_type, title, issuer, issued, effective, expires, source, confidence, checked_on, note, "
    "legal_class, perhaps_expires, surveyed, signed_from, signed_to, origin, name, learned"
)
_EDGE = (
    "source, kind, target, effective, not_before, not_after, clause, exception, evidence, confidence, parts, lead, "
    "origin, name, learned, withdrawn, id"
)
_LIVING = "instrument, date, kind, source, quote, origin, learned, withdrawn"
_FIELD = (
    "id, instrument, field, value, since, because, confidence, origin, name, place, learned, withdrawn, withdrawn_by, "
    "withdrawn_because"
)


class Layer:
    """One file, or one image in memory, of a registry.

    A layer may be shared by threads, is opened anew in another process, and is pickled by where its data are.
    """

    def __init__(self, *, path: Path | None = None, image: bytes | None = None, name: str | None = None) -> None:
        self._path = path
        self._image = image
        self._lock = threading.Lock()
        self._process = os.getpid()
        self._open = _connected(path, image)
        meta = _meta_of(self._open, path)
        self.kind = cast("FileKind", meta["kind"])
        self.date = meta["date"]
        self.content = meta["content"]
        self.sha256 = meta.get("sha256", "")
        self.version = _version(self.kind, meta, name or (path.name if path else None))
        self.has_additions = self.kind != "base"

    def __reduce__(self) -> tuple[Any, ...]:
        return _reopened, (self._path, self._image, self.version)

    @property
    def path(self) -> Path | None:
        """Where the file lies; None for an image in memory."""
        return self._path

    def select(self, query: str, values: Sequence[str] = ()) -> list[tuple[Any, ...]]:
        """Run a query."""
        if self._process != os.getpid():
            # A connection does not survive a fork.
            self._open, self._process, self._lock = _connected(self._path, self._image), os.getpid(), threading.Lock()
        try:
            with self._lock:
                return self._open.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise RegistryError("E204", path=str(self._path) if self._path else None, detail=str(error)) from error

    def computed_content(self) -> str:
        """Compute the content hash from the rows, to be compared with the one the file bears."""
        try:
            with self._lock:
                return rows_digest(self._open)
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            raise RegistryError("E204", path=str(self._path) if self._path else None, detail=str(error)) from error

    def image(self) -> bytes:
        """Give the whole file as bytes."""
        with self._lock:
            return self._open.serialize()

    # Instruments

    def instrument(self, identity: str) -> tuple[Any, ...] | None:
        """Give the row of an instrument, in the order of `_INSTRUMENT`."""
        rows = self.select(f"SELECT {_INSTRUMENT} FROM instruments WHERE id = ?", (identity,))
        return rows[0] if rows else None

    def ids(self) -> list[str]:
        """List every instrument."""
        return [row[0] for row in self.select("SELECT id FROM instruments ORDER BY id")]

    def instruments(self) -> list[tuple[Any, ...]]:
        """List the rows of all instruments."""
        return self.select(f"SELECT {_INSTRUMENT} FROM instruments ORDER BY id")

    def by_number(self, key: str) -> list[str]:
        """List the instruments with this key of a number."""
        return [row[0] for row in self.select("SELECT id FROM instruments WHERE number_key = ? ORDER BY id", (key,))]

    def by_loose(self, key: str) -> list[str]:
        """List the instruments with this number, blind to its separators."""
        return [row[0] for row in self.select("SELECT id FROM instruments WHERE loose_key = ? ORDER BY id", (key,))]

    def by_name(self, key: str) -> list[str]:
        """List the instruments that are or may be the laws of this name."""
        query = "SELECT id FROM instruments WHERE name_key = ? UNION SELECT instrument FROM fields WHERE name_key = ?"
        return sorted(row[0] for row in self.select(query, (key, key)))

    def names(self) -> list[str]:
        """List the keys of the names of all laws."""
        query = (
            "SELECT name_key FROM instruments WHERE name_key IS NOT NULL "
            "UNION SELECT name_key FROM fields WHERE name_key IS NOT NULL"
        )
        return [row[0] for row in self.select(query)]

    # What is told of them

    def fields(self, identity: str) -> list[FieldRow]:
        """List what was added on the fields of an instrument."""
        rows = self.select(f"SELECT {_FIELD} FROM fields WHERE instrument = ? ORDER BY id", (identity,))
        return [FieldRow(*row) for row in rows]

    def corrections(self) -> list[FieldRow]:
        """List what officers said of fields."""
        return [FieldRow(*row) for row in self.select(f"SELECT {_FIELD} FROM fields WHERE origin = 'officer'")]

    def into(self, identity: str) -> list[Edge]:
        """List the relations, leads among them, whose target is the instrument."""
        query = f"SELECT {_EDGE} FROM relations WHERE target = ? ORDER BY rowid"
        return [_edge(row) for row in self.select(query, (identity,))]

    def out_of(self, identity: str) -> list[Edge]:
        """List the relations, leads among them, whose source is the instrument."""
        query = f"SELECT {_EDGE} FROM relations WHERE source = ? ORDER BY rowid"
        return [_edge(row) for row in self.select(query, (identity,))]

    def living(self, identity: str) -> list[Living]:
        """List the days on which sources show the instrument in force."""
        query = f"SELECT {_LIVING} FROM living WHERE instrument = ? ORDER BY rowid"
        return [Living(*row) for row in self.select(query, (identity,))]

    def has_uses_by(self, number: str, issued: str) -> bool:
        """Say whether the căn cứ lines of a document that was learned stand among what shows instruments in force."""
        query = "SELECT 1 FROM living WHERE kind = 'basis' AND origin <> 'shipped' AND source = ? AND date = ? LIMIT 1"
        return bool(self.select(query, (number, issued)))

    def clashes(self, identity: str) -> list[Clash]:
        """List what was told of an instrument and could not be taken in."""
        query = (
            "SELECT instrument, field, kept, kept_from, other, other_from, learned FROM clashes "
            "WHERE instrument = ? ORDER BY id"
        )
        return [Clash(*row) for row in self.select(query, (identity,))]

    def disagreements(self, identity: str) -> list[Disagreement]:
        """List where the sources of the shipped data differ on an instrument."""
        query = (
            "SELECT field, kept, kept_from, other, other_from FROM disagreements WHERE instrument = ? ORDER BY rowid"
        )
        return [Disagreement(*row) for row in self.select(query, (identity,))]

    def reorganisations(self) -> tuple[Reorganisation, ...]:
        """List the agencies and units renamed, merged, ended."""
        return tuple(Reorganisation(*row) for row in self.select("SELECT * FROM reorganisations ORDER BY rowid"))


def shipped_layer() -> Layer:
    """Open the registry shipped with the library.

    Its file is made of the CSV files on first use, in the user's cache folder, under a name that changes with them;
    where nothing may be written it is made in memory.

    Raises
    ------
    RegistryError
        E201 when the data files are missing or damaged.
    """
    folder = data_dir()
    wanted = str(manifest_of(folder).get("sha256", ""))
    cached = platformdirs.user_cache_path("parcc_nlp") / f"registry-{wanted[:16]}-{SCHEMA}.{KEYS}.sqlite"
    current = _current(cached, wanted)
    if current is not None:
        return current
    image = built(folder)
    _put_aside(cached, image)
    return _current(cached, wanted) or Layer(image=image)


def folder_layer(folder: Path) -> Layer:
    """Read a folder of CSV files into memory."""
    return Layer(image=built(folder))


def open_layer(path: Path) -> Layer:
    """Open a registry file of any kind.

    Raises
    ------
    RegistryError
        E204 when it is missing, damaged or no registry; E205 when a newer version of the program wrote it.
    """
    if not path.is_file():
        raise RegistryError("E204", path=str(path), detail="không có tệp / no such file")
    layer = Layer(path=path)
    return snapshot(path) if layer.kind == "additions" else layer


def snapshot(path: Path) -> Layer:
    """Take a file into memory as it is now."""
    memory = sqlite3.connect(":memory:")
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as source:
            source.backup(memory)
        return Layer(image=memory.serialize(), name=path.name)
    except sqlite3.DatabaseError as error:
        raise RegistryError("E204", path=str(path), detail=str(error)) from error
    finally:
        memory.close()


def _current(path: Path, sha256: str) -> Layer | None:
    """Open the built file if it is there, whole, and made of the data files as they are now."""
    with suppress(RegistryError, OSError):
        if not path.is_file():
            return None
        layer = Layer(path=path)
        if layer.kind != "additions" and layer.sha256 == sha256 and sha256:
            return layer
    return None


def _put_aside(path: Path, image: bytes) -> None:
    """Write a file so that another process sees all of it or nothing; nothing is done where that is not allowed."""
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=path.name, suffix=".part", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(image)
        # What mkstemp makes is the owner's alone; the others of the machine may read the data, too.
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError:
        if temporary is not None:
            with suppress(OSError):
                Path(temporary).unlink()


def _connected(path: Path | None, image: bytes | None) -> sqlite3.Connection:
    """Open a connection that can only read."""
    try:
        if image is not None:
            connection = sqlite3.connect(":memory:", check_same_thread=False)
            connection.deserialize(image)
        else:
            address = f"{(path or Path()).absolute().as_uri()}?mode=ro&immutable=1"
            connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        connection.execute("PRAGMA query_only = ON")
    except sqlite3.DatabaseError as error:
        raise RegistryError("E204", path=str(path) if path else None, detail=str(error)) from error
    return connection


def _meta_of(connection: sqlite3.Connection, path: Path | None) -> dict[str, str]:
    """Read what a file says of itself, and check that this program can read it."""
    where = str(path) if path else None
    try:
        meta = dict(connection.execute("SELECT name, value FROM meta").fetchall())
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise RegistryError("E204", path=where, detail=str(error)) from error
    if meta.get("format") != FORMAT or not {"schema", "kind", "date", "content"} <= set(meta):
        raise RegistryError("E204", path=where, detail="meta")
    if meta["schema"] != str(SCHEMA):
        raise RegistryError("E205", path=where, found=meta["schema"], expected=SCHEMA)
    return meta


def _version(kind: FileKind, meta: dict[str, str], name: str | None) -> str:
    """Name the version of a layer: date and digest of its content; of additions also the file."""
    if kind != "additions":
        return meta["version"]
    if meta["content"] == EMPTY:
        return ""
    return f"{meta['date']}+{meta['content'][:8]}" + (f" ({name})" if name else "")


def _reopened(path: Path | None, image: bytes | None, version: str) -> Layer:
    layer = Layer(path=path, image=image)
    layer.version = version
    return layer


def _edge(row: tuple[Any, ...]) -> Edge:
    *before, parts, lead, origin, name, learned, withdrawn, identity = row
    return Edge._make([*before, _parts(parts), bool(lead), origin, name, learned, withdrawn, identity])


def _parts(text: str | None) -> Parts:
    return (read_parts(text) if text else None) or NO_PARTS
