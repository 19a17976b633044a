"""When a document takes effect and when it ends, by its own clause ("Quyết định này có hiệu lực kể từ ngày ký")."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING

from parcc_nlp.extract.data_files import document_types
from parcc_nlp.text.dates import date_at

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["find_effect", "find_expiry"]

TYPES = "|".join(
    sorted(
        {form for kind in document_types() for form in (kind.doc_type, kind.doc_type[0].lower() + kind.doc_type[1:])},
        key=len,
        reverse=True,
    ),
)
# "Quyết định này có hiệu lực", "Nghị quyết này được Hội đồng nhân dân ... thông qua ... và có hiệu lực".
BEGINS = re.compile(
    rf"\b(?:{TYPES})\s+(?:này\s+)?"
    r"(?:(?:được|đã\s+được|do)\s[^.;\n“”\"]{0,160}?\s|(?:sẽ|bắt\s+đầu|chính\s+thức)\s+)?có\s+hiệu\s+lực",
)
EFFECT_WORDS = "hiệu lực"
CLAUSE_REACH = 230
REFERENCE_REACH = 20
DAYS_AFTER = re.compile(
    r"\s*(?:thi\s+hành\s+)?(?:kể\s+từ\s+)?sau\s+(?:thời\s+hạn\s+)?(?P<days>\d{1,3})\s*(?:\([^)]{1,30}\)\s*)?ngày,?\s*(?:làm\s+việc,?\s*)?(?:kể\s+)?(?:từ|tính\s+từ)\s+ngày\s+(?:ký|ban\s+hành|thông\s+qua|được\s+thông\s+qua|Hội\s+đồng|Quốc\s+hội)",
)
FROM_SIGNING = re.compile(
    r"\s*(?:thi\s+hành\s+|ngay\s+)?(?:kể\s+)?(?:từ|ngay\s+sau|sau)\s+(?:ngày|khi)\s+(?:được\s+)?(?:ký|ban\s+hành|thông\s+qua|Quốc\s+hội\s+(?:biểu\s+quyết\s+)?thông\s+qua|Hội\s+đồng\s+nhân\s+dân[^.;\n]{0,60}?thông\s+qua)\b",
)
FROM_DATE = re.compile(
    r"\s*,?\s*(?:thi\s+hành\s+|áp\s+dụng\s+)?(?:bắt\s+đầu\s+)?(?:kể\s+)?từ\s*(?:0\s*giờ\s*)?(?P<date>ngày\s)|\s+(?:vào\s+)?(?P<plain>ngày\s)"
)
UNTIL = re.compile(r"(?:đến|cho\s+đến)\s+(?:hết\s+)?(?P<date>(?:ngày\s|năm\s|tháng\s)|\d)")
# "... và được thực hiện trong 05 năm", "thời gian thí điểm là 03 năm": a pilot period that begins with the effect.
DURATION = re.compile(
    r"(?:thực\s+hiện|áp\s+dụng|thí\s+điểm|hiệu\s+lực)\s+(?:thí\s+điểm\s+)?(?:trong\s+|là\s+)"
    r"(?:(?:thời\s+(?:hạn|gian)|vòng)\s+(?:là\s+)?)?(?P<number>\d{1,2})\s*(?:\([^)\n]{1,20}\)\s*)?(?P<unit>năm|tháng)(?!\s+\d)"
)
MONTHS = 12
CLAUSE_END = re.compile(r"[.;\n](?!\d)")
REFERENCE = re.compile(
    r"\b(?:[Cc]ủa|[Tt]rước|[Ss]au|[Tt]ừ|[Đđ]ến|[Kk]hi|[Tt]hời\s+điểm)\s+(?:ngày\s+|thời\s+điểm\s+)?$"
)


def find_effect(
    text: str, start: int, end: int, *, issued: str | None, skip: tuple[tuple[int, int], ...] = ()
) -> str | None:
    """Give the day from which the document says it has effect.

    Parameters
    ----------
    text
        A clean text.
    start, end
        Where its own operative clauses stand.
    issued
        Its date; needed for "kể từ ngày ký" and "sau 10 ngày kể từ ngày ký" (the tenth day after the day of signing).
    skip
        Quoted stretches: a clause of the amended text is not the document's own.

    Returns
    -------
    str or None
        ISO date; None where there is no clause, or where it counts from a day the document does not give
        ("sau 15 ngày kể từ ngày đăng Công báo").

    Examples
    --------
    >>> clause = "Thông tư này có hiệu lực sau 45 ngày, kể từ ngày ký."
    >>> find_effect(clause, 0, len(clause), issued="2020-01-01")
    '2020-02-15'
    """
    for at in _clauses(text, start, end, skip):
        found = _day(text, at, issued)
        if found:
            return found
    return None


def _clauses(text: str, start: int, end: int, skip: tuple[tuple[int, int], ...]) -> Iterator[int]:
    """Give the offset behind "có hiệu lực" in every clause of the document on its own effect."""
    words = text.find(EFFECT_WORDS, start, end)
    while words >= 0:
        behind = words + len(EFFECT_WORDS)
        match = BEGINS.search(text, max(start, words - CLAUSE_REACH, text.rfind("\n", 0, words) + 1), behind)
        if match and match.end() == behind and not _is_quoted(match.start(), skip):
            before = REFERENCE.search(text, max(match.start() - REFERENCE_REACH, 0), match.start())
            if not before:
                yield behind
        words = text.find(EFFECT_WORDS, behind, end)


def _is_quoted(at: int, skip: tuple[tuple[int, int], ...]) -> bool:
    return any(opened <= at < closed for opened, closed in skip)


def _day(text: str, at: int, issued: str | None) -> str | None:
    """Read the time behind "có hiệu lực"."""
    later = DAYS_AFTER.match(text, at)
    if later:
        return _days_after(issued, int(later["days"]))
    if FROM_SIGNING.match(text, at):
        return issued if issued and len(issued) == len("2020-01-01") else None
    dated = FROM_DATE.match(text, at)
    if dated:
        mention = date_at(text, dated.start("date") if dated["date"] else dated.start("plain"))
        return mention.iso if mention and mention.kind == "day" and mention.valid else None
    return None


def _days_after(issued: str | None, days: int) -> str | None:
    if not issued or len(issued) != len("2020-01-01"):
        return None
    return (date.fromisoformat(issued) + timedelta(days=days)).isoformat()


def find_expiry(
    text: str, start: int, end: int, *, effective: str | None = None, skip: tuple[tuple[int, int], ...] = ()
) -> str | None:
    """Give the last day on which the document says it has effect ("đến hết ngày 31/12/2025"), None without one.

    Parameters
    ----------
    text, start, end, skip
        As for `find_effect`.
    effective
        The day it takes effect, from which a period counts ("được thực hiện trong 05 năm").

    Examples
    --------
    >>> clause = "Nghị quyết này có hiệu lực từ ngày 01/01/2021 đến hết ngày 31/12/2025."
    >>> find_expiry(clause, 0, len(clause))
    '2025-12-31'
    """
    for at in _clauses(text, start, end, skip):
        stop = CLAUSE_END.search(text, at, min(at + CLAUSE_REACH, end))
        until = UNTIL.search(text, at, stop.start() if stop else min(at + CLAUSE_REACH, end))
        mention = date_at(text, until.start("date")) if until else None
        if mention and mention.valid:
            return f"{mention.iso}-12-31" if mention.kind == "year" else mention.iso
        lasts = DURATION.search(text, at, stop.start() if stop else min(at + CLAUSE_REACH, end))
        if lasts and effective and len(effective) == len("2020-01-01"):
            return _last_day(effective, int(lasts["number"]) * (MONTHS if lasts["unit"] == "năm" else 1))
    return None


def _last_day(first: str, months: int) -> str:
    """Give the last day of a period of months: the day before the same day of the month it ends in."""
    begins = date.fromisoformat(first)
    month = begins.month - 1 + months
    year, month = begins.year + month // MONTHS, month % MONTHS + 1
    day = min(begins.day, monthrange(year, month)[1])
    return (date(year, month, day) - timedelta(days=1)).isoformat()
