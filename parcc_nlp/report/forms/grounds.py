"""What a document is reviewed on the ground of: later instruments that changed what it is based on or cites.

Nghị định 79/2025/NĐ-CP, Điều 37 khoản 1 and Điều 39: an instrument that amends, replaces, repeals or suspends is the
ground of review; the one it does this to, and every document that has that one among its căn cứ, is to be reviewed. To
be reviewed is not to have expired.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from parcc_nlp.model import Where
from parcc_nlp.report.forms.reasons import ENDS, named_in_full, provisions_of, untold
from parcc_nlp.report.wording import instrument_name
from parcc_nlp.review.context import gather
from parcc_nlp.review.places import Places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.model import Extraction, Instrument, Metadata, Status
    from parcc_nlp.review import Cited, RegistryView

__all__ = ["Ground", "full_day", "grounds_of", "own_instrument"]

Role = Literal["itself", "basis", "cited"]

_LENGTH_OF_A_DAY = 10
_SHORT_FORMS = (("uỷ", "ủy"), ("ủy ban nhân dân", "ubnd"), ("hội đồng nhân dân", "hđnd"))
_ROLES: tuple[Role, ...] = ("itself", "basis", "cited")


@dataclass(frozen=True, slots=True)
class Ground:
    """One change of one instrument, after the document was signed.

    `by` is what changed it, in full; `relation` what it did, as in `Proof`; `changed` the instrument it was done to,
    and `role` what that one is to the document: itself, among its căn cứ, or cited elsewhere. `effective` is an ISO
    day, or None where the clause gives none that could be read.
    """

    by: str
    relation: str
    changed: str
    role: Role
    clause: str | None = None
    exception: str | None = None
    provisions: str = ""
    effective: str | None = None
    where: Where | None = None


class _Change(NamedTuple):
    """A change of an instrument as an answer of the registry tells it."""

    by: str
    relation: str
    clause: str | None
    exception: str | None
    provisions: str
    effective: str | None


def grounds_of(extraction: Extraction, *, registry: RegistryView, on: str) -> tuple[Ground, ...]:
    """List what changed, between the signing of a document and a day, what it is based on, what it cites, or itself.

    Parameters
    ----------
    extraction
        What was found in the document, its citations identified.
    registry
        What the changes are known from.
    on
        The day up to which changes count, ``YYYY-MM-DD``.

    Returns
    -------
    tuple of Ground
        The document itself first, then its căn cứ, then what else it cites, each in the order of the text and by date.
        Empty where the signing date is not known: what is later than the document cannot be told then. What it itself
        replaces or repeals is left out.

    Examples
    --------
    >>> from parcc_nlp.model import Extraction
    >>> from parcc_nlp.registry import Registry
    >>> grounds_of(Extraction(text="Điều 1."), registry=Registry.shipped(), on="2026-11-23")
    ()
    """
    metadata = extraction.metadata
    signed = full_day(metadata.issued)
    if signed is None:
        return ()
    found: list[Ground] = []
    own = own_instrument(metadata, registry)
    if own is not None:
        status = registry.status(own.id, on=on)
        found += _grounds(status, "itself", None, registry, signed=signed, own=metadata.number)
    places = Places.of(extraction)
    for cited in gather(extraction, registry=registry, as_of=on):
        if cited.status is None or cited.ended_here:
            continue
        role: Role = "basis" if cited.basis else "cited"
        where = places.where((cited.basis or cited.first).start)
        found += _grounds(cited.status, role, where, registry, signed=signed, own=metadata.number)
    # Changes of one instrument stay together, in the order of its mention; sorting is stable.
    return tuple(sorted(found, key=_by_role))


def full_day(day: str | None) -> str | None:
    """Give a date only where it is known to the day.

    Examples
    --------
    >>> full_day("2023-12-22"), full_day("2023-12")
    ('2023-12-22', None)
    """
    return day if day and len(day) == _LENGTH_OF_A_DAY else None


def own_instrument(metadata: Metadata, registry: RegistryView) -> Instrument | None:
    """Find a document in the registry: by number, date and issuer, never by its number alone."""
    if not (metadata.number and metadata.issued and metadata.issuer):
        return None
    issuer = _normal(metadata.issuer)
    fitting = [
        one
        for one in registry.find(metadata.number)
        if one.issued == metadata.issued and one.issuer and _normal(one.issuer) == issuer
    ]
    return fitting[0] if len(fitting) == 1 else None


def _normal(issuer: str) -> str:
    name = " ".join(issuer.casefold().split())
    for written, short in _SHORT_FORMS:
        name = name.replace(written, short)
    return name


def _by_role(ground: Ground) -> int:
    return _ROLES.index(ground.role)


def _grounds(  # noqa: PLR0913 - private: what a ground is put together from
    status: Status, role: Role, where: Where | None, registry: RegistryView, *, signed: str, own: str | None
) -> Iterator[Ground]:
    """Tell the later changes of one instrument."""
    changed = instrument_name(status)
    for change in sorted(_changes(status, signed=signed, registry=registry), key=_by_day):
        if change.by != own:
            yield Ground(
                by=named_in_full(change.by, registry),
                relation=change.relation,
                changed=changed,
                role=role,
                clause=change.clause,
                exception=change.exception,
                provisions=change.provisions,
                effective=change.effective,
                where=where,
            )


def _changes(status: Status, *, signed: str, registry: RegistryView) -> Iterator[_Change]:
    """Tell what took effect on an instrument after a day; without a date, only what proves that its status changed."""
    for proof in status.proof:
        later = proof.effective is not None and signed < proof.effective <= status.as_of
        turned = proof.effective is None and status.status != "not_known" and _turned(status, registry, signed=signed)
        if proof.relation in ENDS and (later or turned):
            yield _Change(
                proof.by, proof.relation, proof.clause, untold(proof), provisions_of(proof.parts), proof.effective
            )
    # What would amend an instrument from a day on which it had ended already changes nothing.
    ended = status.since if status.status == "expired" and status.since else "~"
    for amendment in status.amended_by:
        if amendment.effective and signed < amendment.effective <= status.as_of and amendment.effective < ended:
            yield _Change(amendment.by, "amends", amendment.clause, None, "", amendment.effective)


def _turned(status: Status, registry: RegistryView, *, signed: str) -> bool:
    """Say whether an instrument had, on the day of signing, another status than it has now."""
    if status.instrument is None:
        return False
    return registry.status(status.instrument, on=signed).status not in {status.status, "not_known"}


def _by_day(change: _Change) -> tuple[str, str]:
    return change.effective or "~", change.by


def cited_status(cited: Cited, registry: RegistryView | None, on: str | None) -> Status | None:
    """Give the status that a mention is judged by: the law of the same name where a law named by name has moved."""
    if cited.heir is not None and registry is not None and on is not None:
        return registry.status(cited.heir.id, on=on)
    return cited.status
