"""Reading the level and place behind a body's name: "tỉnh Thừa Thiên Huế", "các huyện, thị xã và thành phố Huế"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parcc_nlp.extract.agencies.lexicon import lexicon
from parcc_nlp.extract.letters import CAPITALS

if TYPE_CHECKING:
    from parcc_nlp.extract.agencies.cased import Cased

__all__ = ["level_of", "place_end"]

WORD = re.compile(r"[^\W_]+")
# Capitalised words that open a sentence or a title, no place.
NO_PLACE = r"(?!Về\b|Và\b|Số\b|SỐ\b|CỘNG\b|NĂM\b)"
PROPER = re.compile(
    rf" {NO_PLACE}[{CAPITALS}][^\W\d_]*(?:[ ][{CAPITALS}][^\W\d_]*|[ ]?[-–][ ]?[{CAPITALS}][^\W\d_]*){{0,4}}"
)
NUMBERED = re.compile(r" (?:\d{1,2}|[IVX]{1,4})(?![\w/.])")
OUTER = re.compile(r",? (?:tỉnh|thành phố|tp|huyện|thị xã|quận|xã|phường) ")
CENTRAL = re.compile(r" (?:trực thuộc )?(?:trung ương|tw)(?!\w)")
AREA = re.compile(
    r" (?:trên|tại|thuộc|của|trong)(?: toàn)?(?: địa bàn)? (?:tỉnh|thành phố)(?!\w)"
    r"|,? (?:đóng |hoạt động )?(?:trên|tại) (?:cùng )?(?:địa bàn|địa phương)"
)
AREA_LEVEL = re.compile(r" (?:tỉnh|thành phố|tp)(?!\w)")
BRANCH = re.compile(rf" chi nhánh (?:khu vực \d+|[^,;.:()]{{2,30}}?)(?= [{CAPITALS.lower()}]|[,;.:()\n]|$)")
# "xã hội", "cơ sở dữ liệu": the level is part of another word.
OTHER_WORD = re.compile(r" (?:hội|dữ liệu|vật chất|hạ tầng|pháp lý|thông minh|viên)(?!\w)")
LEVEL = re.compile(r"trung ương|tỉnh|thành phố|tp|huyện|quận|thị xã|xã|phường|đặc khu|thị trấn|khu vực")
LEVELS = {
    **dict.fromkeys(("xã", "phường", "đặc khu", "thị trấn"), "commune"),
    **dict.fromkeys(("huyện", "quận", "thị xã"), "district"),
    "trung ương": "central",
    **dict.fromkeys(("tỉnh", "thành phố", "tp"), "province"),
}


def level_of(low: str, start: int, end: int) -> str | None:
    """Give the level that the words behind a body name: the first level word counts."""
    for match in LEVEL.finditer(low, start, end):
        if match[0] in LEVELS:
            return LEVELS[match[0]]
    return None


def place_end(page: Cased, end: int) -> int:
    """Give the end of the level and place that follow a name, `end` itself where none do."""
    gap = page.low[end : end + 1]
    if gap not in (" ", "."):
        return end
    tail = lexicon().tail.match(page.low, end + (gap == "."))
    if tail is not None and (not tail[0].strip() or OTHER_WORD.match(page.low, tail.end())):
        tail = None
    if tail is not None:
        number = NUMBERED.match(page.text, tail.end())
        end = number.end() if number else tail.end()
    elif page.low.startswith(" chi nhánh ", end):
        branch = BRANCH.match(page.low, end)
        return branch.end() if branch else end
    listed = lexicon().provinces.match(page.low, end) if tail is not None and "các " in tail[0] else None
    end = listed.end() if listed else _proper_end(page, end)
    if tail is None:
        return end
    central = CENTRAL.match(page.low, end)
    return _area_end(page, central.end() if central else end)


def _proper_end(page: Cased, end: int) -> int:
    """Read a place's own name, and the province behind it ("xã X, tỉnh Y")."""
    proper = PROPER.match(page.text, end)
    if proper is None or _begins_anew(page, proper.start() + 1):
        return end
    end = proper.end()
    outer = OUTER.match(page.low, end)
    deeper = PROPER.match(page.text, outer.end() - 1) if outer else None
    return deeper.end() if deeper else end


def _area_end(page: Cased, end: int) -> int:
    """Read "trên địa bàn tỉnh Lâm Đồng"."""
    area = AREA.match(page.low, end)
    if area is None:
        return end
    end = area.end()
    level = AREA_LEVEL.match(page.low, end)
    end = level.end() if level else end
    proper = PROPER.match(page.text, end)
    return proper.end() if proper else end


def _begins_anew(page: Cased, at: int) -> bool:
    """Tell a task in a capital ("Sở Y tế Chủ trì") and another body from a place name."""
    known = lexicon()
    word = WORD.match(page.low, at)
    if word is None or known.head_pattern.match(page.low, at) or known.titles.match(page.low, at):
        return True
    return known.stops.at(page.low, at, word[0]) > word.end()
