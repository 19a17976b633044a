"""Documents cited by name: laws, codes, ordinances, the Constitution, unnumbered Party resolutions, standards."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parcc_nlp.extract.citations.bodies import UPPER
from parcc_nlp.extract.citations.lexicon import END, abbreviations, alternation, issuers, title_trie, words

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Named", "Standard", "find_named", "find_standards"]

ANCHOR = re.compile(
    r"(?:(bộ\s+luật|luật|pháp\s+lệnh)\s+(?=\S)|(hiến\s+pháp)(?!\w)|(điều\s+lệ\s+đảng)(?!\w)"
    r"|((?:nghị\s+quyết|kết\s+luận|văn\s+kiện)\s+(?:của\s+)?(?:đại\s+hội|hội\s+nghị|trung\s+ương\s+(?:lần\s+thứ\s+)?\w+))(?!\w))"
)
KIND = {"bộ luật": "Bộ luật", "luật": "Luật", "pháp lệnh": "Pháp lệnh"}
WORD = re.compile(r"\s*(\d+[\w/&-]*|[^\W_]+(?:&[^\W_]+)*)")
COMMA = re.compile(r"\s*[,-]\s*")
# "Khoa Luật", "trình độ đại học Luật": a field of study or a firm, no instrument.
NOT_A_LAW_BEFORE = re.compile(rf"(?:{alternation(words('names.yaml')['not_a_law_before'])})\s+$")
NOT_A_NAME = frozenset(words("names.yaml")["not_a_name"])
STOP = NOT_A_NAME | frozenset(words("names.yaml")["stops"])
AMENDING = re.compile(
    r"sửa\s+đổi(?:\s*,?\s*(?:và\s+)?bổ\s+sung)?"
    r"(?:\s+(?:một\s+số\s+(?:điều|nội\s+dung)|các\s+điều|(?:khoản\s+\d+\s+)?điều\s+\d+))?"
    r"(?:\s+(?:của|tại))?(?:\s+các)?\s+(?=(?:bộ\s+luật|luật|pháp\s+lệnh)\s)"
)
INNER = re.compile(r"(bộ\s+luật|luật|pháp\s+lệnh)\s+(?=\S)")
LIST_GAP = re.compile(r"\s*(?:,|;|và|,\s*và)\s+(?=(?:bộ\s+luật|luật|pháp\s+lệnh)\s)")
MISNAMED = re.compile(
    r"(?:\s+(?!số\b|ngày\b|năm\b|luật\b|và\b)[^\W\d_]+){1,8}(?=\s*(?:,|và)\s+(?:bộ\s+luật|luật|pháp\s+lệnh)\s)"
)
INNER_NUMBER = re.compile(r"\s+số\s+\d+/\d{4}/[a-zđ]+\d*(?=\s*(?:,|và)\s*(?:bộ\s+luật|luật|pháp\s+lệnh)\s)")
IDENTIFIED = re.compile(
    r"\s*,?\s*(?:\(?số\s*:?\s*\d|\(?\d{1,3}/\d{4}/|năm\s+\d{4}|ngày\s+\d|\(?(?:19|20)\d\d(?![\w/]))"
)
REVISED = re.compile(r"\s*\(\s*sửa\s+đổi\s*\)")
STATE = re.compile(r"\s+nước\s+cộng\s+h(?:òa|oà)\s+xã\s+hội\s+chủ\s+nghĩa\s+việt\s+nam")
ORDINAL = (
    r"(?:lần\s+thứ\s+)?(?:[ivxlc]+|\d+|nhất|hai|ba|tư|bốn|năm|sáu|bảy|bẩy|tám|chín"
    r"|mười(?:\s+(?:một|hai|ba|bốn|lăm))?)(?!\w)"
)
PARTY_TAIL = re.compile(
    rf"(?:\s*,?\s*(?:đại\s+biểu|toàn\s+quốc|của|đảng\s+bộ|đảng|bch|ban\s+chấp\s+hành|trung\s+ương|tw|cộng\s+sản|việt\s+nam|"
    rf"công\s+đoàn|đoàn|hội|mặt\s+trận|tổ\s+quốc|tỉnh|thành\s+phố|huyện|quận|thị\s+xã|xã|phường|đặc\s+khu|cấp|các|khóa|khoá|{ORDINAL}))+"
)
CAPITALISED = re.compile(rf"[{UPPER}][^\W\d_]*(?:[ \t]+[{UPPER}][^\W\d_]*)*")
DANGLING = re.compile(r"(?:[\s,]+(?:các|của|tỉnh|thành\s+phố|cấp))+$|[\s,]+$")
PARTY_IDENTIFIED = re.compile(r"\bthứ\b|\bkh(?:óa|oá)\b|\b[ivxlc]+\b|\d")
PARTY_PERIOD = re.compile(r"\s*,?\s*\(?nhiệm\s+kỳ\s+\d{4}")
LONGEST_NAME = 14
"""Words after which a name read by grammar is taken to be over."""


@dataclass(frozen=True, slots=True)
class Named:
    """A document named in the clean text: its kind and the end of its name."""

    start: int
    end: int
    doc_type: str
    known: bool
    """Whether the name stands in the list of titles (else it was read by grammar)."""


@dataclass(frozen=True, slots=True)
class Standard:
    """A formal standard or technical regulation."""

    start: int
    end: int
    doc_type: str


# A name that no list has reaches to its number: "Pháp lệnh Thẩm phán và Hội thẩm Tòa án nhân dân số 02/2002/...".
BEFORE_NUMBER = re.compile(
    r"\s*(?P<name>(?:"
    r"(?!luật\s|pháp\s+lệnh|nghị\s|thông\s+tư|văn\s+bản|quyết\s+định|theo\s|được\s|này\s|số\s)[^\W\d]+,?\s+"
    r"){1,20}?)số\s+\d{1,4}\w?/(?:19|20)\d\d/"
)
GOES_ON = re.compile(r"\s+(?!số\s|năm\s|ngày\s)[^\W\d]")
STANDARD = re.compile(
    r"(TCVN|TCXDVN|TCXD|TCCS|TCN|QCVN|QCXDVN|QCĐP|QCDP|ISO(?:/IEC|/TS|/TR)?|IEC)"
    r"(?:[ \t]+(?:ISO(?:/IEC|/TS|/TR)?|IEC|HACCP))?[ \t]*:?[ \t]*"
    r"(\d{2,6}(?:-\d{1,3})*(?::[ \t]?(?:19|20)\d\d(?!\d)(?:/[A-ZĐ][A-ZĐa-z&0-9]*)?|/[A-ZĐ][A-ZĐa-z&0-9]*)?)(?![\w/])"
)


def find_standards(clean: str) -> Iterator[Standard]:
    """Every formal standard ("TCVN ISO 9001:2015", "QCVN 102:2016/BTTTT"), in order."""
    for match in STANDARD.finditer(clean):
        if match.start() and (clean[match.start() - 1].isalnum() or clean[match.start() - 1] in "/_"):
            continue
        kind = "Quy chuẩn" if match[1].startswith("QC") else "Tiêu chuẩn"
        yield Standard(start=match.start(), end=match.end(), doc_type=kind)


def find_named(clean: str, low: str) -> Iterator[Named]:
    """Every law-like document cited by name, in order.

    Parameters
    ----------
    clean
        The normalised text.
    low
        The same text in lower case, of equal length.
    """
    reached = 0
    for anchor in ANCHOR.finditer(low):
        if anchor.start() < reached or (anchor.start() and low[anchor.start() - 1].isalnum()):
            continue
        if anchor[1]:
            named = _law(clean, low, anchor.start(), anchor.end(), KIND[" ".join(anchor[1].split())])
        elif anchor[2]:
            named = _constitution(clean, low, anchor.start(), anchor.end())
        elif anchor[3]:
            named = (
                Named(anchor.start(), anchor.end(), "Điều lệ", known=True) if clean[anchor.start()].isupper() else None
            )
        else:
            named = _party(clean, low, anchor.start(), anchor.end())
        if named:
            reached = named.end
            yield named


def _constitution(clean: str, low: str, start: int, end: int) -> Named | None:
    if not clean[start].isupper():
        return None
    state = STATE.match(low, end)
    return Named(start, state.end() if state else end, "Hiến pháp", known=True)


def _law(clean: str, low: str, start: int, name_start: int, kind: str) -> Named | None:
    if NOT_A_LAW_BEFORE.search(low, max(0, start - 14), start):
        return None
    amending = AMENDING.match(low, name_start)
    if amending:
        listed = _amended_laws(clean, low, name_start, amending.end(), kind)
        return Named(start, listed, kind, known=True)
    end, known = _name(clean, low, name_start, kind)
    if end is None:
        return None
    if not clean[start].isupper() and not (clean[name_start].isupper() or IDENTIFIED.match(low, end)):
        return None  # "luật đất đai" in small letters speaks of the field unless a year or number follows
    revised = REVISED.match(low, end)
    return Named(start, revised.end() if revised else end, kind, known=known)


def _amended_laws(clean: str, low: str, name_start: int, first: int, kind: str) -> int:
    """End of the title of an amending law: all the laws it lists belong to the title."""
    whole = _longest_title(clean, low, name_start, kind)
    end = first
    at: int | None = first
    while at is not None:
        inner = INNER.match(low, at)
        if inner is None:
            break
        name_end, _ = _name(clean, low, inner.end(), KIND[" ".join(inner[1].split())])
        if name_end is None:
            break
        end = name_end
        number = INNER_NUMBER.match(low, end)
        end = number.end() if number else end
        gap = LIST_GAP.match(low, end)
        if gap is None:  # a law named in other words than its title stands inside the list
            longer = MISNAMED.match(low, end)
            end = longer.end() if longer else end
            gap = LIST_GAP.match(low, end)
        at = gap.end() if gap else None
    return max(end, whole or 0)


def _name(clean: str, low: str, pos: int, kind: str) -> tuple[int | None, bool]:
    """End of a law's name that begins at `pos`: a known title if there is one, else by grammar."""
    title = _longest_title(clean, low, pos, kind)
    numbered = BEFORE_NUMBER.match(low, pos)
    if title is not None and (numbered is None or not GOES_ON.match(low, title)):
        return title, True
    if numbered:
        return len(low[: numbered.end("name")].rstrip(" ,\t\n")), False
    return _name_by_grammar(clean, low, pos), False


def _longest_title(clean: str, low: str, pos: int, kind: str) -> int | None:
    """End of the longest known title at `pos`; commas and hyphens are free, abbreviations count as their long form."""
    node = title_trie(kind)
    short = abbreviations()
    best: int | None = None
    while True:
        word = WORD.match(low, pos)
        if word is None or low.count("\n", pos, word.start(1)):
            return best
        steps: tuple[str, ...] = (word[1],)
        if word[1] not in node and word[1] in short and clean[word.start(1)].isupper():
            steps = short[word[1]]
        for step in steps:
            if step not in node:
                return best
            node = node[step]
        pos = word.end()
        if END in node:
            best = pos
        comma = COMMA.match(low, pos)
        pos = comma.end() if comma else pos


def _name_by_grammar(clean: str, low: str, pos: int) -> int | None:
    """End of an unknown law's name: capitalised, without crossing a comma unless a number or date closes the name."""
    word = WORD.match(low, pos)
    if word is None or word[1] in NOT_A_NAME or not clean[word.start(1)].isupper():
        return None
    end = plain_end = word.end()
    commas = 0
    for _ in range(LONGEST_NAME):
        comma = COMMA.match(low, end)
        if comma:
            commas += 1
        word = WORD.match(low, comma.end() if comma else end)
        if (
            word is None
            or low.count("\n", end, word.start(1))
            or (word[1] in STOP and not _and_inside(clean, low, word))
        ):
            break
        if comma and word[1] in ("luật", "bộ", "pháp", "nghị", "thông", "quyết"):
            break
        if word[1][0].isdigit():
            break
        end = word.end()
        if not commas:
            plain_end = end
    if commas and IDENTIFIED.match(low, end):
        return end
    if clean[pos:plain_end].isupper() and len(clean[pos:plain_end]) > 1 and not IDENTIFIED.match(low, plain_end):
        return None  # a heading in capitals: nothing tells where an unknown name would end
    return plain_end


def _and_inside(clean: str, low: str, word: re.Match[str]) -> bool:
    """Whether "và" stands inside a name: a small letter follows, and then the name is closed by a number or date."""
    if word[1] != "và":
        return False
    following = WORD.match(low, word.end())
    return bool(
        following and clean[following.start(1)].islower() and following[1] not in STOP and following[1] != "các"
    )


def _party(clean: str, low: str, start: int, end: int) -> Named | None:
    """Read the name of an unnumbered resolution of a congress or meeting ("... lần thứ XVI")."""
    if not clean[start].isupper():
        return None
    pos = end
    known = issuers()
    while True:
        tail = PARTY_TAIL.match(low, pos)
        pos = tail.end() if tail else pos
        gap = re.compile(r"\s+").match(low, pos)
        if gap is None:
            break
        place = known.place.match(clean, gap.end())
        if place is None and not clean[start:pos].isupper():
            place = CAPITALISED.match(clean, gap.end())
        if place is None or "\n" in gap[0]:
            break
        pos = place.end()
    pos = start + len(DANGLING.sub("", low[start:pos]))
    kind = " ".join(clean[start:end].split()[:2]).capitalize()
    if not PARTY_IDENTIFIED.search(low, end - 3, pos) and not PARTY_PERIOD.match(low, pos):
        return None  # "Nghị quyết Đại hội Đảng các cấp" identifies nothing
    return Named(start, pos, kind, known=False)
