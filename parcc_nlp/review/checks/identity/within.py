"""What of a document the rules on wording look at: its own text, and numbers that were read whole."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from parcc_nlp.review.checks.identity.symbols import find_runs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.model import Citation
    from parcc_nlp.review.checks.identity.symbols import Run
    from parcc_nlp.review.context import RuleContext

__all__ = ["end_of_own_text", "is_of_divided_number", "malformed_runs", "own_citations"]


def end_of_own_text(context: RuleContext) -> int:
    """Give the place where a portal's page goes on behind the document, or the end of the text."""
    tails = (part.start for part in context.extraction.parts if part.kind == "tail")
    return min(tails, default=len(context.extraction.text))


def own_citations(context: RuleContext) -> Iterator[Citation]:
    """Give the mentions that stand in the document itself and whose number was read whole."""
    end = end_of_own_text(context)
    return (
        citation
        for citation in context.citations
        if citation.start < end and not is_of_divided_number(citation, context)
    )


def malformed_runs(context: RuleContext) -> tuple[Run, ...]:
    """Give the malformed symbols of the document, found once for all rules that look at them."""
    return context.remembered(_runs)


def _runs(context: RuleContext) -> tuple[Run, ...]:
    return find_runs(context.extraction.text)


def is_of_divided_number(citation: Citation, context: RuleContext) -> bool:
    """Say whether a mention has only a part of a number that a space divides ("3 1/2021/NĐ-CP"): VB206 speaks of it."""
    divided = context.remembered(_divided)
    at = bisect_left(divided, citation.end, key=_start)
    return at > 0 and divided[at - 1].end > citation.start


def _divided(context: RuleContext) -> tuple[Run, ...]:
    return tuple(run for run in malformed_runs(context) if run.divided)


def _start(run: Run) -> int:
    return run.start
