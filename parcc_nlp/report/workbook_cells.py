"""Cells that hold text and nothing but text, and a workbook that is the same bytes for the same content."""

from __future__ import annotations

import math
import re
import struct
import zipfile
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.writer.excel import ExcelWriter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["ROWS", "Book", "Column", "Entry", "Look", "Sheet", "cell_text"]

Look = Literal["plain", "head", "link", "aside", "note", "error", "warning", "info", "unknown"]
"""How a cell looks. Severities have a colour, and always a word; a note runs on over the cells beside it."""

ROWS = 1_048_576
_LONGEST = 32_767  # units of UTF-16 in a cell
_LINKS = 65_000  # links of a sheet; Excel takes 65,530
# Signs that a spreadsheet takes for the beginning of a formula when somebody edits the cell (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# What XML cannot hold, what no cell shows, and the marks that reorder text on screen; tab and line break stay.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_FONT, _SIZE, _RULE = "Times New Roman", 11, "D9D5CC"
_SEVERE = frozenset({"error", "warning", "info", "unknown"})
_COLOURS: Mapping[str, tuple[str, str | None]] = {
    "head": ("1C1B19", "D9E2EC"),
    "link": ("0B4F8A", None),
    "aside": ("5B5750", None),
    "note": ("5B5750", None),
    "error": ("8A1313", "FDE3E1"),
    "warning": ("5C4300", "FFF0C7"),
    "info": ("114A80", "E3EEFA"),
    "unknown": ("46327E", "ECE7F9"),
}
_A4 = 9
_MARGIN = 0.4  # inches
_LINE, _HIGHEST = 14.5, 409.0  # points
_FILLED = 0.95  # how much of a line words fill before they wrap
_NO_DAY = datetime(1980, 1, 1)  # noqa: DTZ001 - the first moment a package can name, said instead of today
_MIDNIGHT = struct.pack("<HH", 0, 33)  # the same as a package writes it


def cell_text(text: str, *, cut: str = " …") -> str:
    """Give a text as a cell can hold it.

    Parameters
    ----------
    text
        Anything.
    cut
        What stands at the end of a text that is longer than a cell.

    Returns
    -------
    str
        Without control characters, at most 32,767 units of UTF-16.

    Examples
    --------
    >>> cell_text("Điều\\x00 1\\n=1+1")
    'Điều 1\\n=1+1'
    >>> len(cell_text("a" * 40_000)), cell_text("a" * 40_000)[-3:]
    (32767, 'a …')
    """
    text = _UNSAFE.sub("", text)
    if 2 * len(text) <= _LONGEST:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * _LONGEST:
        return text
    return units[: 2 * (_LONGEST - len(cut))].decode("utf-16-le", errors="ignore") + cut


class Column(NamedTuple):
    """A column: its heading and its width in characters."""

    heading: str
    width: float


class Entry(NamedTuple):
    """What stands in a cell: a value, its look, and where it leads: to a file, or to a place in the workbook."""

    value: str | int | None
    look: Look = "plain"
    file: str | None = None
    place: str | None = None


class _Style(NamedTuple):
    """What decides on a style; `quoted` keeps a text a text when somebody edits the cell."""

    look: Look
    number: bool
    quoted: bool


class Sheet:
    """A table of the workbook; one that is longer than a sheet goes on on the next.

    Rows are written as they come and not kept.

    Parameters
    ----------
    book
        The workbook.
    title
        The name of the sheet; those it goes on on are numbered.
    columns
        Headings and widths.
    printed
        How many columns are printed, from the left.
    """

    def __init__(self, book: Book, title: str, columns: Sequence[Column], *, printed: int) -> None:
        self._book = book
        self._title = title
        self._columns = columns
        self._printed = printed
        self._sheet: Any = None
        self._parts = self._row = self._links = self._filtered = 0

    def add(self, entries: Sequence[Entry], *, apart: bool = False) -> None:
        """Write a row; one that stands apart (sums, notes) is not sorted or filtered with the others."""
        if self._sheet is None or self._row == self._book.rows:
            self._begin()
        self._write(entries)
        if not apart:
            self._filtered = self._row

    def close(self) -> None:
        """Write what stands around the rows; a table without rows is its heading."""
        if self._sheet is None:
            self._begin()
        self._end()

    def _begin(self) -> None:
        """Begin a sheet: heading, widths, how it is printed."""
        self._end()
        self._parts += 1
        title = self._title if self._parts == 1 else f"{self._title} ({self._parts})"
        self._sheet = self._book.workbook.create_sheet(title)
        for number, column in enumerate(self._columns, 1):
            self._sheet.column_dimensions[get_column_letter(number)].width = column.width
        self._sheet.freeze_panes = "A2"
        self._sheet.print_title_rows = "1:1"
        self._sheet.page_setup.orientation = "landscape"
        self._sheet.page_setup.paperSize = _A4
        self._sheet.page_setup.fitToWidth = 1
        self._sheet.page_setup.fitToHeight = 0
        self._sheet.sheet_properties.pageSetUpPr.fitToPage = True
        self._sheet.oddFooter.center.text = self._book.footer
        self._sheet.oddHeader.left.text = title
        margins = self._sheet.page_margins
        margins.left = margins.right = _MARGIN
        self._row = self._links = 0
        self._filtered = 1
        self._write([Entry(column.heading, "head") for column in self._columns])

    def _end(self) -> None:
        """End a sheet: what is filtered and what is printed."""
        if self._sheet is not None:
            self._sheet.auto_filter.ref = f"A1:{get_column_letter(len(self._columns))}{self._filtered}"
            self._sheet.print_area = f"A1:{get_column_letter(self._printed)}{self._row}"

    def _write(self, entries: Sequence[Entry]) -> None:
        self._row += 1
        # Not every program fits rows to their text by itself.
        self._sheet.row_dimensions[self._row].height = self._height(entries)
        self._sheet.append([self._cell(entry) for entry in entries])
        del self._sheet.row_dimensions[self._row]

    def _height(self, entries: Sequence[Entry]) -> float:
        """Estimate how high a row is."""
        lines = max(
            (
                sum(max(1, math.ceil(len(line) / (column.width * _FILLED))) for line in entry.value.split("\n"))
                for entry, column in zip(entries, self._columns, strict=False)
                if isinstance(entry.value, str) and entry.look != "note"
            ),
            default=1,
        )
        return min(lines * _LINE + 1, _HIGHEST)

    def _cell(self, entry: Entry) -> Any:
        """Make a cell whose text stays text, whatever it begins with."""
        value, look = entry.value, entry.look
        cell = WriteOnlyCell(self._sheet)
        leads = (entry.file or entry.place) is not None and value not in {None, ""} and self._links < _LINKS
        if isinstance(value, str):
            value = cell_text(value, cut=self._book.cut)
            cell.value = value
            cell.data_type = "s"
        else:
            cell.value = value
        kind = _Style(
            "link" if leads else look, isinstance(value, int), isinstance(value, str) and value.startswith(_FORMULA)
        )
        cell._style = self._book.style(kind)  # noqa: SLF001 - styles are made once
        if leads:
            self._links += 1
            cell.hyperlink = Hyperlink(ref="", target=entry.file, location=entry.place)
        return cell


class Book:
    """A workbook being written.

    Parameters
    ----------
    title
        What the workbook is called in its properties.
    footer
        What stands at the foot of printed pages.
    cut
        What stands at the end of a text that is longer than a cell.
    rows
        How many rows a sheet holds.

    Examples
    --------
    >>> book = Book("Danh sách")
    >>> sheet = book.sheet("Tờ 1", [Column("Nội dung", 40)])
    >>> sheet.add([Entry("=1+1")])
    >>> sheet.close()
    >>> from openpyxl import load_workbook
    >>> cell = load_workbook(BytesIO(book.written()))["Tờ 1"]["A2"]
    >>> cell.value, cell.data_type
    ('=1+1', 's')
    """

    def __init__(self, title: str, *, footer: str = "&P / &N", cut: str = " …", rows: int = ROWS) -> None:
        self.title, self.footer, self.cut, self.rows = title, footer, cut, rows
        self.workbook = Workbook(write_only=True)
        self._styles: dict[_Style, Any] = {}

    def sheet(self, title: str, columns: Sequence[Column], *, printed: int | None = None) -> Sheet:
        """Begin a table; `printed` says how many of its columns are printed, all by default."""
        return Sheet(self, title, columns, printed=len(columns) if printed is None else printed)

    def style(self, kind: _Style) -> Any:
        """Give a style, made once."""
        if kind not in self._styles:
            self._styles[kind] = _made(self.workbook, kind)
        return self._styles[kind]

    def written(self) -> bytes:
        """Give the file: the same bytes for the same content, on any day."""
        properties = self.workbook.properties
        properties.creator, properties.title = "parcc_nlp", cell_text(self.title)
        properties.created = properties.modified = _NO_DAY
        file = BytesIO()
        ExcelWriter(self.workbook, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)).save()
        return _undated(file.getvalue())


def _made(workbook: Workbook, kind: _Style) -> Any:
    """Make a style."""
    look = kind.look
    sheet = workbook.worksheets[0]
    cell = WriteOnlyCell(sheet)
    centred = "center" if kind.number else None
    cell.alignment = Alignment(horizontal=centred, vertical="top", wrap_text=look != "note")
    ink, ground = _COLOURS.get(look, (None, None))
    cell.font = Font(
        name=_FONT,
        size=_SIZE,
        bold=look == "head" or look in _SEVERE,
        italic=look in {"aside", "note"},
        underline="single" if look == "link" else None,
        color=ink,
    )
    if ground is not None:
        cell.fill = PatternFill("solid", fgColor=ground)
    if look != "note":
        line = Side(style="thin", color=_RULE)
        cell.border = Border(line, line, line, line)
    cell.quotePrefix = kind.quoted
    return cell._style  # noqa: SLF001 - shared by all cells of the look


def _undated(package: bytes) -> bytes:
    """Set the time of every member to one and the same; the clock of the machine is nobody's finding."""
    with zipfile.ZipFile(BytesIO(package)) as archive:
        infos, at = archive.infolist(), archive.start_dir
    data = bytearray(package)
    for info in infos:
        data[info.header_offset + 10 : info.header_offset + 14] = _MIDNIGHT
        data[at + 12 : at + 16] = _MIDNIGHT
        at += 46 + sum(struct.unpack_from("<3H", data, at + 28))
    return bytes(data)
