"""One file on its way into the library: what is to be written of it, and writing it. A message is opened first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parcc_nlp.library.examining import examine
from parcc_nlp.library.messages.filing import file_letter, known_message
from parcc_nlp.library.messages.letter import Letter, is_message
from parcc_nlp.library.messages.opening import open_message
from parcc_nlp.library.packing import Packet, pack
from parcc_nlp.library.recording import Recorded, known_file, record, store_original

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

    from parcc_nlp.library.originals import Originals
    from parcc_nlp.library.recording import Arrival
    from parcc_nlp.registry import Registry

__all__ = ["Work", "Written", "known", "work_of", "write"]


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be written of a file: of its document, and of the message that brought it."""

    packet: Packet | None
    letter: Letter | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a file.

    `recorded` is None for a message that brings no document (a status report, a bare recall); `about` is the document
    such a message speaks of, where the library has it; `waiting` are documents that it recalls or replaces and that the
    library does not have yet, or does not tell apart.
    """

    recorded: Recorded | None
    about: int | None = None
    waiting: tuple[str, ...] = ()


def work_of(data: bytes, *, name: str, registry: Registry, today: date, originals: Originals) -> Work:
    """Give what is to be written of a file.

    Parameters
    ----------
    data
        The bytes of the file.
    name
        What it is called.
    registry
        What is known of instruments.
    today
        The day of the review.
    originals
        Where files are kept that came inside a message beside its document.

    Raises
    ------
    ReadError
        It cannot be read.
    """
    if is_message(data):
        packet, letter = open_message(data, name=name, registry=registry, today=today, originals=originals)
        return Work(packet, letter)
    return Work(pack(examine(data, name=name, registry=registry, today=today), registry=registry.version))


def known(connection: Connection, sha256: str) -> Written | None:
    """Give what became of a file when just these bytes came before; None where they did not."""
    recorded = known_file(connection, sha256)
    if recorded is not None:
        return Written(recorded, recorded.document_id)
    about = known_message(connection, sha256)
    return None if about is None else Written(None, about or None)


def write(connection: Connection, work: Work, arrival: Arrival) -> Written:
    """Write a file into the library, within a transaction of the caller."""
    store_original(connection, arrival)
    recorded = None if work.packet is None else record(connection, work.packet, arrival)
    document_id = recorded.document_id if recorded else None
    if work.letter is None:
        return Written(recorded, document_id)
    filed = file_letter(connection, work.letter, arrival, document_id=document_id)
    return Written(recorded, filed.about, filed.waiting)
