"""What stands behind a document's name or number: its date, who issued it, its title."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from parcc_nlp.extract.citations.bodies import body_at
from parcc_nlp.extract.citations.lexicon import alternation, words
from parcc_nlp.text.dates import date_at

__all__ = ["Tail", "read_tail", "read_title"]

DATE_LEAD = re.compile(
    r"\s*[,;]?\s*\(?(?:(?:được\s+)?(?:ban\s+hành|ký|thông\s+qua|ký\s+ban\s+hành|lập)\s+)?(?=ngày|năm|tháng|\d)",
    re.IGNORECASE,
)
SLASH_DATE = re.compile(r"\s*\(?(?=\d{1,2}[/.-]\d{1,2}[/.-]\d{4})")
BARE_YEAR = re.compile(r"\s*\(?((?:19|20)\d\d)\)?(?![\w/-])(?!\s*-\s*\d)")
ISSUER_LEAD = re.compile(r"\s*,?\s*\(?(?:(?:được\s+)?(?:ban\s+hành|ký)\s+)?(?:của|do)\s+", re.IGNORECASE)
ISSUED_BY = re.compile(r"\s+ban\s+hành", re.IGNORECASE)
PERIOD = re.compile(r"\s*,?\s*\(?nhiệm\s+kỳ\s+(?:19|20)\d\d\s*-\s*(?:19|20)\d\d\)?", re.IGNORECASE)
LONGEST_TITLE = 600


@dataclass(frozen=True, slots=True)
class Tail:
    """Date and issuer read behind a citation, in offsets of the clean text."""

    end: int
    issued: str | None = None
    issuer: tuple[int, int] | None = None


def read_tail(clean: str, pos: int, *, by_name: bool) -> Tail:
    """Read date and issuer, in either order, from `pos` on.

    Parameters
    ----------
    by_name
        Whether the document is cited by its name: then a bare year belongs to it ("Luật Đất đai 2013").
    """
    issued: str | None = None
    issuer: tuple[int, int] | None = None
    end = pos
    for _ in range(3):
        if issued is None:
            lead = DATE_LEAD.match(clean, end)
            date = date_at(clean, lead.end()) if lead else None
            if date and date.kind == "year" and not by_name:
                date = None  # "Nghị quyết số 12/NQ-CP năm 2024" may speak of the year of carrying it out
            if date and date.kind != "quarter":
                issued, end = date.iso, date.end
                closing = re.compile(r"\s*\)").match(clean, end)
                if closing and "(" in clean[lead.start() : lead.end()]:  # type: ignore[union-attr] - a date has a lead
                    end = closing.end()
                continue
            year = BARE_YEAR.match(clean, end) if by_name else None
            if year:
                issued, end = year[1], year.end()
                continue
        if issuer is None:
            lead = ISSUER_LEAD.match(clean, end)
            if lead:
                body = body_at(clean, lead.end())
                if body > lead.end():
                    by = lead[0].strip().lower().endswith("do")
                    published = ISSUED_BY.match(clean, body) if by else None
                    if by and not published:
                        break
                    issuer, end = (lead.end(), body), (published.end() if published else body)
                    continue
        break
    period = PERIOD.match(clean, end) if by_name else None
    return Tail(end=period.end() if period else end, issued=issued, issuer=issuer)


@cache
def _title_opener() -> re.Pattern[str]:
    return re.compile(rf"\s*,?\s*(?={alternation(words('relations.yaml')['title_openers'])})", re.IGNORECASE)


TITLE_END = re.compile(r"[;\n]|\.(?=\s|$)|\s\((?=sau đây|gọi tắt|dưới đây)|”|\(sau")
ABOUT = re.compile(r"(?:về\s+việc|v/v|về)\s+", re.IGNORECASE)


def read_title(clean: str, pos: int, limit: int) -> tuple[int, int] | None:
    """Span of the trích yếu that follows a citation, or None; it ends with the clause or before `limit`."""
    opener = _title_opener().match(clean, pos)
    if opener is None:
        return None
    start = opener.end()
    about = ABOUT.match(clean, start)
    start = about.end() if about else start
    stop = TITLE_END.search(clean, start, min(start + LONGEST_TITLE, limit))
    end = stop.start() if stop else min(start + LONGEST_TITLE, limit)
    text = re.sub(r"(?:\s*(?:,|và|theo|của|tại|thực hiện))*\s*$", "", clean[start:end])
    return (start, start + len(text)) if text else None
