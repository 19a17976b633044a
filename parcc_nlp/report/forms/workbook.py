"""The papers as Excel workbooks: a sheet a table, set up for printing on A4."""

from __future__ import annotations

import re
import textwrap
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

from parcc_nlp.report.forms.archive import same_bytes
from parcc_nlp.report.forms.filling import (
    as_of_line,
    document_lines,
    finding_tables,
    ground_table,
    list_tables,
    open_lines,
    unknown_table,
)
from parcc_nlp.report.forms.headings import shipped_headings
from parcc_nlp.report.forms.printing import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parcc_nlp.report.forms.filling import FilledRow, FilledTable
    from parcc_nlp.report.forms.headings import Column, Headings
    from parcc_nlp.report.forms.letterhead import Letterhead
    from parcc_nlp.report.forms.sheet import ReviewSheet
    from parcc_nlp.report.forms.status_lists import ListGroup, StatusLists

__all__ = ["review_sheet_xlsx", "status_lists_xlsx"]

_LONGEST = 32_767  # UTF-16 units of a cell, a limit of the format
_CUT = " …"
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""What a spreadsheet would read as the number of a character in the words of a document."""
_FORMULA = ("=", "+", "-", "@")
_FONT = "Times New Roman"
_SIZE, _TITLE_SIZE = 12, 14
_ACROSS, _UPRIGHT = 150.0, 95.0  # characters over an A4 page
_A_SHARE = 5.0  # characters a share of the width has at least; a wider page is printed smaller
_LINE, _HIGHEST = 16.0, 409.0  # points a line of text takes, and a row at most, a limit of the format
_MARGINS = {"left": 30, "right": 15, "top": 20, "bottom": 20}  # millimetres, NĐ 30/2020/NĐ-CP, Phụ lục I
_MILLIMETRES = 25.4
_A4 = 9
_NATION, _MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
_BLANK = "…………………………………"
_DATE = "……, ngày …… tháng …… năm ………"
_DAY_FORMAT = "dd/mm/yyyy"
_STYLES = {
    (False, False): "Ô bảng",
    (False, True): "Ô bảng, giữa",
    (True, False): "Nhãn",
    (True, True): "Đầu cột",
}
"""Names of the styles of cells, by whether they are bold and whether centred."""
_DAY = ", ngày"
_LINES_TO_WRITE_ON = 4


def review_sheet_xlsx(sheet: ReviewSheet, *, headings: Headings | None = None) -> bytes:
    """Write a review sheet as a workbook: the document, the grounds, the findings, what is not known, a sheet each.

    Parameters
    ----------
    sheet
        What `review_sheet` gave.
    headings
        Titles and headings; those that come with the library by default.

    Returns
    -------
    bytes
        The file; the same for the same sheet and headings. Text stays text: nothing in it is a formula.

    Examples
    --------
    >>> from parcc_nlp.model import Coverage, Extraction, Review, Source
    >>> from parcc_nlp.report.forms import review_sheet
    >>> sheet = review_sheet(Extraction("Điều 1."), Review("2026-11-23", Source(), Coverage(0, 0, 0, 0, 0, ()), ()))
    >>> review_sheet_xlsx(sheet)[:2]
    b'PK'
    """
    known = headings or shipped_headings()
    book = _book()
    form = known.tables["review_sheet"]
    page = _Page(book, form.sheet, (1.0, 1.6), across=False)
    page.letterhead(sheet.letterhead)
    page.title(known.title("review_sheet"), form.form_number)
    page.line(one_line(sheet.name), bold=True, centred=True)
    for note in known.notes("review_sheet", "grounds", "findings_workbook", "unknown"):
        page.line(note, italic=True)
    page.pairs(document_lines(sheet, known))
    for told in (*open_lines(sheet, known), known.label("advice")):
        page.line(told, italic=True)
    for key in ("opinion", "proposal", "leader"):
        page.to_write_on(known.label(key))
    page.signatures(known)
    found = [table for _, _, table in finding_tables(sheet, known, "findings_workbook")]
    no_grounds = known.label("no_grounds" if sheet.grounds is not None else "no_grounds_undated")
    _table_page(book, ground_table(sheet, known), no_grounds)
    if found:
        _table_page(book, replace(found[0], rows=tuple(row for table in found for row in table.rows)), "")
    _table_page(book, unknown_table(sheet, known), known.label("no_unknown"))
    return _content(book, title=one_line(sheet.name), day=sheet.days[-1] if sheet.days else None)


def status_lists_xlsx(
    lists: StatusLists, *, groups: Iterable[ListGroup | str] | None = None, headings: Headings | None = None
) -> bytes:
    """Write lists of instruments as a workbook, a sheet a list.

    Parameters
    ----------
    lists
        What `status_lists` or `cited_lists` gave.
    groups
        The lists to write, as for `status_lists_docx`.
    headings
        Titles and headings; those that come with the library by default.

    Returns
    -------
    bytes
        The file; the same for the same lists and headings. Text stays text: nothing in it is a formula. Whole dates
        are dates, so that a list can be sorted by them.

    Examples
    --------
    >>> from parcc_nlp.registry import Registry
    >>> from parcc_nlp.report.forms import status_lists
    >>> answer = Registry.shipped().status("45/2025/NĐ-CP", on="2026-11-23")
    >>> status_lists_xlsx(status_lists([answer]))[:2]
    b'PK'
    """
    known = headings or shipped_headings()
    book = _book()
    tables = list_tables(lists, known, groups)
    for table in tables:
        page = _table_page(
            book,
            table,
            known.label("no_rows"),
            letterhead=lists.letterhead,
            above=(as_of_line(lists, known), *known.notes(table.form.name)),
        )
        page.line("")
        page.line(known.label("count", count=len(table.rows)), italic=True)
    if not tables:
        _Page(book, known.tables["expired"].sheet, (1.0,), across=True).line(known.label("no_rows"))
    return _content(book, title=one_line(tables[0].form.title if tables else ""), day=lists.on)


def _table_page(
    book: Any, table: FilledTable, nothing: str, *, letterhead: Letterhead | None = None, above: Sequence[str] = ()
) -> _Page:
    """Write a table on a sheet of its own; one without rows says that there is nothing."""
    page = _Page(book, table.form.sheet, tuple(column.width for column in table.form.columns), across=True)
    if letterhead is not None:
        page.letterhead(letterhead)
    page.title(table.title, table.form.form_number)
    for told in above:
        page.line(told, italic=True)
    page.headed(table.headings)
    for row in table.rows:
        page.row(row, table.form.columns)
    if not table.rows:
        page.line(nothing, italic=True)
    page.filtered()
    return page


def _book() -> Any:
    """Make an empty workbook."""
    from openpyxl import Workbook  # noqa: PLC0415 - loaded only where a workbook is written

    book = Workbook()
    book.remove(book.active)
    for (bold, centred), name in _STYLES.items():
        for day in (False, True):
            book.add_named_style(_style(f"{name}{_DAY if day else ''}", bold=bold, centred=centred, day=day))
    return book


def _style(name: str, *, bold: bool, centred: bool, day: bool) -> Any:
    """Make a style of the cells of tables: by its name it is set fast, and an office can change it in one place."""
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, Side  # noqa: PLC0415 - as above

    thin = Side(style="thin")
    return NamedStyle(
        name,
        font=Font(name=_FONT, size=_SIZE, bold=bold),
        border=Border(left=thin, right=thin, top=thin, bottom=thin),
        alignment=Alignment(horizontal="center" if centred else "left", vertical="top", wrap_text=True),
        number_format=_DAY_FORMAT if day else "General",
    )


def _content(book: Any, *, title: str, day: str | None) -> bytes:
    file = BytesIO()
    book.save(file)
    return same_bytes(file.getvalue(), title=title, day=day)


def _text(cell: Any, value: str) -> None:
    """Put a text into a cell as a text, whatever it begins with."""
    cell.value = _fitting(_ESCAPED.sub("_x005F_", value))
    cell.data_type = "s"
    if value.startswith(_FORMULA):
        cell.quotePrefix = True  # so that it stays one when an officer edits the cell


def _fitting(text: str) -> str:
    """Cut a text that no cell can hold, and show that it is cut."""
    encoded = text.encode("utf-16-le")
    if len(encoded) <= 2 * _LONGEST:
        return text
    return encoded[: 2 * (_LONGEST - len(_CUT))].decode("utf-16-le", errors="ignore") + _CUT


def _fitting_in(width: float) -> int:
    """Say how many letters fit in a line of a column; Times New Roman is narrower than what widths are counted in."""
    return max(1, int(width * 1.18))


def _lines_of(line: str, fitting: int) -> int:
    return -(-len(line) // fitting) or 1


def _pieces(text: str, fitting: int) -> list[str]:
    """Cut a text into pieces that a row can be high enough for, between lines and, in longer ones, between words."""
    most = int(_HIGHEST / _LINE)
    pieces: list[list[str]] = [[]]
    left = most
    for line in text.split("\n"):
        for part in textwrap.wrap(line, fitting * most, break_on_hyphens=False) or [""]:
            taken = _lines_of(part, fitting)
            if taken > left:
                pieces.append([])
                left = most
            pieces[-1].append(part)
            left -= taken
    return ["\n".join(piece) for piece in pieces]


class _Page:
    """A sheet that is written from the top down; `widths` are the shares of its columns."""

    def __init__(self, book: Any, name: str, widths: Sequence[float], *, across: bool) -> None:
        from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above

        self._sheet = book.create_sheet(name)
        self._columns = len(widths)
        self._last = 0
        self._head: tuple[int, str] | None = None
        self._letter = get_column_letter
        whole = max(_ACROSS, _A_SHARE * sum(widths)) if across else _UPRIGHT
        self._widths = [whole * width / sum(widths) for width in widths]
        for number, width in enumerate(self._widths, 1):
            self._sheet.column_dimensions[get_column_letter(number)].width = width
        self._set_up(across=across)

    def _set_up(self, *, across: bool) -> None:
        """Set the sheet up for A4: as wide as the page, as many pages long as it takes, pages numbered."""
        setup = self._sheet.page_setup
        setup.paperSize = _A4
        setup.orientation = "landscape" if across else "portrait"
        setup.fitToWidth, setup.fitToHeight = 1, 0
        self._sheet.sheet_properties.pageSetUpPr.fitToPage = True
        for side, millimetres in _MARGINS.items():
            setattr(self._sheet.page_margins, side, millimetres / _MILLIMETRES)
        self._sheet.oddHeader.center.text = "&P"
        self._sheet.sheet_view.showGridLines = False

    def letterhead(self, letterhead: Letterhead) -> None:
        """Write who the paper is from, beside the name and motto of the nation."""
        agency = one_line(letterhead.agency or _BLANK).upper()
        superior = one_line(letterhead.superior or ("" if letterhead.agency else _BLANK)).upper()
        dated = _DATE if letterhead.place is None else one_line(letterhead.place) + _DATE[2:]
        left = [(superior, False), (agency, True)] if superior else [(agency, True), ("", False)]
        right = [(_NATION, True), (_MOTTO, True)]
        if self._columns == 1:  # nothing stands beside anything
            for text, bold in (*left, *right):
                self.line(text, bold=bold, centred=True)
            self.line(dated, italic=True, centred=True)
            return
        for one, other in zip((*left, ("", False)), (*right, (dated, False)), strict=True):
            self._beside(one, other)
        self._last += 1

    def _beside(self, left: tuple[str, bool], right: tuple[str, bool]) -> None:
        """Write two texts on one line, each bold or not, over half of the columns."""
        self._last += 1
        half = self._columns // 2
        self._merged(1, half, *left)
        self._merged(half + 1, self._columns, *right)

    def _merged(self, first: int, last: int, text: str, bold: bool) -> None:  # noqa: FBT001 - one of a pair
        from openpyxl.styles import Alignment, Font  # noqa: PLC0415 - as above

        cell = self._sheet.cell(self._last, first)
        _text(cell, text)
        cell.font = Font(name=_FONT, size=_SIZE, bold=bold, italic=not bold and text.endswith("…"))
        cell.alignment = Alignment(horizontal="center", vertical="top", wrap_text=True)
        if last > first:
            self._sheet.merge_cells(start_row=self._last, start_column=first, end_row=self._last, end_column=last)
        self._high(self._last, text, sum(self._widths[first - 1 : last]))

    def _high(self, row: int, text: str, width: float) -> None:
        """Make a row high enough for a text, which not every spreadsheet does by itself."""
        lines = sum(_lines_of(line, _fitting_in(width)) for line in text.split("\n"))
        standing = self._sheet.row_dimensions[row].height or 0
        self._sheet.row_dimensions[row].height = min(_HIGHEST, max(standing, lines * _LINE))

    def title(self, title: str, form_number: str | None) -> None:
        """Write the title, and the number of the form where it is known."""
        if form_number:
            self.line(form_number, italic=True)
        self.line(title, bold=True, centred=True, size=_TITLE_SIZE)

    def line(
        self, text: str, *, bold: bool = False, italic: bool = False, centred: bool = False, size: int = _SIZE
    ) -> None:
        """Write a line over the whole width."""
        from openpyxl.styles import Alignment, Font  # noqa: PLC0415 - as above

        self._last += 1
        cell = self._sheet.cell(self._last, 1)
        _text(cell, text)
        cell.font = Font(name=_FONT, size=size, bold=bold, italic=italic)
        cell.alignment = Alignment(horizontal="center" if centred else "left", vertical="top", wrap_text=True)
        if self._columns > 1:
            self._sheet.merge_cells(start_row=self._last, start_column=1, end_row=self._last, end_column=self._columns)
        self._high(self._last, text, sum(self._widths))

    def pairs(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Write labels and values."""
        self._last += 1
        for label, value in pairs:
            self._last += 1
            for column, text in enumerate((label, value), 1):
                self._cell(column, text, bold=column == 1)
        self._last += 1

    def headed(self, headings: Sequence[str]) -> None:
        """Write the headings of a table; they are repeated on every printed page and stay in sight on the screen."""
        self._last += 1
        for column, heading in enumerate(headings, 1):
            self._cell(column, heading, bold=True, centred=True)
        self._sheet.freeze_panes = self._sheet.cell(self._last + 1, 1)
        self._sheet.print_title_rows = f"{self._last}:{self._last}"
        self._head = (self._last, self._letter(len(headings)))

    def row(self, row: FilledRow, columns: Sequence[Column]) -> None:
        """Write a row of a table; a column of one day holds a date.

        What no row of a sheet is high enough for goes on in the next one, where the other columns are repeated.
        """
        pieces = [_pieces(text, _fitting_in(width)) for text, width in zip(row.cells, self._widths, strict=True)]
        for part in range(max(map(len, pieces))):
            self._last += 1
            for number, (texts, column) in enumerate(zip(pieces, columns, strict=True), 1):
                text = texts[0] if len(texts) == 1 else texts[part] if part < len(texts) else ""
                day = row.days.get(column.keys[0]) if len(column.keys) == 1 else None
                whole = _date(day) if day else None
                cell = self._cell(number, text, centred=column.align == "center", day=whole is not None)
                if column.keys == ("position",):
                    cell.value = int(text)
                elif whole is not None:
                    cell.value = whole
                    cell.number_format = _DAY_FORMAT  # openpyxl gives a date a format of its own

    def _cell(self, column: int, text: str, *, bold: bool = False, centred: bool = False, day: bool = False) -> Any:
        cell = self._sheet.cell(self._last, column)
        cell.style = f"{_STYLES[bold, centred]}{_DAY if day else ''}"
        _text(cell, text)
        self._high(self._last, text, self._widths[column - 1])
        return cell

    def filtered(self) -> None:
        """Give the table filters."""
        if self._head is not None:
            row, letter = self._head
            self._sheet.auto_filter.ref = f"A{row}:{letter}{max(row, self._last)}"

    def to_write_on(self, title: str) -> None:
        """Leave room for what the officer writes."""
        self.line("")
        self.line(title, bold=True)
        first = self._last + 1
        self._last += _LINES_TO_WRITE_ON
        self._frame(first, self._last)

    def _frame(self, first: int, last: int) -> None:
        from openpyxl.styles import Border, Side  # noqa: PLC0415 - as above

        dotted = Side(style="dotted")
        for row in range(first, last + 1):
            for column in range(1, self._columns + 1):
                self._sheet.cell(row, column).border = Border(bottom=dotted)

    def signatures(self, headings: Headings) -> None:
        """Leave room for dates, signatures and names."""
        self._last += 1
        day, here = (_DATE[4:].capitalize(), False), (headings.label("sign_here"), False)
        self._beside(day, day)
        self._beside((headings.label("reviewer_signs"), True), (headings.label("leader_signs"), True))
        self._beside(here, here)


def _date(day: str) -> date | None:
    """Give a whole day that a spreadsheet can hold as a date."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return None
    return found if found >= _FIRST_DAY else None


_FIRST_DAY = date(1900, 3, 1)  # before it spreadsheets disagree on the calendar
