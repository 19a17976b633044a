"""The pages of a feed walked through, from the newest down to what is known, over as many runs as it takes.

A *pass* begins at the first page and ends at a page that an earlier pass has recorded wholly, or at the last page.
Every page is recorded in one transaction with the place reached, so that a pass which was stopped, or met the limit
of pages, is taken up where it was: at the page last recorded, which is read once more because documents may have
moved from the next page onto it. Before an old pass is taken up, the newest documents are looked for; those pages are
recorded together when they have met what is known, or else the pass goes on from there, through all that it knows, so
that no gap stays.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from parcc_nlp.library.feeds.fetching import Fetcher, Manners, NotModified
from parcc_nlp.library.feeds.listing import first_page, listing_page
from parcc_nlp.library.feeds.pages import Page, since
from parcc_nlp.library.feeds.reasons import Trouble
from parcc_nlp.library.feeds.settings import Feed
from parcc_nlp.library.feeds.state import Memory, Remembered
from parcc_nlp.library.feeds.syndication import feed_page

if TYPE_CHECKING:
    from parcc_nlp.library.feeds.fetching import Fetched
    from parcc_nlp.library.feeds.pages import Found

__all__ = ["Walk", "read_page"]

_PAGE_BYTES = 10 * 1024 * 1024
"""The largest page of a list or feed: its tree takes about ten times as much."""


def read_page(answer: Fetched, feed: Feed) -> Page | Trouble:
    """Read a page of a feed, of whichever kind it is."""
    return feed_page(answer, feed) if feed.kind == "rss" else listing_page(answer, feed)


@dataclass(slots=True)
class Walk:
    """One run over the pages of one feed."""

    memory: Memory
    feed: Feed
    fetcher: Fetcher
    manners: Manners
    remembered: Remembered
    clock: Callable[[], datetime]
    pages: int = 0
    found: int = 0
    unchanged: bool = False
    trouble: Trouble | None = None
    _charged: int = 0
    _visited: set[str] = field(default_factory=set)
    _first_answer: dict[str, str | None] = field(default_factory=dict)

    def run(self) -> None:
        """Walk until the pass is over, the limit is met, or a page cannot be read."""
        cursor = self.remembered.cursor
        if cursor is None:
            self._down(first_page(self.feed), walk=self.remembered.walk + 1)
            return
        passed = self._look_for_newer()
        if self.trouble is None and not passed:
            self._visited = set()
            self._down(cursor, walk=self.remembered.walk, again=True)

    def _down(self, begin: str, *, walk: int, again: bool = False) -> None:
        """Walk down page by page, recording each.

        `again` says that the first of them was recorded by an earlier run; it does not count against the limit, or a
        limit of one page would never lead to the second.
        """
        url: str | None = begin
        fresh = not again
        while url and (again or self._may_go_on(url)):
            page = self._page(url, again=again, conditional=fresh)
            if page is None:
                return
            over = self._is_over(page, walk)
            changes: dict[str, Any] = {"cursor": None if over else url, **self._first_answer}
            if over:
                changes["whole"] = False
            self._record(page.found, walk, changes)
            url, again, fresh = (None if over else page.next_url), False, False

    def _look_for_newer(self) -> bool:
        """Look for what is newer than a pass that is not over; says whether that pass now goes on from up here."""
        gathered: list[Found] = []
        walk = self.remembered.walk
        url: str | None = first_page(self.feed)
        reached = ""
        while url and self._may_go_on(url):
            page = self._page(url, again=False, conditional=not reached)
            if page is None:
                break
            gathered += since(page.found, self.feed.since)
            reached = url
            # Here the pages of this very pass are known ground too: it is above them that one looks.
            if page.next_url is None or self._known(page, walk + 1):
                # That nothing is missing costs no page, or a limit of one would never get below the first.
                self._charged -= 1
                self._record(tuple(gathered), walk, dict(self._first_answer))
                return False
            url = page.next_url
        if not gathered or self.trouble:
            return False
        self._record(tuple(gathered), walk, {"cursor": reached, **self._first_answer})
        return True

    def _may_go_on(self, url: str) -> bool:
        """Say whether a page is within the limit and was not visited before: some last pages link to themselves."""
        return url not in self._visited and self._charged < self.feed.limits.max_pages

    def _page(self, url: str, *, again: bool, conditional: bool) -> Page | None:
        """Fetch and read a page; None where there is nothing to go on with."""
        at_start = conditional and not self._visited
        known = self._validators() if at_start else {}
        self._visited.add(url)
        answer = self.fetcher.fetch(url, self.manners, most=_PAGE_BYTES, known=known)
        if isinstance(answer, NotModified):
            self.unchanged = True
            return None
        page = answer if isinstance(answer, Trouble) else read_page(answer, self.feed)
        if isinstance(page, Trouble):
            if page.reason == "no_rows" and not at_start:
                return Page()  # behind the last page
            self.trouble = page
            return None
        if at_start and not isinstance(answer, Trouble):
            self._first_answer = {"etag": _short(answer.etag, 1000), "modified": _short(answer.modified, 100)}
        self.pages += 1
        self._charged += not again
        return page

    def _validators(self) -> dict[str, str]:
        """Give the headers that ask for a first page newer than the one known."""
        kept = (("If-None-Match", self.remembered.etag), ("If-Modified-Since", self.remembered.modified))
        return {name: value for name, value in kept if value}

    def _is_over(self, page: Page, walk: int) -> bool:
        """Say whether the pass ends with this page."""
        if page.next_url is None or page.next_url in self._visited or page.next_url == first_page(self.feed):
            return True
        if self.feed.since and not since(page.found, self.feed.since):
            return True
        return not self.remembered.whole and self._known(page, walk)

    def _known(self, page: Page, walk: int) -> bool:
        """Say whether all of a page was recorded by passes before this one."""
        urls = [one.url for one in since(page.found, self.feed.since)]
        return bool(urls) and self.memory.seen_before(self.remembered, urls, walk=walk) == len(urls)

    def _record(self, found: tuple[Found, ...], walk: int, changes: dict[str, Any]) -> None:
        """Record what pages name."""
        wanted = since(found, self.feed.since)
        self.found += self.memory.record(self.remembered, wanted, walk=walk, now=self.clock(), changes=changes)


def _short(value: str | None, most: int) -> str | None:
    """Keep a validator that is of a sane length; half of one would be worse than none."""
    return value if value and len(value) <= most else None
