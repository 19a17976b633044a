"""The attachments of an edXML message: what the manifest lists and what the message carries, put together."""

from __future__ import annotations

import binascii
import re
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.errors import ReadError
from parcc_nlp.read.edxml_archive import Opening, file_name, is_unsafe
from parcc_nlp.read.edxml_values import Attachment

if TYPE_CHECKING:
    from lxml import etree

    from parcc_nlp.read.edxml_fields import Fields

__all__ = ["read_attachments"]

_HREF = "{http://www.w3.org/1999/xlink}href"
_CID = re.compile(r"^<?(?:cid:)?|>$", re.IGNORECASE)
_WHITE = b" \t\r\n"


class _Listed(NamedTuple):
    """A ``Reference`` of the manifest."""

    content_id: str | None = None
    name: str | None = None
    content_type: str | None = None
    description: str | None = None


def read_attachments(
    root: etree._Element, envelope: etree._Element, fields: Fields, opening: Opening
) -> tuple[Attachment, ...]:
    """Read all attachments, with what the manifest says of them, and open archives and messages among them.

    Parameters
    ----------
    root, envelope
        The message and its envelope: attachments stand beside the envelope, the manifest in it.
    fields
        Takes the warnings: a file that is listed and not carried (E150), carried and not listed (E151), no base64
        (E152), and what could not be opened.
    opening
        The bounds.

    Returns
    -------
    tuple[Attachment, ...]
        In the order of the message.

    Raises
    ------
    ReadError
        E131 for more attachments than the limit.
    """
    holders = [*fields.children(root, "AttachmentEncoded"), *fields.children(envelope, "AttachmentEncoded")]
    elements = [element for holder in holders for element in fields.children(holder, "Attachment")]
    before = opening.allowance.files
    if not opening.allowance.take_files(len(elements)):
        raise ReadError("E131", place="AttachmentEncoded", what=f"{len(elements)} > {before}")
    listed = _listed(envelope, fields)
    by_id = {one.content_id: one for one in reversed(listed) if one.content_id}
    carried = [_carried(element, by_id, fields, opening) for element in elements]
    _compare(listed, carried, fields)
    return tuple(
        opening.opened(attachment, place=_shown(attachment, number), fields=fields)
        for number, attachment in enumerate(carried, start=1)
    )


def _listed(envelope: etree._Element, fields: Fields) -> list[_Listed]:
    body = fields.child(envelope, "edXMLBody")
    manifest = fields.child(body, "edXMLManifest")
    return [
        _Listed(
            _content_id(fields.text(one, "ContentId") or str(one.get(_HREF) or "")),
            fields.text(one, "AttachmentName"),
            fields.text(one, "ContentType"),
            fields.text(one, "Description"),
        )
        for one in fields.children(manifest, "Reference")
    ]


def _content_id(text: str) -> str | None:
    """Give a content id without "cid:", which some write in the manifest only."""
    return _CID.sub("", text.strip()) or None


def _carried(element: etree._Element, by_id: dict[str, _Listed], fields: Fields, opening: Opening) -> Attachment:
    content_id = _content_id(fields.text(element, "ContentId") or "")
    reference = by_id.get(content_id or "", _Listed())
    written = fields.text(element, "AttachmentName") or reference.name or ""
    name = file_name(written) or None
    place = name or content_id or "Attachment"
    if is_unsafe(written):
        fields.warn("E155", place, what=written)
    content = _decoded(element, place, fields, opening)
    return Attachment(
        name=name,
        content_type=fields.text(element, "ContentType") or reference.content_type,
        description=fields.text(element, "Description") or reference.description,
        content_id=content_id,
        size=None if content is None else len(content),
        content=content,
    )


def _decoded(element: etree._Element, place: str, fields: Fields, opening: Opening) -> bytes | None:
    """Decode the content; how large it will be is known and bounded before."""
    holder = fields.child(element, "ContentTransferEncoded")
    text = "" if holder is None else (holder.text or "")
    if not text.isascii():
        fields.warn("E152", place, what=text)
        return None
    encoded = text.encode("ascii").translate(None, _WHITE)
    if not encoded:
        fields.warn("E152", place, what="")
        return None
    if not opening.allowance.take(len(encoded) // 4 * 3):
        fields.warn("E131", place, what=f"{len(encoded) // 4 * 3} > {opening.allowance.bytes} byte")
        return None
    try:
        return binascii.a2b_base64(encoded, strict_mode=True)
    except binascii.Error as error:
        fields.warn("E152", place, what=str(error))
        return None


def _compare(listed: list[_Listed], carried: list[Attachment], fields: Fields) -> None:
    """Say which files are listed and not carried, carried and not listed, or share their id with another."""
    there = {one.content_id for one in carried}
    for reference in listed:
        if reference.content_id is None or reference.content_id not in there:
            fields.warn("E150", "edXMLManifest", what=reference.name or reference.content_id or "")
    known = {reference.content_id for reference in listed}
    seen: set[str] = set()
    for number, attachment in enumerate(carried, start=1):
        if attachment.content_id is None or attachment.content_id not in known:
            fields.warn("E151", "AttachmentEncoded", what=_shown(attachment, number))
        elif attachment.content_id in seen:
            fields.warn("E159", "AttachmentEncoded", what=f"ContentId {attachment.content_id}")
        seen.add(attachment.content_id or "")


def _shown(attachment: Attachment, number: int) -> str:
    return attachment.name or attachment.content_id or f"Attachment {number}"
