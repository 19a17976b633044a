"""Reviewing documents of the library again: each one identified, reviewed and written anew, as a whole or not at all.

What a document says was extracted when it came; only what is known of the instruments it cites has changed since. The
work on one document is a pure function, done here or in other processes; one writer takes the results.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from parcc_nlp.errors import LibraryError
from parcc_nlp.graph.identifiers import document_id
from parcc_nlp.library.alerts.telling import AFFECTED, tell_acts, tell_ended
from parcc_nlp.library.links import put_links
from parcc_nlp.library.packing import (
    PackedEdge,
    PackedFinding,
    PackedInstrument,
    packed_extraction,
    packed_finding,
    packed_links,
    unpacked_extraction,
    unpacked_finding,
)
from parcc_nlp.library.reviews import settle_noted, sync_findings
from parcc_nlp.library.schema import DOCUMENT, FINDING, VERSION
from parcc_nlp.registry import Registry
from parcc_nlp.registry.store import Store
from parcc_nlp.review import review

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Future

    from sqlalchemy import ColumnElement, Connection

    from parcc_nlp.library.library import Library
    from parcc_nlp.model import Extraction, Finding

__all__ = ["Identified", "Renewal", "Renewed", "Work", "identified", "put_identified", "renew", "renew_where"]

_AT_ONCE = 50
"""How many documents are handed over together. What a registry remembers of them is given up after each lot."""
_LOTS_A_PROCESS = 2


@dataclass(frozen=True, slots=True)
class Work:
    """A document that is to be reviewed again: its current version, why, and the pages of places in its text."""

    document_id: int
    version_id: int
    due: str | None
    packed: bytes
    pages: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Identified:
    """What changes where the citations of a document now mean other instruments."""

    identity: str
    extraction: bytes
    instruments: tuple[PackedInstrument, ...]
    edges: tuple[PackedEdge, ...]


@dataclass(frozen=True, slots=True)
class Renewal:
    """A document reviewed again; `changed` is None where it means the same instruments as before.

    `problem` is the code of the reason why it could not be reviewed.
    """

    document_id: int
    version_id: int
    due: str | None
    findings: tuple[PackedFinding, ...] = ()
    changed: Identified | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Renewed:
    """What reviewing documents again came to."""

    documents: int = 0
    identified: int = 0
    findings: int = 0
    alerts: int = 0
    failures: int = 0

    def __add__(self, other: Renewed) -> Renewed:
        return Renewed(
            self.documents + other.documents,
            self.identified + other.identified,
            self.findings + other.findings,
            self.alerts + other.alerts,
            self.failures + other.failures,
        )


def identified(before: Extraction, after: Extraction) -> Identified | None:
    """Give what is written where citations mean other instruments than before; None where nothing changed."""
    if after.citations == before.citations:
        return None
    instruments, edges = packed_links(after)
    return Identified(document_id(after), packed_extraction(after), instruments, edges)


def renew(work: Work, *, registry: Registry, today: date) -> Renewal:
    """Identify what a document cites and review it, as of a day.

    Parameters
    ----------
    work
        The document.
    registry
        What is known now.
    today
        The day.
    """
    try:
        before = unpacked_extraction(work.packed)
    except LibraryError as error:
        return Renewal(work.document_id, work.version_id, work.due, problem=error.code)
    after = registry.resolve_all(before)
    pages = dict(work.pages)
    found = review(after, as_of="today", registry=registry, today=today).findings
    return Renewal(
        work.document_id,
        work.version_id,
        work.due,
        findings=tuple(packed_finding(_on_its_page(one, pages)) for one in found),
        changed=identified(before, after),
    )


def renew_where(library: Library, condition: ColumnElement[bool], *, jobs: int = 1, most: int | None = None) -> Renewed:
    """Review every document again that a condition holds for, each in a transaction of its own.

    Parameters
    ----------
    library
        The library.
    condition
        Which documents; those written are not asked for again.
    jobs
        How many processes; 1 works in this one.
    most
        How many documents at most.

    Raises
    ------
    LibraryError
        E545: a process died; what was written stays, and the next run goes on.
    """
    today, total = library.today(), Renewed()
    lots = _lots(library, condition, most)
    renewals = _here(library.registry, lots, today) if jobs <= 1 else _elsewhere(library, lots, today, jobs)
    for renewal in renewals:
        total += _write(library, renewal, today)
    return total


def put_identified(
    connection: Connection, document_id: int, version_id: int, changed: Identified, registry: str
) -> None:
    """Write that the citations of a document mean other instruments."""
    values = {"extraction": changed.extraction, "registry": registry}
    connection.execute(update(VERSION).where(VERSION.c.id == version_id).values(**values))
    put_links(connection, document_id, identity=changed.identity, instruments=changed.instruments, edges=changed.edges)


def _on_its_page(finding: Finding, pages: dict[int, int]) -> Finding:
    """Keep the pages of places known from before: what was extracted no longer has the pages of the file."""
    if not pages:
        return finding
    related = tuple(
        one if one.path is not None else replace(one, where=replace(one.where, page=pages.get(one.start)))
        for one in finding.related
    )
    return replace(finding, where=replace(finding.where, page=pages.get(finding.start)), related=related)


# Reading


def _lots(library: Library, condition: ColumnElement[bool], most: int | None) -> Iterator[tuple[Work, ...]]:
    """Give the documents some at a time, each lot read in a short transaction."""
    last, left = 0, most
    while left is None or left > 0:
        size = _AT_ONCE if left is None else min(left, _AT_ONCE)
        with library.reading() as connection:
            lot = _lot(connection, condition & (DOCUMENT.c.id > last), size)
        if not lot:
            return
        yield lot
        last = lot[-1].document_id
        left = None if left is None else left - len(lot)


def _lot(connection: Connection, condition: ColumnElement[bool], size: int) -> tuple[Work, ...]:
    query = select(DOCUMENT.c.id, DOCUMENT.c.version_id, DOCUMENT.c.due, VERSION.c.extraction, VERSION.c.pages)
    query = query.join(VERSION, VERSION.c.id == DOCUMENT.c.version_id).where(condition)
    rows = connection.execute(query.order_by(DOCUMENT.c.id).limit(size)).all()
    paged = [row.id for row in rows if row.pages is not None]
    pages = _pages(connection, paged) if paged else {}
    return tuple(
        Work(row.id, row.version_id, row.due, row.extraction, tuple(pages.get(row.id, {}).items())) for row in rows
    )


def _pages(connection: Connection, document_ids: list[int]) -> dict[int, dict[int, int]]:
    """Give the pages of the places that findings of documents speak of, by where they begin."""
    query = select(FINDING.c.document_id, FINDING.c.value).join(DOCUMENT, DOCUMENT.c.id == FINDING.c.document_id)
    query = query.where(FINDING.c.document_id.in_(document_ids), FINDING.c.version_id == DOCUMENT.c.version_id)
    pages: dict[int, dict[int, int]] = {}
    for row in connection.execute(query):
        finding = unpacked_finding(row.value)
        own = [(one.start, one.where.page) for one in finding.related if one.path is None]
        known = {start: page for start, page in ((finding.start, finding.where.page), *own) if page is not None}
        pages.setdefault(row.document_id, {}).update(known)
    return pages


# Doing


def _here(registry: Registry, lots: Iterable[tuple[Work, ...]], today: date) -> Iterator[Renewal]:
    for lot in lots:
        yield from _renewals(lot, registry, today)


def _elsewhere(library: Library, lots: Iterator[tuple[Work, ...]], today: date, jobs: int) -> Iterator[Renewal]:
    """Do the work in processes, with a bounded number of lots on their way."""
    # Spawned and not forked: this process may have threads, whose locks a fork would copy held.
    context = multiprocessing.get_context("spawn")
    work = partial(_renew_lot, str(library.places.registry), library.registry.version, today.isoformat())
    running: deque[Future[list[Renewal]]] = deque()
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin) as pool:
        try:
            for lot in lots:
                running.append(pool.submit(work, lot))
                if len(running) >= jobs * _LOTS_A_PROCESS:
                    yield from running.popleft().result()
            while running:
                yield from running.popleft().result()
        except BrokenProcessPool as error:
            raise LibraryError("E545") from error
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _begin() -> None:
    """Leave Ctrl-C to the process that started this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _renew_lot(path: str, version: str, today: str, lot: tuple[Work, ...]) -> list[Renewal]:
    """Review some documents again in a process of its own."""
    return _renewals(lot, _known(path, version), date.fromisoformat(today))


@lru_cache(maxsize=1)
def _known(path: str, version: str) -> Registry:  # noqa: ARG001 - another version is opened anew
    """Open the registry of a library, once a process and version."""
    from parcc_nlp.library.learning import registry_at  # noqa: PLC0415 - it imports this module

    return registry_at(path)


def _renewals(lot: tuple[Work, ...], registry: Registry, today: date) -> list[Renewal]:
    """Review some documents with a registry that remembers nothing of those before, so that memory stays flat."""
    fresh = Registry(Store(registry.layers))
    return [renew(work, registry=fresh, today=today) for work in lot]


# Writing


def _write(library: Library, renewal: Renewal, today: date) -> Renewed:
    """Write one document in one transaction; one that got another version meanwhile was reviewed with it."""
    if renewal.problem is not None:
        return Renewed(failures=1)
    registry, at, day = library.registry, library.now(), today.isoformat()
    with library.writing() as connection:
        row = connection.execute(select(DOCUMENT).where(DOCUMENT.c.id == renewal.document_id)).one()
        if row.version_id != renewal.version_id:
            return Renewed()
        if renewal.changed is not None:
            put_identified(connection, row.id, row.version_id, renewal.changed, registry.version)
        fresh = sync_findings(connection, row.id, row.version_id, renewal.findings, day=day, at=at)
        settle_noted(connection, row.id, row.version_id, rule=AFFECTED, at=at)
        told, judged = 0, frozenset[str]()
        if row.due is not None and row.state == "active":
            told, judged = tell_acts(
                connection,
                row.id,
                row.version_id,
                extraction=partial(_extraction, connection, row.version_id),
                registry=registry,
                day=day,
                at=at,
            )
        told += tell_ended(connection, row.id, _fresh(connection, fresh, renewal), judged=judged, at=at)
        connection.execute(update(DOCUMENT).where(DOCUMENT.c.id == row.id).values(**_done(row, renewal, day)))
    return Renewed(1, int(renewal.changed is not None), len(fresh), told)


def _done(row: Any, renewal: Renewal, day: str) -> dict[str, str | None]:
    """Give what is written of a reviewed document: one that became due meanwhile stays so."""
    return {"reviewed_on": day, "due": None if row.due == renewal.due else row.due}


def _extraction(connection: Connection, version_id: int) -> Extraction:
    packed = connection.scalar(select(VERSION.c.extraction).where(VERSION.c.id == version_id))
    return unpacked_extraction(packed or b"")


def _fresh(connection: Connection, ids: tuple[int, ...], renewal: Renewal) -> list[PackedFinding]:
    """Give the findings that were not open before."""
    if not ids:
        return []
    rows = connection.execute(select(FINDING.c.fingerprint).where(FINDING.c.id.in_(ids)))
    wanted = {row.fingerprint for row in rows}
    return [one for one in renewal.findings if one.fingerprint in wanted]
