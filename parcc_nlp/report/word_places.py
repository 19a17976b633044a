"""Where in a Word file the words of a document stand, so exactly that markers can be put right around them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from parcc_nlp.read.numbering import Numbering
from parcc_nlp.read.ooxml import local, w
from parcc_nlp.report.word_walk import Cut, Line, lines, parts

if TYPE_CHECKING:
    from lxml import etree

    from parcc_nlp.model import Block, Cell, Document
    from parcc_nlp.read.ooxml import Package

__all__ = ["Anchor", "Fit", "Places"]

Fit = Literal["exact", "paragraph", "number", "inexact", "box", "note", "nowhere"]
"""How an anchor fits the words: exactly; the whole paragraph, because the finding marks no words, marks its automatic
number, or because its words cannot be told apart; the text box or the note that holds them, as Word takes no comments
inside; the beginning of the document."""
_LONGEST_LABEL = 80  # characters of an automatic number with what stands behind it
_NOTES = {"footnote": "footnoteReference", "endnote": "endnoteReference"}
_STORIES = frozenset({"body", "tc", "txbxContent", "footnote", "endnote", "comment"})


@dataclass(frozen=True, slots=True)
class Anchor:
    """From where to where a comment reaches, and how that fits the words it speaks of."""

    first: Cut
    last: Cut
    fit: Fit


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line and where its text begins in the document."""

    at: int
    line: Line


class Places:
    """The places of one document in the file it was read from.

    Nothing is walked that is not asked for, and nothing twice.

    Parameters
    ----------
    document
        What the reader gave for the package.
    package
        The package itself.
    """

    def __init__(self, document: Document, package: Package) -> None:
        self._document = document
        self._package = package
        self._main = package.main_part()
        self.root = _tree(package, self._main)
        self.paragraphs: list[etree._Element] = list(self.root.iter(w("p")))
        self._numbering = Numbering.of(None, self._related("styles"))
        cells = [cell for table in document.tables for cell in table.cells]
        blocks = [block for block in document.blocks if block.kind != "table"]
        self._regions: list[Block | Cell] = sorted([*blocks, *cells], key=_start)
        self._starts = [region.start for region in self._regions]
        self._placed: dict[int, tuple[tuple[_Placed, ...], list[int]]] = {}
        self._lines: dict[etree._Element, dict[etree._Element, Line]] = {}

    def anchor(self, start: int, end: int) -> Anchor:
        """Give the place of some words of the document.

        Parameters
        ----------
        start, end
            Offsets in the document's text; equal where no words are meant.

        Returns
        -------
        Anchor
            Around the very words wherever these can be found in the file. Never around others: what is not certain is
            the whole paragraph, or the beginning of the document.
        """
        text = self._document.text
        first, last = start, min(end, len(text))
        while first < last and text[first].isspace():
            first += 1
        while first < last and text[last - 1].isspace():
            last -= 1
        if first >= last:
            return self._paragraph(start, "paragraph")
        begins, ends = self._line(first), self._line(last - 1)
        if begins is None or ends is None or _boxed(begins) or _boxed(ends):
            return self.whole(first)
        if last <= begins.at:
            return self._paragraph(first, "number")
        since = begins.line.before(max(0, first - begins.at))
        # Where only the automatic number of the last paragraph is meant, the words end before that paragraph.
        ahead = Cut(ends.line.paragraphs[0], inside=True)
        to = ends.line.after(last - 1 - ends.at) if last > ends.at else ahead
        if since is None or to is None:
            return self.whole(first)
        return Anchor(since, to, "exact")

    def whole(self, at: int) -> Anchor:
        """Give the whole paragraph of an offset, for words whose markers cannot be put in."""
        return self._paragraph(at, "inexact")

    @property
    def beginning(self) -> Anchor:
        """The beginning of the document."""
        cut = Cut(self.paragraphs[0], inside=True)
        return Anchor(cut, cut, "nowhere")

    def _line(self, at: int) -> _Placed | None:
        """Give the line of the main part that an offset stands in, its automatic number taken for part of it."""
        number = bisect_right(self._starts, at) - 1
        if number < 0 or at >= self._regions[number].end or self._regions[number].origin.part != self._main:
            return None
        if number not in self._placed:
            found = self._walked(self._regions[number])
            self._placed[number] = found, [one.at + len(one.line.text) for one in found]
        placed, ends = self._placed[number]
        position = bisect_right(ends, at)
        return placed[position] if position < len(placed) else None

    def _walked(self, region: Block | Cell) -> tuple[_Placed, ...]:
        """Walk a paragraph or cell; nothing where it does not come out as the document has it."""
        element = self._element(region)
        if element is None:
            return ()
        text = self._document.text[region.start : region.end]
        cell = _ancestor(element, "tc", outermost=True) if _in_table(region) else None
        if cell is not None:
            return _fitted(text, region.start, list(parts(cell, self._numbering)), self._numbering)
        line = self._line_of(element)
        return () if line is None else _fitted(text, region.start, [("", line)], self._numbering)

    def _line_of(self, paragraph: etree._Element) -> Line | None:
        """Give the line that ends with a paragraph."""
        container = next(above for above in paragraph.iterancestors() if local(above) in _STORIES)
        if container not in self._lines:
            found = (item for item in lines(container, self._numbering) if isinstance(item, Line))
            self._lines[container] = {line.paragraphs[-1]: line for line in found}
        return self._lines[container].get(paragraph)

    def _element(self, region: Block | Cell) -> etree._Element | None:
        """Give the paragraph of the main part that a region begins with."""
        place = region.origin.paragraph
        if region.origin.part != self._main or place is None or place >= len(self.paragraphs):
            return None
        return self.paragraphs[place]

    def _paragraph(self, at: int, fit: Fit) -> Anchor:
        """Give a whole paragraph, or what is nearest to it that Word takes a comment at."""
        number = bisect_right(self._starts, at) - 1
        region = self._regions[number] if number >= 0 and at <= len(self._document.text) else None
        if region is not None and region.origin.part not in {None, self._main}:
            mark = self._note_mark(region)
            if mark is not None:
                return Anchor(Cut(mark), Cut(mark, after=True), "note")
        placed = self._line(at)
        element = None if region is None else self._element(region)
        whole = placed.line.paragraphs if placed is not None else () if element is None else (element,)
        if not whole:
            return self.beginning
        outside = _outer_run(whole[-1])
        if outside is not None:
            return Anchor(Cut(outside), Cut(outside, after=True), "box")
        return Anchor(Cut(whole[0], inside=True), Cut(whole[-1], inside=True, after=True), fit)

    def _note_mark(self, region: Block | Cell) -> etree._Element | None:
        """Give the run of the body that refers to a note."""
        origin = region.origin
        tree = None if origin.part is None else self._package.tree(origin.part, required=False)
        if tree is None or origin.paragraph is None:
            return None
        inside = list(tree.iter(w("p")))[origin.paragraph]
        note = next((above for above in inside.iterancestors() if local(above) in _NOTES), None)
        mark = None if note is None else self._marks.get((local(note), note.get(w("id"), "")))
        return None if mark is None else _outer_run(mark) or _ancestor(mark, "r")

    @cached_property
    def _marks(self) -> dict[tuple[str, str], etree._Element]:
        """Give the marks in the body that refer to notes, the first of each note."""
        found: dict[tuple[str, str], etree._Element] = {}
        for kind, name in _NOTES.items():
            for mark in self.root.iter(w(name)):
                found.setdefault((kind, mark.get(w("id"), "")), mark)
        return found

    def _related(self, kind: str) -> etree._Element | None:
        target = next((one.target for one in self._package.relationships(self._main) if one.kind == kind), None)
        return None if target is None else self._package.tree(target, required=False)


def _tree(package: Package, part: str) -> etree._Element:
    tree = package.tree(part, required=True)
    assert tree is not None  # noqa: S101  # required=True raises instead
    return tree


def _start(region: Block | Cell) -> int:
    return region.start


def _in_table(region: Block | Cell) -> bool:
    return region.origin.table is not None


def _ancestor(element: etree._Element, name: str, *, outermost: bool = False) -> etree._Element | None:
    """Give the nearest, or the outermost, element of a name around an element."""
    found = None
    for above in element.iterancestors(w(name)):
        found = above
        if not outermost:
            break
    return found


def _outer_run(element: etree._Element) -> etree._Element | None:
    """Give the run of the body that holds the text box an element stands in; None outside text boxes."""
    box = _ancestor(element, "txbxContent", outermost=True)
    return None if box is None else _ancestor(box, "r")


def _boxed(placed: _Placed) -> bool:
    return _outer_run(placed.line.paragraphs[-1]) is not None


def _fitted(text: str, start: int, expected: list[tuple[str, Line]], numbering: Numbering) -> tuple[_Placed, ...]:
    """Lay lines on the text they make up; none at all where they do not make up all of it."""
    placed: list[_Placed] = []
    position = 0
    flat = text.replace("\t", " ")
    for number, (separator, line) in enumerate(expected):
        follows = expected[number + 1][0] if number + 1 < len(expected) else ""
        if placed:
            position += len(separator)
        words = line.text.replace("\t", " ")
        at = _found(flat, words, position, follows.replace("\t", " "), numbered=_numbered(line, numbering))
        if at is None:
            return ()
        placed.append(_Placed(start + at, line))
        position = at + len(words)
    return tuple(placed) if position == len(text) else ()


def _found(text: str, words: str, position: int, follows: str, *, numbered: bool) -> int | None:
    """Find the words of a line at a place, or behind its automatic number."""
    candidates = [position]
    if numbered:
        limit = min(len(text), position + _LONGEST_LABEL + len(words))
        at = text.find(words, position + 1, limit)
        while at >= 0 and len(candidates) < _LONGEST_LABEL:
            candidates.append(at)
            at = text.find(words, at + 1, limit)
    for at in candidates:
        end = at + len(words)
        if text.startswith(words, at) and (text.startswith(follows, end) if follows else end == len(text)):
            return None if "\n" in text[position:at] else at
    return None


def _numbered(line: Line, numbering: Numbering) -> bool:
    """Whether a line may carry an automatic number."""
    properties = line.paragraphs[-1].find(w("pPr"))
    if properties is not None and properties.find(w("numPr")) is not None:
        return True
    inner = f"{w('pPr')}/{w('numPr')}"
    return any(style.find(inner) is not None for style in numbering.style_chain(properties))
