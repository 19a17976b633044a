"""Making anew what is derived: extractions from the bytes of the files, links and text index from the extractions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from parcc_nlp.errors import ParccError
from parcc_nlp.library.documents import renditions
from parcc_nlp.library.examining import examine
from parcc_nlp.library.keeping.copying import index_all, readable
from parcc_nlp.library.links import put_links
from parcc_nlp.library.packing import packed_extraction, packed_links, text_digest
from parcc_nlp.library.schema import DOCUMENT, VERSION

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Connection

    from parcc_nlp.library.keeping.problems import Problem, ProblemKind
    from parcc_nlp.library.library import Library
    from parcc_nlp.library.values import Rendition
    from parcc_nlp.model import Extraction

__all__ = ["repair"]

_OF_VERSION: frozenset[ProblemKind] = frozenset({"extraction_unreadable", "extraction_text", "span_wrong"})
_OF_INDEX: frozenset[ProblemKind] = frozenset({"index_wrong", "index_leftover"})


def repair(library: Library, problems: Collection[Problem]) -> None:
    """Mend what can be mended; what cannot stays as it is, to be met again.

    Parameters
    ----------
    library
        The library.
    problems
        What `parcc_nlp.library.keeping.verify` found.
    """
    with library.writing() as connection:
        for number in _numbers(problems, {"version_missing"}):
            _point_at_newest(connection, number)
    mended = [number for number in _numbers(problems, _OF_VERSION) if _extract_anew(library, number)]
    with library.writing() as connection:
        owners = select(DOCUMENT.c.id).where(DOCUMENT.c.version_id.in_(mended))
        pointed = _numbers(problems, {"version_missing"})
        for number in {*_numbers(problems, {"links_wrong"}), *pointed, *connection.scalars(owners)}:
            _link_anew(connection, number)
        if mended or pointed or any(one.kind in _OF_INDEX for one in problems):
            index_all(connection)
    for path in library.originals.half_written():
        path.unlink(missing_ok=True)


def _numbers(problems: Collection[Problem], kinds: Collection[ProblemKind]) -> list[int]:
    return sorted({one.number for one in problems if one.kind in kinds and one.number is not None})


def _point_at_newest(connection: Connection, document_id: int) -> None:
    newest = select(VERSION.c.id).where(VERSION.c.document_id == document_id).order_by(VERSION.c.ordinal.desc())
    version_id = connection.scalar(newest.limit(1))
    if version_id is not None:
        count = select(func.max(VERSION.c.ordinal)).where(VERSION.c.document_id == document_id).scalar_subquery()
        values = {"version_id": version_id, "versions": count}
        connection.execute(update(DOCUMENT).where(DOCUMENT.c.id == document_id).values(**values))


def _extract_anew(library: Library, version_id: int) -> bool:
    """Extract a version anew from the bytes of one of its files; only what gives the text it had is taken."""
    with library.reading() as connection:
        wanted = connection.scalar(select(VERSION.c.text_sha256).where(VERSION.c.id == version_id))
        files = renditions(connection, version_id)
    for file in files:
        extraction = _extracted(library, file)
        if extraction is not None and text_digest(extraction.text) == wanted:
            values = {"extraction": packed_extraction(extraction), "characters": len(extraction.text)}
            with library.writing() as connection:
                connection.execute(update(VERSION).where(VERSION.c.id == version_id).values(**values))
            return True
    return False


def _extracted(library: Library, file: Rendition) -> Extraction | None:
    try:
        data = library.original(file.sha256)
        return examine(data, name=file.name, registry=library.registry, today=library.today()).extraction
    except ParccError:
        # The file is missing, or cannot be read any more: another one of the version may do.
        return None


def _link_anew(connection: Connection, document_id: int) -> None:
    query = select(DOCUMENT.c.identity, VERSION.c.extraction).join(VERSION, VERSION.c.id == DOCUMENT.c.version_id)
    row = connection.execute(query.where(DOCUMENT.c.id == document_id)).first()
    if row is not None and (extraction := readable(row.extraction)) is not None:
        instruments, edges = packed_links(extraction)
        put_links(connection, document_id, identity=row.identity, instruments=instruments, edges=edges)
