"""Word documents (.docx, .docm, templates): the XML is walked in body order, as Word shows it with changes accepted."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from lxml import etree

from parcc_nlp.errors import ReadError
from parcc_nlp.model import BlockKind, Document, Origin, Source
from parcc_nlp.read.assembly import Assembly, GridCell
from parcc_nlp.read.detect import DOCX
from parcc_nlp.read.limits import DEFAULT_LIMITS, Limits
from parcc_nlp.read.numbering import Numbering
from parcc_nlp.read.ooxml import Package, local, w
from parcc_nlp.text.legacy import legacy_to_unicode

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["read_docx"]

# Wrappers whose content is shown as if they were not there.
BLOCK_WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"})
INLINE_WRAPPERS = BLOCK_WRAPPERS | {"hyperlink", "fldSimple", "dir", "bdo", "ruby", "rubyBase", "subDoc"}
_PLAIN_MARKS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-", "br": "\n"}
GRAPHICS = frozenset({"drawing", "pict", "object"})
_PRIVATE_USE = 0xF000
_LEGACY_FONTS = (".Vn", "VNI-")


def read_docx(data: bytes, *, path: str | None = None, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read a Word document.

    Paragraphs and tables come in body order; automatic numbers stand in the text and in `Block.label`; insertions are
    kept and deletions dropped; text boxes follow the paragraph they hang on; footnotes stand at the end; headers and
    footers in `Document.marginalia`.

    Parameters
    ----------
    data
        The whole file.
    path
        The name that errors give the file.
    limits
        Bounds on the package.

    Returns
    -------
    Document
        `Origin.paragraph` counts the ``w:p`` elements of the part in the order of its XML, from 0.

    Raises
    ------
    ReadError
        E104 where there is no text, E120 for a damaged package, E121 for an encrypted one, E122 for unsafe XML, E131
        and E132 above the limits.

    Examples
    --------
    >>> import docx, io
    >>> made, file = docx.Document(), io.BytesIO()
    >>> _ = made.add_heading("Điều 1. Phê duyệt", level=1)
    >>> made.save(file)
    >>> document = read_docx(file.getvalue())
    >>> document.text, document.blocks[0].kind
    ('Điều 1. Phê duyệt', 'heading')
    """
    package = Package.open(data, path=path, limits=limits)
    document = _WordReader(package, limits).read()
    if not document.text.strip():
        raise ReadError("E104", path=path)
    return document


@cache
def _symbols() -> dict[tuple[str, int], str]:
    """Give the characters of the symbol fonts, as written in ``symbols.csv``."""
    with (files("parcc_nlp.read") / "symbols.csv").open(encoding="utf-8") as lines:
        return {(row["font"], int(row["code"], 16)): row["character"] for row in csv.DictReader(lines)}


def _symbol(element: etree._Element) -> str:
    """Give the character of a ``w:sym``; one that is not in the table is a bullet."""
    try:
        code = int(element.get(w("char"), ""), 16)
    except ValueError:
        return ""
    font = element.get(w("font"), "").lower()
    if (known := _symbols().get((font, code & 0xFF))) is not None and (code >= _PRIVATE_USE or code <= 0xFF):  # noqa: PLR2004  # one byte
        return known
    if 0x20 <= code < 0xD800:  # noqa: PLR2004  # a character of Unicode itself
        return chr(code)
    return "•"


def is_on(element: etree._Element | None) -> bool:
    """Say whether a property that can be switched is on."""
    return element is not None and element.get(w("val"), "1") not in {"0", "false", "off"}


def _number(element: etree._Element | None, default: int) -> int:
    try:
        return default if element is None else int(element.get(w("val"), ""))
    except ValueError:
        return default


@dataclass(slots=True)
class _Line:
    """A paragraph while its runs are read."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    font: str = ""
    """The font of the paragraph's style, for runs that name none."""


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    label: str | None
    kind: BlockKind
    origin: Origin
    boxes: tuple[etree._Element, ...]


@dataclass(slots=True)
class Fields:
    """Which part of the fields around a run is shown: their results, never their codes."""

    _open: list[bool] = field(default_factory=list)  # True while inside the code

    def turn(self, kind: str | None) -> None:
        """Take in a mark of a field."""
        if kind == "begin":
            self._open.append(True)
        elif kind == "separate" and self._open:
            self._open[-1] = False
        elif kind == "end" and self._open:
            self._open.pop()

    @property
    def shown(self) -> bool:
        """Whether what stands here is shown."""
        return not any(self._open)

    def end_paragraph(self) -> None:
        """End the codes that a paragraph leaves open."""
        # A code ends with its paragraph; without this one lost mark would hide the rest of a document.
        self._open = [False] * len(self._open)


class _WordReader:
    def __init__(self, package: Package, limits: Limits) -> None:
        self._package = package
        self._limits = limits
        self._part = package.main_part()
        tree = package.tree(self._part, required=True)
        assert tree is not None  # noqa: S101  # required=True raises instead
        self._root = tree
        self._related = package.relationships(self._part)
        self._warnings: list[str] = []
        self._numbering = Numbering.of(self._related_tree("numbering"), self._related_tree("styles"))
        self._assembly = Assembly()
        self._fields = Fields()
        self._notes: list[tuple[str, str]] = []
        self._tables = 0
        self._place: dict[etree._Element, int] = {}

    def read(self) -> Document:
        body = self._root.find(w("body"))
        if body is None:
            raise ReadError("E120", path=self._package.path, place=self._part)
        self._enter(self._part, self._root)
        self._blocks(body, depth=0)
        self._read_notes()
        self._read_marginalia()
        source = Source(path=self._package.path, media_type=DOCX, warnings=tuple(dict.fromkeys(self._warnings)))
        return self._assembly.document(source)

    def _related_tree(self, kind: str) -> etree._Element | None:
        for relationship in self._related:
            if relationship.kind == kind:
                tree = self._package.tree(relationship.target, required=False)
                if tree is None:
                    self._warnings.append(f"Thiếu hoặc hỏng phần {relationship.target} trong tệp Word.")
                return tree
        return None

    def _enter(self, part: str, root: etree._Element) -> None:
        self._part = part
        self._place = {element: number for number, element in enumerate(root.iter(w("p")))}
        self._fields = Fields()

    # Blocks -----------------------------------------------------------------------------------------------------------

    def _content(self, container: etree._Element, depth: int) -> Iterator[etree._Element]:
        """Give the paragraphs and tables of a container, wrappers opened, deletions left out."""
        if depth > self._limits.nesting:
            raise ReadError("E132", path=self._package.path, place=self._part, limit=self._limits.nesting)
        for element in container:
            name = local(element)
            if name in {"p", "tbl"}:
                yield element
            elif name in BLOCK_WRAPPERS:
                yield from self._content(element, depth + 1)
            elif name == "AlternateContent":
                yield from self._content(alternative(element), depth + 1)
            elif name == "altChunk":
                self._warnings.append("Phần nhúng từ tệp khác (altChunk) không được đọc.")

    def _paragraphs(self, container: etree._Element, depth: int) -> Iterator[_Paragraph | etree._Element]:
        """Give paragraphs as text and tables as they are; a paragraph whose mark is deleted runs on into the next."""
        carried = _Line()
        for element in self._content(container, depth):
            if local(element) == "tbl":
                if carried.pieces or carried.boxes:
                    yield _Paragraph(
                        "".join(carried.pieces), None, "paragraph", Origin(part=self._part), tuple(carried.boxes)
                    )
                    carried = _Line()
                yield element
                continue
            properties = element.find(w("pPr"))
            carried.font = self._style_font(properties)
            self._inline(element, carried, depth)
            self._fields.end_paragraph()
            if mark_deleted(properties):
                continue
            yield self._paragraph(element, properties, carried)
            carried = _Line()
        if carried.pieces or carried.boxes:
            yield _Paragraph("".join(carried.pieces), None, "paragraph", Origin(part=self._part), tuple(carried.boxes))

    def _paragraph(self, element: etree._Element, properties: etree._Element | None, line: _Line) -> _Paragraph:
        text = "".join(line.pieces).strip()
        origin = Origin(part=self._part, paragraph=self._place.get(element))
        # Word numbers an empty paragraph too, and shows the number.
        label = self._numbering.label(properties)
        shown = None
        if label is not None and text:
            text, shown = f"{label.text}{label.suffix}{text}", label.text
        return _Paragraph(text, shown, self._kind(properties), origin, tuple(line.boxes))

    def _style_font(self, properties: etree._Element | None) -> str:
        """Give the font that the styles of a paragraph name."""
        fonts = (font_of(style.find(w("rPr"))) for style in self._numbering.style_chain(properties))
        return next(filter(None, fonts), "")

    def _kind(self, properties: etree._Element | None) -> BlockKind:
        if properties is not None and (level := properties.find(w("outlineLvl"))) is not None:
            return "heading" if _number(level, 9) < 9 else "paragraph"  # noqa: PLR2004  # 9 is body text
        for style in self._numbering.style_chain(properties):
            level = style.find(f"{w('pPr')}/{w('outlineLvl')}")
            if level is not None:
                return "heading" if _number(level, 9) < 9 else "paragraph"  # noqa: PLR2004  # 9 is body text
            name = style.find(w("name"))
            if name is not None and name.get(w("val"), "").lower() in {"title", "subtitle"}:
                return "heading"
        return "paragraph"

    def _blocks(self, container: etree._Element, *, depth: int, kind: BlockKind | None = None) -> None:
        for item in self._paragraphs(container, depth):
            if not isinstance(item, _Paragraph):
                self._table(item, depth)
                continue
            self._assembly.add_paragraph(item.text, kind=kind or item.kind, origin=item.origin, label=item.label)
            for box in item.boxes:
                self._blocks(box, depth=depth + 1, kind="textbox")

    def _text_of(self, container: etree._Element, depth: int) -> str:
        """Give everything in a container as lines: for cells, notes, headers and footers."""
        lines: list[str] = []
        for item in self._paragraphs(container, depth):
            if isinstance(item, _Paragraph):
                lines.append(item.text)
                lines += [self._text_of(box, depth + 1) for box in item.boxes]
            else:
                rows = self._rows(item, depth)
                lines += ["\t".join(cell.text for cell in row if cell.text) for row in rows]
        return "\n".join(line for line in lines if line.strip())

    # Tables -----------------------------------------------------------------------------------------------------------

    def _table(self, table: etree._Element, depth: int) -> None:
        number = self._tables
        self._tables += 1
        first = next(table.iter(w("p")), None)
        place = None if first is None else self._place.get(first)
        rows = self._rows(table, depth, number=number)
        headings = 0
        for row in self._table_rows(table, depth):
            properties = row.find(w("trPr"))
            if properties is None or not is_on(properties.find(w("tblHeader"))):
                break
            headings += 1
        cells = [cell for row in rows for cell in row]
        if cells:
            origin = Origin(part=self._part, paragraph=place, table=number)
            self._assembly.add_table(cells, header_rows=headings or None, origin=origin)

    def _table_rows(self, table: etree._Element, depth: int) -> list[etree._Element]:
        return [row for row in self._children(table, "tr", depth) if not row_deleted(row)]

    def _children(self, parent: etree._Element, wanted: str, depth: int) -> Iterator[etree._Element]:
        if depth > self._limits.nesting:
            raise ReadError("E132", path=self._package.path, place=self._part, limit=self._limits.nesting)
        for element in parent:
            name = local(element)
            if name == wanted:
                yield element
            elif name in BLOCK_WRAPPERS:
                yield from self._children(element, wanted, depth + 1)
            elif name == "AlternateContent":
                yield from self._children(alternative(element), wanted, depth + 1)

    def _rows(self, table: etree._Element, depth: int, *, number: int | None = None) -> list[list[GridCell]]:
        """Give the cells by rows; a merged cell stands once, with its spans."""
        grid: list[list[GridCell]] = []
        open_above: dict[int, GridCell] = {}
        for row_number, row in enumerate(self._table_rows(table, depth)):
            properties = row.find(w("trPr"))
            before = None if properties is None else properties.find(w("gridBefore"))
            column = min(max(0, _number(before, 0)), self._limits.table_columns)
            cells: list[GridCell] = []
            still_open: dict[int, GridCell] = {}
            for cell in self._children(row, "tc", depth):
                span, merge = self._cell_shape(cell)
                if merge == "left" and cells:
                    cells[-1] = _wider(cells[-1], span)
                    column += span
                    continue
                if merge == "above" and column in open_above:
                    still_open[column] = _taller(grid, open_above[column], row_number)
                    column += span
                    continue
                found = self._cell(cell, (row_number, column), span, depth, number)
                cells.append(found)
                if merge == "start":
                    still_open[column] = found
                column += span
                if column > self._limits.table_columns:
                    raise ReadError(
                        "E131", path=self._package.path, place=self._part, what=f"> {self._limits.table_columns} cột"
                    )
            open_above = still_open
            grid.append(cells)
        return grid

    def _cell_shape(self, cell: etree._Element) -> tuple[int, str]:
        """Give the columns a cell covers and whether it goes on from the left or from above."""
        properties = cell.find(w("tcPr"))
        if properties is None:
            return 1, ""
        span = max(1, _number(properties.find(w("gridSpan")), 1))
        vertical, horizontal = properties.find(w("vMerge")), properties.find(w("hMerge"))
        if horizontal is not None and horizontal.get(w("val"), "continue") != "restart":
            return span, "left"
        if vertical is not None:
            return span, "start" if vertical.get(w("val"), "continue") == "restart" else "above"
        return span, ""

    def _cell(self, cell: etree._Element, place: tuple[int, int], span: int, depth: int, table: int | None) -> GridCell:
        first = next(cell.iter(w("p")), None)
        paragraph = None if first is None else self._place.get(first)
        row, column = place
        origin = Origin(part=self._part, paragraph=paragraph, table=table, row=row, column=column)
        # A tab inside a cell would look like the border between two.
        text = self._text_of(cell, depth + 1) if any(True for _ in cell) else ""
        nested = any(local(child) == "tbl" for child in cell)
        return GridCell(row, column, text if nested else text.replace("\t", " "), 1, span, origin)

    # Runs -------------------------------------------------------------------------------------------------------------

    def _inline(self, parent: etree._Element, line: _Line, depth: int) -> None:
        if depth > self._limits.nesting:
            raise ReadError("E132", path=self._package.path, place=self._part, limit=self._limits.nesting)
        for element in parent:
            name = local(element)
            if name == "r":
                self._run(element, line, depth)
            elif name in INLINE_WRAPPERS:
                self._inline(element, line, depth + 1)
            elif name == "AlternateContent":
                self._inline(alternative(element), line, depth + 1)
            elif name in {"oMath", "oMathPara"} and self._fields.shown:
                line.pieces += [t.text for t in element.iter() if local(t) == "t" and t.text]

    def _run(self, run: etree._Element, line: _Line, depth: int) -> None:
        properties = run.find(w("rPr"))
        hidden = properties is not None and is_on(properties.find(w("vanish")))
        font = font_of(properties) or line.font
        for element in run:
            name = local(element)
            if name == "fldChar":
                self._fields.turn(element.get(w("fldCharType")))
            elif hidden or not self._fields.shown:
                continue
            elif (text := run_text(name, element, font)) is not None:
                line.pieces.append(text)
                if font.startswith(_LEGACY_FONTS) and not text.isascii():
                    self._warnings.append(f"Chữ phông {font} được đổi sang Unicode.")
            elif name in {"footnoteReference", "endnoteReference"}:
                self._notes.append((name.removesuffix("Reference"), element.get(w("id"), "")))
            elif name == "ruby":
                self._inline(element, line, depth + 1)
            elif name in GRAPHICS:
                line.boxes += self._boxes(element, depth)
            elif name == "AlternateContent":
                self._run(alternative(element), line, depth + 1)

    def _boxes(self, graphic: etree._Element, depth: int) -> list[etree._Element]:
        """Give the outermost text boxes of a drawing, each once."""
        if depth > self._limits.nesting:
            raise ReadError("E132", path=self._package.path, place=self._part, limit=self._limits.nesting)
        found: list[etree._Element] = []
        for element in graphic:
            name = local(element)
            if name == "txbxContent":
                found.append(element)
            elif name == "AlternateContent":
                found += self._boxes(alternative(element), depth + 1)
            elif name:
                found += self._boxes(element, depth + 1)
        return found

    # Other parts ------------------------------------------------------------------------------------------------------

    def _read_notes(self) -> None:
        """Append the notes that the body refers to, in the order of the references."""
        for kind in ("footnote", "endnote"):
            wanted = [note_id for note_kind, note_id in self._notes if note_kind == kind]
            part = next((r.target for r in self._related if r.kind == f"{kind}s"), None)
            tree = None if part is None else self._package.tree(part, required=False)
            if not wanted or part is None:
                continue
            if tree is None:
                self._warnings.append(f"Thiếu hoặc hỏng phần {part} trong tệp Word.")
                continue
            self._enter(part, tree)
            by_id = {note.get(w("id"), ""): note for note in tree if local(note) == kind}
            for number, note_id in enumerate(dict.fromkeys(wanted), start=1):
                note = by_id.get(note_id)
                if note is None:
                    continue
                first = next(note.iter(w("p")), None)
                origin = Origin(part=part, paragraph=None if first is None else self._place.get(first))
                text = self._text_of(note, 0).strip()
                if text:
                    label = str(number)
                    self._assembly.add_paragraph(f"{label} {text}", kind="footnote", origin=origin, label=label)

    def _read_marginalia(self) -> None:
        for relationship in self._related:
            if relationship.kind not in {"header", "footer"}:
                continue
            tree = self._package.tree(relationship.target, required=False)
            if tree is not None:
                self._enter(relationship.target, tree)
                self._assembly.add_marginal(self._text_of(tree, 0))


def font_of(properties: etree._Element | None) -> str:
    """Give the font that run properties name, empty if none."""
    fonts = None if properties is None else properties.find(w("rFonts"))
    return "" if fonts is None else fonts.get(w("ascii")) or fonts.get(w("hAnsi")) or ""


def run_text(name: str, element: etree._Element, font: str) -> str | None:
    """Give what a child of a run prints in its font, None if it is no text."""
    if name == "softHyphen" and font.startswith(".Vn"):
        # The code of "ư" in TCVN3.
        return "Ư" if font.endswith("H") else "ư"
    if name == "t":
        return in_unicode(element.text or "", font)
    if name == "sym":
        return _symbol(element)
    return _PLAIN_MARKS.get(name)


def in_unicode(text: str, font: str) -> str:
    """Decode text set in a font from before Unicode; those whose name ends in H show capitals."""
    if font.startswith(".Vn"):
        text = legacy_to_unicode(text, "tcvn3")
        return text.upper() if font.endswith("H") else text
    return legacy_to_unicode(text, "vni") if font.startswith("VNI-") else text


def alternative(element: etree._Element) -> etree._Element:
    """Give the one branch of an ``mc:AlternateContent`` that Word shows."""
    branches = {local(branch): branch for branch in reversed(element)}
    return branches.get("Choice", branches.get("Fallback", element[0] if len(element) else element))


def mark_deleted(properties: etree._Element | None) -> bool:
    """Whether the end of the paragraph is deleted or moved away, so that it runs on into the next one."""
    mark = None if properties is None else properties.find(w("rPr"))
    return mark is not None and (mark.find(w("del")) is not None or mark.find(w("moveFrom")) is not None)


def row_deleted(row: etree._Element) -> bool:
    """Say whether a row is deleted in a change that is tracked."""
    properties = row.find(w("trPr"))
    return properties is not None and properties.find(w("del")) is not None


def _wider(cell: GridCell, by: int) -> GridCell:
    return GridCell(cell.row, cell.column, cell.text, cell.row_span, cell.column_span + by, cell.origin)


def _taller(grid: list[list[GridCell]], cell: GridCell, last_row: int) -> GridCell:
    """Stretch a cell of an earlier row down to `last_row`."""
    row = grid[cell.row]
    at = next(index for index, known in enumerate(row) if known.column == cell.column)
    taller = GridCell(cell.row, cell.column, row[at].text, last_row - cell.row + 1, row[at].column_span, row[at].origin)
    row[at] = taller
    return taller
