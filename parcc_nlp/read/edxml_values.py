"""What an edXML message says, as values (QCVN 102:2016/BTTTT).

Names of fields are plain English for the elements of the standard, which each docstring gives. What a message does not
say is None or empty; what it says and is not right is None too, and told by a `MessageWarning` of the message. Dates
are ISO ("2015-09-30", "2018-09-28T17:25:11").
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from parcc_nlp.errors import Language, ReadError

__all__ = [
    "Attachment",
    "Business",
    "Coded",
    "DocumentId",
    "DocumentType",
    "Message",
    "MessageKind",
    "MessageWarning",
    "Organisation",
    "Receiver",
    "Replacement",
    "ResponseFor",
    "SignatureState",
    "Signer",
    "Staff",
    "StatusReport",
    "Trace",
]

MessageKind = Literal["document", "status", "unknown"]
SignatureState = Literal["absent", "empty", "present"]


@dataclass(frozen=True, slots=True)
class MessageWarning:
    """Something in a message that is not right: a code of ``errors.csv``, where it stands, and what stands there.

    Examples
    --------
    >>> warning = MessageWarning("E145", "MessageHeader/DueDate", (("what", "2014/02/30"),))
    >>> warning.text(lang="en").startswith("MessageHeader/DueDate: No such date: “2014/02/30”.")
    True
    """

    code: str
    place: str
    details: tuple[tuple[str, str | int], ...] = ()

    def text(self, *, lang: Language = "vi") -> str:
        """Say in one line where, what is wrong, and what to do."""
        details: dict[str, Any] = dict(self.details)
        return ReadError(self.code, place=self.place or None, **details).message(lang=lang)


@dataclass(frozen=True, slots=True)
class Coded:
    """A code with what it means: a name for programs and a wording in two languages."""

    code: str
    name: str
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Organisation:
    """A sender or receiver (``From``, ``To``): ``OrganId``, ``OrganName``, ``OrganizationInCharge``, addresses."""

    id: str | None = None
    name: str | None = None
    in_charge: str | None = None
    address: str | None = None
    email: str | None = None
    telephone: str | None = None
    fax: str | None = None
    website: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentId:
    """``DocumentId``: organ, date, number and notation in one text; the parts are None where it has another form."""

    text: str
    organ: str | None = None
    date: str | None = None
    number: str | None = None
    notation: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentType:
    """``DocumentType``: ``Type`` and ``TypeDetail`` are codes, ``TypeName`` is the name ("Công văn")."""

    code: str | None = None
    detail: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Signer:
    """``SignerInfo``: ``Competence`` ("TL. BỘ TRƯỞNG"), ``Position``, ``FullName``."""

    competence: str | None = None
    position: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class ResponseFor:
    """``ResponseFor``: the document that this message answers; `number` is its ``Code`` ("7816/VPCP-TTĐT")."""

    organ: str | None = None
    number: str | None = None
    document_id: DocumentId | None = None
    issued: str | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """``TraceHeader``: an organ the message went through, and when."""

    organ: str | None = None
    at: str | None = None


@dataclass(frozen=True, slots=True)
class Staff:
    """``StaffInfo``: who handled it."""

    department: str | None = None
    name: str | None = None
    mobile: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Receiver:
    """``Receiver`` of an update: an organ added to or removed from those who get the document."""

    organ: str | None = None
    change: Coded | None = None


@dataclass(frozen=True, slots=True)
class Replacement:
    """``ReplacementInfo``: a document that this one replaces, and for which organs."""

    document_id: DocumentId | None = None
    organs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Business:
    """``Bussiness``: whether the document is new, recalled, updated or replaces others, and why.

    `document_changed` and `receivers_changed` are ``DocumentInfo`` and ``DocumentReceiver`` of an update; `paper` says
    whether a paper copy follows.
    """

    kind: Coded | None = None
    reason: str | None = None
    document_id: DocumentId | None = None
    paper: bool | None = None
    staff: Staff | None = None
    document_changed: bool | None = None
    receivers_changed: bool | None = None
    receivers: tuple[Receiver, ...] = ()
    replacements: tuple[Replacement, ...] = ()


@dataclass(frozen=True, slots=True)
class StatusReport:
    """What a status message reports: ``StatusCode``, ``Description``, ``Timestamp``, ``StaffInfo``."""

    code: Coded | None = None
    description: str | None = None
    at: str | None = None
    staff: Staff | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attached file, or a file inside an attached archive.

    `name` is the last part of the name only, so that nobody is led out of a folder by it. `content_type` is what the
    message declares; `media_type` what the content is recognised as (``application/zip`` for an archive,
    ``text/plain`` for what bears no other sign), None where it is of a kind that is not read. `content` is None where
    there is none that can be decoded within the limits. An archive gives its files as `members`; an attached edXML
    message is read as `message`.
    """

    name: str | None = None
    content_type: str | None = None
    description: str | None = None
    content_id: str | None = None
    media_type: str | None = None
    size: int | None = None
    content: bytes | None = field(default=None, repr=False)
    members: tuple[Attachment, ...] = ()
    message: Message | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """One edXML message.

    `code_number` is kept as written although it should be digits (E146 says where it is not). `signature` says whether
    there is an XML signature; whether it is valid is not checked.

    Examples
    --------
    >>> Message("document", code_number="7816", code_notation="VPCP-TTĐT").number
    '7816/VPCP-TTĐT'
    """

    kind: MessageKind
    sender: Organisation | None = None
    receivers: tuple[Organisation, ...] = ()
    document_id: DocumentId | None = None
    code_number: str | None = None
    code_notation: str | None = None
    place: str | None = None
    issued: str | None = None
    document_type: DocumentType | None = None
    subject: str | None = None
    content: str | None = None
    signer: Signer | None = None
    due: str | None = None
    to_places: tuple[str, ...] = ()
    priority: Coded | None = None
    steering: Coded | None = None
    sphere: str | None = None
    type_notation: str | None = None
    copies: int | None = None
    pages: int | None = None
    direction: bool | None = None
    appendixes: tuple[str, ...] = ()
    response_for: tuple[ResponseFor, ...] = ()
    trace: tuple[Trace, ...] = ()
    business: Business | None = None
    status: StatusReport | None = None
    signature: SignatureState = "absent"
    attachments: tuple[Attachment, ...] = ()
    warnings: tuple[MessageWarning, ...] = ()

    @property
    def number(self) -> str | None:
        """Number and notation as a document prints them; None where either is missing."""
        if self.code_number is None or self.code_notation is None:
            return None
        return f"{self.code_number}/{self.code_notation}"
