"""One file from its bytes to all that the library keeps of it: the same pure function for every importer and engine."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from parcc_nlp.extract.run import extract_layers
from parcc_nlp.library.edxml_metadata import merged
from parcc_nlp.model import Extraction, Metadata, Review
from parcc_nlp.read import read
from parcc_nlp.read.detect import EDXML
from parcc_nlp.read.edxml import read_message
from parcc_nlp.registry.claims import Claim
from parcc_nlp.registry.learning import claims_of, why_not
from parcc_nlp.review import review

if TYPE_CHECKING:
    from datetime import date

    from parcc_nlp.model import Document
    from parcc_nlp.read.edxml_values import Message
    from parcc_nlp.registry import Registry

__all__ = ["Examined", "examine", "examine_document"]


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found in one file.

    `extraction` has its citations identified; `review` is as of the day asked for; `claims` are what the document
    teaches a registry, and `unlearnable` the code of the reason where it teaches nothing (E250 to E254). `said` is what
    the text says of itself, before a message filled what it does not say.
    """

    extraction: Extraction
    review: Review
    claims: tuple[Claim, ...]
    unlearnable: str | None = None
    said: Metadata = Metadata()


def examine(data: bytes, *, name: str, registry: Registry, today: date) -> Examined:
    """Read a file, extract what it says, identify what it cites and review it as of today.

    Parameters
    ----------
    data
        The bytes of the file; its kind is recognised by its content.
    name
        What it is called in results and errors.
    registry
        What is known of instruments.
    today
        The day of the review, and the day on which what the document teaches is learned.

    Raises
    ------
    ReadError
        The file is empty, damaged, encrypted, a scan without text, or of a kind that is not read.

    Examples
    --------
    >>> from datetime import date
    >>> from parcc_nlp.registry import Registry
    >>> text = "Căn cứ Nghị định số 107/2021/NĐ-CP ngày 06 tháng 12 năm 2021 của Chính phủ;"
    >>> found = examine(text.encode(), name="a.txt", registry=Registry.shipped(), today=date(2026, 11, 23))
    >>> found.review.as_of, found.unlearnable
    ('2026-11-23', 'E250')
    """
    document = read(data, name=name)
    message = read_message(data, name=name) if document.source.media_type == EDXML else None
    return examine_document(document, registry=registry, today=today, message=message)


def examine_document(
    document: Document, *, registry: Registry, today: date, message: Message | None = None
) -> Examined:
    """Examine a document that was read already (see `examine`).

    Parameters
    ----------
    document
        What was read.
    registry, today
        As for `examine`.
    message
        The message that brought it: what the text does not say of itself is filled from there.
    """
    extraction = extract_layers(document)
    said = extraction.metadata
    if message is not None:
        extraction = replace(extraction, metadata=merged(message, said))
    claims = claims_of(extraction, learned=today.isoformat())
    reason = why_not(extraction)
    identified = registry.resolve_all(extraction)
    checked = review(identified, as_of="today", registry=registry, today=today)
    return Examined(identified, checked, claims, reason.code if reason else None, said)
