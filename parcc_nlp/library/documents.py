"""Looking documents of the library up: by number, by identity, in lists, with their versions and files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from parcc_nlp.errors import LibraryError
from parcc_nlp.library.packing import unpacked_extraction
from parcc_nlp.library.schema import DOCUMENT, RENDITION, VERSION
from parcc_nlp.library.values import Rendition, StoredDocument, StoredVersion
from parcc_nlp.registry.identity import number_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Connection

    from parcc_nlp.model import Extraction

__all__ = [
    "count",
    "document",
    "documents",
    "documents_with",
    "extraction_of",
    "extractions",
    "meant",
    "renditions",
    "versions",
]

_AT_ONCE = 500


def meant(connection: Connection, reference: str | int) -> StoredDocument:
    """Give the document that a number in the library, an identity or the number of a document means.

    Raises
    ------
    LibraryError
        E508: the library has none; E509: several bear the number.
    """
    if isinstance(reference, int) or reference.isdecimal():
        return document(connection, int(reference))
    by_identity = connection.execute(select(DOCUMENT).where(DOCUMENT.c.identity == reference)).first()
    if by_identity is not None:
        return _document(by_identity)
    bearing = select(DOCUMENT).where(DOCUMENT.c.number_key == number_key(reference)).order_by(DOCUMENT.c.id)
    found = [_document(row) for row in connection.execute(bearing)]
    if not found:
        raise LibraryError("E508", document=reference)
    if len(found) > 1:
        raise LibraryError("E509", document=reference, candidates=", ".join(one.identity for one in found))
    return found[0]


def document(connection: Connection, document_id: int) -> StoredDocument:
    """Give a document by its number in the library.

    Raises
    ------
    LibraryError
        E508: there is none.
    """
    row = connection.execute(select(DOCUMENT).where(DOCUMENT.c.id == document_id)).first()
    if row is None:
        raise LibraryError("E508", document=document_id)
    return _document(row)


def documents(  # noqa: PLR0913 - every option is keyword-only and leaves out what it is not given
    connection: Connection,
    *,
    doc_type: str | None = None,
    year: int | None = None,
    draft: bool | None = None,
    most: int | None = None,
    before: int | None = None,
) -> tuple[StoredDocument, ...]:
    """List documents, the newest in the library first.

    Parameters
    ----------
    connection
        A connection.
    doc_type, year, draft
        List only those of a type, signed in a year, issued or not.
    most
        How many.
    before
        Begin behind the document with this number: the next page of a list.
    """
    query = select(DOCUMENT).order_by(DOCUMENT.c.id.desc())
    if doc_type is not None:
        query = query.where(DOCUMENT.c.doc_type == doc_type)
    if year is not None:
        query = query.where(DOCUMENT.c.issued.between(f"{year}-01-01", f"{year}-12-31"))
    if draft is not None:
        query = query.where(DOCUMENT.c.draft.is_(draft))
    if before is not None:
        query = query.where(DOCUMENT.c.id < before)
    return tuple(_document(row) for row in connection.execute(query.limit(most)))


def documents_with(connection: Connection, document_ids: Iterable[int]) -> tuple[StoredDocument, ...]:
    """Give some documents by their numbers, in that order; a number that is none is left out."""
    wanted = list(document_ids)
    found: dict[int, StoredDocument] = {}
    for first in range(0, len(wanted), _AT_ONCE):
        query = select(DOCUMENT).where(DOCUMENT.c.id.in_(wanted[first : first + _AT_ONCE]))
        found |= {row.id: _document(row) for row in connection.execute(query)}
    return tuple(found[one] for one in wanted if one in found)


def count(connection: Connection) -> int:
    """Count the documents."""
    return connection.scalar(select(func.count()).select_from(DOCUMENT)) or 0


def versions(connection: Connection, document_id: int) -> tuple[StoredVersion, ...]:
    """List the versions of a document, the first one first."""
    columns = [VERSION.c[name] for name in StoredVersion.__slots__]
    query = select(*columns).where(VERSION.c.document_id == document_id).order_by(VERSION.c.ordinal)
    return tuple(_version(row) for row in connection.execute(query))


def renditions(connection: Connection, version_id: int) -> tuple[Rendition, ...]:
    """List the files of a version in the order in which they came."""
    query = select(RENDITION).where(RENDITION.c.version_id == version_id)
    found = [
        Rendition(row.sha256, row.version_id, row.name, row.origin, row.added_at) for row in connection.execute(query)
    ]
    return tuple(sorted(found, key=_by_arrival))


def extraction_of(connection: Connection, version_id: int) -> Extraction:
    """Give what was found in a version.

    Raises
    ------
    LibraryError
        E514: it cannot be read back.
    """
    packed = connection.scalar(select(VERSION.c.extraction).where(VERSION.c.id == version_id))
    if packed is None:
        raise LibraryError("E514")
    return unpacked_extraction(packed)


def extractions(connection: Connection, document_ids: Iterable[int] | None = None) -> Iterator[tuple[int, Extraction]]:
    """Give the current extraction of some documents, or of all, with their numbers, one after the other."""
    query = select(DOCUMENT.c.id, VERSION.c.extraction).join(VERSION, VERSION.c.id == DOCUMENT.c.version_id)
    query = query.order_by(DOCUMENT.c.id)
    if document_ids is not None:
        query = query.where(DOCUMENT.c.id.in_(list(document_ids)))
    for row in connection.execute(query).yield_per(100):
        yield row.id, unpacked_extraction(row.extraction)


def _document(row: Any) -> StoredDocument:
    return StoredDocument(**{name: getattr(row, name) for name in StoredDocument.__slots__})


def _version(row: Any) -> StoredVersion:
    return StoredVersion(*row)


def _by_arrival(one: Rendition) -> tuple[str, str]:
    return one.added_at, one.sha256
