"""HTML pages: what a browser shows of them, without menus, scripts and styles; nothing is fetched."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from parcc_nlp.errors import ReadError
from parcc_nlp.model import BlockKind, Document, Origin, Source
from parcc_nlp.read.assembly import Assembly, GridCell
from parcc_nlp.read.detect import HTML
from parcc_nlp.read.encoding import decode
from parcc_nlp.read.limits import DEFAULT_LIMITS, Limits
from parcc_nlp.read.numbering import formatted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml import etree

__all__ = ["read_html"]

# What a browser does not show, or shows as controls.
_DROPPED = frozenset(
    {"script", "style", "nav", "head", "title", "noscript", "template", "iframe", "object", "embed", "svg", "canvas"}
    | {"button", "select", "input", "textarea", "audio", "video", "map", "dialog"}
)
_BLOCKS = frozenset(
    {"p", "div", "section", "article", "main", "header", "footer", "aside", "address", "blockquote", "pre", "center"}
    | {"ul", "ol", "li", "dl", "dt", "dd", "figure", "figcaption", "fieldset", "hr", "body", "html", "caption", "form"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "details", "summary"}
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_WHITE = re.compile(r"[ \t\n\r\f]+")
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-:]{2,40})", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LIST_FORMATS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "1": "decimal"}
_SNIFFED = 4096
_DEPTH = 256  # of libxml2


def read_html(data: bytes, *, path: str | None = None, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read an HTML page.

    Parameters
    ----------
    data
        The whole file.
    path
        The name that errors give the file.
    limits
        Bounds on size, tags and nesting.

    Returns
    -------
    Document
        One block a paragraph, list item (with its number) or heading; tables with their merged cells.

    Raises
    ------
    ReadError
        E104 for a page without text, E108 for an encoding that is not known, E130 to E132 above the limits.

    Examples
    --------
    >>> page = "<h1>Quyết định</h1><ol start=2><li>Phê duyệt<li>Giao</ol><script>x()</script>"
    >>> read_html(page.encode()).text
    'Quyết định\\n2. Phê duyệt\\n3. Giao'
    """
    from lxml import etree  # noqa: PLC0415  # heavy, only where needed

    if len(data) > limits.markup_bytes:
        raise ReadError("E130", path=path, size=len(data), limit=limits.markup_bytes)
    if (tags := data.count(b"<")) > limits.markup_tags:
        raise ReadError("E131", path=path, what=f"{tags} > {limits.markup_tags}")
    text, warnings = _decoded(data, path)
    # libxml2 drops what stands behind a NUL, and cannot take lone surrogates.
    text = text.replace("\x00", "")
    parser = etree.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = etree.fromstring(text.encode("utf-8", errors="replace"), parser)
    except etree.XMLSyntaxError as error:
        _refuse_cut(parser.error_log, path)
        raise ReadError("E104", path=path) from error
    _refuse_cut(parser.error_log, path)
    if root is None:
        raise ReadError("E104", path=path)
    walk = _Walk(limits, path)
    walk.run(root)
    if walk.assembly.is_empty:
        raise ReadError("E104", path=path)
    return walk.assembly.document(Source(path=path, media_type=HTML, warnings=warnings))


def _refuse_cut(log: Iterable[etree._LogEntry], path: str | None) -> None:
    """Refuse a page of which libxml2 silently dropped what was beyond its limits."""
    for entry in log:
        if "XML_PARSE_HUGE" in entry.message:
            if "depth" in entry.message:
                raise ReadError("E132", path=path, limit=_DEPTH)
            raise ReadError("E131", path=path, what=entry.message.split(",")[0].strip())


def _decoded(data: bytes, path: str | None) -> tuple[str, tuple[str, ...]]:
    """Decode by mark, by what the page says of itself if that is true, else as any text."""
    declared = _META.search(data[:_SNIFFED])
    if declared and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        name = declared.group(1).decode("ascii").lower()
        if name in {"utf-8", "utf8"} or not _is_utf8(data):
            try:
                if codecs.lookup(name).name not in {"utf-8", "utf-16", "utf-16-le", "utf-16-be", "iso8859-1", "cp1252"}:
                    return data.decode(name), ()
            except (LookupError, UnicodeDecodeError, ValueError):
                pass
    found = decode(data, path=path)
    return found.text, ((f"Bảng mã {found.encoding} được đổi sang Unicode.",) if found.legacy else ())


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


@dataclass(slots=True)
class _List:
    ordered: bool
    format: str
    next: int


@dataclass(slots=True)
class _OpenTable:
    """A table being read: the cells so far and the columns that cells from above still cover."""

    cells: list[GridCell] = field(default_factory=list)
    row: int = -1
    column: int = 0
    covered: dict[int, int] = field(default_factory=dict)
    headers: int = 0
    all_headers: bool = True
    cell: tuple[int, int, int, int] | None = None
    lines: list[str] = field(default_factory=list)


class _Walk:
    """Goes through the tree event by event, so that its depth costs nothing."""

    def __init__(self, limits: Limits, path: str | None) -> None:
        self.assembly = Assembly()
        self._limits = limits
        self._path = path
        self._pieces: list[str] = []
        self._kinds: list[BlockKind] = []
        self._lists: list[_List] = []
        self._tables: list[_OpenTable] = []
        self._number = 0
        self._table_number = 0
        self._label: str | None = None
        self._preformatted = 0

    def run(self, root: etree._Element) -> None:
        from lxml import etree  # noqa: PLC0415  # heavy, only where needed

        skipped: etree._Element | None = None
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if skipped is not None:
                if event == "end" and element is skipped:
                    skipped = None
                    self._text(element.tail)
                continue
            tag = element.tag.lower() if isinstance(element.tag, str) else ""
            if event == "start":
                if not tag or self._is_dropped(tag, element):
                    skipped = element
                    continue
                self._start(tag, element)
                self._text(element.text)
            else:
                self._end(tag)
                self._text(element.tail)
        self._flush()
        while self._tables:
            self._close_table()

    @staticmethod
    def _is_dropped(tag: str, element: etree._Element) -> bool:
        if tag in _DROPPED:
            return True
        return (
            element.get("hidden") is not None
            or element.get("role") == "navigation"
            or _HIDDEN.search(element.get("style") or "") is not None
        )

    def _text(self, text: str | None) -> None:
        if not text:
            return
        if self._preformatted:
            self._pieces.append(text)
        else:
            self._pieces.append(_WHITE.sub(" ", text))

    def _start(self, tag: str, element: etree._Element) -> None:
        if tag == "br":
            self._pieces.append("\n")
        elif tag == "table":
            self._flush()
            if len(self._tables) >= self._limits.nesting:
                raise ReadError("E132", path=self._path, limit=self._limits.nesting)
            self._tables.append(_OpenTable())
        elif tag == "tr":
            self._start_row()
        elif tag in {"td", "th"}:
            self._start_cell(tag, element)
        elif tag in _BLOCKS:
            self._flush()
            self._start_block(tag, element)

    def _start_block(self, tag: str, element: etree._Element) -> None:
        if tag in _HEADINGS:
            self._kinds.append("heading")
        elif tag == "pre":
            self._preformatted += 1
        elif tag in {"ol", "ul"}:
            kind = _LIST_FORMATS.get(element.get("type") or "1", "decimal")
            self._lists.append(_List(tag == "ol", kind, _integer(element.get("start"), 1)))
        elif tag == "li":
            if not self._lists:
                self._label = "-"
                return
            current = self._lists[-1]
            if current.ordered:
                current.next = _integer(element.get("value"), current.next)
                self._label = f"{formatted(current.next, current.format)}."
                current.next += 1
            else:
                self._label = "-"

    def _end(self, tag: str) -> None:
        if tag == "table":
            self._flush()
            self._close_table()
        elif tag in {"td", "th"}:
            self._end_cell()
        elif tag == "thead" and self._tables:
            table = self._tables[-1]
            table.headers = table.row + 1
        elif tag in _BLOCKS:
            self._flush()
            if tag in _HEADINGS and self._kinds:
                self._kinds.pop()
            elif tag == "pre":
                self._preformatted = max(0, self._preformatted - 1)
            elif tag in {"ol", "ul"} and self._lists:
                self._lists.pop()
            elif tag == "li":
                self._label = None

    def _flush(self) -> None:
        """Close the paragraph that is open."""
        raw = "".join(self._pieces)
        self._pieces.clear()
        lines = [line if self._preformatted else _WHITE.sub(" ", line).strip(" ") for line in raw.split("\n")]
        text = "\n".join(line for line in lines if line.strip())
        if not text.strip():
            return
        label, self._label = self._label, None
        if label:
            text = f"{label} {text.lstrip()}"
        if self._tables and self._tables[-1].cell is not None:
            self._tables[-1].lines.append(text)
            return
        kind = self._kinds[-1] if self._kinds else "paragraph"
        self.assembly.add_paragraph(text, kind=kind, origin=Origin(paragraph=self._number), label=label)
        self._number += 1

    def _start_row(self) -> None:
        self._flush()
        if not self._tables:
            return
        table = self._tables[-1]
        table.row += 1
        table.column = 0
        table.all_headers = True
        table.covered = {column: left - 1 for column, left in table.covered.items() if left > 1}

    def _start_cell(self, tag: str, element: etree._Element) -> None:
        self._flush()
        if not self._tables:
            return
        if self._tables[-1].cell is not None:
            self._end_cell()
        table = self._tables[-1]
        if table.row < 0:
            self._start_row()
        while table.covered.get(table.column, 0) > 0:
            table.column += 1
        most = self._limits.table_columns
        wide = min(max(1, _integer(element.get("colspan"), 1)), most)
        tall = min(max(1, _integer(element.get("rowspan"), 1)), most)
        if table.column + wide > most:
            raise ReadError("E131", path=self._path, what=f"> {most} cột")
        table.cell = (table.row, table.column, tall, wide)
        table.all_headers = table.all_headers and tag == "th"
        if table.all_headers and table.headers == table.row:
            table.headers = table.row + 1
        elif tag == "td" and table.headers == table.row + 1:
            table.headers = table.row

    def _end_cell(self) -> None:
        self._flush()
        if not self._tables or self._tables[-1].cell is None:
            return
        table = self._tables[-1]
        row, column, tall, wide = table.cell or (0, 0, 1, 1)
        origin = Origin(table=self._table_number, row=row, column=column)
        table.cells.append(GridCell(row, column, "\n".join(table.lines), tall, wide, origin))
        if tall > 1:
            for covered in range(column, column + wide):
                table.covered[covered] = tall
        table.column = column + wide
        table.cell = None
        table.lines = []

    def _close_table(self) -> None:
        if not self._tables:
            return
        self._end_cell()
        table = self._tables.pop()
        cells = _within(table.cells)
        if self._tables and self._tables[-1].cell is not None:
            # A table inside a cell is text of the cell.
            rows: dict[int, list[str]] = {}
            for cell in cells:
                if cell.text:
                    rows.setdefault(cell.row, []).append(cell.text)
            self._tables[-1].lines += ["\t".join(texts) for texts in rows.values()]
            return
        if len(cells) == 1 or all(cell.column == 0 and cell.column_span == 1 for cell in cells):
            # A frame for layout, not a table.
            for cell in cells:
                for line in cell.text.split("\n"):
                    self.assembly.add_paragraph(line, origin=Origin(paragraph=self._number))
                    self._number += 1
            return
        self.assembly.add_table(cells, header_rows=table.headers or None, origin=Origin(table=self._table_number))
        self._table_number += 1


def _within(cells: list[GridCell]) -> list[GridCell]:
    """Cut row spans that reach below the last row, as browsers do."""
    rows = max((cell.row for cell in cells), default=-1) + 1
    return [GridCell(c.row, c.column, c.text, min(c.row_span, rows - c.row), c.column_span, c.origin) for c in cells]


def _integer(text: str | None, default: int) -> int:
    try:
        return max(-1_000_000, min(int(text or ""), 1_000_000))
    except ValueError:
        return default
