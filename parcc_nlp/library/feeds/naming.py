"""What a downloaded file is called: as the server says, else as its address ends, else by its number."""

from __future__ import annotations

import mimetypes
import re
from email.message import Message
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from parcc_nlp.library.feeds.fetching import Fetched

__all__ = ["file_name"]

_LONGEST = 150
_UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u202a-\u202e\u2066-\u2069]+')
_SCRIPTS = frozenset({".aspx", ".ashx", ".php", ".jsp", ".do", ".html", ".htm", ""})
"""Endings of an address that name the program which answers and not the file."""


def file_name(answer: Fetched, *, number: str | None = None) -> str:
    """Give a name that is safe in any folder and keeps the ending of the file.

    Examples
    --------
    >>> from parcc_nlp.library.feeds.fetching import Fetched
    >>> file_name(Fetched("https://example.org/tep/QD%2012.pdf?x=1", b""))
    'QD 12.pdf'
    >>> file_name(Fetched("https://example.org/tai.aspx?id=7", b"", "application/pdf"), number="12/2024/QĐ-UBND")
    '12-2024-QĐ-UBND.pdf'
    >>> file_name(Fetched("https://example.org/x", b"", disposition="attachment; filename*=UTF-8''..%2FQ%C4%90.docx"))
    'QĐ.docx'
    """
    stated = _last(_stated(answer.disposition))
    if stated:
        return _short(stated)
    ending = _last(unquote(urlsplit(answer.url).path, errors="replace"))
    suffix = PurePosixPath(ending).suffix.lower()
    if suffix not in _SCRIPTS:
        return _short(ending)
    stem = _fit((number or "").replace("/", "-")) or PurePosixPath(ending).stem or "van-ban"
    kind = answer.content_type.partition(";")[0].strip().lower()
    return _short(stem + (mimetypes.guess_extension(kind) or ".html"))


def _stated(disposition: str) -> str:
    """Give the file name of the header ``Content-Disposition`` (RFC 6266)."""
    if not disposition:
        return ""
    message = Message()
    message["Content-Disposition"] = disposition.replace("\r", "").replace("\n", "")
    return message.get_filename() or ""


def _last(path: str) -> str:
    """Give the last part of a path, whichever strokes it has."""
    return _fit(re.split(r"[/\\]", path)[-1])


def _fit(name: str) -> str:
    """Take out what no file name may have."""
    return _UNFIT.sub("-", name).strip(" .-")


def _short(name: str) -> str:
    """Shorten a name before its ending."""
    path = PurePosixPath(name)
    suffix = path.suffix[:10]
    return path.stem[: _LONGEST - len(suffix)] + suffix
