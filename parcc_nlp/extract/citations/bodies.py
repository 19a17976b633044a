"""Reading the name of an issuing body at a place in the text ("Ủy ban nhân dân tỉnh Thừa Thiên Huế")."""

from __future__ import annotations

import re

from parcc_nlp.extract.citations.lexicon import Issuers, issuers

__all__ = ["bodies_at", "body_at"]

UPPER = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
WORD = re.compile(r"\s*([^\W_]+)")
JOINT = re.compile(r"\s*(?:,|-|–|\bvà\b)\s*")
# A congress or meeting may stand before the body: "Hội nghị lần thứ năm Ban Chấp hành Trung ương Đảng khóa XII".
MEETING = re.compile(
    r"(?:Hội nghị|Đại hội)(?:\s+(?:đại biểu|toàn quốc|toàn thể))*(?:\s+(?:lần\s+thứ\s+)?"
    r"(?:[IVXLC]+|\d+|nhất|hai|ba|tư|bốn|năm|sáu|bảy|bẩy|tám|chín|mười(?:\s+(?:một|hai|ba|bốn|lăm))?))?\s*",
    re.IGNORECASE,
)
TERM = re.compile(
    r"(?:\s*[,(]?\s*(?:khóa|khoá|nhiệm\s+kỳ)\s+(?:thứ\s+)?(?:[IVXLC]+|\d+(?:\s*-\s*\d+)?)\)?)", re.IGNORECASE
)
ORDINAL_PLACE = re.compile(r"\s+\d{1,2}(?![\w/.])")
# "Ban Chỉ đạo Trung ương về chuyển đổi số về Mô hình ...": a steering committee is named by its subject, and of two
# "về" the first belongs to it; "về việc" opens a title.
SUBJECT = re.compile(
    r"[ \t]+về[ \t]+(?!việc)[^;.\n()“”]{4,220}?"
    r"(?=[ \t]+(?:về|ban hành|quy định|phê duyệt|thông báo|hướng dẫn|triển khai)[ \t]|[;.\n()“”]"
    r"|,[ \t]*(?:bảo đảm|đảm bảo|nhằm|trong đó|để|góp phần|các|và)[ \t]|$)"
)
GAP = re.compile(r"[ \t]+")
ABBREVIATED = re.compile(r"\.?[ \t]*(?=\w)")
OUTER_GAP = re.compile(r",?[ \t]+")
AND = re.compile(r"[ \t]+và[ \t]+")
DASH = re.compile(r"[ \t]+-(?=[ \t])")
TOGETHER = re.compile(r"[Ll]iên\s+(?=Bộ\b)")
MOST_JOINT_BODIES = 8
LONGEST_PLACE = 5
LONGEST_NAME = 14
"""Words after which a name that the text spells out is taken to be over."""


def body_at(clean: str, pos: int) -> int:
    """End of the name of an issuing body that begins at `pos`, or `pos` where none does.

    Examples
    --------
    >>> text = "UBND tỉnh Lâm Đồng về việc áp dụng"
    >>> text[: body_at(text, 0)]
    'UBND tỉnh Lâm Đồng'
    """
    known = issuers()
    start = pos
    meeting = MEETING.match(clean, pos)
    if meeting:
        pos = meeting.end()
    end = _whole(known, clean, pos) or _local(known, clean, pos) or _headed(known, clean, pos)
    if end is None:
        return meeting.end() - _trailing_space(clean, meeting.end()) if meeting and meeting.end() > start else start
    term = TERM.match(clean, end)
    return term.end() if term else end


def bodies_at(clean: str, pos: int) -> int:
    """End of the names of bodies that issue together and begin at `pos`, or `pos` where none does.

    Examples
    --------
    >>> text = "liên Bộ Tài chính - Nội vụ hướng dẫn"
    >>> text[: bodies_at(text, 0)]
    'liên Bộ Tài chính - Nội vụ'
    """
    together = TOGETHER.match(clean, pos)
    first = together.end() if together else pos
    end = body_at(clean, first)
    if end == first:
        return pos
    for _ in range(MOST_JOINT_BODIES):
        joint = JOINT.match(clean, end)
        if joint is None or not joint[0].strip():
            break
        following = body_at(clean, joint.end())
        if following == joint.end() and clean[following : following + 1].isupper():
            field = issuers().fields.match(clean, following)
            following = field.end() if field else following
        if following == joint.end():
            break
        end = following
    return end


def _trailing_space(clean: str, end: int) -> int:
    count = 0
    while clean[end - 1 - count].isspace():
        count += 1
    return count


def _whole(known: Issuers, clean: str, pos: int) -> int | None:
    match = known.whole.match(clean, pos)
    return match.end() if match else None


def _local(known: Issuers, clean: str, pos: int) -> int | None:
    match = known.local.match(clean, pos)
    if match is None:
        return None
    end = match.end()
    both = AND.match(clean, end)
    if both:  # "HĐND và UBND tỉnh": one body of the text
        second = known.local.match(clean, both.end())
        end = second.end() if second else end
    return _place(known, clean, end)


def _place(known: Issuers, clean: str, end: int) -> int:
    """Read "tỉnh Thừa Thiên Huế", "các xã", "quận 1" behind a local body."""
    gap = GAP.match(clean, end)
    if gap is None:
        return end
    level = known.levels.match(clean, gap.end())
    if level:
        end = level.end()
        number = ORDINAL_PLACE.match(clean, end)
        if number:
            return number.end()
        gap = ABBREVIATED.match(clean, end) if level[0].lower() == "tp" else GAP.match(clean, end)
        if gap is None:
            return end
    province = known.place.match(clean, gap.end())
    if province:
        return province.end()
    end = _place_name(known, clean, gap.end()) or end
    if level:  # "Ủy ban nhân dân xã X, tỉnh Y" and "Đảng bộ huyện X tỉnh Y"
        outer = OUTER_GAP.match(clean, end)
        outer_level = known.levels.match(clean, outer.end()) if outer else None
        if outer and outer_level:
            deeper = _place(known, clean, outer.end() - 1)
            end = deeper if deeper > outer_level.end() else end
    return end


def _place_name(known: Issuers, clean: str, pos: int) -> int | None:
    """End of a place name that the list of provinces does not have: capitalised words up to a title or the sentence."""
    end: int | None = None
    count = 0
    in_capitals = False
    while count < LONGEST_PLACE:
        word = WORD.match(clean, pos)
        if word is None or not word[1][0].isupper() or "\n" in clean[pos : word.start(1)]:
            break
        in_capitals = in_capitals or (len(word[1]) > 1 and word[1].isupper())
        if in_capitals and known.stops.match(clean, word.start(1)):
            break
        pos = end = word.end()
        count += 1
        dash = DASH.match(clean, pos)
        pos = dash.end() if dash else pos
    if end is None:
        return None
    following = WORD.match(clean, end)
    if following and following[1][0].islower() and clean[end : following.start(1)] == " ":
        last = clean.rfind(" ", 0, end) + 1
        if count == 1 or known.stops.match(clean, last):
            return None if count == 1 else last - 1  # "tỉnh Quy định về": the first word of a title is no place
    return end


def _headed(known: Issuers, clean: str, pos: int) -> int | None:
    match = known.headed.match(clean, pos)
    if match is None or not clean[pos].isupper():
        return None
    gap = GAP.match(clean, match.end())
    if gap is None:
        return match.end()
    if known.headed.match(clean, gap.end()) and clean[gap.end()].isupper():
        return body_at(clean, gap.end())  # "Tổ giúp việc Ban Chỉ đạo ...": a body of a body
    field = known.fields.match(clean, gap.end())
    end = field.end() if field else _spelled(known, clean, gap.end()) or match.end()
    subject = SUBJECT.match(clean, end) if known.by_subject.match(clean, pos) else None
    return subject.end() if subject else _field_place(known, clean, end)


def _field_place(known: Issuers, clean: str, end: int) -> int:
    """Behind a department the province may follow: "Sở Nội vụ tỉnh Lâm Đồng", "Công an tỉnh"."""
    gap = GAP.match(clean, end)
    body = known.local.match(clean, gap.end()) if gap else None
    if body:  # "Ban Pháp chế Hội đồng nhân dân Thành phố"
        return _place(known, clean, body.end())
    if gap and (known.levels.match(clean, gap.end()) or known.place.match(clean, gap.end())):
        return _place(known, clean, end)
    return end


def _spelled(known: Issuers, clean: str, pos: int) -> int | None:
    """Read a name word by word: capitalised words, the small words between, until a title or the sentence goes on."""
    if not clean[pos : pos + 1].isupper():
        return None
    end: int | None = None
    in_capitals = clean[pos : pos + 12].isupper()
    for _ in range(LONGEST_NAME):
        word = WORD.match(clean, pos)
        if word is None or "\n" in clean[pos : word.start(1)] or word[1][0].isdigit():
            break
        at = word.start(1)
        if (in_capitals or word[1][0].islower()) and known.stops.match(clean, at):
            break
        if end is not None and known.local.match(clean, at):
            break
        if word[1].lower() == "và":
            if not _name_goes_on(known, clean, word.end()):
                break
            pos = word.end()
            continue
        pos = end = word.end()
        joint = JOINT.match(clean, pos)
        if joint and joint[0].strip():
            if not _name_goes_on(known, clean, joint.end()):
                break
            pos = joint.end()
    return end


def _name_goes_on(known: Issuers, clean: str, pos: int) -> bool:
    """Whether a capitalised word that begins no other body follows a comma, a hyphen or "và"."""
    following = WORD.match(clean, pos)
    return (
        following is not None
        and following[1][0].isupper()
        and not known.headed.match(clean, following.start(1))
        and not known.local.match(clean, following.start(1))
        and not known.whole.match(clean, following.start(1))
    )
