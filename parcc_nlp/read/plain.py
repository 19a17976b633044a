"""Plain text and Markdown: the encoding is worked out, the text stays as it is."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from parcc_nlp.errors import ReadError
from parcc_nlp.model import Block, BlockKind, Cell, Document, Origin, Source, Table
from parcc_nlp.read.detect import MARKDOWN, TEXT
from parcc_nlp.read.encoding import decode
from parcc_nlp.read.limits import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["read_plain"]

_HEADING = re.compile(r" {0,3}#{1,6} +(?=\S)")
_DELIMITER_ROW = re.compile(r" {0,3}\|?(?: *:?-{3,}:? *\|)+(?: *:?-{3,}:? *)?$")


def read_plain(data: bytes, *, path: str | None = None, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read a text file; one that carries Markdown headings or tables is told by them.

    Parameters
    ----------
    data
        The whole file.
    path
        The name that errors give the file.
    limits
        Bound on the size.

    Returns
    -------
    Document
        The file's text in NFC with line feeds, one block for each line that is not blank. A file in UTF-8 and NFC is
        not changed in any other way.

    Raises
    ------
    ReadError
        E104 for a file of nothing but space, E107 for bytes that are no text, E108 for an encoding that is not known,
        E130 for a file above the limit.

    Examples
    --------
    >>> document = read_plain("# Kế hoạch\\n\\nNội dung".encode())
    >>> [(block.kind, document.text[block.start:block.end]) for block in document.blocks]
    [('heading', 'Kế hoạch'), ('paragraph', 'Nội dung')]
    """
    if len(data) > limits.file_bytes:
        raise ReadError("E130", path=path, size=len(data), limit=limits.file_bytes)
    decoded = decode(data, path=path)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    if not text or text.isspace():
        raise ReadError("E104", path=path)
    lines = list(_lines(text))
    tables = tuple(_tables(text, lines, limits))
    markdown = bool(tables) or any(_HEADING.match(text, start, end) for start, end in lines)
    blocks = tuple(_blocks(text, lines, tables, headings=markdown))
    warnings = (f"Bảng mã {decoded.encoding} được đổi sang Unicode.",) if decoded.legacy else ()
    source = Source(path=path, media_type=MARKDOWN if markdown else TEXT, warnings=warnings)
    return Document(text, source, blocks, tables)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Give the place of every line, without its line feed."""
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield start, end
        start = end + 1


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Take white space off both ends of a span."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _blocks(text: str, lines: list[tuple[int, int]], tables: tuple[Table, ...], *, headings: bool) -> Iterator[Block]:
    """Give one block a line, and one for each table."""
    waiting = iter(tables)
    table = next(waiting, None)
    paragraph = 0
    for line_start, line_end in lines:
        start, end = _trimmed(text, line_start, line_end)
        if start == end:
            continue
        if table is not None and start >= table.start:
            if end <= table.end:
                if end == table.end:
                    yield Block("table", table.start, table.end, table.origin)
                    table = next(waiting, None)
                    paragraph += 1
                continue
            table = next(waiting, None)
        kind: BlockKind = "paragraph"
        if headings and (mark := _HEADING.match(text, line_start, line_end)):
            kind, start = "heading", mark.end()
        yield Block(kind, start, end, Origin(paragraph=paragraph))
        paragraph += 1


def _tables(text: str, lines: list[tuple[int, int]], limits: Limits) -> Iterator[Table]:
    """Find Markdown tables: a row with bars, a row of dashes, and the rows that follow."""
    at = 1
    while at < len(lines):
        above, line = lines[at - 1], lines[at]
        if "|" not in text[line[0] : line[0] + 2 + 200] or not _DELIMITER_ROW.match(text, *line):
            at += 1
            continue
        first = _cells(text, *above)
        columns = len(first)
        if columns != len(_cells(text, *line)) or not 1 < columns <= limits.table_columns:
            at += 1
            continue
        rows = [first]
        last = line
        at += 1
        while at < len(lines) and "|" in text[lines[at][0] : lines[at][1]]:
            rows.append(_cells(text, *lines[at])[:columns])
            last = lines[at]
            at += 1
        cells = tuple(
            Cell(row, column, start, end, origin=Origin(row=row, column=column))
            for row, spans in enumerate(rows)
            for column, (start, end) in enumerate(spans)
        )
        start, _ = _trimmed(text, *above)
        _, end = _trimmed(text, *last)
        yield Table(start, end, len(rows), columns, cells, header_rows=1)
        at += 1


def _cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Give the places of the cells of one row."""
    start, end = _trimmed(text, start, end)
    if start < end and text[start] == "|":
        start += 1
    if end > start and text[end - 1] == "|":
        end -= 1
    spans: list[tuple[int, int]] = []
    at = start
    while True:
        bar = text.find("|", at, end)
        while bar > 0 and text[bar - 1] == "\\":
            bar = text.find("|", bar + 1, end)
        spans.append(_trimmed(text, at, end if bar < 0 else bar))
        if bar < 0:
            return spans
        at = bar + 1
