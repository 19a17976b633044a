"""Where a document uses the words of others, or tells of the past: there a former name is the right one."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from parcc_nlp.review.checks.names.words import either, read_lists

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.model import Citation, Extraction

__all__ = ["Reported", "Telling", "telling"]

_INLINE_QUOTE = re.compile(r"[“\"«][^“”\"«»\n]{1,1500}[”\"»]")
_TITLE_NEAR = 60
"""How far behind a citation its title may begin ("... của UBND tỉnh về việc ban hành ...")."""
_TITLE_LENGTH = 1500
_SYMBOL = re.compile(
    r"(?<![^\W_])(?<!/)\d{1,5}(?:/\d{4})?/[A-ZĐ]{1,5}[A-ZĐ\d&-]*(?:-[A-ZĐ]\w*)*[\s_*]{1,4}(?:ngày|NGÀY|năm|NĂM)\s"
)
"""A symbol with its date, though the kind of document may be missing ("431/QĐ-UBND ngày 23/3/2025 của ...")."""
_BEGINS_TITLE = re.compile(
    r"\s*(?:\([^()\n]{1,80}\)\s*)?"
    r"(?:về|v/v|quy định|ban hành|phê duyệt|công bố|hướng dẫn|sửa đổi|bổ sung|thay thế|bãi bỏ|điều chỉnh|triển khai"
    r"|thành lập|giao|kèm theo)(?!\w)",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?:^|[\n\t])[ \-–+*•]*(?:(?:\d{1,3}|[a-zđ]|[IVXLC]{1,5})[.)]\s*)?(?:Căn cứ\s+)?\Z")
_REPUBLIC = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM")
_LETTERHEAD_LINES = 2
"""How many lines above the name of the Republic the letterhead begins at most; what stands higher is a portal's."""
_LINE_END = re.compile(r"[\n\t]")
_STOP = re.compile(r"[;\n\t]")
_BREAK = re.compile(r"[\n\t]|[.:?!](?=\s)")
_REACH = 300
"""How far around a name its sentence is read: no further, so that a text without stops costs no more."""
_LONG_PAST = re.compile(r"(?<!\w)19\d\d(?!\w)")
_THEN = re.compile(r"\b(?:do|đã|đã được)\b")
_OTHER_LEVELS = re.compile(r"(?:cấp\s+\w{1,7}\s*(?:,|và)\s*){1,3}$")
_CLAUSE = 60
_LIST = 120


@dataclass(frozen=True, slots=True)
class Reported:
    """Spans of a document in which others speak: citations with their titles, quoted wording, what a portal added."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, extraction: Extraction) -> Reported:
        """Collect the spans of a document, merged and in order."""
        merged: list[tuple[int, int]] = []
        for start, end in sorted(_spans(extraction)):
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(merged[-1][1], end))
            else:
                merged.append((start, end))
        return cls(tuple(start for start, _ in merged), tuple(end for _, end in merged))

    def __contains__(self, place: int) -> bool:
        """Say whether a place lies in one of the spans."""
        number = bisect_right(self.starts, place) - 1
        return number >= 0 and place < self.ends[number]


@dataclass(frozen=True, slots=True)
class Telling:
    """The words of ``telling.yaml``, compiled for small text."""

    behind: re.Pattern[str]
    before: re.Pattern[str]
    sentence: tuple[str, ...]
    left_behind: re.Pattern[str]
    issued_by: re.Pattern[str]
    once: re.Pattern[str]

    def is_told(self, small: str, start: int, end: int) -> bool:
        """Say whether the sentence tells of the past or of the change, so that the former name is right.

        Parameters
        ----------
        small
            The text in small letters, `parcc_nlp.review.checks.names.words.lowered`.
        start, end
            The place of the name.
        """
        first, last = _sentence(small, start, end)
        ahead = small[first:start]
        if self.behind.match(small, end) or self.before.search(ahead[-_CLAUSE:]):
            return True
        if self.once.match(small, end) and _THEN.search(ahead[-_CLAUSE:]):
            return True
        clause = _OTHER_LEVELS.sub("", ahead[-_LIST:]).rpartition(",")[2]
        if self.left_behind.search(clause[-_CLAUSE:]) or self.issued_by.search(ahead[-_LIST:]):
            return True
        sentence = " ".join(small[first:last].split())
        return any(words in sentence for words in self.sentence) or _LONG_PAST.search(sentence) is not None


@cache
def telling() -> Telling:
    """Give the compiled words."""
    lists = read_lists("telling.yaml")
    words = {key: either(values) for key, values in lists.items()}
    return Telling(
        behind=re.compile(rf"\s*(?:{words['behind']})(?!\w)"),
        before=re.compile(rf"(?<!\w)(?:{words['before']})\s*[“\"(]?\s*$"),
        sentence=tuple(lists["sentence"]),
        left_behind=re.compile(rf"(?<!\w)(?:{words['left_behind']})(?!\w)"),
        issued_by=re.compile(rf"(?<!\w)(?:{words['issued_by']})(?!\w)"),
        once=re.compile(rf"\s*(?:{words['once']})(?!\w)"),
    )


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Give the sentence around a span, as far as it is read."""
    first = max(0, start - _REACH)
    for stop in _BREAK.finditer(text, first, start):
        first = stop.end()
    last = min(len(text), end + _REACH)
    stopped = _BREAK.search(text, end, last)
    return first, stopped.start() if stopped else last


def _spans(extraction: Extraction) -> Iterator[tuple[int, int]]:
    """Give the spans in which others speak."""
    text = extraction.text
    for citation in extraction.citations:
        if not citation.internal:
            yield citation.start, _title_end(citation, text)
    for part in extraction.parts:
        if part.kind in {"quoted", "tail"}:
            yield part.start, part.end
    for quote in _INLINE_QUOTE.finditer(text):
        yield quote.span()
    cited = [citation.start for citation in extraction.citations]
    done = 0
    for symbol in _SYMBOL.finditer(text):
        before = bisect_right(cited, symbol.start()) - 1
        if symbol.start() >= done and (before < 0 or symbol.start() >= extraction.citations[before].end):
            done = _first(_STOP, text, symbol.end())
            yield symbol.start(), done
    republic = _REPUBLIC.search(text)
    if republic is not None:
        yield 0, _lines_above(text, republic.start(), _LETTERHEAD_LINES)


def _title_end(citation: Citation, text: str) -> int:
    """Find where the title behind a citation ends.

    In a list of documents the title reaches to the end of the line, whatever stands in it; line breaks inside a title
    may have been taken out of `Citation.title`.
    """
    if _LABEL.search(text, max(0, citation.start - _CLAUSE), citation.start):
        return _first(_LINE_END, text, citation.end)
    if citation.title is not None and citation.title not in citation.text:
        at = text.find(citation.title, citation.end, citation.end + _TITLE_NEAR + len(citation.title))
        found = at + len(citation.title)
        return found if at >= 0 else min(len(text), citation.end + _TITLE_NEAR + len(citation.title))
    if _BEGINS_TITLE.match(text, citation.end):
        return _first(_STOP, text, citation.end)
    return citation.end


def _first(pattern: re.Pattern[str], text: str, start: int) -> int:
    """Give the place of the first match from a place on, as far as a title reaches."""
    last = min(len(text), start + _TITLE_LENGTH)
    match = pattern.search(text, start, last)
    return match.start() if match else last


def _lines_above(text: str, place: int, lines: int) -> int:
    """Give the start of the line that stands so many lines above a place."""
    for _ in range(lines + 1):
        place = text.rfind("\n", 0, max(place, 0))
    return place + 1
