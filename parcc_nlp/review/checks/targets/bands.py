"""The bands of a scale: "từ 80 đến dưới 90 điểm: loại khá; từ 90 điểm trở lên: loại tốt"."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.text.numerals import digits_value

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Band", "Overlap", "overlaps"]

# Times of day, ages and sums of money are not among the units: they seldom grade, and fines are ranges of their own.
UNIT = (
    r"(?P<{0}>%|điểm(?!\s+(?:thưởng|cầu|thi|nóng))|ngày(?:\s+làm\s+việc)?|km|ha|m2|m²|người|hộ|hồ\s+sơ|xã|lần|vụ"
    r"|trường\s+hợp)"
)
NUMBER = r"\d{1,3}(?:[.,]\d{1,3})?"
BAND = re.compile(
    rf"(?P<low>{NUMBER})\s*{UNIT.format('unit1')}?"
    r"\s*(?:(?:-|–|đến|tới)\s*(?P<below>(?:cận\s+)?dưới\s+|<\s*|nhỏ\s+hơn\s+)?"
    rf"(?P<high>{NUMBER})\s*{UNIT.format('unit2')}?(?![\w/])|(?P<up>(?:[^\W\d_]{{1,12}}\s+){{0,3}}?trở\s+lên(?!\w)))"
)
AHEAD = re.compile(r"(?:(?P<above>(?:từ\s+)?trên\s+|lớn\s+hơn\s+|>\s*)(?:từ\s+)?|(?:đạt\s+)?từ\s+|≥\s*)?$")
NOT_BEFORE = frozenset("/.,-–")
"""Right before a number these make it a part of a date, a symbol or a longer number."""
AHEAD_REACH = 16
# What a band leads to: points, a mark, a level. A range without it is a goal or a measure, not a band.
LEADS = re.compile(
    r"\s*(?:số\s+[^\W\d_]{1,12}\s+)?(?:[^\W\d_]{1,12}\s+){0,6}?"
    r"(?:(?:thì\s+)?(?:được\s+)?(?:cộng|trừ|chấm|tính|cho|thưởng|đạt|đánh\s+giá|xếp)\s+(?:[^\W\d_]{1,12}\s+){0,3}?"
    r"(?:\d|loại|mức|hạng)|xếp\s+loại|(?::|\t|=|–|-)\s*(?:\d|[^\W\d_]))",
)
CELL = re.compile(r"\s*\n\s*(?:\d{1,2}(?:[.,]\d{1,2})?\s*(?:điểm\s*)?(?:\n|$)|(?:xếp\s+)?(?:loại|hạng|mức)(?!\w))")
"""Points or a mark in the cell beside, where cells have become lines."""
MARKED = re.compile(
    r"(?<!\w)(?:loại|hạng|xuất\s+sắc|tốt|khá|trung\s+bình|yếu|kém|hoàn\s+thành\s+(?:tốt\s+)?nhiệm\s+vụ)"
    r"(?:\s+[^\W\d_]{1,12}){0,3}\s*[:(,-]?\s*(?:(?:tổng\s+)?(?:số\s+)?điểm\s+)?(?:đạt\s+|có\s+|là\s+|nếu\s+)*$"
)
"""A mark that stands before its band ("Loại tốt: từ 80 đến dưới 90 điểm")."""
MARK_REACH = 60
GRADED = frozenset({"%", "điểm"})
APART = 240
"""Characters between two bands of one scale."""
LINES_APART = 3


class Band(NamedTuple):
    """A band: its ends, whether they belong to it, its unit, where it stands."""

    start: int
    end: int
    low: float
    high: float
    holds_low: bool
    holds_high: bool
    unit: str


class Overlap(NamedTuple):
    """Two neighbouring bands of a scale that share something."""

    first: Band
    second: Band
    shared: str
    """What they share, as it would be written: "90%", "85 - 90%"."""


def overlaps(text: str) -> Iterator[tuple[Overlap, ...]]:
    """Give the overlaps of every scale of a text, scale by scale, in time linear in its length."""
    for scale in _scales(text):
        shared = tuple(
            Overlap(first, second, said)
            for first, second in pairwise(scale)
            if (said := _shared(first, second)) is not None
        )
        if shared:
            yield shared


def _bands(text: str) -> list[Band]:
    low = text.lower()
    if len(low) != len(text):
        return []
    found = (band for match in BAND.finditer(low) if (band := _band(low, match)) is not None)
    return [band for band in found if _grades(low, band)]


def _grades(low: str, band: Band) -> bool:
    """Whether a range leads to points, a mark or a level: behind it, in the cell beside it, or before it."""
    if LEADS.match(low, band.end) or CELL.match(low, band.end):
        return True
    return band.unit in GRADED and MARKED.search(low, max(0, band.start - MARK_REACH), band.start) is not None


def _band(low: str, match: re.Match[str]) -> Band | None:
    """Read "từ 80 đến dưới 90 điểm", "trên 90 điểm trở lên"; a range without unit, or of two units, is no band."""
    start = match.start()
    if start and (low[start - 1].isalnum() or low[start - 1] in NOT_BEFORE):
        return None
    first, second = match["unit1"], match["unit2"]
    unit = _unit(second or first or "")
    ahead = AHEAD.search(low, max(0, start - AHEAD_REACH), start)
    strict = ahead is not None and ahead["above"] is not None
    start = ahead.start() if ahead else start
    least = digits_value(match["low"])
    if match["up"] is not None:
        return Band(start, match.end(), least, float("inf"), not strict, False, unit) if unit else None
    most = digits_value(match["high"])
    if not unit or (first and second and _unit(first) != unit) or least >= most:
        return None
    return Band(start, match.end(), least, most, not strict, match["below"] is None, unit)


def _unit(printed: str) -> str:
    return printed.split(maxsplit=1)[0] if printed else ""


def _scales(text: str) -> Iterator[list[Band]]:
    """Group bands that follow each other in one unit, all upwards or all downwards."""
    scale: list[Band] = []
    for band in _bands(text):
        if scale and not _goes_on(text, scale, band):
            yield scale
            scale = []
        scale.append(band)
    if scale:
        yield scale


def _goes_on(text: str, scale: list[Band], band: Band) -> bool:
    last = scale[-1]
    if band.unit != last.unit or band.start - last.end > APART or band.start < last.end:
        return False
    if text.count("\n", last.end, band.start) > LINES_APART:
        return False
    upwards = band.low > last.low
    return len(scale) == 1 or upwards == (last.low > scale[-2].low)


def _shared(first: Band, second: Band) -> str | None:
    """Say what two bands share; a band within the other is a step of its own and shares nothing."""
    below, above = sorted((first, second))[:2] if first.low == second.low else sorted((first, second), key=_by_low)
    if below.low == above.low or above.high <= below.high or above.low > below.high:
        return None
    if above.low == below.high:
        return f"{_number(above.low)}{_behind(above.unit)}" if above.holds_low and below.holds_high else None
    return f"{_number(above.low)} - {_number(below.high)}{_behind(above.unit)}"


def _number(value: float) -> str:
    return f"{value:g}".replace(".", ",")


def _behind(unit: str) -> str:
    return unit if unit == "%" else f" {unit}"


def _by_low(band: Band) -> float:
    return band.low
