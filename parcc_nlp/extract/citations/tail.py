"""What stands behind a document's name or number: its date, who issued it, its title."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from parcc_nlp.extract.citations.bodies import bodies_at, body_at
from parcc_nlp.extract.citations.lexicon import alternation, words
from parcc_nlp.text.dates import date_at

__all__ = ["Tail", "read_tail", "read_title"]

DATE_LEAD = re.compile(
    r"\s*[,;]?\s*\(?(?:(?:được\s+)?(?:ban\s+hành|ký|thông\s+qua|ký\s+ban\s+hành|lập)\s+)?(?=ngày|năm|tháng|\d)",
    re.IGNORECASE,
)
# "... SỐ 66-NQ/TW Ngày 28 tháng 11 năm 2025, tại ...": in a flattened text the next sentence begins
SENTENCE_DATE = re.compile(r"(?:Ngày|Tháng|Năm)\s")
CLOSING = re.compile(r"\s*\)")
BARE_YEAR = re.compile(r"\s*\(?((?:19|20)\d\d)\)?(?![\w/-])(?!\s*-\s*\d)")
ISSUER_LEAD = re.compile(r"\s*,?\s*\(?(?:(?:được\s+)?(?:ban\s+hành|ký)\s+)?(?:của|do)\s+", re.IGNORECASE)
ISSUED_BY = re.compile(r"\s+ban\s+hành", re.IGNORECASE)
PERIOD = re.compile(r"\s*,?\s*\(?nhiệm\s+kỳ\s+(?:19|20)\d\d\s*-\s*(?:19|20)\d\d\)?", re.IGNORECASE)
JOINTLY = re.compile(r"TTLT|NQLT|TTLB|TT-LB|[Ll]iên\s+tịch")
"""Symbols and types of documents that several bodies issue together."""
JOINTLY_REACH = 60
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
    clean
        The normalised text.
    pos
        Where the type and number, or the name, end.
    by_name
        Whether the document is cited by its name: then a bare year belongs to it ("Luật Đất đai 2013").
    """
    tail = Tail(end=pos)
    reading = True
    while reading:
        dated = _with_date(clean, tail, by_name=by_name) if tail.issued is None else tail
        issued = _with_issuer(clean, dated, number_end=pos) if dated.issuer is None else dated
        reading = issued is not tail and (issued.issued is None or issued.issuer is None)
        tail = issued
    period = PERIOD.match(clean, tail.end) if by_name else None
    return replace(tail, end=period.end()) if period else tail


def _with_date(clean: str, tail: Tail, *, by_name: bool) -> Tail:
    """Read a date at the end of what was read, or give the same tail back."""
    lead = DATE_LEAD.match(clean, tail.end)
    date = date_at(clean, lead.end()) if lead else None
    # "Nghị quyết số 12/NQ-CP năm 2024" may speak of the year of carrying it out; a quarter dates no document
    new_sentence = SENTENCE_DATE.match(clean, lead.end()) if lead else None
    if lead and date and not new_sentence and date.kind != "quarter" and (by_name or date.kind != "year"):
        closing = CLOSING.match(clean, date.end) if "(" in lead[0] else None
        return replace(tail, issued=date.iso, end=closing.end() if closing else date.end)
    year = BARE_YEAR.match(clean, tail.end) if by_name else None
    return replace(tail, issued=year[1], end=year.end()) if year else tail


def _with_issuer(clean: str, tail: Tail, *, number_end: int) -> Tail:
    """Read "của Chính phủ" or "do Chính phủ ban hành", or give the same tail back."""
    lead = ISSUER_LEAD.match(clean, tail.end)
    joint = lead is not None and JOINTLY.search(clean, max(0, number_end - JOINTLY_REACH), number_end) is not None
    read = bodies_at if joint else body_at
    body = read(clean, lead.end()) if lead else 0
    if lead is None or body == lead.end():
        return tail
    if lead[0].strip().lower().endswith("do"):
        published = ISSUED_BY.match(clean, body)
        return replace(tail, issuer=(lead.end(), body), end=published.end()) if published else tail
    return replace(tail, issuer=(lead.end(), body), end=body)


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
