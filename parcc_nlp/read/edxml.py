"""Messages of the national document exchange axis: edXML by QCVN 102:2016/BTTTT.

Elements are matched by namespace and local name, in any order. What is not right in a message is told by a warning and
left out; only what is no message, or not a safe one, is an error. Signatures are not checked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcc_nlp.errors import ReadError
from parcc_nlp.read.edxml_archive import Allowance, Opening
from parcc_nlp.read.edxml_attachments import read_attachments
from parcc_nlp.read.edxml_fields import Fields, is_named
from parcc_nlp.read.edxml_tree import parse
from parcc_nlp.read.edxml_values import (
    Business,
    DocumentType,
    Message,
    MessageKind,
    Organisation,
    Receiver,
    Replacement,
    ResponseFor,
    SignatureState,
    Signer,
    Staff,
    StatusReport,
    Trace,
)
from parcc_nlp.read.limits import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["read_message"]

_SIGNATURE = "{http://www.w3.org/2000/09/xmldsig#}Signature"
_OF_DOCUMENTS = ("Code", "PromulgationInfo", "DocumentType", "Subject")


def read_message(data: bytes, *, name: str | None = None, limits: Limits = DEFAULT_LIMITS) -> Message:
    """Read an edXML message with all it carries.

    Parameters
    ----------
    data
        The whole message.
    name
        The name that errors give it.
    limits
        Bounds on size, tags, attachments and what is inside them.

    Returns
    -------
    Message
        Its values; `Message.warnings` says what is not right with it.

    Raises
    ------
    ReadError
        E101 for nothing, E108 for an encoding other than UTF-8 and UTF-16, E116 for XML of another kind, E130 to E132
        above the limits, E141 where it is no well-formed XML (with line and column), E142 for a DTD.

    Examples
    --------
    >>> message = read_message('''<edXML xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016"><edXMLEnvelope><edXMLHeader>
    ... <MessageHeader><Code><CodeNumber>12</CodeNumber><CodeNotation>QĐ-UBND</CodeNotation></Code>
    ... <DueDate>2014/02/30</DueDate></MessageHeader></edXMLHeader></edXMLEnvelope></edXML>'''.encode())
    >>> message.kind, message.number, message.due
    ('document', '12/QĐ-UBND', None)
    >>> [(warning.code, warning.place) for warning in message.warnings]
    [('E145', 'MessageHeader/DueDate')]
    """
    allowance = Allowance(files=limits.attachments, bytes=limits.attachment_bytes)
    return _message(data, name, Opening(limits, allowance, _message))


def _message(data: bytes, name: str | None, opening: Opening) -> Message:
    if not data:
        raise ReadError("E101", path=name)
    root, undeclared = parse(data, path=name, limits=opening.limits)
    if not is_named(root, "edXML"):
        raise ReadError("E116", path=name)
    fields = Fields()
    for prefix in undeclared:
        fields.warn("E153", "", what=prefix)
    _warn_of_bare_names(root, fields)
    envelope = fields.child(root, "edXMLEnvelope")
    if envelope is None:
        envelope = root
    part = fields.child(envelope, "edXMLHeader")
    header = fields.child(part, "MessageHeader")
    traces = fields.child(part, "TraceHeaderList")
    information = fields.child(header, "PromulgationInfo")
    code = fields.child(header, "Code")
    other = fields.child(header, "OtherInfo")
    return Message(
        kind=_kind(header, fields),
        sender=_sender(header, fields),
        receivers=tuple(filter(None, (_organisation(one, fields) for one in fields.children(header, "To")))),
        document_id=fields.document_id(header),
        code_number=_code_number(code, fields),
        code_notation=fields.text(code, "CodeNotation"),
        place=fields.text(information, "Place"),
        issued=fields.date(information, "PromulgationDate"),
        document_type=_document_type(header, fields),
        subject=fields.text(header, "Subject"),
        content=fields.lines(header, "Content"),
        signer=_signer(header, fields),
        due=fields.date(header, "DueDate"),
        to_places=fields.texts(fields.child(header, "ToPlaces"), "Place"),
        priority=fields.code(other, "Priority", "priority"),
        steering=fields.code(header, "SteeringType", "steering"),
        sphere=fields.text(other, "SphereOfPromulgation"),
        type_notation=fields.text(other, "TyperNotation"),
        copies=fields.count(other, "PromulgationAmount"),
        pages=fields.count(other, "PageAmount"),
        direction=fields.flag(other, "Direction"),
        appendixes=fields.texts(fields.child(other, "Appendixes"), "Appendix"),
        response_for=tuple(filter(None, (_response(one, fields) for one in fields.children(header, "ResponseFor")))),
        trace=tuple(_trace(one, fields) for one in fields.children(traces, "TraceHeader")),
        business=_business(traces, fields),
        status=_status(header, fields),
        signature=_signature(part),
        attachments=read_attachments(root, envelope, fields, opening),
        warnings=tuple(fields.warnings),
    )


def _warn_of_bare_names(root: etree._Element, fields: Fields) -> None:
    """Say once that elements of the message stand in no namespace; what is inside a signature is not the message's."""
    for element in root.iter("{}*"):
        inside = element.iterancestors("{*}Signature", "{*}DigitalSignature")
        if not is_named(element, "Signature") and next(inside, None) is None:
            fields.warn("E149", "", what=str(element.tag))
            return


def _kind(header: etree._Element | None, fields: Fields) -> MessageKind:
    """Tell a status message by its status code and a document by what only documents have."""
    status = next(fields.children(header, "StatusCode"), None) is not None
    document = any(next(fields.children(header, name), None) is not None for name in _OF_DOCUMENTS)
    if status == document:
        fields.warn("E143", "MessageHeader")
        return "unknown"
    return "status" if status else "document"


def _code_number(code: etree._Element | None, fields: Fields) -> str | None:
    """Give the number as written: letters in it are told, for the document may bear them ("12a")."""
    number = fields.text(code, "CodeNumber")
    if number is not None and not (number.isascii() and number.isdigit()):
        fields.warn("E146", "MessageHeader/Code/CodeNumber", what=number)
    return number


def _organisation(element: etree._Element | None, fields: Fields) -> Organisation | None:
    found = Organisation(
        id=fields.text(element, "OrganId"),
        name=fields.text(element, "OrganName"),
        in_charge=fields.text(element, "OrganizationInCharge"),
        address=fields.text(element, "OrganAdd"),
        email=fields.text(element, "Email"),
        telephone=fields.text(element, "Telephone"),
        fax=fields.text(element, "Fax"),
        website=fields.text(element, "Website"),
    )
    return found if found != Organisation() else None


def _sender(header: etree._Element | None, fields: Fields) -> Organisation | None:
    return _organisation(fields.child(header, "From"), fields)


def _document_type(header: etree._Element | None, fields: Fields) -> DocumentType | None:
    element = fields.child(header, "DocumentType")
    found = DocumentType(
        fields.text(element, "Type"), fields.text(element, "TypeDetail"), fields.text(element, "TypeName")
    )
    return found if found != DocumentType() else None


def _signer(header: etree._Element | None, fields: Fields) -> Signer | None:
    element = fields.child(header, "SignerInfo")
    found = Signer(
        fields.text(element, "Competence"), fields.text(element, "Position"), fields.text(element, "FullName")
    )
    return found if found != Signer() else None


def _response(element: etree._Element, fields: Fields) -> ResponseFor | None:
    code = fields.child(element, "Code")
    parts = [part for part in (fields.text(code, "CodeNumber"), fields.text(code, "CodeNotation")) if part]
    found = ResponseFor(
        organ=fields.text(element, "OrganId"),
        number="/".join(parts) or fields.text(element, "Code"),
        document_id=fields.document_id(element),
        issued=fields.date(element, "PromulgationDate"),
    )
    return found if found != ResponseFor() else None


def _trace(element: etree._Element, fields: Fields) -> Trace:
    return Trace(fields.text(element, "OrganId"), fields.moment(element, "Timestamp"))


def _staff(parent: etree._Element | None, fields: Fields) -> Staff | None:
    element = fields.child(parent, "StaffInfo")
    found = Staff(
        fields.text(element, "Department"),
        fields.text(element, "Staff"),
        fields.text(element, "Mobile"),
        fields.text(element, "Email"),
    )
    return found if found != Staff() else None


def _business(traces: etree._Element | None, fields: Fields) -> Business | None:
    element = fields.child(traces, "Bussiness")
    if element is None:
        return None
    update = fields.child(element, "BussinessDocumentInfo")
    receivers = fields.child(update, "ReceiverList")
    replaced = fields.child(element, "ReplacementInfoList")
    return Business(
        kind=fields.code(element, "BussinessDocType", "business"),
        reason=fields.text(element, "BussinessDocReason"),
        document_id=fields.document_id(element),
        paper=fields.flag(element, "Paper"),
        staff=_staff(element, fields),
        document_changed=fields.flag(update, "DocumentInfo"),
        receivers_changed=fields.flag(update, "DocumentReceiver"),
        receivers=tuple(
            Receiver(fields.text(one, "OrganId"), fields.code(one, "ReceiverType", "receiver"))
            for one in fields.children(receivers, "Receiver")
        ),
        replacements=tuple(
            Replacement(fields.document_id(one), fields.texts(fields.child(one, "OrganIdList"), "OrganId"))
            for one in fields.children(replaced, "ReplacementInfo")
        ),
    )


def _status(header: etree._Element | None, fields: Fields) -> StatusReport | None:
    if next(fields.children(header, "StatusCode"), None) is None:
        return None
    return StatusReport(
        code=fields.code(header, "StatusCode", "status"),
        description=fields.text(header, "Description"),
        at=fields.moment(header, "Timestamp"),
        staff=_staff(header, fields),
    )


def _signature(part: etree._Element | None) -> SignatureState:
    """Say whether the header holds a signature; its own namespace, the message's and none are met."""
    found = [one for one in (() if part is None else part) if one.tag == _SIGNATURE or is_named(one, "Signature")]
    if not found:
        return "absent"
    filled = any(len(one) or (one.text or "").strip() for one in found)
    return "present" if filled else "empty"
