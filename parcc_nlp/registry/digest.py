"""The content hash of a registry file: the same for the same rows, in whatever order they were written.

Each row has the SHA-256 of its cells; the hash of the file is that of their sum. It finds damage and mix-ups, and tells
which content answered; it is no signature against somebody who forges a file on purpose.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from parcc_nlp.registry.tables import CONTENT

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

__all__ = ["EMPTY", "added_to", "row_digest", "rows_digest"]

EMPTY = "0" * 64
_ROOM = 2**256


def row_digest(table: str, cells: Sequence[str | int | None]) -> int:
    """Give the digest of one row as a number."""
    # No cell holds a unit separator: texts come from CSV files and from JSON-like claims of one line.
    text = "\x1f".join([table, *("" if cell is None else f"={cell}" for cell in cells)])
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest())


def added_to(digest: str, *, put: Iterable[int] = (), taken: Iterable[int] = ()) -> str:
    """Give the digest of a content after rows were put in and taken out."""
    return f"{(int(digest, 16) + sum(put) - sum(taken)) % _ROOM:064x}"


def rows_digest(connection: sqlite3.Connection, tables: Iterable[str] = tuple(CONTENT)) -> str:
    """Compute the digest of all rows of a file."""
    total = 0
    for table in tables:
        columns = ", ".join(CONTENT[table])
        total += sum(row_digest(table, row) for row in connection.execute(f"SELECT {columns} FROM {table}"))
    return f"{total % _ROOM:064x}"
