"""VB201-VB202: whether it is known which instrument is cited. Spoken once per instrument, at its first mention."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parcc_nlp.model import Evidence
from parcc_nlp.registry.identity import is_local, legal_class, number_parts
from parcc_nlp.review.naming import cited_name, contradicts, full_name, mentions
from parcc_nlp.review.rule import Flag, phrase, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.model import Citation, Instrument
    from parcc_nlp.review.context import Cited, RuleContext

__all__ = ["vb201", "vb202"]

_LOCAL_ISSUER = re.compile(r"\b(?:[Ss]ở|[Tt]ỉnh|[Tt]hành phố|[Xx]ã|[Pp]hường|[Hh]uyện|UBND|HĐND)\b")


@rule("VB201", needs=("registry",))
def vb201(context: RuleContext) -> Iterator[Flag]:
    """Flag an instrument that is not in the registry."""
    for cited in context.cited:
        if cited.instrument is None and not cited.is_ambiguous:
            first = cited.first
            namesakes = _of_other_years(first, context)
            yield Flag(
                start=first.start,
                end=first.end,
                message=phrase(
                    "other_years" if namesakes else _sort(cited),
                    cited=cited_name(first),
                    known=tuple(full_name(one) for one in namesakes),
                    mentions=mentions(cited, shown=first),
                ),
                subject=cited.key,
                evidence=(Evidence(source=f"Dữ liệu của parcc_nlp, bản {context.known.version}"),),
                suggestion=phrase("suggestion"),
                kind="open",
            )


@rule("VB202", needs=("registry",))
def vb202(context: RuleContext) -> Iterator[Flag]:
    """Flag a citation that fits several instruments, and list them."""
    for cited in context.cited:
        if cited.instrument is not None:
            yield from _meant_by_context(cited, context)
        if not cited.is_ambiguous:
            continue
        first = next(citation for citation in cited.citations if citation.candidates)
        known = tuple(found for name in first.candidates if (found := context.known.get(name)) is not None)
        if len(known) == 1 and contradicts(first, known[0]):
            continue  # one document with another date: VB203 says so
        yield Flag(
            start=first.start,
            end=first.end,
            message=phrase(
                "several" if len(known) > 1 else "one",
                count=str(len(known)),
                cited=cited_name(first),
                candidates=tuple(full_name(instrument) for instrument in known),
                mentions=mentions(cited, shown=first),
            ),
            subject=cited.key,
            evidence=tuple(Evidence(source=instrument.id, quote=instrument.title) for instrument in known),
            suggestion=phrase("suggestion" if len(known) > 1 else "check_source"),
            kind="open",
        )


def _of_other_years(citation: Citation, context: RuleContext) -> tuple[Instrument, ...]:
    """Give the laws of the cited name where none is of the year or date cited."""
    if citation.name is None or citation.number is not None or citation.issued is None:
        return ()
    return tuple(context.known.laws_named(citation.name))


def _meant_by_context(cited: Cited, context: RuleContext) -> Iterator[Flag]:
    """Flag an undated number that several instruments bear, though the context tells which one is meant."""
    first, meant = cited.first, cited.instrument
    number = first.number
    if meant is None or number is None or number_parts(number).year or is_local(number):
        return
    if any(citation.issued for citation in cited.citations):
        return
    bearers = tuple(
        one
        for one in context.known.find(number)
        if one.doc_type == meant.doc_type and not (context.signed and one.issued and one.issued > context.signed)
    )
    if len(bearers) > 1:
        yield Flag(
            start=first.start,
            end=first.end,
            message=phrase(
                "by_context",
                cited=cited_name(first),
                count=str(len(bearers)),
                candidates=tuple(full_name(one) for one in bearers),
                meant=full_name(meant),
                mentions=mentions(cited, shown=first),
            ),
            subject=cited.key,
            instrument=meant.id,
            evidence=tuple(Evidence(source=one.id, quote=one.title) for one in bearers),
            suggestion=phrase("suggestion"),
            kind="review",
        )


def _sort(cited: Cited) -> str:
    """Say what sort of document is absent: the officer expects local ones and standards to be."""
    if cited.is_standard:
        return "standard"
    if cited.is_technical_regulation:
        return "regulation"
    if cited.is_party:
        return "party"
    first = cited.first
    if legal_class(first.number, first.doc_type) == "consolidated":
        return "consolidated"
    local = is_local(first.number or "") or _LOCAL_ISSUER.search(first.issuer or "")
    if local:
        return "local"
    return "administrative" if legal_class(first.number, first.doc_type) == "administrative" else "absent"
