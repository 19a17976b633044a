"""VB402: a cited instrument that is dated after the document citing it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.model import Evidence
from parcc_nlp.registry.identity import is_local, number_key, number_parts
from parcc_nlp.review.checks.coherence.hinted import is_hinted
from parcc_nlp.review.naming import cited_name, data_date, day, mentions, short_name
from parcc_nlp.review.rule import Flag, Place, phrase, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.model import Citation, Instrument
    from parcc_nlp.review.context import Cited, RuleContext
    from parcc_nlp.review.rule import Phrase

__all__ = ["CONSOLIDATED", "vb402"]

CONSOLIDATED = "Văn bản hợp nhất"
"""A consolidated text names every amendment, and is dated as what it consolidates."""
_DRAFT = re.compile(r"DỰ\s+THẢO|Dự thảo(?:\s+lần\s+\d)?\s*$", re.MULTILINE)
_WHOLE_DAY = len("2023-12-22")
_ANNOTATED = 3
"""So many notes on later instruments make a copy that an editor annotates: it cites in two voices."""
_DOUBTFUL = 3
"""So many later instruments say that the date of the document itself is not what it seems."""
_SHARE = 3
_PLACES_SHOWN = 5


class _Later(NamedTuple):
    """An instrument that came later, the mention that shows it, and what in it does."""

    cited: Cited
    citation: Citation
    by: str
    when: str
    hinted: bool
    """Whether the text tells why it stands there: a draft, an editor's note."""


@rule("VB402", needs=("signed",))
def vb402(context: RuleContext) -> Iterator[Flag]:
    """Flag each instrument that is dated after the day the document was signed, once.

    Where many are, the day itself is in doubt, and that is said once.
    """
    if _is_draft(context) or context.extraction.metadata.doc_type == CONSOLIDATED:
        return
    shown = [found for cited in context.cited if (found := _later(cited, context)) is not None]
    later = [found for found in shown if not found.hinted]
    if len(shown) - len(later) >= _ANNOTATED:
        return
    if len(later) >= _DOUBTFUL and len(later) * _SHARE >= len(context.cited):
        yield _doubt(later, context)
        return
    for found in later:
        yield _flag(found, context)


def _is_draft(context: RuleContext) -> bool:
    """Say whether the head of the document calls it a draft."""
    extraction = context.extraction
    heads = (part for part in extraction.parts if part.kind == "head")
    return any(_DRAFT.search(extraction.text, head.start, head.end) for head in heads)


def _later(cited: Cited, context: RuleContext) -> _Later | None:
    """Find the first mention that shows an instrument to be later than the document."""
    for citation in cited.citations:
        shown = None if _is_own(citation, context) else _shown(citation, cited.instrument, context.signing)
        if shown is not None:
            hinted = any(is_hinted("VB402", one, context) for one in cited.citations)
            return _Later(cited, citation, *shown, hinted)
    return None


def _is_own(citation: Citation, context: RuleContext) -> bool:
    """Say whether a mention bears the document's own number: of its date VB404 speaks."""
    own = context.extraction.metadata.number
    return bool(own and citation.number and number_key(own) == number_key(citation.number))


def _shown(citation: Citation, instrument: Instrument | None, signed: str) -> tuple[str, str] | None:
    """Say by what a mention shows its instrument to be later, and from when it is.

    A date that the year in the number contradicts is VB208's; a law named by its name alone moves with the law.
    """
    year = number_parts(citation.number).year if citation.number else None
    issued = citation.issued
    if year is not None and issued and int(issued[:4]) != year:
        return None
    if issued and issued > signed[: len(issued)]:
        return "date" if len(issued) == _WHOLE_DAY else "year", issued
    if year is not None and year > int(signed[:4]):
        return "year", str(year)
    if issued or year is None or instrument is None or not instrument.number or not instrument.issued:
        return None
    same = number_key(instrument.number) == number_key(citation.number or "") and not is_local(instrument.number)
    return ("registry", instrument.issued) if same and instrument.issued > signed else None


def _flag(found: _Later, context: RuleContext) -> Flag:
    citation, instrument = found.citation, found.cited.instrument
    evidence: tuple[Evidence, ...] = ()
    suggestion = phrase("suggestion")
    if instrument is not None and instrument.issued and context.registry is not None:
        quote = f"ngày ban hành: {day(instrument.issued)}"
        source = instrument.number or instrument.id
        evidence = (Evidence(source=source, quote=quote, retrieved=data_date(context.registry)),)
        if instrument.issued <= context.signing:
            suggestion = phrase("suggestion_known", instrument=short_name(instrument), known=day(instrument.issued))
    others = (one for one in found.cited.citations if one is not citation)
    return Flag(
        start=citation.start,
        end=citation.end,
        message=_message(found, context),
        subject=found.cited.key,
        instrument=citation.instrument,
        evidence=evidence,
        suggestion=suggestion,
        related=tuple(Place(one.start, one.end) for one in others)[:_PLACES_SHOWN],
    )


def _message(found: _Later, context: RuleContext) -> Phrase:
    return phrase(
        found.by,
        cited=cited_name(found.citation),
        when=day(found.when),
        signed=day(context.signing),
        mentions=mentions(found.cited, shown=found.citation),
    )


def _doubt(later: list[_Later], context: RuleContext) -> Flag:
    """Say once that the document's own date does not agree with what it cites."""
    first = later[0].citation
    return Flag(
        start=first.start,
        end=first.end,
        message=phrase("doubt", count=str(len(later)), signed=day(context.signing), cited=cited_name(first)),
        subject="own date",
        kind="review",
        suggestion=phrase("suggestion_doubt"),
        related=tuple(Place(one.citation.start, one.citation.end) for one in later[1:])[:_PLACES_SHOWN],
    )
