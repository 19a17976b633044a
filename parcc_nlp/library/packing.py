"""What is written of an examined file, made ready where it was examined, so that the one writer has little to do.

An extraction is kept whole (also what is not in the published JSON contract), as compressed JSON that `msgspec` writes
and reads by the types of `parcc_nlp.model`.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

from parcc_nlp.errors import LibraryError
from parcc_nlp.graph.build import graph_of
from parcc_nlp.graph.identifiers import document_id
from parcc_nlp.library.text_index import Indexed, words_of
from parcc_nlp.model import Extraction, Finding, Metadata
from parcc_nlp.registry.days import is_day
from parcc_nlp.registry.identity import number_key, number_parts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parcc_nlp.graph.values import EdgeKind, Node
    from parcc_nlp.library.examining import Examined

__all__ = [
    "KEPT_EDGES",
    "PackedEdge",
    "PackedFinding",
    "PackedInstrument",
    "Packet",
    "indexed_words",
    "is_draft",
    "pack",
    "packed_extraction",
    "packed_finding",
    "packed_links",
    "text_digest",
    "unpacked_extraction",
    "unpacked_finding",
    "unpacked_text",
]

KEPT_EDGES: frozenset[EdgeKind] = frozenset(
    {
        "based_on", "implements", "cites", "amends", "replaces", "repeals", "partially_repeals", "suspends", "corrects",
        "consolidates", "guides", "continues", "extends", "date_shift",
    }
)  # fmt: skip
"""Edges between instruments, over which the library is walked; the rest of a document's graph is in its extraction."""
_LEVEL = 6


@dataclass(frozen=True, slots=True)
class PackedInstrument:
    """An instrument as the graph names it, with its properties as JSON."""

    key: str
    number_key: str | None
    label: str
    properties: str


@dataclass(frozen=True, slots=True)
class PackedEdge:
    """An edge of the graph between two instruments, onto the unit with this eId ("" for the whole)."""

    source: str
    kind: str
    target: str
    unit: str
    since: str | None
    until: str | None
    properties: str


@dataclass(frozen=True, slots=True)
class PackedFinding:
    """A finding and what it is looked up by."""

    fingerprint: str
    rule: str
    severity: str
    instrument: str | None
    value: str


@dataclass(frozen=True, slots=True)
class Packet:
    """An examined file, ready to be written; `noted` are findings that importing itself makes."""

    identity: str
    metadata: Metadata
    draft: bool
    text_sha256: str
    media_type: str
    pages: int | None
    characters: int
    extraction: bytes
    indexed: Indexed
    instruments: tuple[PackedInstrument, ...]
    edges: tuple[PackedEdge, ...]
    findings: tuple[PackedFinding, ...]
    unlearnable: str | None
    reviewed_on: str
    registry: str
    noted: tuple[PackedFinding, ...] = ()


def pack(examined: Examined, *, registry: str) -> Packet:
    """Make an examined file ready.

    Parameters
    ----------
    examined
        What was found in it.
    registry
        The version of the registry that answered.
    """
    extraction = examined.extraction
    instruments, edges = packed_links(extraction)
    return Packet(
        identity=document_id(extraction),
        metadata=extraction.metadata,
        draft=is_draft(extraction.metadata),
        text_sha256=text_digest(extraction.text),
        media_type=extraction.source.media_type,
        pages=extraction.source.pages,
        characters=len(extraction.text),
        extraction=packed_extraction(extraction),
        indexed=indexed_words(extraction),
        instruments=instruments,
        edges=edges,
        findings=tuple(packed_finding(one) for one in examined.review.findings),
        unlearnable=examined.unlearnable,
        reviewed_on=examined.review.as_of,
        registry=registry,
    )


def is_draft(metadata: Metadata) -> bool:
    """Say whether a document was not issued yet: its number is blank ("Số: /KH-UBND"), or it has none and no day.

    Examples
    --------
    >>> from parcc_nlp.model import Metadata
    >>> is_draft(Metadata("Kế hoạch", "/KH-UBND")), is_draft(Metadata("Kế hoạch", "12/KH-UBND", "2026-01-15"))
    (True, False)
    """
    if metadata.number is None:
        return metadata.issued is None or not is_day(metadata.issued)
    return not number_parts(metadata.number).serial


def text_digest(text: str) -> str:
    """Give the hash of a text by its words alone, so that Word and PDF files of one text have one.

    Examples
    --------
    >>> text_digest("Điều 1.  Phê duyệt") == text_digest("Điều 1. Phê\\nduyệt")
    True
    """
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", errors="surrogatepass")).hexdigest()


def indexed_words(extraction: Extraction) -> Indexed:
    """Give the words under which a document is found."""
    said = extraction.metadata
    heading = " ".join(part for part in (said.doc_type, said.number, said.title, said.attached_title) if part)
    return Indexed(words_of(heading), words_of(extraction.text))


def packed_links(extraction: Extraction) -> tuple[tuple[PackedInstrument, ...], tuple[PackedEdge, ...]]:
    """Give the instruments of a document and what it says of them, as its graph has them."""
    graph = graph_of([extraction], sections=False)
    edges = []
    named = {document_id(extraction)}
    for edge in graph.edges(*KEPT_EDGES):
        target, _, unit = edge.target.partition("#")
        named.update((edge.source, target))
        properties = _json(dict(edge.properties) | ({"document": edge.document} if edge.document else {}))
        edges.append(PackedEdge(edge.source, edge.kind, target, unit, edge.since, edge.until, properties))
    instruments = tuple(_instrument(node) for node in graph.nodes("instrument") if node.id in named)
    return instruments, tuple(edges)


def _instrument(node: Node) -> PackedInstrument:
    number = node.get("number")
    key = number_key(number) if isinstance(number, str) else None
    return PackedInstrument(node.id, key, node.label, _json({"known": node.known, **node.properties}))


def packed_extraction(extraction: Extraction) -> bytes:
    """Give an extraction as compressed JSON."""
    return zlib.compress(_encoder().encode(extraction), _LEVEL)


def unpacked_extraction(packed: bytes) -> Extraction:
    """Read an extraction back.

    Raises
    ------
    LibraryError
        E514: it is damaged, or of a form that this version does not know.
    """
    try:
        found: Extraction = _decoder(Extraction).decode(zlib.decompress(packed))
    except (zlib.error, msgspec.MsgspecError) as error:
        raise LibraryError("E514") from error
    return found


def unpacked_text(packed: bytes) -> str:
    """Read only the text of an extraction back."""
    try:
        found: _TextOnly = _decoder(_TextOnly).decode(zlib.decompress(packed))
    except (zlib.error, msgspec.MsgspecError) as error:
        raise LibraryError("E514") from error
    return found.text


def packed_finding(finding: Finding) -> PackedFinding:
    """Give a finding with what it is looked up by."""
    value = _encoder().encode(finding).decode()
    return PackedFinding(finding.fingerprint, finding.rule, finding.severity, finding.instrument, value)


def unpacked_finding(value: str) -> Finding:
    """Read a finding back."""
    finding: Finding = _decoder(Finding).decode(value)
    return finding


@dataclass(frozen=True, slots=True)
class _TextOnly:
    text: str


@cache
def _encoder() -> msgspec.json.Encoder:
    return msgspec.json.Encoder()


@cache
def _decoder(kind: type[Any]) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


def _json(value: dict[str, Any] | Iterable[Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
