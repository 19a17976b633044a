"""VB203-VB205 and VB208: whether the elements of a citation agree with the registry and with each other.

A symbol is a checksum: its type, its issuer, its year and its National Assembly term have to agree with the type, the
issuer and the date that stand beside it. The fault is in the wording, so every place has its finding.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from parcc_nlp.model import Evidence
from parcc_nlp.registry.days import may_be_slip
from parcc_nlp.registry.identity import (
    assembly_term,
    assembly_years,
    implied_issuers,
    implied_type,
    is_local,
    issuers_agree,
    read_rules,
)
from parcc_nlp.registry.names import LAW_TYPES
from parcc_nlp.review.checks.identity.likely import ENOUGH, SURE, corrected_numbers, likely, of_its_type
from parcc_nlp.review.checks.identity.symbols import first_code
from parcc_nlp.review.checks.identity.titles import is_other_title, title_of
from parcc_nlp.review.checks.identity.within import own_citations
from parcc_nlp.review.naming import contradicts, day, full_name, short_name
from parcc_nlp.review.rule import Flag, phrase, rule
from parcc_nlp.review.tables import kind_of_type, kinds, office_of_issuer, office_of_symbol, organs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parcc_nlp.model import Citation, Instrument
    from parcc_nlp.review.context import RuleContext
    from parcc_nlp.review.rule import Kind as FlagKind
    from parcc_nlp.review.rule import Phrase
    from parcc_nlp.review.tables import Kind, Organ

__all__ = ["vb203", "vb204", "vb205", "vb208"]

_YEAR = re.compile(r"/((?:19|20)\d\d)/")
_WHOLE_DAY = len("2023-12-22")
_LAST_ORGAN = re.compile(r"[A-ZĐ][A-Za-zĐđ&]*$")
_MINISTRY = "ministry"
_ISSUED_BY = re.compile(r"\bdo\s+\S")
_OF_BODIES = frozenset({"TT", "QĐ", "CT"})
"""Types that several central bodies issue, so that another body has only another last code."""
_OF_ASSEMBLY = frozenset({"QH", "UBTVQH"})
_OF_ONE = frozenset({"CP", "QH", "UBTVQH", "TW", "CTN"})


@rule("VB203", needs=("registry",))
def vb203(context: RuleContext) -> Iterator[Flag]:
    """Flag a date of issue that is not the registry's."""
    for citation, instrument in _identified(context):
        if contradicts(citation, instrument) and not _has_impossible_date(citation):
            known = day(instrument.issued or "")
            slip = may_be_slip(instrument.issued or "", citation.issued or "")
            others = likely(citation, context.known, least=SURE if slip else ENOUGH)
            yield _differs(
                citation,
                instrument,
                phrase("differs", written=day(citation.issued or ""), known=known, instrument=short_name(instrument)),
                suggestion=phrase("suggestion_other", known=known, others=_named(others))
                if others
                else phrase("suggestion", known=known),
                quote=f"ngày ban hành: {known}",
            )


@rule("VB204", needs=("registry",))
def vb204(context: RuleContext) -> Iterator[Flag]:
    """Flag a title that is quite another than the registry's."""
    for citation, instrument in _identified(context):
        written = title_of(citation)
        if not written or not instrument.title:
            continue
        if is_other_title(written, instrument.title, context.extraction.aliases):
            yield _differs(
                citation,
                instrument,
                phrase("differs", written=written, known=instrument.title, instrument=short_name(instrument)),
                suggestion=_offered(citation, context),
                quote=instrument.title,
            )


@rule("VB205")
def vb205(context: RuleContext) -> Iterator[Flag]:
    """Flag a type or an issuer that the symbol does not allow, or an issuer that is not the registry's."""
    for citation in own_citations(context):
        flag = (
            _type_against_symbol(citation, context)
            or _issuer_against_symbol(citation, context)
            or _type_against_registry(citation, context)
            or _issuer_against_registry(citation, context)
        )
        if flag is not None:
            yield flag


@rule("VB208")
def vb208(context: RuleContext) -> Iterator[Flag]:
    """Flag a year, a term or an issuer in the symbol that the date contradicts."""
    for citation in own_citations(context):
        message = _year_contradicted(citation) or _term_contradicted(citation)
        if message is not None:
            yield _at(citation, message, suggestion=_offered(citation, context, also=corrected_numbers(citation)))
            continue
        message = _organ_contradicted(citation)
        if message is not None:
            organ = _organ_of(citation.number or "")
            numbers = _with_body(citation.number or "", organ.successors) if organ is not None else ()
            yield _at(citation, message, suggestion=_offered(citation, context, also=numbers), kind="review")


def _identified(context: RuleContext) -> Iterator[tuple[Citation, Instrument]]:
    """Give the citations that are known to mean one instrument.

    A citation whose date is a slip away from the only instrument of its number has that one as its candidate.
    """
    for citation in own_citations(context):
        name = citation.instrument
        if name is None and len(citation.candidates) == 1:
            name = citation.candidates[0]
        instrument = context.known.get(name) if name else None
        if instrument is not None and _of_its_type(citation, instrument):
            yield citation, instrument


def _of_its_type(citation: Citation, instrument: Instrument) -> bool:
    """Say whether the type a citation names can be the instrument's; another type is another document, or a slip."""
    if citation.doc_type is None or instrument.doc_type is None:
        return True
    kind, own = kind_of_type(citation.doc_type), kind_of_type(instrument.doc_type)
    if kind is None or own is None or citation.doc_type.casefold() == instrument.doc_type.casefold():
        return True
    if (citation.doc_type in LAW_TYPES) != (instrument.doc_type in LAW_TYPES):
        return False  # laws and resolutions of one Assembly are numbered apart
    return bool(kind.codes & own.codes)


def _at(
    citation: Citation,
    message: Phrase,
    *,
    suggestion: Phrase | None,
    evidence: tuple[Evidence, ...] = (),
    kind: FlagKind = "fail",
) -> Flag:
    return Flag(
        start=citation.start,
        end=citation.end,
        message=message,
        subject=citation.instrument or citation.number or citation.name or citation.text,
        instrument=citation.instrument,
        evidence=evidence,
        suggestion=suggestion,
        kind=kind,
        place_matters=True,
    )


def _differs(citation: Citation, instrument: Instrument, message: Phrase, *, suggestion: Phrase, quote: str) -> Flag:
    """Flag a difference from the registry: a person decides which of the two is right."""
    evidence = Evidence(source=instrument.number or instrument.id, quote=quote, retrieved=instrument.checked_on)
    return _at(citation, message, suggestion=suggestion, evidence=(evidence,), kind="review")


def _offered(citation: Citation, context: RuleContext, *, also: Iterable[str] = ()) -> Phrase:
    """Offer what the citation may mean: instruments that agree with the rest of it, else the corrected numbers."""
    numbers = tuple(also)
    known = context.registry
    found = list(likely(citation, known, also=numbers)) if known is not None else []
    own = known.get(citation.instrument) if known is not None and citation.instrument else None
    if own is not None and own.number == citation.number and contradicts(citation, own):
        found.append(own)  # the number is right, and the date is not
    if found:
        return phrase("suggestion_likely", likely=_named(found))
    return phrase("suggestion_numbers", numbers=numbers) if numbers else phrase("check_source")


def _named(instruments: Iterable[Instrument]) -> tuple[str, ...]:
    return tuple(full_name(one) for one in instruments)


def _has_impossible_date(citation: Citation) -> bool:
    """Say whether the date a citation gives cannot be: VB207 speaks of it."""
    if citation.issued and len(citation.issued) == _WHOLE_DAY:
        return False
    from parcc_nlp.text.dates import find_dates  # noqa: PLC0415  # the review starts without the text tables

    return any(not mention.valid for mention in find_dates(citation.text))


def _type_against_symbol(citation: Citation, context: RuleContext) -> Flag | None:
    """Compare the type that stands before the number with the one the symbol begins with.

    In a list ("Nghị quyết số 03/NQ-CP, 12/QĐ-TTg") a later number has the type only by inference: it is left out. Codes
    of bodies (1516/CP-CN) tell no type.
    """
    number = citation.number or ""
    kind, code = kind_of_type(citation.doc_type or ""), first_code(number)
    if kind is None or code is None or code in kind.codes or not (implied_type(number) or code in _OF_ASSEMBLY):
        return None
    if not citation.text.casefold().startswith(kind.doc_type.casefold()) or _names_another_type(citation, kind):
        return None
    message = phrase("type", written=kind.doc_type, number=number, code=code)
    return _at(citation, message, suggestion=_offered(citation, context, also=of_its_type(citation)))


def _names_another_type(citation: Citation, kind: Kind) -> bool:
    """Say whether another type stands between the type and the number, so that the number may be that one's."""
    at = citation.text.rfind((citation.number or "").partition("/")[0])
    between = citation.text[: max(at, 0)].casefold().removeprefix(kind.doc_type.casefold())
    return any(one.doc_type.casefold() in between for one in kinds() if one.doc_type != kind.doc_type)


def _issuer_against_symbol(citation: Citation, context: RuleContext) -> Flag | None:
    if not citation.number or not citation.issuer or citation.issuer not in citation.text:
        return None  # an issuer named behind a list of numbers is given to all of them, but need not be that of all
    expected, written = office_of_symbol(citation.number), office_of_issuer(citation.issuer)
    if expected is None or written is None:
        return None
    numbers = _of_issuer(citation)
    if expected.office != written.office:
        message = phrase("symbol", written=citation.issuer, number=citation.number, expected=expected.name)
        # "do Văn phòng Chính phủ ban hành" may belong to a document named before this one.
        kind: FlagKind = "review" if _ISSUED_BY.search(citation.text) else "fail"
        return _at(citation, message, suggestion=_offered(citation, context, also=numbers), kind=kind)
    other = _other_ministry(citation) if expected.office == _MINISTRY else None
    if other is None:
        return None
    message = phrase("symbol", written=citation.issuer, number=citation.number, expected=other)
    return _at(citation, message, suggestion=_offered(citation, context, also=numbers), kind="review")


def _other_ministry(citation: Citation) -> str | None:
    """Give the ministry that a symbol names where another one is written that is not its successor."""
    named = implied_issuers(citation.number or "")
    if len(named) != 1 or citation.issuer is None or issuers_agree(named[0], citation.issuer):
        return None
    if not any(issuers_agree(citation.issuer, body) for bodies in _bodies().values() for body in bodies):
        return None  # shortened or misspelt, or no ministry that is known
    ended = _organ_of(citation.number or "")
    successors = ended.successors if ended is not None else ()
    return None if any(issuers_agree(citation.issuer, one) for one in successors) else named[0]


def _of_issuer(citation: Citation) -> tuple[str, ...]:
    """Give the number with the code of the issuer that is written."""
    if citation.number is None or citation.issuer is None or is_local(citation.number):
        return ()
    if first_code(citation.number) not in _OF_BODIES:
        return ()
    return _with_body(citation.number, (citation.issuer,))


def _with_body(number: str, bodies: Iterable[str]) -> tuple[str, ...]:
    """Give a number with the codes of other bodies."""
    codes = [
        code
        for code, names in _bodies().items()
        if code not in _OF_ONE and any(issuers_agree(body, one) for body in bodies for one in names)
    ]
    corrected = (_LAST_ORGAN.sub(code, number, count=1) for code in codes)
    return tuple(one for one in dict.fromkeys(corrected) if one != number)


@cache
def _bodies() -> dict[str, tuple[str, ...]]:
    """Give the central bodies by the code of their symbols."""
    rows = read_rules("issuers_by_symbol.csv")
    return {row["code"]: tuple(row["issuer"].split("|")) for row in rows if row["local"] == "no"}


def _type_against_registry(citation: Citation, context: RuleContext) -> Flag | None:
    """Compare the type with the registry's, where the symbol tells none (…/QH15 is a law or a resolution)."""
    if context.registry is None or citation.instrument is None or not citation.doc_type:
        return None
    instrument = context.registry.get(citation.instrument)
    if instrument is None or instrument.doc_type is None or _of_its_type(citation, instrument):
        return None
    return _differs(
        citation,
        instrument,
        phrase("type_differs", written=citation.doc_type, known=full_name(instrument)),
        suggestion=phrase("check_source"),
        quote=f"loại văn bản: {instrument.doc_type}",
    )


def _issuer_against_registry(citation: Citation, context: RuleContext) -> Flag | None:
    if context.registry is None or citation.instrument is None or not citation.issuer:
        return None
    instrument = context.registry.get(citation.instrument)
    if instrument is None or not instrument.issuer:
        return None
    known, written = office_of_issuer(instrument.issuer), office_of_issuer(citation.issuer)
    if known is None or written is None or known.office == written.office:
        return None
    return _differs(
        citation,
        instrument,
        phrase("differs", written=citation.issuer, known=instrument.issuer, instrument=short_name(instrument)),
        suggestion=phrase("check_source"),
        quote=f"cơ quan ban hành: {instrument.issuer}",
    )


def _year_contradicted(citation: Citation) -> Phrase | None:
    year = _YEAR.search(citation.number or "")
    if year is None or not citation.issued or citation.issued[:4] == year[1]:
        return None
    return phrase("year", number=citation.number, year=year[1], written=day(citation.issued))


def _term_contradicted(citation: Citation) -> Phrase | None:
    term = assembly_term(citation.number or "")
    years = assembly_years(term) if term else None
    if years is None:
        return None
    since, until = years
    bounds = {"number": citation.number, "term": str(term), "since": str(since), "until": str(until)}
    if citation.issued and not since <= int(citation.issued[:4]) <= until:
        return phrase("term", written=day(citation.issued), **bounds)
    year = _YEAR.search(citation.number or "")
    if year and not since <= int(year[1]) <= until:
        return phrase("term_year", year=year[1], **bounds)
    return None


def _organ_contradicted(citation: Citation) -> Phrase | None:
    """Say that the issuer in the symbol had ended, or had not begun, on the date or in the year of the citation."""
    organ = _organ_of(citation.number or "")
    year = _YEAR.search(citation.number or "")
    written = citation.issued or (year[1] if year else None)
    if organ is None or written is None:
        return None
    fields = {"number": citation.number, "organ": organ.organ, "written": day(written), "source": organ.source}
    if organ.until is not None and written > organ.until[: len(written)]:
        return phrase("organ_ended", until=day(organ.until), **fields)
    if organ.since is not None and written < organ.since[: len(written)]:
        return phrase("organ_began", since=day(organ.since), **fields)
    return None


def _organ_of(number: str) -> Organ | None:
    last = _LAST_ORGAN.search(number)
    return organs().get(last[0]) if last is not None else None
