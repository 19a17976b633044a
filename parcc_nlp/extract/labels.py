"""The label of a structural unit at the start of a line: "Chương II", "Điều 37a.", "1.2.", "đ)", "-"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.extract.letters import CAPITALS

if TYPE_CHECKING:
    from parcc_nlp.model import SectionKind

__all__ = ["Label", "read_label"]

ROMAN = r"(?:X{0,3}(?:IX|IV|V?I{1,3}|V)|X{1,3}|XL|XL(?:IX|IV|V?I{1,3}|V)|L)"
COUNTED = "nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười"
ORDINAL = rf"(?:[Tt]hứ|THỨ)\s+(?:{COUNTED}|{COUNTED.title()}|{COUNTED.upper()})"
# Letters of the Vietnamese alphabet that number points; f, j, w and z are not among them, "đ" is.
POINT = r"[a-eg-ik-vxyđ]"
RANKS = {
    "phu_luc": 0,
    "phan": 1,
    "chuong": 2,
    "muc": 3,
    "tieu_muc": 4,
    "dieu": 5,
    "letter": 6,
    "roman": 7,
    "number": 8,
    "decimal": 9,
    "bracket": 20,
    "point": 21,
    "small_roman": 22,
    "dash": 23,
    "plus": 24,
    "dot": 25,
}
CITED = r"của|và|hoặc|tại|nêu|trên|quy\s+định|thuộc|đến|Luật|Nghị\s+định|Thông\s+tư|Bộ\s+luật|Quyết\s+định|Nghị\s+quyết"
CONTINUES = rf"(?!\s*(?:{CITED})\b|\s*[,;)])"
NAMED = re.compile(
    rf"""\s*(?:
    (?P<dieu>(?:Điều|ĐIỀU)\s*(?P<dieu_no>\d{{1,4}}[a-zđ]{{0,2}}\d?)\s*(?:[.:]|[-–](?=\s)|(?=\s*$)|(?=\s+[{CAPITALS}]){CONTINUES}))
    |(?P<chuong>(?:Chương|CHƯƠNG)\s+(?P<chuong_no>{ROMAN}[a-zđ]?\b|\d{{1,3}}[a-z]?\b|{ORDINAL})(?:\s*[.:\-–]|(?=\s*$)|(?=\s+[{CAPITALS}]){CONTINUES}))
    |(?P<phan>(?:Phần|PHẦN)\s+(?P<phan_no>{ROMAN}\b|\d{{1,2}}\b|{ORDINAL}|[A-D]\b)(?:\s*[.:\-–]|(?=\s*$)|(?=\s+[{CAPITALS}]){CONTINUES}))
    |(?P<tieu_muc>(?:Tiểu\s+mục|TIỂU\s+MỤC)\s+(?P<tieu_muc_no>\d{{1,2}}[a-z]?|{ROMAN})\b(?:\s*[.:\-–]|(?=\s*$)|(?=\s+[{CAPITALS}]{{2}})))
    |(?P<muc>(?:Mục|MỤC)\s+(?P<muc_no>\d{{1,2}}[a-z]?|{ROMAN}|[A-E])\b(?:\s*[.:\-–]|(?=\s*$)|(?=\s+[{CAPITALS}]{{2}})))
    |(?P<phu_luc>(?:PHỤ\s+LỤC|Phụ\s+lục|PHỤ\s+BIỂU|Phụ\s+biểu|MẪU\s+SỐ|Mẫu\s+số)(?:\s+(?:SỐ|số))?(?:\s*(?P<phu_luc_no>\d{{1,3}}[a-zA-Z]?|{ROMAN}(?:\.?\d+)?|[A-H])\b)?(?=$|[\s.:\-–(/]))
    )""",
    re.VERBOSE,
)
LISTED = re.compile(
    rf"""\s*(?:
    (?P<decimal>\d{{1,2}}(?:\.\d{{1,2}}){{1,5}})(?:\s*[.)]\s*(?=[^\s\d%])|\s+(?=[{CAPITALS}“"(]))
    |(?P<number>\d{{1,3}}[a-zđ]?)\s?(?:\.(?!\d)|/(?=\s)|-(?=\s))\s*(?=\S)
    |(?P<roman>{ROMAN})\s?(?:\.|/(?=\s)|-(?=\s)|\))\s*(?=\S)
    |(?P<letter>[A-H])\s?(?:\.|/(?=\s)|-(?=\s))\s*(?=[{CAPITALS}])
    |(?P<point>{POINT}\d?)\s?(?:\)|\.(?=\s)|/(?=\s))\s*(?=\S)
    |(?P<bracket>\(?\d{{1,2}}\))\s*(?=\S)
    |(?P<small_roman>\([ivx]{{1,4}}\))\s*(?=\S)
    |(?P<dash>[-–—])(?:\s+(?=[^\s\-–—])|(?=[^\s\d\-–—]))
    |(?P<plus>\+)\s*(?=\S)
    |(?P<dot>[•*●▪◦o])\s+(?=\S)
    )""",
    re.VERBOSE,
)
FIRST_LETTERS = frozenset("ĐCPTM")


class Label(NamedTuple):
    """A label: what it marks, its rank (lower contains higher), as printed, and where its text begins on the line."""

    style: str
    rank: int
    printed: str
    end: int


KINDS: dict[str, SectionKind] = {
    "phu_luc": "phu_luc",
    "phan": "phan",
    "chuong": "chuong",
    "muc": "muc",
    "tieu_muc": "tieu_muc",
    "dieu": "dieu",
    "dash": "bullet",
    "plus": "bullet",
    "dot": "bullet",
}


def read_label(line: str) -> Label | None:
    """Read the label that a line begins with.

    Parameters
    ----------
    line
        A line of clean text.

    Returns
    -------
    Label or None
        None where the line begins with none; "Điều 5 của Luật này" and "Mục 3 Chương IV" are references, not labels.

    Examples
    --------
    >>> read_label("Điều 37a. Phạm vi"), read_label("Điều 5 của Luật này") is None
    (Label(style='dieu', rank=5, printed='37a', end=9), True)
    >>> read_label("đ) Trạm y tế").printed, read_label("1.2. Cấp xã").style, read_label("2.500 đồng") is None
    ('đ', 'decimal', True)
    """
    stripped = line.lstrip()
    if not stripped:
        return None
    if stripped[0] in FIRST_LETTERS:
        match = NAMED.match(line)
        if match and match.lastgroup:
            style = next(name for name in ("dieu", "chuong", "phan", "tieu_muc", "muc", "phu_luc") if match[name])
            if style == "phu_luc" and not _heads_annex(line, match):
                return None
            printed = match[f"{style}_no"] or ""
            return Label(style, RANKS[style], " ".join(printed.split()), match.end())
    match = LISTED.match(line)
    if not match or not match.lastgroup:
        return None
    style = match.lastgroup
    rank = RANKS[style] + (match[style].count(".") - 1 if style == "decimal" else 0)
    return Label(style, rank, match[style].strip("()"), match.end())


def _heads_annex(line: str, match: re.Match[str]) -> bool:
    """Tell the head of an annex from a sentence about one ("Phụ lục II kèm theo Thông tư này quy định ...")."""
    rest = line[match.end() :].strip()
    if not rest or rest[0] in ".:-–(":
        return True
    return len(line) < 160 and rest == rest.upper() and rest[0].isalpha()  # noqa: PLR2004
