"""Values with units: "90%", "1.500 tỷ đồng", "từ 5 - 7%", "nhóm 10 địa phương dẫn đầu", "18 ca sinh/1.000 phụ nữ"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.extract.citations.lexicon import alternation, rows, words
from parcc_nlp.text.numerals import DIGITS, WORDS, digits_value, words_at

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Value", "find_values"]

BEFORE = re.compile(r"(?:[^\W]|[/(]\w?[/\-]|\w[/\-]|/|\d[:.,])\Z")
"""A number right behind one of these is part of a date, a symbol, a scale or a longer number."""
NUMBER = re.compile(rf"({DIGITS})(?:\s*(?:-|đến)\s*({DIGITS}))?")
SECOND = re.compile(rf"\s*(?:-|đến)\s*({DIGITS})(?=\s*(?:%|[^\W\d_]))")
LONGEST = 15
"""Digits of a number that is still a quantity; a longer run is an account or a code."""
AHEAD = r"[ \t]+(?:[^\W\d_]{1,20},?[ \t]+){0,6}?(?:dẫn\s+đầu|đứng\s+đầu|cao\s+nhất|tốt\s+nhất|hàng\s+đầu|đầu)(?!\w)"
RANK = re.compile(
    rf"(?:nhóm|top|tốp)[ \t]+(\d{{1,3}}){AHEAD}"
    rf"|(?:top|tốp)[ \t]+(\d{{1,3}})(?![\w.,/]*\d)"
    rf"|(?<=trong )(\d{{1,3}}){AHEAD}"
    r"|(?:thứ\s+hạng|xếp\s+hạng|xếp\s+thứ|đứng\s+thứ|xếp\s+vị\s+trí\s+thứ|vị\s+trí\s+thứ)\s+(?:từ\s+)?(\d{1,3})"
    r"(?:/\d{1,3})?(?![\w.,/]*\d)"
)
RANK_PROBE = re.compile(r"nhóm|t[oố]p |thứ|hạng|trong \d")
SPELLED = re.compile(r"(?:ít\s+nhất|tối\s+thiểu|không\s+dưới)\s+(?:có\s+|là\s+|từ\s+|đạt\s+)?(?=[^\W\d_])")
SPELLED_SHARE = re.compile(rf"(?<!\w)({WORDS})\s+phần\s+trăm(?!\w)")
TIMES = re.compile(r"(?<!\w)gấp\s+(đôi|rưỡi|(?:hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?:\s+lần)?)(?!\w)")
TIMES_WORTH = {"đôi": 2.0, "rưỡi": 1.5}
NOUNS = r"(?:[^\W\d_]{1,20}[ \t]+){0,4}[^\W\d_]{1,20}[23²³]?"
SCALE = "nghìn|ngàn|vạn|triệu|tỷ|tỉ"
AFTER_SCALE = re.compile(rf"(?:{SCALE})[ \t]+")


@dataclass(frozen=True, slots=True)
class Value:
    """A number with its unit in the clean text."""

    start: int
    end: int
    value: float
    value_max: float | None
    unit: str
    kind: str
    """share, money, time, score, measure, count, ratio, rate (money for each) or rank."""
    noun: int
    """Where the unit begins: a counted noun belongs to the subject ("ít nhất một | cơ sở y tế ...")."""


class _Unit(NamedTuple):
    """A unit found behind a number."""

    name: str
    kind: str
    start: int
    end: int


class _Units(NamedTuple):
    """The written forms of units, as a pattern matched at a place, and what each means."""

    pattern: re.Pattern[str]
    by_form: dict[str, tuple[str, str]]
    ratio: re.Pattern[str]


@cache
def _units() -> _Units:
    by_form = {
        form.lower(): (row["unit"], row["kind"]) for row in rows("units.csv") for form in row["written"].split("|")
    }
    signs = "|".join(re.escape(form) for form in by_form if not form[0].isalpha())
    spelled = alternation([form for form in by_form if form[0].isalpha()])
    pattern = rf"[ \t]*(?:({signs})|((?:(?:{SCALE})[ \t]+)??(?:{spelled}))(?![\w²³]))"
    second = alternation(words("targets.yaml")["ratio_nouns"])
    ratio = rf"(?:[ \t]*({NOUNS}))?[ \t]*(/[ \t]*(?:1[.0]{{2,9}}[ \t]+)?(?:{second}))(?!\w)"
    return _Units(re.compile(pattern), by_form, re.compile(ratio))


def find_values(low: str, start: int, end: int) -> list[Value]:
    """Every value of a stretch of text, in order, none inside another.

    Parameters
    ----------
    low
        Lower-cased text of the same length as the text itself.
    start, end
        The stretch, usually a line.
    """
    found = [*_numbers(low, start, end), *_spelled(low, start, end)]
    if RANK_PROBE.search(low, start, end):
        found += _ranks(low, start, end)
    reached, kept = start, []
    for value in sorted(found, key=_order):
        if value.start >= reached:
            reached = value.end
            kept.append(value)
    return kept


def _order(value: Value) -> tuple[int, int]:
    return value.start, -value.end


def _unit_at(low: str, pos: int, end: int) -> _Unit | None:
    """Read a unit right behind a number, perhaps with a scale word: "triệu lượt khách"."""
    units = _units()
    match = units.pattern.match(low, pos, end)
    if match is None:
        return None
    form = " ".join((match[1] or match[2]).split())
    start = match.start(1) if match[1] else match.start(2)
    if form in units.by_form:
        return _Unit(*units.by_form[form], start, match.end())
    scale, _, rest = form.partition(" ")
    name, kind = units.by_form[rest]
    noun = AFTER_SCALE.match(low, start)
    return _Unit(f"{scale} {name}", kind, noun.end() if noun else start, match.end())


def _numbers(low: str, start: int, end: int) -> Iterator[Value]:
    for match in NUMBER.finditer(low, start, end):
        if BEFORE.search(low, max(start, match.start() - 2), match.start()) or len(match[0]) > 2 * LONGEST:
            continue
        value = _ratio(low, match, end) or _plain(low, match, end)
        if value:
            yield value


def _ratio(low: str, match: re.Match[str], end: int) -> Value | None:
    """Read "18 ca sinh/1.000 phụ nữ", "4/100.000 trẻ sinh ra còn sống", "80 triệu đồng/người"."""
    ratio = _units().ratio.match(low, match.end(1), end)
    if ratio is None:
        return None
    unit = " ".join(f"{ratio[1] or ''}{ratio[2]}".split())
    kind = "rate" if ratio[1] and re.search(r"(?:đồng|usd|lương\s+cơ\s+sở)$", ratio[1]) else "ratio"
    return Value(match.start(), ratio.end(), digits_value(match[1]), None, unit, kind, match.end(1))


def _plain(low: str, match: re.Match[str], end: int) -> Value | None:
    high: str | None = match[2]
    unit = _unit_at(low, match.end(), end)
    if unit is None and high:  # "5 - 7" without unit behind the second number
        high = None
        unit = _unit_at(low, match.end(1), end)
    if unit is None:
        return None
    stop = unit.end
    if high is None and (second := SECOND.match(low, stop, end)):  # "từ 5% đến 7%"
        again = _unit_at(low, second.end(1), end)
        if again and again.name == unit.name:
            high, stop = second[1], again.end
    top = digits_value(high) if high else None
    return Value(match.start(), stop, digits_value(match[1]), top, unit.name, unit.kind, unit.start)


def _ranks(low: str, start: int, end: int) -> Iterator[Value]:
    for match in RANK.finditer(low, start, end):
        number = next(filter(None, match.groups()))
        yield Value(match.start(), match.end(), float(number), None, "hạng", "rank", match.end())


def _spelled(low: str, start: int, end: int) -> Iterator[Value]:
    """Numbers in words are values behind a comparator ("ít nhất một cơ sở"), before "phần trăm" and behind "gấp"."""
    for match in SPELLED.finditer(low, start, end):
        numeral = words_at(low, match.end())
        unit = _unit_at(low, numeral.end, end) if numeral and numeral.end <= end else None
        if numeral and unit:
            yield Value(numeral.start, unit.end, numeral.value, None, unit.name, unit.kind, unit.start)
    if low.find("phần", start, end) >= 0:
        for match in SPELLED_SHARE.finditer(low, start, end):
            numeral = words_at(low, match.start())
            if numeral and numeral.end >= match.end(1):
                yield Value(match.start(), match.end(), numeral.value, None, "%", "share", match.end(1))
    if low.find("gấp", start, end) >= 0:
        for match in TIMES.finditer(low, start, end):
            numeral = words_at(low, match.start(1))
            worth = TIMES_WORTH.get(match[1]) or (numeral.value if numeral else 0.0)
            yield Value(match.start(1), match.end(), worth, None, "lần", "count", match.end())
