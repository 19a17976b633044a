"""The tables a batch writes: their columns, stated once, and the rows that an examined document adds to them."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from parcc_nlp.errors import ParccError
    from parcc_nlp.library.examining import Examined
    from parcc_nlp.model import Citation, Effect, Finding, Related, Target

__all__ = ["TABLES", "Column", "Row", "Rows", "error_rows", "rows_of"]

Kind = Literal["int64", "double", "bool", "string", "strings", "pinpoints", "evidence", "places"]
Row = dict[str, Any]
Rows = dict[str, list[Row]]
"""Rows by the name of their table."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what stands in it, and whether a row may lack it."""

    name: str
    kind: Kind
    nullable: bool = True


def _columns(kind: Kind, names: str, *, nullable: bool = True) -> tuple[Column, ...]:
    return tuple(Column(name, kind, nullable) for name in names.split())


def _required(kind: Kind, names: str) -> tuple[Column, ...]:
    return _columns(kind, names, nullable=False)


_FILE = (*_required("int64", "input_number"), *_required("string", "path"))
_IN_DOCUMENT = (
    *_FILE,
    *_required("string", "sha256"),
    *_required("int64", "position start end"),
    *_required("string", "text"),
)

TABLES: Mapping[str, tuple[Column, ...]] = MappingProxyType(
    {
        "documents": (
            *_FILE,
            *_required("string", "sha256 media_type"),
            *_columns("int64", "pages"),
            *_required("string", "text_layer"),
            *_required("strings", "warnings"),
            *_required("int64", "characters"),
            *_columns("string", "doc_type number issued issuer place title effective expires signer signer_title"),
            *_required("strings", "recipients"),
            *_columns("string", "attached_type attached_title"),
            *_columns("bool", "normative"),
            *_columns("string", "period_from period_to"),
            *_required("string", "as_of"),
            *_required("int64", "citations resolved valid not_valid not_known findings claims"),
            *_columns("string", "unlearnable"),
        ),
        "citations": (
            *_IN_DOCUMENT,
            *_columns("string", "doc_type number name issued issuer title"),
            *_required("string", "relation"),
            *_required("pinpoints", "pinpoints"),
            *_required("string", "mention"),
            *_columns("string", "instrument"),
            *_required("string", "resolution"),
            *_required("strings", "candidates"),
            *_required("bool", "internal"),
        ),
        "targets": (
            *_IN_DOCUMENT,
            *_required("double", "value"),
            *_columns("double", "value_max"),
            *_columns("string", "unit"),
            *_required("string", "comparator"),
            *_columns("string", "change subject scope exceptions deadline"),
            *_required("string", "modality"),
            *_columns("int64", "sentence_start sentence_end"),
            *_columns("string", "section"),
            *_required("strings", "responsible"),
            *_columns("int64", "part_of_start part_of_end"),
        ),
        "responsibilities": (
            *_IN_DOCUMENT,
            *_required("string", "agency role"),
            *_columns("string", "agency_id deadline recurrence product funding"),
            *_required("string", "origin"),
            *_columns("string", "section"),
        ),
        "effects": (
            *_IN_DOCUMENT,
            *_required("bool", "changes"),  # False: it guides, consolidates, continues: nothing of the target changes
            *_required("string", "relation target"),
            *_required("pinpoints", "parts"),
            *_columns("string", "effective doc_type issued issuer exception clause content expires"),
            *_required("string", "basis"),
        ),
        "findings": (
            *_IN_DOCUMENT,
            *_required("string", "rule severity kind message reason"),
            *_columns("int64", "page paragraph"),
            *_columns("string", "section"),
            *_required("string", "as_of"),
            *_columns("string", "instrument"),
            *_required("evidence", "evidence"),
            *_columns("string", "suggestion"),
            *_required("string", "applicability fingerprint"),
            *_required("places", "related"),
        ),
        "errors": (
            *_FILE,
            *_columns("string", "sha256"),  # a file that is not there has none
            *_required("string", "code"),
            *_columns("string", "place"),
            *_required("string", "message"),
        ),
    }
)
"""The columns of every table, in the order in which they are written."""


def rows_of(found: Examined, *, number: int, path: str) -> Rows:
    """Give the rows that one document adds.

    Parameters
    ----------
    found
        What was found in it.
    number
        Its place in the input, from 0.
    path
        Its path as it is to be written.

    Returns
    -------
    Rows
        Rows for every table but ``errors``.
    """
    extraction = found.extraction
    sha256 = extraction.source.sha256 or ""
    inside = {
        "citations": map(_citation, extraction.citations),
        "targets": map(_target, extraction.targets),
        "responsibilities": map(_plain, extraction.responsibilities),
        "effects": _effects(extraction.effects, extraction.relations),
        "findings": map(_finding, found.review.findings),
    }
    file = {"input_number": number, "path": path, "sha256": sha256}
    rows: Rows = {
        table: [{**file, "position": position, **row} for position, row in enumerate(told)]
        for table, told in inside.items()
    }
    return {"documents": [{**file, **_document(found)}], **rows}


def error_rows(error: ParccError, *, number: int, path: str, sha256: str | None) -> Rows:
    """Give the row that stands in place of a document that could not be examined; the message is Vietnamese."""
    message = error.message(lang="vi").encode("utf-8", "backslashreplace").decode("utf-8")
    told = {"code": error.code, "place": error.place, "message": message}
    return {"errors": [{"input_number": number, "path": path, "sha256": sha256, **told}]}


def _document(found: Examined) -> Row:
    extraction, metadata, coverage = found.extraction, found.extraction.metadata, found.review.coverage
    said = _plain(metadata)
    period = said.pop("period")
    source = extraction.source
    return {
        **said,
        "media_type": source.media_type,
        "pages": source.pages,
        "text_layer": source.text_layer,
        "warnings": source.warnings,
        "characters": len(extraction.text),
        "period_from": period.from_ if period else None,
        "period_to": period.to if period else None,
        "as_of": found.review.as_of,
        "citations": coverage.citations,
        "resolved": coverage.resolved,
        "valid": coverage.valid,
        "not_valid": coverage.not_valid,
        "not_known": coverage.not_known,
        "findings": len(found.review.findings),
        "claims": len(found.claims),
        "unlearnable": found.unlearnable,
    }


def _citation(citation: Citation) -> Row:
    return {**_plain(citation), "pinpoints": [asdict(one) for one in citation.pinpoints]}


def _target(target: Target) -> Row:
    row = _plain(target)
    for name in ("sentence", "part_of"):
        span = row.pop(name)
        row |= {f"{name}_start": span.start if span else None, f"{name}_end": span.end if span else None}
    return row


def _effects(changing: tuple[Effect, ...], other: tuple[Effect, ...]) -> Iterator[Row]:
    for effects, changes in ((changing, True), (other, False)):
        for effect in effects:
            yield {**_plain(effect), "changes": changes, "parts": [asdict(one) for one in effect.parts]}


def _finding(finding: Finding) -> Row:
    row = _plain(finding)
    del row["where"], row["suppressed"], row["baseline"]  # a batch knows no decisions and no earlier check
    return {
        **row,
        **asdict(finding.where),
        "evidence": [asdict(one) for one in finding.evidence],
        "related": [_related(one) for one in finding.related],
    }


def _related(related: Related) -> Row:
    row = _plain(related)
    del row["where"]
    return {**row, **asdict(related.where)}


def _plain(value: Any) -> Row:
    """Give the fields of a value under their own names."""
    return {field.name: getattr(value, field.name) for field in fields(value)}
