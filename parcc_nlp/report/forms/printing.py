"""Text as a paper may carry it: no characters that a file format refuses or a reader would obey."""

from __future__ import annotations

import re

from parcc_nlp.report.wording import legible

__all__ = ["one_line", "printable", "shortened"]

# Noncharacters of Unicode, of which XML 1.0 refuses two, and the two line separators that are no line feed.
_REFUSED = re.compile("[\ufdd0-\ufdef\ufffe\uffff\U0001fffe\U0001ffff]")
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029\x85]")


def printable(text: str) -> str:
    """Replace what cannot stand in a file or would reorder text on screen; line breaks stay.

    Examples
    --------
    >>> printable("Điều 1" + chr(7))
    'Điều 1�'
    """
    return _REFUSED.sub("\ufffd", legible(_LINE_ENDS.sub("\n", text)))


def one_line(text: str) -> str:
    """Make a text printable and put it on one line.

    Examples
    --------
    >>> one_line("Ủy ban\\n nhân dân")
    'Ủy ban nhân dân'
    """
    return " ".join(printable(text).split())


def shortened(text: str, limit: int) -> str:
    """Leave out the middle of a text that is too long, and show that something is left out.

    Examples
    --------
    >>> shortened("một hai ba bốn năm sáu bảy", 15)
    'một hai … bảy'
    """
    if len(text) <= limit:
        return text
    head, tail = text[: limit * 2 // 3], text[-(limit // 3) :]
    return f"{head.rpartition(' ')[0] or head} … {tail.partition(' ')[2] or tail}"
