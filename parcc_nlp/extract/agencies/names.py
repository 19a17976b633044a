"""Reading a name word by word: "Trung tâm Phục vụ hành chính công", "Ban Quản lý các khu công nghiệp"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parcc_nlp.extract.agencies.lexicon import lexicon

if TYPE_CHECKING:
    from parcc_nlp.extract.agencies.cased import Cased

__all__ = ["name_end"]

GAP_WORD = re.compile(r" ?([^\W_]+)")
NAME_JOINT = re.compile(r" ?(?:,|-|–|&|và) ")
LIST_END = re.compile(r"[^,;.:()\n]{2,40}? và [^\W\d_]")
NAME_LENGTH = 14
SMALL_RUN = 4
# Heads of one word that may stand inside another body's name ("Trung tâm Báo chí", "Hội Nhà báo").
INNER = frozenset(
    (
        *("báo", "đài", "hội", "đoàn", "viện", "tổ", "vụ", "quỹ", "phòng", "thuế", "cục", "ban"),
        *("thống kê", "hải quan", "đại học", "điện lực", "viễn thông"),
    )
)


def name_end(page: Cased, end: int, *, started: bool) -> int:
    """Read on a name until a verb, a small word or the end of the sentence.

    Parameters
    ----------
    page, end
        The text, and where the head of the name ends.
    started
        Whether the name may go on in small letters at once; else its first word must have a capital.

    Returns
    -------
    int
        The end of the name; `end` itself where none follows.
    """
    known = lexicon()
    low, text = page.low, page.text
    position = last = end
    small = 0
    for _ in range(NAME_LENGTH):
        match = GAP_WORD.match(low, position)
        if match is None:
            joint = NAME_JOINT.match(low, position)
            if joint is None or not _goes_on(page, joint.start(), joint.end()):
                break
            position = joint.end() - 1
            continue
        at, word = match.start(1), match[1]
        if text[at].isupper():
            nested = known.head_pattern.match(low, at)
            if nested and position > end and nested[0] not in INNER:
                break
            started, small = True, 0
            # "Văn phòng Ban chỉ đạo ...": a body in the name of another.
            position = last = nested.end() if nested and position == end and " " in nested[0] else match.end()
            continue
        if not started and word != "các":
            break
        inside = known.inside_names.at(low, at, word) if started and small < SMALL_RUN else at
        if inside > at:
            position = last = inside
            small += 1
        elif _is_link(page, match):
            position = match.end()
        elif word == "và" or known.tail.match(low, position) or known.stops.at(low, at, word) > at:
            break
        else:
            position = last = match.end()
            small += 1
    return last if started else end


def _is_link(page: Cased, match: re.Match[str]) -> bool:
    """Tell a small word that links the parts of a name: "và Tôn giáo", "các Khu công nghiệp", "của Mặt trận"."""
    if match[1] == "và":
        return _goes_on(page, match.start(), match.end())
    end = match.end()
    return match[1] in ("các", "của") and page.low[end : end + 1] == " " and page.text[end + 1 : end + 2].isupper()


def _goes_on(page: Cased, start: int, end: int) -> bool:
    """Whether a capitalised word that begins no other body follows a comma, a hyphen or "và"."""
    known = lexicon()
    at = end if page.low[end - 1] == " " else end + 1
    if not page.text[at : at + 1].isupper():
        return False
    if known.head_pattern.match(page.low, at) or known.titles.match(page.low, at):
        return False
    if page.low[start:end].strip() != ",":
        return True
    ahead = LIST_END.match(page.low, at)  # "Văn hóa, Thể thao và Du lịch": such a list closes with "và"
    return (
        ahead is not None
        and page.text[ahead.end() - 1].isupper()
        and not known.head_pattern.match(page.low, ahead.end() - 1)
    )
