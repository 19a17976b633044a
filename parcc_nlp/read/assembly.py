"""Puts paragraphs and tables together into one text and remembers where each of them stands in it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from parcc_nlp.model import Block, BlockKind, Cell, Document, Origin, Source, Table

__all__ = ["Assembly", "GridCell", "cleaned"]

# What no document prints: NUL and its kin (tab and line feed are kept), lone surrogates, noncharacters.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_ORDINAL_HEADERS = frozenset({"stt", "tt", "số tt", "số thứ tự", "stt.", "tt."})


def cleaned(text: str) -> str:
    """Give the text in NFC, with line feeds as line ends and without characters that nothing prints.

    Examples
    --------
    >>> cleaned("Đie\\u0302\\u0300u 1\\r\\nKhoa\\u0309n\\x00")
    'Điều 1\\nKhoản'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _UNPRINTABLE.sub("", text))


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell as a reader found it: its place in the grid, its text, where it came from."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    origin: Origin = Origin()


@dataclass(slots=True)
class Assembly:
    """The document while it is being read."""

    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _blocks: list[Block] = field(default_factory=list)
    _tables: list[Table] = field(default_factory=list)
    _marginalia: list[str] = field(default_factory=list)

    def add_paragraph(
        self, text: str, *, kind: BlockKind = "paragraph", origin: Origin | None = None, label: str | None = None
    ) -> None:
        """Append a paragraph as one block; one that holds nothing but space is left out."""
        text = cleaned(text).strip()
        if text:
            start = self._open(text)
            self._blocks.append(Block(kind, start, self._length, origin or Origin(), label))

    def add_table(self, cells: list[GridCell], *, header_rows: int | None = None, origin: Origin | None = None) -> None:
        """Append a table: cells by tabs, rows by line breaks; a place covered from above holds an empty text."""
        cells = [GridCell(c.row, c.column, cleaned(c.text).strip(), c.row_span, c.column_span, c.origin) for c in cells]
        if not any(cell.text for cell in cells):
            return
        self._separate()
        start = self._length
        origin = origin or Origin()
        rows = max(cell.row + cell.row_span for cell in cells)
        columns = max(cell.column + cell.column_span for cell in cells)
        by_row: dict[int, list[GridCell]] = {}
        for cell in cells:
            by_row.setdefault(cell.row, []).append(cell)
        covered: dict[int, set[int]] = {}
        for cell in cells:
            for row in range(cell.row + 1, cell.row + cell.row_span):
                covered.setdefault(row, set()).add(cell.column)
        placed: list[Cell] = []
        for row in range(rows):
            if row:
                self._write("\n")
            own = {cell.column: cell for cell in by_row.get(row, ())}
            for index, column in enumerate(sorted(own.keys() | covered.get(row, set()))):
                if index:
                    self._write("\t")
                if (grid_cell := own.get(column)) is not None:
                    placed.append(self._place(grid_cell))
        self._blocks.append(Block("table", start, self._length, origin))
        heads = _header_rows(cells) if header_rows is None else header_rows
        self._tables.append(Table(start, self._length, rows, columns, tuple(placed), min(heads, rows), origin))

    def add_marginal(self, text: str) -> None:
        """Keep a header or footer apart from the text, once."""
        text = cleaned(text).strip()
        if text and text not in self._marginalia:
            self._marginalia.append(text)

    @property
    def is_empty(self) -> bool:
        """Whether there is no text yet."""
        return not self._blocks

    def document(self, source: Source) -> Document:
        """Close the document."""
        return Document("".join(self._parts), source, tuple(self._blocks), tuple(self._tables), tuple(self._marginalia))

    def _place(self, cell: GridCell) -> Cell:
        start = self._length
        self._write(cell.text)
        return Cell(cell.row, cell.column, start, self._length, cell.row_span, cell.column_span, cell.origin)

    def _open(self, text: str) -> int:
        self._separate()
        start = self._length
        self._write(text)
        return start

    def _separate(self) -> None:
        if self._length:
            self._write("\n")

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)


def _header_rows(cells: list[GridCell]) -> int:
    """Give the rows of the heading: as many as the cell "STT" at the upper left covers."""
    for cell in cells:
        if cell.row == 0 and cell.text.lower() in _ORDINAL_HEADERS:
            return cell.row_span
    return 0
