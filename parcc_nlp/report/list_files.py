"""Lists of targets and tasks as files other programs open: CSV, JSON, Excel workbooks."""

from __future__ import annotations

import csv
import json
from dataclasses import asdict
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

from parcc_nlp.report.lists import columns, section_name, values
from parcc_nlp.report.wording import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcc_nlp.report.lists import Group, Kind, Value
    from parcc_nlp.report.wording import Language

__all__ = ["list_csv", "list_json", "list_xlsx"]

# A spreadsheet takes text that begins so for a formula, whoever wrote it (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDEST, _NARROWEST = 60, 10
_LONGEST = 32_767  # characters of a cell, a limit of the format


def list_csv(groups: Sequence[Group], kind: Kind, *, lang: Language = "vi") -> str:
    """Write a list as CSV (RFC 4180): a heading line, a line for each target or task.

    Parameters
    ----------
    groups
        What `parcc_nlp.report.lists.grouped` gave; where there are groups, the first column names them.
    kind
        Whether they hold targets or tasks.
    lang
        Language of headings.

    Returns
    -------
    str
        Text that a spreadsheet would take for a formula carries an apostrophe before it.
    """
    file = StringIO()
    writer = csv.writer(file)
    for row in _rows(groups, kind, lang):
        writer.writerow([_harmless(value) for value in row])
    return file.getvalue()


def _harmless(value: Value) -> Value:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _rows(groups: Sequence[Group], kind: Kind, lang: Language) -> list[tuple[Value, ...]]:
    """Give headings and lines; a list in groups has a column for them."""
    in_groups = any(group.title is not None for group in groups)
    first: tuple[Value, ...] = (words("list_group", lang),) if in_groups else ()
    rows: list[tuple[Value, ...]] = [(*first, *columns(kind, lang))]
    for group in groups:
        rows += [(*((group.title,) if in_groups else ()), *values(line, lang)) for line in group.lines]
    return rows


def list_json(
    groups: Sequence[Group], kind: Kind, *, failures: Sequence[dict[str, Any]] = (), lang: Language = "vi"
) -> str:
    """Write a list as one JSON object, the items with the fields of the contract.

    Parameters
    ----------
    groups, kind
        As for `list_csv`.
    failures
        The documents that could not be examined, each as the contract has an error.
    lang
        Not used: keys are those of the contract in every language.

    Returns
    -------
    str
        ``{"schema": "parcc-tasks/1", "groups": [{"title": ..., "tasks": [...]}], "failures": [...]}``; `title` is null
        where the list is not grouped.
    """
    del lang
    told = [
        {
            "title": group.title,
            kind: [
                {"document": line.document, "place": section_name(line), **asdict(line.item)} for line in group.lines
            ],
        }
        for group in groups
    ]
    value = {"schema": f"parcc-{kind}/1", "groups": told, "failures": list(failures)}
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def list_xlsx(groups: Sequence[Group], kind: Kind, *, lang: Language = "vi") -> bytes:
    """Write a list as an Excel workbook of one sheet, with a frozen heading line and filters.

    Parameters
    ----------
    groups, kind, lang
        As for `list_csv`.

    Returns
    -------
    bytes
        The file. Text stays text: nothing in it is a formula.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - loaded only where a workbook is written
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415 - as above
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above

    book = Workbook()
    sheet = book.active
    sheet.title = words(f"list_title_{kind}", lang)
    rows = _rows(groups, kind, lang)
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column)
            if isinstance(value, str):
                cell.value = value[:_LONGEST]
                cell.data_type = "s"  # whatever it begins with
            else:
                cell.value = value
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if number == 1:
                cell.font = Font(bold=True)
    for column in range(1, len(rows[0]) + 1):
        longest = max(len(str(row[column - 1] or "")) for row in rows)
        sheet.column_dimensions[get_column_letter(column)].width = min(max(longest + 2, _NARROWEST), _WIDEST)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    file = BytesIO()
    book.save(file)
    return file.getvalue()
