"""A registry as files that people open: an Excel workbook, a JSON. Both can be read again by `parcc registry import`.

What the registry answers from, with every source and known time, is written by `Registry.export`; these are its facts
as they stand.
"""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

from parcc_nlp.registry.pinpoints import written_parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.registry.registry import Registry

__all__ = ["INSTRUMENTS", "RELATIONS", "instrument_rows", "json_of", "relation_rows", "workbook_of"]

INSTRUMENTS = (
    "number",
    "doc_type",
    "title",
    "issuer",
    "issued",
    "effective",
    "expires",
    "confidence",
    "evidence",
    "id",
)
RELATIONS = (
    "source_doc", "relation", "target_doc", "parts", "effective_date", "clause", "exception", "evidence", "confidence",
    "source_id", "target_id",
)  # fmt: skip
_LONGEST = 32_767
"""Characters of a cell, a limit of the format."""
_WIDTH = 28


def instrument_rows(registry: Registry) -> Iterator[tuple[str | None, ...]]:
    """Give a row for every instrument, in the columns of `INSTRUMENTS`."""
    for one in registry:
        yield (
            one.number, one.doc_type, one.title, one.issuer, one.issued, one.effective, one.expires, one.confidence,
            one.source, one.id,
        )  # fmt: skip


def relation_rows(registry: Registry) -> Iterator[tuple[str | None, ...]]:
    """Give a row for every relation that is no mere lead, in the columns of `RELATIONS`."""
    known = {one.id: one.number for one in registry}
    for identity, number in known.items():
        for tie in registry.history(identity):
            yield (
                known.get(tie.source), tie.kind, number, written_parts(tie.parts) or None, tie.effective,
                tie.clause, tie.exception, tie.evidence, tie.confidence, tie.source, tie.target,
            )  # fmt: skip


def json_of(registry: Registry) -> str:
    """Write the facts as JSON: ``{"schema": "parcc-registry/1", "version": ..., "instruments": [...], ...}``."""
    value = {
        "schema": "parcc-registry/1",
        "version": registry.version,
        "date": registry.date,
        "instruments": [dict(zip(INSTRUMENTS, row, strict=True)) for row in instrument_rows(registry)],
        "relations": [dict(zip(RELATIONS, row, strict=True)) for row in relation_rows(registry)],
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def workbook_of(registry: Registry) -> bytes:
    """Write the facts as an Excel workbook of two sheets. Text stays text: nothing in it is a formula."""
    from openpyxl import Workbook  # noqa: PLC0415 - loaded only where a workbook is written
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above

    book = Workbook(write_only=True)
    for title, columns, rows in (
        ("instruments", INSTRUMENTS, instrument_rows(registry)),
        ("relations", RELATIONS, relation_rows(registry)),
    ):
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for number in range(1, len(columns) + 1):
            sheet.column_dimensions[get_column_letter(number)].width = _WIDTH
        sheet.append(columns)
        for row in rows:
            sheet.append([_cell(sheet, value) for value in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(sheet: object, value: str | None) -> object:
    """Make a cell of text, whatever it begins with."""
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - as above

    cell = WriteOnlyCell(sheet, value=None)
    if value is not None:
        cell.value = value[:_LONGEST]
        cell.data_type = "s"
    return cell
