"""VB203-VB205 and VB208: whether the elements of a citation agree with the registry and with each other.

The fault is in the wording, so every place has its finding.
"""

from __future__ import annotations

import re
import unicodedata
from functools import partial
from typing import TYPE_CHECKING

from parcc_nlp.model import Evidence
from parcc_nlp.registry.identity import assembly_term, assembly_years
from parcc_nlp.registry.names import LAW_TYPES
from parcc_nlp.review.naming import contradicts, day, short_name
from parcc_nlp.review.rule import Flag, phrase, rule
from parcc_nlp.review.tables import office_of_issuer, office_of_symbol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.model import Alias, Citation, Instrument
    from parcc_nlp.review.context import RuleContext
    from parcc_nlp.review.rule import Kind, Phrase

__all__ = ["vb203", "vb204", "vb205", "vb208"]

_YEAR = re.compile(r"/((?:19|20)\d\d)/")
_WHOLE_DAY = len("2023-12-22")
_FEWEST_WORDS = 2
_COMMON_WORDS = re.compile(
    r"\b(?:ve|viec|ban|hanh|quy|dinh|chi|tiet|phe|duyet|sua|doi|bo|sung|huong|dan|mot|so|dieu|cua|cac|va|luat|nghi|quyet|nam)\b"
)
"""Words that say what kind of document it is, not what it is about."""
_LEAST_SHARED = 0.25
"""Share of the shorter title's words that two titles of one document have in common at least."""
_ABBREVIATION = re.compile(r"\b[A-ZĐ]{2,}\b")


@rule("VB203", needs=("registry",))
def vb203(context: RuleContext) -> Iterator[Flag]:
    """Flag a date of issue that is not the registry's."""
    for citation, instrument in _identified(context):
        if contradicts(citation, instrument) and not _has_impossible_date(citation):
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
        written = _title_of(citation)
        if not written or not instrument.title:
            continue
        if _is_other_title(written, instrument.title, context.extraction.aliases):
            yield _differs(
                citation,
                instrument,
                phrase("differs", written=written, known=instrument.title, instrument=short_name(instrument)),
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
    kind: Kind = "fail",
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


def _has_impossible_date(citation: Citation) -> bool:
    """Say whether the date a citation gives cannot be: VB207 speaks of it."""
    if citation.issued and len(citation.issued) == _WHOLE_DAY:
        return False
    from parcc_nlp.text.dates import find_dates  # noqa: PLC0415  # the review starts without the text tables

    return any(not mention.valid for mention in find_dates(citation.text))


def _title_of(citation: Citation) -> str | None:
    """Give the title a citation states; for a law cited with its number that is its name.

    What follows a cited provision ("Điều 34 Nghị định ... quy định về ...") describes the provision.
    """
    if citation.doc_type in LAW_TYPES:
        return citation.name if citation.number else None
    return None if citation.pinpoints else citation.title


def _is_other_title(written: str, known: str, aliases: tuple[Alias, ...]) -> bool:
    """Say whether two titles are of different documents, abbreviations spelt out and shortening allowed for."""
    one, other = _telling_words(written, aliases), _telling_words(known, aliases)
    fewest = min(len(one), len(other))
    return fewest >= _FEWEST_WORDS and len(one & other) < _LEAST_SHARED * fewest


def _telling_words(title: str, aliases: tuple[Alias, ...]) -> frozenset[str]:
    """Give the words of a title that say what it is about, without marks; abbreviations of the document spelt out."""
    spelt = {alias.short: alias.long for alias in aliases}
    if not title.isupper():
        title = _ABBREVIATION.sub(partial(_spell_out, spelt=spelt), title)
    folded = unicodedata.normalize("NFD", title.lower().replace("đ", "d"))
    folded = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return frozenset(re.findall(r"[a-z]{2,}", _COMMON_WORDS.sub(" ", folded)))


def _spell_out(match: re.Match[str], *, spelt: dict[str, str]) -> str:
    """Spell out an abbreviation that the document explains; another one tells nothing."""
    return spelt.get(match[0], "")


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
