"""Writing an examined file into the library: as a new document, a new version of one, or another file of one it has.

NĐ 30/2020/NĐ-CP, Phụ lục VI: a document is the same where number, notation and issuer are the same; numbers begin anew
every year, so that two signing dates tell two documents apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Literal

from rapidfuzz import fuzz
from sqlalchemy import insert, select, update

from parcc_nlp.library.folding import folded
from parcc_nlp.library.links import put_links
from parcc_nlp.library.packing import indexed_words, unpacked_extraction
from parcc_nlp.library.reviews import note_finding, sync_findings
from parcc_nlp.library.schema import DOCUMENT, ORIGINAL, RENDITION, VERSION
from parcc_nlp.library.text_index import put_words, take_words
from parcc_nlp.registry.identity import issuers_agree, number_key

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

    from parcc_nlp.library.packing import Packet
    from parcc_nlp.model import Metadata

__all__ = ["Arrival", "Outcome", "Recorded", "known_file", "record", "store_original"]

Outcome = Literal["added", "version", "duplicate"]
_ALIKE = 90
"""How alike (of 100) two folded titles are that name one plan; figures in them must be the same."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that came in: its hash, what it is called, where it is from, and when."""

    sha256: str
    size: int
    name: str
    origin: str | None
    at: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a file: the document and version it belongs to.

    `was_issued` says of a new version that the one before had been issued already: two different texts bear one number.
    """

    outcome: Outcome
    document_id: int
    version_id: int
    was_issued: bool = False


def store_original(connection: Connection, arrival: Arrival) -> None:
    """Note that the bytes of a file are kept."""
    if connection.scalar(select(ORIGINAL.c.sha256).where(ORIGINAL.c.sha256 == arrival.sha256)) is None:
        connection.execute(insert(ORIGINAL).values(sha256=arrival.sha256, size=arrival.size, stored_at=arrival.at))


def known_file(connection: Connection, sha256: str) -> Recorded | None:
    """Give the document that a file is of, where the library has just these bytes."""
    query = select(VERSION.c.document_id, VERSION.c.id).join(RENDITION).where(RENDITION.c.sha256 == sha256)
    row = connection.execute(query).first()
    return None if row is None else Recorded("duplicate", row.document_id, row.id)


def record(connection: Connection, packet: Packet, arrival: Arrival) -> Recorded:
    """Write an examined file, within a transaction of the caller.

    Parameters
    ----------
    connection
        A connection that writes.
    packet
        What was found in the file.
    arrival
        The file, whose bytes are kept already.

    Returns
    -------
    Recorded
        ``duplicate`` where the library has the file, or its text in another file; ``version`` where it has another text
        of the document; else ``added``.
    """
    store_original(connection, arrival)
    known = known_file(connection, arrival.sha256) or _known_text(connection, packet, arrival)
    if known is not None:
        return known
    before = _same_document(connection, packet)
    if before is None:
        values = {**_fields(packet, arrival), "state": "active", "versions": 0, "added_at": arrival.at}
        document_id = _inserted(connection, insert(DOCUMENT).values(**values))
    else:
        document_id = before.id
        _take_out(connection, before)
        connection.execute(update(DOCUMENT).where(DOCUMENT.c.id == document_id).values(**_fields(packet, arrival)))
    ordinal = 1 if before is None else before.versions + 1
    version_id = _put_version(connection, packet, arrival, document_id=document_id, ordinal=ordinal)
    put_words(connection, document_id, packet.indexed)
    put_links(connection, document_id, identity=packet.identity, instruments=packet.instruments, edges=packet.edges)
    sync_findings(connection, document_id, version_id, packet.findings, day=packet.reviewed_on, at=arrival.at)
    for one in packet.noted:
        note_finding(connection, document_id, version_id, one, day=packet.reviewed_on, at=arrival.at)
    if before is None:
        return Recorded("added", document_id, version_id)
    return Recorded("version", document_id, version_id, was_issued=not before.draft)


def _known_text(connection: Connection, packet: Packet, arrival: Arrival) -> Recorded | None:
    """Find the version that has the text of a file, and note the file as one more of it."""
    query = select(VERSION.c.id, VERSION.c.document_id).where(VERSION.c.text_sha256 == packet.text_sha256)
    row = connection.execute(query.order_by(VERSION.c.id)).first()
    if row is None:
        return None
    _put_rendition(connection, arrival, row.id)
    return Recorded("duplicate", row.document_id, row.id)


def _same_document(connection: Connection, packet: Packet) -> Row[tuple[object, ...]] | None:
    """Find the document that a text is a version of: by identity, by number and issuer, or by the title of a draft."""
    said = packet.metadata
    by_identity = connection.execute(select(DOCUMENT).where(DOCUMENT.c.identity == packet.identity)).first()
    if by_identity is not None:
        return by_identity
    if said.number and not packet.draft:
        bearing = select(DOCUMENT).where(DOCUMENT.c.number_key == number_key(said.number)).order_by(DOCUMENT.c.id)
        for row in connection.execute(bearing):
            if _may_be_one(row, said):
                return row
    drafts = select(DOCUMENT).where(DOCUMENT.c.draft.is_(True), DOCUMENT.c.doc_type == said.doc_type)
    for row in connection.execute(drafts.order_by(DOCUMENT.c.id.desc())):
        if _same_issuer(row, said) and _same_title(row.title, said.title):
            return row
    return None


def _may_be_one(row: Row[tuple[object, ...]], said: Metadata) -> bool:
    """Say whether a document of the same number is this one, though one of both does not say its date or type."""
    if {row.issued, said.issued} - {None} and None not in {row.issued, said.issued} and row.issued != said.issued:
        return False
    if row.doc_type and said.doc_type and row.doc_type != said.doc_type:
        return False
    return _same_issuer(row, said) and _same_title(row.title, said.title)


def _same_issuer(row: Row[tuple[object, ...]], said: Metadata) -> bool:
    return row.issuer is not None and said.issuer is not None and issuers_agree(row.issuer, said.issuer)


def _same_title(one: str | None, other: str | None) -> bool:
    """Say whether two titles name one document: alike, and with the same figures ("năm 2025" is not "năm 2026")."""
    if not one or not other:
        return False
    first, second = folded(one), folded(other)
    same_figures = [part for part in first.split() if part.isdigit()] == [
        part for part in second.split() if part.isdigit()
    ]
    return same_figures and fuzz.ratio(first, second) >= _ALIKE


def _fields(packet: Packet, arrival: Arrival) -> dict[str, object]:
    said = packet.metadata
    return {
        "identity": packet.identity,
        "doc_type": said.doc_type,
        "number": said.number,
        "number_key": number_key(said.number) if said.number else None,
        "issuer": said.issuer,
        "issued": said.issued,
        "title": said.title,
        "place": said.place,
        "draft": packet.draft,
        "changed_at": arrival.at,
        "reviewed_on": packet.reviewed_on,
        "due": None,
    }


def _take_out(connection: Connection, before: Row[tuple[object, ...]]) -> None:
    """Take the words of the version before out of the index."""
    packed = connection.scalar(select(VERSION.c.extraction).where(VERSION.c.id == before.version_id))
    if packed is not None:
        take_words(connection, before.id, indexed_words(unpacked_extraction(packed)))


def _put_version(connection: Connection, packet: Packet, arrival: Arrival, *, document_id: int, ordinal: int) -> int:
    values = {
        "document_id": document_id,
        "ordinal": ordinal,
        "text_sha256": packet.text_sha256,
        "media_type": packet.media_type,
        "pages": packet.pages,
        "characters": packet.characters,
        "extraction": packet.extraction,
        "unlearnable": packet.unlearnable,
        "learned_at": None if packet.unlearnable is None else arrival.at,
        "program": version("parcc_nlp"),
        "registry": packet.registry,
        "added_at": arrival.at,
    }
    version_id = _inserted(connection, insert(VERSION).values(**values))
    _put_rendition(connection, arrival, version_id)
    newest = {"version_id": version_id, "versions": ordinal}
    connection.execute(update(DOCUMENT).where(DOCUMENT.c.id == document_id).values(**newest))
    return version_id


def _put_rendition(connection: Connection, arrival: Arrival, version_id: int) -> None:
    values = {"sha256": arrival.sha256, "version_id": version_id, "name": arrival.name, "origin": arrival.origin}
    connection.execute(insert(RENDITION).values(**values, added_at=arrival.at))


def _inserted(connection: Connection, statement: object) -> int:
    """Run an insert and give the id of the new row."""
    key = connection.execute(statement).inserted_primary_key  # type: ignore[call-overload]
    return int(key[0])
