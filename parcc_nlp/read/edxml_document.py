"""An edXML message as a document: its first attachment that can be read, else what the message says itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from parcc_nlp.errors import ReadError
from parcc_nlp.model import Document, Origin, Source
from parcc_nlp.read.assembly import Assembly
from parcc_nlp.read.detect import EDXML, ZIP
from parcc_nlp.read.dispatch import read
from parcc_nlp.read.edxml import read_message
from parcc_nlp.read.edxml_values import MessageWarning
from parcc_nlp.read.limits import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.read.edxml_values import Attachment, Message

__all__ = ["attached_files", "read_edxml"]


def attached_files(message: Message) -> Iterator[tuple[str, Attachment]]:
    """Give the files that a message carries, those in archives and in messages inside it too, in order.

    Parameters
    ----------
    message
        What `parcc_nlp.read.edxml.read_message` gave.

    Yields
    ------
    tuple[str, Attachment]
        The way to the file ("goi.zip > 1.docx") and the file.
    """
    yield from _files(message.attachments, ())


def _files(attachments: tuple[Attachment, ...], way: tuple[str, ...]) -> Iterator[tuple[str, Attachment]]:
    for attachment in attachments:
        here = (*way, attachment.name or attachment.content_id or "?")
        yield from _files(attachment.members, here)
        if attachment.message is not None:
            yield from _files(attachment.message.attachments, here)
        if attachment.media_type not in {ZIP, EDXML}:
            yield " > ".join(here), attachment


def read_edxml(data: bytes, *, path: str | None = None, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read the document that a message carries.

    Parameters
    ----------
    data
        The whole message.
    path
        The name that errors give it.
    limits
        Bounds on the message and on the attachment.

    Returns
    -------
    Document
        Text, blocks and tables of the first attachment that is read, with `Source.media_type` of the message and a
        warning that names the attachment (E157) and one that names those not read (E158). Where none can be read,
        subject and content of the message, or the description of a status (E156).

    Raises
    ------
    ReadError
        What `parcc_nlp.read.edxml.read_message` raises; E104 where there is no text at all.

    Examples
    --------
    >>> message = '''<edXML><edXMLEnvelope><edXMLHeader><MessageHeader><Subject>V/v họp</Subject></MessageHeader>
    ... </edXMLHeader></edXMLEnvelope></edXML>'''
    >>> document = read_edxml(message.encode())
    >>> document.text, document.source.media_type
    ('V/v họp', 'application/edxml+xml')
    """
    message = read_message(data, name=path, limits=limits)
    files = list(attached_files(message))
    failed: list[MessageWarning] = []
    for number, (way, attachment) in enumerate(files):
        found = _read(way, attachment, limits)
        if isinstance(found, Document):
            kind = found.source.media_type
            said = [MessageWarning("E157", "", (("name", way), ("kind", kind)))]
            if others := ", ".join(other for other, _ in files[number + 1 :]):
                said.append(MessageWarning("E158", "", (("names", others),)))
            return replace(found, source=_source(found.source, path, message, [*said, *failed]))
        if found is not None:
            failed.append(found)
    return _own_text(message, path, failed)


def _read(way: str, attachment: Attachment, limits: Limits) -> Document | MessageWarning | None:
    """Read one file; its error as a warning, and None where the message has said already why it is not read."""
    if attachment.content is None or attachment.media_type is None:
        return None
    try:
        return read(attachment.content, name=way, limits=limits)
    except ReadError as error:
        place = " > ".join(part for part in (way, error.place) if part)
        return MessageWarning(error.code, place, tuple(error.details.items()))


def _own_text(message: Message, path: str | None, failed: list[MessageWarning]) -> Document:
    """Make a document of what the message says itself."""
    assembly = Assembly()
    said = [message.subject, message.content, message.status.description if message.status else None]
    lines = [line.strip() for text in dict.fromkeys(said) if text for line in text.split("\n") if line.strip()]
    for number, line in enumerate(lines):
        assembly.add_paragraph(line, origin=Origin(paragraph=number))
    if assembly.is_empty:
        raise ReadError("E104", path=path)
    return assembly.document(_source(Source(), path, message, [MessageWarning("E156", ""), *failed]))


def _source(inner: Source, path: str | None, message: Message, said: list[MessageWarning]) -> Source:
    """Say that the file is a message, and all that is not right with it and with the attachment."""
    told = tuple(warning.text() for warning in (*said, *message.warnings, *_inner(message.attachments)))
    return replace(inner, path=path, media_type=EDXML, warnings=(*dict.fromkeys(told), *inner.warnings))


def _inner(attachments: tuple[Attachment, ...]) -> Iterator[MessageWarning]:
    """Give the warnings of messages inside the message, under the name of the attachment."""
    for attachment in attachments:
        yield from _inner(attachment.members)
        if attachment.message is not None:
            for warning in (*attachment.message.warnings, *_inner(attachment.message.attachments)):
                place = " > ".join(part for part in (attachment.name, warning.place) if part)
                yield replace(warning, place=place)
