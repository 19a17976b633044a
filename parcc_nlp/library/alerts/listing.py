"""Alerts as a list: on which document, what happened, by which instrument, since when, and what to do."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from parcc_nlp.errors import LibraryError
from parcc_nlp.library.alerts.wording import to_do
from parcc_nlp.library.documents import documents_with
from parcc_nlp.library.schema import ALERT
from parcc_nlp.library.values import Alert, StoredDocument

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from parcc_nlp.library.alerts.wording import Language

__all__ = ["ListedAlert", "acknowledge", "alert_dict", "alerts", "listed"]


@dataclass(frozen=True, slots=True)
class ListedAlert:
    """An alert with the document it is on, and what is to be done."""

    alert: Alert
    document: StoredDocument
    action: str


def alerts(  # noqa: PLR0913 - a list is chosen by these things
    connection: Connection,
    *,
    acknowledged: bool | None = None,
    since: str | None = None,
    document_id: int | None = None,
    most: int | None = None,
    lang: Language = "vi",
) -> tuple[ListedAlert, ...]:
    """List alerts, the newest first.

    Parameters
    ----------
    connection
        A connection.
    acknowledged
        Only those that somebody has seen, or only those that nobody has; both by default.
    since
        Only those noted since a day or moment.
    document_id
        Only those of one document.
    most
        How many.
    lang
        Language of what is told.
    """
    query = select(ALERT).order_by(ALERT.c.id.desc())
    if acknowledged is not None:
        seen = ALERT.c.acknowledged_at
        query = query.where(seen.is_not(None) if acknowledged else seen.is_(None))
    if since is not None:
        query = query.where(ALERT.c.created_at >= since)
    if document_id is not None:
        query = query.where(ALERT.c.document_id == document_id)
    return listed(connection, connection.execute(query.limit(most)).all(), lang=lang)


def listed(connection: Connection, rows: Iterable[Any], *, lang: Language) -> tuple[ListedAlert, ...]:
    """Give rows of alerts with their documents."""
    found = list(rows)
    ids = dict.fromkeys(row.document_id for row in found)
    documents = {one.id: one for one in documents_with(connection, ids)}
    return tuple(
        ListedAlert(_alert(row, lang), documents[row.document_id], to_do(row.kind, row.relation, lang)) for row in found
    )


def acknowledge(connection: Connection, alert_ids: Iterable[int], *, who: str | None, at: str) -> int:
    """Say that somebody has seen alerts; what was acknowledged before stays as it was.

    Returns
    -------
    int
        How many were not acknowledged before.

    Raises
    ------
    LibraryError
        E544: there is no such alert.
    """
    count = 0
    for alert_id in alert_ids:
        if connection.scalar(select(ALERT.c.id).where(ALERT.c.id == alert_id)) is None:
            raise LibraryError("E544", alert=alert_id)
        unseen = (ALERT.c.id == alert_id) & ALERT.c.acknowledged_at.is_(None)
        values = {"acknowledged_at": at, "acknowledged_by": who}
        count += connection.execute(update(ALERT).where(unseen).values(**values)).rowcount
    return count


def alert_dict(one: ListedAlert) -> dict[str, Any]:
    """Give an alert as JSON has it."""
    alert, document = one.alert, one.document
    return {
        "id": alert.id,
        "kind": alert.kind,
        "document": {
            "id": document.id,
            "identity": document.identity,
            "number": document.number,
            "title": document.title,
            "issued": document.issued,
        },
        "message": alert.message,
        "cause": alert.cause,
        "relation": alert.relation,
        "target": alert.target,
        "clause": alert.clause,
        "effective": alert.effective,
        "action": one.action,
        "created_at": alert.created_at,
        "acknowledged_at": alert.acknowledged_at,
        "acknowledged_by": alert.acknowledged_by,
    }


def _alert(row: Any, lang: Language) -> Alert:
    told = json.loads(row.value)
    message = told.get("message_en") if lang == "en" else None
    return Alert(
        row.id,
        row.document_id,
        row.kind,
        row.cause,
        row.relation,
        row.target,
        message or told["message"],
        told.get("effective"),
        told.get("clause"),
        row.created_at,
        row.acknowledged_at,
        row.acknowledged_by,
    )
