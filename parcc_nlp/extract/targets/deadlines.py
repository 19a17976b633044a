"""By when: deadlines in a clause, and those that a heading or lead-in gives to the lines below."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from parcc_nlp.extract.citations.lexicon import alternation, words
from parcc_nlp.text.dates import date_at

__all__ = ["Deadline", "deadlines_in", "heading_deadline"]

YEAR = r"(?P<year>20\d\d)(?!\s*-\s*20\d\d)(?![\d/])"
BOUND = re.compile(
    r"(?<!\w)(?:đến|tới|trước|hết|vào|trong|cuối|từ|kể\s+từ|chậm\s+nhất|xong\s+trước|hoàn\s+thành\s+trong|trong\s+năm)"
    r"(?:\s+(?:trước|hết|cuối|đầu|khoảng|các))*\s+(?=(?:ngày|tháng|quý|năm|\d{1,2}/))"
)
PERIOD = re.compile(
    r"(?:giai\s+đoạn|thời\s+kỳ)\s+(?:từ\s+)?(?:năm\s+)?20\d\d\s*(?:-|đến)\s*(?:năm\s+)?(?P<year>20\d\d)"
)
LEADING_YEAR = re.compile(
    r"[\s\-+•*\d.)(a-zđ]{0,8}(?:(?:chỉ\s+tiêu|mục\s+tiêu)\s+\d+\s*[:.]\s*)?(?:(?:riêng|phấn\s+đấu|mục\s+tiêu)\s+){0,2}"
    rf"(?P<words>năm\s+{YEAR})(?=[\s,:])"
)
BEFORE_VERB = re.compile(
    rf"năm\s+{YEAR}(?=\s*,?\s*(?:của\s+[^,;.]{{1,80}}?\s)?"
    r"(?:đạt|thuộc|nằm|trên|ít\s+nhất|tối\s+thiểu|xếp|phấn\s+đấu|vào|trong\s+nhóm|tăng|giảm|là|từ|dưới|không\s+quá|khoảng|còn|có|tối\s+đa|chiếm)(?!\w))"
)
BRACKETED = re.compile(rf"\(\s*(?P<words>năm\s+{YEAR})\s*\)")
HEADING_YEAR = re.compile(rf"năm\s+{YEAR}(?!\s*-)")
NOT_A_TERM = re.compile(r"(?:kế\s+hoạch|chương\s+trình|đề\s+án|nghị\s+quyết|luật|so\s+với|của|từ)\s*$")
PLAN_BEFORE = re.compile(r"(?:kế\s+hoạch|chương\s+trình|đề\s+án|chiến\s+lược|nghị\s+quyết)[^,;.]{0,80}$")
ONWARDS = re.compile(r"\s*trở\s+đi")


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline as ISO text with the place of its words."""

    start: int
    end: int
    iso: str


@cache
def _measured_year() -> re.Pattern[str]:
    """Read the year an index or a budget is measured for: "Chỉ số CCHC của tỉnh năm 2026"."""
    index = alternation(words("targets.yaml")["index_words"])
    return re.compile(rf"(?<!\w)(?:{index})(?!\w)[^,;.\d]{{0,60}}?\s(?P<words>năm\s+{YEAR})")


def deadlines_in(clean: str, low: str, start: int, end: int) -> list[Deadline]:
    """Give the deadlines of a stretch of text in their order.

    Parameters
    ----------
    clean, low
        The normalised text and its lower-cased copy.
    start, end
        The stretch: a clause, a heading.
    """
    found: list[Deadline] = []
    for bound in BOUND.finditer(low, start, end):
        date = date_at(clean, bound.end())
        if date is None or date.end > end:
            continue
        if low.startswith("từ", bound.start()) and not ONWARDS.match(low, date.end):
            continue
        found.append(Deadline(bound.start(), date.end, date.iso))
    if low.find("20", start, end) >= 0:
        found += _years(low, start, end)
    kept: list[Deadline] = []
    for deadline in sorted(found, key=_order):
        if not kept or deadline.start >= kept[-1].end:
            kept.append(deadline)
    return kept


def _order(deadline: Deadline) -> tuple[int, int]:
    return deadline.start, -deadline.end


def _years(low: str, start: int, end: int) -> list[Deadline]:
    """Years that are terms without a word that says so: periods, years that open a clause or stand before its verb."""
    found = [
        Deadline(match.start(), match.end(), match["year"])
        for match in PERIOD.finditer(low, start, end)
        if not PLAN_BEFORE.search(low, max(start, match.start() - 100), match.start())
    ]
    found += [Deadline(*match.span("words"), match["year"]) for match in BRACKETED.finditer(low, start, end)]
    leading = LEADING_YEAR.match(low, start, end)
    if leading:
        found.append(Deadline(*leading.span("words"), leading["year"]))
    found += [
        Deadline(match.start(), match.end(), match["year"])
        for match in BEFORE_VERB.finditer(low, start, end)
        if not NOT_A_TERM.search(low, max(start, match.start() - 14), match.start())
    ]
    for match in _measured_year().finditer(low, start, end):
        year = match.start("words")
        if not NOT_A_TERM.search(low, max(start, year - 14), year):
            found.append(Deadline(*match.span("words"), match["year"]))
    return found


def heading_deadline(clean: str, low: str, start: int, end: int) -> str | None:
    """Give the deadline a heading or lead-in sets: also a bare year or period ("Mục tiêu năm 2026")."""
    found = deadlines_in(clean, low, start, end)
    if found:
        return found[0].iso
    year = HEADING_YEAR.search(low, start, end)
    if year and not PLAN_BEFORE.search(low, max(start, year.start() - 100), year.start()):
        return year["year"]
    return None
