"""What a page of a feed holds: the documents it names and where the next page is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import urldefrag, urljoin

import httpx

from parcc_nlp.library.feeds.guard import LONGEST_URL
from parcc_nlp.text.dates import find_dates

if TYPE_CHECKING:
    from datetime import date

__all__ = ["Found", "Page", "absolute", "day_of", "decoded", "one_line", "since"]

ItemKind = Literal["document", "detail"]
_SPACE = re.compile(r"\s+")
_CHARSET = re.compile(r"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_\-:.]{2,40})", re.IGNORECASE)
_HEAD = 4096
_LONGEST_TITLE = 1000


@dataclass(frozen=True, slots=True)
class Found:
    """A document a page names, or the page of details that leads to it. `issued` is as precise as the page is."""

    url: str
    kind: ItemKind = "document"
    title: str | None = None
    number: str | None = None
    issued: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a feed, in its order, without what stands on it twice."""

    found: tuple[Found, ...] = ()
    next_url: str | None = None


def absolute(href: str | None, base: str) -> str | None:
    """Give the address a link leads to; None for what is no address of the web that can be kept.

    Examples
    --------
    >>> absolute("../tep/12.pdf#page=2", "https://example.org/van-ban/ds")
    'https://example.org/tep/12.pdf'
    >>> absolute("javascript:void(0)", "https://example.org/") is None
    True
    """
    if not href or not href.strip():
        return None
    try:
        # Through httpx, so that it is plain ASCII: an address is remembered as it is sent.
        url = str(httpx.URL(urldefrag(urljoin(base, href.strip())).url))
    except (ValueError, httpx.InvalidURL):  # brackets that do not close, control characters: no address
        return None
    return url if url.startswith(("http://", "https://")) and len(url) <= LONGEST_URL else None


def one_line(text: str | None) -> str | None:
    """Put a text on one line; None for one that says nothing."""
    return _SPACE.sub(" ", text or "").strip()[:_LONGEST_TITLE] or None


def day_of(text: str | None) -> str | None:
    """Give the first date of a text as an ISO date.

    Examples
    --------
    >>> day_of("Ban hành: 05/01/2024"), day_of("2024-01-05T08:00:00Z"), day_of("hôm qua")
    ('2024-01-05', '2024-01-05', None)
    """
    if iso := re.match(r"\s*([0-9]{4}-[0-9]{2}-[0-9]{2})(?![0-9])", text or ""):
        return iso.group(1)
    return next((one.iso for one in find_dates(text or "") if one.valid), None)


def since(found: tuple[Found, ...], first: date | None) -> tuple[Found, ...]:
    """Leave out what is older than a day; what has no date stays."""
    if first is None:
        return found
    day = first.isoformat()
    # A month or year alone is compared as far as it goes: 2024-01 may be the last of January.
    return tuple(one for one in found if one.issued is None or one.issued >= day[: len(one.issued)])


def _is_utf8(data: bytes) -> bool:
    """Say whether bytes are UTF-8."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _charset_of(text: str) -> str | None:
    """Give the character set that a header or the head of a page names."""
    named = _CHARSET.search(text)
    return named.group(1) if named else None


def decoded(data: bytes, content_type: str) -> str:
    """Give the text of a page.

    What is valid UTF-8 is UTF-8 whatever server and page say; sites keep old settings after they were moved.

    Examples
    --------
    >>> decoded("Sở Tư pháp".encode(), "text/html; charset=iso-8859-1")
    'Sở Tư pháp'
    """
    if wide := _wide(data):
        return data.decode(wide, errors="replace").removeprefix("\ufeff")
    if _is_utf8(data):
        return data.decode("utf-8-sig").replace("\0", "")
    named = (_charset_of(content_type), _charset_of(data[:_HEAD].decode("latin-1")))
    for name in (*named, "windows-1258"):
        if name and (text := _read_as(data, name)) is not None:
            return text.replace("\0", "")
    return data.decode("latin-1").replace("\0", "")


def _wide(data: bytes) -> str | None:
    """Give the encoding of two bytes a letter that a page is in, by its mark or its first angle bracket."""
    if data.startswith((b"\xff\xfe", b"<\0")):
        return "utf-16-le"
    return "utf-16-be" if data.startswith((b"\xfe\xff", b"\0<")) else None


def _read_as(data: bytes, name: str) -> str | None:
    """Read bytes in a named character set; None where it is unknown or they are not in it."""
    try:
        return data.decode(name)
    except (LookupError, ValueError):
        return None
