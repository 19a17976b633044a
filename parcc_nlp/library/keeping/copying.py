"""Copying every row of a library from one database into another, of whatever kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select, text

from parcc_nlp.errors import LibraryError
from parcc_nlp.library.feeds import tables as _feeds
from parcc_nlp.library.packing import indexed_words, unpacked_extraction
from parcc_nlp.library.schema import DOCUMENT, META, METADATA, VERSION
from parcc_nlp.library.text_index import clear_index, put_words

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

    from parcc_nlp.model import Extraction

__all__ = ["copy_rows", "index_all", "readable"]

# The tables of the feeds stand beside those of the schema once their module was loaded.
_TABLES: tuple[Table, ...] = tuple(METADATA.sorted_tables) if _feeds else ()
_AT_ONCE = 500
_PLACE = "files"
"""Where the originals of a library in PostgreSQL are: its own affair, and no copy's."""


def copy_rows(source: Connection, target: Connection) -> None:
    """Copy the rows of a library into one that is empty, and index the texts there.

    Parameters
    ----------
    source
        A connection that reads, as of one moment.
    target
        A connection that writes, to tables of the same revision.
    """
    for table in _TABLES:
        query = select(table)
        if table is META:
            query = query.where(META.c.name != _PLACE)
        for rows in source.execute(query).yield_per(_AT_ONCE).partitions():
            target.execute(insert(table), [dict(row._mapping) for row in rows])  # noqa: SLF001 - SQLAlchemy's own name
    if target.dialect.name == "postgresql":
        _count_on(target)
    index_all(target)


def index_all(connection: Connection) -> None:
    """Make the full text index anew from the current version of every document; what cannot be read is left out."""
    clear_index(connection)
    query = select(DOCUMENT.c.id, VERSION.c.extraction).join(VERSION, VERSION.c.id == DOCUMENT.c.version_id)
    ids: list[int] = list(connection.scalars(select(DOCUMENT.c.id).order_by(DOCUMENT.c.id)))
    for first in range(0, len(ids), _AT_ONCE):
        for row in connection.execute(query.where(DOCUMENT.c.id.in_(ids[first : first + _AT_ONCE]))).all():
            extraction = readable(row.extraction)
            if extraction is not None:
                put_words(connection, row.id, indexed_words(extraction))


def readable(packed: bytes) -> Extraction | None:
    """Read an extraction back; None where it is damaged (`parcc_nlp.library.keeping.verify` tells which)."""
    try:
        return unpacked_extraction(packed)
    except LibraryError:
        return None


def _count_on(target: Connection) -> None:
    """Have PostgreSQL number new rows behind those that came with their numbers."""
    for table in _TABLES:
        column = table.c.get("id")
        if column is None:
            continue
        highest = target.scalar(select(func.max(column)))
        if highest is not None:
            target.execute(text("SELECT setval(pg_get_serial_sequence(:t, 'id'), :n)"), {"t": table.name, "n": highest})
