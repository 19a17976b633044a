"""What a source tells of instruments, before it is taken into a registry: claims, each with its origin.

A claim names instruments by what a source has of them (`Reference`), never by id; the ledger decides which instrument
is meant when it takes the claim in. Claims are values: reading a table or a document gives claims and changes nothing.

The order of precedence of the kinds of sources is data (``precedence.csv``): an officer's correction, then the clause
of a text that was read, then a table with a clause, then the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from parcc_nlp.model import Confidence, Pinpoint, RelationKind

__all__ = ["Claim", "InstrumentClaim", "LifeClaim", "Provenance", "Reference", "RelationClaim", "SourceKind"]

SourceKind = Literal["officer", "text", "shipped", "table", "citation"]
"""Who says it: an officer; the instrument's or the acting instrument's own text; the data shipped with the library; a
table of the user's; a document that merely cites the instrument."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where and when a claim was learned.

    `name` is what an officer can look up: a document's number, a table's name, the officer's name. `place` is where in
    it (a clause, a row). `learned` is the day it was taken in (known time), `digest` the SHA-256 of the file read.
    """

    kind: SourceKind
    name: str
    learned: str
    place: str | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """An instrument as a source names it: any of the parts of its identity may be missing.

    `name` serves for laws named without a number; `signed` bounds who can be meant (nothing signed later), as the
    signing date of the document that names it.
    """

    number: str | None
    doc_type: str | None = None
    issuer: str | None = None
    issued: str | None = None
    name: str | None = None
    signed: str | None = None


@dataclass(frozen=True, slots=True)
class InstrumentClaim:
    """What a source tells of one instrument; a field it does not tell is None."""

    instrument: Reference
    provenance: Provenance
    title: str | None = None
    effective: str | None = None
    expires: str | None = None
    confidence: Confidence = "verified"


@dataclass(frozen=True, slots=True)
class RelationClaim:
    """What one instrument does to another, as a source tells it.

    `parts` are the provisions of the target, empty for the whole. `clause` is the provision of the source that says so
    ("khoản 2 Điều 31"), `quote` its words. `effective` is the day it takes effect; where only bounds are known they
    stand in `not_before` and `not_after`.
    """

    source: Reference
    kind: RelationKind
    target: Reference
    provenance: Provenance
    parts: tuple[Pinpoint, ...] = ()
    effective: str | None = None
    not_before: str | None = None
    not_after: str | None = None
    clause: str | None = None
    exception: str | None = None
    quote: str | None = None
    confidence: Confidence = "verified"


@dataclass(frozen=True, slots=True)
class LifeClaim:
    """A day on which a source shows an instrument in force: it says so ("statement") or rests on it ("basis")."""

    instrument: Reference
    date: str
    kind: Literal["statement", "basis"]
    provenance: Provenance
    quote: str | None = None


Claim: TypeAlias = InstrumentClaim | RelationClaim | LifeClaim
