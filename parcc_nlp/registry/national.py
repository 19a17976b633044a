"""Documents as the national database of legal texts (Cơ sở dữ liệu quốc gia về pháp luật, vbpl.vn) gives them.

The shape is that of its public service: an object a document with ``docNum``, ``docType``, ``agencyName``,
``issueDate``, ``effFrom``, ``effTo``, ``effStatus``, its ``references`` (a number for the relation, and the document it
is to), and, where it was fetched, the diagram (``documentNamesByType``: what the document acts on;
``documentNamesBySource``: what acts on it) and a history. What the numbers mean is data with evidence
(``relation_codes.csv``); a number that the sources do not settle is refused.

Two traps of the source. A reference says that one text replaces or repeals another, not whether wholly: it is believed
of the whole only where the other's own end is given. And the dates of a history are those of data entry unless the
line says what it is in words.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

from parcc_nlp.registry.claims import InstrumentClaim, LifeClaim, Reference, RelationClaim
from parcc_nlp.registry.days import add_days, is_day
from parcc_nlp.registry.identity import implied_issuers, is_local, slug
from parcc_nlp.registry.labels import (
    StatusLabel,
    history_by_label,
    relation_by_code,
    relation_by_label,
    status_by_code,
    status_by_label,
)
from parcc_nlp.registry.mentions import mentions_in
from parcc_nlp.registry.pinpoints import parts_of
from parcc_nlp.registry.reading import read_day
from parcc_nlp.registry.sources import Collected, Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parcc_nlp.model import Confidence, RelationKind
    from parcc_nlp.registry.labels import Direction, RelationLabel
    from parcc_nlp.registry.sources import Origin

__all__ = ["is_national", "read_national"]

_MARKS = frozenset({"docNum", "references", "documentNamesByType", "documentNamesBySource", "effFrom", "effStatus"})
_ENDS: frozenset[str] = frozenset({"replaces", "repeals"})
_BUCKETS: dict[str, Direction] = {"documentNamesByType": "outgoing", "documentNamesBySource": "incoming"}
_HISTORIES = ("history", "lichSu", "lich_su")
_CONSOLIDATED = "Văn bản hợp nhất"


@dataclass(frozen=True, slots=True)
class _Other:
    """The document at the other end of a relation, with what the record tells of it."""

    reference: Reference
    effective: str | None = None
    expires: str | None = None


@dataclass(slots=True)
class _Record(Collected):
    """One document of the database while it is read."""

    values: dict[str, Any] = field(default_factory=dict)
    me: Reference = field(default_factory=lambda: Reference(None))
    effective: str | None = None
    expires: str | None = None
    status: StatusLabel | None = None

    def day(self, key: str) -> str | None:
        """Give a day of the record; what is no day is refused."""
        value = self.values.get(key)
        if value in {None, ""}:
            return None
        found = read_day(str(value))
        if found is None:
            self.refuse("E224", column=key, value=value)
        return found


def is_national(record: dict[str, Any]) -> bool:
    """Say whether an object has the shape of the national database.

    Examples
    --------
    >>> is_national({"docNum": "63/2025/QH15", "effFrom": "2025-03-01T00:00:00"})
    True
    >>> is_national({"so_hieu": "63/2025/QH15"})
    False
    """
    return "docNum" in record and len(_MARKS & record.keys()) > 1


def read_national(records: Iterable[dict[str, Any]], origin: Origin) -> Reading:
    """Read documents of the national database into claims.

    Parameters
    ----------
    records
        The objects, as its service gives them (`parcc_nlp.registry.sheets.records_of`).
    origin
        The file they stand in; its `stated` day is the one on which the database was asked.

    Returns
    -------
    Reading
        Identity, dates, status, relations and lines of history as claims; what is refused, with its code.

    Examples
    --------
    >>> from parcc_nlp.registry.sources import Origin
    >>> record = {"docNum": "10/2026/TT-NHNN", "issueDate": "2026-05-01T00:00:00", "effFrom": "2026-06-01T00:00:00",
    ...     "references": [{"referenceType": 10, "targetDocument": {"docNum": "27/2024/TT-NHNN"}}]}
    >>> reading = read_national([record], Origin("vbpl.json", learned="2026-11-23"))
    >>> [(claim.kind, claim.target.number, claim.effective) for claim in reading.claims[1:]]
    [('amends', '27/2024/TT-NHNN', '2026-06-01')]
    """
    return Reading.joined(_read(record, number, origin).reading() for number, record in enumerate(records, 1))


def _read(values: dict[str, Any], number: int, origin: Origin) -> _Record:
    """Read one document."""
    printed = str(values.get("docNum") or "")
    record = _Record(origin, f"#{number} {printed}".strip(), values=values)
    found = mentions_in(printed)
    if len(found) != 1:
        record.refuse("E237", value=printed)
        return record
    issued = record.day("issueDate")
    record.effective, record.expires = record.day("effFrom"), record.day("effTo")
    record.status = _status(record)
    if record.refused:
        return record
    record.me = _reference(found[0].number, values, issued=issued)
    if values.get("isConsolidatedDocument") or record.me.doc_type == _CONSOLIDATED:
        _relations(record, only="consolidates")
        return record
    _own(record)
    _relations(record)
    _history(record)
    return record


def _reference(number: str, values: dict[str, Any], *, issued: str | None) -> Reference:
    """Name the document of an object."""
    issuer = _name(values.get("agencyName")) or _name(values.get("organization"))
    if issuer is None and not is_local(number):
        allowed = implied_issuers(number)
        issuer = allowed[0] if len(allowed) == 1 else None
    return Reference(number, doc_type=_name(values.get("docType")), issuer=issuer, issued=issued)


def _name(value: Any) -> str | None:
    """Give the name of what the database writes as a name or as a code with a name."""
    if isinstance(value, dict):
        value = value.get("name")
    return " ".join(str(value).split()) or None if value is not None else None


def _status(record: _Record) -> StatusLabel | None:
    """Read the status, by its code or by its name."""
    value = record.values.get("effStatus")
    if value in (None, "", {}):
        return None
    code, label = (value.get("code"), value.get("name")) if isinstance(value, dict) else (None, value)
    found = (status_by_code(str(code)) if code else None) or (status_by_label(str(label)) if label else None)
    if found is None:
        record.refuse("E226", value=label or code)
    return found


def _own(record: _Record) -> None:
    """Take the document's own identity, dates and status."""
    ended = record.status is not None and record.status.status == "expired"
    expires = record.expires if ended or record.status is None else None
    if record.effective and record.expires and record.expires <= record.effective:
        record.refuse("E236", effective=record.effective, expires=record.expires)
        expires = record.expires = None
    title = _title(record)
    record.claims.append(
        InstrumentClaim(record.me, record.provenance(), title=title, effective=record.effective, expires=expires)
    )
    if record.status is None:
        return
    if record.status.status == "in_force" and record.origin.stated is not None:
        record.claims.append(
            LifeClaim(record.me, record.origin.stated, "statement", record.provenance(), quote=record.status.label)
        )
    elif record.status.status == "in_force":
        record.note("E240", status=record.status.label)
    elif expires is None and record.status.status != "not_yet":
        record.note("E241", status=record.status.label)


def _title(record: _Record) -> str | None:
    """Give the title; a heading that only repeats type and number is none."""
    number = record.me.number or ""
    for key in ("docAbs", "title", "docName"):
        text = _name(record.values.get(key))
        if text and slug(number) not in slug(text):
            return text
    return None


def _relations(record: _Record, *, only: RelationKind | None = None) -> None:
    """Take the references and the diagram."""
    done: set[tuple[str, str, str | None]] = set()
    for label, direction, other in _listed(record):
        key = (label.kind or "", direction, other.reference.number)
        if label.kind is None or key in done or (only is not None and label.kind != only):
            continue
        done.add(key)
        _related(record, label, direction, other)


def _listed(record: _Record) -> Iterator[tuple[RelationLabel, Direction, _Other]]:
    """Give every relation of a record that can be read, those with more detail first."""
    for entry in record.values.get("references") or ():
        if not isinstance(entry, dict):
            record.refuse("E248", value=entry)
            continue
        target = entry.get("targetDocument") or entry.get("document") or {}
        label = _label(record, entry.get("referenceType"), entry.get("referenceTypeName"), "outgoing")
        other = _other(record, target)
        if label is not None and other is not None:
            yield label, label.direction, other
    diagram = record.values.get("diagram")
    holder = diagram if isinstance(diagram, dict) else record.values
    for bucket, direction in _BUCKETS.items():
        for code, entries in (holder.get(bucket) or {}).items():
            label = _label(record, code, None, direction) if entries else None
            for entry in entries or ():
                other = _other(record, entry) if label is not None else None
                if label is not None and other is not None:
                    yield label, label.direction, other


def _label(record: _Record, code: Any, name: Any, direction: Direction) -> RelationLabel | None:
    """Say what a code or a label means; one that is not known or not settled is refused."""
    found = relation_by_label(str(name)) if name else None
    found = found or (relation_by_code(str(code), direction) if code is not None else None)
    shown = str(name or code or "")
    if found is None:
        record.refuse("E227", relation=shown)
        return None
    if found.disputed:
        record.refuse("E228", relation=shown, note=found.note)
        return None
    return found


def _other(record: _Record, values: Any) -> _Other | None:
    """Read the document listed: by its number, or by the name the diagram gives it."""
    if not isinstance(values, dict):
        record.refuse("E248", value=values)
        return None
    printed = str(values.get("docNum") or values.get("name") or values.get("title") or "")
    found = mentions_in(printed)
    if not found:
        record.refuse("E248", value=printed)
        return None
    mention = found[0]
    issued = read_day(str(values.get("issueDate") or "")) or mention.issued
    reference = _reference(mention.number, values, issued=issued)
    if reference.doc_type is None:
        reference = replace(reference, doc_type=mention.doc_type)
    return _Other(
        reference,
        effective=read_day(str(values.get("effFrom") or "")),
        expires=read_day(str(values.get("effTo") or "")),
    )


def _related(record: _Record, label: RelationLabel, direction: Direction, other: _Other) -> None:
    """Make the claim of one relation, its direction checked by the dates."""
    mine = _Other(record.me, record.effective, record.expires)
    source, target = (mine, other) if direction == "outgoing" else (other, mine)
    signed, before = source.reference.issued, target.reference.issued
    backwards = bool(signed and before and signed < before)
    if backwards or (label.needs_dates and not (signed and before)):
        shown = label.label or label.code
        record.refuse("E229", label=shown, source=signed or "?", target=before or "?")
        return
    if label.kind == "basis":
        if signed and is_day(signed):
            record.claims.append(
                LifeClaim(target.reference, signed, "basis", record.provenance(), quote=source.reference.number)
            )
        else:
            record.note("E244", number=source.reference.number or "")
        return
    record.claims.append(_claim(record, cast("RelationKind", label.kind), source, target, label))


def _claim(record: _Record, kind: RelationKind, source: _Other, target: _Other, label: RelationLabel) -> RelationClaim:
    """Make the claim; that a whole text ended is believed only where its own end agrees."""
    effective = source.effective
    confidence: Confidence = "verified"
    if kind in _ENDS:
        agrees = target.expires is not None and effective is not None and _same_end(target.expires, effective)
        confidence = "verified" if agrees else "partial"
    elif kind not in {"amends", "corrects"}:
        effective = None
    return RelationClaim(
        source.reference,
        kind,
        target.reference,
        record.provenance(),
        effective=effective,
        quote=label.label,
        confidence=confidence,
    )


def _same_end(expires: str, effective: str) -> bool:
    """Say whether a text ends when another begins.

    The database writes now the last day of validity, now the first day without it (its own history differs by one day).
    """
    return effective in {expires, add_days(expires, 1)}


def _history(record: _Record) -> None:
    """Take the lines of a history that say in words what happened and when.

    The table of the database has the columns Ngày, Trạng thái, Văn bản nguồn, Phần hết hiệu lực.
    """
    lines: list[Any] = next((record.values[key] for key in _HISTORIES if isinstance(record.values.get(key), list)), [])
    for line in lines:
        cells = {slug(str(key)): value for key, value in line.items()} if isinstance(line, dict) else {}
        if "trang-thai" not in cells:
            record.note("E247")
            continue
        _line(record, cells)


def _line(record: _Record, cells: dict[str, Any]) -> None:
    """Take one line of a history."""
    printed = str(cells.get("trang-thai") or "")
    label = history_by_label(printed)
    day = read_day(str(cells.get("ngay") or ""))
    if label is None:
        record.refuse("E246", value=printed)
    elif day is None:
        record.refuse("E224", column="Ngày", value=cells.get("ngay"))
    elif label.event == "relation" and label.kind is not None:
        _done(record, label.kind, day, cells, printed)
    elif label.event in {"effective", "expired"}:
        record.claims.append(
            InstrumentClaim(
                record.me,
                record.provenance(),
                effective=day if label.event == "effective" else None,
                expires=day if label.event == "expired" else None,
            )
        )


def _done(record: _Record, kind: RelationKind, day: str, cells: dict[str, Any], printed: str) -> None:
    """Take a line that says what another document did to this one."""
    found = mentions_in(str(cells.get("van-ban-nguon") or ""))
    if len(found) != 1:
        record.refuse("E248", value=cells.get("van-ban-nguon") or "")
        return
    other = found[0]
    phrase = str(cells.get("phan-het-hieu-luc") or "")
    parts = parts_of(phrase)
    if kind in _ENDS and phrase:
        kind = "partially_repeals"
    record.claims.append(
        RelationClaim(
            _reference(other.number, {"docType": other.doc_type, "agencyName": other.issuer}, issued=other.issued),
            kind,
            record.me,
            record.provenance(),
            parts=parts,
            effective=day,
            quote="; ".join(one for one in (printed, phrase) if one),
        )
    )
