"""A table as a grid: which cell covers which place, which rows are the heading, what each column means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from parcc_nlp.extract.tables.headings import Meaning, folded, meaning_of, meaning_of_path
from parcc_nlp.extract.tables.times import is_time
from parcc_nlp.model import Cell

if TYPE_CHECKING:
    from parcc_nlp.model import Table

__all__ = ["Column", "Grid", "Heading", "RowView", "find_heading", "is_heading_again", "make_grid"]

SEARCHED_ROWS = 6
LONG_HEADING = 120
KNOWN_AT_LEAST = 2
COUNTED_COLUMNS = 3
COUNTING = re.compile(r"\(?\s*(?:\d{1,2}|[a-zđA-ZĐ]|[IVX]{1,4})\s*\)?(?:\s*=.*)?", re.DOTALL)
SAME_SHARE = 0.8
ALIKE = 90


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a table by place; a merged cell stands at every place it covers."""

    rows: tuple[tuple[Cell | None, ...], ...]
    own: tuple[tuple[Cell, ...], ...]
    """The cells that begin in a row, from left to right."""
    columns: int


@dataclass(frozen=True, slots=True)
class Column:
    """What a column means, and the heading it has it from."""

    meaning: Meaning | None
    heading: str
    part: str = ""
    """The lowest of several headings above each other."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a table: its first row, the row after it, and its columns."""

    top: int
    bottom: int
    columns: tuple[Column, ...]
    texts: tuple[tuple[str, ...], ...]
    """The folded texts of its rows, by which it is known again on the next page."""

    def of(self, *meanings: Meaning) -> tuple[int, ...]:
        """Give the columns that have one of these meanings."""
        return tuple(at for at, column in enumerate(self.columns) if column.meaning in meanings)


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of a table under its heading, with the document's text."""

    heading: Heading
    grid: Grid
    text: str
    row: int

    def text_at(self, column: int) -> str:
        """Give the text at a place of the row, that of a cell merged downwards included."""
        cell = self.grid.rows[self.row][column]
        return self.text[cell.start : cell.end].strip() if cell is not None else ""

    def own_text_at(self, column: int) -> str:
        """Give the text at a place of the row if its cell begins in the row."""
        cell = self.grid.rows[self.row][column]
        return self.text_at(column) if cell is not None and cell.row == self.row else ""

    def texts_of(self, *meanings: Meaning) -> list[str]:
        """Give the texts under headings of these meanings."""
        return [self.text_at(column) for column in self.heading.of(*meanings)]

    def own_texts_of(self, *meanings: Meaning) -> list[str]:
        """Give the texts under headings of these meanings that begin in the row."""
        return [self.own_text_at(column) for column in self.heading.of(*meanings)]

    def filled(self) -> list[Cell]:
        """Give the cells that begin in the row and hold something."""
        return [cell for cell in self.grid.own[self.row] if self.text[cell.start : cell.end].strip()]


def make_grid(table: Table) -> Grid:
    """Lay the cells of a table out by row and column; places beyond the stated size are left out."""
    places: list[list[Cell | None]] = [[None] * table.columns for _ in range(table.rows)]
    own: list[list[Cell]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        if not 0 <= cell.row < table.rows:
            continue
        own[cell.row].append(cell)
        for row in range(cell.row, min(cell.row + max(cell.row_span, 1), table.rows)):
            for column in range(cell.column, min(cell.column + max(cell.column_span, 1), table.columns)):
                places[row][column] = cell
    for cells in own:
        cells.sort(key=_column_of)
    return Grid(tuple(map(tuple, places)), tuple(map(tuple, own)), table.columns)


def _column_of(cell: Cell) -> int:
    return cell.column


def find_heading(grid: Grid, text: str) -> Heading | None:
    """Find the rows that head the columns: the first of the upper rows where most cells are known headings."""
    for top in range(min(SEARCHED_ROWS, len(grid.own))):
        filled = [cell for cell in grid.own[top] if text[cell.start : cell.end].strip()]
        if len(filled) < KNOWN_AT_LEAST:
            continue
        texts = [text[cell.start : cell.end] for cell in filled]
        if any(len(one) > LONG_HEADING or is_time(one) for one in texts) or COUNTING.fullmatch(texts[0].strip()):
            continue
        meanings = [meaning_of(one) for one in texts]
        known = [meaning for meaning in meanings if meaning]
        if len(set(known)) >= KNOWN_AT_LEAST and 2 * len(known) >= len(filled):
            return _heading(grid, text, top)
    return None


def _heading(grid: Grid, text: str, top: int) -> Heading:
    bottom = top + max(_rows_covered(cell) for cell in grid.own[top])
    bottom = min(bottom, len(grid.own))
    while bottom < len(grid.own) and _divides(grid, text, top, bottom):
        bottom += 1
    columns = tuple(_column(grid, text, top, bottom, at) for at in range(grid.columns))
    texts = tuple(_row_texts(grid, text, row) for row in range(top, bottom))
    if bottom < len(grid.own) and _counts_columns(grid, text, bottom):
        bottom += 1
    return Heading(top, bottom, columns, texts)


def _rows_covered(cell: Cell) -> int:
    return max(cell.row_span, 1)


def _divides(grid: Grid, text: str, top: int, row: int) -> bool:
    """Whether a row below names parts of a heading cell that spans several columns and nothing else."""
    filled = [cell for cell in grid.own[row] if text[cell.start : cell.end].strip()]
    if not filled or any(len(text[cell.start : cell.end]) > LONG_HEADING for cell in filled):
        return False
    for cell in filled:
        above = grid.rows[top][cell.column]
        if above is None or above.column_span <= 1 or cell.column_span >= above.column_span:
            return False
    return not _counts_columns(grid, text, row)


def _counts_columns(grid: Grid, text: str, row: int) -> bool:
    """Whether a row numbers the columns: "(1) (2) (3)", "A B 1 2"."""
    texts = [text[cell.start : cell.end].strip() for cell in grid.own[row]]
    filled = [one for one in texts if one]
    return (
        len(filled) >= min(COUNTED_COLUMNS, grid.columns)
        and len(filled) == len(texts)
        and len(set(filled)) == len(filled)
        and all(COUNTING.fullmatch(one) for one in filled)
    )


def _column(grid: Grid, text: str, top: int, bottom: int, at: int) -> Column:
    headings: list[str] = []
    seen: Cell | None = None
    for row in range(top, bottom):
        cell = grid.rows[row][at]
        if cell is None or cell is seen:
            continue
        seen = cell
        words = " ".join(text[cell.start : cell.end].split())
        if words:
            headings.append(words)
    return Column(meaning_of_path(headings), " ".join(headings), headings[-1] if headings else "")


def _row_texts(grid: Grid, text: str, row: int) -> tuple[str, ...]:
    return tuple(filter(None, (folded(text[cell.start : cell.end]) for cell in grid.own[row])))


def is_heading_again(row: RowView) -> bool:
    """Whether a row repeats a row of the heading, as word processors do on every page."""
    from rapidfuzz import fuzz  # noqa: PLC0415 - slow to load, and only tables need it

    texts = _row_texts(row.grid, row.text, row.row)
    if len(texts) < KNOWN_AT_LEAST:
        return False
    for known in row.heading.texts:
        if len(known) != len(texts):
            continue
        allowed = (1 - SAME_SHARE) * len(texts)
        others = (fuzz.ratio(one, other) < ALIKE for one, other in zip(known, texts, strict=True))
        if len(list(islice(filter(None, others), int(allowed) + 1))) <= allowed:
            return True
    return False
