"""Reading the rows of a task table one by one: groups, continued rows, repeated headings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from parcc_nlp.extract.data_files import read_lists
from parcc_nlp.extract.tables.grid import Grid, Heading, RowView, is_heading_again
from parcc_nlp.extract.tables.headings import HOLDERS, TASKS, Meaning
from parcc_nlp.extract.tables.holders import is_blank, is_ditto

if TYPE_CHECKING:
    from parcc_nlp.model import Cell

__all__ = ["Draft", "Part", "Places", "Reading", "read_rows"]

Places = dict[Meaning, list[tuple[int, int]]]
"""Where the filled cells of a row stand in the text, by the meaning of their columns."""

ROMAN = re.compile(r"[IVXL]{1,6}")
LABEL = re.compile(r"\(?(?P<label>\d{1,3}(?:\.\d{1,3}){0,4}|[IVXL]{1,6}(?:\.\d{1,2}){0,3}|[a-zđA-ZĐ])\s*[.)]?\)?")
LABEL_IN_TASK = re.compile(r"\s*(?P<label>\d{1,3}(?:\.\d{1,3}){0,4}|[IVXL]{1,6}|[a-zđ])[.)]\s+(?=\w)")
SMALL = re.compile(r"\s*[a-zà-ỹđ(]")
ENDED = (".", ";", ":", "!", "?")
WIDE_SHARE = 0.6
RANK_UNKNOWN, RANK_DIGITS, RANK_SMALL = 4, 4, 9
FURTHER_RESULTS: tuple[Meaning, ...] = ("product", "deadline", "funding")


@dataclass(slots=True)
class Draft:
    """A row while its table is read."""

    table: int | None
    row: int
    number: str | None
    places: Places
    marked: list[str]
    """Headings of the time columns in which the row carries a mark."""
    section: str | None
    identity: tuple[int, ...]
    """Where its task and holder cells begin, by which further rows of the same merged cells are known."""
    doubts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Reading:
    """What goes on from one part of a table to the next."""

    drafts: list[Draft] = field(default_factory=list)
    groups: list[tuple[int, str]] = field(default_factory=list)
    """Open groups by rank, the innermost last."""
    page: int | None = None
    broken: bool = False
    """Whether a page break lies between the last row and the one that is read."""


@cache
def _marks() -> frozenset[str]:
    return frozenset(str(mark) for mark in read_lists("table_headings.yaml")["marks"])


@dataclass(frozen=True, slots=True)
class Part:
    """A table, or the part of one that stands on a page, under the heading that holds for it."""

    heading: Heading
    grid: Grid
    text: str
    first: int
    """The first row below the heading."""
    table: int | None
    """The number of the table in its document."""


def read_rows(reading: Reading, part: Part) -> None:
    """Read the rows of a part of a table into drafts, which are added to those of the parts before it."""
    for number in range(part.first, len(part.grid.rows)):
        row = RowView(part.heading, part.grid, part.text, number)
        filled = row.filled()
        if not filled:
            continue
        _turn_page(reading, filled)
        if is_heading_again(row):
            reading.broken = True
        elif not any(part.text[cell.start : cell.end].strip("._…-· \n\t") for cell in filled):
            # "……": rows were left out here, and the group of the next is not known.
            reading.groups.clear()
        else:
            _read_row(reading, row, part.table)
            reading.broken = False


def _turn_page(reading: Reading, filled: list[Cell]) -> None:
    page = next((cell.origin.page for cell in filled if cell.origin.page is not None), None)
    if page is not None:
        reading.broken = reading.broken or (reading.page is not None and page != reading.page)
        reading.page = page


def _read_row(reading: Reading, row: RowView, table: int | None) -> None:
    number = _number(row)
    places = _places(row)
    wide = _wide_cell(row)
    if wide is not None or _is_group(row, number, places):
        _open_group(reading, number, _group_heading(row, wide))
        return
    previous = reading.drafts[-1] if reading.drafts else None
    tasks = [row.grid.rows[row.row][column] for column in row.heading.of(*TASKS)]
    holders = [row.grid.rows[row.row][column] for column in row.heading.of(*HOLDERS)]
    identity = tuple(cell.start for cell in (*tasks, *holders) if cell is not None)
    inherits = all(cell is None or cell.row != row.row for cell in tasks)
    if previous is not None and inherits and previous.identity == identity:
        _join(previous, {meaning: places[meaning] for meaning in FURTHER_RESULTS if meaning in places})
        return
    if previous is not None and _continues(row, previous, broken=reading.broken):
        _join(previous, places)
        return
    section = reading.groups[-1][1] if reading.groups else None
    draft = Draft(table, row.row, number or _number_in_task(row, places), places, _marked(row), section, identity)
    _fill_dittos(draft, previous, row.text)
    if not any(places.get(meaning) for meaning in TASKS):
        if not any(places.get(meaning) for meaning in HOLDERS):
            return
        draft.doubts.append("task")
    reading.drafts.append(draft)


def _number(row: RowView) -> str | None:
    """Give the number a row has of its own or from a number cell merged downwards."""
    for words in row.texts_of("number"):
        label = LABEL.fullmatch(words)
        if label:
            return str(label["label"])
    return None


def _number_in_task(row: RowView, places: Places) -> str | None:
    """Give the number that stands before the task in its own cell ("1. Rà soát ...")."""
    for meaning in TASKS:
        for start, end in places.get(meaning, ())[-1:]:
            label = LABEL_IN_TASK.match(row.text, start, end)
            return str(label["label"]) if label else None
    return None


def _places(row: RowView) -> Places:
    """Give the filled cells of a row by meaning, merged ones that reach down to it among them."""
    found: Places = {}
    for at, column in enumerate(row.heading.columns):
        cell = row.grid.rows[row.row][at]
        words = row.text_at(at)
        if cell is None or column.meaning is None or is_blank(words) or words.lower() in _marks():
            continue
        place = (cell.start, cell.end)
        if place not in found.setdefault(column.meaning, []):
            found[column.meaning].append(place)
    return found


def _marked(row: RowView) -> list[str]:
    columns = row.heading.of("deadline")
    return [row.heading.columns[column].part for column in columns if row.text_at(column).lower() in _marks()]


def _wide_cell(row: RowView) -> Cell | None:
    """Give the cell that takes most of a row for itself, where nothing but a number stands beside it."""
    filled = row.filled()
    wide = [cell for cell in filled if cell.column_span >= max(2, WIDE_SHARE * row.grid.columns)]
    others = [cell for cell in filled if cell not in wide]
    if len(wide) != 1 or len(others) > 1:
        return None
    return wide[0] if all(LABEL.fullmatch(row.text[cell.start : cell.end].strip()) for cell in others) else None


def _is_group(row: RowView, number: str | None, places: Places) -> bool:
    """Whether a row heads those below it: it says nothing but its name, and is ranked above the next."""
    if any(meaning not in {*TASKS, "number", "basis"} for meaning in places):
        return False
    words = next((one for one in row.texts_of(*TASKS) if one), "")
    if not words:
        return False
    if words.isupper() or (number is not None and _rank(number) < RANK_DIGITS):
        return True
    for below in range(row.row + 1, len(row.grid.rows)):
        following = RowView(row.heading, row.grid, row.text, below)
        if following.filled():
            return _stands_below(number, following)
    return False


def _stands_below(number: str | None, following: RowView) -> bool:
    """Whether the next row belongs to one that only names something."""
    next_number = _number(following)
    if number is None:
        return next_number is not None
    if next_number is None:
        return any(following.texts_of(*HOLDERS, "deadline"))
    return next_number.startswith(f"{number}.") or _rank(next_number) > _rank(number)


def _rank(number: str | None) -> int:
    """Give how deep a label stands: A, I, I.1, 1, 1.1, a."""
    if number is None:
        return RANK_UNKNOWN
    if ROMAN.fullmatch(number.split(".")[0]):
        return 1 + number.count(".")
    if number.isalpha():
        return 0 if number.isupper() else RANK_SMALL
    return RANK_DIGITS + number.count(".")


def _group_heading(row: RowView, wide: Cell | None) -> str:
    numbers = row.heading.of("number")
    cells = [wide] if wide is not None else [cell for cell in row.filled() if cell.column not in numbers]
    return " ".join(" ".join(row.text[cell.start : cell.end].split()) for cell in cells)


def _open_group(reading: Reading, number: str | None, heading: str) -> None:
    label = LABEL_IN_TASK.match(heading) if number is None else None
    rank = _rank(number or (label["label"] if label else None))
    if number is None and label is None and reading.groups:
        rank = reading.groups[-1][0]
    while reading.groups and reading.groups[-1][0] >= rank:
        reading.groups.pop()
    reading.groups.append((rank, heading))


def _continues(row: RowView, previous: Draft, *, broken: bool) -> bool:
    """Whether a row without a number goes on with the one above: after a page break, or with nothing but a result."""
    numbers = row.texts_of("number")
    if not numbers or any(numbers):
        return False
    task = next((words for words in row.own_texts_of(*TASKS) if words), "")
    if not broken:
        return not task and not any(row.own_texts_of(*HOLDERS))
    if not task:
        return True
    before = next((previous.places[meaning] for meaning in TASKS if previous.places.get(meaning)), [])
    ended = bool(before) and row.text[before[-1][0] : before[-1][1]].rstrip().endswith(ENDED)
    return not ended and SMALL.match(task) is not None


def _join(draft: Draft, places: Places) -> None:
    """Add the cells of a continued row to those of the row it goes on with."""
    for meaning, found in places.items():
        kept = draft.places.setdefault(meaning, [])
        kept += [place for place in found if place not in kept]


def _fill_dittos(draft: Draft, previous: Draft | None, text: str) -> None:
    """Let a cell that says "as above" stand for the cell above it."""
    for meaning, found in draft.places.items():
        if len(found) == 1 and is_ditto(text[found[0][0] : found[0][1]]):
            above = previous.places.get(meaning) if previous else None
            draft.places[meaning] = list(above) if above else []
