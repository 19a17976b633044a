"""What the documents of a library teach its registry, and which other documents that concerns.

The registry of a library is a file of its own over the user's. A version is learned from in two steps: its claims are
taken into the file, then it is marked, together with the documents that have to be reviewed again for it. A run killed
between the two takes the claims again, which changes nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from parcc_nlp.library.alerts.acts import ACTING
from parcc_nlp.library.links import citing_documents, keys_of_number
from parcc_nlp.library.packing import unpacked_extraction
from parcc_nlp.library.renewing import identified, put_identified
from parcc_nlp.library.schema import DOCUMENT, EDGE, FINDING, INSTRUMENT, VERSION
from parcc_nlp.registry import Registry
from parcc_nlp.registry.learning import claims_of
from parcc_nlp.registry.ledger import Ledger
from parcc_nlp.registry.passes import take_in_passes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection, Row

    from parcc_nlp.library.library import Library
    from parcc_nlp.library.renewing import Identified
    from parcc_nlp.registry.claims import Claim

__all__ = ["Learned", "learn", "mark", "registry_at", "take", "unlearned"]

_AT_ONCE = 500
_TAKEN_AT_ONCE = 64
_REMEMBERED = 500
"""After so many documents the registry is opened anew: what it remembers of them would fill memory."""


@dataclass(frozen=True, slots=True)
class Learned:
    """What learning came to; `refused` counts claims not taken, by the reason (a key of ``refusals.csv``)."""

    versions: int = 0
    instruments: int = 0
    relations: int = 0
    already_known: int = 0
    contradictions: int = 0
    refused: tuple[tuple[str, int], ...] = ()

    @property
    def refusals(self) -> int:
        """How many claims were not taken."""
        return sum(count for _, count in self.refused)


def learn(library: Library) -> Learned:
    """Learn from every version that was not learned from yet, and mark the documents that concerns.

    A document that its issuer recalled teaches nothing while it is frozen.

    Raises
    ------
    RegistryError
        E204, E205, E207, E211: the registry of the library cannot be written.
    """
    waiting = unlearned(library)
    if not waiting:
        return Learned()
    taken = take(library, waiting)
    for order, version_id in enumerate(waiting):
        if order % _REMEMBERED == 0:
            library.forget_registry()
        mark(library, version_id)
    return taken


def registry_at(path: str | Path) -> Registry:
    """Open the registry of a library: its own file, where there is one, over the user's."""
    own, base = Path(path), Registry.open()
    return Registry.open(own, base=base) if own.exists() else base


def unlearned(library: Library) -> tuple[int, ...]:
    """List the versions that were not learned from yet, document by document."""
    query = select(VERSION.c.id).join(DOCUMENT, DOCUMENT.c.id == VERSION.c.document_id)
    query = query.where(VERSION.c.learned_at.is_(None), DOCUMENT.c.state == "active")
    with library.reading() as connection:
        return tuple(row.id for row in connection.execute(query.order_by(VERSION.c.document_id, VERSION.c.ordinal)))


def take(library: Library, versions: Sequence[int]) -> Learned:
    """Take what versions teach into the registry of the library; taking it again changes nothing."""
    counted: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    with Ledger.open(library.places.registry, base=Registry.open()) as ledger:
        for _, taken in take_in_passes(ledger, _taught(library, versions), at_once=_TAKEN_AT_ONCE):
            counted.update(
                instruments=len(taken.instruments_added),
                relations=taken.relations_added,
                already_known=taken.already_known,
                contradictions=len(taken.contradictions),
            )
            refused.update(one.code for one in taken.refused)
    return Learned(len(versions), refused=tuple(sorted(refused.items())), **counted)


def mark(library: Library, version_id: int) -> None:
    """Mark a version as learned from, and as due the documents that what it says concerns, in one transaction.

    Its own citations are identified anew first, so that its acts are on the instruments that others cite.
    """
    registry = library.registry
    with library.reading() as connection:
        row = _version(connection, version_id)
    changed = _identified(row.extraction, registry) if row.version_id == version_id else None
    at = library.now()
    with library.writing() as connection:
        row = _version(connection, version_id)
        connection.execute(update(VERSION).where(VERSION.c.id == version_id).values(learned_at=at))
        if row.version_id != version_id:
            return
        concerned = set[int]()
        if changed is not None:
            put_identified(connection, row.document_id, version_id, changed, registry.version)
            concerned.add(row.document_id)
        if _has_older_findings(connection, row.document_id, version_id):
            concerned.add(row.document_id)
        concerned.update(_concerned(connection, row.document_id, row.identity, registry) - {row.document_id})
        _set_due(connection, concerned, row.number or row.identity, at)


def _version(connection: Connection, version_id: int) -> Row[tuple[object, ...]]:
    query = select(
        VERSION.c.document_id, VERSION.c.extraction, DOCUMENT.c.version_id, DOCUMENT.c.identity, DOCUMENT.c.number
    )
    return connection.execute(
        query.join(DOCUMENT, DOCUMENT.c.id == VERSION.c.document_id).where(VERSION.c.id == version_id)
    ).one()


def _identified(packed: bytes, registry: Registry) -> Identified | None:
    before = unpacked_extraction(packed)
    return identified(before, registry.resolve_all(before))


def _taught(library: Library, versions: Sequence[int]) -> Iterator[tuple[int, tuple[Claim, ...]]]:
    """Give what versions teach, one after the other; what is kept of them is all that is needed for it."""
    learned = library.today().isoformat()
    for version_id in versions:
        with library.reading() as connection:
            packed = connection.scalar(select(VERSION.c.extraction).where(VERSION.c.id == version_id))
        yield version_id, claims_of(unpacked_extraction(packed or b""), learned=learned)


def _concerned(connection: Connection, document_id: int, identity: str, registry: Registry) -> set[int]:
    """List the documents that name a new one, or an instrument on which it acts: by its id, or by its number alone."""
    query = select(INSTRUMENT.c.key, INSTRUMENT.c.number_key).join(EDGE, EDGE.c.target == INSTRUMENT.c.id)
    acted = {
        row.key: row.number_key
        for row in connection.execute(query.where(EDGE.c.document_id == document_id, EDGE.c.kind.in_(ACTING)))
    }
    own = connection.scalar(select(INSTRUMENT.c.number_key).where(INSTRUMENT.c.key == identity))
    known = [one for one in registry.relations_of(identity) if one.kind in ACTING]
    keys = {identity, *acted, *(one.target for one in known)}
    for number in {own, *acted.values()} - {None}:
        keys.update(keys_of_number(connection, number))
    return set(citing_documents(connection, sorted(keys)))


def _has_older_findings(connection: Connection, document_id: int, version_id: int) -> bool:
    """Say whether importing made findings on an earlier version that still stand."""
    query = select(FINDING.c.id).where(
        FINDING.c.document_id == document_id,
        FINDING.c.version_id != version_id,
        FINDING.c.by_review.is_(False),
        FINDING.c.state.in_(("open", "acknowledged")),
    )
    return connection.scalar(query.limit(1)) is not None


def _set_due(connection: Connection, documents: set[int], number: str, at: str) -> None:
    """Mark documents; the moment in the reason tells a document that becomes due again from one that still is."""
    ids = sorted(documents)
    for first in range(0, len(ids), _AT_ONCE):
        lot = DOCUMENT.c.id.in_(ids[first : first + _AT_ONCE])
        connection.execute(update(DOCUMENT).where(lot).values(due=f"{at}: {number}"))
