"""What an edXML message says of a document, beside what the document says itself.

The text is what was signed; a message is filled in by hand or by a program, and often wrongly. So the text wins, the
message fills what the text does not say, and where both speak and differ it is reported.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from parcc_nlp.registry.identity import canonical_issuer, number_key, plain, slug
from parcc_nlp.text.canonical import canonical_number

if TYPE_CHECKING:
    from collections.abc import Callable

    from parcc_nlp.model import Metadata
    from parcc_nlp.read.edxml_values import Message

__all__ = ["Answer", "Comparison", "Field", "compared", "disagreements", "merged"]

Field = Literal["number", "issuer", "issued", "doc_type", "title", "signer"]
Answer = Literal["same", "different", "not_comparable"]

# Who signs for a body; a message names the body only.
_HEAD = re.compile(
    r"^(?:Quyền )?(?:Chủ tịch|Bộ trưởng|Giám đốc|Chánh Văn phòng|Cục trưởng)\s+(?=UBND|HĐND|Bộ|Sở|Văn|Cục)"
)
# What introduces a subject and is no part of it ("V/v", "Về việc", "Về").
_ABOUT = re.compile(r"^(?:v/v|về việc|về|ve viec)\s*:?\s+", re.IGNORECASE)
_NOT_WORDS = re.compile(r"[^\w/-]+")
_SERIAL = re.compile(r"^([0-9]+[A-Z]?)[-/]")
_ENOUGH_WORDS = 4
"""From how many words on a title may be cut short and still be the same one."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One field, what the message and the text say of it, and whether that is the same.

    It is ``not_comparable`` where either says nothing, which is no agreement.
    """

    field: Field
    message: str | None
    text: str | None
    answer: Answer


def compared(message: Message, metadata: Metadata) -> tuple[Comparison, ...]:
    """Compare what a message says of a document with what was read from its text.

    Parameters
    ----------
    message
        What `parcc_nlp.read.edxml.read_message` gave.
    metadata
        What `parcc_nlp.extract` found in the text of its attachment.

    Returns
    -------
    tuple[Comparison, ...]
        Number, issuer, date, type, title and signer, in this order. Words written without any accent are compared
        without accents, an issuer may be named without its place ("Sở Tư pháp"), a title may be cut short, a date may
        be less precise.

    Examples
    --------
    >>> from parcc_nlp.model import Metadata
    >>> from parcc_nlp.read.edxml_values import Message
    >>> message = Message("document", code_number="12", code_notation="QĐ-UBND", issued="2024-05-02")
    >>> found = compared(message, Metadata(number="12/QĐ-UBND", issued="2024-05-03"))
    >>> [(one.field, one.answer) for one in found if one.answer != "not_comparable"]
    [('number', 'same'), ('issued', 'different')]
    """
    sender, kind, signer = message.sender, message.document_type, message.signer
    named = [name for name in (sender.name, sender.in_charge) if name] if sender else []
    issuer = next((name for name in named if metadata.issuer and _same_issuer(name, metadata.issuer)), None)
    return (
        _compared("number", message.number, metadata.number, _same_number),
        _compared("issuer", issuer or (named[0] if named else None), metadata.issuer, _same_issuer),
        _compared("issued", message.issued, metadata.issued, _same_day),
        _compared("doc_type", kind.name if kind else None, metadata.doc_type, _same_words),
        _compared("title", message.subject, metadata.title, _same_title),
        _compared("signer", signer.name if signer else None, metadata.signer, _same_words),
    )


def disagreements(message: Message, metadata: Metadata) -> tuple[Comparison, ...]:
    """Give the fields of which message and text say different things.

    Examples
    --------
    >>> from parcc_nlp.model import Metadata
    >>> from parcc_nlp.read.edxml_values import Message
    >>> message = Message("document", subject="V/v họp giao ban")
    >>> disagreements(message, Metadata(title="họp giao ban", number="12/SNV")), disagreements(message, Metadata())
    ((), ())
    """
    return tuple(one for one in compared(message, metadata) if one.answer == "different")


def merged(message: Message, metadata: Metadata) -> Metadata:
    """Fill what the text does not say with what the message says; what the text says stays.

    A status message says nothing of a document and fills nothing.

    Examples
    --------
    >>> from parcc_nlp.model import Metadata
    >>> from parcc_nlp.read.edxml_values import Message
    >>> message = Message("document", code_number="12", code_notation="QĐ-UBND", place="Vinh")
    >>> both = merged(message, Metadata(number="13/QĐ-UBND"))
    >>> both.number, both.place
    ('13/QĐ-UBND', 'Vinh')
    """
    if message.kind != "document":
        return metadata
    sender, kind, signer = message.sender, message.document_type, message.signer
    return replace(
        metadata,
        doc_type=metadata.doc_type or (kind.name if kind else None),
        number=metadata.number or (canonical_number(message.number) if message.number else None),
        issued=metadata.issued or message.issued,
        issuer=metadata.issuer or (sender.name or sender.in_charge if sender else None),
        place=metadata.place or message.place,
        title=metadata.title or message.subject,
        signer=metadata.signer or (signer.name if signer else None),
        signer_title=metadata.signer_title or (signer.position if signer else None),
        recipients=metadata.recipients or message.to_places,
    )


def _compared(field: Field, message: str | None, text: str | None, same: Callable[[str, str], bool]) -> Comparison:
    if not message or not text:
        return Comparison(field, message, text, "not_comparable")
    return Comparison(field, message, text, "same" if same(message, text) else "different")


def _same_number(one: str, other: str) -> bool:
    """Compare numbers; a message joins number and notation by "/" where a Party document has "-" (36-HD/VPTW)."""
    return _SERIAL.sub(r"\1/", number_key(one)) == _SERIAL.sub(r"\1/", number_key(other))


def _same_day(one: str, other: str) -> bool:
    precision = min(len(one), len(other))
    return one[:precision] == other[:precision]


def _same_words(one: str, other: str) -> bool:
    """Compare names and titles by their words; without accents where one of them was written without."""
    mine, theirs = _words(one), _words(other)
    if mine.isascii() or theirs.isascii():
        return slug(mine) == slug(theirs)
    return mine == theirs


def _words(text: str) -> str:
    return _NOT_WORDS.sub(" ", plain(text).casefold()).strip()


def _same_title(one: str, other: str) -> bool:
    """Compare titles; one may be cut short, and how a title is introduced is no part of it."""
    mine, theirs = (_words(_ABOUT.sub("", text.strip())) for text in (one, other))
    if _same_words(mine, theirs):
        return True
    shorter, longer = sorted((mine, theirs), key=len)
    cut, behind = longer[: len(shorter)], longer[len(shorter) : len(shorter) + 1]
    return len(shorter.split()) >= _ENOUGH_WORDS and behind == " " and _same_words(shorter, cut)


def _same_issuer(one: str, other: str) -> bool:
    """Compare issuers: a body may be named without its place, and its head stands for it; nothing else is left out."""
    mine, theirs = (_words(_HEAD.sub("", canonical_issuer(name))) for name in (one, other))
    if _same_words(mine, theirs):
        return True
    shorter, longer = sorted((mine, theirs), key=len)
    if shorter == "chính phủ":
        return False
    return f"{longer} ".startswith(f"{shorter} ")
