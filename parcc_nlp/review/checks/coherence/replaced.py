"""VB403: an instrument and the one that replaced it, both cited as if both held."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.review.checks.coherence.hinted import is_hinted
from parcc_nlp.review.checks.coherence.later import CONSOLIDATED
from parcc_nlp.review.checks.coherence.layout import Layout
from parcc_nlp.review.naming import as_evidence, cited_name, day, proofs_of, short_name
from parcc_nlp.review.rule import Flag, Place, phrase, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.model import Citation, Instrument
    from parcc_nlp.review.context import Cited, RuleContext

__all__ = ["vb403"]

_TELLING = frozenset({"Công văn", "Báo cáo", "Tờ trình", "Thông báo", CONSOLIDATED})
"""These answer for matters of the past by the law of their time; a consolidated text keeps the bases of its parts."""
_ACTS = frozenset({"replaces", "repeals", "amends"})


class _Pair(NamedTuple):
    """An instrument that was replaced, a mention of it, and what replaced it, cited too."""

    cited: Cited
    citation: Citation
    heir: Cited
    by: Instrument


@rule("VB403", needs=("registry", "as_of"))
def vb403(context: RuleContext) -> Iterator[Flag]:
    """Flag an instrument cited beside its replacement, unless the text says why."""
    if context.extraction.metadata.doc_type in _TELLING:
        return
    by_id = {cited.instrument.id: cited for cited in context.cited if cited.instrument is not None}
    layout = Layout.of(context.extraction)
    for cited in context.cited:
        if cited.ended_here or cited.heir is not None or cited.is_party:
            continue
        heir = next(((by_id[step.id], step) for step in cited.chain if step.id in by_id), None)
        if heir is None or _is_told(heir[0]):
            continue
        citation = next((one for one in cited.citations if _stands_alone(one, context, layout)), None)
        if citation is not None:
            yield _flag(_Pair(cited, citation, *heir), context)


def _is_told(heir: Cited) -> bool:
    """Say whether the document itself acts on the replacement: then it is about the two."""
    return any(citation.relation in _ACTS for citation in heir.citations)


def _stands_alone(citation: Citation, context: RuleContext, layout: Layout) -> bool:
    """Say whether a mention is made as of an instrument in force: no history, no transition, nothing quoted."""
    if citation.relation in _ACTS or layout.is_quoted(citation.start):
        return False
    return not is_hinted("VB403", citation, context)


def _flag(pair: _Pair, context: RuleContext) -> Flag:
    status, later = pair.cited.status, pair.heir.first
    endings = proofs_of(status.proof, "replaces", "repeals") if status else ()
    return Flag(
        start=pair.citation.start,
        end=pair.citation.end,
        message=phrase(
            "both",
            cited=cited_name(pair.citation),
            heir=short_name(pair.by),
            line=str(context.places.line(later.start)),
            as_of=day(context.day),
        ),
        subject=f"{pair.cited.key} {pair.by.id}",
        instrument=pair.citation.instrument,
        evidence=tuple(as_evidence(proof, context.known) for proof in endings),
        suggestion=phrase("suggestion"),
        kind="review",
        related=(Place(later.start, later.end),),
    )
