"""A page that lists documents, read as an officer described it: selectors of rows, links, numbers, dates, titles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

import lxml.html
from lxml import etree
from lxml.cssselect import CSSSelector

from parcc_nlp.library.feeds.pages import Found, Page, absolute, day_of, decoded, one_line
from parcc_nlp.library.feeds.reasons import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.library.feeds.fetching import Fetched
    from parcc_nlp.library.feeds.settings import Feed, Paging

__all__ = ["attachments", "first_page", "is_html", "listing_page"]

_MARKUP = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_HTML_TYPES = ("text/html", "application/xhtml+xml")
_HEAD = 2048
_LONGEST_NUMBER = 200


def listing_page(answer: Fetched, feed: Feed) -> Page | Trouble:
    """Read a page of a list.

    Returns
    -------
    Page or Trouble
        `no_rows` where no row of the page leads anywhere: past the last page, or the site was rebuilt.
    """
    root, base = _tree(answer)
    if root is None or not feed.row or not feed.link:
        return Trouble("no_rows")
    rows = (_row(row, base, feed) for row in _select(root, feed.row))
    found = {one.url: one for one in rows if one}
    if not found:
        return Trouble("no_rows")
    return Page(tuple(found.values()), _next(root, base, answer.url, feed.paging))


def attachments(answer: Fetched, selector: str) -> tuple[str, ...]:
    """Give the documents that a page of details links to."""
    root, base = _tree(answer)
    if root is None:
        return ()
    links = (absolute(one.get("href") or one.get("src"), base) for one in _select(root, selector))
    return tuple(dict.fromkeys(link for link in links if link))


def first_page(feed: Feed) -> str:
    """Give the address of the first page of a feed."""
    if feed.paging and feed.paging.template:
        return feed.paging.template.replace("{page}", str(feed.paging.first))
    return feed.url


def is_html(answer: Fetched) -> bool:
    """Say whether an answer is a web page, by what it says it is and how it begins.

    Examples
    --------
    >>> from parcc_nlp.library.feeds.fetching import Fetched
    >>> is_html(Fetched("https://example.org/a", b"%PDF-1.7", "text/html"))
    False
    >>> is_html(Fetched("https://example.org/a", b"<!DOCTYPE html><p>a", "application/octet-stream"))
    True
    """
    head = answer.data[:_HEAD]
    if _MARKUP.match(head.removeprefix(b"\xef\xbb\xbf")):
        return True
    claims = answer.content_type.partition(";")[0].strip().lower() in _HTML_TYPES
    return claims and head.lstrip().startswith(b"<")


def _tree(answer: Fetched) -> tuple[lxml.html.HtmlElement | None, str]:
    """Give the tree of a page and the address its links start from."""
    text = decoded(answer.data, answer.content_type)
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        root = lxml.html.document_fromstring(text.encode(), parser=parser)
    except etree.ParserError:  # a page of nothing
        return None, answer.url
    stated = root.find(".//base[@href]")
    base = absolute(stated.get("href"), answer.url) if stated is not None else None
    return root, base or answer.url


def _select(root: lxml.html.HtmlElement, selector: str) -> list[lxml.html.HtmlElement]:
    """Give the elements a selector fits, the root itself among them."""
    return cast("list[lxml.html.HtmlElement]", CSSSelector(selector, translator="html")(root))


def _row(row: lxml.html.HtmlElement, base: str, feed: Feed) -> Found | None:
    """Read a row; None where it leads nowhere, as headings do."""
    hrefs = (absolute(one.get("href"), base) for one in _select(row, feed.link or ""))
    url = next((href for href in hrefs if href), None)
    if url is None:
        return None
    number = _text(row, feed.number)
    return Found(
        url,
        "detail" if feed.detail else "document",
        _text(row, feed.title) or _text(row, feed.link),
        number[:_LONGEST_NUMBER] if number else None,
        day_of(_text(row, feed.date)),
    )


def _text(row: lxml.html.HtmlElement, selector: str | None) -> str | None:
    """Give the text of the first element that fits."""
    if selector is None:
        return None
    texts = (one_line(str(one.text_content())) for one in _select(row, selector))
    return next((text for text in texts if text), None)


def _next(root: lxml.html.HtmlElement, base: str, url: str, paging: Paging | None) -> str | None:
    """Give the address of the page behind this one."""
    if paging and paging.next:
        links: Iterator[str | None] = (absolute(one.get("href"), base) for one in _select(root, paging.next))
        return next((link for link in links if link), None)
    if paging and paging.template:
        before, _, behind = paging.template.partition("{page}")
        number = re.fullmatch(re.escape(before) + "([0-9]+)" + re.escape(behind), url)
        return f"{before}{int(number.group(1)) + paging.step}{behind}" if number else None
    return None
