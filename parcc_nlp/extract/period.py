"""The time a plan is made for, as its title gives it ("năm 2024", "giai đoạn 2026 - 2030")."""

from __future__ import annotations

import re

from parcc_nlp.model import Period

__all__ = ["find_period"]

SPAN = re.compile(
    r"(?:giai\s+đoạn|thời\s+kỳ|nhiệm\s+kỳ|các\s+năm|từ\s+năm|năm(?:\s+học)?)\s+(?:từ\s+)?(?:năm\s+)?(?P<first>(?:19|20)\d\d)\s*(?:-|–|—|đến(?:\s+(?:hết\s+)?năm)?)\s*(?P<last>(?:19|20)\d\d)\b",
)
YEAR = re.compile(r"\bnăm\s+(?P<year>(?:19|20)\d\d)\b(?!\s*[-–]\s*(?:19|20)\d\d)")
# Years that date another document or look further ahead are not the plan's own.
DATED = re.compile(
    r"(?:tháng\s+\d{1,2}\s+|định\s+hướng\s+(?:đến\s+)?|tầm\s+nhìn\s+(?:đến\s+)?|đến\s+|trước\s+|sau\s+|từ\s+|luật\s[^,;]{0,60})$"
)


def find_period(title: str) -> Period | None:
    """Read the period out of a title, first and last day included; None where the title gives none.

    Examples
    --------
    >>> find_period("Cải cách hành chính năm 2024")
    Period(from_='2024-01-01', to='2024-12-31')
    >>> find_period("Phát triển kinh tế số giai đoạn 2026 - 2030, định hướng đến năm 2035")
    Period(from_='2026-01-01', to='2030-12-31')
    """
    small = title.lower()
    span = SPAN.search(small)
    if span and span["first"] <= span["last"]:
        return Period(f"{span['first']}-01-01", f"{span['last']}-12-31")
    for match in YEAR.finditer(small):
        if not DATED.search(small, 0, match.start()):
            return Period(f"{match['year']}-01-01", f"{match['year']}-12-31")
    return None
