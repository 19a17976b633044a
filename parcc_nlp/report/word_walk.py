"""A Word document walked as the reader walks it, remembering which element every character comes from."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from lxml import etree

from parcc_nlp.read.assembly import cleaned
from parcc_nlp.read.ooxml import local, w
from parcc_nlp.read.word import (
    BLOCK_WRAPPERS,
    GRAPHICS,
    INLINE_WRAPPERS,
    Fields,
    alternative,
    font_of,
    in_unicode,
    is_on,
    mark_deleted,
    row_deleted,
    run_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from parcc_nlp.read.numbering import Numbering

__all__ = ["Cut", "Line", "lines", "parts"]

_TOKEN = re.compile(r"\S+|\s+")
_LONGEST_TOKEN = 64  # a word in a font from before Unicode
# Vowels and finals of Hangul join the letter before them without being combining marks.
_UNIT = re.compile("\r\n|.[\u1161-\u1175\u11a8-\u11c2]*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Cut:
    """A place in the XML where a marker may stand.

    Beside `host`, a run or what stands like one; at the beginning or the end of `leaf`, a child of it; inside the text
    of `leaf`, before its character `at`. With `inside` the inner edge of `host`, a paragraph.
    """

    host: etree._Element
    leaf: etree._Element | None = None
    at: int | None = None
    after: bool = False
    inside: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    """What one element prints.

    `host` is what stands in the paragraph, `leaf` the child of it that prints; None where the host is not looked into.
    """

    text: str
    host: etree._Element
    leaf: etree._Element | None = None
    written: str | None = None
    """What the leaf holds, where it is a text that can be cut."""
    font: str = ""

    def written_at(self, printed: int) -> int | None:
        """Give the character of the leaf's own text that prints a character; None where nothing can be cut."""
        if self.written is None or self.written is self.text:
            return None if self.written is None else printed
        return _decoded(self.written, self.font).get(printed)


@lru_cache(maxsize=64)
def _decoded(written: str, font: str) -> Mapping[int, int]:
    """Give, for a text in a font from before Unicode, where its printed characters begin in what is written."""
    places: dict[int, int] = {}
    at = printed = 0
    for token in _TOKEN.findall(written):
        shown = in_unicode(token, font)
        places.setdefault(printed, at)
        for length in range(1, min(len(token), _LONGEST_TOKEN)):
            head = in_unicode(token[:length], font)
            if shown.startswith(head) and in_unicode(token[length:], font) == shown[len(head) :]:
                places.setdefault(printed + len(head), at + length)
        at += len(token)
        printed += len(shown)
    return places


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, or several whose ends are deleted, with its text as it stands in the document."""

    paragraphs: tuple[etree._Element, ...]
    text: str
    boxes: tuple[etree._Element, ...]
    _pieces: tuple[_Piece, ...]
    _starts: tuple[int, ...]
    """Where each piece begins in what all of them print."""
    _units: Sequence[tuple[int, int]] | None
    """For every character of `text` the stretch of what is printed that it stands for; None where both are the same."""
    _lead: int
    """Spaces before the text."""

    def before(self, at: int) -> Cut | None:
        """Give the place right before a character of the text; None where the XML cannot be cut there."""
        printed = self._units[at][0] if self._units is not None else self._lead + at
        number = bisect_right(self._starts, printed) - 1
        piece, inner = self._pieces[number], printed - self._starts[number]
        if inner:
            written = piece.written_at(inner)
            return None if written is None else Cut(piece.host, piece.leaf, written)
        if number and self._pieces[number - 1].host is piece.host:
            return Cut(piece.host, piece.leaf)
        return Cut(piece.host)

    def after(self, at: int) -> Cut | None:
        """Give the place right behind a character of the text; None where the XML cannot be cut there."""
        printed = self._units[at][1] if self._units is not None else self._lead + at + 1
        number = bisect_left(self._starts, printed) - 1
        piece, inner = self._pieces[number], printed - self._starts[number]
        if inner < len(piece.text):
            written = piece.written_at(inner)
            return None if written is None else Cut(piece.host, piece.leaf, written)
        if number + 1 < len(self._pieces) and self._pieces[number + 1].host is piece.host:
            return Cut(piece.host, piece.leaf, after=True)
        return Cut(piece.host, after=True)


@dataclass(slots=True)
class _Walk:
    """A line while it is walked."""

    font: str = ""
    fields: Fields = field(default_factory=Fields)
    paragraphs: list[etree._Element] = field(default_factory=list)
    pieces: list[_Piece] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)

    def inline(self, parent: etree._Element) -> None:
        """Walk what stands in a paragraph or a wrapper in it."""
        for element in parent:
            name = local(element)
            if name == "r":
                self.run(element, element)
            elif name in INLINE_WRAPPERS:
                self.inline(element)
            elif name == "AlternateContent":
                inner = self._apart()
                inner.inline(alternative(element))
                self._take(inner, element)
            elif name in {"oMath", "oMathPara"} and self.fields.shown:
                printed = "".join(t.text for t in element.iter() if local(t) == "t" and t.text)
                self.pieces.append(_Piece(printed, element))

    def run(self, run: etree._Element, host: etree._Element) -> None:
        """Walk a run; `host` is the run, or what in its place stands in the paragraph."""
        properties = run.find(w("rPr"))
        hidden = properties is not None and is_on(properties.find(w("vanish")))
        font = font_of(properties) or self.font
        for element in run:
            name = local(element)
            if name == "fldChar":
                self.fields.turn(element.get(w("fldCharType")))
            elif hidden or not self.fields.shown:
                continue
            elif (text := run_text(name, element, font)) is not None:
                own = element.text or "" if name == "t" and run is host else None
                # The same text is kept once, so that telling it from a decoded one costs nothing.
                self.pieces.append(_Piece(text, host, element, text if own == text else own, font))
            elif name in GRAPHICS:
                self.boxes += _boxes(element)
            elif name in {"ruby", "AlternateContent"}:
                inner = self._apart()
                if name == "ruby":
                    inner.inline(element)
                else:
                    inner.run(alternative(element), host)
                self._take(inner, host, element)

    def line(self) -> Line:
        """Close the line."""
        pieces = tuple(piece for piece in self.pieces if piece.text)
        printed = "".join(piece.text for piece in pieces)
        text, units = _cleaned(printed.strip())
        lead = len(printed) - len(printed.lstrip())
        shifted = None if units is None else [(lead + start, lead + end) for start, end in units]
        starts = tuple(accumulate((len(piece.text) for piece in pieces[:-1]), initial=0))
        return Line(tuple(self.paragraphs), text, tuple(self.boxes), pieces, starts, shifted, lead)

    def _apart(self) -> _Walk:
        return _Walk(self.font, self.fields)

    def _take(self, inner: _Walk, host: etree._Element, leaf: etree._Element | None = None) -> None:
        """Take what was walked apart as one piece that is not cut."""
        self.pieces.append(_Piece("".join(piece.text for piece in inner.pieces), host, leaf))
        self.boxes += inner.boxes


def lines(container: etree._Element, numbering: Numbering) -> Iterator[Line | etree._Element]:
    """Give the paragraphs of a body, cell or text box as lines, and its tables as they are.

    Parameters
    ----------
    container
        What holds them.
    numbering
        Knows the styles: the font of a run that names none decides how its codes are read.

    Yields
    ------
    Line or lxml.etree._Element
        In the order of the document, wrappers opened. Paragraphs whose ends are deleted are one line.
    """
    walk = _Walk()
    for element in _flat(container, {"p", "tbl"}):
        if local(element) == "tbl":
            if walk.paragraphs:
                yield walk.line()
                walk = _Walk()
            yield element
            continue
        properties = element.find(w("pPr"))
        fonts = (font_of(style.find(w("rPr"))) for style in numbering.style_chain(properties))
        walk.font = next(filter(None, fonts), "")
        walk.fields = Fields()
        walk.paragraphs.append(element)
        walk.inline(element)
        if not mark_deleted(properties):
            yield walk.line()
            walk = _Walk()
    if walk.paragraphs:
        yield walk.line()


def parts(container: etree._Element, numbering: Numbering, *, separator: str = "") -> Iterator[tuple[str, Line]]:
    """Give the lines that make up the text of a cell, each with what stands before it: a line break or a tab.

    Parameters
    ----------
    container, numbering
        As for `lines`.
    separator
        What stands before the first line.
    """
    for item in lines(container, numbering):
        if isinstance(item, Line):
            if item.text:
                yield separator, item
                separator = "\n"
            for box in item.boxes:
                for found in parts(box, numbering, separator=separator):
                    yield found
                    separator = "\n"
            continue
        for row in _flat(item, {"tr"}):
            for cell in () if row_deleted(row) else _flat(row, {"tc"}):
                before = separator
                for found in parts(cell, numbering, separator=before):
                    yield found
                    separator = "\t"
            separator = "\n" if separator == "\t" else separator


def _flat(container: etree._Element, wanted: set[str]) -> Iterator[etree._Element]:
    """Give the elements of a kind in a container, wrappers opened, of alternatives the one that Word shows."""
    for element in container:
        name = local(element)
        if name in wanted:
            yield element
        elif name in BLOCK_WRAPPERS:
            yield from _flat(element, wanted)
        elif name == "AlternateContent":
            yield from _flat(alternative(element), wanted)


def _boxes(graphic: etree._Element) -> Iterator[etree._Element]:
    """Give the outermost text boxes of a drawing."""
    for element in graphic:
        name = local(element)
        if name == "txbxContent":
            yield element
        elif name == "AlternateContent":
            yield from _boxes(alternative(element))
        elif name:
            yield from _boxes(element)


def _cleaned(text: str) -> tuple[str, list[tuple[int, int]] | None]:
    """Give a text as the reader cleans it and, where that changes anything, what every character stands for.

    Characters are composed within units of a letter and its marks; where the whole does not come out as the reader has
    it, the text is empty, so that nothing is located in it.
    """
    whole = cleaned(text)
    if whole == text:
        return whole, None
    units: list[tuple[int, int]] = []
    pieces: list[str] = []
    for start, end in _units(text):
        piece = cleaned(text[start:end])
        pieces.append(piece)
        units += [(start, end)] * len(piece)
    return (whole, units) if "".join(pieces) == whole else ("", None)


def _units(text: str) -> Iterator[tuple[int, int]]:
    """Cut a text into letters with all their marks."""
    start = end = 0
    for found in _UNIT.finditer(text):
        if end and not unicodedata.combining(found.group()[0]):
            yield start, end
            start = end
        end = found.end()
    if end:
        yield start, end
