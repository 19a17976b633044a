"""Looking whether a library is whole: database, originals, extractions, index, links, tasks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from parcc_nlp.library.feeds.tables import FEED_ITEM
from parcc_nlp.library.keeping.copying import readable
from parcc_nlp.library.keeping.problems import MENDABLE, Problem
from parcc_nlp.library.keeping.repairing import repair as mend
from parcc_nlp.library.links import stored_links
from parcc_nlp.library.packing import indexed_words, packed_links, text_digest
from parcc_nlp.library.schema import DOCUMENT, MESSAGE, ORIGINAL, RENDITION, TASK, VERSION
from parcc_nlp.library.text_index import Query, finds, indexed_ids, is_indexed, token_count, total_count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from parcc_nlp.library.library import Library
    from parcc_nlp.library.text_index import Indexed
    from parcc_nlp.model import Extraction

__all__ = ["Verified", "verify"]

_AT_ONCE = 200
_LOOKED_UP = 200
"""In how many documents, spread over the library, words are looked up; of all others the index tells their number."""
_SAMPLE = 4
"""How many words of a text are looked up as one phrase, at its beginning, in its middle and at its end."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at, and what is wrong with it."""

    documents: int
    versions: int
    originals: int
    tasks: int
    problems: tuple[Problem, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong, or no longer; what is only left over does no harm."""
        return not any(problem.grave and not problem.repaired for problem in self.problems)


def verify(library: Library, *, repair: bool = False) -> Verified:
    """Look whether a library is whole; with `repair` what is derived is made anew where it is wrong.

    Parameters
    ----------
    library
        The library; others may use it meanwhile.
    repair
        Whether to make anew the text index, the links, and the extraction of a version from the bytes of its file.
        Originals and what officers decided are never touched.

    Returns
    -------
    Verified
        After a repair everything is looked at again: what is no longer met is marked as repaired.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> import parcc_nlp as parcc
    >>> from parcc_nlp.library import open_library
    >>> with TemporaryDirectory() as place, open_library(Path(place) / "tuphap.db") as library:
    ...     added = library.add(parcc.extract("Căn cứ Nghị định số 63/2010/NĐ-CP của Chính phủ;"))
    ...     verify(library).sound
    True
    """
    found = _looked(library)
    if not repair or not any(one.kind in MENDABLE for one in found.problems):
        return found
    mend(library, found.problems)
    left = _looked(library)
    again = {(one.kind, one.what) for one in left.problems}
    mended = [replace(one, repaired=True) for one in found.problems if (one.kind, one.what) not in again]
    return replace(left, problems=(*mended, *left.problems))


def _looked(library: Library) -> Verified:
    kept = set(library.originals.names())
    with library.reading() as connection:
        counts = {
            name: connection.scalar(select(func.count()).select_from(table)) or 0
            for name, table in (
                ("documents", DOCUMENT),
                ("versions", VERSION),
                ("originals", ORIGINAL),
                ("tasks", TASK),
            )
        }
        problems = [
            *_database(connection),
            *_originals(library, connection, kept),
            *_documents(connection),
            *_versions(connection),
            *_tasks(connection),
        ]
    problems += [Problem("file_half_written", path.name) for path in library.originals.half_written()]
    return Verified(**counts, problems=tuple(problems))


def _database(connection: Connection) -> Iterator[Problem]:
    """Ask SQLite for its own opinion; PostgreSQL keeps what its constraints say."""
    if connection.dialect.name != "sqlite":
        return
    for row in connection.execute(text("PRAGMA integrity_check(20)")):
        if row[0] != "ok":
            yield Problem("database_damaged", str(row[0]))
    for row in connection.execute(text("PRAGMA foreign_key_check")):
        yield Problem("reference_broken", f"{row[0]} {row[1]} → {row[2]}")


def _originals(library: Library, connection: Connection, kept: set[str]) -> Iterator[Problem]:
    """Read every original and compute its hash; and tell what nobody names."""
    stored: list[str] = list(connection.scalars(select(ORIGINAL.c.sha256).order_by(ORIGINAL.c.sha256)))
    for sha256 in stored:
        if not library.originals.has(sha256):
            yield Problem("original_missing", sha256)
        elif not library.originals.sound(sha256):
            yield Problem("original_damaged", sha256)
    named: set[str] = set()
    for table in (RENDITION, TASK, MESSAGE, FEED_ITEM):
        named.update(connection.scalars(select(table.c.sha256).where(table.c.sha256.is_not(None))))
    for sha256 in sorted(kept.union(stored) - named):
        yield Problem("original_unnamed", sha256)


def _documents(connection: Connection) -> Iterator[Problem]:
    of_document = (VERSION.c.id == DOCUMENT.c.version_id) & (VERSION.c.document_id == DOCUMENT.c.id)
    without = select(DOCUMENT.c.id, DOCUMENT.c.identity).outerjoin(VERSION, of_document).where(VERSION.c.id.is_(None))
    for row in connection.execute(without.order_by(DOCUMENT.c.id)):
        yield Problem("version_missing", row.identity, row.id)


def _versions(connection: Connection) -> Iterator[Problem]:
    """Read every version back; of the current ones look whether index and links say the same."""
    indexed = indexed_ids(connection)
    current: set[int] = set(connection.scalars(select(DOCUMENT.c.version_id)))
    sampled = max(1, len(current) // _LOOKED_UP)
    words, whole = 0, True
    seen: set[int] = set()
    for row in _all_versions(connection):
        where = f"{row.identity} ({row.ordinal})"
        extraction = readable(row.extraction)
        is_current = row.id in current
        if is_current:
            seen.add(row.document_id)
        if extraction is None:
            whole = whole and not is_current
            yield Problem("extraction_unreadable", where, row.id)
            continue
        if text_digest(extraction.text) != row.text_sha256:
            yield Problem("extraction_text", where, row.id)
        if not _spans_right(extraction):
            yield Problem("span_wrong", where, row.id)
        if is_current:
            said = indexed_words(extraction)
            words += token_count(said)
            looked_up = len(seen) % sampled == 0
            stands = is_indexed(connection, row.document_id, said)
            if not stands or (looked_up and not _is_found(connection, row.document_id, said)):
                yield Problem("index_wrong", row.identity, row.document_id)
            if not _links_right(connection, row.document_id, extraction):
                yield Problem("links_wrong", row.identity, row.document_id)
    there = _counted(connection)
    if indexed - seen or (whole and there is not None and there != words):
        yield Problem("index_leftover", f"{there} / {words}")


def _all_versions(connection: Connection) -> Iterator[Any]:
    """Give every version, some hundred at a time."""
    columns = (VERSION.c.id, VERSION.c.document_id, VERSION.c.ordinal, VERSION.c.text_sha256, VERSION.c.extraction)
    query = select(*columns, DOCUMENT.c.identity).join(DOCUMENT, DOCUMENT.c.id == VERSION.c.document_id)
    last = 0
    while rows := connection.execute(query.where(VERSION.c.id > last).order_by(VERSION.c.id).limit(_AT_ONCE)).all():
        yield from rows
        last = rows[-1].id


def _spans_right(extraction: Extraction) -> bool:
    """Say whether every item stands where it says, in its own words."""
    places = [(one.start, one.end, one.text) for one in extraction.citations]
    places += [(one.start, one.end, one.text) for one in extraction.targets]
    places += [(one.start, one.end, one.text) for one in extraction.responsibilities]
    return all(extraction.text[start:end] == said for start, end, said in places)


def _is_found(connection: Connection, document_id: int, said: Indexed) -> bool:
    """Look a few phrases of a document up in the index."""
    phrases = {phrase for words in (said.heading, said.body) for phrase in _sample(words.split())}
    return all(finds(connection, document_id, Query((phrase,))) for phrase in sorted(phrases))


def _sample(words: list[str]) -> Iterator[tuple[str, ...]]:
    if words:
        for start in {0, max(0, len(words) // 2 - _SAMPLE), max(0, len(words) - _SAMPLE)}:
            yield tuple(words[start : start + _SAMPLE])


def _links_right(connection: Connection, document_id: int, extraction: Extraction) -> bool:
    _, edges = packed_links(extraction)
    return stored_links(connection, document_id) == sorted(edges, key=repr)


def _counted(connection: Connection) -> int | None:
    try:
        return total_count(connection)
    except DatabaseError:
        return -1


def _tasks(connection: Connection) -> Iterator[Problem]:
    """Find tasks whose fields say different things of what became of them (see `parcc_nlp.library.tasks`)."""
    ended = TASK.c.state.in_(("done", "duplicate", "quarantined"))
    impossible = (
        (ended & TASK.c.finished_at.is_(None))
        | (~ended & TASK.c.finished_at.is_not(None))
        | (TASK.c.state.in_(("failed", "quarantined")) & TASK.c.code.is_(None))
        | ((TASK.c.state == "failed") & TASK.c.due_at.is_(None))
        | ((TASK.c.state == "started") & TASK.c.started_at.is_(None))
    )
    for row in connection.execute(select(TASK.c.id, TASK.c.name, TASK.c.state).where(impossible).order_by(TASK.c.id)):
        yield Problem("task_impossible", f"{row.id} ({row.name}, {row.state})", row.id)
