"""RSS and Atom: the entries of a feed and the documents they lead to."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

import feedparser

from parcc_nlp.library.feeds.pages import Found, Page, absolute, day_of, decoded, one_line
from parcc_nlp.library.feeds.reasons import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.library.feeds.fetching import Fetched
    from parcc_nlp.library.feeds.settings import Feed

__all__ = ["feed_page"]

_FIRST_ELEMENT = re.compile(r"<\w")
_ENTITY = re.compile(r"<!entity", re.IGNORECASE)


def feed_page(answer: Fetched, feed: Feed) -> Page | Trouble:
    """Read a feed.

    Enclosures are documents. An entry without them leads to its link: a document itself, or the page with the
    attachments where the settings have `detail`.

    Returns
    -------
    Page or Trouble
        `not_a_feed` where nothing can be read; `hostile` where it declares entities, which no feed needs and which is
        how a few lines of XML become gigabytes.
    """
    text = decoded(answer.data, answer.content_type)
    if _declares_entities(text):
        return Trouble("hostile")
    # feedparser believes the header before the bytes and takes text/xml without a character set for ASCII (RFC 3023).
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": answer.url}
    # Through a stream: given a text, feedparser would take it for an address and fetch it.
    parsed = feedparser.parse(
        BytesIO(text.encode()), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    if not parsed.get("version") and not parsed.entries:
        return Trouble("not_a_feed", type(parsed.get("bozo_exception")).__name__ if parsed.bozo else "?")
    found = {one.url: one for entry in parsed.entries for one in _found(entry, answer.url, feed)}
    return Page(tuple(found.values()), _next(parsed.feed, answer.url))


def _declares_entities(text: str) -> bool:
    """Say whether the head of a feed declares entities."""
    first = _FIRST_ELEMENT.search(text)
    return bool(_ENTITY.search(text, 0, first.start() if first else len(text)))


def _found(entry: Any, base: str, feed: Feed) -> Iterator[Found]:
    """Give the documents of an entry."""
    title = one_line(entry.get("title"))
    issued = _issued(entry)
    enclosed = [absolute(one.get("href"), base) for one in entry.get("enclosures", ())]
    documents = [url for url in enclosed if url]
    for url in documents:
        yield Found(url, "document", title, issued=issued)
    link = absolute(entry.get("link"), base)
    if link and not documents:
        yield Found(link, "detail" if feed.detail else "document", title, issued=issued)


def _issued(entry: Any) -> str | None:
    """Give the day of an entry."""
    for key in (one for one in ("published", "updated") if one in entry):
        parsed = entry.get(f"{key}_parsed")
        if parsed:
            return f"{parsed.tm_year:04}-{parsed.tm_mon:02}-{parsed.tm_mday:02}"
        if day := day_of(entry.get(key)):  # a day as Vietnamese sites write it, which RFC 822 does not know
            return day
    return None


def _next(head: Any, base: str) -> str | None:
    """Give the next page of a feed that has pages (RFC 5005)."""
    links = (link.get("href") for link in head.get("links", ()) if link.get("rel") == "next")
    return absolute(next(links, None), base)
