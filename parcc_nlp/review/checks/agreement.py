"""VB203-VB205 and VB208: whether the elements of a citation agree with the registry and with each other.

The fault is in the wording, so every place has its finding.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from parcc_nlp.model import Evidence
from parcc_nlp.registry.identity import assembly_term, assembly_years
from parcc_nlp.review.naming import contradicts, day, short_name
from parcc_nlp.review.rule import Flag, phrase, rule
from parcc_nlp.review.tables import office_of_issuer, office_of_symbol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.model import Alias, Citation, Instrument
    from parcc_nlp.review.context import RuleContext
    from parcc_nlp.review.rule import Phrase

__all__ = ["vb203", "vb204", "vb205", "vb208"]

_YEAR = re.compile(r"/((?:19|20)\d\d)/")
_FEWEST_WORDS = 3
_OTHER_TITLE = 45
"""Similarity (0-100) below which two titles are of different documents; drafting practice shortens titles freely."""


@rule("VB203", needs=("registry",))
def vb203(context: RuleContext) -> Iterator[Flag]:
    """Flag a date of issue that is not the registry's."""
    for citation, instrument in _identified(context):
        if contradicts(citation, instrument):
            known = day(instrument.issued or "")
            yield _differs(
                citation,
                instrument,
                phrase("differs", written=day(citation.issued or ""), known=known, instrument=short_name(instrument)),
                suggestion=phrase("suggestion", known=known),
                quote=f"ngày ban hành: {known}",
            )


@rule("VB204", needs=("registry",))
def vb204(context: RuleContext) -> Iterator[Flag]:
    """Flag a title that is quite another than the registry's."""
    for citation, instrument in _identified(context):
        if not citation.title or not instrument.title:
            continue
        if _is_other_title(citation.title, instrument.title, context.extraction.aliases):
            yield _differs(
                citation,
                instrument,
                phrase("differs", written=citation.title, known=instrument.title, instrument=short_name(instrument)),
                suggestion=phrase("check_source"),
                quote=instrument.title,
            )


@rule("VB205")
def vb205(context: RuleContext) -> Iterator[Flag]:
    """Flag an issuer that the symbol does not allow, or that is not the registry's."""
    for citation in context.citations:
        flag = _issuer_against_symbol(citation) or _issuer_against_registry(citation, context)
        if flag is not None:
            yield flag


@rule("VB208")
def vb208(context: RuleContext) -> Iterator[Flag]:
    """Flag a year or a term in the symbol that the date contradicts."""
    for citation in context.citations:
        message = _year_contradicted(citation) or _term_contradicted(citation)
        if message is not None:
            yield _at(citation, message, suggestion=phrase("check_source"))


def _identified(context: RuleContext) -> Iterator[tuple[Citation, Instrument]]:
    """Give the citations that are known to mean one instrument.

    A citation whose date is a slip away from the only instrument of its number has that one as its candidate.
    """
    for citation in context.citations:
        name = citation.instrument
        if name is None and len(citation.candidates) == 1:
            name = citation.candidates[0]
        instrument = context.known.get(name) if name else None
        if instrument is not None:
            yield citation, instrument


def _at(
    citation: Citation,
    message: Phrase,
    *,
    suggestion: Phrase | None,
    evidence: tuple[Evidence, ...] = (),
) -> Flag:
    return Flag(
        start=citation.start,
        end=citation.end,
        message=message,
        subject=citation.instrument or citation.number or citation.name or citation.text,
        instrument=citation.instrument,
        evidence=evidence,
        suggestion=suggestion,
        place_matters=True,
    )


def _differs(citation: Citation, instrument: Instrument, message: Phrase, *, suggestion: Phrase, quote: str) -> Flag:
    evidence = Evidence(source=instrument.source or instrument.id, quote=quote, retrieved=instrument.checked_on)
    return _at(citation, message, suggestion=suggestion, evidence=(evidence,))


def _is_other_title(written: str, known: str, aliases: tuple[Alias, ...]) -> bool:
    """Say whether two titles are of different documents, abbreviations spelt out and shortening allowed for."""
    from rapidfuzz import fuzz  # noqa: PLC0415  # only where a title is compared

    one, other = _plain(written, aliases), _plain(known, aliases)
    if min(len(one.split()), len(other.split())) < _FEWEST_WORDS:
        return False
    return max(fuzz.token_set_ratio(one, other), fuzz.partial_ratio(one, other)) < _OTHER_TITLE


def _plain(title: str, aliases: tuple[Alias, ...]) -> str:
    """Fold a title for comparison: abbreviations of the document spelt out, no "về việc", no marks."""
    for alias in aliases:
        title = re.sub(rf"(?<!\w){re.escape(alias.short)}(?!\w)", alias.long.replace("\\", ""), title)
    folded = unicodedata.normalize("NFD", title.lower().replace("đ", "d"))
    folded = "".join(letter for letter in folded if not unicodedata.combining(letter))
    words = re.sub(r"[^\w]+", " ", folded).split()
    while words and words[0] in {"ve", "viec", "ban", "hanh", "quy", "dinh", "phe", "duyet"}:
        words.pop(0)
    return " ".join(words)


def _issuer_against_symbol(citation: Citation) -> Flag | None:
    if not citation.number or not citation.issuer:
        return None
    expected, written = office_of_symbol(citation.number), office_of_issuer(citation.issuer)
    if expected is None or written is None or expected.office == written.office:
        return None
    message = phrase("symbol", written=citation.issuer, number=citation.number, expected=expected.name)
    return _at(citation, message, suggestion=phrase("check_source"))


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
