"""Filing a message: what it brought becomes a document, what it recalls or replaces is frozen and never deleted.

NĐ 30/2020/NĐ-CP, Phụ lục VI: a recalled document is cancelled on the system, and the information on the recall is kept.
Messages come in any order: one that recalls a document which is not there yet is applied when that document comes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from parcc_nlp.library.alerts.noting import note_alert
from parcc_nlp.library.recording import Arrival, store_original
from parcc_nlp.library.schema import DOCUMENT, MESSAGE, MESSAGE_REFERENCE
from parcc_nlp.library.tasks import submit
from parcc_nlp.registry.identity import canonical_issuer, number_key

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from parcc_nlp.library.messages.letter import Letter, Named

__all__ = ["Filed", "file_letter", "known_message", "messages_of"]

_SAID = {
    "recall": "Văn bản bị thu hồi theo gói tin {key} của {sender}: {reason}",
    "replacement": "Văn bản được thay thế bởi văn bản của gói tin {key} của {sender}: {reason}",
}


@dataclass(frozen=True, slots=True)
class _Ending:
    """What a message does to a document that it names."""

    business: str
    key: str | None
    sender: str | None
    reason: str | None = None

    @property
    def said(self) -> str:
        return _SAID[self.business].format(
            key=self.key or "?", sender=self.sender or "?", reason=self.reason or "không ghi lý do"
        )


@dataclass(frozen=True, slots=True)
class Filed:
    """What became of a message.

    `about` is the document that it brought, else the one that it speaks of, where the library has it. `waiting` are the
    keys of documents that it recalls or replaces and that are not in the library or not told apart for sure.
    """

    about: int | None
    waiting: tuple[str, ...] = ()


def known_message(connection: Connection, sha256: str) -> int | None:
    """Give the document of a message that was filed already; 0 where it has none, None where it was not filed."""
    row = connection.execute(select(MESSAGE.c.document_id).where(MESSAGE.c.sha256 == sha256)).first()
    return None if row is None else row.document_id or 0


def file_letter(connection: Connection, letter: Letter, arrival: Arrival, *, document_id: int | None) -> Filed:
    """File a message, within the transaction that records its document.

    Parameters
    ----------
    connection
        A connection that writes.
    letter
        The message.
    arrival
        The file of the message, whose bytes are kept.
    document_id
        The document it brought, where it brought one.

    Returns
    -------
    Filed
        What the message is about, and what of it could not be applied yet.
    """
    about = document_id
    if about is None and letter.own is not None:
        about = _document_of(connection, letter.own, letter.sender)
    values = {
        "sha256": arrival.sha256,
        "message_key": letter.own.key if letter.own else None,
        "business": letter.business,
        "sender": letter.sender,
        "received_at": arrival.at,
        "document_id": about,
        "value": letter.value,
    }
    key = connection.execute(insert(MESSAGE).values(**values)).inserted_primary_key
    message_id = int(key[0]) if key else 0
    ending = _Ending(letter.business, letter.own.key if letter.own else None, letter.sender, letter.reason)
    waiting: list[str] = []
    for one in letter.ends:
        found = _document_of(connection, one, letter.sender)
        ended = found if found != document_id or letter.business == "recall" else None
        reference = {"message_id": message_id, "key": one.key, "document_id": ended}
        connection.execute(insert(MESSAGE_REFERENCE).values(**reference))
        if ended is not None:
            _freeze(connection, ended, ending, at=arrival.at)
        elif found is None:
            waiting.append(one.key)
    if document_id is not None and letter.own is not None and letter.business in {"new", "update"}:
        _apply_earlier(connection, letter.own, document_id, at=arrival.at)
    for enclosure in letter.enclosures:
        _submit_enclosure(connection, enclosure.name, enclosure.sha256, enclosure.size, arrival)
    return Filed(about, tuple(waiting))


def messages_of(connection: Connection, document_id: int) -> tuple[dict[str, Any], ...]:
    """List the messages about a document, the first one first: what each was, from whom, when."""
    query = select(MESSAGE).where(MESSAGE.c.document_id == document_id).order_by(MESSAGE.c.id)
    names = ("id", "message_key", "business", "sender", "received_at", "sha256")
    return tuple({name: getattr(row, name) for name in names} for row in connection.execute(query))


def _document_of(connection: Connection, named: Named, sender: str | None) -> int | None:
    """Find the document that a key of the exchange names: by an earlier message, else by number, date and issuer.

    Numbers and dates repeat from province to province: without the issuer nothing is found.
    """
    by_key = select(MESSAGE.c.document_id).where(
        MESSAGE.c.message_key == named.key,
        MESSAGE.c.document_id.is_not(None),
        MESSAGE.c.business.in_(("new", "update")),
    )
    found: list[int] = sorted(set(connection.scalars(by_key)))
    if len(found) == 1:
        return found[0]
    if found or named.number is None or named.issued is None or sender is None:
        return None
    alike = select(DOCUMENT.c.id, DOCUMENT.c.issuer).where(
        DOCUMENT.c.number_key == number_key(named.number), DOCUMENT.c.issued == named.issued
    )
    body = canonical_issuer(sender)
    same = [row.id for row in connection.execute(alike) if row.issuer and canonical_issuer(row.issuer) == body]
    return same[0] if len(same) == 1 else None


def _apply_earlier(connection: Connection, own: Named, document_id: int, *, at: str) -> None:
    """Freeze a document that comes after the message which recalls or replaces it."""
    waiting = (
        select(MESSAGE_REFERENCE.c.id, MESSAGE.c.business, MESSAGE.c.message_key, MESSAGE.c.sender)
        .join(MESSAGE, MESSAGE.c.id == MESSAGE_REFERENCE.c.message_id)
        .where(MESSAGE_REFERENCE.c.key == own.key, MESSAGE_REFERENCE.c.document_id.is_(None))
    )
    for row in connection.execute(waiting).all():
        applied = update(MESSAGE_REFERENCE).where(MESSAGE_REFERENCE.c.id == row.id)
        connection.execute(applied.values(document_id=document_id))
        _freeze(connection, document_id, _Ending(row.business, row.message_key, row.sender), at=at)


def _freeze(connection: Connection, document_id: int, ending: _Ending, *, at: str) -> None:
    frozen = update(DOCUMENT).where(DOCUMENT.c.id == document_id)
    connection.execute(frozen.values(state="frozen", state_reason=ending.said, changed_at=at))
    cause = ending.key or ending.said
    note_alert(connection, document_id, "recalled", cause=cause, relation=ending.business, message=ending.said, at=at)


def _submit_enclosure(connection: Connection, name: str, sha256: str, size: int, arrival: Arrival) -> None:
    """Add a task for a file that came beside the document of a message."""
    came = Arrival(sha256, size, name, f"{arrival.origin or arrival.name} > {name}", arrival.at)
    store_original(connection, came)
    submit(connection, came)
