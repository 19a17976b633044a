"""By when and how often: the deadline and the recurrence that a sentence gives its task."""

from __future__ import annotations

import re

from parcc_nlp.text.dates import find_dates

__all__ = ["deadline_of", "recurrence_of"]

LATEST = r"(?:chậm nhất|muộn nhất)(?: là| vào| trong)*"
CUE = re.compile(rf"(?:trước|đến(?: hết| cuối)?|hết|xong|{LATEST}|trong|vào|cuối|hạn|hoàn thành|thời hạn|:|\()\s*$")
YEAR_CUE = re.compile(rf"(?:trước|đến(?: hết| cuối)?|hết|xong|{LATEST}|trong|cuối)\s*$")
OPEN_ENDED = re.compile(r"(?:^|\W)(?:kể )?từ\s*$")
# A year behind these belongs to the name of a plan, not to the task.
NAMED = re.compile(
    r"(?:đề án|kế hoạch|chương trình|chiến lược|quy hoạch|nghị quyết|quyết định|giai đoạn|định hướng|tầm nhìn|dự án"
    r"|chỉ thị|mục tiêu)[^.;]{0,160}$"
)
PERIOD = re.compile(r"trong (?:cả )?giai đoạn (?P<first>20\d\d) ?[-–] ?(?P<last>20\d\d)")
DATE_HINT = re.compile(r"ngày|tháng|quý|năm|/20\d\d|giai đoạn")
EVERY = (
    r"(?:hàng|hằng|mỗi) (?:ngày|tuần|tháng|quý|năm)"
    r"|(?:quý|06 tháng|6 tháng|sáu tháng|9 tháng|09 tháng)(?:(?: đầu năm)|(?=[,;. ]|$))(?! ?\d| [ivx]+\b)"
)
FURTHER = r"(?:hàng |hằng )?(?:tháng|quý|năm|cả năm)(?! 20)|06 tháng|6 tháng|9 tháng|09 tháng|đột xuất"
RECURRENCE = re.compile(rf"(?:định kỳ )?(?:{EVERY})(?:(?:, | và | hoặc |/)(?:{FURTHER})(?: một lần)?)*(?: một lần)?")
# "Nghị quyết hằng năm", "ngân sách hằng năm": how often something else comes.
OF_NOUN = re.compile(r"(?:nghị quyết|ngân sách|kế hoạch|dự toán|kinh phí|chương trình|nhà nước) $")
PERIODIC = re.compile(r"(?:hàng|hằng|mỗi) |định kỳ")


def deadline_of(text: str, low: str, start: int, end: int) -> str | None:
    """Give the date by which a stretch of clean text wants its task done; None where it gives none.

    Examples
    --------
    >>> text = "hoàn thành trước ngày 05/01/2024"
    >>> deadline_of(text, text.lower(), 0, len(text))
    '2024-01-05'
    """
    if not DATE_HINT.search(low, start, end):
        return None
    for date in find_dates(text[start:end]):
        at = start + date.start
        before = low[max(start, at - 24) : at]
        cue = CUE.search(before)
        if date.kind == "year":
            if YEAR_CUE.search(before) and not NAMED.search(low, max(start, at - 170), at):
                return date.iso
            continue
        if cue and not OPEN_ENDED.search(before):
            if cue[0].strip() in ("vào", "trong", ":", "(") and date.kind == "day" and cue[0].strip() != ":":
                continue
            return date.iso
        if date.start == 0 and date.kind in ("month", "quarter"):
            return date.iso
    period = PERIOD.search(low, start, end)
    return period["last"] if period else None


def recurrence_of(text: str, low: str, start: int, end: int) -> str | None:
    """Give how often a task is due, as written ("hàng quý, 6 tháng, năm hoặc đột xuất"); None where it is due once."""
    if not PERIODIC.search(low, start, end):
        return None
    match = RECURRENCE.search(low, start, end)
    if match and not OF_NOUN.search(low, max(start, match.start() - 24), match.start()):
        return text[match.start() : match.end()].strip(" ,;.")
    return None
