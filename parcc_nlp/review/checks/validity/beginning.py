"""VB105: whether what is cited had been issued and was in force when the document was signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcc_nlp.model import Evidence
from parcc_nlp.registry.names import LAW_TYPES
from parcc_nlp.review.checks.validity.phrases import common_fields
from parcc_nlp.review.naming import data_date, day
from parcc_nlp.review.rule import Flag, phrase, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.model import Citation, Instrument
    from parcc_nlp.review.context import Cited, RuleContext
    from parcc_nlp.review.rule import Phrase

__all__ = ["vb105"]

_ALIVE = frozenset({"in_force", "partly_expired"})


@rule("VB105", needs=("registry", "signed"))
def vb105(context: RuleContext) -> Iterator[Flag]:
    """Flag an instrument not yet issued, or not yet in force, on the day the document was signed.

    Only of a normative document is it sure that a basis must be in force with it (Điều 62 Nghị định 78/2025/NĐ-CP,
    Điều 61 Nghị định 34/2016/NĐ-CP); a plan to carry out a law is made before that law takes effect.
    """
    for cited in context.cited:
        if cited.instrument is None or cited.is_party or cited.is_standard:
            continue
        if cited.basis is None and cited.status is not None and cited.status.status in _ALIVE:
            continue  # asked as of a later day, on which it holds: only a basis had to hold at signing
        citation = cited.basis or cited.first
        message = _too_early(cited, citation, context)
        if message is None or (message.key != "not_issued" and _prepares(cited, context)):
            continue
        sure = message.key == "not_issued" or (message.key == "later_basis" and context.extraction.metadata.normative)
        yield Flag(
            start=citation.start,
            end=citation.end,
            message=message,
            subject=cited.key,
            instrument=cited.instrument.id,
            evidence=(_beginning(cited.instrument, context),),
            suggestion=phrase("suggestion"),
            kind="fail" if cited.basis and sure else "review",
            severity="error" if cited.basis else "warning",
            as_of=context.signing,
        )


def _prepares(cited: Cited, context: RuleContext) -> bool:
    """Say whether the document is made to carry out the instrument: so it says, or so its title does."""
    if any(citation.relation == "implements" for citation in cited.citations):
        return True
    metadata, instrument = context.extraction.metadata, cited.instrument
    if instrument is None:
        return False
    titles = " ".join(f"{metadata.title or ''} {metadata.attached_title or ''}".casefold().split())
    law = instrument.title if instrument.doc_type in LAW_TYPES else None
    return any(name and name.casefold() in titles for name in (instrument.number, law))


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
        return phrase("not_issued", issued=day(instrument.issued), signed=day(signed), **common_fields(cited, citation))
    own = context.extraction.metadata.effective or signed
    basis = cited.basis is not None
    on = max(own, signed) if basis else signed
    if not instrument.effective or context.known.status(instrument.id, on=on).status != "not_yet":
        return None
    effective = day(instrument.effective)
    if basis and context.extraction.metadata.effective is None:
        return phrase("later_basis_unread", effective=effective, signed=day(signed), **common_fields(cited, citation))
    if basis:
        return phrase("later_basis", effective=effective, own=day(on), **common_fields(cited, citation))
    return phrase("later_cited", effective=effective, signed=day(signed), **common_fields(cited, citation))
