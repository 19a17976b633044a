"""VB103, VB108: what was changed of an instrument, and whether the document says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from parcc_nlp.model import Evidence
from parcc_nlp.review.checks.validity.mentioned import is_mentioned, mentioned_numbers
from parcc_nlp.review.checks.validity.phrases import common_fields, done_by, subject_of
from parcc_nlp.review.checks.validity.provision import provisions_of, touched
from parcc_nlp.review.context import look_up
from parcc_nlp.review.naming import (
    as_evidence,
    cited_name,
    data_date,
    day,
    in_brackets,
    mentions,
    named,
    numbered,
    proofs_of,
)
from parcc_nlp.review.rule import Flag, phrase, rule
from parcc_nlp.review.tables import office_of_issuer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.model import AmendedBy, Instrument, Proof, Status
    from parcc_nlp.review.context import Cited, RuleContext

__all__ = ["vb103", "vb108"]

_CHANGES = {
    "amends": "amended_by",
    "replaces": "replaced_by",
    "repeals": "repealed_by",
    "partially_repeals": "partly_repealed_by",
}


@rule("VB103", needs=("registry", "as_of"))
def vb103(context: RuleContext) -> Iterator[Flag]:
    """Flag an instrument of which a part has expired, but none that is cited, as far as that is known (else VB104).

    A law named by its name alone is the law as amended.
    """
    mentioned = mentioned_numbers(context)
    for cited in context.cited:
        if cited.status is None or cited.is_party or cited.moves or not _has_lost_a_part(cited.status, context.day):
            continue
        if touched(cited, context, mentioned=mentioned):
            continue
        proofs = tuple(
            proof for proof in proofs_of(cited.status.proof, *_CHANGES) if (proof.effective or "") <= context.day
        )
        changes = tuple(done_by(_CHANGES[proof.relation], proof, context, dated=True) for proof in _last_word(proofs))
        first, about = cited.first, _about_provisions(cited, context)
        yield Flag(
            start=first.start,
            end=first.end,
            message=phrase(
                "partly" if cited.status.status == "partly_expired" else "at_least_partly",
                cited=cited_name(first),
                as_of=day(context.day),
                changes=changes,
                pinpoint=phrase(about),
                mentions=mentions(cited, shown=first),
            ),
            subject=subject_of(cited, (proof.by for proof in proofs)),
            instrument=cited.first.instrument,
            evidence=tuple(as_evidence(proof, context.known) for proof in proofs),
            suggestion=phrase("suggestion_apart" if about == "apart" else "suggestion"),
            kind="review",
        )


@rule("VB108", needs=("registry", "as_of"))
def vb108(context: RuleContext) -> Iterator[Flag]:
    """Flag an instrument whose amendments the document mentions nowhere.

    In an administrative document a law named by its name alone is the law as amended (NĐ 30/2020/NĐ-CP, Phụ lục I,
    Phần I, Mục II, khoản 6 điểm b asks for type and name only).
    """
    mentioned = mentioned_numbers(context)
    for cited in context.cited:
        if cited.instrument is None or cited.status is None or cited.is_party:
            continue
        if cited.status.status in {"expired", "suspended", "not_yet"}:
            continue
        if cited.moves and not context.extraction.metadata.normative:
            continue
        missing = tuple(
            amendment
            for amendment in context.known.amendments(cited.instrument.id, on=context.day)
            if amendment.confidence == "verified"
            and amendment.effective
            and _may_amend(amendment, cited.instrument, context)
            and not is_mentioned(amendment.by, mentioned, context)
        )
        if missing:
            yield _unmentioned(cited, missing, context)


def _has_lost_a_part(status: Status, on: str) -> bool:
    """Say whether a part has expired: what ended stays so, though nothing is known of the rest on that day.

    A registry that ends before the day asked about answers for no instrument as a whole.
    """
    if status.status == "partly_expired":
        return True
    ended = (proof for proof in status.proof if proof.relation == "partially_repeals" and proof.effective)
    return status.status == "not_known" and any((proof.effective or "") <= on for proof in ended)


def _about_provisions(cited: Cited, context: RuleContext) -> Literal["whole", "apart", "provisions"]:
    """Give the key of the wording on whether the provisions cited have expired, as far as it is known."""
    statuses = [status for citation in cited.citations for status in provisions_of(citation, cited, context)]
    if not statuses:
        return "whole"
    return "apart" if all(status.status == "in_force" for status in statuses) else "provisions"


def _last_word(proofs: tuple[Proof, ...]) -> tuple[Proof, ...]:
    """Keep one relation a source: a partial repeal says more than the amendment by the same instrument."""
    best: dict[str, Proof] = {}
    for proof in proofs:
        kept = best.get(proof.by)
        if kept is None or (kept.relation == "amends" and proof.relation != "amends"):
            best[proof.by] = proof
    return tuple(best.values())


def _may_amend(amendment: AmendedBy, instrument: Instrument, context: RuleContext) -> bool:
    """Say whether an amendment can be one: not by an office of lower rank (Luật 64/2025/QH15, Điều 57 khoản 1).

    Notes of consolidated databases also list decrees and circulars that merely touch a law.
    """
    amending = look_up(amendment.by, context.known)
    by, of = (office_of_issuer((one and one.issuer) or "") for one in (amending, instrument))
    if by is None or of is None or by.rank is None or of.rank is None:
        return True
    return by.rank <= of.rank


def _unmentioned(cited: Cited, missing: tuple[AmendedBy, ...], context: RuleContext) -> Flag:
    first = cited.first
    amendments = tuple(
        phrase(
            "amendment",
            by=numbered(amendment.by, context.known),
            clause=in_brackets(amendment.clause),
            since=phrase("since", day=day(amendment.effective or "")),
        )
        for amendment in missing
    )
    amending = ", ".join(dict.fromkeys(numbered(amendment.by, context.known) for amendment in missing))
    return Flag(
        start=first.start,
        end=first.end,
        message=phrase("unmentioned", amendments=amendments, as_of=day(context.day), **common_fields(cited, first)),
        subject=subject_of(cited, (one.by for one in missing)),
        instrument=first.instrument,
        evidence=tuple(
            Evidence(source=named(one.by, context.known), clause=one.clause, retrieved=data_date(context.known))
            for one in missing
        ),
        suggestion=phrase("suggestion", amending=amending),
        kind="review",
    )
