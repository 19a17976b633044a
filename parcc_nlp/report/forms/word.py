"""The papers as Word files, from templates that an office may restyle or replace by its own."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

from parcc_nlp.report.forms.archive import same_bytes
from parcc_nlp.report.forms.filling import (
    as_of_line,
    document_lines,
    finding_tables,
    ground_table,
    list_tables,
    open_lines,
    unknown_table,
    written_checks,
)
from parcc_nlp.report.forms.headings import shipped_headings
from parcc_nlp.report.forms.printing import one_line
from parcc_nlp.report.wording import written_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parcc_nlp.report.forms.filling import FilledTable
    from parcc_nlp.report.forms.headings import Headings
    from parcc_nlp.report.forms.letterhead import Letterhead
    from parcc_nlp.report.forms.sheet import ReviewSheet
    from parcc_nlp.report.forms.status_lists import ListGroup, StatusLists

__all__ = ["review_sheet_docx", "shipped_template", "status_lists_docx"]

_SHEET, _LISTS = "review_sheet.docx", "status_lists.docx"
_BLANK = "…………………………………"
_SHORT_BLANK = "………"


def review_sheet_docx(
    sheet: ReviewSheet,
    *,
    template: bytes | None = None,
    template_name: str = _SHEET,
    headings: Headings | None = None,
) -> bytes:
    """Write a review sheet as a Word file.

    Parameters
    ----------
    sheet
        What `review_sheet` gave.
    template
        An office's own template (a .docx with the fields that README.md beside the templates lists); the one that comes
        with the library by default.
    template_name
        What the template is called in errors.
    headings
        Titles and headings; those that come with the library by default.

    Returns
    -------
    bytes
        The file; the same for the same sheet, template and headings.

    Raises
    ------
    UsageError
        E360-E364: the template cannot be read, filled in, or makes no Word file.

    Examples
    --------
    >>> from parcc_nlp.model import Coverage, Extraction, Review, Source
    >>> from parcc_nlp.report.forms import review_sheet
    >>> sheet = review_sheet(Extraction("Điều 1."), Review("2026-11-23", Source(), Coverage(0, 0, 0, 0, 0, ()), ()))
    >>> review_sheet_docx(sheet)[:2]
    b'PK'
    """
    known = headings or shipped_headings()
    grounds, unknown = ground_table(sheet, known), unknown_table(sheet, known)
    found = finding_tables(sheet, known)
    document = {
        "name": one_line(sheet.name),
        "doc_type": one_line(sheet.document.doc_type or ""),
        "number": one_line(sheet.document.number or ""),
        "issued": written_day(sheet.document.issued) if sheet.document.issued else "",
        "issuer": one_line(sheet.document.issuer or ""),
        "subject": one_line(sheet.document.title or ""),
        "file": one_line(sheet.file or ""),
        "lines": [{"label": label, "value": value} for label, value in document_lines(sheet, known)],
    }
    values = {
        **_frame(sheet.letterhead, known, "review_sheet"),
        "notes": known.notes("review_sheet", "grounds", "findings", "unknown"),
        "document": document,
        "checked": written_checks(sheet, known),
        "data": one_line(sheet.registry or ""),
        "grounds": _values(grounds),
        "no_grounds": known.label("no_grounds" if sheet.grounds is not None else "no_grounds_undated"),
        "findings_title": known.title("findings"),
        "groups": [
            {"kind": group.kind, "title": title, "count": len(table.rows), "findings": _values(table)}
            for group, title, table in found
        ],
        "finding_count": sum(len(table.rows) for _, _, table in found),
        "open_lines": open_lines(sheet, known),
        "unknown": _values(unknown),
    }
    return _made(template, _SHEET, values, template_name, known, title=sheet.name, day=_last(sheet.days))


def status_lists_docx(
    lists: StatusLists,
    *,
    groups: Iterable[ListGroup | str] | None = None,
    template: bytes | None = None,
    template_name: str = _LISTS,
    headings: Headings | None = None,
) -> bytes:
    """Write lists of instruments as a Word file, a list a page.

    Parameters
    ----------
    lists
        What `status_lists` or `cited_lists` gave.
    groups
        The lists to write (`GROUPS`, and ``"handling"`` for the documents to be reviewed). By default those of expired,
        partly expired, in force and not known, and whatever else has rows.
    template, template_name, headings
        As for `review_sheet_docx`.

    Returns
    -------
    bytes
        The file; the same for the same lists, template and headings.

    Raises
    ------
    UsageError
        E360-E364: the template cannot be read, filled in, or makes no Word file.

    Examples
    --------
    >>> from parcc_nlp.registry import Registry
    >>> from parcc_nlp.report.forms import status_lists
    >>> answer = Registry.shipped().status("45/2025/NĐ-CP", on="2026-11-23")
    >>> status_lists_docx(status_lists([answer]))[:2]
    b'PK'
    """
    known = headings or shipped_headings()
    tables = list_tables(lists, known, groups)
    values = {
        **_frame(lists.letterhead, known, None),
        "issued_with": known.label("issued_with", blank=_SHORT_BLANK),
        "day": written_day(lists.on),
        "as_of": as_of_line(lists, known),
        "data": one_line(lists.registry or ""),
        "lists": [
            {
                **_values(table),
                "notes": known.notes(table.form.name),
                "count_line": known.label("count", count=len(table.rows)),
            }
            for table in tables
        ],
    }
    title = "; ".join(table.form.title for table in tables[:1])
    return _made(template, _LISTS, values, template_name, known, title=title, day=lists.on)


def shipped_template(name: str) -> bytes:
    """Give a template that comes with the library, for an office to start its own from.

    Parameters
    ----------
    name
        ``"review_sheet.docx"`` or ``"status_lists.docx"``.

    Examples
    --------
    >>> shipped_template("review_sheet.docx")[:2]
    b'PK'
    """
    return (files("parcc_nlp.report.forms") / "templates" / name).read_bytes()


def _frame(letterhead: Letterhead, headings: Headings, name: str | None) -> dict[str, Any]:
    """Give what every paper has: letterhead with blanks to be written on, title, the office's words."""
    form = headings.tables[name] if name else None
    superior = letterhead.superior or ("" if letterhead.agency else _BLANK)
    return {
        "letterhead": {
            "superior": one_line(superior).upper(),
            "agency": one_line(letterhead.agency or _BLANK).upper(),
            "place": one_line(letterhead.place or _SHORT_BLANK),
        },
        "title": headings.title(name) if name else "",
        "form_number": (form.form_number if form else None) or "",
        "labels": dict(headings.labels),
    }


def _values(table: FilledTable) -> dict[str, Any]:
    """Give a table as a template reads it: rows with cells in the order of the headings, and values by their keys."""
    return {
        "name": table.form.name,
        "title": table.title,
        "form_number": table.form.form_number or "",
        "headings": table.headings,
        "rows": [{**row.values, "cells": row.cells} for row in table.rows],
        "count": len(table.rows),
    }


def _last(days: tuple[str | None, ...]) -> str | None:
    return days[-1] if days else None


def _made(  # noqa: PLR0913 - private: what a file is made of
    template: bytes | None,
    shipped: str,
    values: dict[str, Any],
    name: str,
    headings: Headings,
    *,
    title: str,
    day: str | None,
) -> bytes:
    from parcc_nlp.report.forms.rendering import rendered  # noqa: PLC0415 - docxtpl is loaded where a paper is made

    columns = {key: form.columns for key, form in headings.tables.items()}
    used = shipped_template(shipped) if template is None else template
    return same_bytes(rendered(used, values, name=name, columns=columns), title=one_line(title), day=day)
