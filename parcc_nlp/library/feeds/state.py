"""What is remembered of a feed between runs; every change is one transaction, so that a run may be killed anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, and_, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from parcc_nlp.library.database import writing
from parcc_nlp.library.feeds.pacing import next_try
from parcc_nlp.library.feeds.pages import Found
from parcc_nlp.library.feeds.settings import Feed
from parcc_nlp.library.feeds.tables import FEED, FEED_ITEM

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection, Table

    from parcc_nlp.library.feeds.reasons import Trouble

__all__ = ["Item", "Memory", "Remembered", "states_of"]

_AT_ONCE = 400
"""Values bound in one statement: SQLite takes 999 and more."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is known of a feed when a run begins (see `tables.FEED`)."""

    id: int
    walk: int
    whole: bool
    cursor: str | None
    etag: str | None
    modified: str | None
    next_try: datetime | None


@dataclass(frozen=True, slots=True)
class Item:
    """A document to fetch, or a page of details to look through."""

    id: int
    url: str
    kind: str
    title: str | None
    number: str | None
    issued: str | None
    attempts: int


@dataclass(frozen=True, slots=True)
class Memory:
    """The memory of one feed in a database."""

    engine: Engine
    feed: Feed

    def recall(self) -> Remembered:
        """Give what is known of the feed; with other settings than last time it is read from the start again."""
        first = {"digest": self.feed.digest, "whole": True}
        afresh = {**first, "etag": None, "modified": None, "cursor": None}
        with writing(self.engine) as connection:
            _add(connection, FEED, [{"name": self.feed.name, "walk": 0, **first}])
            named = FEED.c.name == self.feed.name
            connection.execute(update(FEED).where(named, FEED.c.digest != self.feed.digest).values(**afresh))
            row = connection.execute(select(FEED).where(named)).one()
        return Remembered(row.id, row.walk, row.whole, row.cursor, row.etag, row.modified, _time(row.next_try))

    def seen_before(self, remembered: Remembered, urls: Sequence[str], *, walk: int) -> int:
        """Count the addresses that an earlier pass has recorded."""
        counted = 0
        with self.engine.connect() as connection:
            for start in range(0, len(urls), _AT_ONCE):
                of_page = FEED_ITEM.c.url.in_(urls[start : start + _AT_ONCE])
                mine = and_(FEED_ITEM.c.feed_id == remembered.id, FEED_ITEM.c.walk < walk, of_page)
                counted += connection.execute(select(func.count()).where(mine)).scalar_one()
        return counted

    def record(
        self, remembered: Remembered, found: Iterable[Found], *, walk: int, now: datetime, changes: dict[str, Any]
    ) -> int:
        """Note what a page names together with how far the pass has come; gives how many are new."""
        rows = [_item(one, remembered.id, walk, now) for one in found]
        with writing(self.engine) as connection:
            new = _add(connection, FEED_ITEM, rows)
            connection.execute(update(FEED).where(FEED.c.id == remembered.id).values(walk=walk, **changes))
        return new

    def looked(self, remembered: Remembered, *, now: datetime, trouble: Trouble | None) -> None:
        """Note how the pages of the feed were found."""
        changes: dict[str, Any] = {
            "last_run": _moment(now),
            "reason": trouble.reason if trouble else None,
            "detail": trouble.detail if trouble else None,
            "next_try": None,
        }
        if trouble is None:
            changes["last_read"] = _moment(now)
        with writing(self.engine) as connection:
            connection.execute(update(FEED).where(FEED.c.id == remembered.id).values(**changes))

    def rest(self, remembered: Remembered, *, until: datetime) -> None:
        """Note that a server wants the feed to be left alone for a time."""
        with writing(self.engine) as connection:
            connection.execute(update(FEED).where(FEED.c.id == remembered.id).values(next_try=_moment(until)))

    def due(self, remembered: Remembered, *, begun: datetime) -> Item | None:
        """Give what is to be fetched next: documents before pages of details, in the order they were found."""
        columns = FEED_ITEM.c
        ready = or_(columns.state == "pending", and_(columns.state == "failed", columns.next_try <= _moment(begun)))
        chosen = (
            select(FEED_ITEM)
            .where(columns.feed_id == remembered.id, ready)
            .order_by(columns.kind.desc(), columns.id)
            .limit(1)
        )
        with self.engine.connect() as connection:
            row = connection.execute(chosen).first()
        if row is None:
            return None
        return Item(row.id, row.url, row.kind, row.title, row.number, row.issued, row.attempts)

    def done(self, item: Item, *, now: datetime, name: str, sha256: str, size: int) -> None:
        """Note that the library has a document."""
        self._settle(item, state="done", settled_on=_moment(now), name=name, sha256=sha256, size=size)

    def led_to(self, remembered: Remembered, item: Item, urls: Iterable[str], *, now: datetime) -> int:
        """Note the documents of a page of details, and that it is done with; gives how many are new."""
        children = (Found(url, "document", item.title, item.number, item.issued) for url in urls)
        with writing(self.engine) as connection:
            walk = int(connection.execute(select(FEED_ITEM.c.walk).where(FEED_ITEM.c.id == item.id)).scalar_one())
            rows = [_item(one, remembered.id, walk, now) for one in children]
            new = _add(connection, FEED_ITEM, rows)
            mine = FEED_ITEM.c.id == item.id
            connection.execute(update(FEED_ITEM).where(mine).values(**_SETTLED, state="done", settled_on=_moment(now)))
        return new

    def failed(self, item: Item, trouble: Trouble, *, now: datetime) -> None:
        """Note why a document was not fetched, and when to try again."""
        state = "not_allowed" if trouble.reason == "robots" else "failed"
        attempts = item.attempts + 1
        time = None if trouble.again == "never" else next_try(now, attempts)
        values = {"state": state, "attempts": attempts, "next_try": _moment(time) if time else None, "settled_on": None}
        self._settle(item, **values, reason=trouble.reason, detail=trouble.detail)

    def try_all_again(self, remembered: Remembered) -> None:
        """Make everything that failed or was not allowed due at once."""
        stuck = and_(FEED_ITEM.c.feed_id == remembered.id, FEED_ITEM.c.state.in_(("failed", "not_allowed")))
        with writing(self.engine) as connection:
            connection.execute(update(FEED_ITEM).where(stuck).values(state="pending", attempts=0, next_try=None))

    def waiting(self, remembered: Remembered) -> int:
        """Count what later runs will fetch."""
        columns = FEED_ITEM.c
        ahead = or_(columns.state == "pending", and_(columns.state == "failed", columns.next_try.is_not(None)))
        with self.engine.connect() as connection:
            chosen = select(func.count()).where(columns.feed_id == remembered.id, ahead)
            return int(connection.execute(chosen).scalar_one())

    def _settle(self, item: Item, **values: Any) -> None:
        """Change an item; one that is done stays done, whichever of two runs comes second."""
        mine = and_(FEED_ITEM.c.id == item.id, FEED_ITEM.c.state != "done")
        with writing(self.engine) as connection:
            connection.execute(update(FEED_ITEM).where(mine).values(**{**_SETTLED, **values}))


_SETTLED: dict[str, Any] = {"reason": None, "detail": None, "next_try": None}


def states_of(engine: Engine) -> dict[str, dict[str, int]]:
    """Count what became of the documents of every feed, by name of the feed and state."""
    counted: dict[str, dict[str, int]] = {}
    chosen = (
        select(FEED.c.name, FEED_ITEM.c.state, func.count())
        .join_from(FEED, FEED_ITEM)
        .where(FEED_ITEM.c.kind == "document")
        .group_by(FEED.c.name, FEED_ITEM.c.state)
    )
    with engine.connect() as connection:
        for row in connection.execute(chosen):
            counted.setdefault(row[0], {})[row[1]] = row[2]
    return counted


def _item(found: Found, feed_id: int, walk: int, now: datetime) -> dict[str, Any]:
    """Give the row of something found."""
    return {
        "feed_id": feed_id,
        "url": found.url,
        "kind": found.kind,
        "title": found.title,
        "number": found.number,
        "issued": found.issued,
        "state": "pending",
        "attempts": 0,
        "walk": walk,
        "found_on": _moment(now),
    }


def _add(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> int:
    """Insert what is not there yet; gives how many were new."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    added = 0
    for row in rows:
        # What comes back is counted: drivers do not agree on the number of rows of an insert that did nothing.
        adding = insert(table).values(**row).on_conflict_do_nothing().returning(table.c.id)
        added += len(connection.execute(adding).all())
    return added


def _moment(time: datetime) -> str:
    """Write a time as the library does: texts that sort as the times do."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _time(moment: str | None) -> datetime | None:
    """Read a time."""
    return datetime.fromisoformat(moment) if moment else None
