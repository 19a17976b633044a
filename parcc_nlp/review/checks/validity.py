"""VB101-VB109: whether what the document cites is in force on the day asked about.

Each of these speaks once per instrument, at its first mention that counts, and says how often it is cited besides.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from parcc_nlp.model import Evidence
from parcc_nlp.registry.identity import number_key
from parcc_nlp.review.context import look_up
from parcc_nlp.review.naming import (
    as_evidence,
    cited_name,
    data_date,
    day,
    full_name,
    in_brackets,
    mentions,
    named,
    numbered,
    proofs_of,
    short_name,
    untold_exception,
)
from parcc_nlp.review.rule import Flag, phrase, rule
from parcc_nlp.review.tables import office_of_issuer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.model import AmendedBy, Citation, Instrument, Proof, Status
    from parcc_nlp.review.context import Cited, RuleContext
    from parcc_nlp.review.rule import Kind, Phrase

__all__ = ["vb101", "vb102", "vb103", "vb105", "vb106", "vb107", "vb108", "vb109"]

_ALIVE = frozenset({"in_force", "partly_expired"})
_ENDINGS = {"replaces": "replaced_by", "repeals": "repealed_by"}
_CHANGES = {
    "amends": "amended_by",
    "replaces": "replaced_by",
    "repeals": "repealed_by",
    "partially_repeals": "partly_repealed_by",
}


@rule("VB101", needs=("registry", "as_of"))
def vb101(context: RuleContext) -> Iterator[Flag]:
    """Flag an expired instrument in the căn cứ lines."""
    for cited in context.cited:
        if cited.basis is not None and _ended(cited):
            yield _expired(cited, cited.basis, context)


@rule("VB102", needs=("registry", "as_of"))
def vb102(context: RuleContext) -> Iterator[Flag]:
    """Flag an expired instrument cited elsewhere; one already flagged as a basis is not said twice."""
    for cited in context.cited:
        if cited.basis is None and _ended(cited):
            yield _expired(cited, cited.first, context)


@rule("VB103", needs=("registry", "as_of"))
def vb103(context: RuleContext) -> Iterator[Flag]:
    """Flag an instrument of which a part has expired; a law named by its name alone is the law as amended."""
    for cited in context.cited:
        if cited.status is None or cited.is_party or cited.moves or cited.status.status != "partly_expired":
            continue
        proofs = tuple(
            proof for proof in proofs_of(cited.status.proof, *_CHANGES) if (proof.effective or "") <= context.day
        )
        changes = tuple(_by(_CHANGES[proof.relation], proof, context, dated=True) for proof in _last_word(proofs))
        first = cited.first
        yield Flag(
            start=first.start,
            end=first.end,
            message=phrase(
                "partly",
                cited=cited_name(first),
                as_of=day(context.day),
                changes=changes,
                pinpoint=phrase("provisions" if first.pinpoints else "whole"),
                mentions=mentions(cited, shown=first),
            ),
            subject=cited.key,
            instrument=cited.first.instrument,
            evidence=tuple(as_evidence(proof, context.known) for proof in proofs),
            suggestion=phrase("suggestion"),
            kind="review",
        )


@rule("VB105", needs=("registry", "signed"))
def vb105(context: RuleContext) -> Iterator[Flag]:
    """Flag an instrument not yet issued, or not yet in force, on the day the document was signed."""
    for cited in context.cited:
        if cited.instrument is None or cited.is_party or cited.is_standard:
            continue
        if cited.basis is None and cited.status is not None and cited.status.status in _ALIVE:
            continue  # asked as of a later day, on which it holds: only a basis had to hold at signing
        citation = cited.basis or cited.first
        message = _too_early(cited, citation, context)
        if message is not None:
            yield Flag(
                start=citation.start,
                end=citation.end,
                message=message,
                subject=cited.key,
                instrument=cited.instrument.id,
                evidence=(_beginning(cited.instrument, context),),
                suggestion=phrase("suggestion"),
                kind="fail" if cited.basis else "review",
                severity="error" if cited.basis else "warning",
                as_of=context.signing,
            )


@rule("VB106", needs=("registry", "as_of"))
def vb106(context: RuleContext) -> Iterator[Flag]:
    """Flag a suspended instrument."""
    for cited in context.cited:
        if cited.status is None or cited.status.status != "suspended":
            continue
        first = cited.basis or cited.first
        proofs = proofs_of(cited.status.proof, "suspends")
        yield Flag(
            start=first.start,
            end=first.end,
            message=phrase(
                "suspended",
                cited=cited_name(first),
                as_of=day(context.day),
                how=tuple(_by("suspended_by", proof, context, dated=True) for proof in proofs),
                mentions=mentions(cited, shown=first),
            ),
            subject=cited.key,
            instrument=first.instrument,
            evidence=tuple(as_evidence(proof, context.known) for proof in proofs),
            suggestion=phrase("suggestion"),
            kind="fail" if cited.status.basis == "stated" else "review",
        )


@rule("VB107", needs=("registry", "as_of"))
def vb107(context: RuleContext) -> Iterator[Flag]:
    """Name the end of the chain that replaced an instrument, or the lead to one."""
    for cited in context.cited:
        if cited.status is None or cited.is_party or cited.ended_here:
            continue
        if cited.chain:
            yield _succeeded(cited, cited.status, context)
        elif cited.status.status == "not_known" and (leads := proofs_of(cited.status.leads, *_ENDINGS)):
            yield _lead(cited, leads, context)


@rule("VB108", needs=("registry", "as_of"))
def vb108(context: RuleContext) -> Iterator[Flag]:
    """Flag an instrument whose amendments the document mentions nowhere.

    In an administrative document a law named by its name alone is the law as amended (NĐ 30/2020/NĐ-CP, Phụ lục I,
    Phần I, Mục II, khoản 6 điểm b asks for type and name only).
    """
    mentioned = _mentioned(context)
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
            and not _is_mentioned(amendment, mentioned, context)
        )
        if missing:
            yield _unmentioned(cited, missing, context)


@rule("VB109", needs=("registry", "as_of"))
def vb109(context: RuleContext) -> Iterator[Flag]:
    """Flag an instrument that is in force on the day and will have expired a few weeks later."""
    later = (date.fromisoformat(context.day) + timedelta(days=context.expiring_within_days)).isoformat()
    for cited in context.cited:
        if cited.instrument is None or cited.status is None or cited.is_party or cited.moves or cited.ended_here:
            continue
        if cited.status.status not in {"in_force", "partly_expired", "not_known"}:
            continue
        then = context.known.status(cited.instrument.id, on=later)
        if then.status == "expired":
            first = cited.first
            yield Flag(
                start=first.start,
                end=first.end,
                message=phrase("expiring", **_ending(then, context), **_common(cited, first)),
                subject=cited.key,
                instrument=first.instrument,
                evidence=_grounds(then, context),
                suggestion=phrase("suggestion"),
                kind="review" if then.basis == "inferred" else "fail",
            )


def _ended(cited: Cited) -> bool:
    """Say whether an instrument has wholly expired, as far as the review speaks of it.

    A law named by its name alone has moved on to the law of the same name (RULES.md, Settled); Party documents do not
    expire by the law on normative documents; what this very document replaces or repeals has to be named in it.
    """
    if cited.status is None or cited.status.status != "expired":
        return False
    return cited.heir is None and not cited.is_party and not cited.ended_here


def _expired(cited: Cited, citation: Citation, context: RuleContext) -> Flag:
    status = cited.status
    if status is None:
        raise LookupError(cited.key)
    exceptions = any(proof.exception for proof in proofs_of(status.proof, *_ENDINGS))
    inferred = status.basis == "inferred"
    kind: Kind = "review" if inferred or exceptions else "fail"
    return Flag(
        start=citation.start,
        end=citation.end,
        message=phrase(
            "inferred" if inferred else "expired",
            as_of=day(context.day),
            **_ending(status, context),
            **_common(cited, citation),
        ),
        subject=cited.key,
        instrument=citation.instrument,
        evidence=_grounds(status, context),
        suggestion=_remedy(cited, context),
        kind=kind,
    )


def _common(cited: Cited, citation: Citation) -> dict[str, str | Phrase | None]:
    return {"cited": cited_name(citation), "mentions": mentions(cited, shown=citation)}


def _ending(status: Status, context: RuleContext) -> dict[str, Phrase | tuple[Phrase, ...] | None]:
    """Say since when, by what, and with what exception an instrument has ended."""
    proofs = proofs_of(status.proof, *_ENDINGS)
    exceptions = tuple(dict.fromkeys(told for proof in proofs if (told := untold_exception(proof))))
    how: Phrase | tuple[Phrase, ...] | None = tuple(
        _by(_ENDINGS[proof.relation], proof, context, dated=False) for proof in proofs
    )
    if not proofs:
        others = tuple(_by("ended_by", proof, context, dated=False) for proof in status.proof)
        how = others or phrase("own_term")
    return {
        "since": phrase("since", day=day(status.since)) if status.since else None,
        "how": how,
        "exception": phrase("exception", exception="; ".join(exceptions)) if exceptions else None,
    }


def _remedy(cited: Cited, context: RuleContext) -> Phrase:
    """Say what to consider: at signing cite another text; later, review what rests on this one."""
    at_signing = context.signed is None or context.day <= context.signed
    if cited.chain:
        return phrase("replace_with" if at_signing else "review_because", successor=short_name(cited.chain[-1]))
    return phrase("replace" if at_signing else "review")


def _grounds(status: Status, context: RuleContext) -> tuple[Evidence, ...]:
    return tuple(as_evidence(proof, context.known) for proof in status.proof)


def _by(key: str, proof: Proof, context: RuleContext, *, dated: bool) -> Phrase:
    """Name the instrument that does something to another, with its clause and, if asked, its date."""
    fields: dict[str, str | Phrase | None] = {
        "by": named(proof.by, context.known),
        "clause": in_brackets(proof.clause),
    }
    if dated:
        fields["since"] = phrase("since", day=day(proof.effective)) if proof.effective else None
    return phrase(key, **fields)


def _last_word(proofs: tuple[Proof, ...]) -> tuple[Proof, ...]:
    """Keep one relation a source: a partial repeal says more than the amendment by the same instrument."""
    best: dict[str, Proof] = {}
    for proof in proofs:
        kept = best.get(proof.by)
        if kept is None or (kept.relation == "amends" and proof.relation != "amends"):
            best[proof.by] = proof
    return tuple(best.values())


def _beginning(instrument: Instrument, context: RuleContext) -> Evidence:
    """Give what the registry says of an instrument's own dates."""
    told = [
        f"ban hành ngày {day(instrument.issued)}" if instrument.issued else "",
        f"có hiệu lực từ ngày {day(instrument.effective)}" if instrument.effective else "",
    ]
    return Evidence(
        source=instrument.number or instrument.id,
        quote=", ".join(part for part in told if part),
        retrieved=data_date(context.known),
    )


def _too_early(cited: Cited, citation: Citation, context: RuleContext) -> Phrase | None:
    """Say in what way an instrument came too late for the document, if it did."""
    instrument = cited.instrument
    if instrument is None:
        return None
    signed = context.signing
    if instrument.issued and instrument.issued[:10] > signed[: len(instrument.issued)]:
        return phrase("not_issued", issued=day(instrument.issued), signed=day(signed), **_common(cited, citation))
    own = context.extraction.metadata.effective or signed
    basis = cited.basis is not None
    on = max(own, signed) if basis else signed
    if not instrument.effective or context.known.status(instrument.id, on=on).status != "not_yet":
        return None
    effective = day(instrument.effective)
    if basis:
        return phrase("later_basis", effective=effective, own=day(on), **_common(cited, citation))
    return phrase("later_cited", effective=effective, signed=day(signed), **_common(cited, citation))


def _succeeded(cited: Cited, status: Status, context: RuleContext) -> Flag:
    first = cited.first
    end = cited.chain[-1]
    old = full_name(cited.instrument) if cited.instrument else cited.key
    steps = _steps(cited, status, context)
    way = tuple(_by("step", proof, context, dated=True) for proof in steps)
    fields = {"as_of": day(context.day), "end": full_name(end), "way": way, **_common(cited, first)}
    message = phrase("replaced", **fields)
    if cited.heir:
        message = phrase("moved", old=old, signed=day(context.signed or context.day), **fields)
    return Flag(
        start=first.start,
        end=first.end,
        message=message,
        subject=cited.key,
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
        for proof in proofs_of(current.proof, *_ENDINGS)
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
            "lead", by=by, as_of=day(context.day), later=_later_steps(sources, context), **_common(cited, first)
        ),
        subject=cited.key,
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


def _mentioned(context: RuleContext) -> frozenset[str]:
    """Collect the numbers of every instrument the document names anywhere, its own included."""
    numbers = {citation.number for citation in context.extraction.citations}
    numbers.add(context.extraction.metadata.number)
    for citation in context.extraction.citations:
        for name in (citation.instrument, *citation.candidates):
            instrument = context.known.get(name) if name else None
            numbers.add(instrument.number if instrument else None)
    return frozenset(number_key(number) for number in numbers if number)


def _may_amend(amendment: AmendedBy, instrument: Instrument, context: RuleContext) -> bool:
    """Say whether an amendment can be one: not by an office of lower rank (Luật 64/2025/QH15, Điều 57 khoản 1).

    Notes of consolidated databases also list decrees and circulars that merely touch a law.
    """
    amending = look_up(amendment.by, context.known)
    by, of = (office_of_issuer((one and one.issuer) or "") for one in (amending, instrument))
    if by is None or of is None or by.rank is None or of.rank is None:
        return True
    return by.rank <= of.rank


def _is_mentioned(amendment: AmendedBy, mentioned: frozenset[str], context: RuleContext) -> bool:
    instrument = look_up(amendment.by, context.known)
    return number_key((instrument and instrument.number) or amendment.by) in mentioned


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
        message=phrase("unmentioned", amendments=amendments, as_of=day(context.day), **_common(cited, first)),
        subject=cited.key,
        instrument=first.instrument,
        evidence=tuple(
            Evidence(source=named(one.by, context.known), clause=one.clause, retrieved=data_date(context.known))
            for one in missing
        ),
        suggestion=phrase("suggestion", amending=amending),
        kind="review",
    )
