"""What the library keeps of an edXML message, made ready where its document is examined."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from parcc_nlp.library.edxml_metadata import Comparison, compared
from parcc_nlp.read.detect import EDXML, detect
from parcc_nlp.read.edxml_document import attached_files
from parcc_nlp.read.limits import DEFAULT_LIMITS

if TYPE_CHECKING:
    from parcc_nlp.library.originals import Originals
    from parcc_nlp.model import Metadata
    from parcc_nlp.read.edxml_values import Attachment, DocumentId, Message

__all__ = ["Business", "Enclosure", "Letter", "Named", "carries_document", "is_message", "letter_of"]

Business = Literal["new", "recall", "update", "replacement", "status", "unknown"]
_ENDING: frozenset[Business] = frozenset({"recall", "replacement"})


@dataclass(frozen=True, slots=True)
class Named:
    """A document that a message names: its key in the exchange, and what the key says."""

    key: str
    number: str | None
    issued: str | None


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that came with the document of a message; its bytes are kept under `sha256`."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Letter:
    """A message, ready to be filed.

    `own` is the document it brings or speaks of; `ends` are those that it recalls or replaces.
    """

    business: Business
    own: Named | None
    sender: str | None
    reason: str | None
    ends: tuple[Named, ...]
    comparisons: tuple[Comparison, ...]
    enclosures: tuple[Enclosure, ...]
    value: str


def is_message(data: bytes) -> bool:
    """Say whether a file is a message, by its content."""
    return detect(data, limits=DEFAULT_LIMITS) == EDXML


def carries_document(message: Message) -> bool:
    """Say whether a message brings a document: a report on a state does not, nor does a recall without a file."""
    if message.kind != "document":
        return False
    return _business(message) not in _ENDING or any(one.content is not None for _, one in attached_files(message))


def letter_of(message: Message, said: Metadata | None, *, originals: Originals) -> Letter:
    """Make a message ready.

    Parameters
    ----------
    message
        What was read.
    said
        What the text of its document says of itself: where the message differs, `Letter.comparisons` tells. None for
        a message that is about another document.
    originals
        Where the files that came beside the document are kept.
    """
    business = _business(message)
    files = [one for _, one in attached_files(message) if one.content is not None]
    return Letter(
        business=business,
        own=_own(message),
        sender=message.sender.name if message.sender else None,
        reason=_reason(message),
        ends=_ends(message, business),
        comparisons=() if said is None else compared(message, said),
        enclosures=tuple(_enclosure(one, originals) for one in files[1:]),
        value=json.dumps(_plain(message), ensure_ascii=False),
    )


def _business(message: Message) -> Business:
    if message.kind == "status":
        return "status"
    kind = message.business.kind.name if message.business and message.business.kind else None
    known: dict[str | None, Business] = {
        "new": "new", "recall": "recall", "update": "update", "replacement": "replacement",
    }  # fmt: skip
    # A message that does not say brings a document, as the first message of an exchange does.
    return known.get(kind, "new" if message.kind == "document" else "unknown")


def _reason(message: Message) -> str | None:
    if message.status is not None:
        code = message.status.code
        return " ".join(part for part in (code.vi if code else None, message.status.description) if part) or None
    return message.business.reason if message.business else None


def _ends(message: Message, business: Business) -> tuple[Named, ...]:
    """Give the documents that a message recalls or replaces.

    A recall names its document in the business part; where it does not, it is the one that the message itself is about.
    """
    if business not in _ENDING or message.business is None:
        return ()
    if business == "replacement":
        ids = [one.document_id for one in message.business.replacements]
    else:
        ids = [message.business.document_id or message.document_id]
    return tuple(dict.fromkeys(named for one in ids if (named := _named(one, None)) is not None))


def _own(message: Message) -> Named | None:
    """Give the document that a message is about: a report on a state is about the one that it answers for."""
    if message.kind != "status":
        return _named(message.document_id, message)
    named = (one for one in message.response_for if one.document_id is not None)
    first = next(named, None)
    return None if first is None else _named(first.document_id, None)


def _named(document: DocumentId | None, message: Message | None) -> Named | None:
    if document is None:
        return None
    parts = (document.number, document.notation)
    number = "/".join(part for part in parts if part) if all(parts) else (message.number if message else None)
    return Named(document.text, number, document.date or (message.issued if message else None))


def _enclosure(attachment: Attachment, originals: Originals) -> Enclosure:
    content = attachment.content or b""
    return Enclosure(attachment.name or attachment.content_id or "tep", originals.put(content), len(content))


def _plain(message: Message) -> dict[str, Any]:
    """Give a message as plain values without the bytes of its files, which are kept as they came."""
    return asdict(replace(message, attachments=tuple(_without_content(one) for one in message.attachments)))


def _without_content(attachment: Attachment) -> Attachment:
    inner = attachment.message
    return replace(
        attachment,
        content=None,
        members=tuple(_without_content(one) for one in attachment.members),
        message=inner and replace(inner, attachments=tuple(_without_content(one) for one in inner.attachments)),
    )
