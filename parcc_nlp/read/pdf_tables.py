"""Tables of a PDF page: from the rules drawn on it to a grid of cells, and from page to page.

The rules come from PDFium, the geometry of cells from pdfplumber: letting pdfplumber parse the page as well would take
ten times as long and read nothing more.
"""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from parcc_nlp.read.pdf_glyphs import Glyph

__all__ = ["BoxedCell", "Grid", "Rule", "continues", "grids", "joined_grid", "rules_of", "split_by_grids"]

_TOLERANCE = 3.0  # points: borders drawn as separate hair lines
_THIN = 3.0  # points: a filled box this thin is a line
_SHORT = 4.0  # points: shorter rules are letters or dots
_MOST_CROSSINGS = 400_000
_FORM, _PATH = 5, 2
_MOVE, _LINE = 2, 0

Matrix = tuple[float, float, float, float, float, float]
_UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Rule(NamedTuple):
    """A straight line along the page or down it, in the page as shown."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class BoxedCell:
    """A cell: place in the grid, spans, box, and its text once it is read."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: tuple[float, float, float, float]
    page: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of one page, or of several once joined."""

    page: int
    last_page: int
    box: tuple[float, float, float, float]
    edges: tuple[float, ...]
    rows: int
    cells: tuple[BoxedCell, ...]

    @property
    def columns(self) -> int:
        """Number of columns."""
        return len(self.edges) - 1

    def row(self, number: int) -> list[BoxedCell]:
        """Give the cells that begin in a row."""
        return [cell for cell in self.cells if cell.row == number]


def rules_of(page: Any, shown: Callable[[float, float], tuple[float, float]], *, limit: int) -> list[Rule] | None:
    """Give the straight rules drawn on a loaded page of pypdfium2, None where there are more than the limit."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415  # heavy, only where needed

    found: list[Rule] = []
    for raw, matrix in _paths(pdfium, page):
        for start, end in _strokes(pdfium, raw, matrix):
            rule = _rule(shown(*start), shown(*end))
            if rule is not None:
                found.append(rule)
                if len(found) > limit:
                    return None
    return found


def _paths(pdfium: Any, page: Any) -> Iterator[tuple[Any, Matrix]]:
    """Give the path objects of a page, those of forms included, with what maps them to the page."""
    count = pdfium.FPDFPage_CountObjects(page.raw)
    waiting = [(pdfium.FPDFPage_GetObject(page.raw, i), _UNIT, 0) for i in range(count)]
    while waiting:
        raw, outer, depth = waiting.pop()
        kind = pdfium.FPDFPageObj_GetType(raw)
        if kind not in {_PATH, _FORM}:
            continue
        matrix = _times(_matrix_of(pdfium, raw), outer)
        if kind == _PATH:
            yield raw, matrix
        elif depth < 5:  # noqa: PLR2004  # forms inside forms
            inner = pdfium.FPDFFormObj_CountObjects(raw)
            waiting += [(pdfium.FPDFFormObj_GetObject(raw, i), matrix, depth + 1) for i in range(max(0, inner))]


def _matrix_of(pdfium: Any, raw: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(raw, matrix):
        return _UNIT
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _strokes(pdfium: Any, raw: Any, matrix: Matrix) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """Give the lines a path draws: its strokes, or the middle of a box that is filled and thin."""
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(raw, mode, stroked)
    if not mode.value and not stroked.value:
        return
    for outline in _outlines(pdfium, raw, matrix):
        xs, ys = [x for x, _ in outline], [y for _, y in outline]
        wide, tall = max(xs) - min(xs), max(ys) - min(ys)
        if min(wide, tall) <= _THIN and len(outline) > 2:  # noqa: PLR2004  # a box
            middle = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
            if wide >= tall:
                yield (min(xs), middle[1]), (max(xs), middle[1])
            else:
                yield (middle[0], min(ys)), (middle[0], max(ys))
        elif stroked.value:
            # A box that is only filled is shading, not a border.
            yield from pairwise(outline)


def _outlines(pdfium: Any, raw: Any, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """Give the corners of each straight outline of a path; one with curves is left out."""
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    outline: list[tuple[float, float]] = []
    curved = False
    for number in range(min(pdfium.FPDFPath_CountSegments(raw), 20_000)):
        segment = pdfium.FPDFPath_GetPathSegment(raw, number)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        if kind == _MOVE:
            if len(outline) > 1 and not curved:
                yield outline
            outline, curved = [point], False
            continue
        curved = curved or kind != _LINE
        outline.append(point)
        if pdfium.FPDFPathSegment_GetClose(segment) and outline[0] != point:
            outline.append(outline[0])
    if len(outline) > 1 and not curved:
        yield outline


def _rule(start: tuple[float, float], end: tuple[float, float]) -> Rule | None:
    x0, x1 = sorted((start[0], end[0]))
    top, bottom = sorted((start[1], end[1]))
    wide, tall = x1 - x0, bottom - top
    if (tall <= 1 and wide >= _SHORT) or (wide <= 1 and tall >= _SHORT):
        return Rule(x0, top, x1, bottom)
    return None


def grids(rules: list[Rule], page: int) -> list[Grid] | None:
    """Find the tables that rules draw: at least two columns; None where there are too many rules to tell.

    Examples
    --------
    >>> frame = [Rule(0, y, 200, y) for y in (0, 20, 40)] + [Rule(x, 0, x, 40) for x in (0, 100, 200)]
    >>> [(grid.rows, grid.columns, len(grid.cells)) for grid in grids(frame, 1)]
    [(2, 2, 4)]
    """
    from pdfplumber import table as geometry  # noqa: PLC0415  # heavy, only where needed

    if len(rules) < 4:  # noqa: PLR2004  # a box
        return []
    edges = geometry.merge_edges([_edge(rule) for rule in rules], *[_TOLERANCE] * 4)
    down = sum(edge["orientation"] == "v" for edge in edges)
    if down * (len(edges) - down) > _MOST_CROSSINGS:
        return None
    crossings = geometry.edges_to_intersections(edges, _TOLERANCE, _TOLERANCE)
    cells = geometry.intersections_to_cells(crossings)
    found = (_grid(boxes, page) for boxes in geometry.cells_to_tables(cells))
    return [grid for grid in found if grid is not None]


def _edge(rule: Rule) -> dict[str, object]:
    across = rule.x1 - rule.x0 >= rule.bottom - rule.top
    y = (rule.top + rule.bottom) / 2
    x = (rule.x0 + rule.x1) / 2
    x0, x1, top, bottom = (rule.x0, rule.x1, y, y) if across else (x, x, rule.top, rule.bottom)
    return {
        "x0": x0, "x1": x1, "top": top, "bottom": bottom, "width": x1 - x0, "height": bottom - top,
        "orientation": "h" if across else "v", "object_type": "line",
    }  # fmt: skip


def _grid(boxes: list[tuple[float, float, float, float]], page: int) -> Grid | None:
    """Give each cell its row and column by the edges of all cells."""
    xs = _distinct([x for box in boxes for x in (box[0], box[2])])
    ys = _distinct([y for box in boxes for y in (box[1], box[3])])
    if len(xs) < 3:  # noqa: PLR2004  # one column is a frame round a paragraph
        return None
    cells = tuple(
        BoxedCell(
            row := _nearest(ys, top),
            column := _nearest(xs, x0),
            max(1, _nearest(ys, bottom) - row),
            max(1, _nearest(xs, x1) - column),
            (x0, top, x1, bottom),
            page,
        )
        for x0, top, x1, bottom in sorted(boxes, key=_by_row)
    )
    return Grid(page, page, (xs[0], ys[0], xs[-1], ys[-1]), tuple(xs), len(ys) - 1, cells)


def _by_row(box: tuple[float, float, float, float]) -> tuple[float, float]:
    return box[1], box[0]


def _distinct(values: list[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _TOLERANCE:
            found.append(value)
    return found


def _nearest(values: list[float], wanted: float) -> int:
    return min(range(len(values)), key=[abs(value - wanted) for value in values].__getitem__)


def split_by_grids(
    glyphs: tuple[Glyph, ...], found: list[Grid]
) -> tuple[list[Glyph], dict[tuple[int, int], list[Glyph]]]:
    """Give the letters outside the tables, and those of each cell by (table, cell)."""
    outside: list[Glyph] = []
    inside: dict[tuple[int, int], list[Glyph]] = {}
    for glyph in glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, glyph.base - glyph.height * 0.3
        place = _cell_at(found, x, y)
        if place is None:
            outside.append(glyph)
        else:
            inside.setdefault(place, []).append(glyph)
    return outside, inside


def _cell_at(found: list[Grid], x: float, y: float) -> tuple[int, int] | None:
    for table, grid in enumerate(found):
        left, top, right, bottom = grid.box
        if not (left <= x <= right and top <= y <= bottom):
            continue
        for number, cell in enumerate(grid.cells):
            x0, y0, x1, y1 = cell.box
            if x0 <= x <= x1 and y0 <= y <= y1:
                return table, number
    return None


def continues(above: Grid, below: Grid) -> bool:
    """Whether a table at the top of a page has the columns of the one at the foot of the page before."""
    return (
        below.page == above.last_page + 1
        and len(above.edges) == len(below.edges)
        and all(abs(a - b) <= 2 * _TOLERANCE for a, b in zip(above.edges, below.edges, strict=True))
    )


def joined_grid(above: Grid, below: Grid) -> Grid:
    """Join a table with its continuation: a repeated heading is dropped, a row cut by the page break grows together."""
    heads = _repeated_rows(above, below)
    rest = [replace(cell, row=cell.row - heads) for cell in below.cells if cell.row >= heads]
    rows = below.rows - heads
    cells = list(above.cells)
    offset = above.rows
    if rows > 0 and _is_cut(above, rest):
        offset -= 1
        last = {cell.column: number for number, cell in enumerate(cells) if cell.row + cell.row_span == above.rows}
        for cell in [cell for cell in rest if cell.row == 0]:
            number = last.get(cell.column)
            if number is not None:
                cells[number] = replace(cells[number], text=_run_on(cells[number].text, cell.text))
        rest = [cell for cell in rest if cell.row > 0]
    cells += [replace(cell, row=cell.row + offset) for cell in rest]
    return replace(above, last_page=below.last_page, rows=offset + rows, cells=tuple(cells))


def _repeated_rows(above: Grid, below: Grid) -> int:
    """Count the rows at the top of the continuation that repeat those at the top of the table."""
    count = 0
    while count < min(above.rows, below.rows, 4):
        first = [(cell.column, cell.text) for cell in above.row(count)]
        second = [(cell.column, cell.text) for cell in below.row(count)]
        if first != second or not any(text for _, text in first):
            break
        count += 1
    return count


def _is_cut(above: Grid, rest: list[BoxedCell]) -> bool:
    """Whether the first row of the continuation is the end of the last row above.

    Its first cell is empty while the rows of the table are numbered there; where they are not, a text must run on
    from the cell above.
    """
    first = [cell for cell in rest if cell.row == 0]
    last = {cell.column: cell for cell in above.cells if cell.row + cell.row_span == above.rows}
    if not first or first[0].column != 0 or first[0].text or first[0].column_span > 1:
        return False
    if any(cell.row_span > 1 or cell.column not in last for cell in first):
        return False
    numbered = [cell for cell in above.cells if cell.column == 0 and cell.row_span == 1]
    if sum(bool(cell.text) for cell in numbered) < 0.6 * len(numbered):  # most rows are numbered
        return any(_runs_on(last[cell.column].text, cell.text) for cell in first)
    return True


def _runs_on(above: str, below: str) -> bool:
    """Whether a text ends in the middle of a sentence and the other begins there."""
    return bool(above and below) and below[0].islower() and re.search(r"[.;:!?]$", above) is None


def _run_on(above: str, below: str) -> str:
    if not above or not below:
        return above or below
    if _runs_on(above, below):
        return f"{above} {below}"
    return f"{above}\n{below}"
