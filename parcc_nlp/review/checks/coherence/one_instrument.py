"""VB401: one instrument that the document gives two dates, two symbols or two issuers.

Numbers without a year are given out anew every year and by every province (Luật 64/2025/QH15, Điều 7 khoản 3), so that
two dates may well be two instruments: they are compared within one year and one issuer only, and a person judges.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.model import Evidence
from parcc_nlp.registry.identity import implied_type, is_local, issuers_agree, number_key, number_parts
from parcc_nlp.registry.names import LAW_TYPES, name_key
from parcc_nlp.review.naming import cited_name, data_date, day, short_name
from parcc_nlp.review.rule import Flag, Place, phrase, rule
from parcc_nlp.review.tables import office_of_issuer, office_of_symbol

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

    from parcc_nlp.model import Citation, Instrument
    from parcc_nlp.review.context import RuleContext
    from parcc_nlp.review.rule import Kind, Phrase

__all__ = ["vb401"]

_WHOLE_DAY = len("2023-12-22")
_SQUEEZED = re.compile(r"[^A-Z0-9]")
_NOT_WORD = re.compile(r"[^\w]+")
_COMMITTEES_OF_PARTY = ("bộ chính trị", "ban bí thư", "ban chấp hành trung ương")


class _Difference(NamedTuple):
    """Two mentions of one instrument that do not agree: the odd one, the one it is compared with, what each says."""

    odd: Citation
    other: Citation
    written: str
    said: str


@rule("VB401")
def vb401(context: RuleContext) -> Iterator[Flag]:
    """Flag the mention that differs from the others in date, symbol or issuer."""
    numbered = [citation for citation in context.citations if citation.number and citation.number[:1].isdigit()]
    for mentions in _grouped(numbered, _by_number):
        yield from _dates(mentions, context)
        yield from _issuers(mentions, context)
    for mentions in _grouped(numbered, _by_serial):
        yield from _symbols(mentions, context)
    laws = (citation for citation in numbered if citation.doc_type in LAW_TYPES and citation.name)
    for mentions in _grouped(laws, _by_name):
        yield from _law_numbers(mentions, context)


def _grouped(citations: Iterable[Citation], key: Callable[[Citation], Hashable]) -> Iterator[list[Citation]]:
    """Give the groups of several citations that have one key."""
    groups: dict[Hashable, list[Citation]] = {}
    for citation in citations:
        groups.setdefault(key(citation), []).append(citation)
    yield from (group for group in groups.values() if len(group) > 1)


def _by_number(citation: Citation) -> Hashable:
    number = citation.number or ""
    return citation.doc_type or implied_type(number), number_key(number)


def _by_serial(citation: Citation) -> Hashable:
    number = citation.number or ""
    parts = number_parts(number)
    return citation.doc_type or implied_type(number), parts.serial.lstrip("0"), parts.year


def _by_name(citation: Citation) -> Hashable:
    return name_key(citation.name or ""), number_parts(citation.number or "").year


def _dates(mentions: Sequence[Citation], context: RuleContext) -> Iterator[Flag]:
    """Compare the dates that mentions of one number give themselves."""
    if len({citation.issued for citation in mentions if citation.issued}) == 1:
        return
    told = {citation: citation.issued for citation in mentions if _tells_its_date(citation)}
    known = _known(mentions, context)
    for odd, other in _odd_ones(told, right=known.issued if known else None):
        if not _comparable(odd, other):
            continue
        number = odd.number or ""
        sure = number_parts(number).year is not None and not is_local(number)
        found = _Difference(odd, other, day(odd.issued or ""), day(other.issued or ""))
        yield _flag("dates", found, context, kind="fail" if sure else "review", known=known)


def _tells_its_date(citation: Citation) -> bool:
    """Say whether a mention gives a whole day in its own words; in a list one date may be meant for several."""
    if not citation.issued or len(citation.issued) != _WHOLE_DAY:
        return False
    from parcc_nlp.text.dates import find_dates  # noqa: PLC0415  # the review starts without the text tables

    return any(mention.iso == citation.issued and mention.valid for mention in find_dates(citation.text))


def _odd_ones(told: Mapping[Citation, str | None], *, right: str | None) -> Iterator[tuple[Citation, Citation]]:
    """Give each mention that tells something rare with one that tells what is known, or else is told most often."""
    counted = Counter(told.values())
    if len(counted) < 2:  # noqa: PLR2004 - nothing differs
        return
    most = right if right in counted else counted.most_common(1)[0][0]
    other = next(citation for citation, value in told.items() if value == most)
    said: set[str | None] = set()
    for citation, value in told.items():
        if value != most and value not in said:
            said.add(value)
            yield citation, other


def _comparable(one: Citation, other: Citation) -> bool:
    """Say whether two mentions of one number with two dates can be one instrument."""
    number = one.number or ""
    agree = not (one.issuer and other.issuer) or issuers_agree(one.issuer, other.issuer)
    if number_parts(number).year is not None:
        return agree
    same_year = (one.issued or "")[:4] == (other.issued or "")[:4]
    return same_year and agree and (not is_local(number) or bool(one.issuer and other.issuer))


def _symbols(mentions: Sequence[Citation], context: RuleContext) -> Iterator[Flag]:
    """Compare the symbols behind one serial number and year, given one date or one name."""
    told = {citation: _SQUEEZED.sub("", number_key(citation.number or "")) for citation in mentions}
    for odd, other in _odd_ones(told, right=None):
        if not _one_document(odd, other):
            continue
        found = _Difference(odd, other, odd.number or "", other.number or "")
        yield _flag("symbols", found, context, kind="review")


def _one_document(one: Citation, other: Citation) -> bool:
    """Say whether two symbols with one serial number are meant for one document: its name, or its date and more."""
    if one.name and other.name:
        return name_key(one.name) == name_key(other.name)
    same_day = one.issued == other.issued and _tells_its_date(one) and _tells_its_date(other)
    if not same_day or number_parts(one.number or "").year is not None:
        return same_day
    titled = bool(one.title and other.title) and _plain(one.title or "") == _plain(other.title or "")
    return titled or bool(one.issuer and other.issuer and issuers_agree(one.issuer, other.issuer))


def _law_numbers(mentions: Sequence[Citation], context: RuleContext) -> Iterator[Flag]:
    """Compare the serial numbers of one law of one year."""
    told = {citation: number_parts(citation.number or "").serial.lstrip("0") for citation in mentions}
    known = _known(mentions, context)
    right = number_parts(known.number).serial.lstrip("0") if known and known.number else None
    for odd, other in _odd_ones(told, right=right):
        if number_parts(odd.number or "").year is not None:
            found = _Difference(odd, other, odd.number or "", other.number or "")
            yield _flag("numbers", found, context, kind="review", known=known)


def _issuers(mentions: Sequence[Citation], context: RuleContext) -> Iterator[Flag]:
    """Compare the issuers that mentions of one number and one date give themselves.

    Where the symbol names another office than the text, VB205 speaks.
    """
    told = {citation: _plain(citation.issuer or "") for citation in mentions if _tells_its_issuer(citation)}
    for odd, other in _odd_ones(told, right=None):
        same_day = not (odd.issued and other.issued) or odd.issued == other.issued
        if same_day and _are_two_bodies(odd.issuer or "", other.issuer or ""):
            found = _Difference(odd, other, odd.issuer or "", other.issuer or "")
            yield _flag("issuers", found, context, kind="review")


def _tells_its_issuer(citation: Citation) -> bool:
    """Say whether a mention names its issuer in its own words, and one that its symbol allows."""
    if not citation.issuer or " ".join(citation.issuer.split()) not in " ".join(citation.text.split()):
        return False
    named, allowed = office_of_issuer(citation.issuer), office_of_symbol(citation.number or "")
    return named is None or allowed is None or named.office == allowed.office


def _are_two_bodies(one: str, other: str) -> bool:
    """Say whether two names cannot be of one body, shortened names and heads allowed for."""
    mine, yours = _plain(one), _plain(other)
    if issuers_agree(one, other) or mine in yours or yours in mine:
        return False
    first, second = office_of_issuer(one), office_of_issuer(other)
    if first is not None and second is not None and first.office != second.office:
        return True
    if first is not None and first.office == "party":
        bodies = {name for name in _COMMITTEES_OF_PARTY for text in (mine, yours) if text.startswith(_plain(name))}
        return len(bodies) > 1
    return first is not None and first == second and first.office in {"committee", "council", "ministry"}


def _plain(text: str) -> str:
    return " ".join(_NOT_WORD.sub(" ", text.lower().replace("uỷ", "ủy").replace("ubnd", "ủy ban nhân dân")).split())


def _known(mentions: Sequence[Citation], context: RuleContext) -> Instrument | None:
    """Give the instrument of the registry that these mentions mean, where it is one and no other."""
    ids = {citation.instrument for citation in mentions if citation.instrument}
    return context.registry.get(ids.pop()) if context.registry is not None and len(ids) == 1 else None


def _flag(key: str, found: _Difference, context: RuleContext, *, kind: Kind, known: Instrument | None = None) -> Flag:
    odd, other = found.odd, found.other
    fields: dict[str, str | Phrase] = {
        "cited": cited_name(odd),
        "written": found.written,
        "other": found.said,
        "line": str(context.places.line(other.start)),
    }
    evidence: tuple[Evidence, ...] = ()
    suggestion = phrase("suggestion")
    if known is not None and known.issued and key == "dates" and context.registry is not None:
        quote = f"ngày ban hành: {day(known.issued)}"
        evidence = (Evidence(source=known.number or known.id, quote=quote, retrieved=data_date(context.registry)),)
        suggestion = phrase("suggestion_known", instrument=short_name(known), known=day(known.issued))
    return Flag(
        start=odd.start,
        end=odd.end,
        message=phrase(key, **fields),
        subject=f"{number_key(odd.number or '')} {key} {found.written}",
        instrument=odd.instrument,
        evidence=evidence,
        suggestion=suggestion,
        kind=kind,
        related=(Place(other.start, other.end),),
    )
