"""VB104: the very provision cited was repealed or amended, though its instrument stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from parcc_nlp.model import Citation, ProvisionStatus
from parcc_nlp.registry.parts import name_of_provision
from parcc_nlp.review.checks.validity.mentioned import is_mentioned, mentioned_numbers
from parcc_nlp.review.checks.validity.phrases import done_by
from parcc_nlp.review.naming import as_evidence, cited_name, day
from parcc_nlp.review.rule import Flag, phrase, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.model import Pinpoint
    from parcc_nlp.review.context import Cited, RuleContext
    from parcc_nlp.review.rule import Phrase

__all__ = ["Touched", "provisions_of", "touched", "vb104"]

_SAID_ELSEWHERE = frozenset({"expired", "suspended", "not_yet"})
"""Of an instrument that does not stand as a whole VB101, VB102, VB105 and VB106 speak."""
_ACTS_ON_IT = frozenset({"amends", "replaces", "repeals"})
_CHANGED = {
    "replaces": "replaced_by",
    "repeals": "repealed_by",
    "partially_repeals": "partly_repealed_by",
    "amends": "amended_by",
}


@dataclass(frozen=True, slots=True)
class Touched:
    """The provisions of one mention that were repealed, or that were amended, each with its status."""

    citation: Citation
    what: Literal["repealed", "amended"]
    statuses: tuple[ProvisionStatus, ...]


@rule("VB104", needs=("registry", "as_of"))
def vb104(context: RuleContext) -> Iterator[Flag]:
    """Flag each cited provision that no longer stands as it was, once, at its first mention."""
    mentioned = mentioned_numbers(context)
    for cited in context.cited:
        for one in touched(cited, context, mentioned=mentioned):
            yield _flag(cited, one, context)


def touched(cited: Cited, context: RuleContext, *, mentioned: frozenset[str]) -> tuple[Touched, ...]:
    """Give the provisions of an instrument that are cited and were repealed or amended by the day.

    An amended provision counts where the document names no instrument that amended it: who writes "Nghị định A (được
    sửa đổi, bổ sung tại Nghị định B)" cites it as amended. So does who names a law by its name alone.
    """
    if not _is_asked(cited):
        return ()
    found: list[Touched] = []
    said: set[Pinpoint] = set()
    for citation in cited.citations:
        if citation.relation in _ACTS_ON_IT:
            continue
        fresh = [status for status in provisions_of(citation, cited, context) if status.provision not in said]
        said |= {status.provision for status in fresh}
        repealed = tuple(status for status in fresh if status.status == "expired")
        amended = tuple(
            status
            for status in fresh
            if status.status == "amended" and not cited.moves and not _is_told(status, mentioned, context)
        )
        if repealed:
            found.append(Touched(citation, "repealed", repealed))
        if amended:
            found.append(Touched(citation, "amended", amended))
    return tuple(found)


def provisions_of(citation: Citation, cited: Cited, context: RuleContext) -> tuple[ProvisionStatus, ...]:
    """Ask for each provision that one mention of an instrument names."""
    if cited.instrument is None:
        return ()
    named = dict.fromkeys(pinpoint for pinpoint in citation.pinpoints if name_of_provision(pinpoint))
    return tuple(context.known.provision_status(cited.instrument.id, pinpoint, on=context.day) for pinpoint in named)


def _is_asked(cited: Cited) -> bool:
    if cited.instrument is None or cited.status is None or cited.is_party or cited.heir is not None:
        return False
    return cited.status.status not in _SAID_ELSEWHERE


def _is_told(status: ProvisionStatus, mentioned: frozenset[str], context: RuleContext) -> bool:
    """Say whether the document names what changed the provision last."""
    return bool(status.by and is_mentioned(status.by, mentioned, context))


def _flag(cited: Cited, one: Touched, context: RuleContext) -> Flag:
    citation, proofs = one.citation, tuple(dict.fromkeys(proof for status in one.statuses for proof in status.proof))
    names = [name_of_provision(status.provision) for status in one.statuses]
    parts = ", ".join(names)
    inferred = any(status.basis != "stated" for status in one.statuses)
    key = "perhaps" if one.what == "repealed" and inferred else one.what
    changes: tuple[Phrase, ...] = tuple(
        done_by(_CHANGED.get(proof.relation, "ended_by"), proof, context, dated=True) for proof in proofs
    )
    if one.what == "repealed":
        changes = tuple(done_by("ended_since", proof, context, dated=True) for proof in proofs)
    return Flag(
        start=citation.start,
        end=citation.end,
        message=phrase(
            key,
            parts=parts[:1].upper() + parts[1:],
            cited=cited_name(citation),
            changes=changes,
            as_of=day(context.day),
        ),
        subject=f"{cited.key} {parts}",
        instrument=citation.instrument,
        evidence=tuple(as_evidence(proof, context.known) for proof in proofs),
        suggestion=phrase(f"suggestion_{one.what}"),
        kind="review" if one.what == "amended" or inferred else "fail",
    )
