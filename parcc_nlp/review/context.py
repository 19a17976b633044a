"""What a rule may ask: the document, the day, and every cited instrument with its status, resolved once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol, TypeVar, cast

from parcc_nlp.model import AmendedBy, Citation, Extraction, Instrument, Pinpoint, ProvisionStatus, Status
from parcc_nlp.registry.identity import legal_class, number_parts
from parcc_nlp.review.places import Places
from parcc_nlp.review.together import Together

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["Cited", "RegistryView", "RuleContext", "canonical", "gather", "is_party_document", "look_up"]

Reading = TypeVar("Reading")
_LAW_TYPES = frozenset({"Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp"})
_WITHOUT_BASES = frozenset({"Công văn", "Công điện", "Tờ trình", "Báo cáo", "Thông báo", "Giấy mời", "Thư công"})
# These have no căn cứ lines: "căn cứ Nghị định ..." in their prose is reasoning, often about the past.
_STANDARD = "Tiêu chuẩn"
_TECHNICAL_REGULATION = "Quy chuẩn"
_PARTY_FORM = re.compile(r"\d+-[A-ZĐa-zđ]{2,5}/")
_PARTY_WORDS = ("bộ chính trị", "ban bí thư", "ban chấp hành trung ương", "bch trung ương", "tỉnh ủy", "thành ủy")
_PARTY_NAMES = ("đảng bộ", "đại hội đảng", "đại hội đại biểu toàn quốc", "ban chấp hành trung ương đảng")
_AMENDING = "sửa đổi"
_DRAFT = "dự thảo"
_DRAFT_REACH = 20  # "dự thảo Nghị định số ...", "dự thảo của Nghị định số ..."


class RegistryView(Protocol):
    """What the review asks of a registry; `parcc_nlp.registry.Registry` answers it."""

    @property
    def version(self) -> str:
        """Version and date of the data."""

    def get(self, instrument_id: str, /) -> Instrument | None:
        """Give the instrument with this id."""

    def find(self, number: str, /) -> Sequence[Instrument]:
        """Give the instruments that bear a number."""

    def laws_named(self, name: str, /) -> Sequence[Instrument]:
        """Give the laws that have borne a name, of whatever year."""

    def resolve_all(self, extraction: Extraction, /) -> Extraction:
        """Fill in the instrument of every citation."""

    def status(self, instrument: str, /, *, on: str) -> Status:
        """Say whether an instrument is in force on a day."""

    def provision_status(self, instrument: str, provision: Pinpoint, /, *, on: str) -> ProvisionStatus:
        """Say whether a provision of an instrument is in force on a day."""

    def successors(self, instrument: str, /, *, on: str) -> Sequence[Instrument]:
        """Give what replaced an instrument by a day, step by step, the end of the chain last."""

    def amendments(self, instrument: str, /, *, on: str) -> tuple[AmendedBy, ...]:
        """List the amendments that had taken effect by a day."""


@dataclass(frozen=True, slots=True)
class Cited:
    """One instrument as the document cites it: all its mentions, and what is known of it on the day asked about.

    `key` is the instrument's id, or the canonical citation where no instrument was found. `moves` is true for a law
    that the document names by its name alone: the reference follows it to whatever replaces it under the same name.
    """

    key: str
    citations: tuple[Citation, ...]
    instrument: Instrument | None = None
    status: Status | None = None
    chain: tuple[Instrument, ...] = ()
    """What replaced an expired instrument, step by step; the last one is the end of the chain on the day."""
    basis: Citation | None = None
    """The first mention in the căn cứ lines, if any."""
    moves: bool = False
    heir: Instrument | None = None
    """For a law that moves and was replaced under its own name: the law of that name in force on the day."""

    @property
    def is_ambiguous(self) -> bool:
        """Whether several instruments fit, or one that the citation does not surely mean."""
        return self.instrument is None and any(citation.candidates for citation in self.citations)

    @property
    def first(self) -> Citation:
        """The first mention."""
        return self.citations[0]

    @property
    def is_party(self) -> bool:
        """Whether this is a Party document, which the law on normative documents does not govern."""
        return any(is_party_document(citation) for citation in self.citations)

    @property
    def is_standard(self) -> bool:
        """Whether this is a formal standard (TCVN, ISO)."""
        return self.first.doc_type == _STANDARD

    @property
    def is_technical_regulation(self) -> bool:
        """Whether this is a technical regulation (QCVN), issued with a circular."""
        return self.first.doc_type == _TECHNICAL_REGULATION

    @property
    def ended_here(self) -> bool:
        """Whether this very document replaces or repeals the instrument."""
        return any(citation.relation in {"replaces", "repeals"} for citation in self.citations)


@dataclass(frozen=True, slots=True)
class RuleContext:
    """Everything a rule may look at.

    `as_of` is the day asked about and `signed` the day the document was signed, both ISO or None where not known;
    `citations` are the mentions the review answers for, the document's own number, internal references and drafts left
    out; `cited` the same grouped by instrument, in the order of their first mention.
    """

    extraction: Extraction
    registry: RegistryView | None = None
    as_of: str | None = None
    signed: str | None = None
    expiring_within_days: int = 90
    citations: tuple[Citation, ...] = ()
    cited: tuple[Cited, ...] = ()
    together: Together | None = None
    """The documents that are checked together with this one, itself among them."""
    index: Places | None = None
    _remembered: dict[object, object] = field(default_factory=dict, init=False, repr=False, compare=False)

    def remembered(self, read: Callable[[RuleContext], Reading]) -> Reading:
        """Give what `read` makes of this review, made on first use: several rules ask for one reading of a document."""
        if read not in self._remembered:
            self._remembered[read] = read(self)
        return cast("Reading", self._remembered[read])

    @property
    def places(self) -> Places:
        """The lines, pages and sections of the document, looked up by offset."""
        return self.index if self.index is not None else Places.of(self.extraction)

    @property
    def others(self) -> Together:
        """The documents that are checked together with this one, for rules that need them."""
        if self.together is None:
            raise LookupError("a rule that asks for other documents must say needs=('together', ...)")
        return self.together

    @property
    def known(self) -> RegistryView:
        """The registry, for rules that need one."""
        if self.registry is None:
            raise LookupError("a rule that asks the registry must say needs=('registry', ...)")
        return self.registry

    @property
    def day(self) -> str:
        """The day asked about, for rules that need one."""
        if self.as_of is None:
            raise LookupError("a rule that asks for a day must say needs=('as_of', ...)")
        return self.as_of

    @property
    def signing(self) -> str:
        """The signing date, for rules that need it."""
        if self.signed is None:
            raise LookupError("a rule that asks for the signing date must say needs=('signed', ...)")
        return self.signed


def look_up(reference: str, registry: RegistryView) -> Instrument | None:
    """Give the instrument that a proof, a chain or an amendment names, by its id or by a number that is its alone."""
    found = registry.get(reference)
    if found is not None or reference.startswith("vn/"):
        return found
    bearing = registry.find(reference)
    return bearing[0] if len(bearing) == 1 else None


def gather(extraction: Extraction, *, registry: RegistryView | None, as_of: str | None) -> tuple[Cited, ...]:
    """Group the mentions of a resolved extraction by instrument and ask for the status of each instrument once."""
    citations = examined(extraction)
    dated = _dated_keys(citations)
    groups: dict[str, list[Citation]] = {}
    for citation in citations:
        key = citation.instrument or canonical(citation)
        groups.setdefault(dated.get(key, key), []).append(citation)
    has_bases = extraction.metadata.doc_type not in _WITHOUT_BASES
    return tuple(_cited(key, tuple(group), registry, as_of, has_bases=has_bases) for key, group in groups.items())


def examined(extraction: Extraction) -> tuple[Citation, ...]:
    """Give the mentions the review answers for: not the document's own number, not internal references, not drafts."""
    return tuple(
        citation
        for citation in extraction.citations
        if citation.relation != "self" and not citation.internal and not _is_draft(citation, extraction.text)
    )


def canonical(citation: Citation) -> str:
    """Give a mention's identity as far as it goes: number or name, and for a number without year the date too.

    A number without year is given out anew every year, so that "99/NQ-CP" of 2017 and of 2021 are two documents.

    Examples
    --------
    >>> from parcc_nlp.model import Citation
    >>> canonical(Citation(0, 9, "99/NQ-CP", "Nghị quyết", "99/NQ-CP", issued="2017-10-03"))
    '99/nq-cp|2017-10-03'
    """
    if citation.number is None:
        return " ".join((citation.name or citation.text).lower().split())
    number = "".join(citation.number.lower().split())
    return number if number_parts(citation.number).year else f"{number}|{citation.issued or ''}"


def is_party_document(citation: Citation) -> bool:
    """Say whether a mention is of a Party document: by its symbol (39-NQ/TW), its issuer or its name."""
    number = citation.number or ""
    if legal_class(number, citation.doc_type) == "party" or _PARTY_FORM.match(number):
        return True
    issuer = (citation.issuer or "").lower()
    name = (citation.name or "").lower()
    return any(word in issuer for word in _PARTY_WORDS) or any(word in name for word in _PARTY_NAMES)


def _dated_keys(citations: tuple[Citation, ...]) -> dict[str, str]:
    """Send an undated mention of a number to the one instrument that dated mentions of it mean, if there is one."""
    dated: dict[str, set[str]] = {}
    for citation in citations:
        if citation.issued and citation.number:
            key = citation.instrument or canonical(citation)
            dated.setdefault(canonical(replace(citation, issued=None)), set()).add(key)
    return {undated: next(iter(keys)) for undated, keys in dated.items() if len(keys) == 1}


def _cited(
    key: str, citations: tuple[Citation, ...], registry: RegistryView | None, as_of: str | None, *, has_bases: bool
) -> Cited:
    """Put together what is known of one instrument."""
    basis = next((citation for citation in citations if citation.relation == "basis"), None) if has_bases else None
    instrument_id = next((citation.instrument for citation in citations if citation.instrument), None)
    instrument = registry.get(instrument_id) if registry is not None and instrument_id else None
    if registry is None or instrument is None:
        return Cited(key=key, citations=citations, basis=basis)
    status = registry.status(instrument.id, on=as_of) if as_of else None
    moves = _moves(citations)
    expired = status is not None and status.status == "expired"
    chain = tuple(registry.successors(instrument.id, on=as_of)) if expired and as_of else ()
    heir = chain[-1] if moves and chain and _same_name(chain[-1], instrument) else None
    return Cited(key, citations, instrument, status, chain, basis, moves, heir)


def _moves(citations: tuple[Citation, ...]) -> bool:
    """Say whether a reference follows the law: named by its name alone, at every mention, and not an amending law.

    Once a document has given a law's date or number, its later short mentions mean that law and no other.
    """
    return all(
        citation.doc_type in _LAW_TYPES
        and citation.number is None
        and citation.issued is None
        and _AMENDING not in (citation.name or citation.text).lower()
        for citation in citations
    )


def _same_name(one: Instrument, other: Instrument) -> bool:
    return _bare_name(one) == _bare_name(other) != ""


def _bare_name(instrument: Instrument) -> str:
    """Give a law's name without the word Luật and without a year ("Luật Đất đai 2024" -> "đất đai")."""
    name = " ".join((instrument.title or "").lower().replace(",", " ").split())
    for word in ("bộ luật ", "luật ", "pháp lệnh "):
        name = name.removeprefix(word)
    return re.sub(r"\s*(?:năm |số )?\d[\w/]*$", "", name)


def _is_draft(citation: Citation, text: str) -> bool:
    """Say whether a mention is of a draft: so called, or with its number still to be filled in."""
    before = text[max(0, citation.start - _DRAFT_REACH) : citation.start].lower()
    if _DRAFT in before and "\n" not in before.split(_DRAFT)[-1]:
        return True
    return citation.number is not None and not citation.number[:1].isalnum()
