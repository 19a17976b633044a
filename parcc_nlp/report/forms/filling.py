"""Papers as tables of text: what a Word template and a workbook both print, headings and rows in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from parcc_nlp.model import Where
from parcc_nlp.report.forms.headings import TableForm
from parcc_nlp.report.forms.printing import one_line, printable, shortened
from parcc_nlp.report.forms.reasons import bare, capital, dated, numbered_lines
from parcc_nlp.report.forms.sheet import is_unnamed
from parcc_nlp.report.wording import evidence_line, known_word, place, words, written_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parcc_nlp.model import Metadata, Related, Status, Suppression
    from parcc_nlp.report.forms.grounds import Ground
    from parcc_nlp.report.forms.headings import Column, Headings
    from parcc_nlp.report.forms.sheet import FoundGroup, Provision, ReviewSheet, SheetFinding, UnknownInstrument
    from parcc_nlp.report.forms.status_lists import ListedInstrument, StatusLists, ToBeHandled

__all__ = [
    "FilledRow",
    "FilledTable",
    "as_of_line",
    "document_lines",
    "finding_tables",
    "ground_table",
    "list_tables",
    "open_lines",
    "unknown_table",
    "written_checks",
]

_QUOTED = 400  # characters of the document's own words in a cell; the place says where they go on
_VERBS = frozenset({"Quy", "Hướng", "Ban", "Sửa", "Về", "Phê", "Bãi", "Công", "Thành", "Phân", "Giao", "Tiếp", "Bổ"})
"""First words of titles that are written small behind the type of document ("Nghị định quy định chi tiết ...")."""

_HANDLING = "handling"
_ALWAYS = frozenset({"expired", "partly_expired", "in_force", "not_known"})


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row: what its columns show, and every value it has by its key (ISO days in `days`, for sorting)."""

    cells: tuple[str, ...]
    values: Mapping[str, str]
    days: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FilledTable:
    """A table with its title and headings, marked where they were compared with no form."""

    form: TableForm
    title: str
    headings: tuple[str, ...]
    rows: tuple[FilledRow, ...]


def document_lines(sheet: ReviewSheet, headings: Headings) -> tuple[tuple[str, str], ...]:
    """List what a document is, as label and value; what was not read is said so."""
    told = sheet.document
    attached = " ".join(part for part in (told.attached_type, told.attached_title) if part)
    own = sheet.own_status
    values = {
        "doc_type": told.doc_type,
        "number": told.number,
        "issued": dated(told.issued),
        "issuer": told.issuer,
        "title": told.title,
        "effective": dated(told.effective),
    }
    lines = [(key, value or headings.label("not_read")) for key, value in values.items()]
    lines += [("attached", attached)] if attached else []
    lines += [("own_status", _status(own))] if own else []
    lines += [("file", sheet.file)] if sheet.file else []
    lines.append(("days", "; ".join(written_checks(sheet, headings))))
    lines += [("registry", sheet.registry)] if sheet.registry else []
    return tuple((headings.label(key), one_line(value)) for key, value in lines)


def written_checks(sheet: ReviewSheet, headings: Headings) -> tuple[str, ...]:
    """Write the days a document was reviewed as of."""
    return tuple(_written_check(day, sheet.signed, headings) for day in sheet.days)


def _written_check(day: str | None, signed: str | None, headings: Headings) -> str:
    if day is None:
        return headings.label("undated")
    return headings.label("signing_day" if day == signed else "other_day", day=written_day(day))


def ground_table(sheet: ReviewSheet, headings: Headings) -> FilledTable:
    """Lay out the instruments that are the ground of review."""
    rows = (_ground_row(number, one, headings) for number, one in enumerate(sheet.grounds or (), 1))
    return _table("grounds", rows, headings)


def _ground_row(number: int, one: Ground, headings: Headings) -> _Values:
    return _Values(
        {
            "position": str(number),
            "ground": one.by,
            "clause": capital(one.clause or ""),
            "exception": capital(words("except", what=one.exception)) if one.exception else "",
            "effective": dated(one.effective),
            "change": _change(one),
            "relation": headings.label(one.role),
            "place": _place(one.where) if one.where else "",
        },
        {"effective": one.effective},
    )


def _change(one: Ground) -> str:
    """Say what an instrument did to another: "Bãi bỏ một phần Nghị định số ... (khoản 1 Điều 14)"."""
    done = capital(known_word(f"reg_kind_{one.relation}", one.relation))
    listed = one.clause is not None and "(" in one.clause  # such a clause has the provisions behind it
    provisions = f" ({one.provisions})" if one.provisions and not listed else ""
    return f"{done} {one.changed}{provisions}"


def finding_tables(
    sheet: ReviewSheet, headings: Headings, name: str = "findings"
) -> tuple[tuple[FoundGroup, str, FilledTable], ...]:
    """Lay out the findings: of every kind its group, its title and its table; rows are numbered through."""
    tables: list[tuple[FoundGroup, str, FilledTable]] = []
    number = 0
    for group in sheet.groups:
        title = headings.label(group.kind)
        rows: list[_Values] = []
        for provision in group.provisions:
            for one in provision.findings:
                number += 1
                rows.append(_finding_row(number, one, provision, title, headings))
        tables.append((group, title, _table(name, rows, headings)))
    return tuple(tables)


def _finding_row(number: int, one: SheetFinding, provision: Provision, group: str, headings: Headings) -> _Values:
    found = one.finding
    in_section = provision.part == "section"
    named = place(Where(section=provision.name)) if in_section else headings.label(provision.part)
    return _Values(
        {
            "position": str(number),
            "group": group,
            "rule": found.rule,
            "severity": words(f"severity_{found.severity}"),
            "provision": capital(named),
            "place": "; ".join(dict.fromkeys(_place(where, provision.name) for where in one.places)),
            "words": "; ".join(f"“{shortened(one_line(text), _QUOTED)}”" for text in one.words),
            "related": _related(found.related, headings),
            "message": found.message,
            "reason": found.reason,
            "evidence": "\n".join(one_line(evidence_line(evidence)) for evidence in found.evidence),
            "suggestion": found.suggestion or "",
            "days": "\n".join(written_day(day) for day in one.days),
            "set_aside": _why_set_aside(found.suppressed, headings),
        },
        {"days": one.days[0] if len(one.days) == 1 else None},
    )


def _place(where: Where, section: str | None = None) -> str:
    """Write a place; the section that is named beside it is left out, and one that has no name."""
    unnamed = where.section is not None and is_unnamed(where.section)
    return place(replace(where, section=None) if unnamed or where.section == section else where)


def _related(related: Iterable[Related], headings: Headings) -> str:
    """Name the other places that a finding speaks of."""
    told = []
    for one in related:
        file = (one.path or "").replace("\\", "/").rpartition("/")[2]
        at = ", ".join(part for part in (file, _place(one.where)) if part)
        told.append(f"“{shortened(one_line(one.text), _QUOTED)}” ({at})")
    return headings.label("related", places="; ".join(told)) if told else ""


def _why_set_aside(suppressed: Suppression | None, headings: Headings) -> str:
    if suppressed is None:
        return ""
    who = ", ".join(part for part in (suppressed.by, dated(suppressed.on)) if part)
    return headings.label("set_aside_why", reason=f"{suppressed.reason} ({who})" if who else suppressed.reason)


def unknown_table(sheet: ReviewSheet, headings: Headings) -> FilledTable:
    """Lay out the cited instruments whose status is not known and of which no finding speaks."""
    rows = (_unknown_row(number, one, headings) for number, one in enumerate(sheet.unknown, 1))
    return _table("unknown", rows, headings)


def _unknown_row(number: int, one: UnknownInstrument, headings: Headings) -> _Values:
    return _Values(
        {
            "position": str(number),
            "instrument": one.name,
            "relation": headings.label("basis" if one.basis else "cited"),
            "place": _place(one.where),
            "why": one.why or _unidentified(one.candidates, headings),
        }
    )


def _unidentified(candidates: Sequence[str], headings: Headings) -> str:
    """Say why nothing is known of what a citation names."""
    if candidates:
        return headings.label("several_fit", candidates="; ".join(candidates))
    return headings.label("not_in_data")


def open_lines(sheet: ReviewSheet, headings: Headings) -> tuple[str, ...]:
    """Say how much could be answered for, and what was not looked at."""
    lines = [
        headings.label(
            "coverage",
            day=_written_check(one.day, sheet.signed, headings),
            verified=one.coverage.valid + one.coverage.not_valid,
            citations=one.coverage.citations,
            valid=one.coverage.valid,
            not_valid=one.coverage.not_valid,
            not_known=one.coverage.not_known,
        )
        for one in sheet.coverage
    ]
    lines += [headings.label("skipped", rules=", ".join(rules), why=why.rstrip(".")) for rules, why in sheet.skipped]
    lines += [headings.label("warning", warning=one) for one in sheet.warnings]
    return tuple(one_line(line) for line in lines)


def list_tables(lists: StatusLists, headings: Headings, groups: Iterable[str] | None = None) -> tuple[FilledTable, ...]:
    """Lay out lists: those asked for, or the four an office always makes and whatever else has rows."""
    wanted = None if groups is None else tuple(groups)
    tables: list[FilledTable] = []
    for one in lists.lists:
        if one.group in wanted if wanted is not None else (one.rows or one.group in _ALWAYS):
            rows = (_list_row(number, row, headings) for number, row in enumerate(one.rows, 1))
            tables.append(_table(one.group, rows, headings))
    if _HANDLING in wanted if wanted is not None else lists.handling:
        handled = (_handling_row(number, row, headings) for number, row in enumerate(lists.handling, 1))
        tables.append(_table(_HANDLING, handled, headings))
    return tuple(tables)


def _list_row(number: int, row: ListedInstrument, headings: Headings) -> _Values:
    status = row.status
    endings = row.endings
    day = endings[0].day or status.since if len(endings) == 1 else status.since if not endings else None
    ended = numbered_lines(dated(one.day) or headings.label("undated_end") for one in endings)
    many = len(endings) > 1
    return _Values(
        {
            "position": str(number),
            **_identity(status, headings),
            "reason": numbered_lines(one.reason for one in endings),
            "provisions": numbered_lines(one.provisions or "…" for one in endings) if many else _provisions(row),
            "ended": ended if many else dated(day),
            "effective": dated(_begins(status)),
            "status": _status(status),
            "amendments": headings.label("amended_by", by="; ".join(row.amendments)) if row.amendments else "",
            "note": status.note or ("" if row.known else _unidentified(row.candidates, headings)),
            "cited_in": "\n".join(one_line(one) for one in row.cited_in),
        },
        {"issued": status.issued, "effective": _begins(status), "ended": None if many else day},
    )


def _provisions(row: ListedInstrument) -> str:
    return row.endings[0].provisions if row.endings else ""


def _begins(status: Status) -> str | None:
    """Give the day an instrument in force took effect, or one that is not yet in force will."""
    if status.status == "in_force":
        return status.since
    starts = (proof.effective for proof in status.proof if proof.relation == "takes_effect")
    return next(starts, None) if status.status == "not_yet" else None


def _identity(told: Status | Metadata, headings: Headings) -> dict[str, str]:
    """Give the columns that say which instrument a row is."""
    return {
        "number": told.number or headings.label("no_number"),
        "doc_type": told.doc_type or "",
        "issued": dated(told.issued),
        "issuer": told.issuer or "",
        "name": _name(told.doc_type, told.title, headings),
    }


def _name(doc_type: str | None, title: str | None, headings: Headings) -> str:
    """Write what an instrument is called: its type and title, a law by its title, which has the type in it."""
    if not title:
        return " ".join(part for part in (doc_type, headings.label("no_title")) if part)
    if not doc_type or title.casefold().startswith(doc_type.casefold()):
        return title
    first = title.partition(" ")[0]
    return f"{doc_type} {title[:1].lower() + title[1:] if first in _VERBS else title}"


def _handling_row(number: int, row: ToBeHandled, headings: Headings) -> _Values:
    return _Values(
        {
            "position": str(number),
            **_identity(row.document, headings),
            "grounds": numbered_lines(_ground_line(one, headings) for one in row.grounds),
            "file": row.file or "",
        },
        {"issued": row.document.issued},
    )


def _ground_line(one: Ground, headings: Headings) -> str:
    """Tell one ground of review in a sentence."""
    clause = f" ({bare(one.clause)})" if one.clause else ""
    day = f", {words('effective_from', day=written_day(one.effective))}" if one.effective else ""
    change = _change(one)
    return f"{headings.label(one.role)}: {one.by}{clause} {change[:1].lower()}{change[1:]}{day}"


def _status(status: Status) -> str:
    since = f" {words('since', day=written_day(status.since))}" if status.since else ""
    return capital(words(f"status_{status.status}") + since)


def as_of_line(lists: StatusLists, headings: Headings) -> str:
    """Say as of when the lists are, and by which data."""
    day = written_day(lists.on)
    if not lists.registry:
        return headings.label("as_of_plain", day=day)
    return one_line(headings.label("as_of", day=day, registry=lists.registry))


@dataclass(frozen=True, slots=True)
class _Values:
    """What a row knows, before its columns are chosen; `days` are the ISO days of values that are one day."""

    texts: Mapping[str, str]
    days: Mapping[str, str | None] = field(default_factory=dict)


def _table(name: str, rows: Iterable[_Values], headings: Headings) -> FilledTable:
    form = headings.tables[name]
    return FilledTable(
        form=form,
        title=headings.title(name),
        headings=tuple(headings.heading(column) for column in form.columns),
        rows=tuple(_row(values, form.columns) for values in rows),
    )


def _row(values: _Values, columns: Sequence[Column]) -> FilledRow:
    texts = {key: _lines(text) for key, text in values.texts.items()}
    return FilledRow(
        cells=tuple("\n".join(text for key in column.keys if (text := texts.get(key))) for column in columns),
        values=texts,
        days={key: day for key, day in values.days.items() if day is not None},
    )


def _lines(text: str) -> str:
    """Make a value printable; line breaks in it are ours, since what comes from a document is put on one line."""
    return "\n".join(" ".join(line.split()) for line in printable(text).split("\n"))
