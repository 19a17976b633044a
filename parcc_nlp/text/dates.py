"""Dates as Vietnamese documents write them, in digits and in words.

Works on clean text (`parcc_nlp.text.normalise`). The forms are those of Nghị định 30/2020/NĐ-CP, Phụ lục I ("ngày 05
tháng 01 năm 2020"), with what drafting practice adds: digits with strokes, hyphens or full stops, months, quarters and
years alone, drafts whose day is still blank, and common misprints. The number of an instrument ("12/2020/NĐ-CP"), a
ratio ("1/500") and a period ("2021-2025") are no dates, and a year of two digits is not guessed at.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from typing import Literal

__all__ = ["DateKind", "DateMention", "date_at", "find_dates"]

DateKind = Literal["day", "month", "quarter", "year"]


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a text.

    `start` and `end` are code-point offsets of the whole mention, "ngày", "tháng", "quý" or "năm" included. `iso` is as
    precise as the text is: ``"2023-12-22"``, ``"2025-12"``, ``"2026"``; a quarter is given as its last day. `valid` is
    False where the day or month does not exist (`iso` then keeps what does: ``"2024-02"`` for 30/02/2024) and where the
    form is misprinted but its meaning plain ("ngày 15 tháng 9 tháng 2022").
    """

    start: int
    end: int
    iso: str
    valid: bool
    kind: DateKind = "day"


_DAY_WORD = "(?:[Nn]gày|NGÀY)"
_MONTH_WORD = "(?:[Tt]háng|THÁNG)"
_YEAR_WORD = "(?:[Nn]ăm|NĂM)"
_QUARTER_WORD = "(?:[Qq]uý|QUÝ)"
_EARLY = "(?:[Mm][ùồ]ng|M[ÙỒ]NG)"  # mùng, mồng: days 1 to 10
_S = "[ \t]{0,4}(?:\n[ \t]{0,4})?"  # a date may wrap over a line, not over a blank one
_G = "[ ]?(?:\n[ ]?)?"
_DOTS = "[ \t._…]{0,60}"  # the place left for a number in a draft
_DAY = "(?P<day>[0-9]{1,2})"
_MONTH = "(?P<month>[0-9]{1,2})"
_YEAR = "(?P<year>(?:1[89]|2[01])[0-9]{2})"
_SEP = f"{_G}(?P<separator>[/.-]){_G}"
_AGAIN = f"{_G}(?P=separator){_G}"
_NOT_IN_WORD = r"(?<!\w)"
# A letter or a stroke after the last digit makes a symbol of it, but a forgotten space ("năm 1996của") does not; a
# period is no year.
_ENDS = r"(?:(?=của |về )|(?!\w))(?![/-][^\W\d_]|/[0-9]|\.[0-9])"
_YEAR_ENDS = _ENDS + r"(?! {0,3}[-–] {0,3}[0-9]{4}(?![0-9]))"


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(_NOT_IN_WORD + pattern)


_WITH_DAY_WORD = (
    _form(
        rf"{_DAY_WORD}{_S}(?:{_EARLY}{_S})?{_DAY}{_S}{_MONTH_WORD}{_S}{_MONTH}{_S},?{_S}{_YEAR_WORD}{_S}{_YEAR}{_ENDS}"
    ),
    _form(rf"{_DAY_WORD}{_S}{_DAY}{_SEP}{_MONTH}{_AGAIN}{_YEAR}{_ENDS}"),
    _form(rf"{_DAY_WORD}{_DOTS}{_MONTH_WORD}{_DOTS}{_MONTH}{_S}{_YEAR_WORD}{_S}{_YEAR}{_ENDS}"),
    _form(rf"{_DAY_WORD}{_DOTS}/ ?{_MONTH} ?/ ?{_YEAR}{_ENDS}"),
    _form(rf"{_DAY_WORD}{_DOTS}{_MONTH_WORD}{_DOTS}{_YEAR_WORD}{_S}{_YEAR}{_ENDS}"),
    _form(rf"{_DAY_WORD}{_DOTS}/{_DOTS}/ ?{_YEAR}{_ENDS}"),
    # Misprints of decrees as published: "ngày 15 tháng 9 tháng 2022", "... ngày 2012", "... nám 2024", "16/6 2025".
    _form(
        rf"{_DAY_WORD}{_S}{_DAY}{_S}(?P<misprint>/?){_S}{_MONTH_WORD}{_S}{_MONTH}{_S}"
        rf"(?:/?{_S}{_YEAR_WORD}|{_MONTH_WORD}|{_DAY_WORD}|[Nn](?:am|ám|ằm|găm)|,|/)?{_S}{_YEAR}{_ENDS}"
    ),
    _form(rf"{_DAY_WORD}{_S}{_DAY}(?P<misprint>//?){_MONTH}(?://?| ){_YEAR}{_ENDS}"),
)
_WITH_EARLY_WORD = (_form(rf"{_EARLY}{_S}{_DAY}{_S}{_MONTH_WORD}{_S}{_MONTH}{_S}{_YEAR_WORD}{_S}{_YEAR}{_ENDS}"),)
_WITH_MONTH_WORD = (_form(rf"{_MONTH_WORD}{_S}{_MONTH}(?:{_S}{_YEAR_WORD}{_S}|{_G}[/.-]{_G}){_YEAR}{_YEAR_ENDS}"),)
_WITH_QUARTER_WORD = (
    _form(
        rf"{_QUARTER_WORD}{_S}(?P<quarter>IV|I{{1,3}}|[1-4])(?:{_S}{_YEAR_WORD}{_S}|{_G}[/-]{_G}){_YEAR}{_YEAR_ENDS}"
    ),
)
_WITH_YEAR_WORD = (_form(rf"{_YEAR_WORD}{_S}{_YEAR}{_YEAR_ENDS}"),)
# Without a word before it, a date in digits needs strokes or hyphens: "1.5.2020" is a heading's number as well.
_IN_DIGITS = (
    _form(rf"(?<!/)(?<![0-9]\.){_DAY}(?P<separator>/){_MONTH}/{_YEAR}{_ENDS}"),
    _form(rf"(?<!/)(?<![0-9][.-]){_DAY}(?P<separator>-){_MONTH}-{_YEAR}{_ENDS}(?!-)"),
)
_FORMS = {
    **dict.fromkeys("0123456789", _IN_DIGITS),
    **dict.fromkeys("Nn", (*_WITH_DAY_WORD, *_WITH_YEAR_WORD)),
    **dict.fromkeys("Mm", _WITH_EARLY_WORD),
    **dict.fromkeys("Tt", _WITH_MONTH_WORD),
    **dict.fromkeys("Qq", _WITH_QUARTER_WORD),
}
# Where a mention may begin: most letters are passed over in one scan.
_HINT = re.compile(
    "[NnTtQqMm0-9](?:gày|GÀY|háng|HÁNG|ăm[ \t\n0-9]|ĂM[ \t\n0-9]|uý|UÝ|[ùồ]ng|[ÙỒ]NG|[0-9]?[/-][0-9]{1,2}[/-][12])"
)
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_MONTHS_IN_YEAR = 12


def _read(match: re.Match[str]) -> DateMention:
    """Give the date that a matched form names."""
    found = match.groupdict()
    start, end, year = match.start(), match.end(), found["year"]
    if "quarter" in found:
        month = 3 * _QUARTERS[found["quarter"]]
        return DateMention(
            start, end, f"{year}-{month:02d}-{monthrange(int(year), month)[1]}", valid=True, kind="quarter"
        )
    if "month" not in found:
        return DateMention(start, end, year, valid=True, kind="year")
    month = int(found["month"])
    kind: DateKind = "day" if "day" in found else "month"
    if not 1 <= month <= _MONTHS_IN_YEAR:
        return DateMention(start, end, year, valid=False, kind=kind)
    if "day" not in found:
        return DateMention(start, end, f"{year}-{month:02d}", valid=True, kind=kind)
    day = int(found["day"])
    if not 1 <= day <= monthrange(int(year), month)[1]:
        return DateMention(start, end, f"{year}-{month:02d}", valid=False, kind=kind)
    return DateMention(start, end, f"{year}-{month:02d}-{day:02d}", valid="misprint" not in found, kind=kind)


def date_at(text: str, pos: int) -> DateMention | None:
    """Read the date that begins exactly at an offset.

    Parameters
    ----------
    text
        A clean text.
    pos
        Code-point offset of the first letter or digit of the mention.

    Returns
    -------
    DateMention or None
        The date, or None where no date begins.

    Examples
    --------
    >>> date_at("63/2010/NĐ-CP ngày 08/6/2010 của Chính phủ", 14)
    DateMention(start=14, end=28, iso='2010-06-08', valid=True, kind='day')
    >>> date_at("63/2010/NĐ-CP", 0) is None
    True
    """
    if not 0 <= pos < len(text):
        return None
    for form in _FORMS.get(text[pos], ()):
        match = form.match(text, pos)
        if match:
            return _read(match)
    return None


def find_dates(text: str) -> tuple[DateMention, ...]:
    """Find all dates of a text, in order and without overlap.

    Parameters
    ----------
    text
        A clean text.

    Returns
    -------
    tuple[DateMention, ...]
        Days, months, quarters and years; a year or month inside a longer date is not given again.

    Examples
    --------
    >>> [date.iso for date in find_dates("từ tháng 5/2026 đến hết quý III năm 2026")]
    ['2026-05', '2026-09-30']
    """
    found: list[DateMention] = []
    done = 0
    for hint in _HINT.finditer(text):
        if hint.start() < done:
            continue
        date = date_at(text, hint.start())
        if date:
            found.append(date)
            done = date.end
    return tuple(found)
