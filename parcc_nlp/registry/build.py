"""From the CSV files, which are the source of truth, to the one SQLite file that is read.

The file depends on the CSV files only: built twice, it has the same bytes. It is made on first use in the user's cache
folder, or in memory where nothing may be written (`parcc_nlp.registry.layers.shipped_layer`).
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parcc_nlp.errors import RegistryError
from parcc_nlp.registry.digest import rows_digest
from parcc_nlp.registry.identity import stored_key
from parcc_nlp.registry.names import LAW_TYPES, name_key
from parcc_nlp.registry.parts import read_parts
from parcc_nlp.registry.tables import COLUMNS, CONTENT, DDL, FORMAT, OPTIONAL, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = [
    "ADDITIONS_FOLDER",
    "MANIFEST",
    "built",
    "data_dir",
    "files_digest",
    "insert",
    "keys_of",
    "loose_key",
    "manifest_of",
    "put_meta",
]

MANIFEST = "MANIFEST.json"
ADDITIONS_FOLDER = "additions"
_PACKAGE = Path(__file__).resolve().parent.parent
_INSTRUMENTS = "instruments.csv"
_SEPARATORS = re.compile(r"[-/]")


def data_dir() -> Path:
    """Give the folder of the registry shipped with the library: in the wheel, or in a checkout.

    Raises
    ------
    RegistryError
        E201 when neither is there.
    """
    for folder in (_PACKAGE / "corpora" / "registry", _PACKAGE.parent / "corpora" / "registry"):
        if (folder / _INSTRUMENTS).is_file():
            return folder
    raise RegistryError("E201", path=str(_PACKAGE / "corpora" / "registry"), detail=_INSTRUMENTS)


def manifest_of(folder: Path) -> dict[str, Any]:
    """Read the manifest of a registry folder.

    Raises
    ------
    RegistryError
        E201 when it is missing or damaged.
    """
    path = folder / MANIFEST
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RegistryError("E201", path=str(path), detail=type(error).__name__) from error
    if not isinstance(manifest, dict) or not {"version", "date"} <= set(manifest):
        raise RegistryError("E201", path=str(path), detail="version, date")
    return manifest


def built(folder: Path) -> bytes:
    """Build the SQLite file of a registry folder and give its bytes.

    Raises
    ------
    RegistryError
        E201 when a file is missing, is not UTF-8 CSV, lacks a column, or has a row of another width; the file and the
        line are named.
    """
    manifest = manifest_of(folder)
    date = str(manifest["date"])
    connection = sqlite3.connect(":memory:")
    try:
        connection.executescript(DDL)
        _fill(connection, folder, date=date)
        added = folder / ADDITIONS_FOLDER
        if added.is_dir():
            for table in CONTENT:
                if (added / f"{table}.csv").is_file():
                    insert(connection, table, _added_rows(added, table))
        put_meta(
            connection,
            {
                "format": FORMAT,
                "schema": str(SCHEMA),
                "kind": "complete" if added.is_dir() else "base",
                "version": str(manifest["version"]),
                "date": date,
                "sha256": str(manifest.get("sha256", "")),
                "content": rows_digest(connection),
            },
        )
        connection.commit()
        return connection.serialize()
    except sqlite3.Error as error:
        raise RegistryError("E201", path=str(folder), detail=str(error)) from error
    finally:
        connection.close()


def insert(connection: sqlite3.Connection, table: str, rows: Iterable[Iterable[str | int | None]]) -> None:
    """Insert rows with every column of a table."""
    columns = CONTENT[table]
    statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
    connection.executemany(statement, (tuple(row) for row in rows))


def put_meta(connection: sqlite3.Connection, values: dict[str, str]) -> None:
    """Write what a file says of itself."""
    connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", sorted(values.items()))


def keys_of(number: str | None, doc_type: str | None, title: str | None) -> tuple[str | None, str | None, str | None]:
    """Give the keys an instrument is found by: its number, its number blind to separators, the name of a law."""
    key = stored_key(number) if number else None
    named = name_key(title) if title and doc_type in LAW_TYPES else None
    return key, loose_key(key) if key else None, named


def loose_key(key: str) -> str:
    """Make the separators of a number's key alike, for symbols such as 255/2025-NĐ-CP and 27/NQ-TW."""
    return _SEPARATORS.sub("-", key)


def _fill(connection: sqlite3.Connection, folder: Path, *, date: str) -> None:
    """Fill the tables from the CSV files."""
    insert(connection, "instruments", (_instrument(cells, date) for cells in _cells(folder, _INSTRUMENTS)))
    for name, lead in (("relations.csv", 0), ("leads.csv", 1)):
        insert(connection, "relations", _relations(folder, name, lead, date))
    insert(
        connection,
        "living",
        (
            (None, instrument, day, kind, source, quote, "shipped", *3 * [None], learned or date, *3 * [None])
            for instrument, day, kind, source, quote, learned in _cells(folder, "in_force.csv")
        ),
    )
    insert(connection, "disagreements", _cells(folder, "disagreements.csv"))
    insert(connection, "reorganisations", _cells(folder, "reorganisation.csv"))


def _instrument(cells: list[Any], date: str) -> tuple[Any, ...]:
    retrieved, trust, note = cells[16:]
    return (
        *cells[:16], trust or "verified", note, *keys_of(cells[1], cells[2], cells[4]), "shipped", None, None, None,
        retrieved or date,
    )  # fmt: skip


def _relations(folder: Path, name: str, lead: int, date: str) -> Iterator[tuple[Any, ...]]:
    for cells in _cells(folder, name):
        source, kind, target, parts, *rest, evidence, retrieved, trust = cells
        if read_parts(parts or "") is None:
            raise RegistryError("E201", path=str(folder / name), place=f"{source}, {kind}, {target}", detail=str(parts))
        yield (
            None, source, kind, target, parts, *rest, evidence, None, None, trust or "verified", lead, "shipped",
            None, None, None, retrieved or date, None, None, None,
        )  # fmt: skip


def _added_rows(folder: Path, table: str) -> Iterator[list[str | None]]:
    """Read one table of additions, whose files hold the columns of the SQLite file."""
    return ([cell or None for cell in row] for row in _rows(folder / f"{table}.csv", CONTENT[table]))


def _cells(folder: Path, name: str) -> Iterator[list[Any]]:
    path = folder / name
    if name in OPTIONAL and not path.exists():
        return iter(())
    return ([cell or None for cell in row] for row in _rows(path, COLUMNS[name]))


def _rows(path: Path, expected: tuple[str, ...]) -> list[list[str]]:
    """Read one file and check its columns; an empty cell stays an empty string."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            columns = tuple(next(reader, ()))
            rows = list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise RegistryError("E201", path=str(path), detail=type(error).__name__) from error
    if columns != expected:
        raise RegistryError("E201", path=str(path), detail=f"{', '.join(columns)} != {', '.join(expected)}")
    width = len(columns)
    for row in rows:
        if len(row) != width:
            raise RegistryError("E201", path=str(path), place=",".join(row[:3]), detail=f"{len(row)} != {width}")
    return rows


def files_digest(folder: Path) -> str:
    """Give the digest of the files a registry is built from, as the manifest has it."""
    names = sorted(name for name in COLUMNS if (folder / name).is_file())
    return hashlib.sha256(b"".join((folder / name).read_bytes() for name in names)).hexdigest()
