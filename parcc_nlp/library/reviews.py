"""Findings with their state: what a new review found again, no longer finds, or finds for the first time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from parcc_nlp.errors import LibraryError
from parcc_nlp.library.packing import unpacked_finding
from parcc_nlp.library.schema import FINDING, FINDING_EVENT
from parcc_nlp.library.values import FindingEvent, FindingState, StoredFinding

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy import Connection

    from parcc_nlp.library.packing import PackedFinding

__all__ = ["decide", "findings_of", "history_of", "note_finding", "settle_noted", "sync_findings"]

_STANDING: tuple[FindingState, ...] = ("open", "acknowledged")


def sync_findings(  # noqa: PLR0913 - whose findings, which, and when
    connection: Connection,
    document_id: int,
    version_id: int,
    found: Iterable[PackedFinding],
    *,
    day: str,
    at: str,
) -> tuple[int, ...]:
    """Bring the findings of a document to what a review of its current version found.

    A finding that is met again keeps its state (one set aside stays so); one that is no longer met is resolved; one
    that was resolved and is met again is open again. Those that importing itself made are left alone.

    Returns
    -------
    tuple of int
        The ids of what was not open before.
    """
    known = {
        row.fingerprint: row
        for row in connection.execute(
            select(FINDING.c.id, FINDING.c.fingerprint, FINDING.c.state, FINDING.c.by_review).where(
                FINDING.c.document_id == document_id
            )
        )
    }
    fresh: list[int] = []
    new: list[dict[str, Any]] = []
    met: set[str] = set()
    for one in found:
        met.add(one.fingerprint)
        there = known.get(one.fingerprint)
        if there is None:
            new.append(_row(document_id, version_id, one, day=day, by_review=True))
            continue
        values = {"version_id": version_id, "last_seen": day, "value": one.value, "severity": one.severity}
        if there.state == "resolved":
            values["state"] = "open"
            fresh.append(there.id)
            _tell(connection, there.id, "open", at=at)
        connection.execute(update(FINDING).where(FINDING.c.id == there.id).values(**values))
    for fingerprint, there in known.items():
        if fingerprint not in met and there.by_review and there.state in _STANDING:
            connection.execute(update(FINDING).where(FINDING.c.id == there.id).values(state="resolved"))
            _tell(connection, there.id, "resolved", at=at)
    return (*fresh, *_add_all(connection, document_id, new, at=at))


def note_finding(  # noqa: PLR0913 - whose finding, which, and when
    connection: Connection, document_id: int, version_id: int, found: PackedFinding, *, day: str, at: str
) -> bool:
    """Add a finding that importing makes, once; say whether it is new."""
    there = select(FINDING.c.id).where(FINDING.c.document_id == document_id, FINDING.c.fingerprint == found.fingerprint)
    if connection.scalar(there) is not None:
        return False
    row = _row(document_id, version_id, found, day=day, by_review=False)
    _add_all(connection, document_id, [row], at=at)
    return True


def settle_noted(connection: Connection, document_id: int, version_id: int, *, rule: str, at: str) -> int:
    """Resolve what importing found by a rule in an earlier version of a document; give how many there were."""
    standing = (
        (FINDING.c.document_id == document_id)
        & (FINDING.c.rule == rule)
        & (FINDING.c.version_id != version_id)
        & FINDING.c.by_review.is_(False)
        & FINDING.c.state.in_(_STANDING)
    )
    found = [row.id for row in connection.execute(select(FINDING.c.id).where(standing))]
    for finding_id in found:
        connection.execute(update(FINDING).where(FINDING.c.id == finding_id).values(state="resolved"))
        _tell(connection, finding_id, "resolved", at=at)
    return len(found)


def decide(  # noqa: PLR0913 - an officer's decision is these things
    connection: Connection, finding_id: int, state: FindingState, *, who: str | None, reason: str | None, at: str
) -> None:
    """Write what an officer decided about a finding; the history keeps every decision.

    Raises
    ------
    LibraryError
        E516: there is no such finding.
    """
    changed = connection.execute(update(FINDING).where(FINDING.c.id == finding_id).values(state=state))
    if not changed.rowcount:
        raise LibraryError("E516", finding=finding_id)
    _tell(connection, finding_id, state, at=at, who=who, reason=reason)


def findings_of(
    connection: Connection, *, document_id: int | None = None, states: Collection[FindingState] = _STANDING
) -> tuple[StoredFinding, ...]:
    """List findings in some states, of one document or of all, by document and place in the text."""
    query = select(FINDING).where(FINDING.c.state.in_(states))
    if document_id is not None:
        query = query.where(FINDING.c.document_id == document_id)
    stored = [_stored(row) for row in connection.execute(query)]
    return tuple(sorted(stored, key=_by_place))


def history_of(connection: Connection, finding_id: int) -> tuple[FindingEvent, ...]:
    """List what happened to a finding, the first event first."""
    query = select(FINDING_EVENT).where(FINDING_EVENT.c.finding_id == finding_id).order_by(FINDING_EVENT.c.id)
    return tuple(FindingEvent(row.at, row.state, row.who, row.reason) for row in connection.execute(query))


def _add_all(connection: Connection, document_id: int, rows: list[dict[str, Any]], *, at: str) -> tuple[int, ...]:
    """Add findings, and to each that it was found; a document may have hundreds, so all of them at once."""
    if not rows:
        return ()
    connection.execute(insert(FINDING), rows)
    names = {row["fingerprint"] for row in rows}
    query = select(FINDING.c.id, FINDING.c.fingerprint).where(FINDING.c.document_id == document_id)
    ids = tuple(row.id for row in connection.execute(query.order_by(FINDING.c.id)) if row.fingerprint in names)
    events = [{"finding_id": one, "at": at, "state": "open", "who": None, "reason": None} for one in ids]
    connection.execute(insert(FINDING_EVENT), events)
    return ids


def _row(document_id: int, version_id: int, found: PackedFinding, *, day: str, by_review: bool) -> dict[str, Any]:
    """Give the row of a finding that is new."""
    return {
        "document_id": document_id,
        "version_id": version_id,
        "fingerprint": found.fingerprint,
        "rule": found.rule,
        "severity": found.severity,
        "instrument": found.instrument,
        "state": "open",
        "by_review": by_review,
        "value": found.value,
        "first_seen": day,
        "last_seen": day,
    }


def _tell(  # noqa: PLR0913 - an event is these things
    connection: Connection,
    finding_id: int,
    state: FindingState,
    *,
    at: str,
    who: str | None = None,
    reason: str | None = None,
) -> None:
    values = {"finding_id": finding_id, "at": at, "state": state, "who": who, "reason": reason}
    connection.execute(insert(FINDING_EVENT).values(**values))


def _stored(row: Any) -> StoredFinding:
    finding = unpacked_finding(row.value)
    return StoredFinding(row.id, row.document_id, finding, row.state, row.by_review, row.first_seen, row.last_seen)


def _by_place(one: StoredFinding) -> tuple[int, int, str, int]:
    return one.document_id, one.finding.start, one.finding.rule, one.id
