"""Edits to an XML part that leave every other byte of it as it was.

A library that parses and writes a part decides anew on quotes, line ends, empty tags and entities. Here expat tells at
which byte every element begins and ends, and edits are put between those bytes.
"""

from __future__ import annotations

import codecs
import re
from array import array
from itertools import accumulate
from typing import NamedTuple
from xml.parsers import expat

__all__ = ["Markup", "Span"]

_ENCODING = re.compile(rb"""<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)""")
_TAG = re.compile(rb"""<[^<>"']*(?:(?:"[^"]*"|'[^']*')[^<>"']*)*>""")
_NAME = re.compile(rb"<([^\s/>]+)")
_CHARACTER = re.compile(r"&[^;&<]*;|\r\n?|[^&<]", re.DOTALL)
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


class Span(NamedTuple):
    """Where an element stands: its start tag from `start` to `inside`, its end tag from `close` to `end`.

    An empty tag has `inside`, `close` and `end` at one place.
    """

    start: int
    inside: int
    close: int
    end: int

    @property
    def closed_at_once(self) -> bool:
        """Whether it is an empty tag."""
        return self.inside == self.end


class Markup:
    """An XML part being edited.

    Elements are known by their number in document order, from 0; places are bytes of the part in UTF-8. The part must
    have been parsed within limits before, without a DTD: `parcc_nlp.read.ooxml` does both.

    Parameters
    ----------
    part
        The part as it stands in the package.

    Raises
    ------
    LookupError
        The part names an encoding that is not known.
    UnicodeDecodeError, xml.parsers.expat.ExpatError
        The part is damaged.

    Examples
    --------
    >>> part = Markup(b"<?xml version='1.0'?><a><b/>&#233;<c></c></a>")
    >>> part.insert(part.span(1).end, "<d/>")
    >>> part.remove(2)
    >>> part.written()
    b"<?xml version='1.0'?><a><b/><d/>&#233;</a>"
    """

    __slots__ = ("_closes", "_data", "_edits", "_encoding", "_mark", "_starts")

    def __init__(self, part: bytes) -> None:
        self._mark, self._encoding = _encoding(part)
        content = part[len(self._mark) :]
        self._data = content if self._encoding == "utf-8" else content.decode(self._encoding).encode()
        self._edits: list[tuple[int, int, int, bytes]] = []
        self._starts = array("L")
        self._closes = array("L")
        open_elements: list[int] = []
        parser = expat.ParserCreate("utf-8")

        def begin(_name: str, _attributes: dict[str, str]) -> None:
            open_elements.append(len(self._starts))
            self._starts.append(parser.CurrentByteIndex)
            self._closes.append(0)

        def end(_name: str) -> None:
            self._closes[open_elements.pop()] = parser.CurrentByteIndex

        parser.StartElementHandler = begin
        parser.EndElementHandler = end
        parser.Parse(self._data, True)

    @property
    def changed(self) -> bool:
        """Whether there is any edit."""
        return bool(self._edits)

    def span(self, number: int) -> Span:
        """Give the place of an element."""
        start = self._starts[number]
        tag = _TAG.match(self._data, start)
        assert tag is not None  # noqa: S101  # expat has read a start tag here
        inside, close = tag.end(), self._closes[number]
        if tag.group().endswith(b"/>"):
            return Span(start, inside, inside, inside)
        return Span(start, inside, close, self._data.index(b">", close) + 1)

    def name(self, number: int) -> str:
        """Give the name of an element as it is written, with its prefix."""
        found = _NAME.match(self._data, self._starts[number])
        assert found is not None  # noqa: S101  # expat has read a start tag here
        return found.group(1).decode()

    def source(self, start: int, end: int) -> str:
        """Give what is written between two places."""
        return self._data[start:end].decode()

    def characters(self, number: int, text: str) -> array[int] | None:
        """Give the place of every character of an element's text, and of its end; None where they cannot be told.

        `text` is what the parser gave; references stand for one character each, CDATA sections are not cut.
        """
        span = self.span(number)
        written = self.source(span.inside, span.close)
        if written == text:
            widths = (len(one.encode()) for one in written)
        else:
            found = _CHARACTER.findall(written)
            if "".join(found) != written or len(found) != len(text):
                return None
            widths = (len(one.encode()) for one in found)
        return array("L", accumulate(widths, initial=span.inside))

    def insert(self, at: int, text: str) -> None:
        """Put something in at a place; of several the first comes first."""
        self.replace(at, at, text)

    def replace(self, start: int, end: int, text: str) -> None:
        """Put something in the place of what is there; replaced stretches must not overlap."""
        self._edits.append((start, end, len(self._edits), text.encode()))

    def remove(self, number: int) -> None:
        """Take an element away, with all in it."""
        span = self.span(number)
        self.replace(span.start, span.end, "")

    def append(self, text: str) -> None:
        """Put something in at the end of the outermost element."""
        span = self.span(0)
        if text and span.closed_at_once:
            self.replace(span.end - 2, span.end, f">{text}</{self.name(0)}>")
        elif text:
            self.insert(span.close, text)

    def written(self) -> bytes:
        """Give the part with all edits, in the encoding it had."""
        pieces: list[bytes] = []
        at = 0
        for start, end, _, new in sorted(self._edits):
            pieces += [self._data[at:start], new]
            at = end
        data = b"".join([*pieces, self._data[at:]])
        if self._encoding == "utf-8":
            return self._mark + data
        return self._mark + data.decode().encode(self._encoding, "xmlcharrefreplace")


def _encoding(part: bytes) -> tuple[bytes, str]:
    """Give the byte order mark of a part and the encoding it is written in."""
    for mark, encoding in _MARKS:
        if part.startswith(mark):
            return mark, encoding
    declared = _ENCODING.match(part)
    return b"", codecs.lookup(declared.group(1).decode()).name if declared else "utf-8"
