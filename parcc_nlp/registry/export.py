"""Base and additions as one thing to carry: a SQLite file, or a folder of CSV files, that gives the same answers."""

from __future__ import annotations

import csv
import json
import os
import sqlite3
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parcc_nlp.errors import RegistryError
from parcc_nlp.registry.build import ADDITIONS_FOLDER, MANIFEST, files_digest, insert, put_meta
from parcc_nlp.registry.digest import rows_digest
from parcc_nlp.registry.tables import ADDED, COLUMNS, CONTENT, DDL, FORMAT, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parcc_nlp.registry.layers import Layer

__all__ = ["export_file", "export_folder"]

_RELATIONS = (
    "source, kind, target, parts, effective, not_before, not_after, clause, exception, evidence, learned, confidence"
)
_SHIPPED_IDS = "SELECT id FROM instruments WHERE origin = 'shipped'"
_SHIPPED = {
    "instruments.csv": """
        SELECT id, number, doc_type, legal_class, title, issuer, issued, effective, expires, perhaps_expires,
            checked_on, surveyed, signed_from, signed_to, source, field_sources, learned, confidence, note
        FROM instruments WHERE origin = 'shipped' ORDER BY rowid
    """,
    "relations.csv": f"SELECT {_RELATIONS} FROM relations WHERE origin = 'shipped' AND lead = 0 ORDER BY rowid",
    "leads.csv": f"SELECT {_RELATIONS} FROM relations WHERE origin = 'shipped' AND lead = 1 ORDER BY rowid",
    "in_force.csv": """
        SELECT instrument, date, kind, source, quote, learned FROM living WHERE origin = 'shipped' ORDER BY rowid
    """,
    "disagreements.csv": """
        SELECT instrument, number, field, kept, kept_from, other, other_from FROM disagreements ORDER BY rowid
    """,
    "reorganisation.csv": """
        SELECT level, old_name, change, new_name, effective, legal_source, evidence, retrieved, confidence, note
        FROM reorganisations ORDER BY rowid
    """,
}


def export_file(layers: tuple[Layer, ...], path: Path) -> None:
    """Write all layers as one SQLite file.

    Raises
    ------
    RegistryError
        E211 when it cannot be written there, or something else lies there.
    """
    _check_free(path)
    connection = sqlite3.connect(":memory:")
    try:
        connection.executescript(DDL)
        for table, columns in CONTENT.items():
            query = f"SELECT {', '.join(columns)} FROM {table} ORDER BY rowid"
            insert(connection, table, _each_once(layers, query, keyed=columns[0] == "id"))
        put_meta(connection, _meta(layers) | {"content": rows_digest(connection)})
        connection.commit()
        image = connection.serialize()
    finally:
        connection.close()
    _put(path, image)


def export_folder(layers: tuple[Layer, ...], path: Path) -> None:
    """Write all layers as a folder of CSV files in the form of ``corpora/registry``.

    What an office added stands in the folder ``additions``, a file a table, with who told it, when it was learned and
    when it was withdrawn.

    Raises
    ------
    RegistryError
        E211 when it cannot be written there.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        for name, query in _SHIPPED.items():
            rows = [row for layer in layers for row in layer.select(query)]
            _write_rows(path / name, COLUMNS[name], rows)
        added = any(layer.has_additions for layer in layers)
        for table in ADDED if added else ():
            columns = CONTENT[table]
            where = " WHERE origin <> 'shipped'" if "origin" in columns else ""
            query = f"SELECT {', '.join(columns)} FROM {table}{where} ORDER BY rowid"
            (path / ADDITIONS_FOLDER).mkdir(exist_ok=True)
            rows = _each_once(layers, query, keyed=True)
            if table == "instruments":
                shipped = {identity for layer in layers for (identity,) in layer.select(_SHIPPED_IDS)}
                rows = [row for row in rows if row[0] not in shipped]
            _write_rows(path / ADDITIONS_FOLDER / f"{table}.csv", columns, rows)
        meta = _meta(layers)
        manifest = {"version": meta["version"], "date": meta["date"], "sha256": files_digest(path)}
        (path / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise RegistryError("E211", path=str(path), detail=str(error)) from error


def _each_once(layers: tuple[Layer, ...], query: str, *, keyed: bool) -> list[tuple[Any, ...]]:
    """Collect the rows of all layers; of two with one id the one that is believed, that of the lower layer.

    What an office created the shipped data may have come to know since.
    """
    rows = [row for layer in layers for row in layer.select(query)]
    if not keyed:
        return rows
    first: dict[str, tuple[Any, ...]] = {}
    for row in rows:
        if row[0] is not None:
            first.setdefault(row[0], row)
    return [row for row in rows if row[0] is None or first[row[0]] is row]


def _meta(layers: tuple[Layer, ...]) -> dict[str, str]:
    return {
        "format": FORMAT,
        "schema": str(SCHEMA),
        "kind": "complete",
        "version": ", ".join(layer.version for layer in layers if layer.version),
        "date": layers[0].date,
        "sha256": layers[0].sha256,
    }


def _check_free(path: Path) -> None:
    """Write over nothing that is no registry file, nor over a file of additions."""
    from parcc_nlp.registry.layers import open_layer  # noqa: PLC0415 - the two modules need each other

    if path.is_dir():
        raise RegistryError("E211", path=str(path), detail="thư mục / a folder")
    if path.is_file() and path.stat().st_size and open_layer(path).kind == "additions":
        raise RegistryError("E211", path=str(path), detail="additions")


def _put(path: Path, image: bytes) -> None:
    """Write a file so that nobody ever sees half of it."""
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=path.name, suffix=".part", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(image)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError as error:
        if temporary is not None:
            with suppress(OSError):
                Path(temporary).unlink()
        raise RegistryError("E211", path=str(path), detail=str(error)) from error


def _write_rows(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
