"""Tables that an office keeps, read into claims: lists of ended texts, lists of texts in force, tables of relations.

Columns are recognised by their headings (``table_headings.csv``, Vietnamese and English); what a row says is taken as
it stands, and what cannot be read is told with its row and reason while the rest goes on. Nothing is lost silently: a
row is read, refused, or a heading between rows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, cast

from parcc_nlp.errors import RegistryError
from parcc_nlp.registry.claims import Claim, InstrumentClaim, LifeClaim, Reference, RelationClaim
from parcc_nlp.registry.days import earliest, is_day, latest
from parcc_nlp.registry.identity import implied_issuers, is_local, read_rules, slug
from parcc_nlp.registry.labels import relation_by_label, status_by_label
from parcc_nlp.registry.mentions import Mention, mentions_in, read_reason, whole_issuer
from parcc_nlp.registry.pinpoints import parts_of
from parcc_nlp.registry.sheets import Cell, Uncalculated, sheets_of
from parcc_nlp.registry.sources import Collected, Reading
from parcc_nlp.text.dates import find_dates
from parcc_nlp.text.normalise import normalise

if TYPE_CHECKING:
    from parcc_nlp.model import Confidence, RelationKind
    from parcc_nlp.registry.labels import StatusLabel
    from parcc_nlp.registry.sheets import Row, Sheet
    from parcc_nlp.registry.sources import Origin

__all__ = ["read_day", "read_table"]

_HEADINGS_WITHIN = 30
_ROWS_IN_HEADING = 2
_NUMBERING = re.compile(r"\(?[0-9]{1,2}\)?|\([a-zđ]\)|[A-Z]")
_WRITTEN_DAY = re.compile(r"(?P<day>[0-9]{1,2})\s*[/.-]\s*(?P<month>[0-9]{1,2})\s*[/.-]\s*(?P<year>[0-9]{4})")
_ISO_TIME = re.compile(r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ][0-9:.]+(?:Z|[+-][0-9:]+)?)?")
_COARSE = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2]))?")
_EXCEPT = re.compile(r"\b(?:trừ|ngoại trừ|không bao gồm)\b", re.IGNORECASE)
_WHOLE = re.compile(r"(?:hết hiệu lực )?toàn bộ(?: văn bản)?", re.IGNORECASE)
_ENDS: frozenset[str] = frozenset({"replaces", "repeals"})
_PASSIVE: dict[str, RelationKind] = {"replaced_by": "replaces", "repealed_by": "repeals", "amended_by": "amends"}
_ACTIVE: dict[str, RelationKind] = {"replaces": "replaces", "repeals": "repeals", "amends": "amends"}
_CONFIDENCES = frozenset({"verified", "partial", "unverified"})


@dataclass(slots=True)
class _RowReader(Collected):
    """One row under its headings: gives cells by field."""

    cells: dict[str, tuple[str, Cell]] = field(default_factory=dict)

    def text(self, name: str) -> str | None:
        """Give a cell as text, None where there is none; a formula without a value is refused."""
        heading, cell = self.cells.get(name, ("", None))
        if isinstance(cell, Uncalculated):
            self.refuse("E231", column=heading)
            return None
        return cell.isoformat() if isinstance(cell, date) else cell

    def day(self, name: str, *, coarse: bool = False) -> str | None:
        """Give a cell as a day; what is no day is refused."""
        text = self.text(name)
        if text is None:
            return None
        found = read_day(text)
        if found is None and coarse and _COARSE.fullmatch(text):
            found = text
        if found is None:
            self.refuse("E224", column=self.cells[name][0], value=text)
        return found


def read_day(text: str) -> str | None:
    """Read a day as lists write it: ``03/4/2019``, ``3.4.2019``, ``2019-04-03``, "ngày 03 tháng 4 năm 2019".

    Examples
    --------
    >>> read_day("03/4/2019"), read_day("2019-04-03T00:00:00"), read_day("31/02/2019")
    ('2019-04-03', '2019-04-03', None)
    """
    text = text.strip()
    iso = _ISO_TIME.fullmatch(text)
    if iso:
        return iso["day"] if is_day(iso["day"]) else None
    written = _WRITTEN_DAY.fullmatch(text)
    if written:
        day = f"{written['year']}-{int(written['month']):02}-{int(written['day']):02}"
        return day if is_day(day) else None
    found = [one for one in find_dates(normalise(text).text) if one.kind == "day"]
    return found[0].iso if len(found) == 1 and found[0].valid else None


def read_table(data: bytes, origin: Origin) -> Reading:
    """Read a CSV, an Excel workbook or a JSON list of objects.

    Parameters
    ----------
    data
        The bytes of the file.
    origin
        Its name and what else is known of it.

    Returns
    -------
    Reading
        Claims with file and row, and every row that could not be read.

    Raises
    ------
    RegistryError
        E220, E222, E230, E238, E239: it is no table that can be read; E221: no heading row was recognised in any sheet.

    Examples
    --------
    >>> from parcc_nlp.registry.sources import Origin
    >>> table = "Số, ký hiệu văn bản;Ngày ban hành;Cơ quan ban hành;Lý do hết hiệu lực;Ngày hết hiệu lực\\n"
    >>> row = "12/2019/QĐ-UBND;03/4/2019;UBND tỉnh X;Được thay thế bằng Quyết định số 7/2024/QĐ-UBND;15/3/2024\\n"
    >>> reading = read_table((table + row).encode(), Origin("danh mục.csv", learned="2026-11-23"))
    >>> [type(claim).__name__ for claim in reading.claims]
    ['InstrumentClaim', 'RelationClaim']
    >>> reading.claims[1].source.number, reading.claims[1].effective
    ('7/2024/QĐ-UBND', '2024-03-15')
    """
    sheets = sheets_of(data, name=origin.name)
    found = [(sheet, headed) for sheet in sheets if (headed := _headed(sheet)) is not None]
    if not found:
        raise RegistryError("E221", path=origin.name)
    read = [_read_sheet(sheet, headed, origin, several=len(sheets) > 1) for sheet, headed in found]
    unread = [sheet for sheet in sheets if sheet.rows and all(sheet is not one for one, _ in found)]
    passed = Reading(notes=tuple(RegistryError("E221", path=origin.name, place=sheet.name) for sheet in unread))
    return Reading.joined([*read, passed])


@dataclass(frozen=True, slots=True)
class _Headed:
    """Where the headings of a sheet stand, the field of each column, and what stands above them."""

    at: int
    fields: dict[int, tuple[str, str]]
    unknown: tuple[str, ...]
    title: str
    doubled: str | None

    def has(self, *names: str) -> bool:
        return {name for name, _ in self.fields.values()} >= set(names)


@cache
def _fields() -> dict[str, str]:
    return {slug(row["heading"]): row["field"] for row in read_rules("table_headings.csv")}


def _headed(sheet: Sheet) -> _Headed | None:
    """Find the heading row: the first that names a number (or both ends of a relation)."""
    for at, row in enumerate(sheet.rows[:_HEADINGS_WITHIN]):
        texts = {column: cell for column, cell in enumerate(row.cells) if isinstance(cell, str)}
        known = {column: _fields()[slug(text)] for column, text in texts.items() if slug(text) in _fields()}
        names = list(known.values())
        if not ({"number", "number_issued"} & set(names) or {"source", "relation", "target"} <= set(names)):
            continue
        if len(texts) < _ROWS_IN_HEADING:
            continue
        above = " ".join(str(cell) for earlier in sheet.rows[:at] for cell in earlier.filled())
        doubled = next((name for name in names if name != "ignored" and names.count(name) > 1), None)
        return _Headed(
            at,
            {column: (name, texts[column]) for column, name in known.items() if name != "ignored"},
            tuple(text for column, text in texts.items() if column not in known),
            above,
            doubled,
        )
    return None


def _read_sheet(sheet: Sheet, headed: _Headed, origin: Origin, *, several: bool) -> Reading:
    """Read the rows below the headings."""
    if headed.doubled is not None:
        return Reading(refused=(RegistryError("E232", path=origin.name, place=sheet.name, field=headed.doubled),))
    unknown = [RegistryError("E233", path=origin.name, place=sheet.name, column=column) for column in headed.unknown]
    below = [row for row in sheet.rows[headed.at + 1 :] if not _between_rows(row)]
    width = len(sheet.rows[headed.at].cells) if sheet.exact else None
    read = [_read_row(row, headed, origin, sheet.name if several else None, width) for row in below]
    return Reading.joined([Reading(notes=tuple(unknown)), *(row.reading() for row in read)])


def _read_row(row: Row, headed: _Headed, origin: Origin, sheet: str | None, width: int | None) -> _RowReader:
    """Read one row."""
    place = f"{sheet}, dòng {row.number}" if sheet else f"dòng {row.number}"
    if width is not None and len(row.cells) != width:
        damaged = _RowReader(origin, place)
        damaged.refuse("E235", found=len(row.cells), expected=width)
        return damaged
    cells = {name: (heading, row.cells[column]) for column, (name, heading) in headed.fields.items()}
    reader = _RowReader(origin, place, cells=cells)
    if headed.has("source", "relation", "target"):
        _relation_row(reader)
    else:
        _document_row(reader, _scope(headed))
    return reader


def _between_rows(row: Row) -> bool:
    """Say whether a row is no row of the list: a group heading, a line of totals, the numbering of the columns."""
    filled = row.filled()
    if len(filled) == 1:
        return not mentions_in(str(filled[0]))
    return all(isinstance(cell, str) and _NUMBERING.fullmatch(cell) for cell in filled)


def _scope(headed: _Headed) -> str:
    """Say what a list is of, by the title above its headings and by a column for the provisions that ended.

    "whole" texts, texts ended in "part", or "unclear": both, so that each row must say which it is.
    """
    title = slug(headed.title)
    if "mot-phan" in title or "1-phan" in title:
        return "unclear" if "toan-bo" in title else "part"
    return "part" if headed.has("parts") and not headed.has("status") else "whole"


def _document_row(row: _RowReader, scope: str) -> None:
    """Read a row about one instrument."""
    reference = _identity(row)
    if reference is None:
        return
    expires, effective = row.day("expires"), row.day("effective")
    status = _status(row)
    parts_text = row.text("parts")
    partial = (scope == "part" and not _is_whole(parts_text)) or _is_partial(status, parts_text)
    if scope == "unclear" and status is None and parts_text is None:
        row.refuse("E245")
        return
    ended = _Ended(expires, parts_text if partial else None, partial=partial, reason=row.text("reason"))
    acts = _acts(row, reference, ended)
    ends_whole = expires is not None and not partial
    if expires and effective and expires <= effective:
        row.refuse("E236", effective=effective, expires=expires)
        ends_whole = False
    row.claims.append(
        InstrumentClaim(
            reference,
            row.provenance(),
            title=row.text("title"),
            effective=effective,
            expires=expires if ends_whole else None,
        )
    )
    row.claims += acts
    _living(row, reference, status, ended=ends_whole or bool(acts))


def _identity(row: _RowReader) -> Reference | None:
    """Read which instrument a row is about; None, with the reason noted, where that cannot be told."""
    name = "number_issued" if "number_issued" in row.cells else "number"
    text = row.text(name)
    if text is None:
        if not row.refused:
            row.refuse("E223")
        return None
    mentioned = mentions_in(text)
    if len(mentioned) != 1:
        row.refuse("E237", value=text)
        return None
    mention = mentioned[0]
    issued = row.day("issued", coarse=True)
    if issued is None and name == "number_issued":
        issued = mention.issued or _loose_day(text)
    if row.refused:
        return None
    issuer = row.text("issuer") or mention.issuer
    if issuer is None:
        allowed = implied_issuers(mention.number)
        issuer = row.origin.issuer if is_local(mention.number) else allowed[0] if len(allowed) == 1 else None
    return Reference(mention.number, doc_type=row.text("doc_type") or mention.doc_type, issuer=issuer, issued=issued)


def _loose_day(text: str) -> str | None:
    """Read the only day of a cell that holds a number as well ("12/2019/QĐ-UBND; 03/4/2019")."""
    days = {f"{match['year']}-{int(match['month']):02}-{int(match['day']):02}" for match in _WRITTEN_DAY.finditer(text)}
    day = days.pop() if len(days) == 1 else None
    return day if day and is_day(day) else None


def _status(row: _RowReader) -> StatusLabel | None:
    """Read the status a row states."""
    text = row.text("status")
    if text is None:
        return None
    status = status_by_label(text)
    if status is None:
        row.refuse("E226", value=text)
    return status


def _is_partial(status: StatusLabel | None, parts: str | None) -> bool:
    if status is not None and status.status in {"partly_expired", "partly_suspended"}:
        return True
    return parts is not None and not _is_whole(parts) and (status is None or status.status != "expired")


def _is_whole(parts: str | None) -> bool:
    return parts is not None and _WHOLE.fullmatch(parts.strip(" .")) is not None


@dataclass(frozen=True, slots=True)
class _Ended:
    """What a row says of an ending: the day, the provisions concerned where not the whole, the reason."""

    day: str | None
    parts: str | None
    partial: bool
    reason: str | None


def _acts(row: _RowReader, reference: Reference, ended: _Ended) -> list[Claim]:
    """Read what others did to the instrument of a row, and what it did to others."""
    found: list[tuple[RelationKind, Mention]] = []
    if ended.reason is not None:
        read = read_reason(ended.reason)
        found += [(act.kind, act.by) for act in read.acts]
        if not read.understood:
            row.note("E234", reason=ended.reason)
    for name, kind in _PASSIVE.items():
        found += [(kind, mention) for mention in _named(row, name)]
    done: list[Claim] = [_done_to(row, reference, kind, by, ended) for kind, by in found]
    for name, kind in _ACTIVE.items():
        done += [
            RelationClaim(
                reference,
                kind,
                _reference(mention, of=reference.issuer),
                row.provenance(),
                clause=row.text("clause"),
                confidence="partial" if kind in _ENDS else "verified",
            )
            for mention in _named(row, name)
        ]
    return done


def _done_to(row: _RowReader, reference: Reference, kind: RelationKind, by: Mention, ended: _Ended) -> RelationClaim:
    """Make the claim that another instrument acted on the one of the row."""
    parts = ended.parts or ""
    kept_back = _EXCEPT.search(parts) is not None
    if ended.partial and kind in _ENDS:
        kind = "partially_repeals"
    dated = kind in {*_ENDS, "partially_repeals", "suspends"} or ended.partial
    return RelationClaim(
        _reference(by, of=reference.issuer),
        kind,
        reference,
        row.provenance(),
        parts=() if kept_back else parts_of(parts),
        effective=ended.day if dated else None,
        clause=by.clause or row.text("clause"),
        exception=parts if kept_back else None,
        quote="; ".join(one for one in (ended.reason, ended.parts) if one) or None,
        confidence="verified" if ended.day is not None or kind == "amends" else "partial",
    )


def _named(row: _RowReader, name: str) -> tuple[Mention, ...]:
    """List the instruments a cell names; a cell that names none is refused."""
    text = row.text(name)
    if text is None:
        return ()
    found = mentions_in(text)
    if not found:
        row.refuse("E237", value=text)
    return found


def _reference(mention: Mention, *, of: str | None) -> Reference:
    return Reference(
        mention.number, doc_type=mention.doc_type, issuer=whole_issuer(mention, of=of), issued=mention.issued
    )


def _living(row: _RowReader, reference: Reference, status: StatusLabel | None, *, ended: bool) -> None:
    """Take a status as evidence of life on the day of the list; say where it cannot be taken."""
    if status is None:
        return
    if status.status == "in_force":
        if row.origin.stated is None:
            row.note("E240", status=status.label)
        else:
            row.claims.append(
                LifeClaim(reference, row.origin.stated, "statement", row.provenance(), quote=status.label)
            )
    elif not ended and status.status != "not_yet":
        row.note("E241", status=status.label)


def _relation_row(row: _RowReader) -> None:
    """Read a row that says what one instrument does to another."""
    source, target = _end(row, "source"), _end(row, "target")
    label = row.text("relation")
    relation = relation_by_label(label) if label else None
    if label is None or relation is None:
        row.refuse("E227", relation=label or "")
    elif relation.disputed:
        row.refuse("E228", relation=label, note=relation.note)
    effective = row.day("since" if "since" in row.cells else "effective", coarse=True)
    confidence = row.text("confidence") or "verified"
    if confidence not in _CONFIDENCES:
        row.refuse("E242", value=confidence)
    if row.refused or source is None or target is None or relation is None:
        return
    if relation.kind is None:
        row.note("E243", label=label)
        return
    if relation.direction == "incoming":
        source, target = target, source
    if relation.kind == "basis":
        _basis(row, source, target)
        return
    row.claims.append(_stated(row, source, relation.kind, target, effective, cast("Confidence", confidence)))


def _stated(  # noqa: PLR0913, PLR0917 - a relation is these six things
    row: _RowReader,
    source: Reference,
    kind: RelationKind,
    target: Reference,
    effective: str | None,
    confidence: Confidence,
) -> RelationClaim:
    """Make the claim of a row of relations; a day that is not exact gives bounds."""
    full = effective is not None and is_day(effective)
    clause = row.text("clause")
    evidence = row.text("evidence")
    return RelationClaim(
        source,
        kind,
        target,
        replace(row.provenance(), place="; ".join(one for one in (row.place, evidence) if one)),
        parts=parts_of(row.text("parts") or ""),
        effective=effective if full else None,
        not_before=None if full or effective is None else earliest(effective),
        not_after=None if full or effective is None else latest(effective),
        clause=clause,
        exception=row.text("exception"),
        confidence=confidence,
    )


def _basis(row: _RowReader, source: Reference, target: Reference) -> None:
    """Take a căn cứ as evidence that its object was in force when the citing instrument was signed."""
    if source.issued and is_day(source.issued):
        row.claims.append(LifeClaim(target, source.issued, "basis", row.provenance(), quote=source.number))
    else:
        row.note("E244", number=source.number or "")


def _end(row: _RowReader, name: str) -> Reference | None:
    """Read one end of a relation."""
    text = row.text(name)
    found = mentions_in(text) if text else ()
    if len(found) != 1:
        row.refuse("E237", value=text or "")
        return None
    return _reference(found[0], of=row.origin.issuer)
