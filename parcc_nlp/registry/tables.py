"""The tables of a registry: the columns of its CSV files and of its SQLite file, and the rows read from them.

One schema serves the shipped data, what an office added, and an export of both. Each row says where it is from
(`origin`), since when it is known (`learned`) and until when (`withdrawn`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from parcc_nlp.registry.parts import NO_PARTS, Parts

if TYPE_CHECKING:
    from parcc_nlp.model import Confidence, RelationKind
    from parcc_nlp.registry.claims import SourceKind

__all__ = [
    "ADDED",
    "COLUMNS",
    "CONTENT",
    "DDL",
    "FORMAT",
    "KEYS",
    "OPTIONAL",
    "SCHEMA",
    "Clash",
    "Disagreement",
    "Edge",
    "FieldRow",
    "FileKind",
    "Living",
    "Reorganisation",
]

FORMAT = "parcc-registry"
SCHEMA = 1
"""Rises with every change of tables or columns."""
KEYS = 1
"""Rises when the same CSV files give other rows: with every change of how a number or a name becomes a key."""

FileKind = Literal["base", "additions", "complete"]
"""What a file holds: the shipped data, what an office added, or both (an export)."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "instruments.csv": (
        "id", "number", "doc_type", "legal_class", "title", "issuer", "issued", "effective", "expires",
        "perhaps_expires", "checked_on",
        "surveyed", "signed_from", "signed_to", "source", "field_sources", "retrieved", "confidence", "note",
    ),
    "relations.csv": (
        "source", "kind", "target", "parts", "effective", "not_before", "not_after", "clause", "exception", "evidence",
        "retrieved", "confidence",
    ),
    "leads.csv": (
        "source", "kind", "target", "parts", "effective", "not_before", "not_after", "clause", "exception", "evidence",
        "retrieved", "confidence",
    ),
    "in_force.csv": ("instrument", "date", "kind", "source", "quote", "retrieved"),
    "reorganisation.csv": (
        "level", "old_name", "change", "new_name", "effective", "legal_source", "evidence", "retrieved", "confidence",
        "note",
    ),
    "disagreements.csv": ("instrument", "number", "field", "kept", "kept_from", "other", "other_from"),
}  # fmt: skip
"""The columns of each file of ``corpora/registry``, in order."""
OPTIONAL = frozenset({"disagreements.csv"})
"""Files that a registry of somebody's own may lack."""

_FOUND = "origin TEXT NOT NULL, name TEXT, place TEXT, digest TEXT, learned TEXT NOT NULL"
_TAKEN_BACK = "withdrawn TEXT, withdrawn_by TEXT, withdrawn_because TEXT"
DDL = f"""
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE instruments (
    id TEXT PRIMARY KEY, number TEXT, doc_type TEXT, legal_class TEXT, title TEXT, issuer TEXT, issued TEXT,
    effective TEXT, expires TEXT, perhaps_expires TEXT, checked_on TEXT, surveyed TEXT, signed_from TEXT,
    signed_to TEXT, source TEXT, field_sources TEXT, confidence TEXT NOT NULL, note TEXT, number_key TEXT,
    loose_key TEXT, name_key TEXT, {_FOUND});
CREATE INDEX instruments_by_number ON instruments (number_key);
CREATE INDEX instruments_by_loose ON instruments (loose_key);
CREATE INDEX instruments_by_name ON instruments (name_key) WHERE name_key IS NOT NULL;
CREATE TABLE fields (
    id TEXT PRIMARY KEY, instrument TEXT NOT NULL, field TEXT NOT NULL, value TEXT, since TEXT, because TEXT,
    confidence TEXT NOT NULL, name_key TEXT, {_FOUND}, {_TAKEN_BACK});
CREATE INDEX fields_by_instrument ON fields (instrument);
CREATE INDEX fields_by_name ON fields (name_key) WHERE name_key IS NOT NULL;
CREATE TABLE relations (
    id TEXT, source TEXT NOT NULL, kind TEXT NOT NULL, target TEXT NOT NULL, parts TEXT, effective TEXT,
    not_before TEXT, not_after TEXT, clause TEXT, exception TEXT, evidence TEXT, quote TEXT, because TEXT,
    confidence TEXT NOT NULL, lead INTEGER NOT NULL, {_FOUND}, {_TAKEN_BACK});
CREATE UNIQUE INDEX relations_by_id ON relations (id) WHERE id IS NOT NULL;
CREATE INDEX relations_by_target ON relations (target);
CREATE INDEX relations_by_source ON relations (source);
CREATE TABLE living (
    id TEXT, instrument TEXT NOT NULL, date TEXT NOT NULL, kind TEXT NOT NULL, source TEXT, quote TEXT, {_FOUND},
    {_TAKEN_BACK});
CREATE UNIQUE INDEX living_by_id ON living (id) WHERE id IS NOT NULL;
CREATE INDEX living_by_instrument ON living (instrument);
CREATE TABLE clashes (
    id TEXT PRIMARY KEY, instrument TEXT NOT NULL, field TEXT NOT NULL, kept TEXT, kept_from TEXT NOT NULL, other TEXT,
    other_from TEXT NOT NULL, learned TEXT NOT NULL);
CREATE INDEX clashes_by_instrument ON clashes (instrument);
CREATE TABLE disagreements (
    instrument TEXT, number TEXT, field TEXT NOT NULL, kept TEXT, kept_from TEXT, other TEXT, other_from TEXT);
CREATE INDEX disagreements_by_instrument ON disagreements (instrument) WHERE instrument IS NOT NULL;
CREATE TABLE reorganisations (
    level TEXT NOT NULL, old_name TEXT NOT NULL, change TEXT NOT NULL, new_name TEXT, effective TEXT, legal_source TEXT,
    evidence TEXT, retrieved TEXT, confidence TEXT, note TEXT);
"""
CONTENT: dict[str, tuple[str, ...]] = {
    "instruments": (
        "id", "number", "doc_type", "legal_class", "title", "issuer", "issued", "effective", "expires",
        "perhaps_expires", "checked_on", "surveyed", "signed_from", "signed_to", "source", "field_sources",
        "confidence", "note", "number_key", "loose_key", "name_key", "origin", "name", "place", "digest", "learned",
    ),
    "fields": (
        "id", "instrument", "field", "value", "since", "because", "confidence", "name_key", "origin", "name", "place",
        "digest", "learned", "withdrawn", "withdrawn_by", "withdrawn_because",
    ),
    "relations": (
        "id", "source", "kind", "target", "parts", "effective", "not_before", "not_after", "clause", "exception",
        "evidence", "quote", "because", "confidence", "lead", "origin", "name", "place", "digest", "learned",
        "withdrawn", "withdrawn_by", "withdrawn_because",
    ),
    "living": (
        "id", "instrument", "date", "kind", "source", "quote", "origin", "name", "place", "digest", "learned",
        "withdrawn", "withdrawn_by", "withdrawn_because",
    ),
    "clashes": ("id", "instrument", "field", "kept", "kept_from", "other", "other_from", "learned"),
    "disagreements": ("instrument", "number", "field", "kept", "kept_from", "other", "other_from"),
    "reorganisations": (
        "level", "old_name", "change", "new_name", "effective", "legal_source", "evidence", "retrieved", "confidence",
        "note",
    ),
}  # fmt: skip
"""Every table with content and its columns: what the content hash is made of."""
ADDED = ("instruments", "fields", "relations", "living", "clashes")
"""The tables that an office adds to."""


class Edge(NamedTuple):
    """A relation as a source states it.

    `effective` is the day it takes effect; where only bounds are known they stand in `not_before` and `not_after`.
    Where nothing is known all three are None, and no dated verdict may rest on it. `origin`, `name` and `place` say who
    tells it, `learned` and `withdrawn` when it came to be known and was taken back.
    """

    source: str
    kind: RelationKind
    target: str
    effective: str | None
    not_before: str | None
    not_after: str | None
    clause: str | None
    exception: str | None
    evidence: str | None
    confidence: Confidence
    parts: Parts = NO_PARTS
    lead: bool = False
    origin: SourceKind = "shipped"
    name: str | None = None
    learned: str = ""
    withdrawn: str | None = None
    id: str | None = None


class Living(NamedTuple):
    """A day on which a source shows an instrument in force: it says so ("statement") or rests on it ("basis")."""

    instrument: str
    date: str
    kind: str
    source: str | None
    quote: str | None
    origin: SourceKind = "shipped"
    learned: str = ""
    withdrawn: str | None = None


class FieldRow(NamedTuple):
    """What a source other than the shipped data tells of one field of an instrument.

    An officer's word on the whole instrument has `field` "status" and the day it holds from in `since`.
    """

    id: str
    instrument: str
    field: str
    value: str | None
    since: str | None
    because: str | None
    confidence: Confidence
    origin: SourceKind
    name: str | None
    place: str | None
    learned: str
    withdrawn: str | None = None
    withdrawn_by: str | None = None
    withdrawn_because: str | None = None


class Clash(NamedTuple):
    """What was told and could not be taken as a relation, kept beside what speaks against it."""

    instrument: str
    field: str
    kept: str | None
    kept_from: str
    other: str | None
    other_from: str
    learned: str


class Disagreement(NamedTuple):
    """Where the sources of the shipped data differ on an instrument."""

    field: str
    kept: str | None
    kept_from: str | None
    other: str | None
    other_from: str | None


class Reorganisation(NamedTuple):
    """An agency or administrative unit renamed, merged, abolished or kept, with day and legal source."""

    level: str
    old_name: str
    change: str
    new_name: str | None
    effective: str | None
    legal_source: str | None
    evidence: str | None
    retrieved: str | None
    confidence: Confidence
    note: str | None
