"""A trial of feeds: their first pages read and shown, nothing delivered and nothing remembered."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from parcc_nlp.library.feeds.client import new_client, user_agent
from parcc_nlp.library.feeds.fetching import Fetched, Fetcher
from parcc_nlp.library.feeds.guard import addresses_of
from parcc_nlp.library.feeds.listing import attachments, first_page
from parcc_nlp.library.feeds.pacing import Pace
from parcc_nlp.library.feeds.pages import Found, Page, since
from parcc_nlp.library.feeds.reasons import Trouble
from parcc_nlp.library.feeds.running import manners_of, now
from parcc_nlp.library.feeds.walking import read_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    import httpx

    from parcc_nlp.library.feeds.guard import Resolve
    from parcc_nlp.library.feeds.settings import Feed

__all__ = ["Preview", "preview_feeds"]


@dataclass(frozen=True, slots=True)
class Preview:
    """What the first page of a feed names.

    `forbidden` are the addresses that may not be fetched; `attached` the documents on the first page of details, where
    the feed has those; `trouble` why a page could not be read.
    """

    name: str
    url: str
    page: Page = field(default_factory=Page)
    attached: tuple[str, ...] = ()
    forbidden: tuple[tuple[Found, Trouble], ...] = ()
    trouble: Trouble | None = None

    @property
    def fetched(self) -> tuple[Found, ...]:
        """What a run would fetch."""
        closed = {one.url for one, _ in self.forbidden}
        return tuple(one for one in self.page.found if one.url not in closed)


def preview_feeds(  # noqa: PLR0913 - what a trial meets of the world outside, as a run does
    feeds: Iterable[Feed],
    *,
    client: httpx.Client | None = None,
    clock: Callable[[], datetime] = now,
    sleep: Callable[[float], None] = time.sleep,
    resolve: Resolve = addresses_of,
    contact: str | None = None,
) -> tuple[Preview, ...]:
    """Read the first page of every feed, and the first page of details where it has those.

    The parameters are those of `fetch_feeds`.
    """
    own = client or new_client()
    try:
        fetcher = Fetcher(own, user_agent(contact), Pace(clock, sleep), resolve)
        return tuple(_preview(feed, fetcher) for feed in feeds)
    finally:
        if client is None:
            own.close()


def _preview(feed: Feed, fetcher: Fetcher) -> Preview:
    """Read the first page of a feed."""
    manners, url = manners_of(feed), first_page(feed)
    answer = fetcher.fetch(url, manners)
    page = read_page(answer, feed) if isinstance(answer, Fetched) else answer
    if not isinstance(page, Page):
        return Preview(feed.name, url, trouble=page if isinstance(page, Trouble) else Trouble("empty"))
    page = Page(since(page.found, feed.since), page.next_url)
    verdicts = ((one, fetcher.forbidden(one.url, manners)) for one in page.found)
    forbidden = tuple((one, trouble) for one, trouble in verdicts if trouble)
    shown = Preview(feed.name, url, page, forbidden=forbidden)
    if feed.detail is None or not shown.fetched:
        return shown
    details = fetcher.fetch(shown.fetched[0].url, manners)
    attached = attachments(details, feed.detail.attachment) if isinstance(details, Fetched) else ()
    trouble = details if isinstance(details, Trouble) else None if attached else Trouble("no_attachment")
    return Preview(feed.name, url, page, attached, forbidden, trouble)
