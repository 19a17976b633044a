"""VB201-VB202: whether it is known which instrument is cited. Spoken once per instrument, at its first mention.

What no registry is made to hold (proposals, reports, dispatches, individual decisions, Party documents, standards) is
told in one line a document, local normative documents in another.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.model import Evidence
from parcc_nlp.registry.identity import is_local, legal_class, number_parts
from parcc_nlp.registry.names import LAW_TYPES
from parcc_nlp.review.checks.identity.likely import SURE, likely
from parcc_nlp.review.checks.identity.surroundings import meant_by_words
from parcc_nlp.review.checks.identity.within import is_of_divided_number
from parcc_nlp.review.naming import cited_name, contradicts, day, full_name, mentions
from parcc_nlp.review.rule import Flag, Place, phrase, rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcc_nlp.model import Citation, Instrument
    from parcc_nlp.review.context import Cited, RuleContext

__all__ = ["vb201", "vb202"]

_LOCAL_ISSUER = re.compile(r"\b(?:[Ss]ở|[Tt]ỉnh|[Tt]hành phố|[Xx]ã(?! hội)|[Pp]hường|[Hh]uyện|UBND|HĐND)\b")
_LISTED = 8
_GONE = frozenset({"expired", "not_yet"})


class _Told(NamedTuple):
    """How a citation that several instruments fit is told: the key of the wording, which is meant, and by what."""

    key: str
    meant: Instrument | None = None
    by: str | None = None


@rule("VB201", needs=("registry",))
def vb201(context: RuleContext) -> Iterator[Flag]:
    """Flag an instrument that is not in the registry; those no registry holds are told together."""
    together: dict[str, list[Cited]] = {"local_normative": [], "unregistered": []}
    for cited in context.cited:
        if cited.instrument is not None or cited.is_ambiguous or is_of_divided_number(cited.first, context):
            continue
        sort = _sort(cited)
        group = _GROUPS.get(sort)
        if group is None:
            yield _absent(cited, sort, context)
        else:
            together[group].append(cited)
    for group, members in together.items():
        if len(members) == 1:
            yield _absent(members[0], _sort(members[0]), context)
        elif members:
            yield _several_absent(group, members, context)


@rule("VB202", needs=("registry",))
def vb202(context: RuleContext) -> Iterator[Flag]:
    """Flag a citation that fits several instruments, and list them."""
    for cited in context.cited:
        if cited.instrument is not None:
            yield from _meant_by_context(cited, context)
        elif cited.is_ambiguous:
            yield from _undecided(cited, context)


_GROUPS = {
    "local_normative": "local_normative",
    "local": "unregistered",
    "administrative": "unregistered",
    "party": "unregistered",
    "standard": "unregistered",
    "regulation": "unregistered",
}
"""The sorts of documents that are told together, by the group they are told in."""


def _absent(cited: Cited, sort: str, context: RuleContext) -> Flag:
    first = cited.first
    namesakes = _of_other_years(first, context)
    # Decrees of one day are many and alike; a law of that name and that day is one.
    is_law = first.doc_type in LAW_TYPES and first.name is not None and first.issued is not None
    others = likely(first, context.known, least=SURE) if is_law else ()
    return Flag(
        start=first.start,
        end=first.end,
        message=phrase(
            "other_years" if namesakes else sort,
            cited=cited_name(first),
            known=tuple(full_name(one) for one in namesakes),
            mentions=mentions(cited, shown=first),
        ),
        subject=cited.key,
        evidence=(_data(context),),
        suggestion=phrase("suggestion_likely", likely=tuple(full_name(one) for one in others))
        if others
        else phrase("suggestion_unregistered" if _GROUPS.get(sort) == "unregistered" else "suggestion"),
        kind="open",
    )


def _several_absent(group: str, members: Sequence[Cited], context: RuleContext) -> Flag:
    """Tell of several instruments in one line, at the first of them; the others are named as further places."""
    first, *others = members
    named = tuple(cited_name(cited.first) for cited in members[:_LISTED])
    return Flag(
        start=first.first.start,
        end=first.first.end,
        message=phrase(
            f"several_{group}", count=str(len(members)), listed=(*named, "…") if len(members) > _LISTED else named
        ),
        subject=group,
        evidence=(_data(context),),
        suggestion=phrase("suggestion_unregistered" if group == "unregistered" else "suggestion"),
        kind="open",
        related=tuple(Place(cited.first.start, cited.first.end) for cited in others),
    )


def _data(context: RuleContext) -> Evidence:
    return Evidence(source=f"Dữ liệu của parcc_nlp, bản {context.known.version}")


def _undecided(cited: Cited, context: RuleContext) -> Iterator[Flag]:
    """Flag a citation of which the registry has several, or one that is not surely meant."""
    first = next(citation for citation in cited.citations if citation.candidates)
    known = tuple(found for name in first.candidates if (found := context.known.get(name)) is not None)
    if len(known) == 1 and contradicts(first, known[0]):
        return  # one document with another date: VB203 says so
    told = _told_apart(cited, known, context) if len(known) > 1 else _Told("one")
    yield Flag(
        start=first.start,
        end=first.end,
        message=phrase(
            told.key,
            count=str(len(known)),
            cited=cited_name(first),
            candidates=tuple(full_name(instrument) for instrument in known),
            meant=full_name(told.meant) if told.meant is not None else None,
            by=told.by,
            mentions=mentions(cited, shown=first),
        ),
        subject=cited.key,
        instrument=told.meant.id if told.meant is not None else None,
        evidence=tuple(Evidence(source=instrument.id, quote=instrument.title) for instrument in known),
        suggestion=phrase(_what_to_do(cited, known)),
        kind="open" if told.meant is None else "review",
    )


def _what_to_do(cited: Cited, known: Sequence[Instrument]) -> str:
    """Give the key of the advice: a law needs no date in an administrative document (NĐ 30/2020/NĐ-CP)."""
    if len(known) == 1:
        return "check_source"
    first = cited.first
    by_name = first.doc_type in LAW_TYPES and first.number is None and first.issued is None
    return "suggestion_law" if by_name else "suggestion"


def _told_apart(cited: Cited, known: Sequence[Instrument], context: RuleContext) -> _Told:
    """Say which of several instruments the surrounding words or the signing date point to, if they do."""
    hint = meant_by_words(cited, known, context)
    if hint is not None:
        return _Told("by_words", hint.instrument, hint.words)
    left = _only_one_left(known, context)
    if left is not None:
        return _Told("by_force", left, day(context.signing))
    return _Told("several")


def _only_one_left(known: Sequence[Instrument], context: RuleContext) -> Instrument | None:
    """Give the one instrument that had not ended on the signing date, all others having ended or not yet begun."""
    if context.signed is None:
        return None
    statuses = [(context.known.status(one.id, on=context.signed).status, one) for one in known]
    left = [one for status, one in statuses if status not in _GONE]
    return left[0] if len(left) == 1 else None


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
    kind = legal_class(first.number, first.doc_type)
    if kind == "consolidated":
        return "consolidated"
    if is_local(first.number or "") or _LOCAL_ISSUER.search(first.issuer or ""):
        return "local_normative" if kind == "normative" else "local"
    return "administrative" if kind == "administrative" else "absent"
