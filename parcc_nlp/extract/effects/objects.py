"""The object of an operative clause: the documents it acts on, each with the provisions it touches."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from parcc_nlp.extract.effects.clauses import FILLER
from parcc_nlp.extract.effects.lexicon import lexicon
from parcc_nlp.extract.effects.provisions import BETWEEN_VERBS, Provisions, complete, find_touched
from parcc_nlp.extract.effects.targets import Named, acted_on
from parcc_nlp.model import Pinpoint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcc_nlp.extract.effects.clauses import Masked

__all__ = ["Object", "between", "is_object", "objects_of", "read_objects"]

EXCEPT = re.compile(r"[,;(]?\s*(?<!\w)(?:ngoại\s+trừ|trừ|không\s+bao\s+gồm)\s+(?=\S)")
# What a wording or a form is replaced by: "bằng cụm từ ...", "thành Phụ lục I ban hành kèm theo Thông tư này".
REPLACEMENT = re.compile(
    rf"(?<!\w)(?:bằng|thành|bởi)\s+(?=(?:các\s+|những\s+)?(?:cụm\s+từ|từ|mẫu|phụ\s+lục|khoản|điểm|điều|mục|số|danh\s+mục|biểu|{FILLER}))"
)
REPLACEMENT_END = re.compile(rf"(?<!\w)(?:tại|trong|của)\s|[;\n]|(?<={FILLER})\s+(?=và\s|,)|,\s*(?:bãi\s+bỏ|bỏ|thay)")
# "Bổ sung khoản 4 vào sau khoản 3 Điều 3": the second provision only says where.
POSITION = re.compile(r"\s*,?\s*(?:vào\s+)?(?:ngay\s+)?(?:phía\s+)?(?:trước|sau|liền\s+sau|giữa|cuối)\s+(?:của\s+)?$")
INTO = re.compile(r"\s*,?\s*(?:vào|của|tại|thuộc)\s+(?:cuối\s+|đầu\s+)?$")
TRAILING = re.compile(r"[^:\n]{0,160}:|[^:;\n]{0,12}(?:tại|như\s+sau)\s")
# The words of an object that mean the whole document; whatever else is said of it describes a part.
WHOLE = re.compile(
    r"[\s,;:.“\"(\-–+•*]*(?:(?:\d{1,3}[.)]|[a-zđ]\d?[.)]|toàn\s+bộ|các|cả|những|đối\s+với|của|cho|ban\s+hành|kèm\s+theo|được|văn\s+bản"
    r"|sau|đây|quyết\s+định|nghị\s+quyết|thông\s+tư|nghị\s+định|bộ\s+luật|luật|chỉ\s+thị|pháp\s+lệnh|quy\s+phạm|pháp\s+luật|hiệu\s+lực"
    r"|thi\s+hành|việc|và|số|quy\s+định\s+tại\s+toàn\s+bộ)(?!\w)[\s,;:]*)*"
)
# A regulation issued with a decision is the decision's whole content; an annex, a list or a form is a part of it.
ISSUED_WITH = re.compile(
    r"[\s,;]*(?:(?:toàn\s+bộ|các|và)\s+)*(?:quy\s+định|quy\s+chế|điều\s+lệ|nội\s+quy|quy\s+trình|đề\s+án|chương\s+trình|kế\s+hoạch|bản\s+quy\s+định"
    r"|chế\s+độ)\s[^;\n]{0,300}?(?:được\s+)?(?:ban\s+hành\s+)?(?:kèm\s+)?theo\s*(?:các\s*)?$|[\s,;]*(?:quy\s+định|quy\s+chế)\s+(?:ban\s+hành\s+)?kèm\s+theo\s*$"
)
DESCRIBED = re.compile(
    r"[\s,;]*(?:các\s+|những\s+|một\s+số\s+|toàn\s+bộ\s+)?(?:quy\s+định|nội\s+dung|thủ\s+tục|danh\s+mục|phần|biểu|mức|bảng|phụ\s+lục|mẫu|một\s+phần)(?!\w)"
)
LINK_BEHIND = re.compile(r"\s+(?:(?:được\s+)?(?:quy\s+định\s+)?(?:của|tại|trong|ở|theo))+$")
LAST_HEAD = re.compile(r"(?:[,;\n]|\.\s|(?<!\w)(?:và|hoặc)(?!\w))\s*(?=[^,;\n]*$)")
LONGEST_CONTENT = 200


@dataclass(frozen=True, slots=True)
class Object:
    """What a clause acts on.

    `target` is None where the clause names no document and means the one its heading names. `content` describes a part
    that has no number ("các quy định về bưu chính"); with it, or with `parts`, not the whole is meant.
    """

    target: Named | None
    parts: tuple[Pinpoint, ...]
    content: str | None
    exception: str | None


def between(named: Sequence[Named], start: int, end: int) -> Sequence[Named]:
    """Give the documents named between two offsets; `named` is in order."""
    first = bisect_left(named, start, key=_start)
    last = bisect_left(named, end, key=_start)
    return named[first:last]


def _start(one: Named) -> int:
    return one.start


def read_objects(  # noqa: PLR0913 - where the object stands and how its verb takes it
    masked: Masked, start: int, end: int, named: Sequence[Named], *, context: Pinpoint | None, adds: bool, wording: bool
) -> list[Object]:
    """Read the object of a verb, or the subject of "hết hiệu lực".

    Parameters
    ----------
    masked
        The text.
    start, end
        Where the object stands.
    named
        All documents the text names, in order.
    context
        The provision that a heading above names ("Sửa đổi một số khoản của Điều 31"), for "khoản 2".
    adds
        Whether the verb is "bổ sung", so that a provision behind "sau" only tells the place.
    wording
        Whether words are exchanged: then no part of the object is a description.
    """
    exception_at = _exception(masked, start, end)
    stop = exception_at.start() if exception_at else end
    exception = " ".join(masked.text[exception_at.end() : end].split()).rstrip(" .;") if exception_at else None
    replaced = _replacements(masked, start, stop)
    phrases = [
        phrase
        for phrase in find_touched(masked, start, stop)
        if not any(first <= phrase.start < last for first, last in replaced)
    ]
    here = [
        one for one in between(named, start, stop) if not any(first <= one.start < last for first, last in replaced)
    ]
    outer = acted_on(masked, start, here, phrases)
    if not outer:
        parts = _parts(masked, phrases, context=context, adds=adds)
        return [Object(None, parts, None, exception)]
    objects: list[Object] = []
    for number, one in enumerate(outer):
        before = max((other.end for other in here if other.end <= one.start), default=start)
        mine = [phrase for phrase in phrases if before <= phrase.start and phrase.end <= one.start]
        if one is outer[-1] and not mine:
            mine = _trailing(masked, one, here, phrases)
        parts = _parts(masked, mine, context=context if number == 0 and not mine else None, adds=adds)
        head = start if number == 0 else _own_head(masked, before, one.start)
        content = None if parts or wording else _content(masked, head, one.start)
        if number and not parts and content is None and not wording:
            content = objects[0].content  # "các quy định về X tại Luật A ... và Luật B": a part of both
        objects.append(Object(one, parts, content, exception))
    return objects


def _exception(masked: Masked, start: int, end: int) -> re.Match[str] | None:
    return EXCEPT.search(masked.low, start + 1, end)


def _replacements(masked: Masked, start: int, end: int) -> list[tuple[int, int]]:
    """Find the stretches that tell what something is replaced by."""
    found = []
    for match in REPLACEMENT.finditer(masked.low, start, end):
        stop = REPLACEMENT_END.search(masked.low, match.end(), end)
        found.append((match.start(), stop.start() if stop else end))
    return found


def _trailing(masked: Masked, one: Named, here: Sequence[Named], phrases: list[Provisions]) -> list[Provisions]:
    """Give the provisions behind the document ("Thông tư số X như sau: khoản 1 Điều 5"), not those of its title."""
    behind = [phrase for phrase in phrases if phrase.start >= one.end]
    if not behind or not TRAILING.match(masked.low, one.end, behind[0].start + 1):
        return []
    return [phrase for phrase in behind if not any(other.start > phrase.end for other in here if other is not one)]


def _parts(masked: Masked, phrases: list[Provisions], *, context: Pinpoint | None, adds: bool) -> tuple[Pinpoint, ...]:
    """Fan out the provisions, each given the larger units that stand around it."""
    result: list[Pinpoint] = []
    number = 0
    while number < len(phrases):
        phrase = phrases[number]
        following = phrases[number + 1] if number + 1 < len(phrases) else None
        words = masked.low[phrase.end : following.start] if following else ""
        if adds and following and (POSITION.fullmatch(words) or INTO.fullmatch(words)):
            where = complete(following.pinpoints[0], context)
            result.extend(complete(point, where) for point in phrase.pinpoints)
            number += 2
            continue
        larger = context
        if context is None or not context.dieu:
            larger = _borrowed(masked, phrases, number) or context
        result.extend(complete(point, larger) for point in phrase.pinpoints)
        number += 1
    return tuple(dict.fromkeys(_plain(point) for point in result if point != Pinpoint()))


def _plain(point: Pinpoint) -> Pinpoint:
    """Leave out the chapter of an article: articles are numbered through a document."""
    return replace(point, chuong=None, muc=None) if point.dieu else point


def _borrowed(masked: Masked, phrases: list[Provisions], number: int) -> Pinpoint | None:
    """Give the article a provision takes from the next one ("Sửa đổi điểm d và bổ sung điểm đ khoản 2 Điều 3")."""
    phrase = phrases[number]
    if all(point.dieu or point.phu_luc for point in phrase.pinpoints):
        return None
    edge = phrase.end
    for later in phrases[number + 1 :]:
        if not BETWEEN_VERBS.fullmatch(masked.low, edge, later.start):
            return None
        if later.pinpoints[-1].dieu or later.pinpoints[-1].phu_luc:
            return later.pinpoints[-1]
        edge = later.end
    return None


def _own_head(masked: Masked, start: int, end: int) -> int:
    """Give where the words begin that belong to a coordinated document, behind the title of the one before it."""
    last = start
    for match in LAST_HEAD.finditer(masked.low, start, end):
        last = match.end()
    return last


def _content(masked: Masked, start: int, end: int) -> str | None:
    """Describe the part that is meant where it has no number, None for the whole document."""
    words = masked.low[start:end]
    if WHOLE.fullmatch(words) or ISSUED_WITH.fullmatch(words):
        return None
    described = " ".join(masked.text[start:end].replace(FILLER, " ").split()).strip(" ,;:")
    return LINK_BEHIND.sub("", described)[:LONGEST_CONTENT] or None


def is_object(masked: Masked, start: int, end: int) -> bool:
    """Say whether the words between a verb and a document make the document the verb's object."""
    return lexicon().not_object.search(masked.low, start, end) is None


def objects_of(masked: Masked, start: int, objects: list[Object]) -> list[Object]:
    """Give the objects of a verb, none where the first document only stands in an adverbial ("theo quy định tại X")."""
    first = next((found.target for found in objects if found.target), None)
    return objects if first is None or is_object(masked, start, first.start) else []
