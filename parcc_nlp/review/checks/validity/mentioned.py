"""Whether the document names an instrument anywhere, its own number included, or is what ended one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcc_nlp.registry.identity import number_key
from parcc_nlp.review.checks.validity.phrases import ENDINGS
from parcc_nlp.review.context import look_up
from parcc_nlp.review.naming import proofs_of

if TYPE_CHECKING:
    from parcc_nlp.model import Status
    from parcc_nlp.review.context import Cited, RuleContext

__all__ = ["is_ended_here", "is_mentioned", "mentioned_numbers"]


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


def is_ended_here(cited: Cited, status: Status | None, context: RuleContext) -> bool:
    """Say whether this very document ends an instrument: by its own words, or as the registry knows."""
    metadata = context.extraction.metadata
    if cited.ended_here or status is None or metadata.number is None:
        return cited.ended_here
    own = number_key(metadata.number)
    for proof in proofs_of(status.proof, *ENDINGS):
        by = look_up(proof.by, context.known)
        if number_key((by and by.number) or proof.by) == own:
            return by is None or by.issued is None or metadata.issued in {None, by.issued}
    return False
