"""Noting an alert, once for each cause."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from parcc_nlp.library.alerts.wording import relations
from parcc_nlp.library.schema import ALERT

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from parcc_nlp.library.values import AlertKind

__all__ = ["note_alert", "told_ends", "told_of"]


def note_alert(  # noqa: PLR0913 - an alert is these things
    connection: Connection,
    document_id: int,
    kind: AlertKind,
    *,
    cause: str,
    message: str,
    at: str,
    message_en: str | None = None,
    relation: str = "",
    target: str = "",
    effective: str | None = None,
    clause: str | None = None,
) -> bool:
    """Note what somebody must be told of a document; say whether it was not noted before.

    Parameters
    ----------
    connection
        A connection that writes.
    document_id
        The document concerned.
    kind
        Why it is concerned.
    cause, relation, target
        What did what to what; with document and kind, what an alert is told once for.
    message, message_en
        What is told, in Vietnamese and in English (in Vietnamese where that is not given).
    at
        The moment.
    effective, clause
        Since when, and by which provision of the cause.
    """
    same = (
        (ALERT.c.document_id == document_id)
        & (ALERT.c.kind == kind)
        & (ALERT.c.cause == cause)
        & (ALERT.c.relation == relation)
        & (ALERT.c.target == target)
    )
    if connection.scalar(select(ALERT.c.id).where(same)) is not None:
        return False
    told = {"message": message, "message_en": message_en, "effective": effective, "clause": clause}
    values = {"document_id": document_id, "kind": kind, "cause": cause, "relation": relation, "target": target}
    value = json.dumps(told, ensure_ascii=False)
    connection.execute(insert(ALERT).values(**values, value=value, created_at=at))
    return True


def told_ends(connection: Connection, document_id: int) -> frozenset[tuple[str, str]]:
    """List, as cause and target, what was told of a document to have been ended in whole."""
    query = select(ALERT.c.cause, ALERT.c.target, ALERT.c.relation)
    rows = connection.execute(query.where(ALERT.c.document_id == document_id, ALERT.c.kind == "affected"))
    known = relations()
    return frozenset((row.cause, row.target) for row in rows if row.relation in known and known[row.relation].ends)


def told_of(connection: Connection, document_id: int) -> frozenset[str]:
    """List the instruments whose end, come when it was told, was told of a document already."""
    query = select(ALERT.c.target, ALERT.c.value, ALERT.c.created_at)
    rows = connection.execute(query.where(ALERT.c.document_id == document_id, ALERT.c.kind == "affected"))
    return frozenset(row.target for row in rows if (json.loads(row.value)["effective"] or "") <= row.created_at)
