"""Rows of task tables: what is to be done, by whom, with what result, by when."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from parcc_nlp.extract.data_files import alternatives, read_lists
from parcc_nlp.extract.period import find_period
from parcc_nlp.extract.tables.drafts import Draft, Part, Reading, read_rows
from parcc_nlp.extract.tables.flattened import find_flattened_tables
from parcc_nlp.extract.tables.grid import Grid, Heading, RowView, find_heading, make_grid
from parcc_nlp.extract.tables.headings import HOLDERS, ROLE_MEANINGS, TASKS, Meaning
from parcc_nlp.extract.tables.holders import Held, is_blank, read_holders
from parcc_nlp.extract.tables.times import Time, read_time
from parcc_nlp.model import Document, Metadata, Span, Table, TaskHolder, TaskRow
from parcc_nlp.text.normalise import NormalisedText

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["find_table_rows"]

YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
CAPTION = 400
CAPTION_LINES = 4
HALF = 0.5


@cache
def _reported() -> re.Pattern[str]:
    return re.compile(alternatives(map(str, read_lists("table_headings.yaml")["report_captions"])))


def find_table_rows(
    tables: Document | Iterable[Table], source: NormalisedText, *, metadata: Metadata | None = None
) -> tuple[TaskRow, ...]:
    """Find the tasks that the tables of a document list.

    Parameters
    ----------
    tables
        A document, or some of its tables. With a document, tables whose cells have become lines of text (as portals
        give them) are read, too, as far as their rows are certain.
    source
        The normalised text of the document.
    metadata
        What the document says of itself; the year of its plan is that of a "Tháng 5" in its tables.

    Returns
    -------
    tuple of TaskRow
        In the order of the text. A table that lists no tasks (scores, statistics, prices, members, procedures) gives
        none, nor does one without a heading that is understood.

    Examples
    --------
    >>> from parcc_nlp.model import Cell, Table
    >>> from parcc_nlp.text.normalise import normalise
    >>> lines = ["TT\\tNhiệm vụ\\tCơ quan chủ trì\\tThời hạn", "1\\tRà soát thủ tục\\tSở Tư pháp\\tQuý I/2026"]
    >>> text, cells, at = "\\n".join(lines), [], 0
    >>> for row, line in enumerate(lines):
    ...     for column, word in enumerate(line.split("\\t")):
    ...         cells.append(Cell(row, column, at, at + len(word)))
    ...         at += len(word) + 1
    >>> row, = find_table_rows([Table(0, len(text), 2, 4, tuple(cells))], normalise(text))
    >>> row.task, row.holders[0].agency, row.holders[0].role, row.deadline
    ('Rà soát thủ tục', 'Sở Tư pháp', 'lead', '2026-03-31')
    """
    numbered: list[tuple[int | None, Table]] = []
    if isinstance(tables, Document):
        numbered += enumerate(tables.tables)
        numbered += ((None, table) for table in find_flattened_tables(source, tables=tables.tables))
    else:
        numbered += enumerate(tables)
    numbered.sort(key=_start)
    return tuple(_Finder(source, metadata).rows(numbered))


def _start(numbered: tuple[int | None, Table]) -> int:
    return numbered[1].start


@dataclass(slots=True)
class _Finder:
    """Reads tables one after the other; one without a heading right below another goes on with it."""

    source: NormalisedText
    metadata: Metadata | None
    cells: dict[str, tuple[Held, ...]] = field(default_factory=dict)
    """What was read in holder cells: the same few stand in a table again and again."""
    times: dict[tuple[str, str | None], Time] = field(default_factory=dict)
    """What was read in time cells."""

    def rows(self, numbered: Iterable[tuple[int | None, Table]]) -> Iterator[TaskRow]:
        text = self.source.original
        heading: Heading | None = None
        year: str | None = None
        reading = Reading()
        before: Table | None = None
        for number, table in numbered:
            grid = make_grid(table)
            own = find_heading(grid, text)
            if not _goes_on(heading, before, own, table, text):
                yield from self._finished(reading, year)
                reading, heading = Reading(), None
                if own is not None and _lists_tasks(grid, own, text, _caption(table, text)):
                    heading, year = own, self._year(own, table)
            if heading is not None:
                reading.broken = bool(reading.drafts)
                read_rows(reading, Part(heading, grid, text, own.bottom if own else 0, number))
            before = table
        yield from self._finished(reading, year)

    def _finished(self, reading: Reading, year: str | None) -> Iterator[TaskRow]:
        return (self._row(draft, year) for draft in reading.drafts)

    def _year(self, heading: Heading, table: Table) -> str | None:
        """Give the one year a table is for: of its time column, of the lines above it, of the plan."""
        for column in heading.of("deadline"):
            years: set[str] = set(YEAR.findall(heading.columns[column].heading))
            if len(years) == 1:
                return years.pop()
        periods = map(find_period, reversed(_caption(table, self.source.original).split("\n")))
        period = next(filter(None, periods), self.metadata.period if self.metadata else None)
        return period.from_[:4] if period and period.from_[:4] == period.to[:4] else None

    def _row(self, draft: Draft, year: str | None) -> TaskRow:
        text = self.source.original
        doubts = list(draft.doubts)
        task = _task_parts(draft)
        holders = tuple(self._holders(draft, doubts))
        time = self._time(draft, year)
        if time.doubtful:
            doubts.append("deadline")
        everything = [place for found in draft.places.values() for place in found]
        return TaskRow(
            start=min(start for start, _ in everything),
            end=max(end for _, end in everything),
            table=draft.table,
            row=draft.row,
            number=draft.number,
            task=_words(text, task),
            task_span=Span(*_tight(text, *task[0])) if task else None,
            holders=holders,
            product=_product(text, draft.places.get("product", [])),
            deadline=time.deadline,
            recurrence=time.recurrence,
            funding=_words(text, draft.places.get("funding", [])),
            section=draft.section or _upper_task(draft, text),
            doubts=tuple(dict.fromkeys(doubts)),
        )

    def _holders(self, draft: Draft, doubts: list[str]) -> Iterator[TaskHolder]:
        """Give who holds a row; of a column for two roles only whom the cell itself gives one."""
        seen: set[tuple[str, str]] = set()
        for meaning in HOLDERS:
            for start, end in draft.places.get(meaning, ()):
                begin, stop = self.source.to_clean(start, end)
                for held in self._held(self.source.text[begin:stop]):
                    role = held.role or ROLE_MEANINGS.get(meaning)
                    if role is None:
                        doubts.append("holders")
                    elif (held.agency, role) not in seen:
                        seen.add((held.agency, role))
                        place = self.source.to_original(begin + held.start, begin + held.end)
                        yield TaskHolder(*place, held.agency, role, held.agency_id)

    def _time(self, draft: Draft, year: str | None) -> Time:
        """Read when a row is due; of marks in columns of times the last."""
        if draft.marked:
            return self._read_time(draft.marked[-1], year)
        cells = draft.places.get("deadline", [])
        times = [self._read_time(self.source.original[start:end], year) for start, end in cells]
        deadlines = {time.deadline for time in times if time.deadline}
        recurrence = next((time.recurrence for time in times if time.recurrence), None)
        doubtful = any(time.doubtful for time in times) or len(deadlines) > 1
        return Time(None if doubtful or not deadlines else deadlines.pop(), recurrence, doubtful)

    def _read_time(self, cell: str, year: str | None) -> Time:
        if (cell, year) not in self.times:
            self.times[cell, year] = read_time(cell, year=year)
        return self.times[cell, year]

    def _held(self, cell: str) -> tuple[Held, ...]:
        if cell not in self.cells:
            self.cells[cell] = read_holders(cell, metadata=self.metadata)
        return self.cells[cell]


def _goes_on(heading: Heading | None, before: Table | None, own: Heading | None, table: Table, text: str) -> bool:
    """Whether a table is the next part of the one above: as many columns, nothing between, no other heading."""
    if heading is None or before is None or before.columns != table.columns:
        return False
    return not text[before.end : table.start].strip() and (own is None or own.texts == heading.texts)


def _lists_tasks(grid: Grid, heading: Heading, text: str, caption: str) -> bool:
    """Whether a table assigns tasks: it says what is to be done and by whom, or at least by when."""
    if not heading.of(*TASKS) or heading.of("procedure") or _reports(caption):
        return False
    rows = [RowView(heading, grid, text, row) for row in range(heading.bottom, len(grid.rows))]
    for column in heading.of("report"):
        if rows and sum(not is_blank(row.text_at(column)) for row in rows) >= HALF * len(rows):
            return False
    if heading.of(*HOLDERS):
        return True
    dated = heading.of("deadline") and heading.of("task", "subject")
    return bool(dated) and not heading.of("measure", "report", "target")


def _reports(caption: str) -> bool:
    """Whether the name of a table says that it tells what was done; a sentence above it is no name."""
    names = [line for line in caption.split("\n") if not line.rstrip().endswith((".", ";"))]
    return _reported().search("\n".join(names).lower()) is not None


def _caption(table: Table, text: str) -> str:
    """Give the last lines above a table: what it is called."""
    return "\n".join(text[max(table.start - CAPTION, 0) : table.start].strip().split("\n")[-CAPTION_LINES:])


def _task_parts(draft: Draft) -> list[tuple[int, int]]:
    """Give the cells of the task: of several task columns the last, which is the most particular."""
    for meaning in TASKS:
        found = draft.places.get(meaning)
        if found:
            return found if _is_joined(draft, meaning) else found[-1:]
    return []


def _is_joined(draft: Draft, meaning: Meaning) -> bool:
    """Whether several cells of a meaning stand below each other (a row over two pages) and not side by side."""
    return sum(start in draft.identity for start, _ in draft.places[meaning]) == 1


def _upper_task(draft: Draft, text: str) -> str | None:
    """Give what the task belongs to, where a wider task stands in a column before it."""
    found = draft.places.get("task", [])
    return _words(text, found[:1]) if len(found) > 1 and not _is_joined(draft, "task") else None


def _words(text: str, places: list[tuple[int, int]]) -> str | None:
    joined = " ".join(" ".join(text[start:end].split()) for start, end in places).strip()
    return joined or None


def _product(text: str, places: list[tuple[int, int]]) -> str | None:
    """Give the result a row must have; a mere number is the value of an indicator and none."""
    product = _words(text, places)
    return product if product and any(letter.isalpha() for letter in product) else None


def _tight(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
