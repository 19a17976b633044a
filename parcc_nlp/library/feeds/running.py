"""All feeds of an office looked through once: pages read, documents fetched and handed to the library."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

import httpx

from parcc_nlp.errors import ParccError
from parcc_nlp.library.feeds.client import new_client, user_agent
from parcc_nlp.library.feeds.fetching import Fetched, Fetcher, Manners
from parcc_nlp.library.feeds.guard import Access, addresses_of
from parcc_nlp.library.feeds.listing import attachments, is_html
from parcc_nlp.library.feeds.naming import file_name
from parcc_nlp.library.feeds.pacing import Pace
from parcc_nlp.library.feeds.reasons import Trouble
from parcc_nlp.library.feeds.report import FeedOutcome, FeedReport, ItemFailure
from parcc_nlp.library.feeds.settings import Feed
from parcc_nlp.library.feeds.state import Memory
from parcc_nlp.library.feeds.walking import Walk

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Engine

    from parcc_nlp.library.feeds.guard import Resolve
    from parcc_nlp.library.feeds.state import Item, Remembered

__all__ = ["Deliver", "fetch_feeds", "manners_of", "now"]

_WEB_PORT, _TLS_PORT = 80, 443
_PLAINLY_FILES = (".pdf", ".docx", ".xlsx", ".zip")
"""Endings of addresses behind which no web page is a document; .doc is left out, sites do write HTML into those."""


class Deliver(Protocol):
    """Takes a document into the library. It may be called again with the same bytes, and must then change nothing."""

    def __call__(self, name: str, data: bytes, *, origin: str) -> None:
        """Take the bytes of a file, its name, and the address it is from."""


def now() -> datetime:
    """Give the time."""
    return datetime.now(UTC)


def fetch_feeds(  # noqa: PLR0913 - what a run meets of the world outside, each replaceable
    engine: Engine,
    feeds: Iterable[Feed],
    *,
    deliver: Deliver,
    client: httpx.Client | None = None,
    clock: Callable[[], datetime] = now,
    sleep: Callable[[float], None] = time.sleep,
    resolve: Resolve = addresses_of,
    contact: str | None = None,
    again: bool = False,
) -> FeedReport:
    """Look through feeds and hand new documents to the library, each once.

    The run may be killed at any point. A document is noted as done only when `deliver` has returned; the next run goes
    on with what is not, and takes the pages up where this one was.

    Parameters
    ----------
    engine
        The database with the tables `feed` and `feed_item`: SQLite or PostgreSQL.
    feeds
        What to look through; with none, nothing is done.
    deliver
        Takes a document. A coded error of its own leaves the document for a later run; any other ends this run.
    client
        Sends the requests, for an office with a proxy of its own. Without it, one that connects only to the address
        that was checked.
    clock, sleep, resolve
        The time (with its zone), waiting, and the addresses of a host.
    contact
        Whom a site may write to.
    again
        Try once more what was given up or not allowed.

    Returns
    -------
    FeedReport
        What became of every feed; trouble with one does not stop the others.
    """
    chosen = tuple(feeds)
    if not chosen:
        return FeedReport()
    own = client or new_client()
    try:
        fetcher = Fetcher(own, user_agent(contact), Pace(clock, sleep), resolve)
        runs = (_Run(Memory(engine, feed), feed, fetcher, deliver, clock, again=again) for feed in chosen)
        return FeedReport(tuple(run.outcome() for run in runs))
    finally:
        if client is None:
            own.close()


def manners_of(feed: Feed) -> Manners:
    """Give how a feed is fetched."""
    url = httpx.URL(feed.url)
    port = url.port or (_TLS_PORT if url.scheme == "https" else _WEB_PORT)
    return Manners(feed.limits, Access.of(feed.url, port, private=feed.allow_private))


@dataclass(slots=True)
class _Run:
    """One run over one feed."""

    memory: Memory
    feed: Feed
    fetcher: Fetcher
    deliver: Deliver
    clock: Callable[[], datetime]
    again: bool = field(kw_only=True)
    _delivered: int = 0
    _found: int = 0
    _failed: list[ItemFailure] = field(default_factory=list)

    def outcome(self) -> FeedOutcome:
        """Read the pages, fetch what is due, and say what came of it."""
        remembered = self.memory.recall()
        begun = self.clock()
        if remembered.next_try and remembered.next_try > begun:
            rest = (remembered.next_try - begun).total_seconds()
            waiting = self.memory.waiting(remembered)
            asked = Trouble("too_many_requests", f"{rest:.0f}", rest)
            return FeedOutcome(self.feed.name, waiting=waiting, trouble=asked)
        manners = manners_of(self.feed)
        walk = Walk(self.memory, self.feed, self.fetcher, manners, remembered, self.clock)
        walk.run()
        self.memory.looked(remembered, now=self.clock(), trouble=walk.trouble)
        trouble: Trouble | None = walk.trouble
        if trouble and trouble.reason == "too_many_requests":
            self._rest(remembered, trouble)
        else:
            trouble = self._fetch_due(remembered, manners, begun) or trouble
        return FeedOutcome(
            self.feed.name,
            pages=walk.pages,
            found=walk.found + self._found,
            delivered=self._delivered,
            failed=tuple(self._failed),
            waiting=self.memory.waiting(remembered),
            unchanged=walk.unchanged,
            trouble=trouble,
        )

    def _fetch_due(self, remembered: Remembered, manners: Manners, begun: datetime) -> Trouble | None:
        """Fetch what is due, up to the limit; gives the trouble where a server asks to be left alone."""
        if self.again:
            self.memory.try_all_again(remembered)
        for _ in range(self.feed.limits.max_items):
            item = self.memory.due(remembered, begun=begun)
            if item is None:
                break
            trouble = self._fetch(remembered, item, manners)
            if trouble and trouble.reason == "too_many_requests":
                # Not the fault of the document: it stays as it is, and so does all that is behind it.
                self._rest(remembered, trouble)
                return trouble
            if trouble:
                self.memory.failed(item, trouble, now=self.clock())
                self._failed.append(ItemFailure(item.url, item.title, trouble))
        return None

    def _fetch(self, remembered: Remembered, item: Item, manners: Manners) -> Trouble | None:
        """Fetch one document or page of details and do with it what is to be done."""
        answer = self.fetcher.fetch(item.url, manners)
        if isinstance(answer, Trouble):
            return answer
        if not isinstance(answer, Fetched) or not answer.data:
            return Trouble("empty")
        page = is_html(answer)
        # A link that should lead to a page of details may lead to the document right away.
        if item.kind == "detail" and self.feed.detail and page:
            urls = attachments(answer, self.feed.detail.attachment)
            if not urls:
                return Trouble("no_attachment")
            self._found += self.memory.led_to(remembered, item, urls, now=self.clock())
            return None
        if page and httpx.URL(item.url).path.lower().endswith(_PLAINLY_FILES):
            return Trouble("page_instead")
        return self._hand_over(item, answer)

    def _hand_over(self, item: Item, answer: Fetched) -> Trouble | None:
        """Give a document to the library, then note that it has it; never the other way round."""
        name = file_name(answer, number=item.number)
        try:
            self.deliver(name, answer.data, origin=answer.url)
        except ParccError as error:
            return Trouble("delivery", error.message())
        digest = hashlib.sha256(answer.data).hexdigest()
        self.memory.done(item, now=self.clock(), name=name, sha256=digest, size=len(answer.data))
        self._delivered += 1
        return None

    def _rest(self, remembered: Remembered, trouble: Trouble) -> None:
        """Note until when a server wants to be left alone."""
        self.memory.rest(remembered, until=self.clock() + timedelta(seconds=trouble.wait or 0))
