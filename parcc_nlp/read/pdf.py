"""PDF with a text layer: letters by place, so that columns, tables and paragraphs come out as they are read."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from parcc_nlp.errors import ReadError
from parcc_nlp.model import Document, Origin, Source
from parcc_nlp.read.assembly import Assembly, GridCell
from parcc_nlp.read.detect import PDF
from parcc_nlp.read.limits import DEFAULT_LIMITS, Limits
from parcc_nlp.read.pdf_glyphs import Glyph, GlyphPage, glyph_page, shown_map
from parcc_nlp.read.pdf_layout import Line, flows, lines_of
from parcc_nlp.read.pdf_margins import body_size, footnotes_apart, margins_apart, running_texts
from parcc_nlp.read.pdf_tables import BoxedCell, Grid, continues, grids, joined_grid, rules_of, split_by_grids
from parcc_nlp.read.reflow import Frame, Paragraph, frame_of, joined, paragraphs
from parcc_nlp.read.syllables import marked_words, share_of_syllables
from parcc_nlp.text.legacy import LegacyEncoding, legacy_to_unicode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["read_pdf"]

_STREAM = re.compile(rb"stream\r?\n")
_DIGIT_AMONG_LETTERS = re.compile(r"[A-Za-z]\d|\d[A-Za-z]")
_LEGACY: tuple[LegacyEncoding, ...] = ("tcvn3", "vni")
_FEW_LETTERS = 20  # on a page: less than this beside a picture is a stamp, not a text layer
_COVERED = 0.5  # share of the page a picture covers when the page is a scan
_READABLE = 0.75  # share of marked words that are Vietnamese in a text layer made by OCR
_ENOUGH_WORDS = 40
_SOME_WORDS = 20
_FOREIGN, _CERTAIN = 0.5, 0.9  # share of marked words that are Vietnamese: before decoding at most, after it at least
_TABLE_RULES = 4


@dataclass(slots=True)
class _Page:
    """A page taken apart: flows of lines, tables, size."""

    number: int
    width: float
    height: float
    flows: list[list[Line]]
    tables: list[Grid]
    notes: list[list[Line]] = field(default_factory=list)


def read_pdf(data: bytes, *, path: str | None = None, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read a PDF that has a text layer.

    Columns of letterheads and signatures come one after the other, wrapped lines as paragraphs, tables with their cells
    over page breaks; page numbers and running heads in `Document.marginalia`; footnotes at the end.

    Parameters
    ----------
    data
        The whole file.
    path
        The name that errors give the file.
    limits
        Bounds on pages, letters and compressed streams.

    Returns
    -------
    Document
        Blocks and cells carry page (from 1) and box (points from the top left). `Source.text_layer` is ``"ocr"`` where
        the text lies over pictures of the pages; `Source.warnings` names pages that have no text layer.

    Raises
    ------
    ReadError
        E123 for a damaged file, E124 for one with a password, E125 for a scan without a text layer, E126 for a scan
        whose text layer is not readable, E104 for pages without text or picture, E131 and E133 above the limits.

    Examples
    --------
    >>> read_pdf(b"%PDF-1.7 cut short")
    Traceback (most recent call last):
        ...
    parcc_nlp.errors.ReadError: Tệp PDF bị hỏng hoặc bị cắt cụt. Hãy lấy lại tệp gốc. [E123]
    """
    import pypdfium2  # noqa: PLC0415  # heavy, only where needed

    _refuse_bombs(data, path, limits)
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == pypdfium2.raw.FPDF_ERR_PASSWORD or "password" in str(error).lower()
        raise ReadError("E124" if locked else "E123", path=path) from error
    try:
        return _PdfReader(pdf, path, limits).read()
    finally:
        pdf.close()


def _refuse_bombs(data: bytes, path: str | None, limits: Limits) -> None:
    """Expand every compressed stream within bounds before PDFium does it without."""
    for match in _STREAM.finditer(data):
        start = match.end()
        if data[start : start + 1] not in {b"x", b"h", b"8"}:
            continue  # not a zlib header
        end = data.find(b"endstream", start)
        raw = data[start : end if end > 0 else len(data)]
        for _ in range(3):  # a stream may be compressed more than once
            expanded = _expanded(raw, limits.pdf_stream_bytes)
            if expanded is None:
                raise ReadError("E131", path=path, what=f"> {limits.pdf_stream_bytes} byte")
            if expanded[:1] != b"x" or len(expanded) < 2:  # noqa: PLR2004  # bytes of a header
                break
            raw = expanded


def _expanded(raw: bytes, limit: int) -> bytes | None:
    """Give the beginning of an expanded stream, None where it goes on beyond the limit."""
    engine = zlib.decompressobj()
    size = 0
    kept = b""
    waiting = raw
    try:
        while waiting:
            piece = engine.decompress(waiting, 1 << 20)
            if not piece:
                break
            size += len(piece)
            if size > limit:
                return None
            if len(kept) < 1 << 24:
                kept += piece
            waiting = engine.unconsumed_tail
    except zlib.error:
        pass  # PDFium judges damaged streams
    return kept


class _PdfReader:
    def __init__(self, pdf: Any, path: str | None, limits: Limits) -> None:
        self._pdf = pdf
        self._path = path
        self._limits = limits
        self._warnings: list[str] = []
        self._assembly = Assembly()
        self._tables = 0

    def read(self) -> Document:
        count = len(self._pdf)
        if not count:
            raise ReadError("E123", path=self._path)
        if count > self._limits.pdf_pages:
            raise ReadError("E133", path=self._path, what=f"{count} > {self._limits.pdf_pages} trang")
        pages, layer = self._pages(count)
        heads = running_texts([(page.flows, page.height) for page in pages])
        margins: list[str] = []
        for page in pages:
            page.flows, out = margins_apart(page.flows, page.height, heads)
            margins += out
        usual = body_size([page.flows for page in pages])
        before: list[Line] | None = None
        for page in pages:
            page.flows, running_on, page.notes = footnotes_apart(page.flows, usual, goes_on=before is not None)
            if before is not None:
                before += running_on
            before = page.notes[-1] if page.notes else before if running_on else None
        self._assemble(pages)
        for text in margins:
            self._assembly.add_marginal(text)
        source = Source(path=self._path, media_type=PDF, pages=count, text_layer=layer, warnings=tuple(self._warnings))
        return self._assembly.document(source)

    # Pages ------------------------------------------------------------------------------------------------------------

    def _pages(self, count: int) -> tuple[list[_Page], Literal["native", "ocr"]]:
        """Take all pages apart, and say what the text layer is."""
        pages: list[_Page] = []
        scans: list[int] = []
        broken: list[int] = []
        ocr: list[int] = []
        letters = 0
        for number in range(1, count + 1):
            taken = self._page(number)
            if taken is None:
                broken.append(number)
                continue
            glyphs, page = taken
            printed = sum(not glyph.char.isspace() for glyph in glyphs.glyphs)
            letters += printed
            if letters > self._limits.pdf_characters:
                raise ReadError("E133", path=self._path, what=f"> {self._limits.pdf_characters} ký tự")
            if printed < _FEW_LETTERS and glyphs.picture >= _COVERED:
                scans.append(number)
                continue
            if glyphs.picture >= _COVERED:
                ocr.append(number)
            pages.append(page)
        if not any(page.flows or page.tables for page in pages):
            raise ReadError("E125" if scans else "E123" if broken else "E104", path=self._path)
        pages = self._in_unicode(pages)
        self._judge_layer(pages, ocr)
        if scans:
            self._warnings.append(f"Trang {_list(scans)} là bản quét không có lớp chữ, không đọc được.")
        if broken:
            self._warnings.append(f"Trang {_list(broken)} bị hỏng hoặc quá dày chữ, không đọc được.")
        mostly_ocr = len(ocr) * 2 > len(pages)
        return pages, "ocr" if mostly_ocr else "native"

    def _page(self, number: int) -> tuple[GlyphPage, _Page] | None:
        """Load a page, take what is needed and let it go: a long file must not stay in memory."""
        import pypdfium2  # noqa: PLC0415  # heavy, only where needed

        try:
            page = self._pdf[number - 1]
        except pypdfium2.PdfiumError:
            return None
        try:
            glyphs = glyph_page(page, number, limit=self._limits.pdf_page_characters)
            if glyphs is None:
                return None
            found: list[Grid] = []
            if glyphs.rules >= _TABLE_RULES and glyphs.glyphs:
                found = self._grids(page, glyphs)
            return glyphs, _taken_apart(glyphs, found)
        except pypdfium2.PdfiumError:
            return None
        finally:
            page.close()

    def _grids(self, page: Any, glyphs: GlyphPage) -> list[Grid]:
        shown = shown_map(page, glyphs.width, glyphs.height)
        rules = rules_of(page, shown, limit=self._limits.pdf_page_rules)
        found = None if rules is None else grids(rules, glyphs.number)
        if found is None:
            self._warnings.append(f"Trang {glyphs.number} có quá nhiều đường kẻ, bảng được đọc như văn bản.")
            return []
        return found

    def _in_unicode(self, pages: list[_Page]) -> list[_Page]:
        """Decode a document set in fonts from before Unicode, if its words are Vietnamese only then."""
        texts = [line.text for page in pages for flow in page.flows for line in flow]
        texts += [cell.text for page in pages for grid in page.tables for cell in grid.cells]
        text = "\n".join(texts)
        words = marked_words(text)
        if len(words) >= _SOME_WORDS and share_of_syllables(words) < _FOREIGN:
            for encoding in _LEGACY:
                if share_of_syllables(marked_words(legacy_to_unicode(text, encoding))) > _CERTAIN:
                    self._warnings.append(f"Chữ bảng mã {encoding.upper()} được đổi sang Unicode.")
                    return [_rewritten(page, partial(legacy_to_unicode, encoding=encoding)) for page in pages]
        return [_rewritten(page, _with_hyphens) for page in pages] if "\xad" in text else pages

    def _judge_layer(self, pages: list[_Page], ocr: list[int]) -> None:
        """Refuse a text layer that OCR made without knowing Vietnamese; say so where it made a usable one."""
        if not ocr:
            return
        wanted = set(ocr)
        text = "\n".join(line.text for page in pages if page.number in wanted for flow in page.flows for line in flow)
        if _is_garbled(text):
            if len(wanted) == len(pages):
                raise ReadError("E126", path=self._path)
            pages[:] = [page for page in pages if page.number not in wanted]
            self._warnings.append(f"Trang {_list(ocr)} là bản quét, lớp chữ không đọc được.")
            return
        self._warnings.append(f"Trang {_list(ocr)} là bản quét, lớp chữ do máy nhận dạng có thể sai.")

    # Assembly ---------------------------------------------------------------------------------------------------------

    def _assemble(self, pages: list[_Page]) -> None:
        everything = [line for page in pages for flow in page.flows for line in flow if not line.column]
        overall = frame_of(everything)
        waiting: list[Line] = []
        frame: Frame | None = None
        table: Grid | None = None
        for page in pages:
            own = frame_of([line for flow in page.flows for line in flow if not line.column])
            page_frame = _page_frame(own, overall, page)
            for item in _in_order(page):
                if isinstance(item, Grid):
                    self._flush(waiting, frame or page_frame)
                    waiting = []
                    if table is not None and continues(table, item):
                        table = joined_grid(table, item)
                    else:
                        self._add_table(table)
                        table = item
                    continue
                self._add_table(table)
                table = None
                if item[0].column:
                    self._flush(waiting, frame or page_frame)
                    waiting = []
                    self._flush(item, _column_frame(item), column=True)
                    continue
                if frame is not None and page_frame is not frame and not _alike(frame, page_frame):
                    self._flush(waiting, frame)
                    waiting = []
                frame = page_frame
                waiting += item
        self._flush(waiting, frame or overall)
        self._add_table(table)
        for page in pages:
            for note in page.notes:
                label = re.match(r"\d+", note[0].text)
                self._assembly.add_paragraph(
                    joined([line.text for line in note]),
                    kind="footnote",
                    origin=Origin(page=page.number, box=Paragraph("", tuple(note)).box),
                    label=label.group() if label else None,
                )

    def _flush(self, lines: list[Line], frame: Frame | None, *, column: bool = False) -> None:
        if not lines:
            return
        frame = frame or Frame(lines[0].x0, lines[0].x1, lines[0].size * 1.2)
        for paragraph in paragraphs(lines, frame, setting="column" if column else "body"):
            first = paragraph.lines[0]
            heading = not column and len(paragraph.text) < 300 and all(line.bold for line in paragraph.lines)  # noqa: PLR2004  # longer is text in bold
            self._assembly.add_paragraph(
                paragraph.text,
                kind="heading" if heading else "paragraph",
                origin=Origin(page=first.page, box=paragraph.box),
            )

    def _add_table(self, grid: Grid | None) -> None:
        if grid is None:
            return
        number = self._tables
        self._tables += 1
        cells = [
            GridCell(
                cell.row,
                cell.column,
                cell.text,
                cell.row_span,
                cell.column_span,
                Origin(page=cell.page, box=_rounded(cell.box), table=number, row=cell.row, column=cell.column),
            )
            for cell in grid.cells
        ]
        self._assembly.add_table(cells, origin=Origin(page=grid.page, box=_rounded(grid.box), table=number))


def _rewritten(page: _Page, rewrite: Callable[[str], str]) -> _Page:
    """Write the lines and cells of a page anew."""
    lines = [[replace(line, text=rewrite(line.text)) for line in flow] for flow in page.flows]
    tables = [
        replace(grid, cells=tuple(replace(cell, text=rewrite(cell.text)) for cell in grid.cells))
        for grid in page.tables
    ]
    return replace(page, flows=lines, tables=tables)


def _with_hyphens(text: str) -> str:
    """Write the soft hyphens that Word prints as hyphens as what they look like; in TCVN3 their code is "ư"."""
    return text.replace("\xad", "-")


def _is_garbled(text: str) -> bool:
    """Whether a text is what OCR without Vietnamese makes of it: no syllables, or digits among letters."""
    marked = marked_words(text)
    if len(marked) >= _ENOUGH_WORDS and share_of_syllables(marked) < _READABLE:
        return True
    words = text.split()
    if len(words) < _ENOUGH_WORDS or len(marked) > 0.1 * len(words):  # most Vietnamese words bear marks
        return False
    return sum(_DIGIT_AMONG_LETTERS.search(word) is not None for word in words) > 0.05 * len(words)  # a few symbols are


def _taken_apart(glyphs: GlyphPage, found: list[Grid]) -> _Page:
    """Read the cells of the tables and the flows outside them."""
    outside, inside = split_by_grids(glyphs.glyphs, found)
    tables: list[Grid] = []
    for number, grid in enumerate(found):
        cells = tuple(
            _with_text(cell, inside.get((number, place), []), glyphs) for place, cell in enumerate(grid.cells)
        )
        if any(cell.text for cell in cells):
            tables.append(replace(grid, cells=cells))
    body = flows(outside, glyphs.number, glyphs.bold, width=glyphs.width)
    return _Page(glyphs.number, glyphs.width, glyphs.height, body, tables)


def _with_text(cell: BoxedCell, letters: list[Glyph], glyphs: GlyphPage) -> BoxedCell:
    if not letters:
        return cell
    lines = lines_of(letters, glyphs.number, glyphs.bold)
    frame = Frame(cell.box[0] + 4, cell.box[2] - 4, frame_pitch(lines))
    return replace(cell, text="\n".join(paragraph.text for paragraph in paragraphs(lines, frame, setting="cell")))


def frame_pitch(lines: Sequence[Line]) -> float:
    """Give the usual distance of lines, in points."""
    frame = frame_of(lines)
    return frame.pitch if frame else (lines[0].size * 1.2 if lines else 12.0)


def _in_order(page: _Page) -> Iterator[list[Line] | Grid]:
    """Give flows and tables of a page from top to bottom; a flow is cut where a table stands inside it."""
    tables = sorted(page.tables, key=_table_top)
    for flow in page.flows:
        rest = flow
        while tables and rest and not rest[0].column:
            top = tables[0].box[1]
            above = [line for line in rest if line.base <= top + 2]
            if len(above) == len(rest):
                break
            if above:
                yield above
            rest = rest[len(above) :]
            yield tables.pop(0)
        if rest and rest[0].column:
            while tables and tables[0].box[3] <= rest[0].top:
                yield tables.pop(0)
        if rest:
            yield rest
    yield from tables


def _table_top(grid: Grid) -> float:
    return grid.box[1]


def _page_frame(own: Frame | None, overall: Frame | None, page: _Page) -> Frame:
    """Take the frame of the whole document where the page does not show its own."""
    if own is None and overall is None:
        return Frame(0.1 * page.width, 0.9 * page.width, 16.0)
    if own is None or overall is None:
        return own or overall or Frame(0.1 * page.width, 0.9 * page.width, 16.0)
    fits = abs(own.left - overall.left) < 40 and own.right <= overall.right + 5 and overall.right < page.width  # noqa: PLR2004  # points
    return Frame(min(own.left, overall.left), overall.right, own.pitch) if fits else own


def _alike(one: Frame, other: Frame) -> bool:
    return abs(one.left - other.left) < 40 and abs(one.right - other.right) < 40  # noqa: PLR2004  # points


def _column_frame(lines: list[Line]) -> Frame:
    return Frame(min(line.x0 for line in lines), max(line.x1 for line in lines), frame_pitch(lines))


def _rounded(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    x0, top, x1, bottom = box
    return round(x0, 1), round(top, 1), round(x1, 1), round(bottom, 1)


def _list(numbers: list[int]) -> str:
    """Write page numbers with runs as ranges.

    >>> _list([1, 2, 3, 7])
    '1-3, 7'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)
