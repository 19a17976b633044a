"""VB301-VB302: whether the first mention of an instrument gives the elements that the rules on citing ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.review.checks.citing.mentions import told_mentions
from parcc_nlp.review.checks.citing.requirements import Requirements
from parcc_nlp.review.checks.citing.word_lists import words
from parcc_nlp.review.naming import cited_name, full_name
from parcc_nlp.review.rule import Flag, Place, phrase, rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcc_nlp.model import Instrument
    from parcc_nlp.review.checks.citing.mentions import Mention
    from parcc_nlp.review.checks.citing.requirements import Element
    from parcc_nlp.review.context import RuleContext
    from parcc_nlp.review.rule import Phrase

__all__ = ["Lack", "ShortFirst", "missing_in", "named_elements", "said_in_full", "vb301", "vb302"]


class Lack(NamedTuple):
    """What a first mention lacks, every element with what may stand for it."""

    mention: Mention
    elements: tuple[tuple[Element, ...], ...]
    principal: tuple[Element, ...]
    """The element by which a short form is told from a full one: the date; where none is owed, issuer or number."""


class ShortFirst(NamedTuple):
    """An instrument cited short first and in full later, in one document."""

    short: Mention
    full: Mention


@rule("VB301")
def vb301(context: RuleContext) -> Iterator[Flag]:
    """Flag the first mention of an instrument, outside the căn cứ lines, that lacks elements.

    Where the full form comes later VB302 says so; of the căn cứ lines VB303 speaks.
    """
    requirements = Requirements.of(context)
    if not requirements.rows:
        return
    for key, mentions in told_mentions(context).items():
        lack = missing_in(mentions, requirements)
        if lack is None or lack.mention.role != "text" or _short_first(mentions, requirements):
            continue
        citation = lack.mention.citation
        known = _known(lack, context)
        yield Flag(
            start=citation.start,
            end=citation.end,
            message=phrase("lacks", cited=cited_name(citation), missing=named_elements(lack)),
            subject=key,
            instrument=citation.instrument,
            suggestion=phrase("suggestion_known", full=said_in_full(known)) if known else phrase("suggestion"),
            kind="fail" if any(element != ("title",) for element in lack.elements) else "review",
        )


@rule("VB302")
def vb302(context: RuleContext) -> Iterator[Flag]:
    """Flag an instrument that a document cites short first and in full only later; what is attached starts anew."""
    requirements = Requirements.of(context)
    if not requirements.rows:
        return
    for key, mentions in told_mentions(context).items():
        for found in _short_first(mentions, requirements):
            citation, full = found.short.citation, found.full.citation
            yield Flag(
                start=citation.start,
                end=citation.end,
                message=phrase(
                    "short_first",
                    cited=cited_name(citation),
                    full=cited_name(full),
                    line=str(context.places.line(full.start)),
                ),
                subject=key,
                instrument=citation.instrument,
                suggestion=phrase("suggestion"),
                related=(Place(full.start, full.end),),
                place_matters=True,
            )


def missing_in(mentions: Sequence[Mention], requirements: Requirements) -> Lack | None:
    """Give what the first mention in the document's own words lacks, elements told before it set off."""
    given: set[Element] = set()
    for mention in mentions:
        given |= mention.given
        if mention.role == "amending":
            return None
        if mention.role not in {"text", "basis"}:
            continue
        owed = requirements.owed(mention.citation, "basis" if mention.role == "basis" else "text")
        lacking = tuple(one for one in owed.elements if not given & set(one)) if owed else ()
        if (mention.citation.doc_type or "").startswith(words("without_title")):
            lacking = tuple(one for one in lacking if one != ("title",))
        return Lack(mention, lacking, owed.principal) if owed and lacking else None
    return None


def named_elements(lack: Lack) -> tuple[Phrase, ...]:
    """Name the elements that are missing."""
    return tuple(phrase("_or_".join(one)) for one in lack.elements)


def said_in_full(instrument: Instrument) -> str:
    """Cite an instrument in full, as the registry has it."""
    full = full_name(instrument)
    return full if not instrument.title or instrument.title in full else f"{full} ({instrument.title})"


def _known(lack: Lack, context: RuleContext) -> Instrument | None:
    """Give the instrument that a mention surely means, where the registry has what is missing."""
    citation = lack.mention.citation
    if context.registry is None or citation.instrument is None or citation.resolution != "exact":
        return None
    instrument = context.registry.get(citation.instrument)
    if instrument is None or not (instrument.title and instrument.issued and instrument.issuer):
        return None
    return instrument


def _short_first(mentions: Sequence[Mention], requirements: Requirements) -> tuple[ShortFirst, ...]:
    """Give, for every document in the text that does so, the short first mention and the full one behind it."""
    found: list[ShortFirst] = []
    for document in dict.fromkeys(mention.document for mention in mentions):
        within = [mention for mention in mentions if mention.document == document]
        lack = missing_in(within, requirements)
        if lack is None or lack.mention.role != "text":
            continue
        wanted = lack.principal
        if wanted not in lack.elements:
            continue
        later = within[within.index(lack.mention) + 1 :]
        full = next((one for one in later if one.is_own and _fills(one, lack, wanted)), None)
        if full is not None:
            found.append(ShortFirst(lack.mention, full))
    return tuple(found)


def _fills(mention: Mention, lack: Lack, wanted: tuple[Element, ...]) -> bool:
    """Say whether a later mention gives, in more words, what the first one lacked most."""
    is_longer = len(mention.citation.text) > len(lack.mention.citation.text)
    return is_longer and bool(mention.given & set(wanted)) and len(mention.given) > len(lack.mention.given)
