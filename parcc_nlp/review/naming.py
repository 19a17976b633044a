"""How findings name instruments, days and relations: as an officer would write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcc_nlp.model import Evidence
from parcc_nlp.review.context import look_up
from parcc_nlp.review.rule import phrase

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parcc_nlp.model import Citation, Instrument, Proof
    from parcc_nlp.review.context import Cited, RegistryView
    from parcc_nlp.review.rule import Phrase

__all__ = [
    "as_evidence",
    "cited_name",
    "contradicts",
    "data_date",
    "day",
    "full_name",
    "in_brackets",
    "mentions",
    "named",
    "numbered",
    "proofs_of",
    "short_name",
    "untold_exception",
]

_LAWS = ("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp")
_LAST_PADDED_MONTH = "03"


def day(iso: str) -> str:
    """Write an ISO date as NĐ 30/2020/NĐ-CP has it: a zero before days below 10 and before months 1 and 2.

    Examples
    --------
    >>> day("2025-07-01"), day("2026-01-22"), day("2025-12"), day("2019")
    ('01/7/2025', '22/01/2026', '12/2025', '2019')
    """
    year, *rest = iso.split("-")
    month = [part if part < _LAST_PADDED_MONTH else part.lstrip("0") for part in rest[:1]]
    return "/".join([*rest[1:], *month, year])


def contradicts(citation: Citation, instrument: Instrument) -> bool:
    """Say whether the date of a citation is not the instrument's, as far as both are given."""
    written, known = citation.issued, instrument.issued
    return bool(written and known and not known.startswith(written) and not written.startswith(known))


def short_name(instrument: Instrument) -> str:
    """Name an instrument by type and number, a law by its title and number."""
    if instrument.doc_type in _LAWS and instrument.title:
        title = instrument.title if instrument.title.startswith(_LAWS) else f"{instrument.doc_type} {instrument.title}"
        return f"{title} ({instrument.number})" if instrument.number else title
    if instrument.number:
        return f"{instrument.doc_type or 'Văn bản'} số {instrument.number}"
    return instrument.title or instrument.id


def numbered(reference: str, registry: RegistryView) -> str:
    """Name an instrument by type and number only, a law too: "Luật số 43/2024/QH15"."""
    instrument = look_up(reference, registry)
    if instrument is None or not instrument.number:
        return named(reference, registry)
    return f"{instrument.doc_type or 'Văn bản'} số {instrument.number}"


def full_name(instrument: Instrument) -> str:
    """Name an instrument by type, number, date and issuer."""
    parts = [short_name(instrument)]
    if instrument.issued:
        parts.append(f"ngày {day(instrument.issued)}")
    if instrument.issuer:
        parts.append(f"của {instrument.issuer}")
    return " ".join(parts)


def cited_name(citation: Citation) -> str:
    """Name an instrument as it is cited."""
    return " ".join(citation.text.split())


def named(reference: str, registry: RegistryView) -> str:
    """Name what a proof or a chain points to, be it an id of the registry or already a number."""
    instrument = look_up(reference, registry)
    return short_name(instrument) if instrument else reference


def in_brackets(clause: str | None) -> Phrase | None:
    """Put a clause behind the name of its instrument, in one pair of brackets."""
    if not clause:
        return None
    bare = clause[1:-1] if clause.startswith("(") and clause.endswith(")") and clause.count("(") == 1 else clause
    return phrase("clause", clause=bare)


def mentions(cited: Cited, *, shown: Citation) -> Phrase | None:
    """Say how often an instrument is cited besides the mention shown."""
    further = len(cited.citations) - sum(citation is shown for citation in cited.citations)
    return phrase("mentions", count=str(further)) if further else None


def proofs_of(proofs: Iterable[Proof], *relations: str) -> tuple[Proof, ...]:
    """Give the proofs of some kinds of relation."""
    return tuple(proof for proof in proofs if proof.relation in relations)


def untold_exception(proof: Proof) -> str | None:
    """Give the exception of a repeal, unless its clause tells it already."""
    return proof.exception if proof.exception and proof.exception not in (proof.clause or "") else None


def as_evidence(proof: Proof, registry: RegistryView) -> Evidence:
    """Turn a relation into evidence: the affecting instrument, its clause, its exception, the date of the data."""
    instrument = look_up(proof.by, registry)
    exception = untold_exception(proof)
    return Evidence(
        source=(instrument.number or instrument.title or proof.by) if instrument else proof.by,
        clause=proof.clause,
        quote=f"trừ {exception.removeprefix('trừ ')}" if exception else None,
        retrieved=data_date(registry),
    )


def data_date(registry: RegistryView) -> str:
    """Give the date of the registry's data, the part of its version before the digest."""
    return registry.version.partition("+")[0]
