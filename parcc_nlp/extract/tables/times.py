"""By when, as a cell of a time column says it.

A day, month, quarter, half-year or year is a deadline; of a range the end is. What recurs ("thường xuyên", "hằng năm")
and what follows an event or another plan ("sau khi ...", "theo kế hoạch") is none. A month or quarter without a year
takes the year the table or the plan is made for; where that is not one year, the deadline is in doubt.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from parcc_nlp.extract.data_files import alternatives, read_lists
from parcc_nlp.text.dates import find_dates

__all__ = ["Time", "is_time", "read_time"]

YEAR = r"(?P<year>20\d\d)(?!\d)"
JOINED = r"\s*(?:,|-|–|và|đến|đến hết|hoặc|\+|;)\s*"
QUARTER = r"(?:iv|i{1,3}|[1-4])(?!\w|/\d{1,2}/)"
MONTH = r"(?:0?[1-9]|1[0-2])(?!\d)"
TOKENS = re.compile(
    rf"(?<!\w)(?:"
    rf"(?P<half>0?6\s+tháng\s+(?P<part>đầu|cuối)\s+năm)(?:\s+(?P<hyear>20\d\d)(?!\d))?"
    rf"|quý\s+(?P<quarters>(?:iv|i{{1,3}}|[1-4])(?!\w)(?:{JOINED}(?:quý\s+)?{QUARTER})*)(?:\s*[/,-]?\s*(?:năm\s*)?(?P<qyear>20\d\d)(?!\d))?"
    rf"|(?:ngày\s+)?(?P<day>0?[1-9]|[12]\d|3[01])\s*(?:/|-|\s+tháng\s+)\s*(?P<dmonth>{MONTH})(?![/-]?\d)"
    rf"(?:\s*(?:/|-|năm)\s*(?P<dyear>20\d\d)(?!\d))?"
    rf"|(?:tháng\s+|t\.?)(?P<months>{MONTH}(?:{JOINED}(?:tháng\s+)?{MONTH}(?!/\d{{1,2}}/))*)(?:\s*(?:/|-|,?\s*năm)\s*(?P<myear>20\d\d)(?!\d))?"
    rf"|(?P<first>20\d\d)\s*[-–]\s*(?:năm\s+)?(?P<last>20\d\d)(?!\d)"
    rf"|{YEAR}"
    rf")"
)
LAST = re.compile(r"(?:iv|i{1,3}|\d{1,2})$")
QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
RANGE = re.compile(
    r"\s*(?:-|–|đến|tới|đến\s+(?:hết|trước|ngày|năm|hết\s+năm)|,|và)\s*(?:(?:hết|trước|ngày|năm|cuối)\s+)*"
)
STARTS = re.compile(r"(?<!\w)(?:từ|kể từ|bắt đầu)(?:\s+(?:đầu|ngày|năm|tháng|quý))?\s*$")
BOUND = re.compile(r"(?:trước|chậm nhất|xong|hoàn thành|đến)\s+(?:hết\s+|trước\s+|trong\s+|ngày\s+|năm\s+|cuối\s+)*$")
TIME_WORDS = re.compile(
    r"(?<!\w)(?:từ|đến|trước|sau|hết|cuối|đầu|giữa|trong|vào|ngày|tháng|quý|năm|kỳ|giờ|phút|h|giai đoạn"
    r"|chậm nhất|hoàn thành|xong|dự kiến|và|hằng|hàng|là|các|thường xuyên|tiếp theo|trở đi)(?!\w)|[\W\d_]+"
)
LONGEST_RECURRENCE = 80
TRIMMED = " .;,-–+*\n\t"


@dataclass(frozen=True, slots=True)
class Time:
    """What a cell says of time. `doubtful` is True where a time is named and it cannot be told which deadline it is."""

    deadline: str | None = None
    recurrence: str | None = None
    doubtful: bool = False


class _Point(NamedTuple):
    """A point in time: where it stands, the year it names itself, and the rest of its date."""

    start: int
    end: int
    year: str | None
    rest: str
    listed: bool = False
    """Whether it ends a list or range written with one word ("tháng 3 - 9/2026")."""


@cache
def _words() -> dict[str, re.Pattern[str]]:
    data = read_lists("table_headings.yaml")
    return {
        key: re.compile(rf"(?<!\w)(?:{alternatives(map(str, data[key]))})(?!\w)")
        for key in ("recurring", "yearly", "relative")
    }


def read_time(text: str, *, year: str | None = None) -> Time:
    """Read a cell of a time column.

    Parameters
    ----------
    text
        The text of the cell.
    year
        The year a month or quarter without one lies in, if the table or plan is for one year.

    Returns
    -------
    Time
        The deadline as ISO text as precise as the cell is; what recurs, in the cell's words.

    Examples
    --------
    >>> read_time("Quý I/2026").deadline, read_time("Tháng 5", year="2026").deadline
    ('2026-03-31', '2026-05')
    >>> read_time("Từ tháng 3 đến tháng 9/2026").deadline, read_time("Giai đoạn 2026 - 2030").deadline
    ('2026-09', '2030')
    >>> read_time("Thường xuyên")
    Time(deadline=None, recurrence='Thường xuyên', doubtful=False)
    >>> read_time("Tháng 5"), read_time("Sau khi có hướng dẫn")
    (Time(deadline=None, recurrence=None, doubtful=True), Time(deadline=None, recurrence=None, doubtful=False))
    """
    cell = " ".join(text.split()).strip(TRIMMED)
    low = cell.lower()
    if len(low) != len(cell):
        low = cell
    words = _words()
    recurs = words["recurring"].search(low)
    recurrence = None
    if recurs:
        recurrence = cell if len(cell) <= LONGEST_RECURRENCE else cell[recurs.start() : recurs.end()]
    points = _points(cell, low)
    if words["yearly"].search(low):
        points = [point for point in points if point.year]
        year = None
    relative = words["relative"].match(low)
    if relative and not (points and BOUND.search(low, 0, points[0].start)):
        return Time(recurrence=recurrence)
    points = [point for at, point in enumerate(points) if not _only_begins(low, points, at)]
    if not points:
        return Time(recurrence=recurrence)
    dates = [_dated(points, at, year) for at in range(len(points))]
    last = dates[-1]
    if last is None or (len({date for date in dates if date}) != 1 and not _in_one_range(low, points)):
        return Time(recurrence=recurrence, doubtful=True)
    return Time(last, recurrence)


def is_time(text: str) -> bool:
    """Whether a cell holds a time and little else: what tells a time column where headings are lost.

    Examples
    --------
    >>> is_time("Trước ngày 30/11/2025"), is_time("Thường xuyên"), is_time("Kế hoạch năm 2025 của UBND tỉnh")
    (True, True, False)
    """
    cell = " ".join(text.split()).strip(TRIMMED).lower()
    words = _words()
    if words["recurring"].match(cell):
        return True
    rest = cell
    for point in reversed(_points(cell, cell)):
        rest = rest[: point.start] + rest[point.end :]
    if rest == cell:
        return bool(words["relative"].match(cell)) and len(cell) < LONGEST_RECURRENCE
    return not TIME_WORDS.sub("", rest)


def _points(cell: str, low: str) -> list[_Point]:
    """Find the points in time of a cell, full dates first, then what is written without a year."""
    found = [
        _Point(date.start, date.end, date.iso[:4], date.iso[4:]) for date in find_dates(cell) if date.kind == "day"
    ]
    taken = [(point.start, point.end) for point in found]
    for match in TOKENS.finditer(low):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        found.append(_point(match))
    return sorted(found)


def _point(match: re.Match[str]) -> _Point:
    part = match.groupdict()
    start, end = match.span()
    if part["half"]:
        return _Point(start, end, part["hyear"], "-06-30" if part["part"] == "đầu" else "-12-31")
    if part["quarters"]:
        month = 3 * QUARTERS[_last(part["quarters"])]
        return _Point(
            start, end, part["qyear"], f"-{month:02d}-{monthrange(2001, month)[1]}", _is_list(part["quarters"])
        )
    if part["day"]:
        return _Point(start, end, part["dyear"], f"-{int(part['dmonth']):02d}-{int(part['day']):02d}")
    if part["months"]:
        return _Point(start, end, part["myear"], f"-{int(_last(part['months'])):02d}", _is_list(part["months"]))
    return _Point(start, end, part["last"] or part["year"], "")


def _last(listed: str) -> str:
    found = LAST.search(listed)
    return found[0] if found else listed


def _is_list(listed: str) -> bool:
    return _last(listed) != listed


def _only_begins(low: str, points: list[_Point], at: int) -> bool:
    """Whether a point is a beginning: "từ tháng 3/2026" with no end behind it, or with one that takes its place."""
    if points[at].listed or not STARTS.search(low, 0, points[at].start):
        return False
    following = points[at + 1].start if at + 1 < len(points) else len(low)
    between = low[points[at].end : following]
    return at + 1 == len(points) or RANGE.fullmatch(between) is not None


def _dated(points: list[_Point], at: int, year: str | None) -> str | None:
    """Give the date of a point; without a year of its own it has that of the next point that names one."""
    own = points[at].year or next((point.year for point in points[at + 1 :] if point.year), year)
    if own is None:
        return None
    rest = points[at].rest
    if len(rest) == 6 and int(rest[4:]) > monthrange(int(own), int(rest[1:3]))[1]:  # noqa: PLR2004 - "-MM-DD"
        return None
    return own + rest


def _in_one_range(low: str, points: list[_Point]) -> bool:
    """Whether points are joined as a range or list in one clause: its end is the deadline."""
    return all(RANGE.fullmatch(low[one.end : other.start]) is not None for one, other in pairwise(points))
