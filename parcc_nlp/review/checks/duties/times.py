"""By when tasks are to be done, as these rules read it: in labelled lines, in rows of tables, in prose.

The extraction keeps no deadline that lies before the signing; here these are what is looked for.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.review.checks.duties.wording import spoken
from parcc_nlp.text.dates import find_dates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.review.checks.duties.assignments import Block, Row
    from parcc_nlp.review.context import RuleContext
    from parcc_nlp.text.dates import DateKind

__all__ = ["LONGEST_TIME", "Time", "Times", "first_day", "last_day"]

LONGEST_TIME = 300
"""A labelled line longer than this tells more than a time."""
_YEAR = len("2026")
_MONTH = len("2026-03")
_DAY = len("2026-03-15")
_REACH = 40
_HINT = re.compile(r"ngày|tháng|quý|năm|/20\d\d|20\d\d ?[-–]", re.IGNORECASE)
_CUE = re.compile(
    r"(?:(?P<done>xong|hoàn\s+thành|chậm\s+nhất|muộn\s+nhất)(?:\s+(?:là|vào|trong)){0,2}(?:\s+(?:trước|đến\s+hết|hết))?"
    r"|trước|đến\s+hết|hết|(?P<within>trong|vào))\s*$",
    re.IGNORECASE,
)
_BEGINS = re.compile(r"(?:^|\W)(?:kể\s+từ|từ|bắt\s+đầu(?:\s+từ)?)(?:\s+(?:đầu|giữa|cuối))?\s*$", re.IGNORECASE)
_OPEN = re.compile(
    r"tiếp theo|trở đi|hằng năm|hàng năm|thường xuyên|đến khi|kết thúc|lâu dài|các năm sau|theo (?:kế hoạch|tiến độ)",
    re.IGNORECASE,
)
_CLAUSE_MARKS = ".;:(\n"
_CLAUSE_ENDS = re.compile(r"\s*(?:[.,;)/\n]|$|(?:để|và|theo|qua|về)(?!\w))", re.IGNORECASE)
_OPENS = re.compile(r"(?:^|[.;:\n])\s*(?:[-+*•]|\w{1,3}[.)])?\s*(?:trong\s+)?$", re.IGNORECASE)
_TELLS_PAST = re.compile(r"[^.;\n]{0,80}?(?<!\w)đã(?!\w)", re.IGNORECASE)
# What the reader of dates leaves out because it is no single date: "tháng 9 - 10/2026", "2024 - 2026".
_MONTHS = re.compile(
    r"tháng\s+\d{1,2}\s*(?:[-–,]|và)\s*(?:\d{1,2}\s*(?:[-–,]|và)\s*){0,10}(?P<month>0?[1-9]|1[0-2])"
    r"\s*(?:/|,?\s*năm\s+)(?P<year>20\d\d)(?!\d)",
    re.IGNORECASE,
)
_YEARS = re.compile(r"(?<!\d)(?P<first>20\d\d)\s?[-–]\s?(?:năm )?(?P<last>20\d\d)(?!\d)")


class Time(NamedTuple):
    """A time that the document gives a task: its place, its first and last day, whether the task only begins then."""

    start: int
    end: int
    first: str
    last: str
    begins: bool = False
    by_year: bool = False

    def contradicts(self, other: Time) -> bool:
        """Tell two deadlines that cannot both hold; a year alone does not contradict a day."""
        return self.last != other.last and not (self.by_year or other.by_year or self.begins or other.begins)


class Times:
    """Reads the times of a document, the dates of cited documents left out."""

    def __init__(self, context: RuleContext) -> None:
        self.context = context
        self.text = context.extraction.text
        cited = sorted((citation.start, citation.end) for citation in context.extraction.citations)
        self.starts = [start for start, _ in cited]
        self.ends = [end for _, end in cited]

    def between(self, start: int, end: int) -> list[Time]:
        """Give the dates of a stretch."""
        if not _HINT.search(self.text, start, end):
            return []
        return [
            self._time(start + date.start, start + date.end, date.iso, kind=date.kind, begin=start)
            for date in find_dates(self.text[start:end])
            if date.valid and not self._is_cited(start + date.start)
        ]

    def due(self, start: int, end: int) -> list[Time]:
        """Give the times by which the sentences of a stretch want their tasks done; years alone are none."""
        return [time for found in self.between(start, end) if (time := self._due(found, start)) is not None]

    def of_block(self, block: Block) -> Iterator[Time]:
        """Give the last time that each time line of labelled lines names, or that the lines name by the way."""
        for line in block.lines:
            if line.part == "time" and line.end - line.content <= LONGEST_TIME:
                yield from self._latest(line.content, line.end)
        if "time" in block.parts:
            return
        for deadline in dict.fromkeys(stated.deadline for stated in block.stated if stated.deadline):
            found = self.between(
                block.lines[0].start, min(block.lines[-1].end, block.lines[0].start + LONGEST_TIME * 3)
            )
            yield from [time for time in found if time.last == last_day(deadline)][:1]

    def of_row(self, row: Row) -> Time | None:
        """Give the time of a row with its place in the cell, or that of its task where the cell is not found."""
        deadline = row.row.deadline
        if deadline is None or row.row.recurrence or "deadline" in row.row.doubts:
            return None
        last = last_day(deadline)
        cells = [*self.between(row.row.start, row.start), *self.between(row.end, row.row.end)]
        place = next((time for time in reversed(cells) if time.last == last), None)
        if place is not None:
            return place._replace(begins=False)
        end = min(row.end, self.context.places.line_span(row.start)[1])
        return Time(row.start, end, first_day(deadline), last, by_year=len(deadline) == _YEAR)

    def _latest(self, start: int, end: int) -> Iterator[Time]:
        """Give the last time of a time line; one that goes on without end has none unless it only begins."""
        times = [*self.between(start, end), *self._ranges(start, end)]
        if times:
            latest = max(times, key=_by_last)
            if latest.begins or not _OPEN.search(self.text, start, end):
                yield latest

    def _ranges(self, start: int, end: int) -> Iterator[Time]:
        for match in _MONTHS.finditer(self.text, start, end):
            iso = f"{match['year']}-{int(match['month']):02d}"
            yield Time(*match.span(), first_day(iso), last_day(iso))
        for match in _YEARS.finditer(self.text, start, end):
            yield Time(*match.span(), first_day(match["first"]), last_day(match["last"]), by_year=True)

    def _due(self, time: Time, start: int) -> Time | None:
        """Read a date as a deadline: by the word before it, or because it opens its sentence."""
        by_month = time.first != time.last
        if time.by_year or not _CLAUSE_ENDS.match(self.text, time.end):
            return None
        opening = self.text[max(start, time.start - _REACH) : time.start]
        if by_month and _OPENS.search(opening):
            return None if _TELLS_PAST.match(self.text, time.end) else time
        cue = _CUE.search(self.text, max(start, time.start - _REACH), time.start)
        if cue is None or (cue["within"] and not by_month):
            return None
        clause = self.text[self._clause(start, cue.start()) : cue.start()]
        is_due = cue["done"] is not None or not clause.strip() or spoken("due").search(clause) is not None
        return time if is_due and not spoken("past").search(clause) else None

    def _clause(self, start: int, at: int) -> int:
        """Find where the clause before an offset begins."""
        start = max(start, at - LONGEST_TIME)
        return max(start, *(self.text.rfind(mark, start, at) + 1 for mark in _CLAUSE_MARKS))

    def _time(self, start: int, end: int, iso: str, *, kind: DateKind, begin: int) -> Time:
        before = self.text[max(begin, start - _REACH) : start]
        first = iso if kind != "quarter" else f"{iso[:_YEAR]}-{int(iso[5:7]) - 2:02d}-01"
        begins = _BEGINS.search(before) is not None
        return Time(start, end, first_day(first), last_day(iso), begins=begins, by_year=kind == "year")

    def _is_cited(self, at: int) -> bool:
        number = bisect_right(self.starts, at) - 1
        return number >= 0 and at < self.ends[number]


def first_day(iso: str) -> str:
    """Give the first day of a year or month.

    Examples
    --------
    >>> first_day("2026"), first_day("2026-02"), first_day("2026-03-15")
    ('2026-01-01', '2026-02-01', '2026-03-15')
    """
    return f"{iso}-01-01"[:_DAY]


def last_day(iso: str) -> str:
    """Give the last day of a year or month.

    Examples
    --------
    >>> last_day("2026"), last_day("2026-02"), last_day("2026-03-15")
    ('2026-12-31', '2026-02-28', '2026-03-15')
    """
    if len(iso) == _YEAR:
        return f"{iso}-12-31"
    if len(iso) == _MONTH:
        return f"{iso}-{monthrange(int(iso[:_YEAR]), int(iso[_YEAR + 1 :]))[1]}"
    return iso


def _by_last(time: Time) -> str:
    return time.last
