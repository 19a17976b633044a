"""Opening a message where files are examined: the document it carries, and what is filed of the message itself."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from parcc_nlp.library.examining import examine_document
from parcc_nlp.library.import_codes import import_codes
from parcc_nlp.library.messages.letter import carries_document, letter_of
from parcc_nlp.library.messages.wording import field_names
from parcc_nlp.library.packing import Packet, pack, packed_finding
from parcc_nlp.model import Evidence, Finding
from parcc_nlp.read import read
from parcc_nlp.read.edxml import read_message
from parcc_nlp.review.places import Places

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from parcc_nlp.library.edxml_metadata import Comparison
    from parcc_nlp.library.messages.letter import Letter
    from parcc_nlp.library.originals import Originals
    from parcc_nlp.library.packing import PackedFinding
    from parcc_nlp.registry import Registry

__all__ = ["DISAGREES", "open_message"]

DISAGREES = "TV902"
"""The code of the finding that message and document differ."""


def open_message(
    data: bytes, *, name: str, registry: Registry, today: date, originals: Originals
) -> tuple[Packet | None, Letter]:
    """Examine the document of a message, and make the message ready to be filed.

    Parameters
    ----------
    data
        The message.
    name
        What it is called.
    registry, today
        As for `parcc_nlp.library.examining.examine`.
    originals
        Where the files that came beside the document are kept.

    Returns
    -------
    packet : Packet or None
        What is to be recorded of the document; None for a status report and for a bare recall.
    letter : Letter
        The message.

    Raises
    ------
    ReadError
        It is no message that can be read, or carries no text.
    """
    message = read_message(data, name=name)
    if not carries_document(message):
        return None, letter_of(message, None, originals=originals)
    examined = examine_document(read(data, name=name), registry=registry, today=today, message=message)
    letter = letter_of(message, examined.said, originals=originals)
    packet = pack(examined, registry=registry.version)
    places = Places.of(examined.extraction)
    found = _disagreements(letter, places, identity=packet.identity, day=today.isoformat())
    return replace(packet, noted=tuple(found)), letter


def _disagreements(letter: Letter, places: Places, *, identity: str, day: str) -> Iterator[PackedFinding]:
    """Make a finding of each field of which message and text say different things (NĐ 30/2020/NĐ-CP, Phụ lục VI)."""
    for one in letter.comparisons:
        if one.answer == "different":
            yield packed_finding(_finding(one, letter, places, identity=identity, day=day))


def _finding(one: Comparison, letter: Letter, places: Places, *, identity: str, day: str) -> Finding:
    text = places.extraction.text
    start = text.find(one.text) if one.text else -1
    start, end = (start, start + len(one.text or "")) if start >= 0 else (0, 0)
    code = import_codes()[DISAGREES]
    said = field_names()[one.field]
    parts = (DISAGREES, identity, one.field, one.message or "", one.text or "")
    return Finding(
        rule=DISAGREES,
        severity="warning",
        kind="review",
        message=f"{said} trong gói tin là “{one.message}”, trong văn bản là “{one.text}”.",
        reason=code.reason["vi"],
        start=start,
        end=end,
        text=text[start:end],
        where=places.where(start),
        as_of=day,
        evidence=(Evidence(letter.own.key if letter.own else letter.sender or "edXML", quote=one.message),),
        suggestion="Đối chiếu với bản gốc; hỏi lại nơi gửi nếu gói tin ghi sai.",
        fingerprint=hashlib.sha256("\x1f".join(parts).encode()).hexdigest(),
    )
