"""Tables that a portal or a converter has flattened: every cell a line, empty cells lost.

Only what is certain is read. A heading that begins with "TT" names the columns, labels in sequence divide the rows. A
row with a line for every column is read if times stand where times belong. Where lines are missing, every way to lay
the rest out in order is tried, times in time columns and agencies in agency columns; a cell is kept where all ways
agree on its column, and left out otherwise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.extract.tables.headings import HOLDERS, meaning_of
from parcc_nlp.extract.tables.holders import begins_with_agency, is_blank
from parcc_nlp.extract.tables.times import is_time
from parcc_nlp.extract.zones import document_end
from parcc_nlp.model import Cell, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcc_nlp.extract.tables.headings import Meaning
    from parcc_nlp.text.normalise import NormalisedText

__all__ = ["find_flattened_tables"]

HEAD = re.compile(r"^[ \t]*(?:STT|TT|Stt|Số TT|Số thứ tự|SỐ TT)[ \t]*$", re.MULTILINE)
LABEL = re.compile(r"\s*(?P<label>\d{1,3}(?:\.\d{1,3}){0,3}|[IVXL]{1,6}(?:\.\d{1,2}){0,3}|[A-ZĐ]|[a-zđ])[.)]?\s*")
GROUP = re.compile(r"\s*(?P<label>[IVXL]{1,6}|[A-ZĐ])[.)]\s+(?=\w)")
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII")
LETTERS = "ABCDĐEGHIKLMNOPQ"
CUT = re.compile(r"\s*[.…_·-]{3,}\s*")
BULLET = re.compile(r"\s*[-+•*–]\s*\S")
HEADING_LENGTH = 70
FEWEST_COLUMNS, MOST_COLUMNS = 2, 12
BEYOND = 3
LONGEST_HOLDER = 260


class _Line(NamedTuple):
    """A line with its place in the text; several where bullets belong to one cell."""

    start: int
    end: int
    text: str


@dataclass(slots=True)
class _Row:
    """A row while its lines are gathered."""

    label: _Line
    lines: list[_Line]


class _Sequence:
    """Which labels may come next: counting goes on, or begins anew."""

    def __init__(self) -> None:
        self.last = {"arabic": 0, "roman": 0, "upper": 0, "lower": 0}
        self.cut: set[str] = set()
        """Counts in which rows were left out, so that any number may come next."""

    def takes(self, label: str) -> bool:
        """Whether a label is the next in one of the counts, and count it."""
        for style, value in _values(label):
            if style == "dotted":
                return True
            if style in self.cut or value in (1, self.last[style] + 1):
                self.last[style] = value
                self.cut.discard(style)
                return True
        return False


def _values(label: str) -> Iterator[tuple[str, int]]:
    if label.isdigit():
        yield "arabic", int(label)
    elif "." in label:
        yield "dotted", 0
    else:
        if label in ROMAN:
            yield "roman", ROMAN.index(label) + 1
        if label in LETTERS:
            yield "upper", LETTERS.index(label) + 1
        elif label in LETTERS.lower():
            yield "lower", LETTERS.lower().index(label) + 1


def find_flattened_tables(source: NormalisedText, *, tables: Sequence[Table] = ()) -> tuple[Table, ...]:
    """Find tables whose cells have become lines of the text.

    Parameters
    ----------
    source
        The normalised text of a document.
    tables
        The tables the reader found: nothing is looked for inside them.

    Returns
    -------
    tuple of Table
        With the cells whose column is certain; spans are offsets into the original.

    Examples
    --------
    >>> from parcc_nlp.text.normalise import normalise
    >>> lines = ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn", "1", "Rà soát thủ tục", "Sở Tư pháp", "Quý I/2026"]
    >>> text = "\\n".join(lines)
    >>> table, = find_flattened_tables(normalise(text))
    >>> [text[cell.start : cell.end] for cell in table.cells if cell.row == 1]
    ['1', 'Rà soát thủ tục', 'Sở Tư pháp', 'Quý I/2026']
    """
    text = source.original
    heads = [match for match in HEAD.finditer(text) if not any(t.start <= match.start() < t.end for t in tables)]
    if not heads:
        return ()
    _, end = source.to_original(0, document_end(source.text))
    found: list[Table] = []
    for at, head in enumerate(heads):
        stop = heads[at + 1].start() if at + 1 < len(heads) else end
        if head.start() < end:
            found += _read(text, head, min(stop, end))
    return tuple(found)


def _lines(text: str, start: int, end: int) -> Iterator[_Line]:
    """Give the lines of a stretch that hold something, without the white space around them."""
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        line = text[start:stop]
        words = line.strip()
        if words:
            begin = start + len(line) - len(line.lstrip())
            yield _Line(begin, begin + len(words), words)
        start = stop + 1


def _divided(lines: Iterator[_Line]) -> Iterator[_Line]:
    """Give lines, the label of a group ("I. Kinh tế số") as one of its own."""
    for line in lines:
        group = GROUP.match(line.text)
        if group:
            yield _Line(line.start, line.start + group.end("label"), group["label"])
            yield _Line(line.start + group.end(), line.end, line.text[group.end() :])
        else:
            yield line


def _read(text: str, head: re.Match[str], end: int) -> Iterator[Table]:
    lines = _divided(_lines(text, head.end(), end))
    headings: list[_Line] = []
    first: _Line | None = None
    for line in lines:
        if LABEL.fullmatch(line.text):
            first = line
            break
        if len(line.text) > HEADING_LENGTH or len(headings) == MOST_COLUMNS:
            return
        headings.append(line)
    columns = _columns(headings)
    if first is None or not FEWEST_COLUMNS <= len(columns) <= MOST_COLUMNS:
        return
    meanings = [meaning_of(heading.text) for heading in columns]
    if meanings[0] not in ("task", "target") or not set(meanings) & {*HOLDERS}:
        return
    number = _Line(head.start() + len(head[0]) - len(head[0].lstrip()), head.end(), head[0].strip())
    rows = [_Row(number, columns)]
    rows += _rows(first, lines, len(columns))
    if len(rows) > 1:
        yield _table(rows, meanings)


def _columns(headings: list[_Line]) -> list[_Line]:
    """Give the heading lines in the order of the columns: parts of a divided heading stand in its place."""
    meanings = [meaning_of(heading.text) for heading in headings]
    parts = [at for at, meaning in enumerate(meanings) if meaning in ("lead", "coordinate")]
    whole = [at for at, meaning in enumerate(meanings) if meaning in ("implement", "agency")]
    if len(parts) == 2 and len(whole) == 1 and whole[0] < parts[0] and parts[1] == parts[0] + 1:  # noqa: PLR2004 - both roles
        divided = [headings[at] for at in parts]
        rest = [heading for at, heading in enumerate(headings) if at not in parts]
        return rest[: whole[0]] + divided + rest[whole[0] + 1 :]
    return headings


def _rows(first: _Line, lines: Iterator[_Line], columns: int) -> list[_Row]:
    """Divide lines into rows at labels in sequence; what follows the table's last row is cut off."""
    sequence = _Sequence()
    if not sequence.takes(_label(first)):
        return []
    rows = [_Row(first, [])]
    for line in lines:
        if CUT.fullmatch(line.text):
            sequence.cut = set(sequence.last)
            rows.append(_Row(line, []))
            continue
        if LABEL.fullmatch(line.text) and sequence.takes(_label(line)):
            rows.append(_Row(line, []))
            continue
        row = rows[-1]
        if CUT.fullmatch(row.label.text):
            break
        if row.lines and BULLET.match(line.text) and BULLET.match(row.lines[-1].text):
            row.lines[-1] = _joined(row.lines[-1], line)
            continue
        row.lines.append(line)
        if len(row.lines) > columns + BEYOND:
            break
    last = rows[-1]
    if len(last.lines) > columns:
        last.lines = last.lines[:columns]
    return rows


def _joined(one: _Line, other: _Line) -> _Line:
    return _Line(one.start, other.end, f"{one.text}\n{other.text}")


def _label(line: _Line) -> str:
    match = LABEL.fullmatch(line.text)
    return match["label"] if match else ""


def _table(rows: list[_Row], meanings: list[Meaning | None]) -> Table:
    cells: list[Cell] = []
    for number, row in enumerate(rows):
        cells.append(Cell(number, 0, row.label.start, row.label.end))
        last = number == len(rows) - 1
        if number and not last:
            _join_bullets(row, meanings)
        placed = range(len(row.lines)) if number == 0 else _layout(row, meanings, last=last)
        for line, column in zip(row.lines, placed, strict=True):
            if column is not None:
                cells.append(Cell(number, column + 1, line.start, line.end))
    return Table(
        start=cells[0].start,
        end=max(cell.end for cell in cells),
        rows=len(rows),
        columns=len(meanings) + 1,
        cells=tuple(cells),
        header_rows=1,
    )


def _join_bullets(row: _Row, meanings: list[Meaning | None]) -> None:
    """Join lists to the lines they stand below, where a row has too many lines and only one way leaves what fits."""
    count, columns = len(row.lines), len(meanings)
    if count <= columns:
        return
    lists = [at for at in range(1, count) if BULLET.match(row.lines[at].text)]
    fitting: list[list[_Line]] = []
    for chosen in combinations(lists, count - columns):
        joined: list[_Line] = []
        for at, line in enumerate(row.lines):
            if at in chosen:
                joined[-1] = _joined(joined[-1], line)
            else:
                joined.append(line)
        if _fits([line.text for line in joined], meanings, range(columns), strict=False):
            fitting.append(joined)
    if len(fitting) == 1:
        row.lines = fitting[0]


def _layout(row: _Row, meanings: list[Meaning | None], *, last: bool) -> list[int | None]:
    """Give the column of each line of a row, None where it is not certain."""
    count, columns = len(row.lines), len(meanings)
    texts = [line.text for line in row.lines]
    if count == 1 and not last:
        return [0]
    if count == columns and _fits(texts, meanings, range(columns), strict=last):
        return list(range(columns))
    if not 1 < count < columns:
        return [None] * count
    ways = [
        (0, *chosen)
        for chosen in combinations(range(1, columns), count - 1)
        if _fits(texts, meanings, (0, *chosen), strict=True)
    ]
    return [ways[0][at] if ways and len({way[at] for way in ways}) == 1 else None for at in range(count)]


def _fits(texts: list[str], meanings: list[Meaning | None], columns: Sequence[int], *, strict: bool) -> bool:
    """Whether lines can stand in these columns: times and agencies where their columns are."""
    for text, column in zip(texts, columns, strict=True):
        meaning = meanings[column]
        timely = is_time(text)
        if meaning == "deadline":
            if not timely and not is_blank(text) and (strict or any(map(is_time, texts))):
                return False
        elif timely and meaning not in ("basis", "note", "start", None):
            return False
        elif meaning in HOLDERS:
            if len(text) > LONGEST_HOLDER or (strict and not begins_with_agency(text)):
                return False
        elif strict and meaning in ("product", "funding") and begins_with_agency(text):
            return False
    return True
