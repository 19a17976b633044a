"""VB107: what replaced an instrument, to the end of the chain, and where only a lead is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcc_nlp.review.checks.validity.mentioned import is_ended_here
from parcc_nlp.review.checks.validity.phrases import ENDINGS, common_fields, done_by, subject_of
from parcc_nlp.review.context import look_up
from parcc_nlp.review.naming import as_evidence, day, full_name, named, proofs_of, short_name
from parcc_nlp.review.rule import Flag, phrase, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.model import Proof, Status
    from parcc_nlp.review.context import Cited, RuleContext
    from parcc_nlp.review.rule import Phrase

__all__ = ["vb107"]


@rule("VB107", needs=("registry", "as_of"))
def vb107(context: RuleContext) -> Iterator[Flag]:
    """Name the end of the chain that replaced an instrument, or the lead to one."""
    for cited in context.cited:
        if cited.status is None or cited.is_party or is_ended_here(cited, cited.status, context):
            continue
        if cited.chain:
            yield _succeeded(cited, cited.status, context)
        elif cited.status.status == "not_known" and (leads := proofs_of(cited.status.leads, *ENDINGS)):
            yield _lead(cited, leads, context)


def _succeeded(cited: Cited, status: Status, context: RuleContext) -> Flag:
    first = cited.first
    end = cited.chain[-1]
    old = full_name(cited.instrument) if cited.instrument else cited.key
    steps = _steps(cited, status, context)
    way = tuple(done_by("step", proof, context, dated=True) for proof in steps)
    fields = {"as_of": day(context.day), "end": full_name(end), "way": way, **common_fields(cited, first)}
    message = phrase("replaced", **fields)
    if cited.heir:
        message = phrase("moved", old=old, signed=day(context.signed or context.day), **fields)
    return Flag(
        start=first.start,
        end=first.end,
        message=message,
        subject=subject_of(cited, (end.id,)),
        instrument=first.instrument,
        evidence=tuple(as_evidence(proof, context.known) for proof in steps),
        suggestion=phrase("suggestion_moved" if cited.heir else "suggestion", end=short_name(end)),
        kind="review",
    )


def _steps(cited: Cited, status: Status, context: RuleContext) -> tuple[Proof, ...]:
    """Give the relation behind every step of the chain, from the cited instrument to the end."""
    before = [status, *(context.known.status(one.id, on=context.day) for one in cited.chain[:-1])]
    return tuple(
        proof
        for current, following in zip(before, cited.chain, strict=True)
        for proof in proofs_of(current.proof, *ENDINGS)
        if proof.by in {following.id, following.number}
    )


def _lead(cited: Cited, leads: tuple[Proof, ...], context: RuleContext) -> Flag:
    first = cited.first
    sources = tuple(dict.fromkeys(proof.by for proof in leads))
    by = "; ".join(named(source, context.known) for source in sources)
    return Flag(
        start=first.start,
        end=first.end,
        message=phrase(
            "lead", by=by, as_of=day(context.day), later=_later_steps(sources, context), **common_fields(cited, first)
        ),
        subject=subject_of(cited, sources),
        instrument=first.instrument,
        evidence=tuple(as_evidence(proof, context.known) for proof in leads),
        suggestion=phrase("suggestion_lead", by=by),
        kind="open",
        severity="unknown",
    )


def _later_steps(sources: tuple[str, ...], context: RuleContext) -> tuple[Phrase, ...] | None:
    """Say what became of the instruments a lead points to."""
    known = [found for source in sources if (found := look_up(source, context.known)) is not None]
    ends = [(one, context.known.successors(one.id, on=context.day)) for one in known]
    return tuple(phrase("later", by=short_name(one), end=short_name(chain[-1])) for one, chain in ends if chain) or None
