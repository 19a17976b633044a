"""Sending alerts: each once through each channel, in one digest a run, again later where it failed.

Before a digest is sent its alerts are noted as tried, and when to try again; after it was sent, as delivered. Who is
killed between the two sends the same set once more, under the same name, so that a receiver can drop it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import and_, insert, select, update

from parcc_nlp.library.alerts.channels import PARTLY, post, send_mail
from parcc_nlp.library.alerts.digest import digest_key
from parcc_nlp.library.alerts.listing import ListedAlert, listed
from parcc_nlp.library.schema import ALERT, DELIVERY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection

    from parcc_nlp.library.alerts.settings import Notify
    from parcc_nlp.library.alerts.wording import Language
    from parcc_nlp.library.library import Library

__all__ = ["MOST_ATTEMPTS", "Delivered", "deliver"]

MOST_ATTEMPTS = 12
"""After so many failures, some four days, an alert is no longer sent; it stays in the list."""
_FIRST_REST = timedelta(minutes=5)
_LONGEST_REST = timedelta(hours=12)
_MOST = 1000
"""How many alerts one digest holds; more are left for the next run."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of one digest: its channel, how many alerts it holds, and what went wrong.

    `failed` says that nobody got it; some recipients may have been refused though others got it. `given_up` says that
    it was tried for the last time.
    """

    channel: str
    alerts: int
    problem: str | None = None
    failed: bool = False
    given_up: bool = False


@dataclass(frozen=True, slots=True)
class _Batch:
    """Alerts that are sent together: noted together before, or new."""

    ids: tuple[int, ...]
    alerts: tuple[ListedAlert, ...]
    attempts: int


def deliver(library: Library, settings: Notify) -> tuple[Delivered, ...]:
    """Send what was not delivered yet through every channel that is set; what somebody has seen already is not sent.

    Parameters
    ----------
    library
        The library.
    settings
        The channels.

    Returns
    -------
    tuple of Delivered
        One a digest; empty where there was nothing to send.
    """
    sent: list[Delivered] = []
    if settings.email is not None:
        sent += _through(library, "email", settings, partial(send_mail, settings.email, lang=settings.language))
    if settings.webhook is not None:
        now = datetime.fromisoformat(library.now()).timestamp()
        sent += _through(library, "webhook", settings, partial(post, settings.webhook, now=now))
    return tuple(sent)


def _through(library: Library, channel: str, settings: Notify, send: Callable[..., str | None]) -> Iterator[Delivered]:
    """Send what is due through one channel, set by set."""
    with library.writing() as connection:
        due = _due(connection, channel, library.now())
    for moment in due:
        with library.writing() as connection:
            batch = _claim(connection, channel, moment, now=library.now(), lang=settings.language)
        if batch is None:
            continue
        problem = send(batch.alerts, key=digest_key(batch.alerts))
        with library.writing() as connection:
            delivered = _noted(connection, channel, batch, problem, library.now())
        yield delivered


def _due(connection: Connection, channel: str, now: str) -> list[str]:
    """Note the alerts that are new to a channel, and give the moments to which sets that are due were put off."""
    noted = and_(DELIVERY.c.alert_id == ALERT.c.id, DELIVERY.c.channel == channel)
    query = (
        select(ALERT.c.id).outerjoin(DELIVERY, noted).where(DELIVERY.c.id.is_(None), ALERT.c.acknowledged_at.is_(None))
    )
    rows = [
        {"alert_id": row.id, "channel": channel, "attempts": 0, "due_at": now}
        for row in connection.execute(query.order_by(ALERT.c.id).limit(_MOST))
    ]
    if rows:
        connection.execute(insert(DELIVERY), rows)
    waiting = (DELIVERY.c.channel == channel) & DELIVERY.c.delivered_at.is_(None) & (DELIVERY.c.due_at <= now)
    moments = connection.execute(select(DELIVERY.c.due_at).distinct().where(waiting).order_by(DELIVERY.c.due_at))
    return [row.due_at for row in moments]


def _claim(connection: Connection, channel: str, moment: str, *, now: str, lang: Language) -> _Batch | None:
    """Take a set of alerts to be sent, and note when to try again should nobody live to tell of it."""
    query = select(ALERT, DELIVERY.c.attempts).join(DELIVERY, DELIVERY.c.alert_id == ALERT.c.id)
    query = query.where(
        DELIVERY.c.channel == channel,
        DELIVERY.c.due_at == moment,
        DELIVERY.c.delivered_at.is_(None),
        ALERT.c.acknowledged_at.is_(None),
    )
    rows = connection.execute(query.order_by(ALERT.c.id)).all()
    if not rows:
        return None
    batch = _Batch(tuple(row.id for row in rows), listed(connection, rows, lang=lang), rows[0].attempts + 1)
    rest = min(_FIRST_REST * 2 ** (batch.attempts - 1), _LONGEST_REST)
    later = (datetime.fromisoformat(now) + rest).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    _put(connection, channel, batch, attempts=batch.attempts, due_at=later)
    return batch


def _noted(connection: Connection, channel: str, batch: _Batch, problem: str | None, now: str) -> Delivered:
    """Note what became of a set of alerts."""
    if problem is None or problem.startswith(PARTLY):
        _put(connection, channel, batch, delivered_at=now, due_at=None, problem=problem)
        return Delivered(channel, len(batch.ids), problem)
    given_up = batch.attempts >= MOST_ATTEMPTS
    _put(connection, channel, batch, problem=problem, **({"due_at": None} if given_up else {}))
    return Delivered(channel, len(batch.ids), problem, failed=True, given_up=given_up)


def _put(connection: Connection, channel: str, batch: _Batch, **values: str | int | None) -> None:
    rows = DELIVERY.c.alert_id.in_(batch.ids) & (DELIVERY.c.channel == channel)
    connection.execute(update(DELIVERY).where(rows).values(**values))
