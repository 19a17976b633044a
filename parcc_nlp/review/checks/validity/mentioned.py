"""Whether the document names an instrument anywhere, its own number included."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcc_nlp.registry.identity import number_key
from parcc_nlp.review.context import look_up

if TYPE_CHECKING:
    from parcc_nlp.review.context import RuleContext

__all__ = ["is_mentioned", "mentioned_numbers"]


def mentioned_numbers(context: RuleContext) -> frozenset[str]:
    """Collect the numbers of every instrument the document names anywhere, its own included."""
    numbers = {citation.number for citation in context.extraction.citations}
    numbers.add(context.extraction.metadata.number)
    for citation in context.extraction.citations:
        for name in (citation.instrument, *citation.candidates):
            instrument = context.known.get(name) if name else None
            numbers.add(instrument.number if instrument else None)
    return frozenset(number_key(number) for number in numbers if number)


def is_mentioned(reference: str, mentioned: frozenset[str], context: RuleContext) -> bool:
    """Say whether an instrument, by its id or number, is among those the document names."""
    instrument = look_up(reference, context.known)
    return number_key((instrument and instrument.number) or reference) in mentioned
